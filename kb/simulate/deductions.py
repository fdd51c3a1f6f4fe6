"""What a deduction takes: once, by the case, or by steps from what is demanded."""

from __future__ import annotations

import math
import re

from kb.simulate.answers import Figure, sense_of, size
from kb.simulate.asking import Question, question
from kb.simulate.measures import meets
from kb.simulate.points import Points, exactly, shown, told, whole_steps
from kb.simulate.reported import Reported, contradiction
from kb.simulate.rubric import Bound, Clause, Rule

_BEGUN = re.compile(r"[含按]不[满足]|不[满足][^，。；]{0,6}按")  # 含不满1年: a step that is only begun counts


def taken(clause: Clause, rule: Rule, reported: Reported) -> Points:
    """The points that a deduction takes, as a positive range."""
    most = rule.cap if rule.cap is not None else math.inf
    asked = question(clause, rule)
    answer = reported.answers.get(rule.ordinal)
    figure = None if asked.bound is None else reported.of(asked.bound)
    if asked.bound is not None and figure is not None:
        found = _by_steps(rule, asked, asked.bound, figure).within(0, most)
        if answer == "no" and found.low > 0:
            raise contradiction(clause, rule, answer, str(figure))
        return found
    if answer == "no":
        return exactly(0.0, told(rule, "answered no, nothing is taken"))
    if isinstance(answer, Figure):
        return _by_cases(rule, asked, answer).within(0, most)
    held = reported.held(clause, rule)
    least = rule.points or 0.0
    if held is None:
        once = rule.step is None and rule.points is not None
        return Points(0.0, least if once else most, (told(rule, "not reported"),))
    if not held:
        return exactly(0.0, told(rule, "does not apply, nothing is taken"))
    if rule.step is None and rule.points is not None:
        return exactly(least, told(rule, f"applies, {shown(least)} taken"))
    return Points(min(least, most), most, (told(rule, "applies, how much is not reported"),))


def applies(clause: Clause, rule: Rule, reported: Reported) -> bool:
    """Whether a deduction may be what counts: not where it is denied, counts no case, or is for another range."""
    answer = reported.answers.get(rule.ordinal)
    if answer == "no" or (isinstance(answer, Figure) and answer.value == 0):
        return False
    bound = question(clause, rule).bound
    figure = None if bound is None else reported.of(bound)
    return bound is None or figure is None or not _is_outside(rule, bound, figure)


def _is_outside(rule: Rule, bound: Bound, figure: Figure) -> bool:
    """Whether a figure is not in the range for which the deduction itself is made (排名10至20位的)."""
    return bound in rule.bounds and bound.comparator == "between" and not meets(bound, figure)


def _by_cases(rule: Rule, asked: Question, answer: Figure) -> Points:
    """So many cases, or the points themselves where the rule prints none."""
    if asked.kind != "count" or rule.points is None:
        return exactly(answer.value, told(rule, f"{answer} taken as reported"))
    steps = whole_steps(answer.value, rule.step or 1.0, _BEGUN.search(rule.condition) is not None)
    amount = steps * rule.points
    return exactly(amount, told(rule, f"{answer} reported, {steps} × {shown(rule.points)} = {shown(amount)} taken"))


def _by_steps(rule: Rule, asked: Question, bound: Bound, figure: Figure) -> Points:
    """Steps from the demanded figure down (or up): each whole step takes the points."""
    limit = Figure(bound.value or 0.0, bound.unit)
    if _is_outside(rule, bound, figure):
        return exactly(0.0, told(rule, f"{figure} is outside {bound.text}, the rule does not apply"))
    upward = sense_of(rule.condition, "excess") or (asked.measure is not None and asked.measure.is_rank)
    missed = round((size(figure) - size(limit)) * (1 if upward else -1), 9)
    if missed <= 0:
        return exactly(0.0, told(rule, f"{figure} does not miss {limit}, nothing is taken"))
    step = Figure(rule.step or 1.0, rule.step_unit)
    steps = whole_steps(missed, size(step), _BEGUN.search(rule.condition) is not None)
    amount = steps * (rule.points or 0.0)
    words = (
        f"{figure} against {limit}: {steps} whole steps of {step} × {shown(rule.points or 0)} = {shown(amount)} taken"
    )
    if rule.points is None:
        return Points(0.0, math.inf, (told(rule, f"{figure} against {limit}: the rubric prints no amount"),))
    return exactly(amount, told(rule, words))
