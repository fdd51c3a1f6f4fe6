"""Plans and rubrics as they are compared, read from the base; and which plan is held against which rubric."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from kb.check.editions import lost_titles
from kb.evaluation.rows import Row, read_rows
from kb.link.fragments import LEAST_CONDITION, ClauseText, sentences, without_boilerplate
from kb.plan import JUDGED

KINDS = ", ".join(f"'{kind}'" for kind in sorted(JUDGED))
LEAF = f"c.kind in ({KINDS}) and not exists (select 1 from clauses part where part.parent_id = c.id)"
CLAUSES = f"""
select c.id, c.code, c.kind, c.title, c.text, c.points
from clauses c
where c.document_id = ? and {LEAF}
order by c.id
"""
CONDITIONS = """
select s.clause_id, s.condition
from score_rules s
join clauses c on c.id = s.clause_id
where c.document_id = ?
order by s.clause_id, s.ordinal
"""
ITEMS = "select i.id, i.code, i.text from plan_items i where i.document_id = ? order by i.id"
# a document that prints tasks beside its own clauses has tied them itself
PAIRS = f"""
select p.id as plan_id, r.id as rubric_id
from documents p
join documents r on r.id <> p.id
where exists (select 1 from plan_items i where i.document_id = p.id)
  and exists (select 1 from clauses c where c.document_id = r.id and {LEAF})
  and (
    r.campaign = p.campaign
    or exists (select 1 from citations q where q.document_id = p.id and q.cited_document_id = r.id)
  )
order by p.id, r.id
"""


@dataclass(frozen=True, slots=True)
class Item:
    """A plan item: its row, its code, its text as printed."""

    id: int
    code: str
    text: str


@dataclass(frozen=True)
class Plan:
    """The items of one document."""

    document_id: str
    items: tuple[Item, ...]

    @cached_property
    def fragments(self) -> list[list[str]]:
        """The sentences of each item, without those that the plan repeats all over."""
        return without_boilerplate([sentences(item.text) for item in self.items])


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that can be served: its row, its code, its points, and its text as it is compared."""

    id: int
    code: str
    points: float | None
    text: ClauseText


@dataclass(frozen=True)
class Rubric:
    """The clauses of one document that can be served."""

    document_id: str
    clauses: tuple[Clause, ...]

    @cached_property
    def texts(self) -> list[ClauseText]:
        """Their texts."""
        return [clause.text for clause in self.clauses]


def pairs(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Every plan with every rubric of its campaign and every rubric it cites."""
    return [(row["plan_id"], row["rubric_id"]) for row in read_rows(connection, PAIRS)]


def read_plan(connection: sqlite3.Connection, document_id: str) -> Plan:
    """The items of a document, in reading order."""
    rows = read_rows(connection, ITEMS, [document_id])
    return Plan(document_id, tuple(Item(row["id"], row["code"] or "", row["text"]) for row in rows))


def read_rubric(connection: sqlite3.Connection, document_id: str) -> Rubric:
    """The clauses of a document that can be served, in reading order."""
    conditions: dict[int, list[str]] = defaultdict(list)
    for row in read_rows(connection, CONDITIONS, [document_id]):
        conditions[row["clause_id"]].append(row["condition"])
    elsewhere = lost_titles(connection, document_id)
    clauses: list[Clause] = []
    for row in read_rows(connection, CLAUSES, [document_id]):
        title = row["title"] or elsewhere.get(row["code"], "")
        clauses.append(Clause(row["id"], row["code"], row["points"], _text(title, row, conditions[row["id"]])))
    return Rubric(document_id, tuple(clauses))


def _text(title: str, clause: Row, conditions: list[str]) -> ClauseText:
    """Title and conditions; the sentences of the longer text where no conditions were read out of it."""
    parts = conditions or sentences(clause["text"] or "")
    return ClauseText(title, tuple(part for part in parts if len(part) >= LEAST_CONDITION))
