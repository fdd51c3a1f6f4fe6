"""The table to fill in for a rubric: one row a rule, and one for each clause that has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.listing import plain
from kb.simulate.asking import Question, measured, question
from kb.simulate.clauses import may_be_missing
from kb.simulate.measures import Measure
from kb.simulate.rubric import Clause, Rubric, Rule

COLUMNS = (
    *("clause", "rule", "kind", "title", "condition", "mode", "points", "expected", "indicator", "unit", "answer"),
)


def template_rows(rubric: Rubric) -> list[dict[str, Any]]:
    """The rows of the table; `clause` and `rule` are the keys, `answer` is left to fill in."""
    return [row for clause in rubric.clauses for row in _rows(clause)]


def _rows(clause: Clause) -> Iterator[dict[str, Any]]:
    asked_at: dict[Measure, Rule] = {}
    for rule in clause.asked:
        asked = question(clause, rule)
        first = asked_at.setdefault(asked.measure, rule) if asked.measure is not None else rule
        values = (
            *(clause.code, rule.ordinal or "", clause.kind, clause.title, rule.condition, _mode(rule), rule.points),
            _expected(clause, rule, asked, first),
            "；".join(thing.name for thing in measured(clause, rule)),
            asked.unit or "" if first is rule else "",
            "",
        )
        yield dict(zip(COLUMNS, values, strict=True))


def _mode(rule: Rule) -> str:
    return "" if rule.mode == "whole" else rule.mode


def _expected(clause: Clause, rule: Rule, asked: Question, first: Rule) -> str:
    """What is to be answered, in words; a thing that is measured by several rules is asked for once."""
    optional = " or n/a" if may_be_missing(clause, rule) else ""
    if asked.kind == "points":
        return f"points 0–{plain(clause.points) or '…'}{optional}"
    if asked.kind == "count":
        return f"how many (0 for none){optional}"
    if asked.kind == "figure":
        return f"figure, or yes/no{optional}" if first is rule else f"as rule {first.ordinal}"
    return f"yes/no{optional}"
