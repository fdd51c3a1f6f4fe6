"""A rubric: its clauses as a tree with points, each with how many plans cover it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any

from kb.coverage.standing import PARTS
from kb.evaluation.rows import Row, read_rows
from kb.site.held import MOST_COUNTED, statuses, tied
from kb.site.page import Asked, NoSuchPage, Page

MOST_CLAUSES = 2000
RUBRIC = """
select
  d.id, d.title, d.doc_number, d.issuer, d.issued_on, d.kind, d.origin, d.campaign, d.total_points, d.bonus_points,
  d.region_code, r.short_name as region
from documents d
left join regions r on r.code = d.region_code
where d.id = ? and exists (select 1 from clauses c where c.document_id = d.id)
"""
CLAUSES = """
select
  c.id, c.document_id, c.parent_id, c.code, c.kind, c.title, coalesce(c.text, '') as text, c.points, c.points_status,
  c.optional, c.nature, c.verification, p.ordinal, w.place,
  iif(c.title = '', (select s.condition from score_rules s where s.clause_id = c.id order by s.ordinal limit 1), '')
    as condition,
  exists (select 1 from judged_clauses j where j.clause_id = c.id) as is_judged
from clauses c
left join passages p on p.id = c.passage_id
left join passage_places w on w.passage_id = c.passage_id
where c.document_id = ?
order by c.position, c.id
limit ?
"""
INFERRED = "select count(*) as n from clauses where document_id = ? and points_status = 'inferred'"


def rubric(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """The rubric's own facts, and its clauses by kind."""
    found = read_rubric(connection, asked.path["document"])
    clauses = tree(connection, found["id"])
    plans = tied(connection, asked, found["id"])
    return {
        "rubric": found,
        "groups": _groups(clauses),
        "plans": len(plans),
        "counted": min(len(plans), MOST_COUNTED),
        "statuses": statuses(connection, asked, found["id"]) if plans else {},
        "counts": Counter(clause["kind"] for clause in clauses),
        "inferred": read_rows(connection, INFERRED, [found["id"]])[0]["n"],
        "is_cut": len(clauses) == MOST_CLAUSES,
    }


def read_rubric(connection: sqlite3.Connection, document_id: str) -> Row:
    """A document that has clauses; raises NoSuchPage."""
    found = next(iter(read_rows(connection, RUBRIC, [document_id])), None)
    if found is None:
        raise NoSuchPage("没有这份评分标准，或者它没有条款。 There is no such rubric, or it has no clauses.")
    return found


def tree(connection: sqlite3.Connection, document_id: str) -> list[Row]:
    """The clauses as the document has them, each with its `depth` and the `part` it is shown in.

    A section is shown with the clauses below it: its part is that of the first of them.
    """
    rows = read_rows(connection, CLAUSES, [document_id, MOST_CLAUSES])
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        row |= {"depth": len(ancestors(row, by_id)), "part": None if row["kind"] == "section" else row["kind"]}
    for row in rows:
        for above in ancestors(row, by_id) if row["part"] is not None else ():
            above["part"] = above["part"] or row["part"]
    return rows


def ancestors(clause: Row, by_id: dict[int, Row]) -> list[Row]:
    """What stands above a clause, the nearest first."""
    found: list[Row] = []
    above = by_id.get(clause["parent_id"])
    while above is not None and above not in found:
        found.append(above)
        above = by_id.get(above["parent_id"])
    return found


def _groups(clauses: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The clauses by part: what is scored first, then conditions and bonus, the catalogue last."""
    order = (*PARTS, "catalogue", None)
    found = ((part, [clause for clause in clauses if clause["part"] == part]) for part in order)
    return [(part or "section", rows) for part, rows in found if rows]


PAGES = (Page("/rubric/(?P<document>[^/]+)", "rubric.html", rubric),)
