"""Weak promises: plan items that say less than the clause that they answer, each with both fragments and why.

Only links that make a clause covered are looked at, and only what a clause asks for in full marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.coverage.answers import Answers
from kb.coverage.asks import Ask, Weak, answering, asks
from kb.coverage.layout import indented
from kb.coverage.naming import Plan, Rubric
from kb.coverage.weak_figures import weak_figures
from kb.coverage.weak_wording import weak_wording
from kb.evaluation.rows import Row
from kb.listing import clipped, plain

COLUMNS = (
    *("clause", "item", "kind", "why", "item_fragment", "clause_fragment", "points", "score", "method"),
    *("clause_title", "item_place", "place", "city", "plan_id", "rubric_id"),
)


def weak_promises(answers: Answers, plan: Plan, rubric: Rubric) -> list[Row]:
    """A row of `COLUMNS` for every weak promise, in the order of the rubric."""
    found: list[Row] = []
    for clause in answers.clauses:
        items = answering(answers, clause["id"])
        for ask in asks(answers, clause) if items else ():
            for weak in _once((*weak_figures(answers, ask, items), *weak_wording(ask, items, clause))):
                found.append(_row(weak, ask) | {"city": plan.city, "plan_id": plan.id, "rubric_id": rubric.id})
    return found


def lines(rows: Sequence[Row], columns: int) -> Iterator[str]:
    """The weak promises for a screen: what is less, what the task says, what the clause asks for."""
    for row in rows:
        points = "" if row["points"] is None else f" [{plain(row['points'])}]"
        yield clipped(f"{row['clause']}{points} ← {row['item'] or '-'}  {row['kind']}: {row['why']}", columns)
        yield indented(f"任务 {row['item_fragment']}", 4, columns)
        yield indented(f"条款 {row['clause_fragment']}", 4, columns)


def _once(found: Sequence[Weak]) -> Iterator[Weak]:
    """One finding for an item and a way of being weak."""
    yield from {(weak.kind, weak.item["id"]): weak for weak in reversed(found)}.values()


def _row(weak: Weak, ask: Ask) -> Row:
    return {
        "clause": ask.clause["code"],
        "item": weak.item["code"],
        "kind": weak.kind,
        "why": weak.why,
        "item_fragment": weak.fragment,
        "clause_fragment": weak.asked,
        "points": ask.points,
        "score": round(weak.item["weight"], 3),
        "method": weak.item["method"],
        "clause_title": ask.clause["title"],
        "item_place": weak.item["place"],
        "place": ask.clause["place"],
    }
