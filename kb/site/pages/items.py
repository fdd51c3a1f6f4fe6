"""The tasks of a document: when, by whom, how much, and which clauses each serves, with the reason."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from kb.coverage.evidence import read_evidence
from kb.evaluation.rows import Row, read_rows
from kb.site.page import Asked, NoSuchPage, Page
from kb.site.pages.document import head
from kb.site.paging import span

PER_PAGE = 50
CANDIDATES = 3  # that are shown for a task without a link
ROLES = ("lead", "support", "member", "supervise")
# the place of a task among those of its document
BEFORE = """
select count(*)
from plan_items i
join (select position, id from plan_items where document_id = :id and code = :code order by position, id limit 1) a
where i.document_id = :id and (coalesce(i.position, 0), i.id) < (coalesce(a.position, 0), a.id)
"""
ITEMS = """
select i.id, i.code, i.section, i.text, i.starts_on, i.ends_on, i.nature, p.ordinal, w.place
from plan_items i
left join passages p on p.id = i.passage_id
left join passage_places w on w.passage_id = i.passage_id
where i.document_id = ?
order by coalesce(i.position, 0), i.id
limit ? offset ?
"""
AMONG = "select value from json_each(:ids)"
ASSIGNMENTS = f"""
select a.plan_item_id, a.role, d.name, d.region_code, a.raw, p.document_id, p.ordinal, w.place
from assignments a
join departments d on d.id = a.department_id
left join passages p on p.id = a.passage_id
left join passage_places w on w.passage_id = a.passage_id
where a.plan_item_id in ({AMONG})
order by a.position, a.id
"""
THRESHOLDS = f"""
select
  t.plan_item_id, n.name, t.indicator, t.comparator, t.value, t.value_high, t.unit, t.period, t.text,
  p.ordinal, w.place
from thresholds t
left join indicators n on n.id = t.indicator_id
left join passages p on p.id = t.passage_id
left join passage_places w on w.passage_id = t.passage_id
where t.plan_item_id in ({AMONG})
order by t.position, t.id
"""
_CLAUSE = """
  c.document_id, c.code, coalesce(nullif(c.title, ''), c.text) as title, c.points, c.points_status, q.title as rubric
"""
_RUBRIC = "join documents q on q.id = c.document_id left join passages p on p.id = c.passage_id"
LINKS = f"""
select l.plan_item_id, l.relation, l.method, l.score, l.status, l.evidence, {_CLAUSE}, q.origin, p.ordinal
from links l
join clauses c on c.id = l.clause_id
{_RUBRIC}
where l.plan_item_id in ({AMONG})
order by c.document_id, l.status = 'rejected', l.rank, c.code
"""
OFFERED = f"""
select k.plan_item_id, null as relation, 'inferred' as method, k.score, 'offered' as status, k.evidence, {_CLAUSE},
  q.origin, p.ordinal
from link_candidates k
join clauses c on c.id = k.clause_id
{_RUBRIC}
where k.plan_item_id in ({AMONG}) and k.rank <= :most
order by k.score desc, c.code
"""


def items(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """One page of the tasks, under their sections."""
    found = head(connection, asked.path["id"])
    key, code = found["id"], asked.query.get("at", "")
    (total,) = connection.execute("select count(*) from plan_items where document_id = ?", [key]).fetchone()
    if not total:
        raise NoSuchPage("这份文件没有任务。 This document has no plan items.")
    number = asked.number("page", 1)
    if code:
        number = 1 + connection.execute(BEFORE, {"id": key, "code": code}).fetchone()[0] // PER_PAGE
    start, page, pages = span(total, number, PER_PAGE)
    rows = _complete(connection, read_rows(connection, ITEMS, [key, PER_PAGE, start]))
    sections = [(name, list(run)) for name, run in groupby(rows, key=lambda row: row["section"] or "")]
    shown = {"total": total, "page": page, "pages": pages, "start": start, "roles": ROLES}
    return {"document": found, "sections": sections, "at": code} | shown


def _complete(connection: sqlite3.Connection, rows: list[Row]) -> list[Row]:
    """The tasks with who does them, what they promise, what they serve or might serve."""
    some = {"ids": json.dumps([row["id"] for row in rows]), "most": CANDIDATES}
    bodies = _by_item(read_rows(connection, ASSIGNMENTS, some))
    thresholds = _by_item(read_rows(connection, THRESHOLDS, some))
    links = _by_item(_explained(read_rows(connection, LINKS, some)))
    free = some | {"ids": json.dumps([row["id"] for row in rows if row["id"] not in links])}
    offered = _by_item(_explained(read_rows(connection, OFFERED, free)))
    return [
        row
        | {"bodies": _by_role(bodies[row["id"]]), "thresholds": thresholds[row["id"]]}
        | {"rubrics": _by_rubric(links[row["id"]]), "offered": offered[row["id"]][:CANDIDATES]}
        for row in rows
    ]


def _explained(rows: Iterable[Row]) -> list[Row]:
    return [row | {"said": read_evidence(row["evidence"])} for row in rows]


def _by_item(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["plan_item_id"]].append(row)
    return found


def _by_role(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["role"]].append(row)
    return dict(sorted(found.items(), key=lambda pair: ROLES.index(pair[0]) if pair[0] in ROLES else len(ROLES)))


def _by_rubric(rows: Iterable[Row]) -> list[list[Row]]:
    return [list(run) for _, run in groupby(rows, key=lambda row: row["document_id"])]


PAGES = (Page("/document/(?P<id>[^/]+)/items", "items.html", items),)
