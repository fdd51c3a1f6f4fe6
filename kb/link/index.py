"""A rubric as arrays: the grams of its units and of its whole clauses, with weights that the rubric itself gives.

A gram weighs by how few clauses hold it: in a campaign the word for its subject stands everywhere and must weigh
little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.link.arrays import Floats, Ints, best_columns, np, stretch_sum
from kb.link.fragments import ClauseText, bigrams, normal
from kb.link.vocabulary import Bags, Counts, Vocabulary

TINY = 1e-12
K1, B = 1.2, 0.75  # BM25's saturation and length norm
MOST_TIMES = 2  # a gram of a query counts at most twice
ALL_NEAR = 64  # up to so many clauses every one that shares a gram is looked at closely …
NEAREST = 16  # … of a longer rubric so many an item


@dataclass(frozen=True, slots=True)
class Queries:
    """Fragments of a plan as a rubric sees them: their grams, each with two weights.

    The weights of `cosine` have length 1 over all grams of a fragment, those that no clause holds included.
    """

    bm25: Bags
    cosine: Bags

    def __len__(self) -> int:
        return len(self.bm25.lengths)

    def grams(self, number: int) -> slice:
        """Where the grams of one fragment stand."""
        start = self.bm25.starts[number]
        return slice(start, start + self.bm25.lengths[number])


class ClauseIndex:
    """The clauses of one rubric, ready to be compared with fragments of plans."""

    def __init__(self, clauses: Sequence[ClauseText], vocabulary: Vocabulary) -> None:
        self.clauses, self.vocabulary = clauses, vocabulary
        self.units = [unit for clause in clauses for unit in clause.units]
        self.unit_counts = np.array([len(clause.units) for clause in clauses], dtype=np.int64)
        self.first_units = np.cumsum(self.unit_counts) - self.unit_counts
        self.has_title = np.array([bool(clause.title) for clause in clauses], dtype=bool)
        self.wholes = vocabulary.count([clause.whole for clause in clauses])
        self.unit_grams = vocabulary.count(self.units)
        self._weigh(len(clauses), vocabulary.cut)
        self.unit_bags = self._cosine(self.unit_grams)
        self.cosine_bags = self._cosine(self.wholes)
        self.bm25_bags = self._bm25(self.wholes.bags)

    def _weigh(self, size: int, cut: int) -> None:
        """The weight of each gram by the number of clauses that hold it; what none holds adds nothing to a match."""
        self.df = np.bincount(self.wholes.bags.grams, minlength=cut + 1)
        self.idf = np.log((1 + size) / (1 + self.df)) + 1
        self.rarity = np.where(self.df > 0, np.log(1 + (size - self.df + 0.5) / (self.df + 0.5)), 0.0)
        self.surprise = np.where(self.df > 0, np.log((1 + size) / (1 + self.df)), 0.0)

    @cached_property
    def unit_mass(self) -> Floats:
        """The whole weight of each unit's distinct grams."""
        return stretch_sum(self.idf[self.unit_bags.grams], self.unit_bags.lengths)

    @cached_property
    def unit_pairs(self) -> Bags:
        """The pairs of neighbours of each unit in their order, with a cut between two runs."""
        number, cut = self.vocabulary.number, self.vocabulary.cut
        found = [[*bigrams(normal(unit)), ""] for unit in self.units]
        numbers = np.array([number.get(pair, cut) for pairs in found for pair in pairs], dtype=np.int64)
        return Bags(np.array([len(pairs) for pairs in found], dtype=np.int64), numbers, self.surprise[numbers])

    @cached_property
    def postings(self) -> Bags:
        """For every gram the clauses that hold it, with the weight it has there."""
        bags = self.bm25_bags
        order = np.argsort(bags.grams, kind="stable")
        lengths = np.bincount(bags.grams, minlength=self.vocabulary.cut + 1)
        return Bags(lengths, bags.owners[order], bags.weights[order])

    def queries(self, counts: Counts) -> Queries:
        """Fragments of a plan as this rubric sees them."""
        bags = counts.bags
        reach = np.sqrt(np.maximum(stretch_sum(self.rarity[bags.grams], bags.lengths) * (K1 + 1), TINY))
        bm25 = bags.weighing(np.minimum(bags.weights, MOST_TIMES) / reach[bags.owners])
        return Queries(bm25, self._cosine(counts))

    def _cosine(self, counts: Counts) -> Bags:
        """Each gram by times and rarity, each bag of length 1; what is strange adds to the length."""
        bags = counts.bags
        weights = (1 + np.log(bags.weights)) * self.idf[bags.grams]
        outside = counts.strange * (math.log(1 + len(self.clauses)) + 1) ** 2
        lengths = np.sqrt(np.maximum(stretch_sum(weights**2, bags.lengths) + outside, TINY))
        return bags.weighing(weights / lengths[bags.owners])

    def _bm25(self, bags: Bags) -> Bags:
        sizes = stretch_sum(bags.weights, bags.lengths)
        usual = max(float(sizes.mean()), 1.0) if len(sizes) else 1.0
        norms = (K1 * (1 - B + B * sizes / usual))[bags.owners]
        return bags.weighing(self.rarity[bags.grams] * bags.weights * (K1 + 1) / (bags.weights + norms))


def neighbours(index: ClauseIndex, items: Queries, number: int) -> Ints:
    """The clauses that share most with one of several items, by the grams that few clauses hold.

    A gram of very many clauses finds no neighbours: what looking costs is then bounded by the neighbours there are and
    not by the length of the rubric.
    """
    size = len(index.clauses)
    own = items.grams(number)
    grams, times = items.bm25.grams[own], items.bm25.weights[own]
    few = index.df[grams] <= max(ALL_NEAR, size // 10)
    telling, times = grams[few], times[few]
    places = index.postings.places(telling)
    weights = index.postings.weights[places] * np.repeat(times, index.postings.lengths[telling])
    shared = np.bincount(index.postings.grams[places], weights, minlength=size)
    return best_columns(shared.astype(np.float64), ALL_NEAR if size <= ALL_NEAR else NEAREST)
