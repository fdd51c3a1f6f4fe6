"""Which plan a person means by a city, a region or a document, and which rubric it is held against."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.errors import UnknownDocument
from kb.evaluation.rows import Row, read_rows
from kb.identity import title_key
from kb.show import MOST_CANDIDATES, document_named

TIED = "exists (select 1 from clause_answers a where a.plan_id = d.id)"
PLANS = f"""
select d.id, d.title, coalesce(r.short_name, '') as city, coalesce(r.name, '') as region, r.code, {TIED} as is_tied
from documents d
left join regions r on r.code = d.region_code
where exists (select 1 from plan_items i where i.document_id = d.id)
order by d.id
"""
# a rubric that the plan prints itself is what its tasks answer; then what it cites; then the campaign's newest,
# where a rubric or a guide goes before a task table that prints its clauses
RUBRICS = """
select
  d.id,
  d.title,
  d.id = :plan as is_own,
  exists (select 1 from citations q where q.document_id = :plan and q.cited_document_id = d.id) as is_cited,
  coalesce(d.kind in ('rubric', 'guide'), 0) as is_rubric,
  coalesce(d.issued_on, '') as issued_on
from documents d
where d.id in (
  select a.rubric_id
  from clause_answers a
  where a.plan_id = :plan
)
order by is_own desc, is_cited desc, is_rubric desc, issued_on desc, d.id
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """A document with plan items, and the city that it is of."""

    id: str
    title: str
    city: str


@dataclass(frozen=True, slots=True)
class Rubric:
    """What a plan is held against, and why this one."""

    id: str
    title: str
    reason: str


def plan_named(connection: sqlite3.Connection, name: str) -> Plan:
    """The plan of a city or region (its code, its name or a part of it), or the document of this name.

    Of the plans of one place those that are tied to a rubric go first; raises UnknownDocument where several are left.
    """
    plans = read_rows(connection, PLANS)
    found = [plan for plan in plans if plan["id"] == name] or _of_place(plans, name) or _titled(plans, name)
    if not found:
        document = document_named(connection, name)
        found = [plan for plan in plans if plan["id"] == document]
        if not found:
            raise UnknownDocument(f"{name}: {document} has no plan items; name a plan, a task table or a city")
    found = [plan for plan in found if plan["is_tied"]] or found
    if len(found) > 1:
        raise UnknownDocument(_choice(f"{name}: fits {len(found)} plans; name one by its id:", found))
    return Plan(found[0]["id"], found[0]["title"], found[0]["city"])


def _of_place(plans: Iterable[Row], name: str) -> list[Row]:
    """The plans of the place that the name means: by its code or short name, else by a part of its whole name."""
    plans = list(plans)
    exact = [plan for plan in plans if name in (plan["code"], plan["city"])]
    return exact or [plan for plan in plans if name and name in plan["region"]]


def _titled(plans: Iterable[Row], name: str) -> list[Row]:
    """The plans whose titles hold the name."""
    key = title_key(name)
    return [plan for plan in plans if key and key in title_key(plan["title"])]


def rubrics_of(connection: sqlite3.Connection, plan: Plan) -> list[Rubric]:
    """The rubrics that the plan is tied to, the one to be shown first."""
    return [Rubric(row["id"], row["title"], _reason(row)) for row in read_rows(connection, RUBRICS, {"plan": plan.id})]


def _reason(row: Row) -> str:
    if row["is_own"]:
        return "printed in the plan itself"
    return "cited by the plan" if row["is_cited"] else "of its campaign"


def rubric_for(connection: sqlite3.Connection, plans: Sequence[Plan], name: str | None) -> tuple[Rubric, list[Rubric]]:
    """The rubric that all these plans are held against, and the others they share.

    Raises UnknownDocument where the one that is named, or any at all, is not tied to all of them.
    """
    first, *rest = [rubrics_of(connection, plan) for plan in plans]
    shared = [rubric for rubric in first if all(rubric.id in {one.id for one in other} for other in rest)]
    if len(plans) > 1:  # what one of several plans prints itself is nobody else's measure unless it is asked for
        own = {plan.id for plan in plans}
        shared.sort(key=lambda rubric: rubric.id in own)
    if not shared:
        cities = "、".join(plan.city or plan.title for plan in plans)
        raise UnknownDocument(f"{cities}: no rubric that its tasks are linked to; read one of its campaign, then link")
    if name is None:
        return shared[0], shared[1:]
    wanted = document_named(connection, name)
    chosen = next((rubric for rubric in shared if rubric.id == wanted), None)
    if chosen is None:
        lines = [{"id": rubric.id, "title": rubric.title} for rubric in shared]
        raise UnknownDocument(_choice(f"{name}: no links from this plan to {wanted}; there are links to:", lines))
    return chosen, [rubric for rubric in shared if rubric.id != wanted]


def _choice(message: str, documents: Sequence[Row]) -> str:
    lines = [f"  {document['id']}  {document['title']}" for document in documents[:MOST_CANDIDATES]]
    return "\n".join([message, *lines, *(["  …"] if len(documents) > MOST_CANDIDATES else [])])
