"""Demands of one document that print one figure with two borders (达到800分以上 here, 超过800分 there) → findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations

from kb.check.demands import Demand
from kb.check.findings import Compared
from kb.evaluation.similarity import bare, bigrams

SHARED = 8  # characters in a row of two sentences about one thing: the name of the rubric that both go by


def boundaries(own: Iterable[Demand]) -> Iterator[Compared]:
    """Demands of one document that draw the border of one figure differently, for things that share words."""
    figures: dict[tuple[str, float, str | None], list[Demand]] = defaultdict(list)
    for demand in own:
        if demand.direction is not None and demand.comparator != "=":
            figures[(demand.direction, demand.value, demand.unit)].append(demand)
    for alike in figures.values():
        told: set[tuple[str, str]] = set()
        for one, other in combinations(alike, 2):
            pair = (one.text, other.text)
            if one.comparator != other.comparator and pair not in told and _speak_of_one(one, other):
                told.add(pair)
                yield _told(*sorted((one, other), key=lambda demand: demand.comparator in "<>"))


def _told(wide: Demand, narrow: Demand) -> Compared:
    """`narrow` leaves the border out."""
    message = f"“{narrow.text}” leaves out {narrow.figure}, “{wide.text}” does not"
    document = narrow.document_id
    return Compared(document, document, "conflicting_threshold", "warning", message, narrow.passage_id)


def _speak_of_one(one: Demand, other: Demand) -> bool:
    """Whether two demands are about one thing: one indicator, or names that share a word in sentences that do."""
    if one.indicator_id == other.indicator_id:
        return one.circumstances == other.circumstances
    left, right = bare(one.indicator), bare(other.indicator)
    shared = bigrams(left).keys() & bigrams(right).keys()
    texts = SequenceMatcher(None, bare(one.text), bare(other.text), autojunk=False)
    longest = texts.find_longest_match().size
    return bool(shared) and longest >= SHARED and (one.owner != other.owner or one.owner == "")
