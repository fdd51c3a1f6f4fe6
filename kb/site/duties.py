"""What bodies answer for in rubrics: the clauses that their tasks serve or that name them, by section, with points.

A clause counts once for a role, however many tasks serve it.  It is stated where a document prints the tie, where it
names the body itself, or where a person confirmed the tie; otherwise it is inferred.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kb.coverage.answers import sections
from kb.evaluation.rows import Row, read_rows

ROLES = ("lead", "support", "other")
MOST_NAMED = 10_000  # assignments that are asked for by their ids at once: the view is searched and not walked
ASSIGNED = "select id from assignments where department_id in ({bodies})"
SERVED = """
select
  u.clause_id, a.role, a.department_id, max(u.via <> 'inferred') as is_stated, max(u.score) as score,
  count(distinct a.plan_item_id) as tasks
from clause_duties u
join assignments a on a.id = u.assignment_id
where u.assignment_id in ({ids})
group by u.clause_id, a.role, a.department_id
"""
CLAUSES = """
select c.id, c.document_id, c.parent_id, c.code, c.kind, c.title, c.points, c.points_status, p.ordinal, w.place
from clauses c
left join passages p on p.id = c.passage_id
left join passage_places w on w.passage_id = c.passage_id
where c.document_id = ?
order by c.position, c.id
"""


@dataclass(slots=True)
class Tie:
    """How bodies are tied to a clause in one role; `score` is that of the surest tie, 1 for a stated one."""

    is_stated: bool = False
    score: float = 0.0
    tasks: int = 0  # of all bodies
    bodies: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Duty:
    """A clause that bodies have a role for."""

    clause: Row
    role: str
    section: str
    tie: Tie


@dataclass(frozen=True, slots=True)
class Sum:
    """So many clauses with so many points; the points may be inferred from others."""

    clauses: int
    points: float | None
    points_status: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a rubric with the duties below it."""

    title: str
    kind: str  # of its first clause, where there is no heading
    duties: Sequence[Duty]
    sums: Mapping[tuple[str, bool], Sum]  # by role and is-stated


@dataclass(frozen=True, slots=True)
class Answered:
    """A rubric with what the bodies answer for in it."""

    document: Row
    sections: Sequence[Section]
    sums: Mapping[tuple[str, bool], Sum]  # without bonus
    bonus: Mapping[tuple[str, bool], Sum]

    @property
    def roles(self) -> list[str]:
        """The roles that there are."""
        return [role for role in ROLES if any(key[0] == role for key in (*self.sums, *self.bonus))]


def answered(connection: sqlite3.Connection, bodies: Collection[int], role: str = "") -> list[Answered]:
    """The rubrics in which the bodies answer for clauses, in one role or in any, the newest first."""
    found = _ties(connection, bodies, role)
    rubrics = read_rows(
        connection,
        "select distinct d.id, d.title, d.origin, d.kind, d.issued_on from clauses c join documents d"
        f" on d.id = c.document_id where c.id in ({_marks({clause for clause, _ in found})})"
        " order by coalesce(d.issued_on, '') desc, d.title, d.id",
        [*{clause for clause, _ in found}],
    )
    return [_of_rubric(connection, rubric, found) for rubric in rubrics]


def listed(rubrics: Sequence[Answered], wanted: str, most: int) -> set[str]:
    """The rubrics whose clauses are listed one by one: all where they are few, else the one that was asked for."""
    clauses = sum(len(section.duties) for rubric in rubrics for section in rubric.sections)
    return {wanted} if clauses > most else {rubric.document["id"] for rubric in rubrics}


def _ties(connection: sqlite3.Connection, bodies: Collection[int], role: str) -> dict[tuple[int, str], Tie]:
    """How bodies are tied to clauses, by clause and role."""
    sql = ASSIGNED.format(bodies=_marks(bodies)) + (" and role = ?" if role else "")
    ids = [row["id"] for row in read_rows(connection, sql, [*bodies, *([role] if role else [])])]
    found: dict[tuple[int, str], Tie] = defaultdict(Tie)
    for start in range(0, len(ids), MOST_NAMED):
        some = ids[start : start + MOST_NAMED]
        for row in read_rows(connection, SERVED.format(ids=_marks(some)), some):
            tie = found[row["clause_id"], row["role"] if row["role"] in ROLES else "other"]
            tie.is_stated |= bool(row["is_stated"])
            tie.score = max(tie.score, row["score"])
            tie.tasks += row["tasks"]
            tie.bodies.add(row["department_id"])
    return found


def _of_rubric(connection: sqlite3.Connection, rubric: Row, found: Mapping[tuple[int, str], Tie]) -> Answered:
    titles = sections(connection, rubric["id"])
    clauses = {row["id"]: row for row in read_rows(connection, CLAUSES, [rubric["id"]])}
    duties = [
        Duty(clause, role, titles[clause["id"]], found[clause["id"], role])
        for clause in clauses.values()
        for role in ROLES
        if (clause["id"], role) in found
    ]
    groups: dict[tuple[str, str], list[Duty]] = defaultdict(list)
    for duty in duties:
        groups[duty.section, "" if duty.section else duty.clause["kind"]].append(duty)
    parts = [Section(title, kind, group, _sums(group, clauses)) for (title, kind), group in groups.items()]
    bonus = [duty for duty in duties if duty.clause["kind"] == "bonus"]
    rest = [duty for duty in duties if duty.clause["kind"] != "bonus"]
    return Answered(rubric, parts, _sums(rest, clauses), _sums(bonus, clauses))


def _sums(duties: Sequence[Duty], clauses: Mapping[int, Row]) -> dict[tuple[str, bool], Sum]:
    """Clauses and points by role and is-stated; what stands below a clause of the same role is in its points."""
    groups: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    for duty in duties:
        groups[duty.role, duty.tie.is_stated].append(duty.clause)
    held = {role: {duty.clause["id"] for duty in duties if duty.role == role} for role in ROLES}
    found = {}
    for (role, is_stated), rows in groups.items():
        counted = [row for row in rows if row["points"] is not None and not _above(row, clauses) & held[role]]
        points = sum(row["points"] for row in counted) if counted else None
        is_inferred = any(row["points_status"] == "inferred" for row in counted)
        found[role, is_stated] = Sum(len(rows), points, "inferred" if is_inferred else "printed")
    return found


def _above(clause: Row, clauses: Mapping[int, Row]) -> set[int]:
    """The clauses with points that a clause stands below."""

    def chain() -> Iterator[int]:
        above = clauses.get(clause["parent_id"])
        while above is not None:
            if above["points"] is not None:
                yield above["id"]
            above = clauses.get(above["parent_id"])

    return set(chain())


def _marks(ids: Collection[int]) -> str:
    return ",".join("?" * len(ids))
