"""What a document was and what became of it: its revisions, and the changes between them."""

from __future__ import annotations

import sqlite3

from extract.errors import ZhibiaoError
from kb.evaluation.rows import Row, read_rows

REVISIONS = ("revision", "current", "format", "changes", "ingested_at", "source", "note")
CHANGES = ("revision", "change", "record", "key", "field", "before", "after")


class UnknownRevision(ZhibiaoError):
    """The document has no such revision."""


def revisions(connection: sqlite3.Connection, document_id: str) -> list[Row]:
    """Every content a document has had, the first one first, with how much it changed or why it did not."""
    return read_rows(
        connection,
        "select r.revision, case r.is_current when 1 then 'yes' else '' end as current, r.format,"
        " (select count(*) from changes c where c.document_id = r.document_id and c.revision = r.revision) as changes,"
        " r.ingested_at, r.source,"
        " (select n.note from ingests n where n.document_id = r.document_id and n.sha256 = r.sha256"
        " and n.status = 'kept' order by n.id limit 1) as note"
        " from revisions r where r.document_id = ? order by r.revision",
        [document_id],
    )


def changes(
    connection: sqlite3.Connection, document_id: str, start: int | None = None, end: int | None = None
) -> list[Row]:
    """What changed after revision `start` up to revision `end`; without them, what the current revision changed.

    Raises UnknownRevision for revisions that the document does not have or that are not in this order.
    """
    numbers = [row["revision"] for row in revisions(connection, document_id)]
    (current,) = connection.execute("select revision from documents where id = ?", (document_id,)).fetchone()
    last = current if end is None else end
    first = start if start is not None else max((number for number in numbers if number < last), default=0)
    if last not in numbers or not (first in numbers or start is None) or first >= last:
        named = f"{first} to {last}" if start is not None else str(last)
        raise UnknownRevision(
            f"no revisions {named}: {document_id} has {numbers[0]} to {numbers[-1]}, give --from N --to M"
        )
    return read_rows(
        connection,
        "select revision, change, record, key, field, before, after from changes"
        " where document_id = ? and revision > ? and revision <= ? order by rowid",
        [document_id, first, last],
    )


def change_line(change: Row) -> str:
    """A change in one line.

    >>> row = {"change": "changed", "record": "clauses", "key": "28", "field": "points", "before": "20", "after": "25"}
    >>> change_line(row)
    'changed clauses 28 points: 20 → 25'
    >>> change_line(row | {"change": "added", "field": None, "before": None, "after": "产品质量提升"})
    'added clauses 28: 产品质量提升'
    """
    sides = (
        [change["before"], change["after"]] if change["change"] == "changed" else [change["before"] or change["after"]]
    )
    what = " ".join(str(change[name]) for name in ("change", "record", "key", "field") if change[name])
    return f"{what}: {' → '.join(str(side or '(nothing)') for side in sides)}"
