"""Counts of right, wanted and found records, and the figures made of them.

The parts of the evaluation yield `Judgement`s; here they become precision, recall and F1 per kind of record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

JsonFigures = dict[str, float | int]


@dataclass(frozen=True, slots=True)
class Count:
    """So many of one kind are right, wanted by the gold, and found in the base."""

    kind: str
    right: int
    gold: int
    found: int


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is wrong: `-` missed or read wrongly, `+` found without being there."""

    kind: str
    sign: Literal["-", "+"]
    what: str
    document: str = ""

    def __str__(self) -> str:
        return f"{self.sign} {self.document} {self.what}"


Judgement = Count | Miss


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1 of one kind, out of three counts.

    >>> Figures(right=3, gold=4, found=6).as_json()
    {'precision': 0.5, 'recall': 0.75, 'f1': 0.6, 'right': 3, 'gold': 4, 'found': 6}
    """

    right: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Figures | Count) -> Figures:
        return Figures(self.right + other.right, self.gold + other.gold, self.found + other.found)

    @property
    def precision(self) -> float:
        """Share of the found that is right; nothing found is perfect only where nothing is wanted."""
        if not self.found:
            return 0.0 if self.gold else 1.0
        return self.right / self.found

    @property
    def recall(self) -> float:
        """Share of the wanted that is right; 1 where nothing is wanted."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_json(self) -> JsonFigures:
        """The figures, shares rounded to four places."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        counts = {"right": self.right, "gold": self.gold, "found": self.found}
        return {name: round(share, 4) for name, share in shares.items()} | counts


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures per kind of record: of every folder by its name, and pooled; and all misses."""

    folders: Mapping[str, Mapping[str, Figures]]
    pooled: Mapping[str, Figures]
    misses: tuple[Miss, ...] = field(repr=False)

    def as_json(self) -> dict[str, JsonFigures]:
        """The pooled figures by kind."""
        return {kind: figures.as_json() for kind, figures in self.pooled.items()}


def capped(judgements: Iterable[Judgement]) -> Iterator[Judgement]:
    """For a document annotated in part: what is found beyond the annotated part is held against nobody."""
    for judgement in judgements:
        if isinstance(judgement, Count):
            found = min(judgement.found, max(judgement.gold, judgement.right))
            yield Count(judgement.kind, judgement.right, judgement.gold, found)
        elif judgement.sign == "-":
            yield judgement


def figures_of(counts: Iterable[Count]) -> dict[str, Figures]:
    """Sum the counts of every kind, in the order in which the kinds first appear."""
    figures: dict[str, Figures] = {}
    for count in counts:
        figures[count.kind] = figures.get(count.kind, Figures()) + count
    return figures
