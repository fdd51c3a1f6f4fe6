"""What a rule asks: yes or no, a figure of something measured, a count of cases, or the points themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extract.indicator_names import unit_family
from extract.text import compact
from kb.simulate.answers import sense_of
from kb.simulate.conditions import is_figure
from kb.simulate.measures import RANKS, Measure, measures, same_name
from kb.simulate.rubric import Bound, Clause, Rule

Kind = Literal["yes/no", "figure", "count", "points"]
_EACH = re.compile(r"[^，,；;。]*每")
_SUBJECT_END = re.compile(r"(?:的|排名|比例)?$")
_TAIL = 4  # characters behind the unit that a rule counts by: 每修复1处湿地


@dataclass(frozen=True, slots=True)
class Question:
    """What a rule asks; `bound` is that from which a deduction counts, `measure` what a figure is given of."""

    kind: Kind
    measure: Measure | None = None
    unit: str | None = None
    bound: Bound | None = None


def question(clause: Clause, rule: Rule) -> Question:
    """What a rule of a clause asks."""
    things = measures(clause)
    start = start_of(clause, rule) if rule.mode == "deduction" and rule.step is not None else None
    if start is not None:
        thing = next(thing for thing in things if start in thing.bounds)
        return Question("figure", thing, thing.unit, start)
    if is_counted(clause, rule):
        return Question("count", unit=rule.step_unit)
    if (rule.points is None and rule.mode != "whole") or _is_graded(clause, rule):
        return Question("points", unit="分")
    if is_figure(rule):
        own = [thing for thing in things if set(thing.bounds) & set(rule.bounds)]
        if len(own) == 1:
            return Question("figure", own[0], own[0].unit)
    return Question("yes/no")


def _is_graded(clause: Clause, rule: Rule) -> bool:
    """Whether a clause gives points without saying for what."""
    return rule.mode == "whole" and clause.kind in ("scored", "bonus")


def measured(clause: Clause, rule: Rule) -> list[Measure]:
    """The measured things that a rule speaks of, whatever else it asks."""
    asked = question(clause, rule)
    if asked.measure is not None:
        return [asked.measure]
    return [thing for thing in measures(clause) if set(thing.bounds) & set(rule.bounds)]


def is_counted(clause: Clause, rule: Rule) -> bool:
    """Whether a rule gives or takes points as often as its unit is reported.

    Where the parts make up the printed points when each is given once, a unit inside a condition counts nothing
    (每亿元产值的专利数居前列).
    """
    if rule.step is None:
        return False
    if rule.mode == "deduction" or rule.cap is not None or clause.points is None:
        return True
    tail = compact(rule.condition).rpartition(rule.step_unit or "")[2]
    once = sum(one.points or 0 for one in clause.rules if one.mode == "additive")
    best = max((one.points or 0 for one in clause.rules if one.mode == "tier"), default=0)
    return once + best != clause.points or (len(tail) <= _TAIL and not rule.bounds)


def start_of(clause: Clause, rule: Rule) -> Bound | None:
    """The bound from which a deduction counts: its own, that of a rule above it, or one that the clause sets.

    None where no bound in its unit is near: then the cases themselves are counted.
    """
    if not rule.step or not (sense_of(rule.condition, "shortfall") or sense_of(rule.condition, "excess")):
        return None
    above = [one for one in clause.rules if one.ordinal < rule.ordinal]
    own = _countable(rule.bounds, rule)
    if own:
        return own[0]
    subject = _subject(rule)
    if not subject:
        near = next((found for one in reversed(above) if (found := _countable(one.bounds, rule))), [])
        return near[0] if near else None
    known = [*(bound for one in reversed(above) for bound in one.bounds), *clause.bounds]
    return next((bound for bound in _countable(known, rule) if same_name(bound.indicator, subject)), None)


def _countable(bounds: Sequence[Bound], rule: Rule) -> list[Bound]:
    """The bounds with a figure in the unit that the rule counts by."""
    return [bound for bound in bounds if bound.value is not None and _same_unit(bound.unit, rule.step_unit)]


def _same_unit(unit: str | None, step: str | None) -> bool:
    """Whether steps can be counted in a unit: of one family, places in an order, or the unit of a rate.

    >>> _same_unit("%", "个百分点"), _same_unit("位", "名"), _same_unit("批次/千人", "批次"), _same_unit("周岁", "岁")
    (True, True, True, True)
    """
    if unit_family(unit) == unit_family(step) or {unit, step} <= set(RANKS):
        return True
    return step is not None and unit is not None and step in (unit.partition("/")[0], unit.removeprefix("周"))


def _subject(rule: Rule) -> str:
    """What the words before 每 name: 达标率 of 达标率每低1%."""
    found = _EACH.match(compact(rule.condition))
    return _SUBJECT_END.sub("", found[0][:-1]) if found else ""
