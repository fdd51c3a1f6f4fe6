"""How the rules of a clause go together: parts that sum, alternatives in a part, deductions from a part or from all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kb.simulate.answers import sense_of
from kb.simulate.asking import question
from kb.simulate.rubric import Clause, Rule

_NONE = re.compile(r"无|没有|未(?:发生|出现|发现)|不(?:发生|出现)|零")


@dataclass(slots=True)
class Award:
    """A rule that gives points, and the deductions that count down from it where it is missed."""

    rule: Rule
    taken: list[Rule] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """Awards of which one counts; `voids` are the rules that say the part gives nothing."""

    awards: list[Award]
    voids: list[Rule] = field(default_factory=list)


@dataclass(slots=True)
class Shape:
    """The parts of a clause, the deductions from all of it, and the rules that say that it gives nothing."""

    parts: list[Part]
    deductions: list[Rule]
    voids: list[Rule]


def shape(clause: Clause) -> Shape:
    """The rules of a clause, put together."""
    runs = _runs(clause)
    parts: list[Part] = []
    found = Shape(parts, [], [])
    for rules in runs:
        if any(rule.points for rule in rules):
            parts.append(Part([Award(rule) for rule in rules]))
        elif parts and parts[-1].awards[0].rule.mode == "additive":
            parts[-1].voids.extend(rules)
        else:
            found.voids.extend(rules)
    for rule in clause.rules:
        if rule.mode == "deduction":
            award = _counted_down(clause, parts, rule)
            (found.deductions if award is None else award.taken).append(rule)
    return found


def _runs(clause: Clause) -> list[list[Rule]]:
    """The alternatives of each part: the grouping whose best awards sum to the printed points, else runs as printed."""
    runs = list(_printed_runs(clause.rules))
    groupings = (runs, _together(runs), [part for run in runs for part in _falling(run)])
    for grouping in groupings:
        if (
            clause.points is not None
            and sum(max(rule.points or 0 for rule in run) for run in grouping) == clause.points
        ):
            return grouping
    return runs


def _printed_runs(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Alternatives that follow each other, deductions aside; a part that adds up stands alone."""
    run: list[Rule] = []
    for rule in rules:
        if rule.mode == "tier":
            run.append(rule)
        elif rule.mode == "additive":
            if run:
                yield run
            yield [rule]
            run = []
    if run:
        yield run


def _together(runs: Sequence[list[Rule]]) -> list[list[Rule]]:
    """All alternatives as one part."""
    tiers = [rule for run in runs for rule in run if rule.mode == "tier"]
    return [*([tiers] if tiers else []), *(run for run in runs if run[0].mode != "tier")]


def _falling(run: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The alternatives of a run, a new part wherever points rise again: 5, 3, 0, 5, 3, 0."""
    part: list[Rule] = []
    for rule in run:
        if part and (rule.points or 0) > (part[-1].points or 0):
            yield part
            part = []
        part.append(rule)
    if part:
        yield part


def _counted_down(clause: Clause, parts: Sequence[Part], rule: Rule) -> Award | None:
    """The award above that a deduction counts down from.

    It is for the same measured thing, or asks that there be no case, or the deduction is for what lacks of it.
    """
    asked = question(clause, rule)
    above = [
        award for part in parts for award in part.awards if award.rule.ordinal < rule.ordinal and award.rule.points
    ]
    for award in reversed(above):
        if asked.measure is not None and set(asked.measure.bounds) & set(award.rule.bounds):
            return award
    last = above[-1] if above else None
    if last is None or asked.kind != "count":
        return None
    return last if _NONE.search(last.rule.condition) or sense_of(rule.condition, "shortfall") else None
