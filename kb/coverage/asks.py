"""What each part of a clause asks for, which items answer it, and a promise that says less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.coverage.answers import Answers
from kb.evaluation.rows import Row
from kb.evaluation.similarity import bare, containment

HELD = 0.6  # of the words of a demand: an inferred link answers it, and not another part of the clause


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a clause asks for: a score rule in full marks, else its longer text or its title."""

    clause: Row
    rule_id: int | None
    text: str
    points: float | None


@dataclass(frozen=True, slots=True)
class Weak:
    """A plan item that says less than what it answers."""

    kind: str
    item: Row
    fragment: str
    asked: str
    why: str


def asks(answers: Answers, clause: Row) -> list[Ask]:
    """What a clause asks for: its additive rules and its highest tier, or its own words where it has no rules."""
    rules = [
        rule for rule in answers.rules.get(clause["id"], ()) if rule["points"] != 0 and rule["mode"] != "deduction"
    ]
    top = max((rule["points"] or 0.0 for rule in rules if rule["mode"] == "tier"), default=0.0)
    full = [rule for rule in rules if rule["mode"] != "tier" or (rule["points"] or 0.0) == top]
    if full:
        return [Ask(clause, rule["id"], rule["condition"], rule["points"]) for rule in full]
    return [Ask(clause, None, clause["text"] or clause["title"], clause["points"])]


def answering(answers: Answers, clause_id: int) -> list[Row]:
    """The items whose links make a clause covered, each with its link, the surest first."""
    return [
        answers.items[link["plan_item_id"]] | {"weight": link["weight"], "method": link["method"]}
        for link in answers.links.get(clause_id, ())
        if link["weight"] >= answers.sure
    ]


def spoken_to(ask: Ask, items: Sequence[Row]) -> Row | None:
    """The item that speaks of what is asked: of printed links the nearest in words, of inferred ones one that holds it.

    A printed link ties the items to the whole clause; an inferred one may rest on another part of it.
    """
    nearness = {item["id"]: containment(bare(item["text"]), bare(ask.text)) for item in items}
    best = max(items, key=lambda item: nearness[item["id"]], default=None)
    if best is None or (best["method"] == "inferred" and nearness[best["id"]] < HELD):
        return None
    return best
