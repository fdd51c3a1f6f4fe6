"""One value of a fact: read from what a person typed, written into its table with all that follows from it."""

from __future__ import annotations

import re
import sqlite3

from extract.errors import ZhibiaoError
from extract.text import compact
from kb.entities.departments import department_ids
from kb.entities.indicators import indicator_ids
from kb.identity import number_key, title_key
from kb.resolve import resolve_citations
from kb.revise.records import RECORDS, WORDS

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
NEEDED = {("documents", "title"), ("clauses", "title"), ("plan_items", "text"), ("score_rules", "condition")}
NEEDED |= {("thresholds", "indicator")}


class UnfitValue(ZhibiaoError):
    """The value is none that this field can have."""


def checked(record: str, field: str, value: str) -> str | None:
    """A value as a correction keeps it, None for an empty one; raises UnfitValue for one the field cannot have.

    >>> checked("clauses", "points", "20.0"), checked("plan_items", "ends_on", "2015-06")
    ('20', '2015-06')
    >>> checked("score_rules", "mode", "either")
    Traceback (most recent call last):
    kb.revise.values.UnfitValue: either: mode is one of tier, additive, deduction
    """
    kind, text = RECORDS[record].fields[field], value.strip()
    if not text:
        if kind in ("text", "path", "number", "date") and (record, field) not in NEEDED:
            return None
        raise UnfitValue(f"{field} of {record} cannot be empty; give a value")
    if kind in WORDS and text not in WORDS[kind]:
        raise UnfitValue(f"{text}: {field} is one of {', '.join(WORDS[kind])}")
    if kind == "date" and not DATE.fullmatch(text):
        raise UnfitValue(f"{text}: {field} is a date, 2015, 2015-06 or 2015-06-30")
    if kind == "flag" and text not in ("0", "1"):
        raise UnfitValue(f"{text}: {field} is 0 or 1")
    return _number(field, text) if kind == "number" else text


def _number(field: str, text: str) -> str:
    """A number without `.0`; raises UnfitValue for what is none."""
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not abs(number) < float("inf"):
        raise UnfitValue(f"{text}: {field} is a number, such as 20 or 0.5")
    return f"{number:.12g}"


def put(connection: sqlite3.Connection, record: str, fact: int | str, field: str, value: str | None) -> None:
    """Write a value into its fact; names that the base shares or looks up by follow."""
    kind = RECORDS[record].fields[field]
    columns: dict[str, object] = {field: float(value) if value and kind in ("number", "flag") else value}
    if kind == "department":
        columns = {"department_id": _department(connection, fact, value or ""), "name": compact(value or "")}
    elif (record, field) == ("thresholds", "indicator"):
        columns["indicator_id"] = indicator_ids(connection, [value or ""])[compact(value or "")]
    elif field in ("title", "cited_title") and record != "clauses":
        columns["title_key"] = title_key(value)
    elif field in ("doc_number", "cited_number"):
        columns["number_key"] = number_key(value)
    marks = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(f"update {record} set {marks} where id = ?", (*columns.values(), fact))
    if "title_key" in columns or "number_key" in columns:
        _resolve(connection, record, fact)


def _department(connection: sqlite3.Connection, assignment: int | str, name: str) -> int:
    """The body of that name in the region of the document that the assignment stands in."""
    row = connection.execute(
        "select d.region_code from assignments a left join plan_items i on i.id = a.plan_item_id"
        " left join clauses c on c.id = a.clause_id join documents d on d.id = coalesce(i.document_id, c.document_id)"
        " where a.id = ?",
        (assignment,),
    ).fetchone()
    return department_ids(connection, row[0], [(name, False)])[compact(name)]


def _resolve(connection: sqlite3.Connection, record: str, fact: int | str) -> None:
    """Look up the citations that a title or number decides about."""
    if record == "citations":
        fact = connection.execute("select document_id from citations where id = ?", (fact,)).fetchone()[0]
    resolve_citations(connection, str(fact))
