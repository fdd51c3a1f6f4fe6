"""Grams as numbers: the vocabulary of one plan and one rubric, and fragments as bags of its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.link.arrays import Floats, Ints, counted, np, spread
from kb.link.fragments import grams, normal


@dataclass(frozen=True)
class Bags:
    """Bags of grams one behind the other: how long each is, the grams, and a weight for each gram."""

    lengths: Ints
    grams: Ints
    weights: Floats

    @cached_property
    def starts(self) -> Ints:
        """Where each bag begins."""
        return np.asarray(np.cumsum(self.lengths) - self.lengths)

    @cached_property
    def owners(self) -> Ints:
        """The bag of each gram."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    def places(self, chosen: Ints) -> Ints:
        """Where the grams of the chosen bags stand, bag behind bag."""
        return spread(self.starts[chosen], self.lengths[chosen])

    def weighing(self, weights: Floats) -> Bags:
        """The same bags with other weights."""
        return Bags(self.lengths, self.grams, weights)


@dataclass(frozen=True, slots=True)
class Counts:
    """Fragments as bags whose weights are the times that each gram occurs; `strange` grams of each are not numbered."""

    bags: Bags
    strange: Ints


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

    def count(self, texts: Sequence[str]) -> Counts:
        """Printed fragments as bags.

        >>> found = Vocabulary(["质量"]).count(["质量，质检"])
        >>> found.bags.grams.tolist(), found.bags.weights.tolist(), found.strange.tolist()
        ([0, 1, 2], [2.0, 1.0, 1.0], [2])
        """
        return self.count_groups([[text] for text in texts])[1]

    def count_groups(self, groups: Sequence[Sequence[str]]) -> tuple[Counts, Counts]:
        """The fragments of all groups as bags, and each group as one bag."""
        number = self.number.get
        found = [[number(gram, -1) for gram in grams(normal(text))] for group in groups for text in group]
        numbers = np.array([gram for fragment in found for gram in fragment], dtype=np.int64)
        fragments = np.repeat(np.arange(len(found)), [len(fragment) for fragment in found])
        owner = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
        return self._count(numbers, fragments, len(found)), self._count(numbers, owner[fragments], len(groups))

    def _count(self, numbers: Ints, owners: Ints, size: int) -> Counts:
        """The numbers of each owner, each once, with how often it occurs; -1 is strange."""
        width = self.cut + 1
        keys, times = counted(owners * width + numbers + 1)
        owner, gram = np.divmod(keys, width)
        known = gram > 0
        strange = np.bincount(owner[~known], times[~known], minlength=size).astype(np.int64)
        lengths = np.bincount(owner[known], minlength=size)
        return Counts(Bags(lengths, gram[known] - 1, times[known].astype(np.float64)), strange)
