"""SIGKILL at any moment of an ingestion leaves a consistent base, whole documents, and the rest ingestible."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT
from made_extractions import read_made, write_file

from kb.base import memory_base, open_base
from kb.ingest import Given, ingest
from kb.originals import originals_folder
from kb.show import COUNTED

SCRIPT = ROOT / "tests" / "killed_ingest.py"
PLANS = 4
Counts = dict[str, int]


class Clean(NamedTuple):
    """What an ingestion that nobody kills gives: counts by the file that is current, final counts, work and time."""

    folder: Path
    by_file: dict[str, Counts]
    final: dict[str, Counts]
    steps: int
    seconds: float


def counted(connection: sqlite3.Connection) -> dict[str, Counts]:
    """The facts of every document, by the hash of the file that supplies them."""
    rows = connection.execute("select d.sha256, f.* from documents d join document_facts f on f.id = d.id").fetchall()
    return {row["sha256"]: {name: row[name] for name in COUNTED} for row in rows}


def command(base: Path, folder: Path, step: int) -> list[str]:
    return [sys.executable, str(SCRIPT), str(base), str(folder), str(step)]


ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Clean:
    """Plans of several bodies, then a new content of each, so that both adding and revising are met."""
    folder = tmp_path_factory.mktemp("in")
    for turn, more in enumerate(({}, {"note": "revised"})):
        for n in range(PLANS):
            write_file(folder / f"{turn}-{n}.txt", f"方案{n}", f"甲政发〔2014〕{n + 1}号", **more)
    by_file: dict[str, Counts] = {}
    connection = memory_base()
    for file in sorted(folder.iterdir()):
        (outcome,) = ingest(connection, None, [Given(file, file.name)], reader=read_made)
        assert outcome.status in ("added", "revised")
        by_file |= counted(connection)
    base = tmp_path_factory.mktemp("clean") / "kb.db"
    started = time.monotonic()
    done = subprocess.run(command(base, folder, 0), env=ENVIRONMENT, capture_output=True, text=True, check=True)
    seconds = time.monotonic() - started
    with closing(open_base(base)) as kept:
        assert counted(kept) == counted(connection)
    return Clean(folder, by_file, counted(connection), int(done.stdout.split()[-1]), seconds)


def check_killed(base: Path, clean: Clean) -> int:
    """The base is sound, every document in it whole, and going on gives what a clean ingestion gives.

    Returns how many documents were committed before the kill.
    """
    if not base.exists():
        committed = 0
    else:
        with closing(open_base(base, create=True)) as connection:
            assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
            assert connection.execute("pragma foreign_key_check").fetchall() == []
            found = counted(connection)
            assert {digest: clean.by_file[digest] for digest in found} == found
            kept = (
                {file.stem for file in originals_folder(base).glob("*.txt")}
                if originals_folder(base).exists()
                else set()
            )
            assert {row[0] for row in connection.execute("select sha256 from revisions")} <= kept
            log = connection.execute("select count(*) from ingests where status in ('added', 'revised')").fetchone()[0]
            committed = connection.execute("select count(*) from revisions").fetchone()[0]
            assert log == committed
    with closing(open_base(base, create=True)) as connection:
        files = [Given(file, file.name) for file in sorted(clean.folder.iterdir())]
        outcomes = list(ingest(connection, base, files, reader=read_made))
        assert "failed" not in {outcome.status for outcome in outcomes}
        assert counted(connection) == clean.final
    return int(committed)


def killed_at_step(base: Path, clean: Clean, step: int) -> None:
    """Kill an ingestion from inside, in the middle of SQLite's work."""
    done = subprocess.run(command(base, clean.folder, step), env=ENVIRONMENT, capture_output=True, check=False)
    assert done.returncode == -9, done.stderr


def killed_after(base: Path, clean: Clean, seconds: float) -> None:
    """Kill an ingestion from outside, wherever it is by then."""
    with subprocess.Popen(command(base, clean.folder, 0), env=ENVIRONMENT, stdout=subprocess.DEVNULL) as process:
        time.sleep(seconds)
        process.kill()


@pytest.mark.parametrize(
    ("inside", "outside"), [pytest.param(16, 4, id="20"), pytest.param(160, 40, id="200", marks=pytest.mark.slow)]
)
def test_a_killed_ingestion_leaves_a_sound_base(tmp_path: Path, clean: Clean, inside: int, outside: int) -> None:
    """Killed at seeded moments from inside and outside; some of them fall between the first document and the last."""
    chance = random.Random(20)
    committed = []
    for n in range(inside):
        base = tmp_path / f"inside-{n}.db"
        killed_at_step(base, clean, chance.randint(1, clean.steps))
        committed.append(check_killed(base, clean))
    for n in range(outside):
        base = tmp_path / f"outside-{n}.db"
        killed_after(base, clean, chance.uniform(0, clean.seconds))
        committed.append(check_killed(base, clean))
    assert any(0 < number < 2 * PLANS for number in committed), committed
