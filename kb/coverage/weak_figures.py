"""Promises whose figure is lower than the one that is asked for, is vague, measures another thing, or is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.promises import is_ratio, promises_some, refers_to_requirement
from extract.text import compact
from kb.coverage.answers import Answers
from kb.coverage.asks import Ask, Weak, spoken_to
from kb.coverage.figures import Aim, same_thing, verdict
from kb.coverage.fragments import statements
from kb.evaluation.rows import Row
from kb.evaluation.similarity import bare, containment
from kb.listing import plain

MEASURED = 0.5  # of the words of an amount that stand in the ratio that is asked for


@dataclass(frozen=True, slots=True)
class Promise:
    """A figure or comparison that an item promises."""

    item: Row
    aim: Aim


def weak_figures(answers: Answers, ask: Ask, items: Sequence[Row]) -> Iterator[Weak]:
    """What the items promise less of than one part of a clause asks for in figures, ranks or comparisons."""
    demands = _demands(answers, ask)
    promises = [Promise(item, aim) for item in items for aim in answers.promises.get(item["id"], ())]
    found = [_weak(demand, promises, ask, items) for demand in demands]
    # 甲指标达到…或乙指标达到…: one of them is enough
    if "或" in ask.text and None in found:
        return
    yield from (weak for weak in found if weak is not None)


def _demands(answers: Answers, ask: Ask) -> list[Aim]:
    """The aims of one part of a clause, without those that another part asks more of for the same indicator."""
    demands = [aim for aim in answers.demands.get(ask.clause["id"], ()) if aim.is_demand]
    return [
        aim
        for aim in demands
        if aim.score_rule_id == ask.rule_id
        and not any(aim.indicator_id == other.indicator_id and verdict(aim, other) == "weaker" for other in demands)
    ]


def _weak(demand: Aim, promises: Sequence[Promise], ask: Ask, items: Sequence[Row]) -> Weak | None:
    same = [promise for promise in promises if same_thing(promise.aim, demand)]
    if any(_is_enough(promise.aim, demand) for promise in same if not _loses_ratio(promise.aim, demand)):
        return None
    if any(refers_to_requirement(promise.aim.text) for promise in promises):
        return None
    for promise in same:
        if verdict(promise.aim, demand) == "weaker":
            return _told("lower_figure", promise, demand, f"{promise.aim.figure} for {demand.figure}")
    other = _amount_for_ratio(demand, promises)
    if other is not None:
        return _told("other_measure", other, demand, f"{other.aim.words} for {demand.words}")
    for promise in same:
        if demand.value is not None and promise.aim.value is None:
            return _told("vaguer", promise, demand, f"{promise.aim.figure} for {demand.figure}")
    return None if same else _nothing(demand, ask, items)


def _nothing(demand: Aim, ask: Ask, items: Sequence[Row]) -> Weak | None:
    """The item that should give the figure; none where it prints the figure all the same or says as much in words."""
    item = spoken_to(ask, items)
    printed = compact("".join(one["text"] for one in items))
    asked = demand.baseline if demand.value is None else f"{plain(demand.value)}{demand.unit or ''}"
    if item is None or (asked and asked in printed):
        return None
    said = max(statements(item["text"]), key=lambda part: containment(bare(part), bare(demand.text)), default="")
    if refers_to_requirement(said) or (demand.value == 1 and demand.direction == "floor" and promises_some(said)):
        return None
    why = f"nothing for {demand.words} {demand.figure}"
    return Weak("no_figure" if demand.value is not None else "no_comparison", item, said, demand.text, why)


def _is_enough(promise: Aim, demand: Aim) -> bool:
    """Whether a promise is not weaker; 30%以上 is taken for 超过30%."""
    return verdict(promise, demand) in ("equal", "stricter") or (
        promise.size is not None and (promise.size, promise.measure) == (demand.size, demand.measure)
    )


def _loses_ratio(promise: Aim, demand: Aim) -> bool:
    return is_ratio(demand.words) and not is_ratio(promise.words) and promise.value is None


def _amount_for_ratio(demand: Aim, promises: Sequence[Promise]) -> Promise | None:
    """The promise of an amount where the same thing is asked for against something else."""
    near = [
        (containment(bare(promise.aim.words), bare(demand.words)), promise)
        for promise in promises
        if _loses_ratio(promise.aim, demand)
    ]
    likeness, best = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return best if likeness >= MEASURED else None


def _told(kind: str, promise: Promise, demand: Aim, why: str) -> Weak:
    return Weak(kind, promise.item, promise.aim.text, demand.text, why)
