"""A rubric as the base holds it: its sections, the clauses that are judged, their rules and what these measure."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from extract.conditions import holds
from kb.errors import UnknownDocument
from kb.evaluation.rows import Row, read_rows
from kb.plan import JUDGED


@dataclass(frozen=True, slots=True)
class Bound:
    """A threshold of a rule or a clause; `high` is the upper end of a range."""

    indicator_id: int | None
    indicator: str
    comparator: str
    value: float | None
    high: float | None
    unit: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A score rule with what it measures and where it stands; number 0 is the clause itself, asked as a whole."""

    ordinal: int
    mode: str
    points: float | None
    condition: str
    step: float | None = None
    step_unit: str | None = None
    cap: float | None = None
    floor: float | None = None
    place: str = ""
    bounds: tuple[Bound, ...] = ()

    @property
    def may_be_missing(self) -> bool:
        """Whether the rule itself says that it may be missing with reason."""
        return holds("optional", self.condition)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that is judged; `sections` are those above it, the outermost first; `bounds` stand in its own text."""

    code: str
    kind: str
    title: str
    points: float | None
    optional: bool
    sections: tuple[str, ...]
    place: str
    bounds: tuple[Bound, ...]
    rules: tuple[Rule, ...]
    text: str = ""

    @property
    def asked(self) -> tuple[Rule, ...]:
        """The rules, or the clause as a whole where it has none or is passed or failed."""
        if self.rules and self.kind in ("scored", "bonus"):
            return self.rules
        return (Rule(0, "whole", self.points, self.title, place=self.place, bounds=self.bounds),)


@dataclass(frozen=True, slots=True)
class Rubric:
    """A document by which somebody is judged; `sections` are title and printed points by code, in reading order."""

    id: str
    title: str
    total_points: float | None
    bonus_points: float | None
    sections: Mapping[str, tuple[str, float | None]]
    clauses: tuple[Clause, ...]


_CLAUSES = """
select c.id, c.parent_id, c.code, c.kind, c.title, c.text, c.points, c.optional, p.place
from clauses c
left join passage_places p on p.passage_id = c.passage_id
where c.document_id = ?
order by c.position
"""
_RULES = """
select s.id, s.clause_id, s.ordinal, s.mode, s.points, s.condition, s.step, s.step_unit, s.cap, s.floor, p.place
from score_rules s
join clauses c on c.id = s.clause_id
left join passage_places p on p.passage_id = s.passage_id
where c.document_id = ?
order by s.clause_id, s.ordinal
"""
_BOUNDS = """
select t.clause_id, t.score_rule_id, t.indicator_id, t.indicator, t.comparator, t.value, t.value_high as high, t.unit,
  t.text
from thresholds t
where t.document_id = ? and t.clause_id is not null
order by t.position
"""


def read_rubric(connection: sqlite3.Connection, document_id: str) -> Rubric:
    """The rubric that a document is; raises UnknownDocument where it has no clauses that give points."""
    head = read_rows(
        connection, "select id, title, total_points, bonus_points from documents where id = ?", [document_id]
    )[0]
    rows = read_rows(connection, _CLAUSES, [document_id])
    if not any(row["kind"] in ("scored", "bonus") for row in rows):
        raise UnknownDocument(f"{document_id}: gives no points; name a rubric (`zhibiao show` lists the documents)")
    rules, bounds = _rules(connection, document_id)
    by_id = {row["id"]: row for row in rows}
    parents = {row["parent_id"] for row in rows if row["kind"] in JUDGED}
    return Rubric(
        **head,
        sections={row["code"]: (row["title"], row["points"]) for row in rows if row["kind"] == "section"},
        clauses=tuple(
            _clause(row, by_id, rules[row["id"]], bounds[row["id"]])
            for row in rows
            if row["kind"] in JUDGED and row["id"] not in parents
        ),
    )


def _clause(row: Row, by_id: Mapping[int, Row], rules: list[Rule], bounds: list[Bound]) -> Clause:
    above: list[str] = []
    parent = by_id.get(row["parent_id"])
    while parent is not None:
        if parent["kind"] == "section":
            above.insert(0, parent["code"])
        parent = by_id.get(parent["parent_id"])
    return Clause(
        code=row["code"],
        kind=row["kind"],
        title=row["title"] or ("" if rules else row["text"]) or "",
        points=row["points"],
        optional=bool(row["optional"]),
        sections=tuple(above),
        place=row["place"] or "",
        bounds=tuple(bounds),
        rules=tuple(rules),
        text=row["text"] or "",
    )


def _rules(connection: sqlite3.Connection, document_id: str) -> tuple[dict[int, list[Rule]], dict[int, list[Bound]]]:
    """The rules of each clause, and the bounds that stand in the clause but in no rule."""
    of_rule: dict[int, list[Bound]] = defaultdict(list)
    of_clause: dict[int, list[Bound]] = defaultdict(list)
    for row in read_rows(connection, _BOUNDS, [document_id]):
        clause, rule = row.pop("clause_id"), row.pop("score_rule_id")
        (of_clause[clause] if rule is None else of_rule[rule]).append(Bound(**row))
    rules: dict[int, list[Rule]] = defaultdict(list)
    for row in read_rows(connection, _RULES, [document_id]):
        number, clause, place = row.pop("id"), row.pop("clause_id"), row.pop("place")
        rules[clause].append(Rule(**row, place=place or "", bounds=tuple(of_rule[number])))
    return rules, of_clause
