"""Corrections: what a person put right stands in the fact tables, what was read stands beside it.

While a document is read again the read values are back in their places, so that readings are compared with readings;
then every correction is put on the fact it was made for, and a source that reads otherwise than the person saw it is a
finding.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from kb.evaluation.rows import Row, read_rows
from kb.listing import plain
from kb.loading import insert
from kb.revise.records import Fact, facts
from kb.revise.values import put


def corrections_of(connection: sqlite3.Connection, document_id: str | None = None) -> list[Row]:
    """The corrections of one document or of all, in the order in which they were made."""
    return read_rows(
        connection,
        "select * from corrections where :id is null or document_id = :id order by document_id, id",
        {"id": document_id},
    )


@contextmanager
def restored(connection: sqlite3.Connection, document_id: str) -> Iterator[None]:
    """Inside, the document's facts are as they were read; afterwards corrections stand on the facts that are there."""
    made = corrections_of(connection, document_id)
    for correction in made:
        if (fact := fact_of(connection, correction)) is not None:
            put(connection, correction["record"], fact.id, correction["field"], correction["now_read"])
    yield
    for correction in made:
        _put_on(connection, correction)


def fact_of(connection: sqlite3.Connection, correction: Row) -> Fact | None:
    """The fact that a correction was made for: the same row, else the one of its key; None where it is gone."""
    there = facts(connection, correction["document_id"], correction["record"])
    by_id = [fact for fact in there if fact.id == correction["fact_id"]]
    by_key = [fact for fact in there if fact.key == correction["key"]]
    return next(iter(by_id or by_key), None)


def _put_on(connection: sqlite3.Connection, correction: Row) -> None:
    """Put one correction on its fact, and say what the source did meanwhile."""
    record, name = correction["record"], correction["field"]
    fact = fact_of(connection, correction)
    label = f"correction of {record} {correction['key']} {name}"
    if fact is None:
        connection.execute("update corrections set fact_id = null where id = ?", (correction["id"],))
        _tell(connection, correction, "correction_without_fact", f"{label}: the source has no such fact any more", None)
        return
    read = plain(fact.values[name]) or None
    if read != correction["read_value"]:
        message = (
            f"{label}: {correction['read_value'] or 'nothing'} was put right to"
            f" {correction['corrected_value'] or 'nothing'}; the source now reads {read or 'nothing'}"
        )
        _tell(connection, correction, "correction_outdated", message, fact)
    row_id = fact.id if isinstance(fact.id, int) else None
    connection.execute(
        "update corrections set fact_id = ?, key = ?, now_read = ? where id = ?",
        (row_id, fact.key, read, correction["id"]),
    )
    put(connection, record, fact.id, name, correction["corrected_value"])


def _tell(connection: sqlite3.Connection, correction: Row, kind: str, message: str, fact: Fact | None) -> None:
    """A finding about a correction, at the passage of its fact."""
    passage = None
    if fact is not None and isinstance(fact.id, int):
        query = f"select passage_id from {correction['record']} where id = ?"
        passage = connection.execute(query, (fact.id,)).fetchone()[0]
    row = {"document_id": correction["document_id"], "kind": kind, "severity": "warning", "message": message}
    insert(connection, "findings", [row | {"passage_id": passage}])
