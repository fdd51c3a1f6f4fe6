"""A rubric as arrays: the grams of its units and of its whole clauses, with weights that the rubric itself gives.

A gram weighs by how few clauses hold it: in a campaign the word for its subject stands everywhere and must weigh
little.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.link.arrays import Floats, Ints, best_columns, np, spread, stretch_sum
from kb.link.fragments import ClauseText, bag, bigrams, normal

K1, B = 1.2, 0.75  # BM25's saturation and length norm
MOST_TIMES = 2  # a gram of a query counts at most twice
NEIGHBOURS = 64  # clauses of one item that are looked at closely: all there are in most rubrics


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
    """A fragment of a plan as a rubric sees it: the grams that some clause holds, each with two weights.

    `cosine` has length 1 over all grams of the fragment, those that no clause holds included.
    """

    grams: Ints
    bm25: Floats
    cosine: Floats


class ClauseIndex:
    """The clauses of one rubric, ready to be compared with fragments of plans."""

    def __init__(self, clauses: Sequence[ClauseText]) -> None:
        self.clauses = clauses
        counts = [bag(clause.whole) for clause in clauses]
        df = Counter(gram for count in counts for gram in count)
        self.number = {gram: n for n, gram in enumerate(df)}
        size = len(clauses)
        self.df = np.array([*df.values(), 0])  # the last one stands for every gram that no clause holds
        self.idf = np.log((1 + size) / (1 + self.df)) + 1
        self.rarity = np.log(1 + (size - self.df + 0.5) / (self.df + 0.5))
        self.surprise = np.log((1 + size) / (1 + self.df))
        self.surprise[-1] = 0.0
        self.unit_counts = np.array([len(clause.units) for clause in clauses], dtype=np.int64)
        self.first_units = np.cumsum(self.unit_counts) - self.unit_counts
        self.has_title = np.array([bool(clause.title) for clause in clauses], dtype=bool)
        self.units = [normal(unit) for clause in clauses for unit in clause.units]
        self.unit_bags = self._cosine_bags([bag(unit) for unit in self.units])
        self.cosine_bags = self._cosine_bags(counts)
        self.bm25_bags = self._bm25_bags(counts)

    @cached_property
    def unit_mass(self) -> Floats:
        """The whole weight of each unit's distinct grams."""
        return stretch_sum(self.idf[self.unit_bags.grams], self.unit_bags.lengths)

    @cached_property
    def unit_pairs(self) -> Bags:
        """The pairs of neighbours of each unit in their order; the last number of all cuts a run."""
        found = [[*bigrams(unit), ""] for unit in self.units]
        numbers = np.array([self.number.get(pair, -1) for pairs in found for pair in pairs], dtype=np.int64)
        numbers[numbers < 0] = len(self.number)
        return Bags(np.array([len(pairs) for pairs in found]), numbers, self.surprise[numbers])

    @cached_property
    def postings(self) -> Bags:
        """For every gram the clauses that hold it, with the weight it has there."""
        bags = self.bm25_bags
        clauses = np.repeat(np.arange(len(self.clauses)), bags.lengths)
        order = np.argsort(bags.grams, kind="stable")
        return Bags(np.bincount(bags.grams, minlength=len(self.number)), clauses[order], bags.weights[order])

    def query(self, counts: Counter[str]) -> Query:
        """A fragment of a plan, given as its bag of grams, as this rubric sees it."""
        known = {self.number[gram]: count for gram, count in counts.items() if gram in self.number}
        strange = [count for gram, count in counts.items() if gram not in self.number]
        numbers = np.fromiter(known, dtype=np.int64, count=len(known))
        times = np.fromiter(known.values(), dtype=np.float64, count=len(known))
        cosine = (1 + np.log(times)) * self.idf[numbers] if len(numbers) else np.zeros(0)
        outside = sum((1 + math.log(count)) ** 2 for count in strange) * float(self.idf[-1]) ** 2
        length = math.sqrt(float((cosine**2).sum()) + outside) or 1.0
        reach = math.sqrt(float(self.rarity[numbers].sum()) * (K1 + 1)) or 1.0
        return Query(numbers, np.minimum(times, MOST_TIMES) / reach, cosine / length)

    def _cosine_bags(self, counts: Sequence[Counter[str]]) -> Bags:
        lengths, numbers, times = self._flat(counts)
        weights = (1 + np.log(times)) * self.idf[numbers]
        norms = np.sqrt(stretch_sum(weights**2, lengths))
        return Bags(lengths, numbers, weights / np.repeat(np.maximum(norms, 1e-12), lengths))

    def _bm25_bags(self, counts: Sequence[Counter[str]]) -> Bags:
        lengths, numbers, times = self._flat(counts)
        sizes = stretch_sum(times, lengths)
        norms = np.repeat(K1 * (1 - B + B * sizes / max(float(sizes.mean()), 1.0)), lengths)
        return Bags(lengths, numbers, self.rarity[numbers] * times * (K1 + 1) / (times + norms))

    def _flat(self, counts: Sequence[Counter[str]]) -> tuple[Ints, Ints, Floats]:
        lengths = np.array([len(count) for count in counts], dtype=np.int64)
        numbers = np.array([self.number[gram] for count in counts for gram in count], dtype=np.int64)
        return lengths, numbers, np.array([n for count in counts for n in count.values()], dtype=np.float64)


def neighbours(index: ClauseIndex, item: Query) -> Ints:
    """The clauses that share most with an item, at most `NEIGHBOURS`, by the grams that few clauses hold.

    A gram of more clauses than that, or than a tenth of them, finds no neighbours: what looking costs is then bounded
    by the neighbours there are and not by the length of the rubric.
    """
    few = index.df[item.grams] <= max(NEIGHBOURS, len(index.clauses) // 10)
    telling, times = item.grams[few], item.bm25[few]
    places = index.postings.places(telling)
    weights = index.postings.weights[places] * np.repeat(times, index.postings.lengths[telling])
    shared = np.bincount(index.postings.grams[places], weights, minlength=len(index.clauses))
    return best_columns(np.asarray(shared, dtype=np.float64), NEIGHBOURS)
