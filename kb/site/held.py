"""Plans held against rubrics, as several pages show them: worked out once for each state of the base, then kept."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.coverage import across
from kb.coverage.across import Brief
from kb.coverage.sums import TOTAL
from kb.evaluation.rows import Row, read_rows
from kb.site.kept import kept
from kb.site.page import Asked

STEPS = 5  # of the colour scale
MOST_COUNTED = 300  # plans of one rubric that are counted clause by clause
STATUSES = "select clause_id, status from clause_coverage where plan_id = ? and rubric_id = ?"
TOPS = "select code, title from clauses where document_id = ? and parent_id is null"


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a rubric for one plan: sums, the share that is covered, and its step on the colour scale."""

    sums: Row
    share: float
    step: int


@dataclass(frozen=True, slots=True)
class Column:
    """A part of a rubric: a section of its scored clauses, all of them, or a kind of clauses that is counted apart."""

    part: str
    section: str  # as printed, '' where there is none
    code: str  # of the section's heading, '' where there is none
    clauses: int
    points: float | None
    is_total: bool


@dataclass(frozen=True, slots=True)
class Heat:
    """Plans by the parts of a rubric."""

    rubric: Row
    columns: Sequence[Column]
    lines: Sequence[tuple[Row, Sequence[Cell]]]  # a tie and its cells
    plans: int  # in all, with those that are not shown


def ties(connection: sqlite3.Connection, asked: Asked) -> list[Row]:
    """Every plan with every rubric it is tied to, in the order of regions."""
    return kept(asked.base, "ties", lambda: across.ties(connection))


def tied(connection: sqlite3.Connection, asked: Asked, rubric_id: str) -> list[Row]:
    """The plans that are tied to a rubric."""
    return [tie for tie in ties(connection, asked) if tie["rubric_id"] == rubric_id]


def held(connection: sqlite3.Connection, asked: Asked, tie: Row) -> Brief:
    """How a plan stands to a rubric, in few words."""
    plan, rubric = tie["plan_id"], tie["rubric_id"]
    return kept(asked.base, ("held", plan, rubric), lambda: across.brief(connection, plan, rubric, tie["city"]))


def statuses(connection: sqlite3.Connection, asked: Asked, rubric_id: str) -> Mapping[int, Counter[str]]:
    """For every clause of a rubric: how many of its first `MOST_COUNTED` plans cover it, doubtfully, or not."""

    def counted() -> Mapping[int, Counter[str]]:
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for tie in tied(connection, asked, rubric_id)[:MOST_COUNTED]:
            for clause_id, status in connection.execute(STATUSES, (tie["plan_id"], rubric_id)):
                found[clause_id][status] += 1
        return found

    return kept(asked.base, ("statuses", rubric_id), counted)


def heat(connection: sqlite3.Connection, asked: Asked, rubric: Row, shown: Sequence[Row], plans: int) -> Heat:
    """The map of some of the plans that are tied to a rubric."""
    tops = read_rows(connection, TOPS, [rubric["id"]])
    codes = {f"{row['code']} {row['title']}".strip(): row["code"] for row in tops}
    briefs = [(tie, held(connection, asked, tie)) for tie in shown]
    columns = [_column(row, codes) for row in briefs[0][1].sums] if briefs else []
    return Heat(rubric, columns, [(tie, [_cell(row) for row in brief.sums]) for tie, brief in briefs], plans)


def whole(brief: Brief) -> Cell | None:
    """All scored clauses of a rubric; where it scores nothing, its first part; None where nothing can be served."""
    scored = [row for row in brief.sums if row["section"] == TOTAL]
    return next((_cell(row) for row in (*scored, *brief.sums)), None)


def _column(row: Row, codes: Mapping[str, str]) -> Column:
    section, is_total = row["section"], row["section"] == TOTAL
    return Column(
        row["part"], "" if is_total else section, codes.get(section, ""), row["clauses"], row["points"], is_total
    )


def _cell(row: Row) -> Cell:
    """The share of points, or of clauses where there are none.

    >>> _cell({"points": 100.0, "points_covered": 73.0, "clauses": 17, "covered": 12}).step
    3
    """
    share = row["points_covered"] / row["points"] if row["points"] else row["covered"] / row["clauses"]
    return Cell(row, share, min(int(share * STEPS), STEPS - 1))
