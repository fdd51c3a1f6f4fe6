"""The home page: what is in the base, how far cities cover rubrics, what came in, what is doubtful, what to ask."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from kb.coverage.across import rubrics
from kb.evaluation.rows import Row, read_rows
from kb.questions import questions
from kb.site.held import Heat, heat, tied
from kb.site.kept import kept
from kb.site.page import Asked, Page

COUNTED = ("documents", "clauses", "thresholds", "plan_items", "assignments", "departments", "indicators")
MOST_MAPS = 4
MOST_LINES = 24  # of a map
MOST_RUBRICS = 12  # that are only named
NEWEST = """
select n.status, n.source, n.error, n.note, n.started_at, n.document_id, d.title, d.origin
from ingests n
left join documents d on d.id = n.document_id
order by n.id desc
limit 8
"""
FINDINGS = """
select kind, severity, count(*) as findings
from findings
group by kind, severity
order by kind, severity = 'info', severity = 'warning'
"""
DOCUMENTS = """
select d.id, d.title, d.doc_number, d.issued_on, d.kind, d.origin, d.region_code, r.short_name as region
from documents d
left join regions r on r.code = d.region_code
order by d.ingested_at desc, d.id
limit 20
"""


def home(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """Counts, maps of coverage, newest ingestions, findings by kind, documents, questions."""
    return {
        **kept(asked.base, "home", lambda: _counted(connection)),
        **_maps(connection, asked),
        "newest": [row | {"name": _name(row["source"])} for row in read_rows(connection, NEWEST)],
        "documents": read_rows(connection, DOCUMENTS),
        "questions": questions(),
    }


def _counted(connection: sqlite3.Connection) -> dict[str, Any]:
    counts = {name: read_rows(connection, f"select count(*) as n from {name}")[0]["n"] for name in COUNTED}
    return {"counts": counts, "findings": _by_kind(read_rows(connection, FINDINGS))}


def _by_kind(rows: Sequence[Row]) -> list[Mapping[str, Any]]:
    """The kinds of findings, those with errors first, the frequent before the rare."""
    kinds = [
        {"kind": kind, "severities": {row["severity"]: row["findings"] for row in group}}
        for kind, group in groupby(rows, key=lambda row: row["kind"])
    ]
    for found in kinds:
        found["findings"] = sum(found["severities"].values())
    return sorted(kinds, key=lambda one: [-one["severities"].get(name, 0) for name in ("error", "warning", "info")])


def _maps(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """The maps of the first rubrics that plans are tied to, and the names of the others."""
    maps: list[Heat] = []
    others: list[Row] = []
    for rubric in kept(asked.base, "rubrics", lambda: rubrics(connection)):
        found = tied(connection, asked, rubric["id"])
        if found and len(maps) < MOST_MAPS:
            maps.append(heat(connection, asked, rubric, found[:MOST_LINES], len(found)))
        else:
            others.append(rubric | {"plans": len(found)})
    return {"maps": maps, "others": others[:MOST_RUBRICS], "more_rubrics": len(others[MOST_RUBRICS:])}


def _name(source: str) -> str:
    """The last part of a path or address, which is what people know a file by.

    >>> _name("in/方案.docx"), _name("https://example.cn/")
    ('方案.docx', 'example.cn')
    """
    return source.replace("\\", "/").rstrip("/").rpartition("/")[2] or source


PAGES = (Page("/", "home.html", home),)
