"""Writing when others write or the disk is full: writers queue, and what cannot be written is one line."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_extractions import made, read_made, write_file
from test_killed import ENVIRONMENT, SCRIPT

import extract.document
import kb.base
from kb.base import UnwritableBase, memory_base, open_base, transaction
from kb.cli import cli
from kb.ingest import Given, ingest
from kb.load import load_document
from kb.originals import file_digest, keep_original


def test_two_ingestions_at_once_queue(tmp_path: Path) -> None:
    """Two processes that write one base at the same time both end well, with the documents of both."""
    base, folders = tmp_path / "kb.db", [tmp_path / name for name in ("a", "b")]
    for part, folder in enumerate(folders):
        folder.mkdir()
        for n in range(8):
            number = part * 8 + n + 1
            write_file(folder / f"{n}.txt", f"方案{number}", f"甲政发〔2014〕{number}号")
    running = [
        subprocess.Popen(
            [sys.executable, str(SCRIPT), str(base), str(folder), "0"], env=ENVIRONMENT, stdout=subprocess.PIPE
        )
        for folder in folders
    ]
    for process in running:
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        assert output.decode().split()[:8] == ["added"] * 8
    with closing(open_base(base)) as connection:
        assert connection.execute("select count(*) from documents").fetchone()[0] == 16
        assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
        assert connection.execute("pragma foreign_key_check").fetchall() == []


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process that keeps the base for itself is one line, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kb.base, "PATIENCE", 0.1)
    monkeypatch.setattr(extract.document, "read_document", read_made)
    write_file(tmp_path / "a.txt")
    with closing(open_base(tmp_path / "zhibiao.db", create=True)) as other, transaction(other):
        result = CliRunner().invoke(cli, ["ingest", "a.txt"])
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: another process has been writing for 0.1 s; run the same command again when it has ended\n"
    )
    assert CliRunner().invoke(cli, ["ingest", "a.txt"]).exit_code == 0


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    """A base that is being written is read as it was before."""
    path = tmp_path / "kb.db"
    with closing(open_base(path, create=True)) as writer, transaction(writer):
        load_document(writer, made(), source="a", sha256="a")
        with closing(open_base(path)) as reader:
            assert reader.execute("select count(*) from documents").fetchone()[0] == 0


def full(connection: sqlite3.Connection) -> None:
    """Let the base grow no more."""
    pages = connection.execute("pragma page_count").fetchone()[0]
    connection.execute(f"pragma max_page_count = {pages}")


def test_a_full_disk_is_one_line_and_loses_nothing(tmp_path: Path) -> None:
    """The run ends, what was committed stays whole, and with space the same run goes on."""
    path = tmp_path / "kb.db"
    files = [write_file(tmp_path / f"{n}.txt", f"方案{n}", f"甲政发〔2014〕{n + 1}号") for n in range(30)]
    given = [Given(file, file.name) for file in files]
    with closing(open_base(path, create=True)) as connection:
        list(ingest(connection, path, given[:1], reader=read_made))
        full(connection)
        with pytest.raises(UnwritableBase, match="the disk is full; free some space"):
            list(ingest(connection, path, given, reader=read_made))
    with closing(open_base(path, create=True)) as connection:
        assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
        facts = connection.execute("select passages, clauses, thresholds from document_facts").fetchall()
        assert {tuple(row) for row in facts} == {(7, 3, 2)}
        outcomes = list(ingest(connection, path, given, reader=read_made))
        assert {outcome.status for outcome in outcomes} == {"unchanged", "added"}
        assert connection.execute("select count(*) from documents").fetchone()[0] == 30


def test_a_full_disk_beside_the_base_is_told_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be kept for want of space ends the run too, and leaves no part of itself."""
    file = write_file(tmp_path / "a.txt")
    monkeypatch.setattr("shutil.copyfileobj", _no_space)
    with pytest.raises(UnwritableBase, match="the disk is full"):
        list(ingest(memory_base(), tmp_path / "kb.db", [Given(file, "a.txt")], reader=read_made))
    assert list((tmp_path / "kb.files").iterdir()) == []
    monkeypatch.undo()
    assert keep_original(tmp_path / "kb.db", file, file_digest(file)).is_file()


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")
