"""What a change or a correction can be about: the records of the knowledge base, their readable keys and fields.

A key names one fact of a document the way a reader would: a clause by its code (`28`), a score rule by clause and
ordinal (`28 / 2`), a threshold by its owner and indicator (`28 / 抽查合格率`), an assignment by its owner and
department (`28.1 / 市质监局`).  The second fact of one key is `… #2`.  The document itself has the key `-`.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kb.evaluation.rows import read_rows

Kind = Literal[
    "text", "number", "date", "flag", "path", "comparator", "mode", "role", "level", "kind", "status", "department"
]
WORDS: Mapping[str, tuple[str, ...]] = {
    "comparator": (">=", ">", "<=", "<", "=", "between", "rank<=", "increase", "decrease", "relative"),
    "mode": ("tier", "additive", "deduction"),
    "role": ("lead", "support", "member", "supervise"),
    "level": ("national", "provincial", "municipal", "county"),
    "status": ("printed", "inferred", "none"),
    "kind": ("rubric", "guide", "plan", "task_table", "application", "notice", "other"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """A table of facts: how its rows are read with the parts of their keys (`key1` …), and its fields."""

    select: str
    words: str  # the field that shows what an added or removed fact says
    fields: Mapping[str, Kind]
    coded: bool = False  # has a number of its own in the document


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as it is read now."""

    id: int | str
    key: str
    values: Mapping[str, Any]


_OWNER = "coalesce(i.code, c.code, '-')"
RECORDS: Mapping[str, Record] = {
    "documents": Record(
        "select *, '-' as key1 from documents where id = :id",
        "title",
        {
            **dict.fromkeys(("title", "doc_number", "issuer", "addressees", "campaign"), "text"),
            **dict.fromkeys(("issued_on", "printed_on"), "date"),
            **{"level": "level", "kind": "kind", "total_points": "number", "bonus_points": "number"},
        },
    ),
    "clauses": Record(
        "select *, code as key1 from clauses where document_id = :id order by position, id",
        "title",
        {
            **dict.fromkeys(("title", "text", "verification", "nature"), "text"),
            **{"points": "number", "points_status": "status", "optional": "flag"},
        },
        coded=True,
    ),
    "score_rules": Record(
        "select s.*, c.code as key1, s.ordinal as key2 from score_rules s join clauses c on c.id = s.clause_id"
        " where c.document_id = :id order by c.position, s.ordinal, s.id",
        "condition",
        {
            **dict.fromkeys(("points", "step", "cap", "floor"), "number"),
            **{"condition": "text", "mode": "mode", "step_unit": "text"},
        },
    ),
    "plan_items": Record(
        "select *, coalesce(code, '-') as key1 from plan_items where document_id = :id order by position, id",
        "text",
        {"text": "text", "nature": "text", "section": "path", "starts_on": "date", "ends_on": "date"},
        coded=True,
    ),
    "thresholds": Record(
        f"select t.*, {_OWNER} as key1, t.indicator as key2 from thresholds t"
        " left join plan_items i on i.id = t.plan_item_id left join clauses c on c.id = t.clause_id"
        " where t.document_id = :id order by t.position, t.id",
        "text",
        {
            **{"indicator": "text", "comparator": "comparator", "value": "number", "value_high": "number"},
            **{"unit": "text", "baseline": "text", "period": "text"},
        },
    ),
    "assignments": Record(
        f"select a.*, d.name as department, {_OWNER} as key1, d.name as key2 from assignments a"
        " join departments d on d.id = a.department_id"
        " left join plan_items i on i.id = a.plan_item_id left join clauses c on c.id = a.clause_id"
        " where coalesce(i.document_id, c.document_id) = :id order by a.position, a.id",
        "raw",
        {"department": "department", "role": "role"},
    ),
    "citations": Record(
        "select *, coalesce(cited_number, cited_title) as key1 from citations where document_id = :id"
        " order by position, id",
        "cited_title",
        {"cited_title": "text", "cited_number": "text"},
    ),
}


def facts(connection: sqlite3.Connection, document_id: str, record: str) -> list[Fact]:
    """The facts of one record in reading order, with keys that no two of them share."""
    shape = RECORDS[record]
    met: Counter[str] = Counter()
    found = []
    for row in read_rows(connection, shape.select, {"id": document_id}):
        key = " / ".join(str(row[part]) for part in ("key1", "key2") if part in row)
        met[key] += 1
        numbered = key if met[key] == 1 else f"{key} #{met[key]}"
        names = (*shape.fields, *(("code",) if shape.coded else ()), shape.words)
        found.append(Fact(row["id"], numbered, {name: row[name] for name in names}))
    return found
