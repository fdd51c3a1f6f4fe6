"""The regions whose plans are in the base, each with how far it covers a rubric."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from kb.coverage.across import rubrics
from kb.coverage.naming import Plan, rubrics_of
from kb.evaluation.rows import Row, read_rows
from kb.site.held import heat, held, tied, ties, whole
from kb.site.kept import kept
from kb.site.page import Asked, NoSuchPage, Page
from kb.site.paging import page_of

ON_A_PAGE = 40  # plans
ON_A_MAP = 50
MOST_REGIONS = 200  # without plans
PLANS = """
select
  d.id as plan_id, d.title, d.kind, d.origin, d.issued_on, d.region_code, coalesce(r.short_name, '') as city,
  coalesce(above.short_name, '') as above, above.code as above_code, r.level
from documents d
left join regions r on r.code = d.region_code
left join regions above on above.code = r.parent_code
where exists (select 1 from plan_items i where i.document_id = d.id)
order by d.region_code is null, d.region_code, d.id
"""
OTHERS = """
select r.code, r.short_name, r.level, count(d.id) as documents
from regions r
join documents d on d.region_code = r.code
where not exists (
  select 1 from documents o join plan_items i on i.document_id = o.id where o.region_code = r.code
)
group by r.code
order by r.code
limit ?
"""


def cities(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """Every plan against the rubric that suits it, or all against the one that is named."""
    tied_to = {tie["rubric_id"] for tie in ties(connection, asked)}
    known = [row for row in kept(asked.base, "rubrics", lambda: rubrics(connection)) if row["id"] in tied_to]
    rubric_id = asked.query.get("rubric", "")
    rubric = next((row for row in known if row["id"] == rubric_id), None)
    if rubric_id and rubric is None:
        raise NoSuchPage("没有方案与这份标准对照。 No plan is held against that rubric.")
    shown = _map(connection, asked, rubric) if rubric else _plans(connection, asked)
    return {"rubrics": known, "rubric": rubric, "others": read_rows(connection, OTHERS, [MOST_REGIONS]), **shown}


def _map(connection: sqlite3.Connection, asked: Asked, rubric: Row) -> dict[str, Any]:
    page = page_of(tied(connection, asked, rubric["id"]), asked.number("page", 1), ON_A_MAP)
    return {"page": page, "map": heat(connection, asked, rubric, page.rows, page.total)}


def _plans(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    plans = kept(asked.base, "plans", lambda: read_rows(connection, PLANS))
    page = page_of(plans, asked.number("page", 1), ON_A_PAGE)
    return {"page": page, "plans": [plan | _standing(connection, asked, plan) for plan in page.rows]}


def _standing(connection: sqlite3.Connection, asked: Asked, plan: Row) -> dict[str, Any]:
    """The rubric that suits a plan and how it stands to it; one that it prints itself only where there is no other."""

    def found() -> Sequence[Any]:
        return rubrics_of(connection, Plan(plan["plan_id"], plan["title"], plan["city"]))

    near = kept(asked.base, ("rubrics of", plan["plan_id"]), found)
    if not near:
        return {"against": None, "whole": None, "brief": None, "tied": 0}
    against = min(near, key=lambda one: one.id == plan["plan_id"])
    brief = held(connection, asked, plan | {"rubric_id": against.id})
    return {"against": against, "brief": brief, "whole": whole(brief), "tied": len(near)}


PAGES = (Page("/cities", "cities.html", cities),)
