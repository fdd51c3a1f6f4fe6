"""Grams as numbers: the vocabulary of one plan and one rubric, and fragments as bags of its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.link.arrays import Floats, Ints, counted, np
from kb.link.fragments import grams, normal


@dataclass(frozen=True, slots=True)
class Bag:
    """The grams of a fragment: their numbers, how often each occurs, and how many the vocabulary does not know."""

    grams: Ints
    times: Floats
    strange: int


class Vocabulary:
    """The grams of some texts, numbered as they are met; one number more stands for a cut between two runs."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.number: dict[str, int] = {}
        for text in texts:
            for gram in grams(normal(text)):
                self.number.setdefault(gram, len(self.number))

    @property
    def cut(self) -> int:
        """The number that no gram has."""
        return len(self.number)

    def bag(self, text: str) -> Bag:
        """A printed fragment as a bag.

        >>> found = Vocabulary(["质量"]).bag("质量，质检")
        >>> found.grams.tolist(), found.times.tolist(), found.strange
        ([0, 1, 2], [2.0, 1.0, 1.0], 2)
        """
        number = self.number.get
        return _bag(np.array([number(gram, -1) for gram in grams(normal(text))], dtype=np.int64))

    def bags(self, texts: Sequence[str]) -> list[Bag]:
        """Several fragments as bags."""
        return [self.bag(text) for text in texts]


def _bag(numbers: Ints) -> Bag:
    known, times = counted(numbers)
    if len(known) and known[0] < 0:
        return Bag(known[1:], times[1:].astype(np.float64), int(times[0]))
    return Bag(known, times.astype(np.float64), 0)


def union(bags: Sequence[Bag]) -> Bag:
    """The bag of several fragments together.

    >>> both = union(Vocabulary(["质量"]).bags(["质量", "质"]))
    >>> both.grams.tolist(), both.times.tolist()
    ([0, 1, 2], [2.0, 1.0, 1.0])
    """
    if len(bags) == 1:
        return bags[0]
    times = np.concatenate([bag.times for bag in bags]).astype(np.int64)
    whole = _bag(np.repeat(np.concatenate([bag.grams for bag in bags]), times))
    return Bag(whole.grams, whole.times, sum(bag.strange for bag in bags))
