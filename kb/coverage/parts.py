"""Which score rules of a clause its plan items serve, and by what that is seen.

A part of a clause is one additive rule, or all its tiers together, for one of them counts; deductions ask for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.coverage.answers import Answers
from kb.coverage.evidence import clause_fragment
from kb.coverage.figures import verdict
from kb.coverage.fragments import LEAST, fragments
from kb.evaluation.rows import Row
from kb.evaluation.similarity import bare, containment

HELD = 0.6  # of the bigrams of the shorter text: the item says what the rule says
RESTED = 0.8  # of the words of the clause that a link rests on: they are words of this rule


@dataclass(frozen=True, slots=True)
class Served:
    """A score rule with the item that serves it, if any, and by what that is seen."""

    rule: Row
    item: str
    why: str


def parts(answers: Answers, clause_id: int) -> list[Served]:
    """The parts of a clause; of its tiers the highest that is served stands for all, else the highest."""
    rules = [rule for rule in answers.rules.get(clause_id, ()) if rule["mode"] != "deduction"]
    found = [_served(answers, clause_id, rule) for rule in rules if rule["points"] != 0]
    tiers = sorted((one for one in found if one.rule["mode"] == "tier"), key=_points, reverse=True)
    best = [one for one in tiers if one.why][:1] or tiers[:1]
    kept = [one for one in found if one.rule["mode"] != "tier" or one in best]
    sure = [link for link in answers.links.get(clause_id, ()) if link["weight"] >= answers.sure]
    if len(kept) == 1 and not kept[0].why and sure:
        return [Served(kept[0].rule, answers.items[sure[0]["plan_item_id"]]["code"], "the only part")]
    return kept


def open_points(served: Sequence[Served]) -> float:
    """The points of additive parts that no item serves."""
    return sum(_points(one) for one in served if not one.why and one.rule["mode"] == "additive")


def in_words(served: Sequence[Served]) -> Iterator[str]:
    """The parts that are served, each by whom and why."""
    for one in served:
        if one.why:
            yield f"{one.rule['ordinal']}: {one.item} ({one.why})"


def _points(one: Served) -> float:
    return one.rule["points"] or 0.0


def _served(answers: Answers, clause_id: int, rule: Row) -> Served:
    """The first of the linked items that serves a rule by its indicator, else by the link's words, else by its own."""
    links = answers.links.get(clause_id, ())
    for way in (_by_indicator, _by_link, _by_words):
        for link in links:
            item = answers.items[link["plan_item_id"]]
            why = way(answers, rule, link, item)
            if why:
                return Served(rule, item["code"], why)
    return Served(rule, "", "")


def _by_indicator(answers: Answers, rule: Row, link: Row, item: Row) -> str:
    for demand in answers.demands.get(rule["clause_id"], ()):
        for promise in answers.promises.get(item["id"], ()):
            if demand.score_rule_id == rule["id"] and demand.indicator_id == promise.indicator_id is not None:
                stands = verdict(promise, demand)
                if stands in ("equal", "stricter"):
                    return f"same threshold {demand.figure}" if stands == "equal" else f"stricter {promise.figure}"
                return f"same indicator {demand.words}"
    return ""


def _by_link(_: Answers, rule: Row, link: Row, item: Row) -> str:
    words = bare(clause_fragment(link["evidence"]))
    rests = len(words) >= LEAST and containment(words, bare(rule["condition"])) >= RESTED
    return "the link rests on it" if rests and len(words) <= len(bare(rule["condition"])) + 2 else ""


def _by_words(_: Answers, rule: Row, link: Row, item: Row) -> str:
    condition = bare(rule["condition"])
    best = max((containment(bare(part), condition) for part in (item["text"], *fragments(item["text"]))), default=0.0)
    return f"{best:.0%} of the words" if best >= HELD else ""
