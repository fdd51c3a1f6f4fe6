"""`kb.upgrade`: a base made by the first version becomes one of this version, with every row and a copy beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from made_extractions import made

from kb.base import APPLICATION_ID, SCHEMA_VERSION, UnusableBase, memory_base, open_base, transaction
from kb.load import load_document
from kb.search.pairs import match_expression

FIRST_SCHEMA = (ROOT / "tests" / "schema_v1.sql").read_text(encoding="utf-8")  # frozen: what the first version made


def first_base(path: Path) -> None:
    """A base as the first version left it: its schema, and a document with every kind of fact."""
    now = memory_base()
    with transaction(now):
        load_document(now, made(), source="in/a.txt", sha256="a")
    with closing(sqlite3.connect(path)) as old:
        old.executescript(f"pragma journal_mode = wal;\n{FIRST_SCHEMA}")
        for (table,) in old.execute("select name from sqlite_master where type = 'table'").fetchall():
            columns = ", ".join(row[1] for row in old.execute(f"pragma table_info({table})"))
            rows = [tuple(row) for row in now.execute(f"select {columns} from {table}")]
            old.executemany(f"insert into {table} values ({', '.join('?' * (columns.count(',') + 1))})", rows)
        old.executescript(f"pragma user_version = 1; pragma application_id = {APPLICATION_ID};")
        old.commit()


def shape(connection: sqlite3.Connection) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in connection.execute("select type, name, tbl_name, sql from sqlite_master")}


def rows_of_first_columns(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table of the first version, in its columns."""
    first = sqlite3.connect(":memory:")
    first.executescript(FIRST_SCHEMA)
    found = {}
    for (table,) in first.execute("select name from sqlite_master where type = 'table'").fetchall():
        columns = ", ".join(row[1] for row in first.execute(f"pragma table_info({table})"))
        found[table] = [tuple(row) for row in connection.execute(f"select {columns} from {table} order by rowid")]
    return found


def test_an_older_base_is_upgraded_for_writing(tmp_path: Path) -> None:
    """It then has the very schema of a new base, all rows it had, and their reading order."""
    path = tmp_path / "old.db"
    first_base(path)
    with closing(sqlite3.connect(path)) as old:
        before = rows_of_first_columns(old)
    with closing(open_base(path, write=True)) as connection:
        assert shape(connection) == shape(memory_base())
        assert connection.execute("pragma user_version").fetchone()[0] == SCHEMA_VERSION
        assert rows_of_first_columns(connection) == before
        assert sum(map(len, before.values())) > 30
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert connection.execute("pragma foreign_keys").fetchone()[0] == 1
        assert connection.execute("select count(*) from clauses where position is null").fetchone()[0] == 0
    with closing(sqlite3.connect(tmp_path / "old.schema-1.db")) as copy:
        assert copy.execute("pragma user_version").fetchone()[0] == 1
        assert rows_of_first_columns(copy) == before


def test_an_upgraded_base_goes_on(tmp_path: Path) -> None:
    """A document of it is known again, and keeps the ids of its facts."""
    path = tmp_path / "old.db"
    first_base(path)
    with closing(open_base(path, write=True)) as connection:
        before = connection.execute("select id, code from clauses order by id").fetchall()
        with transaction(connection):
            loaded = load_document(connection, made(edits={2: "一、质量管理水平（30分）"}), source="b", sha256="b")
        assert loaded.status == "revised"
        assert connection.execute("select id, code from clauses order by id").fetchall() == before


def test_an_older_base_is_not_touched_by_reading(tmp_path: Path) -> None:
    """One line says what to run, and no copy is made."""
    path = tmp_path / "old.db"
    first_base(path)
    with pytest.raises(UnusableBase, match=r"older zhibiao.*zhibiao ingest --refresh --db"):
        open_base(path)
    assert not (tmp_path / "old.schema-1.db").exists()


def test_a_failing_upgrade_leaves_the_base_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks off in the middle undoes all of it; the next try succeeds."""
    path = tmp_path / "old.db"
    first_base(path)
    with closing(sqlite3.connect(path)) as old:
        before = shape(old)
    with monkeypatch.context() as patch:
        patch.setattr("kb.upgrade.FILLED", {2: ("update clauses set nonsense = 1",)})
        with pytest.raises(UnusableBase):
            open_base(path, write=True)
    with closing(sqlite3.connect(path)) as old:
        assert shape(old) == before
    open_base(path, write=True).close()


def test_a_table_that_is_read_by_words_is_made_and_filled(tmp_path: Path) -> None:
    """A virtual table that the older base lacks is made as in a new one, without its inner tables in the way."""
    path = tmp_path / "old.db"
    first_base(path)
    with closing(open_base(path, write=True)) as connection, closing(memory_base()) as fresh:
        assert shape(connection) == shape(fresh)
        found = connection.execute(
            "select count(*) from clauses_fts where clauses_fts match ?", [match_expression("质量管理")]
        )
        assert found.fetchone()[0] == 1
