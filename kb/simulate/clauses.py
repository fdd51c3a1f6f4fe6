"""What a clause gives: its parts together, less deductions, held between its floor and its printed points."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from kb.simulate.answers import Figure, WrongAnswer
from kb.simulate.asking import question
from kb.simulate.deductions import taken
from kb.simulate.parts import most_of, part_points, unfitting
from kb.simulate.points import Points, exactly, shown, told
from kb.simulate.reported import Reported
from kb.simulate.rubric import Clause, Rule
from kb.simulate.shape import Shape, shape

Missing = Literal["full_marks", "left_out"]
State = Literal["fulfilled", "failed", "not known", "applies", "does not apply"]


@dataclass(frozen=True, slots=True)
class Scored:
    """The points of a clause: `full` is what it counts with, None where none is printed; `unfit` what fits no rule."""

    clause: Clause
    full: float | None
    points: Points
    unfit: tuple[str, ...] = ()


def scored(clause: Clause, reported: Reported, missing: Missing = "left_out") -> Scored:
    """What a clause gives, as far as it is known; `missing`: what becomes of points that reasonably do not apply."""
    gone = [rule for rule in (*clause.rules, _whole(clause)) if reported.answers.get(rule.ordinal) == "n/a"]
    for rule in gone:
        if not may_be_missing(clause, rule):
            raise WrongAnswer(f"clause {clause.code}: is not optional (合理缺项); answer it with yes, no or a figure")
    if gone and not all(rule.may_be_missing for rule in gone):
        return _without(clause, clause.points or 0.0, missing)
    if not clause.rules:
        return _graded(clause, reported)
    kept = replace(clause, rules=tuple(rule for rule in clause.rules if rule not in gone))
    away = sum(rule.points or 0.0 for rule in gone)
    if gone and clause.points is not None:
        kept = replace(kept, points=clause.points - away)
    found = _by_rules(kept, reported)
    return _joined(found, _without(clause, away, missing)) if gone else found


def may_be_missing(clause: Clause, rule: Rule) -> bool:
    """Whether a rule may be answered with n/a: it says so itself, or its clause does and no other rule says so."""
    return clause.optional and (rule.may_be_missing or not any(one.may_be_missing for one in clause.rules))


def _whole(clause: Clause) -> Rule:
    return Rule(0, "whole", clause.points, clause.title)


def _without(clause: Clause, points: float, missing: Missing) -> Scored:
    if missing == "full_marks":
        return Scored(clause, points, exactly(points, f"合理缺项, counted with full marks: {shown(points)}"))
    return Scored(clause, 0.0, exactly(0.0, f"合理缺项, {shown(points)} points left out of the full marks"))


def _joined(one: Scored, other: Scored) -> Scored:
    both = Points(
        one.points.low + other.points.low, one.points.high + other.points.high, (*one.points.why, *other.points.why)
    )
    return Scored(other.clause, None if one.full is None else one.full + (other.full or 0.0), both, one.unfit)


def _graded(clause: Clause, reported: Reported) -> Scored:
    """A clause without rules: somebody says how many points it gets."""
    full = clause.points if clause.points is not None else math.inf
    rule = _whole(clause)
    answer = reported.answers.get(0)
    unfit = tuple(
        f"{figure} of {thing.name}: no rule gives points for it" for thing, figure in reported.figures.items()
    )
    if answer is None:
        return Scored(
            clause, clause.points, Points(0.0, full, (told(rule, "no rule is printed, not answered"),)), unfit
        )
    value = answer.value if isinstance(answer, Figure) else full if answer == "yes" else 0.0
    if not 0 <= value <= full:
        raise WrongAnswer(f"clause {clause.code}: {shown(value)} points; it gives 0 to {shown(full)}")
    return Scored(clause, clause.points, exactly(value, told(rule, f"{shown(value)} as answered")), unfit)


def _by_rules(clause: Clause, reported: Reported) -> Scored:
    found = shape(clause)
    parts = [part_points(clause, part, reported) for part in found.parts]
    if not parts and clause.kind == "scored":
        base = clause.points or 0.0
        parts = [exactly(base, f"{shown(base)} to begin with, from which is deducted")]
    losses = [taken(clause, rule, reported) for rule in found.deductions]
    points = Points(
        sum(part.low for part in parts) - sum(loss.high for loss in losses),
        sum(part.high for part in parts) - sum(loss.low for loss in losses),
        tuple(reason for one in (*parts, *losses) for reason in one.why),
    )
    points = _voided(clause, found, reported, _reaching(clause, points))
    points = points.within(_floor(clause, found), clause.points if clause.points is not None else math.inf)
    unfit = [said for part in found.parts for said in unfitting(clause, part, reported)]
    return Scored(clause, clause.points, points, (*unfit, *_unasked(clause, reported)))


def _reaching(clause: Clause, points: Points) -> Points:
    """The points with a remark where the rules together give less than is printed."""
    most = _most(clause)
    if clause.points is None or most is None or most >= clause.points:
        return points
    said = f"the rules give {shown(most)} of the printed {shown(clause.points)} points at most"
    return Points(points.low, points.high, (*points.why, said))


def _most(clause: Clause) -> float | None:
    """The most that the awards of a clause give together; None where they have no limit, or nothing is awarded."""
    found = shape(clause)
    parts = [[most_of(clause, award.rule) for award in part.awards] for part in found.parts]
    most = sum(max(part) for part in parts)
    return most if parts and not math.isinf(most) else None


def _voided(clause: Clause, found: Shape, reported: Reported, points: Points) -> Points:
    """Nothing where a rule says so (发生…的，本项不得分); perhaps nothing where that is not known."""
    for rule in found.voids:
        held = reported.held(clause, rule)
        if held:
            return exactly(0.0, told(rule, "met, the clause gives nothing"))
        if held is None:
            why = (*points.why, told(rule, "not known, the clause may give nothing"))
            points = Points(min(0.0, points.low), points.high, why)
    return points


def _floor(clause: Clause, found: Shape) -> float:
    """Below which a clause does not fall: as printed, else zero where it has points of its own to lose."""
    printed = [rule.floor for rule in clause.rules if rule.floor is not None]
    if printed:
        return min(printed)
    own = clause.kind == "scored" and clause.points is not None
    return 0.0 if own or not found.deductions else -math.inf


def _unasked(clause: Clause, reported: Reported) -> list[str]:
    """Figures of what the clause names and no rule counts."""
    used = {bound for rule in clause.rules for bound in rule.bounds}
    used |= {bound for rule in clause.rules if (bound := question(clause, rule).bound) is not None}
    return [
        f"{figure} of {thing.name}: no rule gives points for it"
        for thing, figure in reported.figures.items()
        if not used & set(thing.bounds)
    ]


def condition_state(clause: Clause, reported: Reported) -> tuple[State, str]:
    """Whether a veto applies or a basic condition is fulfilled, and by what."""
    rule = clause.asked[0]
    held = reported.held(clause, rule)
    if clause.kind == "veto":
        state: State = "not known" if held is None else "applies" if held else "does not apply"
    else:
        state = "not known" if held is None else "fulfilled" if held else "failed"
    figures = "、".join(str(figure) for figure in reported.figures.values())
    return state, told(rule, figures or str(reported.answers.get(0) or "not answered"))
