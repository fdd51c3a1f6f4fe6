"""A city: how far its plan covers a rubric, what it may lose, where it promises less, who does what, its documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from kb.coverage.across import rubrics
from kb.coverage.answers import Answers, read_answers
from kb.coverage.evidence import read_evidence
from kb.coverage.naming import Plan, Rubric, rubrics_of
from kb.coverage.standing import PARTS, STATUSES, standings
from kb.coverage.sums import TOTAL, sums
from kb.coverage.weak import weak_promises
from kb.evaluation.rows import Row, read_rows
from kb.site.counted import Duties, duties
from kb.site.held import held, ties, whole
from kb.site.kept import kept
from kb.site.page import Asked, NoSuchPage, Page

MOST_BODIES = 30
MOST_DOCUMENTS = 100
MOST_PLACES = 100
MOST_TIES = 40  # plans with rubrics, in the list one chooses from
NOT_HELD = "这里没有方案与这份标准对照。 No plan of this place is held against that rubric."
REGION = "select code, name, short_name, level, parent_code from regions where code = ?"
ABOVE = """
with recursive chain (code, short_name, parent_code, steps) as (
  select code, short_name, parent_code, 0 from regions where code = ?
  union
  select r.code, r.short_name, r.parent_code, c.steps + 1
  from chain c
  join regions r on r.code = c.parent_code
  where c.steps < 9
)
select code, short_name from chain order by steps desc
"""
BELOW = """
select r.code, r.short_name, count(d.id) as documents
from regions r
left join documents d on d.region_code = r.code
where r.parent_code = ?
group by r.code
order by documents = 0, r.code
limit ?
"""
DOCUMENTS = """
select
  d.id, d.title, d.doc_number, d.kind, d.origin, d.issued_on, d.revision, d.ingested_at,
  (select count(*) from revisions v where v.document_id = d.id) as revisions,
  (select count(*) from plan_items i where i.document_id = d.id) as tasks,
  exists (select 1 from clauses c where c.document_id = d.id) as is_rubric,
  (select count(*) from findings f where f.document_id = d.id) as findings
from documents d
where d.region_code = ?
order by d.issued_on desc, d.id
limit ?
"""
BODIES = """
select b.id, b.name, b.today_name, b.region_code, b.is_group
from departments b
where b.region_code = ?
"""


def city(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """A region's documents and bodies, and one of its plans against one rubric."""
    region = next(iter(read_rows(connection, REGION, [asked.path["region"]])), None)
    if region is None:
        raise NoSuchPage("没有这个地区。 There is no such region.")
    own = [tie for tie in ties(connection, asked) if tie["region_code"] == region["code"]]
    bodies = _bodies(connection, asked, region["code"])
    return {
        "region": region,
        "above": read_rows(connection, ABOVE, [region["code"]])[:-1],
        "below": read_rows(connection, BELOW, [region["code"], MOST_PLACES]),
        "documents": read_rows(connection, DOCUMENTS, [region["code"], MOST_DOCUMENTS]),
        "bodies": bodies[:MOST_BODIES],
        "body_count": len(bodies),
        "most": max((sum(body["duties"]) for body in bodies), default=0),
        "ties": _choices(connection, asked, own),
        "shown": _shown(connection, asked, own) if own else None,
    }


def _bodies(connection: sqlite3.Connection, asked: Asked, region: str) -> list[Row]:
    """The bodies of a region with their duties, those that lead most first."""
    counts = duties(connection, asked.base)
    rows = [row | {"duties": counts.get(row["id"], Duties())} for row in read_rows(connection, BODIES, [region])]
    return sorted(rows, key=lambda row: (*(-number for number in row["duties"]), row["name"]))


def _choices(connection: sqlite3.Connection, asked: Asked, own: Sequence[Row]) -> list[Row]:
    """Every plan with every rubric it can be held against, and how it stands."""
    titles = {row["id"]: row for row in kept(asked.base, "rubrics", lambda: rubrics(connection))}
    briefs = [(tie, held(connection, asked, tie)) for tie in own[:MOST_TIES]]
    return [
        tie | {"rubric": titles[tie["rubric_id"]], "brief": brief, "whole": whole(brief)}
        for tie, brief in briefs
        if tie["rubric_id"] in titles
    ]


def _shown(connection: sqlite3.Connection, asked: Asked, own: Sequence[Row]) -> Mapping[str, Any]:
    """The plan and the rubric that were asked for; else the newest plan, and the rubric that suits it."""
    plan_id, rubric_id = asked.query.get("plan", ""), asked.query.get("rubric", "")
    fitting = [tie for tie in own if plan_id in ("", tie["plan_id"]) and rubric_id in ("", tie["rubric_id"])]
    if not fitting:
        raise NoSuchPage(NOT_HELD)
    tie = max(fitting, key=lambda one: one["issued_on"] or "")
    plan = Plan(tie["plan_id"], tie["title"], tie["city"])
    near = rubrics_of(connection, plan)
    rubric = next((one for one in near if rubric_id in ("", one.id)), None)
    if rubric is None:
        raise NoSuchPage(NOT_HELD)
    against = rubric
    read = kept(asked.base, ("city", plan.id, against.id), lambda: _reading(connection, plan, against))
    return {"plan": plan, "tie": tie, "rubric": against, **read}


def _reading(connection: sqlite3.Connection, plan: Plan, rubric: Rubric) -> Mapping[str, Any]:
    """Sums, clauses by part and status, weak promises."""
    answers = read_answers(connection, plan.id, rubric.id)
    rows = standings(answers, plan, rubric)
    found = {clause["code"]: _why(answers, clause) for clause in answers.clauses}
    told = [row | found[row["clause"]] for row in rows]
    added = [row | {"is_total": row["section"] == TOTAL} for row in sums(rows)]
    return {
        "sums": added,
        "most_points": max((row["points"] or 0 for row in added if not row["is_total"]), default=0),
        "open": [(status, _of(told, status)) for status in STATUSES[:-1] if _of(told, status)],
        "covered": _of(told, STATUSES[-1]),
        "weak": _weak(answers, weak_promises(answers, plan, rubric)),
    }


def _of(rows: Sequence[Row], status: str) -> list[Row]:
    """The clauses of one status; those that cost points first, conditions with them, in the order of the parts."""
    return sorted((row for row in rows if row["status"] == status), key=lambda row: PARTS.index(row["part"]))


def _why(answers: Answers, clause: Row) -> Row:
    """The words and place of a clause, the place of the item that comes nearest, and why they may belong together."""
    best = answers.items.get(clause["best_item_id"])
    rules = answers.rules.get(clause["id"], ())
    return {
        "title": clause["title"],
        "text": clause["text"],
        "condition": rules[0]["condition"] if rules else "",
        "ordinal": clause["ordinal"],
        "item_ordinal": best and best["ordinal"],
        "said": read_evidence(clause["evidence"]),
        "method": clause["method"],
        "link_status": clause["link_status"],
    }


def _weak(answers: Answers, rows: Sequence[Row]) -> list[Row]:
    """Weak promises with the places of both sides."""
    clauses = {clause["code"]: clause["ordinal"] for clause in answers.clauses}
    items = {(item["code"], item["place"]): item["ordinal"] for item in answers.items.values()}
    return [
        row | {"ordinal": clauses[row["clause"]], "item_ordinal": items[row["item"], row["item_place"]]} for row in rows
    ]


PAGES = (Page("/city/(?P<region>[^/]+)", "city.html", city),)
