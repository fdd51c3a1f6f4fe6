"""What a base holds about one plan and one rubric: clauses, score rules, tasks, links, bodies, aims, read once."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.coverage.figures import Aim, aims
from kb.evaluation.rows import Row, read_rows

CLAUSES = """
select
  v.clause_id as id, v.status, v.best_item_id, v.weight, v.method, v.link_status, v.evidence, v.claims, v.points,
  v.excusable, c.code, c.kind, c.title, coalesce(c.text, '') as text, c.points_status, c.optional, c.parent_id,
  c.position, p.ordinal, w.place
from clause_coverage v
join clauses c on c.id = v.clause_id
left join passages p on p.id = c.passage_id
left join passage_places w on w.passage_id = c.passage_id
where v.plan_id = ? and v.rubric_id = ?
order by c.position, c.id
"""
RULES = """
select s.id, s.clause_id, s.ordinal, s.mode, s.points, s.condition
from score_rules s
join clauses c on c.id = s.clause_id
where c.document_id = ?
order by s.clause_id, s.ordinal
"""
LINKS = """
select a.clause_id, a.plan_item_id, a.weight, a.method, a.status, a.evidence
from clause_answers a
join plan_items i on i.id = a.plan_item_id
where a.plan_id = ? and a.rubric_id = ? and a.is_claim = 1 and a.status <> 'rejected'
order by a.weight desc, i.position, i.id
"""
ITEMS = """
select i.id, coalesce(i.code, '') as code, i.text, p.ordinal, w.place
from plan_items i
left join passages p on p.id = i.passage_id
left join passage_places w on w.passage_id = i.passage_id
where i.document_id = ?
"""
LEADS = """
with duties as (
  select a.id from plan_items i join assignments a on a.plan_item_id = i.id where i.document_id = ?
  union
  select a.id from clauses c join assignments a on a.clause_id = c.id where c.document_id = ?
)
select a.plan_item_id, a.clause_id, b.name, coalesce(b.today_name, b.full_name, b.name) as today
from duties u
join assignments a on a.id = u.id and a.role = 'lead'
join departments b on b.id = a.department_id
order by a.position, a.id
"""


@dataclass(frozen=True)
class Answers:
    """A plan held against a rubric."""

    clauses: Sequence[Row]
    rules: Mapping[int, Sequence[Row]]  # by clause
    links: Mapping[int, Sequence[Row]]  # claims by clause, the surest first
    items: Mapping[int, Row]
    leads: Sequence[Row]
    sections: Mapping[int, str]  # the code and title of the heading at the top, by clause
    demands: Mapping[int, Sequence[Aim]]  # by clause
    promises: Mapping[int, Sequence[Aim]]  # by plan item
    sure: float  # the weight from which a clause counts as covered

    def linked(self, clause_id: int) -> list[Row]:
        """The plan items that serve a clause, the surest first."""
        return [self.items[link["plan_item_id"]] for link in self.links.get(clause_id, ())]

    @cached_property
    def _leads(self) -> Mapping[tuple[str, int], list[Row]]:
        found: dict[tuple[str, int], list[Row]] = defaultdict(list)
        for row in self.leads:
            owner = ("clause", row["clause_id"]) if row["plan_item_id"] is None else ("item", row["plan_item_id"])
            found[owner].append(row)
        return found

    def leading(self, clause_id: int) -> tuple[list[str], list[str]]:
        """Who leads the tasks that serve a clause, or answers for it by name: as printed, and by the name of today."""
        owners = [("clause", clause_id), *(("item", item["id"]) for item in self.linked(clause_id))]
        rows = [row for owner in owners for row in self._leads.get(owner, ())]
        return [*dict.fromkeys(row["name"] for row in rows)], [*dict.fromkeys(row["today"] for row in rows)]


def read_answers(connection: sqlite3.Connection, plan_id: str, rubric_id: str) -> Answers:
    """All that is known of a plan and a rubric that it is tied to."""
    items = {row["id"]: row for row in read_rows(connection, ITEMS, [plan_id])}
    bounds = read_rows(connection, "select covered from coverage_bounds")[0]
    return Answers(
        clauses=read_rows(connection, CLAUSES, [plan_id, rubric_id]),
        rules=_by(read_rows(connection, RULES, [rubric_id]), "clause_id"),
        links=_by(read_rows(connection, LINKS, [plan_id, rubric_id]), "clause_id"),
        items=items,
        leads=read_rows(connection, LEADS, [plan_id, rubric_id]),
        sections=sections(connection, rubric_id),
        demands=_aims(aims(connection, rubric_id), "clause_id"),
        promises=_aims(aims(connection, plan_id), "plan_item_id"),
        sure=bounds["covered"],
    )


def _by(rows: Iterable[Row], column: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return dict(found)


def _aims(found: Iterable[Aim], owner: str) -> dict[int, list[Aim]]:
    groups: dict[int, list[Aim]] = defaultdict(list)
    for aim in found:
        number = getattr(aim, owner)
        if number is not None:
            groups[number].append(aim)
    return dict(groups)


def sections(connection: sqlite3.Connection, rubric_id: str) -> dict[int, str]:
    """The heading at the top of the tree, its code and title, for every clause below one; '' for those without."""
    rows = read_rows(
        connection,
        "select id, parent_id, code, title from clauses where document_id = ? order by position, id",
        [rubric_id],
    )
    by_id = {row["id"]: row for row in rows}
    found = {}
    for row in rows:
        top = row
        while top["parent_id"] in by_id:
            top = by_id[top["parent_id"]]
        found[row["id"]] = "" if top is row else f"{top['code']} {top['title']}".strip()
    return found
