"""What one part of a clause gives: the best of its alternatives, less what counts down from it."""

from __future__ import annotations

import math
from collections import Counter

from extract.text import compact
from kb.simulate.answers import Figure, WrongAnswer, sense_of
from kb.simulate.asking import is_counted, question
from kb.simulate.deductions import applies, taken
from kb.simulate.points import Points, exactly, shown, told, whole_steps
from kb.simulate.reported import Reported
from kb.simulate.rubric import Clause, Rule
from kb.simulate.shape import Award, Part

States = dict[int, bool | None]


def part_points(clause: Clause, part: Part, reported: Reported) -> Points:
    """The points of one part; several alternatives give the best of those that are met."""
    states = _states(clause, part, reported)
    for rule in part.voids if True not in states.values() else ():
        if reported.held(clause, rule):
            return exactly(0.0, told(rule, "met, the part gives nothing"))
    found = [_award(clause, award, states[award.rule.ordinal], reported) for award in part.awards]
    low = max([0.0, *(points.low for points in found)])
    others = [a.rule for a in part.awards if states[a.rule.ordinal] is not False]
    if any(_is_rest(rule) for rule in others):  # one of them holds in any case
        low = max(low, min(rule.points or 0.0 for rule in others))
    why = tuple(reason for points in found for reason in points.why)
    return Points(low, max([0.0, *(points.high for points in found)]), why)


def unfitting(clause: Clause, part: Part, reported: Reported) -> list[str]:
    """Figures for which a part with alternatives has none: above one, below the next, or under the last."""
    states = _states(clause, part, reported)
    graded = len(part.awards) > 1 and not any(award.taken or not award.rule.points for award in part.awards)
    if not graded or any(state is not False for state in states.values()):
        return []
    figures = {str(figure) for award in part.awards for bound in award.rule.bounds if (figure := reported.of(bound))}
    return [f"{figure} fits no rule: 0 points" for figure in sorted(figures)]


def _states(clause: Clause, part: Part, reported: Reported) -> States:
    """Which alternatives are met, with what follows for those that nobody answered."""
    rules = [award.rule for award in part.awards]
    states = {rule.ordinal: reported.held(clause, rule) for rule in rules}
    alike = Counter(compact(rule.condition) for rule in rules)
    for rule in rules:
        if not states[rule.ordinal]:
            continue
        # one grade of several is given, and 未开展的得0分 says that nothing above it was met
        excluded = [one for one in rules if alike[compact(one.condition)] > 1 and one.condition == rule.condition]
        for other in rules if rule.points == 0 else excluded:
            states[other.ordinal] = False if states[other.ordinal] is None else states[other.ordinal]
    for rule in rules:
        if _is_rest(rule) and states[rule.ordinal] is None:
            said = [states[other.ordinal] for other in rules if other is not rule]
            states[rule.ordinal] = False if True in said else None if None in said else True
    return states


def _is_rest(rule: Rule) -> bool:
    return sense_of(rule.condition, "otherwise")


def _award(clause: Clause, award: Award, state: bool | None, reported: Reported) -> Points:
    given = _given(clause, award.rule, state, reported)
    if not award.taken:
        return given
    return _counted_down(clause, award, state, given, reported)


def most_of(clause: Clause, rule: Rule) -> float:
    """The most that one rule can give."""
    if rule.points is not None and not is_counted(clause, rule):
        return rule.points
    return rule.cap if rule.cap is not None else clause.points if clause.points is not None else math.inf


def _given(clause: Clause, rule: Rule, state: bool | None, reported: Reported) -> Points:
    """What the rule gives by itself."""
    most = most_of(clause, rule)
    answer = reported.answers.get(rule.ordinal)
    if is_counted(clause, rule) or rule.points is None:
        if isinstance(answer, Figure):
            return _counted(rule, answer).within(0, most)
        least = min(rule.points or 0.0, most) if state else 0.0
        return (
            exactly(0.0, told(rule, "none")) if state is False else Points(least, most, (told(rule, "not reported"),))
        )
    figures = "、".join(dict.fromkeys(str(figure) for bound in rule.bounds if (figure := reported.of(bound))))
    by = f" ({figures})" if figures else ""
    if state is False and sense_of(clause.text, "in_proportion"):
        return _in_proportion(rule, reported)
    if state is None:
        return Points(0.0, rule.points, (told(rule, f"not known{by}, up to {shown(rule.points)}"),))
    return exactly(
        rule.points if state else 0.0, told(rule, f"met{by}, {shown(rule.points)}" if state else f"not met{by}")
    )


def _in_proportion(rule: Rule, reported: Reported) -> Points:
    """What a missed figure gives where the clause says so: its share of the points; a range where none is reported."""
    full = rule.points or 0.0
    asked = [(bound, figure) for bound in rule.bounds if (figure := reported.of(bound)) is not None]
    if not full or len(rule.bounds) != 1:
        return exactly(0.0, told(rule, "not met"))
    if not asked:
        return Points(0.0, full, (told(rule, "not met, points in proportion to a figure that is not reported"),))
    bound, figure = asked[0]
    if bound.comparator not in (">=", ">", "=") or not bound.value:
        return exactly(0.0, told(rule, f"not met ({figure})"))
    share = min(max(figure.value / bound.value, 0.0), 1.0)
    return exactly(
        full * share, told(rule, f"{figure} of {Figure(bound.value, bound.unit)}: {shown(full * share)} in proportion")
    )


def _counted(rule: Rule, answer: Figure) -> Points:
    if rule.points is None:
        return exactly(answer.value, told(rule, f"{answer} as reported"))
    steps = whole_steps(answer.value, rule.step or 1.0)
    amount = steps * rule.points
    return exactly(amount, told(rule, f"{answer} reported, {steps} × {shown(rule.points)} = {shown(amount)}"))


def _counted_down(clause: Clause, award: Award, state: bool | None, given: Points, reported: Reported) -> Points:
    """An award that is not lost at once: where it is missed, deductions count down from its points."""
    full = award.rule.points or 0.0
    losses = [taken(clause, rule, reported) for rule in award.taken]
    least, most = sum(loss.low for loss in losses), sum(loss.high for loss in losses)
    why = (*given.why, *(reason for loss in losses for reason in loss.why))
    left = Points(max(0.0, full - most), max(0.0, full - least), why)
    if state:
        _check_no_case(clause, award, reported)
        return Points(full, full, given.why)
    if state is None:  # no case of what would count against it: it is met
        none = most == 0 and all(question(clause, rule).kind == "count" for rule in award.taken)
        return left if least > 0 or none else Points(0.0, full, why)
    return left if any(applies(clause, rule, reported) for rule in award.taken) else exactly(0.0, *why)


def _check_no_case(clause: Clause, award: Award, reported: Reported) -> None:
    """Refuse cases where the answer above is that there is none."""
    for rule in award.taken:
        answer = reported.answers.get(rule.ordinal)
        if isinstance(answer, Figure) and answer.value > 0 and question(clause, rule).kind == "count":
            raise WrongAnswer(
                f"clause {clause.code}: rule {award.rule.ordinal} ({award.rule.condition}) is met, but rule"
                f" {rule.ordinal} ({rule.condition}) counts {answer}; correct one of the two"
            )
