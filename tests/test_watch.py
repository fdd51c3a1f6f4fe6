"""A watched folder: what lands in it is read once it is whole, once, and again when it changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_extractions import read_made, write_file

import extract.document
from kb.base import UnwritableBase, open_base
from kb.cli import cli
from kb.ingest import Outcome
from kb.link.linking import Linked
from kb.originals import originals_folder
from kb.watch import Watch, watched
from kb.workers import read_extraction


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is watched; files in it are hand-made documents."""
    monkeypatch.setattr(extract.document, "read_document", read_made)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def looked(folder: Path, *between: Callable[[], object]) -> list[tuple[str, str]]:
    """Name and status of what is read while these things happen, each between two looks."""
    happenings = iter(between)
    told: list[tuple[str, str]] = []

    def wait() -> None:
        happening = next(happenings, None)
        if happening is None:
            raise KeyboardInterrupt
        happening()

    watch = Watch(folder, folder.parent / "a.db")
    with suppress(KeyboardInterrupt):  # it goes on for ever
        for event in watched(watch, wait, read_extraction, once=False):
            if isinstance(event, Outcome):
                told.append((Path(event.source).name, event.status))
    return told


def nothing() -> None:
    """Time passes."""


def test_a_file_is_read_once_it_has_stopped_growing(folder: Path) -> None:
    """Two looks in a row must find it the same; a third one does not read it again."""
    file = folder / "plan.txt"
    grow = [lambda size=size: file.write_text("x" * size) for size in (1, 2, 3)]
    assert looked(folder, *grow) == []
    assert looked(folder, lambda: write_file(file), nothing, nothing, nothing) == [("plan.txt", "added")]


def test_what_is_there_at_the_beginning_is_read_too(folder: Path) -> None:
    """In the order of names, folders below included."""
    (folder / "below").mkdir()
    write_file(folder / "below" / "two.txt", "乙市质量工作方案", "乙政发〔2014〕1号")
    write_file(folder / "one.txt")
    assert looked(folder, nothing, nothing) == [("two.txt", "added"), ("one.txt", "added")]


@pytest.mark.parametrize(
    "name", [".hidden.txt", ".git/plan.txt", "~$plan.txt", "plan.txt.part", "plan.txt~", "plan.json", "plan.tmp"]
)
def test_hidden_temporary_and_foreign_files_are_left_alone(folder: Path, name: str) -> None:
    """Also below hidden folders."""
    (folder / name).parent.mkdir(exist_ok=True)
    write_file(folder / name)
    assert looked(folder, nothing, nothing) == []


def test_the_kept_originals_are_left_alone(folder: Path) -> None:
    """A base inside the watched folder keeps its files there."""
    base = folder / "a.db"
    open_base(base, create=True).close()
    originals_folder(base).mkdir()
    write_file(originals_folder(base) / "kept.txt")
    watch = Watch(folder, base)
    watch.settled()
    assert watch.settled() == []


def test_a_bad_file_is_told_once_and_read_again_when_it_changes(folder: Path) -> None:
    """Its neighbours are read all the same."""
    bad = folder / "bad.txt"
    write_file(bad, fail="unreadable")
    write_file(folder / "good.txt")

    def mend() -> None:
        write_file(bad, "乙市质量工作方案", "乙政发〔2014〕1号")

    told = looked(folder, nothing, nothing, nothing, mend, nothing, nothing)
    assert told == [("bad.txt", "failed"), ("good.txt", "added"), ("bad.txt", "added")]


def test_a_file_that_goes_away_and_comes_back_is_read_again(folder: Path) -> None:
    """Its bytes are known by then: unchanged."""
    file, aside = folder / "plan.txt", folder.parent / "aside"
    write_file(file)
    told = looked(folder, nothing, lambda: file.rename(aside), lambda: aside.rename(file), nothing, nothing)
    assert told == [("plan.txt", "added"), ("plan.txt", "unchanged")]


def test_plans_are_linked_after_each_round(folder: Path) -> None:
    """What was read is tied to what is in the base already."""
    write_file(folder / "one.txt")
    watch = Watch(folder, folder.parent / "a.db")
    events = list(watched(watch, nothing, read_extraction, once=True))
    with closing(open_base(watch.base)) as connection:
        runs = connection.execute("select count(*) from link_runs").fetchone()[0]
    assert sum(isinstance(event, Linked) for event in events) == runs


def test_a_base_in_use_is_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and the file is read at a later look; where there is one look only, it is an error."""
    write_file(folder / "one.txt")
    watch, real, calls = Watch(folder, folder.parent / "a.db"), Watch.ingested, iter([True, False])

    def ingested(*arguments: object) -> Iterator[object]:
        if next(calls):
            raise UnwritableBase("in use")
        yield from real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Watch, "ingested", ingested)
    events = watched(watch, nothing, read_extraction, once=False)
    assert isinstance(next(events), UnwritableBase)
    second = next(events)
    assert isinstance(second, Outcome)
    assert second.status == "added"
    calls = iter([True])
    with pytest.raises(UnwritableBase):
        list(watched(Watch(folder, folder.parent / "b.db"), nothing, read_extraction, once=True))


def test_the_command_reads_once(folder: Path) -> None:
    """A line a file on standard output; a failed one makes the exit code 1."""
    write_file(folder / "one.txt")
    run = CliRunner().invoke(cli, ["watch", "in", "--once", "--every", "0.1", "--db", "a.db"])
    assert run.exit_code == 0
    assert run.stdout.startswith("added 330100-2014-")
    write_file(folder / "two.txt", fail="unreadable")
    run = CliRunner().invoke(cli, ["watch", "in", "--once", "--every", "0.1", "--db", "a.db"])
    assert run.exit_code == 1
    assert [line.split()[0] for line in run.stdout.splitlines()] == ["unchanged", "failed"]


def test_the_command_needs_a_folder(folder: Path) -> None:
    """A file, or nothing there, is told, and no base is made."""
    run = CliRunner().invoke(cli, ["watch", "nowhere", "--once"])
    assert (run.exit_code, Path("zhibiao.db").exists()) == (2, False)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "term"])
def test_it_stops_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    """What landed is in the base, the exit code says nothing failed, and no traceback is printed."""
    (tmp_path / "in").mkdir()
    command = [sys.executable, "-m", "kb.cli", "watch", "in", "--every", "0.1"]
    root = str(Path(__file__).resolve().parent.parent)
    environment = {**os.environ, "PYTHONPATH": root, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    assert process.stdout is not None
    assert process.stderr.readline().startswith("watching in every 0.1 s")
    (tmp_path / "in" / "plan.txt").write_text(
        "甲市质量工作方案\n\n一、加强质量监督，由市质监局牵头。\n", encoding="utf-8"
    )
    assert process.stdout.readline().startswith("added ")
    time.sleep(0.2)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "stopped; what was read is in the base\n")
    with closing(open_base(tmp_path / "zhibiao.db")) as connection:
        assert connection.execute("select count(*) from documents").fetchone()[0] == 1
