"""The facts of one document written over those it had: a row that stays itself keeps its id, the rest comes and goes.

A loader asks `ids` for the ids of its rows, completes them, and hands them to `write`.  `drop_rest` ends the work: what
no new row took up goes, the last table first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.evaluation.rows import read_rows
from kb.loading import Row, insert
from kb.revise.identities import IDENTITIES
from kb.revise.pairing import pairs

_OF_DOCUMENT = "document_id = :id"
_OF_CLAUSES = "clause_id in (select id from clauses where document_id = :id)"
_OF_ITEMS = "plan_item_id in (select id from plan_items where document_id = :id)"
# a row stands after what it refers to
OWNED = {
    **dict.fromkeys(("passages", "leftovers", "clauses", "plan_items", "thresholds"), _OF_DOCUMENT),
    **dict.fromkeys(("citations", "form_fields", "findings"), _OF_DOCUMENT),
    "score_rules": _OF_CLAUSES,
    "assignments": f"{_OF_CLAUSES} or {_OF_ITEMS}",
}
LARGE = 500  # ids in one statement, well below the limit of any SQLite


@dataclass(slots=True)
class Keeping:
    """One document being written: its old rows by table and id, and those of them that no new row took up."""

    connection: sqlite3.Connection
    document_id: str
    old: dict[str, dict[int, Row]] = field(default_factory=dict)
    rest: dict[str, list[int]] = field(default_factory=dict)

    def ids(self, table: str, rows: Sequence[Row]) -> list[int]:
        """An id for every row, in order: the old one where the row is known again, else a new one."""
        order = "ordinal" if table == "passages" else "id"
        query = f"select * from {table} where {OWNED[table]} order by {order}"
        old = read_rows(self.connection, query, {"id": self.document_id})
        identity = IDENTITIES[table]
        pair = pairs(old, rows, identity.tiers, identity.likeness)
        kept = {place: int(old[old_place]["id"]) for place, old_place in pair.items()}
        self.old[table] = {int(row["id"]): row for row in old}
        self.rest[table] = sorted(self.old[table].keys() - kept.values())
        fresh = int(self.connection.execute(f"select coalesce(max(id), 0) from {table}").fetchone()[0])
        ids = []
        for place in range(len(rows)):
            fresh += place not in kept
            ids.append(kept.get(place, fresh))
        return ids

    def write(self, table: str, rows: Sequence[Row]) -> None:
        """Write rows that have their ids: insert the new ones, update what differs, leave alone what does not."""
        old = self.old[table]
        changed = [row for row in rows if row["id"] in old and row.items() - old[row["id"]].items()]
        self._park(table, [row["id"] for row in changed])
        if changed:
            columns = ", ".join(f"{name} = :{name}" for name in changed[0] if name != "id")
            self.connection.executemany(f"update {table} set {columns} where id = :id", changed)
        insert(self.connection, table, [row for row in rows if row["id"] not in old])

    def keep(self, table: str, rows: Sequence[Row]) -> list[int]:
        """`ids` and `write` in one, for rows that need nothing else; the ids."""
        ids = self.ids(table, rows)
        self.write(table, [row | {"id": number} for row, number in zip(rows, ids, strict=True)])
        return ids

    def _park(self, table: str, changed: Iterable[int]) -> None:
        """Move values that are unique in a document out of the way of those that are about to be written."""
        column = IDENTITIES[table].unique
        if column is not None:
            places = [(number,) for number in (*changed, *self.rest[table])]
            self.connection.executemany(f"update {table} set {column} = -id where id = ?", places)

    def drop_rest(self) -> None:
        """Delete what no new row took up, with all that cannot be without it."""
        for table in reversed(self.rest):
            delete_rows(self.connection, table, "id", self.rest[table])


def delete_rows(connection: sqlite3.Connection, table: str, column: str, values: Sequence[Any]) -> None:
    """Delete rows of a table; a row that cannot be without them goes with them, any other loses its reference."""
    for start in range(0, len(values), LARGE):
        some = values[start : start + LARGE]
        marks = ", ".join("?" * len(some))
        for other, reference, target, needed in _references(connection, table):
            wanted = f"select {target} from {table} where {column} in ({marks})"
            if needed:
                gone = connection.execute(f"select {reference} from {other} where {reference} in ({wanted})", some)
                delete_rows(connection, other, reference, sorted({row[0] for row in gone}))
            else:
                connection.execute(f"update {other} set {reference} = null where {reference} in ({wanted})", some)
        connection.execute(f"delete from {table} where {column} in ({marks})", some)


def delete_facts(connection: sqlite3.Connection, document_id: str) -> None:
    """Delete all that was read out of a document: facts first, then what they stand on."""
    for table in reversed(OWNED):
        rows = connection.execute(f"select id from {table} where {OWNED[table]}", {"id": document_id})
        delete_rows(connection, table, "id", [row[0] for row in rows])


def _references(connection: sqlite3.Connection, table: str) -> list[tuple[str, str, str, bool]]:
    """Who points at a table: table, column, the column it points at, and whether it must point at something."""
    rows = connection.execute(
        'select t.name, f."from", coalesce(f."to", \'id\'), c."notnull" or c.pk from sqlite_master t'
        ' join pragma_foreign_key_list(t.name) f join pragma_table_info(t.name) c on c.name = f."from"'
        ' where t.type = \'table\' and f."table" = ? order by t.name, f."from"',
        (table,),
    )
    return [(str(row[0]), str(row[1]), str(row[2]), bool(row[3])) for row in rows]
