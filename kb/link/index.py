"""A rubric as arrays: the grams of its units and of its whole clauses, with weights that the rubric itself gives.

A gram weighs by how few clauses hold it: in a campaign the word for its subject stands everywhere and must weigh
little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.link.arrays import Floats, Ints, best_columns, np, spread, stretch_sum
from kb.link.fragments import ClauseText, bigrams, normal
from kb.link.vocabulary import Bag, Vocabulary

K1, B = 1.2, 0.75  # BM25's saturation and length norm
MOST_TIMES = 2  # a gram of a query counts at most twice
ALL_NEAR = 64  # up to so many clauses every one that shares a gram is looked at closely …
NEAREST = 32  # … of a longer rubric so many an item


@dataclass(frozen=True)
class Bags:
    """Bags of grams one behind the other: how long each is, the grams, their weights."""

    lengths: Ints
    grams: Ints
    weights: Floats

    @cached_property
    def starts(self) -> Ints:
        """Where each bag begins."""
        return np.asarray(np.cumsum(self.lengths) - self.lengths)

    def places(self, chosen: Ints) -> Ints:
        """Where the grams of the chosen bags stand, bag behind bag."""
        return spread(self.starts[chosen], self.lengths[chosen])


@dataclass(frozen=True, slots=True)
class Query:
    """A fragment of a plan as a rubric sees it: its grams, each with two weights.

    `cosine` has length 1 over all grams of the fragment, those that no clause holds included.
    """

    grams: Ints
    bm25: Floats
    cosine: Floats


class ClauseIndex:
    """The clauses of one rubric, ready to be compared with fragments of plans."""

    def __init__(self, clauses: Sequence[ClauseText], vocabulary: Vocabulary) -> None:
        self.clauses, self.vocabulary = clauses, vocabulary
        self.units = [unit for clause in clauses for unit in clause.units]
        self.unit_counts = np.array([len(clause.units) for clause in clauses], dtype=np.int64)
        self.first_units = np.cumsum(self.unit_counts) - self.unit_counts
        self.has_title = np.array([bool(clause.title) for clause in clauses], dtype=bool)
        self.wholes = vocabulary.bags([clause.whole for clause in clauses])
        self._weigh(len(clauses), vocabulary.cut)
        self.unit_bags = self._cosine_bags(vocabulary.bags(self.units))
        self.cosine_bags = self._cosine_bags(self.wholes)
        self.bm25_bags = self._bm25_bags(self.wholes)

    def _weigh(self, size: int, cut: int) -> None:
        """The weight of each gram by the number of clauses that hold it; what none holds adds nothing to a match."""
        held = np.concatenate([bag.grams for bag in self.wholes]) if self.wholes else np.zeros(0, dtype=np.int64)
        self.df = np.bincount(held, minlength=cut + 1)
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
        clauses = np.repeat(np.arange(len(self.clauses)), bags.lengths)
        order = np.argsort(bags.grams, kind="stable")
        lengths = np.bincount(bags.grams, minlength=self.vocabulary.cut + 1)
        return Bags(lengths, clauses[order], bags.weights[order])

    def query(self, bag: Bag) -> Query:
        """A fragment of a plan as this rubric sees it."""
        cosine = (1 + np.log(bag.times)) * self.idf[bag.grams]
        outside = bag.strange * (math.log(1 + len(self.clauses)) + 1) ** 2
        length = math.sqrt(float(cosine @ cosine) + outside) or 1.0
        reach = math.sqrt(float(self.rarity[bag.grams].sum()) * (K1 + 1)) or 1.0
        return Query(bag.grams, np.minimum(bag.times, MOST_TIMES) / reach, cosine / length)

    def _cosine_bags(self, bags: Sequence[Bag]) -> Bags:
        lengths, numbers, times = _flat(bags)
        weights = (1 + np.log(times)) * self.idf[numbers]
        norms = np.sqrt(stretch_sum(weights**2, lengths))
        return Bags(lengths, numbers, weights / np.repeat(np.maximum(norms, 1e-12), lengths))

    def _bm25_bags(self, bags: Sequence[Bag]) -> Bags:
        lengths, numbers, times = _flat(bags)
        sizes = stretch_sum(times, lengths)
        usual = max(float(sizes.mean()), 1.0) if len(sizes) else 1.0
        norms = np.repeat(K1 * (1 - B + B * sizes / usual), lengths)
        return Bags(lengths, numbers, self.rarity[numbers] * times * (K1 + 1) / (times + norms))


def _flat(bags: Sequence[Bag]) -> tuple[Ints, Ints, Floats]:
    """Lengths, grams and counts of several bags, one behind the other."""
    lengths = np.array([len(bag.grams) for bag in bags], dtype=np.int64)
    if not bags:
        return lengths, lengths, np.zeros(0)
    return lengths, np.concatenate([bag.grams for bag in bags]), np.concatenate([bag.times for bag in bags])


def neighbours(index: ClauseIndex, item: Query) -> Ints:
    """The clauses that share most with an item, by the grams that few clauses hold.

    A gram of very many clauses finds no neighbours: what looking costs is then bounded by the neighbours there are and
    not by the length of the rubric.
    """
    size = len(index.clauses)
    few = index.df[item.grams] <= max(ALL_NEAR, size // 10)
    telling, times = item.grams[few], item.bm25[few]
    places = index.postings.places(telling)
    weights = index.postings.weights[places] * np.repeat(times, index.postings.lengths[telling])
    shared = np.bincount(index.postings.grams[places], weights, minlength=size)
    return best_columns(shared.astype(np.float64), ALL_NEAR if size <= ALL_NEAR else NEAREST)
