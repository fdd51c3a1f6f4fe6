"""One body: its names then and today, what it answers for, its tasks, its documents, and with whom it works."""

from __future__ import annotations

import sqlite3
from typing import Any

from kb.evaluation.rows import Row, read_rows
from kb.graph.circle import MOST, Circle, circle
from kb.graph.partners import partners_of, shared_tasks
from kb.site import links
from kb.site.counted import duties
from kb.site.duties import answered, listed
from kb.site.kept import kept
from kb.site.page import Asked, Elsewhere, NoSuchPage, Page
from kb.site.paging import span
from kb.site.successions import before, bodies_with, later
from kb.site.tasks import Wanted, count_tasks, read_tasks

NOWHERE = "-"  # stands for no known region in addresses
ON_A_PAGE = 30
MOST_PARTNERS = 50
MOST_PRINTINGS = 40
MOST_DOCUMENTS = 50
MOST_CLAUSES = 80  # that are listed unasked; beyond it those of one rubric
MOST_RUBRICS = 8
MOST_MET = 20_000  # duties of the partners in the picture, up to which it is asked how often they meet each other
BODY = """
select
  b.id, b.name, b.full_name, b.region_code, b.function_id, b.is_group, b.today_name,
  r.short_name as region, r.name as region_name, f.name as function
from departments b
left join regions r on r.code = b.region_code
left join functions f on f.id = b.function_id
where b.name = :name and b.region_code is :region
"""
CALLED = """
select b.name
from department_aliases n
join departments b on b.id = n.department_id
where n.name = :name and b.region_code is :region
"""
PRINTINGS = """
select
  a.raw as printed, coalesce(a.name, b.name) as name, count(*) as times, n.method, n.reason,
  min(a.passage_id) as first, p.document_id, p.ordinal, w.place
from assignments a
join departments b on b.id = a.department_id
left join department_aliases n on n.department_id = b.id and n.name = coalesce(a.name, b.name)
left join passages p on p.id = a.passage_id
left join passage_places w on w.passage_id = a.passage_id
where a.department_id = :body
group by a.raw, coalesce(a.name, b.name)
order by times desc, printed
limit :most
"""
DOCUMENTS = """
select d.id, d.title, d.kind, d.origin, d.issued_on, t.leads, t.supports, t.others
from (
  select
    k.document_id,
    sum(k.role = 'lead') as leads,
    sum(k.role = 'support') as supports,
    sum(k.role not in ('lead', 'support')) as others
  from (
    select distinct coalesce(i.document_id, c.document_id) as document_id, a.role, a.plan_item_id, a.clause_id
    from assignments a
    left join plan_items i on i.id = a.plan_item_id
    left join clauses c on c.id = a.clause_id
    where a.department_id = ?
  ) k
  group by k.document_id
) t
join documents d on d.id = t.document_id
order by t.leads + t.supports + t.others desc, d.title, d.id
"""


def department(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any] | Elsewhere:
    """Everything about one body."""
    region = None if asked.path["region"] == NOWHERE else asked.path["region"]
    given = {"name": asked.path["name"], "region": region}
    body = next(iter(read_rows(connection, BODY, given)), None)
    if body is None:
        return _elsewhere(connection, given)
    partners = partners_of(connection, body["id"])

    def drawn() -> Circle:
        return _circle(connection, partners, asked.base)

    documents = read_rows(connection, DOCUMENTS, [body["id"]])
    rubrics = answered(connection, [body["id"]])
    return {
        "body": body,
        "printings": read_rows(connection, PRINTINGS, {"body": body["id"], "most": MOST_PRINTINGS}),
        "answered": rubrics[:MOST_RUBRICS],
        "rubrics": len(rubrics),
        "listed": listed(rubrics, asked.query.get("rubric", ""), MOST_CLAUSES),
        "documents": documents[:MOST_DOCUMENTS],
        "document_count": len(documents),
        "totals": {role: sum(row[role] for row in documents) for role in ("leads", "supports", "others")},
        "partners": partners[:MOST_PARTNERS],
        "partner_count": len(partners),
        "circle": kept(asked.base, ("circle", body["id"]), drawn) if partners else None,
        **_history(connection, body),
        **_tasks(connection, body, asked),
    }


def _elsewhere(connection: sqlite3.Connection, given: Row) -> Elsewhere:
    """The page of the body that has this among its other names."""
    row = connection.execute(CALLED, given).fetchone()
    if row is None:
        raise NoSuchPage("没有这个部门。 There is no such department.")
    return Elsewhere(links.department(given["region"], row[0]))


def _circle(connection: sqlite3.Connection, partners: list[Row], base: str) -> Circle:
    ids = [row["id"] for row in partners[:MOST]]
    counts = duties(connection, base)
    met = shared_tasks(connection, ids) if sum(sum(counts[body]) for body in ids) <= MOST_MET else {}
    return circle(partners[:MOST], met)


def _history(connection: sqlite3.Connection, body: Row) -> dict[str, Any]:
    """What took over its function and what that took over, with the bodies of its region that have those functions."""
    if body["function_id"] is None:
        return {"later": [], "before": []}
    found = {"later": later(connection, body["function_id"]), "before": before(connection, body["function_id"])}
    return {
        way: [row | {"bodies": bodies_with(connection, row["id"], body["region_code"])} for row in rows]
        for way, rows in found.items()
    }


def _tasks(connection: sqlite3.Connection, body: Row, asked: Asked) -> dict[str, Any]:
    """A page of its tasks, of one role, in one document, shared with one other body, as was asked."""
    partner = _partner(connection, asked.query.get("with", ""))
    other = None if partner is None else int(partner["id"])
    wanted = Wanted(body["id"], asked.query.get("role", ""), asked.query.get("document", ""), other)
    total = count_tasks(connection, wanted)
    start, number, pages = span(total, asked.number("page", 1), ON_A_PAGE)
    tasks = read_tasks(connection, wanted, ON_A_PAGE, start)
    asked_for = {name: asked.query.get(name, "") for name in ("role", "document", "with")}
    return {"tasks": tasks, "total": total, "number": number, "pages": pages, "asked": asked_for, "partner": partner}


def _partner(connection: sqlite3.Connection, key: str) -> Row | None:
    """The body that a query names by its region and name, as `320400 市质监局`."""
    region, _, name = key.partition(" ")
    given = {"name": name, "region": None if region == NOWHERE else region}
    return next(iter(read_rows(connection, BODY, given)), None) if name else None


PAGES = (Page("/department/(?P<region>[^/]+)/(?P<name>[^/]+)", "department.html", department),)
