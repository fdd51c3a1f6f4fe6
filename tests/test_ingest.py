"""`kb.ingest`: each file succeeds or fails alone, and the log says what became of it."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from made_extractions import read_made, write_file

import kb.facts
from extract.records import Extraction
from kb.base import memory_base, open_base
from kb.ingest import Given, Outcome, given_files, ingest, readable
from kb.originals import keep_original, originals_folder
from kb.report import summary


def run(connection: sqlite3.Connection, *paths: Path, base: Path | None = None, **options: Any) -> list[Outcome]:
    """Ingest files with the reader of hand-made documents; sources are the files' names."""
    files = [Given(path, path.name) for path in paths]
    return list(ingest(connection, base, files, reader=read_made, **options))


def statuses(outcomes: list[Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def dump(connection: sqlite3.Connection, without: tuple[str, ...] = ("ingests",)) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but those `without` and those of the search index, times left out."""
    named = "select name from sqlite_master where type = 'table' and name not glob '*_fts*'"
    tables = [row["name"] for row in connection.execute(named)]
    rows = {}
    for table in set(tables) - set(without):
        names = [row["name"] for row in connection.execute(f"pragma table_info({table})")]
        kept = ", ".join(name for name in names if not name.endswith("_at"))
        rows[table] = [tuple(row) for row in connection.execute(f"select {kept} from {table} order by rowid")]
    return rows


def log(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    rows = connection.execute("select source, status, error, document_id is not null, sha256 from ingests order by id")
    return [tuple(row) for row in rows]


@pytest.fixture
def base() -> sqlite3.Connection:
    return memory_base()


def test_the_same_file_twice_is_unchanged(base: sqlite3.Connection, tmp_path: Path) -> None:
    """The second time nothing is read and nothing changes but the log, whose rows are complete."""
    file = write_file(tmp_path / "a.txt")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    (added,) = run(base, file)
    before = dump(base)
    assert run(base, file) == [Outcome("a.txt", "unchanged", added.document_id)]
    assert dump(base) == before
    assert log(base) == [("a.txt", "added", None, 1, digest), ("a.txt", "unchanged", None, 1, digest)]
    assert base.execute("select count(*) from ingests where started_at <= finished_at").fetchone()[0] == 2


def test_an_unchanged_file_is_not_read(base: sqlite3.Connection, tmp_path: Path) -> None:
    """Known bytes cost a hash and no reader."""
    file = write_file(tmp_path / "a.txt")
    run(base, file)

    def never(path: Path) -> Extraction:
        raise AssertionError(path)

    assert statuses(list(ingest(base, None, [Given(file, "a.txt")], reader=never))) == ["unchanged"]


def test_new_content_is_a_revision(base: sqlite3.Connection, tmp_path: Path) -> None:
    """Under whatever name it comes, the document is known by its 文号 and keeps its id."""
    (first,) = run(base, write_file(tmp_path / "a.txt"))
    (second,) = run(base, write_file(tmp_path / "b.txt", number="甲政发[2014]3号", note="new"))
    assert second == Outcome("b.txt", "revised", first.document_id)
    assert base.execute("select source, revision from documents").fetchall()[0]["source"] == "b.txt"


WRITTEN = ("passages", "clauses", "thresholds", "assignments", "findings", "revisions")
REWRITTEN = ("findings", "revisions", "changes")  # where a new title and a new finding insert rows


@pytest.mark.parametrize(
    ("known", "table"), [*((False, table) for table in WRITTEN), *((True, table) for table in REWRITTEN)]
)
def test_a_failure_in_the_middle_leaves_the_base_as_it_was(
    base: sqlite3.Connection, tmp_path: Path, table: str, known: bool
) -> None:
    """Wherever writing breaks off, old facts and all other tables stand unchanged; the log has the failure."""
    if known:
        run(base, write_file(tmp_path / "a.txt", "甲市质量工作的考核方案"))
    before = dump(base)
    base.execute(
        f"create temp trigger broken before insert on main.{table} begin select raise(abort, 'disk gone'); end"
    )
    (outcome,) = run(base, write_file(tmp_path / "a.txt", note="new"))
    assert (outcome.status, outcome.document_id) == ("failed", None)
    assert dump(base) == before
    assert log(base)[-1][:4] == ("a.txt", "failed", "IntegrityError: disk gone", 0)
    base.execute("drop trigger broken")
    assert statuses(run(base, tmp_path / "a.txt")) == ["revised" if known else "added"]
    assert base.execute("pragma foreign_key_check").fetchall() == []


def test_an_exception_of_the_loader_leaves_the_base_as_it_was(
    base: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception after most facts were written undoes them, and the next file is stored."""

    def broken(loading: object) -> None:
        raise ZeroDivisionError("in the middle")

    before = dump(base)
    with monkeypatch.context() as patch:
        patch.setattr(kb.facts, "load_findings", broken)
        assert statuses(run(base, write_file(tmp_path / "a.txt"))) == ["failed"]
    assert dump(base) == before
    assert [row[1:4] for row in log(base)] == [("failed", "ZeroDivisionError: in the middle", 0)]
    assert statuses(run(base, write_file(tmp_path / "b.txt"))) == ["added"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_file_fails_alone(base: sqlite3.Connection, tmp_path: Path, jobs: int) -> None:
    """Unreadable and missing files and defects of a reader are one line of the log each; the others are stored."""
    good = write_file(tmp_path / "1.txt")
    damaged = write_file(tmp_path / "2.txt", fail="unreadable")
    buggy = write_file(tmp_path / "3.txt", fail="bug")
    last = write_file(tmp_path / "5.txt", "乙市方案", "乙政发〔2014〕1号")
    outcomes = run(base, good, damaged, buggy, tmp_path / "4.txt", last, jobs=jobs)
    assert statuses(outcomes) == ["added", "failed", "failed", "failed", "added"]
    assert [outcome.error for outcome in outcomes[1:4]] == [
        "2.txt: damaged; get it again",
        "KeyError: 'S1'",
        "cannot be opened: No such file or directory; check the path",
    ]
    assert [row[0] for row in log(base)] == ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"]
    assert log(base)[3][4] is None


def test_a_killed_reader_fails_alone(base: sqlite3.Connection, tmp_path: Path) -> None:
    """When the process that reads a file dies, that file fails and every other one is stored, in order."""
    files = [write_file(tmp_path / f"{n}.txt", f"方案{n}", f"甲政发〔2014〕{n}号") for n in range(6)]
    write_file(files[2], fail="killed")
    outcomes = run(base, *files, jobs=2)
    assert statuses(outcomes) == ["added", "added", "failed", "added", "added", "added"]
    assert "killed" in str(outcomes[2].error)


def test_the_number_of_processes_does_not_show_in_the_base(tmp_path: Path) -> None:
    """Results are written in the order of the files: one process and three give the same rows."""
    files = [write_file(tmp_path / f"{n}.txt", f"方案{n}", f"甲政发〔2014〕{n}号") for n in range(9, 0, -1)]
    alone, together = memory_base(), memory_base()
    assert statuses(run(alone, *files)) == statuses(run(together, *files, jobs=3)) == ["added"] * 9
    assert dump(alone, without=()) == dump(together, without=())


def test_a_copy_in_the_same_run_is_unchanged(base: sqlite3.Connection, tmp_path: Path) -> None:
    """The same bytes under two names are one document with one revision."""
    one, two = write_file(tmp_path / "1.txt"), write_file(tmp_path / "2.txt")
    assert statuses(run(base, one, two)) == ["added", "unchanged"]
    assert base.execute("select source, revision from documents").fetchone()[0] == "1.txt"


def test_old_bytes_change_nothing(base: sqlite3.Connection, tmp_path: Path) -> None:
    """The bytes of any earlier revision are unchanged, and the line says which revision is current."""
    old, new = write_file(tmp_path / "old.txt"), write_file(tmp_path / "new.txt", note="new")
    run(base, old)
    revised, unchanged = run(base, new, old)
    assert (revised.status, unchanged.status) == ("revised", "unchanged")
    assert unchanged.note == "these bytes are revision 1; revision 2 is current, from new.txt"
    assert base.execute("select source, revision from documents").fetchone()[:] == ("new.txt", 2)


def test_copies_in_one_folder_end_stable(base: sqlite3.Connection, tmp_path: Path) -> None:
    """Several copies of one document are each read once; a second run of the folder writes nothing but its log."""
    files = [write_file(tmp_path / f"{n}.txt", note=str(n)) for n in range(4)]
    assert statuses(run(base, *files)) == ["added", "revised", "revised", "revised"]
    before = dump(base)
    assert statuses(run(base, *files)) == ["unchanged"] * 4
    assert dump(base) == before


# ---------------------------------------------------------------- originals


def test_originals_are_kept_by_their_hash(tmp_path: Path) -> None:
    """Every content a document has had lies beside the base under its hash, and no part of a copy."""
    path = tmp_path / "kb.db"
    connection = open_base(path, create=True)
    run(connection, write_file(tmp_path / "a.TXT"), base=path)
    run(connection, write_file(tmp_path / "a.TXT", note="new"), base=path)
    kept = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in originals_folder(path).iterdir()}
    revisions = [row["sha256"] for row in connection.execute("select sha256 from revisions")]
    assert kept == {f"{digest}.txt": digest for digest in revisions}
    assert len(revisions) == 2
    connection.close()


def test_a_file_that_changes_while_it_is_read_is_not_stored(base: sqlite3.Connection, tmp_path: Path) -> None:
    """The kept file is the one whose facts are stored, or neither is."""
    file = write_file(tmp_path / "a.txt")

    def restless(path: Path) -> Extraction:
        extraction = read_made(path)
        write_file(path, note="meanwhile")
        return extraction

    (outcome,) = ingest(base, tmp_path / "kb.db", [Given(file, "a.txt")], reader=restless)
    assert outcome.error == "changed while it was read; ingest it again"
    assert base.execute("select count(*) from documents").fetchone()[0] == 0
    assert list(originals_folder(tmp_path / "kb.db").iterdir()) == []


def test_an_original_is_written_once(tmp_path: Path) -> None:
    """A kept file is not touched again."""
    file = write_file(tmp_path / "a.txt")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    kept = keep_original(tmp_path / "kb.db", file, digest)
    before = kept.stat().st_mtime_ns
    assert keep_original(tmp_path / "kb.db", file, digest) == kept
    assert kept.stat().st_mtime_ns == before


# ---------------------------------------------------------------- folders


def test_a_folder_gives_its_readable_files_in_order(tmp_path: Path) -> None:
    """Folders are searched through, hidden files left out; other formats are told apart, unless named themselves."""
    for name in ("b/2.txt", "b/1.md", "a.txt", ".git/x.txt", "b/.hidden.txt", "notes.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    read, passed_over = readable(given_files([tmp_path]))
    assert [file.path.relative_to(tmp_path).as_posix() for file in read] == ["a.txt", "b/1.md", "b/2.txt"]
    assert [file.source for file in passed_over] == [str(tmp_path / "notes.json")]
    assert [file.path.name for file in readable(given_files([tmp_path / "notes.json"]))[0]] == ["notes.json"]


def test_the_summary_counts_statuses_and_facts(base: sqlite3.Connection, tmp_path: Path) -> None:
    """Facts are those of the documents that this run wrote, each counted once."""
    files = [write_file(tmp_path / "1.txt"), write_file(tmp_path / "2.txt", note="new"), tmp_path / "3.txt"]
    text = summary(base, run(base, *files))
    assert text.startswith("1 added, 1 revised, 0 unchanged, 1 failed; 7 passages, 1 leftovers, 3 clauses")
    assert "4 findings" in text
    assert summary(base, run(base, files[1])) == "0 added, 0 revised, 1 unchanged, 0 failed"
