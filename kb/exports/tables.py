"""The tables of a base as they go out: columns with types, keys and references as the base itself declares them.

Left out are logs of the machine that made the base, and columns that only repeat others for looking up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from kb.personal import masked_text

Kind = Literal["integer", "number", "string"]
KINDS: dict[str, Kind] = {"INTEGER": "integer", "REAL": "number", "TEXT": "string"}
LOGS = frozenset({"ingests", "link_runs"})
LOOKUPS = frozenset({"title_key", "number_key", "issued_key"})
# those of the search index are no facts: triggers keep it
TABLES = (
    "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and instr(name, '_fts') = 0"
    " order by rowid"
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it holds; a required one is never null."""

    name: str
    kind: Kind
    is_required: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that point at a row of another table, or of their own."""

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that goes out; `key` are the columns that tell its rows apart, () where it declares none."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]


def read_tables(connection: sqlite3.Connection) -> list[Table]:
    """Every table that goes out, in the order of the schema."""
    names = [str(row[0]) for row in connection.execute(TABLES)]
    return [_read_table(connection, name) for name in names if name not in LOGS]


def _read_table(connection: sqlite3.Connection, name: str) -> Table:
    declared = connection.execute(f"pragma table_info({name})").fetchall()
    kept = [column for column in declared if column["name"] not in LOOKUPS]
    columns = tuple(
        # an integer primary key is never null, although it does not say so
        Column(column["name"], KINDS[column["type"].upper()], bool(column["notnull"] or column["pk"]))
        for column in kept
    )
    key = [column["name"] for column in sorted(declared, key=lambda column: column["pk"]) if column["pk"]]
    return Table(name, columns, tuple(key), tuple(_references(connection, name)))


def _references(connection: sqlite3.Connection, name: str) -> Iterator[Reference]:
    rows = connection.execute(f"pragma foreign_key_list({name})").fetchall()
    for number in sorted({row["id"] for row in rows}, reverse=True):  # SQLite lists the last declared first
        parts = sorted((row for row in rows if row["id"] == number), key=lambda row: row["seq"])
        columns, targets = (tuple(part[side] for part in parts) for side in ("from", "to"))
        yield Reference(columns, parts[0]["table"], targets)


def rows_of(connection: sqlite3.Connection, table: Table, *, with_personal: bool = False) -> Iterator[Row]:
    """The rows of a table in the order of their keys, one after the other; personal numbers are masked."""
    cursor = connection.cursor()
    cursor.row_factory = None
    order = ", ".join(table.key or ("rowid",))
    cursor.execute(f"select {', '.join(table.names)} from {table.name} order by {order}")
    for values in cursor:
        row = dict(zip(table.names, values, strict=True))
        yield row if with_personal else masked_row(row)


def masked_row(row: Row) -> Row:
    """A row with personal numbers in its texts masked; figures are left as they are.

    >>> masked_row({"text": "电话 13961930000", "value": 13961930000})
    {'text': '电话 ***********', 'value': 13961930000}
    """
    return {name: masked_text(value) if isinstance(value, str) else value for name, value in row.items()}


def digests(connection: sqlite3.Connection) -> dict[str, str]:
    """The documents that are digests and not the originals themselves: id and title."""
    rows = connection.execute("select id, title from documents where origin = 'digest' order by id")
    return {str(row[0]): str(row[1]) for row in rows}
