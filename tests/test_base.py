"""`kb.base`: what is a base, what is none, and what a transaction leaves."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from kb.base import SCHEMA_VERSION, UnusableBase, memory_base, open_base, transaction


def columns(connection: sqlite3.Connection, table: str) -> dict[str, tuple[str, int, int]]:
    """Name to type, not-null and place in the primary key."""
    rows = connection.execute(f"pragma table_info({table})").fetchall()
    return {row[1]: (row[2].upper(), row[3], row[5]) for row in rows}


def references(connection: sqlite3.Connection, table: str) -> set[tuple[str, str, str]]:
    """Column, and the table and column that it points at."""
    return {(row[3], row[2], row[4]) for row in connection.execute(f"pragma foreign_key_list({table})").fetchall()}


def test_a_new_base_keeps_foreign_keys_and_writes_ahead(tmp_path: Path) -> None:
    """A base is made with its schema's version, in WAL mode, and every connection checks references."""
    with closing(open_base(tmp_path / "new.db", create=True)) as connection:
        assert connection.execute("pragma journal_mode").fetchone()[0] == "wal"
        assert connection.execute("pragma foreign_keys").fetchone()[0] == 1
        assert connection.execute("pragma user_version").fetchone()[0] == SCHEMA_VERSION
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("insert into document_fields values ('nobody', 'title', 1)")


def test_a_base_opened_for_reading_refuses_to_write(tmp_path: Path) -> None:
    """Without `write` nothing can be changed; with it, what stands there stays."""
    open_base(tmp_path / "a.db", create=True).close()
    insert = "insert into indicators (name) values ('合格率')"
    with closing(open_base(tmp_path / "a.db")) as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute(insert)
    with closing(open_base(tmp_path / "a.db", write=True)) as connection:
        connection.execute(insert)
    with closing(open_base(tmp_path / "a.db", create=True)) as connection:
        assert connection.execute("select name from indicators").fetchone()[0] == "合格率"


def other_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table documents (id)")


def newer_base(path: Path) -> None:
    open_base(path, create=True).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        (lambda path: path.write_text("no database at all " * 50), "not a database"),
        (other_program, "not a zhibiao knowledge base"),
        (newer_base, "made by a newer zhibiao"),
        (lambda path: path.mkdir(), ""),
    ],
)
def test_what_is_no_base_gives_one_line_and_stays_as_it_is(tmp_path: Path, prepare, reason: str, create: bool) -> None:  # type: ignore[no-untyped-def]
    """A file of another kind, program or version is refused in one line that names it, and is not touched."""
    path = tmp_path / "x.db"
    prepare(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(UnusableBase) as refused:
        open_base(path, create=create)
    assert str(path) in str(refused.value)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_missing_base_is_only_made_when_asked_for(tmp_path: Path) -> None:
    """Reading makes no file; a missing folder is told as such."""
    with pytest.raises(UnusableBase, match="zhibiao ingest"):
        open_base(tmp_path / "none.db")
    with pytest.raises(UnusableBase, match="folder"):
        open_base(tmp_path / "nowhere" / "none.db", create=True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_base(tmp_path: Path) -> None:
    """What a process leaves that was killed while it made the base is no obstacle to the next one."""
    (tmp_path / "a.db").touch()
    with closing(open_base(tmp_path / "a.db", create=True)) as connection:
        assert connection.execute("select count(*) from documents").fetchone()[0] == 0


def test_a_name_with_marks_of_addresses_is_a_name(tmp_path: Path) -> None:
    """Characters that mean something in a URI, and Chinese ones, belong to the file's name."""
    path = tmp_path / "质量?mode=ro#1%20.db"
    open_base(path, create=True).close()
    assert path.is_file()


def test_two_that_make_one_base_at_once_both_get_it(tmp_path: Path) -> None:
    """Whoever is slower uses the schema of whoever was faster."""
    path = tmp_path / "a.db"

    def make(_: int) -> int:
        with closing(open_base(path, create=True)) as connection:
            return int(connection.execute("select count(*) from documents").fetchone()[0])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(make, range(8))) == [0] * 8


def test_a_transaction_is_all_or_nothing() -> None:
    """An exception undoes what was written, and leaves the connection fit for the next transaction."""
    connection = memory_base()

    def interrupted() -> None:
        with transaction(connection):
            connection.execute("insert into indicators (name) values ('合格率')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with transaction(connection):
        connection.execute("insert into indicators (name) values ('普及率')")
    assert [row["name"] for row in connection.execute("select name from indicators")] == ["普及率"]


def test_every_reference_is_indexed() -> None:
    """A column that points at another table begins an index: deleting a document must not scan the base."""
    connection = memory_base()
    bare = []
    for (table,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
        indexed = set()
        for index in connection.execute(f"pragma index_list({table})").fetchall():
            indexed.add(connection.execute(f"pragma index_info({index['name']})").fetchone()["name"])
        bare += [f"{table}.{column}" for column, _, _ in references(connection, table) if column not in indexed]
    assert bare == []


def test_the_schema_keeps_the_contract(shared: Path) -> None:
    """Every table and column of the contract is there with its type, nullness, key and references."""
    contract = sqlite3.connect(":memory:")
    contract.executescript((shared / "contract.sql").read_text(encoding="utf-8"))
    base = memory_base()
    for (table,) in contract.execute("select name from sqlite_master where type = 'table'").fetchall():
        assert columns(contract, table).items() <= columns(base, table).items(), table
        assert references(contract, table) <= references(base, table), table


def test_every_table_and_view_says_what_it_is() -> None:
    """The schema's text has a comment beside each table, for it is what a reader of the base sees."""
    described = "select name, sql from sqlite_master where type = 'table' and name not glob '*_fts*'"
    for row in memory_base().execute(described):
        assert re.match(r"CREATE TABLE \w+ \(\s*--", row["sql"], re.IGNORECASE), row["name"]
