"""The home page: what is in the base, how far cities cover rubrics, what came in last, what is doubtful, what to ask."""

from __future__ import annotations

import sqlite3
from typing import Any

from kb.evaluation.rows import read_rows
from kb.questions import questions
from kb.site.page import Asked, Page

COUNTED = ("documents", "clauses", "thresholds", "plan_items", "assignments", "departments", "indicators")


def home(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """Counts, documents, newest ingestions, findings by kind, questions."""
    return {
        "counts": {name: read_rows(connection, f"select count(*) as n from {name}")[0]["n"] for name in COUNTED},
        "documents": read_rows(connection, "select id, title, region, kind, origin from document_facts order by region, title limit 50"),
        "questions": questions(),
    }


PAGES = (Page("/", "home.html", home),)
