"""The full-text index: an FTS5 table beside each searched table, filled with pairs of characters by triggers.

The content stays in the searched table (`content="t"`, the form by which Datasette finds the index); triggers call the
SQL function `pairs`, which every connection of this program has.  Another program can read and search the base; where
it changes an indexed text SQLite stops it (no such function), so that the index is never behind.  FTS5's own `rebuild`
must not be used: it would index the texts as they are.  `build` is what makes the index anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kb.search.pairs import pairs

INDEXED = {
    "passages": ("text",),
    "clauses": ("title", "text", "verification"),
    "plan_items": ("section", "text"),
    "indicators": ("name",),
    "departments": ("name", "full_name"),
}


def register(connection: sqlite3.Connection) -> None:
    """Give a connection what the triggers need."""
    connection.create_function("pairs", 1, pairs, deterministic=True)
    # without it a row that `insert or replace` takes away would stay in the index
    connection.execute("pragma recursive_triggers = on")


def build(connection: sqlite3.Connection) -> None:
    """Make the index of a base that has none, or make it anew, inside the caller's transaction."""
    for table, columns in INDEXED.items():
        for statement in (*_dropped(table), *_declared(table)):
            connection.execute(statement)
        names, texts = ", ".join(columns), ", ".join(f"pairs({column})" for column in columns)
        connection.execute(f"insert into {table}_fts(rowid, {names}) select id, {texts} from {table}")


def script() -> str:
    """The index of an empty base, as SQL."""
    return "\n".join(f"{statement};" for table in INDEXED for statement in _declared(table))


def _declared(table: str) -> Iterator[str]:
    """The index of a table and the three triggers that keep it."""
    columns = INDEXED[table]
    names = ", ".join(columns)
    yield (
        f'create virtual table {table}_fts using fts5({names}, content="{table}", content_rowid="id", tokenize="ascii")'
    )
    insert = f"insert into {table}_fts(rowid, {names}) values (new.id, {_pairs_of('new', columns)});"
    delete = (
        f"insert into {table}_fts({table}_fts, rowid, {names}) values ('delete', old.id, {_pairs_of('old', columns)});"
    )
    yield f"create trigger {table}_fts_insert after insert on {table} begin {insert} end"
    yield f"create trigger {table}_fts_delete after delete on {table} begin {delete} end"
    yield f"create trigger {table}_fts_update after update of id, {names} on {table} begin {delete} {insert} end"


def _pairs_of(row: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"pairs({row}.{column})" for column in columns)


def _dropped(table: str) -> Iterator[str]:
    yield from (f"drop trigger if exists {table}_fts_{event}" for event in ("insert", "delete", "update"))
    yield f"drop table if exists {table}_fts"
