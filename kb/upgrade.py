"""A base made by an older version brought to the schema of this one, in one transaction, with a copy beside it first.

The wanted shape is `schema.sql` itself: what is missing is made, a table whose text differs is made anew with the rows
it had, views, indexes and triggers are made anew.  Only what old rows need beyond that is listed here, by version.
sqlite-utils would rebuild tables too, but from what it understands of them: comments and checks would be gone.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import reduce
from operator import or_
from pathlib import Path

from kb.check import check_all
from kb.entities.indicators import indicator_ids, used_printings
from kb.entities.settling import Touched, settle, touched_by
from kb.identity import issued_key
from kb.search.index import build
from kb.text_coverage import measure_coverage

# what fills new columns of old rows, by the version that brought them
FILLED: Mapping[int, tuple[str, ...]] = {
    2: (
        # rows were written in reading order
        *(
            f"update {table} set position = id where position is null"
            for table in ("clauses", "score_rules", "plan_items", "thresholds", "assignments", "citations")
        ),
        "update assignments set name = (select d.name from departments d where d.id = department_id)",
    ),
}
MADE = ("table", "index", "trigger", "view")  # in the order in which one can need the other


def upgrade(connection: sqlite3.Connection, path: Path, fresh: sqlite3.Connection, version: int) -> None:
    """Bring the base at `path` to `version`, whose empty base is `fresh`; another process may be faster."""
    copy_beside(connection, path)
    connection.execute("pragma foreign_keys = off")
    connection.execute("pragma legacy_alter_table = on")  # a renamed table stays what others refer to
    try:
        connection.execute("begin immediate")
        old = int(connection.execute("pragma user_version").fetchone()[0])
        if old < version:
            _reshape(connection, fresh)
            for number in range(old + 1, version + 1):
                for statement in FILLED.get(number, ()):
                    connection.execute(statement)
            _refill(connection)
            connection.execute(f"pragma user_version = {version}")
        connection.execute("commit")
    finally:
        if connection.in_transaction:
            connection.execute("rollback")
        connection.execute("pragma legacy_alter_table = off")
        connection.execute("pragma foreign_keys = on")


def _refill(connection: sqlite3.Connection) -> None:
    """What is worked out of rows: the index of the search, text in facts, shared bodies and indicators, comparisons."""
    build(connection)
    documents = connection.execute("select id, title from documents order by id").fetchall()
    for document, title in documents:
        connection.execute("update documents set issued_key = ? where id = ?", (issued_key(title), document))
        indicator_ids(connection, sorted(used_printings(connection, document)))
        measure_coverage(connection, document)
    nothing = Touched(frozenset(), frozenset())
    settle(connection, reduce(or_, (touched_by(connection, document) for document, _ in documents), nothing))
    check_all(connection)


def copy_beside(connection: sqlite3.Connection, path: Path) -> Path:
    """A copy of the base as it is, `zhibiao.schema-1.db` beside `zhibiao.db`; one that is there stays."""
    version = connection.execute("pragma user_version").fetchone()[0]
    target = path.with_name(f"{path.stem}.schema-{version}{path.suffix}")
    if not target.exists():
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
        part.replace(target)
    return target


def _reshape(connection: sqlite3.Connection, fresh: sqlite3.Connection) -> None:
    """Give a base the tables, indexes, triggers and views of another, and keep its rows."""
    for kind in ("view", "trigger", "index"):
        for name in _made(connection, kind):
            connection.execute(f'drop {kind} "{name}"')
    have = _made(connection, "table")
    for name, text in _made(fresh, "table").items():
        if name not in have:
            connection.execute(text)
        elif have[name] != text:
            _remake(connection, name, text)
    for kind in MADE[1:]:
        for text in _made(fresh, kind).values():
            connection.execute(text)


def _remake(connection: sqlite3.Connection, name: str, text: str) -> None:
    """Make a table anew and copy the columns that both have; what a virtual table holds comes from others."""
    if text.lower().startswith("create virtual"):
        connection.execute(f'drop table "{name}"')
        connection.execute(text)
        return
    connection.execute(f'alter table "{name}" rename to "{name}_before"')
    connection.execute(text)
    before, after = (
        [row[1] for row in connection.execute(f'pragma table_info("{table}")')] for table in (f"{name}_before", name)
    )
    columns = ", ".join(column for column in after if column in before)
    connection.execute(f'insert into "{name}" ({columns}) select {columns} from "{name}_before" order by rowid')
    connection.execute(f'drop table "{name}_before"')


def _made(connection: sqlite3.Connection, kind: str) -> dict[str, str]:
    """The names and texts of what a schema made of one kind, in its order; not what SQLite made by itself."""
    rows = connection.execute(
        "select m.name, m.sql from sqlite_master m"
        " left join pragma_table_list t on t.name = m.name and t.schema = 'main'"
        " where m.type = ? and m.sql is not null and m.name not like 'sqlite_%' and coalesce(t.type, '') <> 'shadow'"
        " order by m.rowid",
        (kind,),
    )
    return {str(row[0]): str(row[1]) for row in rows}
