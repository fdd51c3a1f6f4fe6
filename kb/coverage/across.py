"""Many plans against their rubrics: which are tied, and how each stands, in few words."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.coverage.answers import sections
from kb.coverage.standing import at_risk
from kb.coverage.sums import sums
from kb.evaluation.rows import Row, read_rows

TIES = """
select
  t.plan_id, t.rubric_id, t.plan_id = t.rubric_id as is_own,
  p.title, p.kind, p.origin, p.issued_on, p.region_code, coalesce(r.short_name, '') as city
from (select distinct plan_id, rubric_id from clause_answers) t
join documents p on p.id = t.plan_id
left join regions r on r.code = p.region_code
order by p.region_code is null, p.region_code, p.id
"""
STANDING = """
select
  v.clause_id, v.status, v.best_item_id, v.weight, v.claims, v.points, v.excusable, c.kind as part, c.position
from clause_coverage v
join clauses c on c.id = v.clause_id
where v.plan_id = ? and v.rubric_id = ?
"""
# the campaign with the most plans first; in it rubrics and guides before tables that print clauses, the newest first
RUBRICS = """
select
  d.id, d.title, d.kind, d.origin, d.campaign, d.issued_on, d.total_points, d.bonus_points,
  coalesce(r.short_name, '') as region
from documents d
left join regions r on r.code = d.region_code
where d.id in (select c.document_id from clauses c where c.kind <> 'catalogue')
order by
  (select count(*) from documents o where o.campaign = d.campaign and o.kind = 'plan') desc, d.campaign,
  coalesce(d.kind in ('rubric', 'guide'), 0) desc, d.issued_on desc, d.id
"""


@dataclass(frozen=True, slots=True)
class Brief:
    """How one plan stands to one rubric."""

    clauses: Mapping[int, Row]  # by id: status, best item, weight, points, part, section
    sums: Sequence[Row]  # as kb.coverage.sums gives them


def ties(connection: sqlite3.Connection) -> list[Row]:
    """Every plan with every rubric that its tasks are tied to, in the order of regions."""
    return read_rows(connection, TIES)


def rubrics(connection: sqlite3.Connection) -> list[Row]:
    """Every document with clauses, tied or not, that of the widest campaign first, the newest before the older."""
    return read_rows(connection, RUBRICS)


def brief(connection: sqlite3.Connection, plan_id: str, rubric_id: str, city: str = "") -> Brief:
    """How a plan stands to a rubric, without the reasons."""
    headings = sections(connection, rubric_id)
    rows = read_rows(connection, STANDING, [plan_id, rubric_id])
    for row in rows:
        row |= {"at_risk": at_risk(row), "section": headings[row["clause_id"]], "city": city}
    return Brief({row["clause_id"]: row for row in rows}, sums(rows))
