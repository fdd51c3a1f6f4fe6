"""From a row to the page about it: what Datasette's own pages link to, since they know rows by their numbers alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from kb.evaluation.rows import Row, read_rows
from kb.site import links
from kb.site.page import Asked, Elsewhere, NoSuchPage, Page

_OF_PASSAGE = "select p.document_id, p.ordinal from {} t join passages p on p.id = t.passage_id where t.id = ?"


def _place(row: Row) -> str:
    return links.document(row["document_id"], row["ordinal"])


# the row that tells where to go, and the way there
WAYS: Mapping[str, tuple[str, Callable[[Row], str]]] = {
    "regions": ("select code from regions where code = ?", lambda row: links.city(row["code"])),
    "documents": ("select id from documents where id = ?", lambda row: links.document(row["id"])),
    "passages": ("select document_id, ordinal from passages where id = ?", _place),
    "clauses": (
        "select document_id, code from clauses where id = ?",
        lambda row: links.rubric(row["document_id"], row["code"]),
    ),
    "score_rules": (
        "select c.document_id, c.code from score_rules s join clauses c on c.id = s.clause_id where s.id = ?",
        lambda row: links.rubric(row["document_id"], row["code"]),
    ),
    "plan_items": (
        "select document_id, code from plan_items where id = ?",
        lambda row: links.items(row["document_id"], row["code"]),
    ),
    "departments": (
        "select region_code, name from departments where id = ?",
        lambda row: links.department(row["region_code"], row["name"]),
    ),
    "functions": ("select name from functions where id = ?", lambda row: links.function(row["name"])),
    "indicators": ("select name from indicators where id = ?", lambda row: links.indicator(row["name"])),
    **{
        table: (_OF_PASSAGE.format(table), _place)
        for table in ("thresholds", "assignments", "citations", "form_fields", "findings")
    },
    "links": (
        "select i.document_id, i.code from links l join plan_items i on i.id = l.plan_item_id where l.id = ?",
        lambda row: links.items(row["document_id"], row["code"]),
    ),
}


def record(connection: sqlite3.Connection, asked: Asked) -> Elsewhere:
    """The page about a row."""
    table, key = asked.path["table"], asked.path["key"]
    rows = read_rows(connection, WAYS[table][0], [key]) if table in WAYS else []
    if not rows:
        raise NoSuchPage(f"没有这条记录：{table} {key}。 There is no such record.")
    return Elsewhere(WAYS[table][1](rows[0]))


PAGES = (Page("/record/(?P<table>[a-z_]+)/(?P<key>[^/]+)", "", record),)
