"""What people do with corrections: make one, bring in many, take one back, list them.

A correction is checked before anything is written: document, record, key and field are there, and the value fits.
"""

from __future__ import annotations

import csv
import getpass
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from extract.errors import ZhibiaoError
from extract.text import squeezed
from kb.base import transaction
from kb.check import check_across
from kb.entities.settling import settle, touched_by
from kb.evaluation.rows import Row
from kb.listing import plain
from kb.loading import insert
from kb.revise.corrections import corrections_of, fact_of
from kb.revise.records import RECORDS, Fact, facts
from kb.revise.revisions import now
from kb.revise.values import checked, put
from kb.show import document_named

COLUMNS = (
    "id",
    "document_id",
    "record",
    "key",
    "field",
    "read_value",
    "now_read",
    "corrected_value",
    "made_by",
    "reason",
)
GIVEN = (
    "document",
    "record",
    "key",
    "field",
    "value",
)  # the columns of a file of corrections; because and by may follow
MOST_KEYS = 8


class UnfitCorrection(ZhibiaoError):
    """There is no such fact or field, or nothing to correct."""


def correct(connection: sqlite3.Connection, given: Mapping[str, str]) -> Row:
    """Make one correction in the caller's transaction: `given` has GIVEN, and `because` and `by` where known."""
    document_id = document_named(connection, given["document"])
    record, field = given["record"], given["field"]
    fact = _fact(connection, document_id, record, given["key"], field)
    value = checked(record, field, given["value"])
    row_id = fact.id if isinstance(fact.id, int) else None
    made = [
        row
        for row in corrections_of(connection, document_id)
        if (row["record"], row["field"]) == (record, field)
        and (row["fact_id"] == row_id if row_id is not None else row["key"] == fact.key)
    ]
    read = made[0]["now_read"] if made else plain(fact.values[field]) or None
    if value == read:
        raise UnfitCorrection(f"{record} {fact.key} {field}: reads {read or 'nothing'} already; nothing to correct")
    for row in made:  # what the person sees now is what counts
        connection.execute("delete from corrections where id = ?", (row["id"],))
    row = {
        **{"document_id": document_id, "record": record, "key": fact.key, "field": field, "fact_id": row_id},
        **{"read_value": read, "now_read": read, "corrected_value": value, "made_at": now()},
        **{"made_by": given.get("by") or _user(), "reason": given.get("because") or None},
    }
    insert(connection, "corrections", [row])
    _write(connection, document_id, record, fact, field, value)
    return row


def _write(
    connection: sqlite3.Connection, document_id: str, record: str, fact: Fact, field: str, value: str | None
) -> None:
    """Put the value on its fact; shared names and what compares documents follow."""
    touched = touched_by(connection, document_id)
    put(connection, record, fact.id, field, value)
    settle(connection, touched | touched_by(connection, document_id))
    check_across(connection, document_id)


def _fact(connection: sqlite3.Connection, document_id: str, record: str, key: str, field: str) -> Fact:
    """The fact of that key, and a field that it has; raises UnfitCorrection with what there would be."""
    if record not in RECORDS:
        raise UnfitCorrection(f"{record}: no such record; it is one of {', '.join(RECORDS)}")
    if field not in RECORDS[record].fields:
        raise UnfitCorrection(f"{field}: {record} has no such field; it is one of {', '.join(RECORDS[record].fields)}")
    there = facts(connection, document_id, record)
    for fact in there:
        if squeezed(fact.key) == squeezed(key):
            return fact
    near = [fact.key for fact in there if fact.key.partition(" / ")[0] == key.partition(" / ")[0]] or [
        f.key for f in there
    ]
    known = "、".join(near[:MOST_KEYS]) + ("…" if len(near) > MOST_KEYS else "")
    raise UnfitCorrection(f"{key}: {document_id} has no such key in {record}; there is {known or 'none'}")


def undo(connection: sqlite3.Connection, correction_id: int) -> Row:
    """Take one correction back: the fact says again what the source reads."""
    made = [row for row in corrections_of(connection) if row["id"] == correction_id]
    if not made:
        raise UnfitCorrection(f"{correction_id}: no such correction; `zhibiao correct` lists them")
    row = made[0]
    with transaction(connection):
        fact = fact_of(connection, row)
        if fact is not None:
            _write(connection, row["document_id"], row["record"], fact, row["field"], row["now_read"])
        connection.execute("delete from corrections where id = ?", (correction_id,))
        label = f"correction of {row['record']} {row['key']} {row['field']}: %"
        connection.execute(
            "delete from findings where document_id = ? and kind like 'correction_%' and message like ?",
            (row["document_id"], label),
        )
    return row


def read_corrections(file: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file of corrections; raises UnfitCorrection for a file that is none."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnfitCorrection(f"{file}: not UTF-8; save it as CSV UTF-8") from error
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in GIVEN if name not in (reader.fieldnames or ())]
    if missing:
        raise UnfitCorrection(f"{file}: lacks the columns {', '.join(missing)}; it needs {', '.join(GIVEN)}")
    for row in reader:
        yield {name: (value or "").strip() for name, value in row.items() if name and isinstance(value, str | None)}


def import_corrections(connection: sqlite3.Connection, file: Path) -> int:
    """All corrections of a CSV file or none: the first that does not fit is named by its line."""
    number = 0
    with transaction(connection):
        for number, given in enumerate(read_corrections(file), 1):
            try:
                correct(connection, given)
            except ZhibiaoError as error:
                raise UnfitCorrection(f"{file} row {number}: {error}; nothing was written") from error
    return number


def _user() -> str | None:
    """Who is at the keyboard, where the system tells."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None
