"""Pairs the rows of the gold with the rows of the base, one to one: two lists and a likeness to a `Matching`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kb.evaluation.gold import GoldRow
from kb.evaluation.rows import Row

Likeness = Callable[[GoldRow, Row], float]


@dataclass(frozen=True, slots=True)
class Matching:
    """Two lists and which row of the one is which of the other, by position."""

    gold: Sequence[GoldRow]
    found: Sequence[Row]
    pairs: dict[int, int]

    def both(self) -> Iterator[tuple[GoldRow, Row]]:
        """Gold row and found row of every pair, in the order of the gold."""
        for here in sorted(self.pairs):
            yield self.gold[here], self.found[self.pairs[here]]

    def missed(self) -> Iterator[GoldRow]:
        """Gold rows that nothing was found for."""
        return (row for here, row in enumerate(self.gold) if here not in self.pairs)

    def extra(self) -> Iterator[Row]:
        """Found rows that no gold row asks for."""
        used = set(self.pairs.values())
        return (row for there, row in enumerate(self.found) if there not in used)

    def ids(self) -> dict[str, int]:
        """From the gold's code to the id in the base, for the rows that were found."""
        return {gold["code"]: found["id"] for gold, found in self.both()}


def match(gold: Sequence[GoldRow], found: Sequence[Row], likeness: Likeness, floor: float) -> Matching:
    """Pair the two lists greedily, the most alike first; pairs less alike than `floor` are not made.

    Among equals the pair whose positions lie nearest wins, then the later one, so that the outcome never depends on
    chance.

    >>> match([{"code": "1"}, {"code": "2"}], [{"code": "2"}], lambda g, f: float(g["code"] == f["code"]), 0.8).pairs
    {1: 0}
    """
    offers = []
    for here, gold_row in enumerate(gold):
        for there, found_row in enumerate(found):
            likely = likeness(gold_row, found_row)
            if likely >= floor:
                offers.append((likely, -abs(here - there), here, there))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, here, there in sorted(offers, reverse=True):
        if here not in pairs and there not in taken:
            pairs[here] = there
            taken.add(there)
    return Matching(gold, found, pairs)
