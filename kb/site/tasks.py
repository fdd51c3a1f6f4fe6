"""The tasks of one body: what documents assign to it, in which role, until when, and which clauses that serves."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from kb.evaluation.rows import Row, read_rows

FROM = """
from assignments a
left join plan_items i on i.id = a.plan_item_id
left join clauses c on c.id = a.clause_id
where a.department_id = :body
  and (:role = '' or a.role = :role)
  and (:document = '' or coalesce(i.document_id, c.document_id) = :document)
  and (
    :partner is null
    or a.plan_item_id in (select o.plan_item_id from assignments o where o.department_id = :partner)
    or a.clause_id in (select o.clause_id from assignments o where o.department_id = :partner)
  )
"""
COUNT = f"select count(*) from (select distinct a.role, a.plan_item_id, a.clause_id {FROM})"
TASKS = f"""
select
  t.role, t.raw, i.id as item_id, coalesce(i.code, c.code) as code, i.section, i.starts_on, i.ends_on,
  coalesce(i.text, nullif(c.title, ''), c.text, '') as text, c.id as clause_id, c.points, c.points_status,
  d.id as document_id, d.title as document, d.origin, p.ordinal, w.place
from (
  select
    a.role, a.plan_item_id, a.clause_id, group_concat(distinct a.raw) as raw, min(a.passage_id) as passage_id,
    coalesce(i.document_id, c.document_id) as document_id, coalesce(i.position, c.position) as position
  {FROM}
  group by a.role, a.plan_item_id, a.clause_id
  order by
    case a.role when 'lead' then 1 when 'support' then 2 else 3 end, a.role, document_id, position,
    a.plan_item_id, a.clause_id
  limit :most offset :start
) t
join documents d on d.id = t.document_id
left join plan_items i on i.id = t.plan_item_id
left join clauses c on c.id = t.clause_id
left join passages p on p.id = t.passage_id
left join passage_places w on w.passage_id = t.passage_id
"""
SERVED = """
select
  l.plan_item_id, q.id as rubric_id, q.title as rubric, c.code, c.title, c.points, c.points_status,
  l.relation, l.method, l.score, l.status
from links l
join clauses c on c.id = l.clause_id
join documents q on q.id = c.document_id
where l.plan_item_id in ({ids}) and l.status <> 'rejected'
order by l.method = 'inferred', l.score desc, q.id, c.position
"""
FIRST_LED = """
select i.document_id, i.code, i.text, p.ordinal, w.place
from assignments a
join plan_items i on i.id = a.plan_item_id
left join passages p on p.id = a.passage_id
left join passage_places w on w.passage_id = a.passage_id
where a.department_id = ? and a.role = 'lead'
order by a.plan_item_id
limit ?
"""


class Wanted(NamedTuple):
    """Whose tasks, in which role, in which document, shared with which other body; empty means all."""

    body: int
    role: str = ""
    document: str = ""
    partner: int | None = None


def count_tasks(connection: sqlite3.Connection, wanted: Wanted) -> int:
    """How many there are."""
    return int(connection.execute(COUNT, wanted._asdict()).fetchone()[0])


def read_tasks(connection: sqlite3.Connection, wanted: Wanted, most: int, start: int) -> list[Row]:
    """Some of them, those it leads first, each with the clauses that it serves, the surest first."""
    rows = read_rows(connection, TASKS, {**wanted._asdict(), "most": most, "start": start})
    served = _served(connection, [row["item_id"] for row in rows if row["item_id"] is not None])
    return [row | {"serves": served.get(row["item_id"], [])} for row in rows]


def _served(connection: sqlite3.Connection, items: Sequence[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in read_rows(connection, SERVED.format(ids=",".join("?" * len(items))), items):
        found[row["plan_item_id"]].append(row)
    return found


def first_led(connection: sqlite3.Connection, body: int, most: int) -> list[Row]:
    """A few of the tasks that a body leads."""
    return read_rows(connection, FIRST_LED, [body, most])
