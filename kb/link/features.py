"""What speaks for a plan item and a clause belonging together: a number for each way in which they are alike.

Sentences of the item are held against the units and the whole of the clause; a feature takes the best of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.link.arrays import Floats, Ints, np, ranks, spread, stretch_max, stretch_sum
from kb.link.fragments import ClauseText, texts_of
from kb.link.index import ClauseIndex, Query, neighbours
from kb.link.relative import RELATIVE, relative
from kb.link.semantics import Space, evenly
from kb.link.vocabulary import Bag, Vocabulary, union

OWN = (
    *("bm25_sentence", "cosine_title", "cosine_condition", "cosine_whole", "cosine_units"),
    *("held_unit", "held_title", "held_in_item", "common_string"),
    *("lsa_sentence", "lsa_units", "lsa_whole", "sentence_share", "sentence_margin", "sentence_rank"),
)
FEATURES = (*OWN, *RELATIVE)
TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of neighbours of a plan and a rubric.

    `items` and `clauses` are positions, `values` has a column for each of `FEATURES`; `sentences` and `units` are the
    two fragments of each pair that are most alike, by their positions in item and clause.
    """

    items: Ints
    clauses: Ints
    values: Floats
    sentences: Ints
    units: Ints


class Comparison:
    """One plan against one rubric; what is learnt of the words is learnt from these two texts alone."""

    def __init__(self, items: Sequence[Sequence[str]], clauses: Sequence[ClauseText]) -> None:
        self.items = items
        learnt = evenly(texts_of(items, clauses))
        vocabulary = Vocabulary([*(clause.whole for clause in clauses), *learnt])
        self.vocabulary = vocabulary
        self.index = ClauseIndex(clauses, vocabulary)
        self.space = Space(vocabulary.bags(learnt), vocabulary.cut + 1)
        self.unit_vectors = self.space.vectors(vocabulary.bags(self.index.units))
        self.whole_vectors = self.space.vectors(self.index.wholes)
        self.row = np.zeros(vocabulary.cut + 1)  # room for a fragment over all grams, wiped after use

    def pairs(self) -> Pairs:
        """Every item with its neighbours."""
        found = [self._of_item(number, item) for number, item in enumerate(self.items)]
        items, clauses, own, sentences, units = (np.concatenate(parts) for parts in zip(*found, strict=True))
        values = np.hstack([own, relative(items, clauses, own, OWN)]).astype(np.float32)
        return Pairs(items, clauses, values, sentences, units)

    def _of_item(self, number: int, item: Sequence[str]) -> tuple[Ints, Ints, Floats, Ints, Ints]:
        bags = self.vocabulary.bags(item)
        bags.append(union(bags))
        queries = [self.index.query(bag) for bag in bags]
        near = neighbours(self.index, queries[-1])
        if not len(near):
            return near, near, np.zeros((0, len(OWN)), dtype=np.float32), near, near
        item_values = _ItemValues(self, bags, queries, near)
        columns = item_values.columns()
        own = np.stack([columns[name] for name in OWN], axis=1).astype(np.float32)
        return np.full(len(near), number), near, own, item_values.best_sentences, item_values.best_units


class _ItemValues:
    """The features of one item with each of its neighbours; the item's last row is the whole of it."""

    def __init__(self, comparison: Comparison, bags: Sequence[Bag], queries: Sequence[Query], near: Ints) -> None:
        self.comparison, self.index, self.near = comparison, comparison.index, near
        self.bags, self.queries = bags, queries
        self.counts = self.index.unit_counts[near]
        self.units = spread(self.index.first_units[near], self.counts)
        self.firsts = np.cumsum(self.counts) - self.counts
        self.titled = self.index.has_title[near]
        self.best_sentences = self.best_units = np.zeros(len(near), dtype=np.int64)

    def columns(self) -> dict[str, Floats]:
        """Every feature of `OWN`, one value a neighbour."""
        return self._terms() | self._grams() | self._latent()

    def _terms(self) -> dict[str, Floats]:
        """Sentences and item against whole clauses, and how each sentence divides itself among the clauses."""
        bags, whole = self.index.bm25_bags, self.index.cosine_bags  # the same grams in the same places
        places, lengths = bags.places(self.near), bags.lengths[self.near]
        grams = bags.grams[places]
        found = stretch_sum(self._gathered(self.queries[:-1], "bm25", grams) * bags.weights[places], lengths)
        alike = stretch_sum(self._gathered(self.queries[-1:], "cosine", grams) * whole.weights[places], lengths)
        ordered = np.sort(found, axis=1)
        best = np.maximum(ordered[:, -1:], TINY)
        second = ordered[:, -2:-1] if found.shape[1] > 1 else np.zeros_like(best)
        better = ranks(found).min(axis=0)
        return {
            "cosine_whole": alike[0],
            "bm25_sentence": found.max(axis=0),
            "sentence_share": (found / best).max(axis=0),
            "sentence_margin": (found - np.where(found >= best, second, best)).max(axis=0),
            "sentence_rank": -np.log(1 + better),
        }

    def _grams(self) -> dict[str, Floats]:
        """Cosine and containment by units, and the longest run of shared pairs."""
        bags = self.index.unit_bags
        places, lengths = bags.places(self.units), bags.lengths[self.units]
        shared = self._gathered(self.queries, "cosine", bags.grams[places])
        by_sentence = stretch_sum(shared[:-1] * bags.weights[places], lengths)
        cosine = by_sentence.max(axis=0)
        self._keep_fragments(by_sentence, cosine)
        mass = np.maximum(self.index.unit_mass[self.units], TINY)
        held = stretch_sum((shared > 0) * self.index.idf[bags.grams[places]], lengths) / mass
        title, conditions = self._title_and_conditions(cosine)
        return {
            "cosine_title": title,
            "cosine_condition": conditions,
            "cosine_units": discounted(cosine, self.counts),
            "held_unit": stretch_max(held[:-1].max(axis=0), self.counts),
            "held_title": self._title_and_conditions(held[:-1].max(axis=0))[0],
            "held_in_item": stretch_max(held[-1], self.counts),
            "common_string": self._common_string(),
        }

    def _keep_fragments(self, by_sentence: Floats, by_unit: Floats) -> None:
        """The most alike sentence and unit of each neighbour."""
        groups = np.repeat(np.arange(len(self.near)), self.counts)
        best = np.lexsort((-by_unit, groups))[self.firsts]
        self.best_units = best - self.firsts
        self.best_sentences = by_sentence[:, best].argmax(axis=0)

    def _latent(self) -> dict[str, Floats]:
        """The same by meaning."""
        comparison = self.comparison
        vectors = comparison.space.vectors(self.bags)
        by_unit = (vectors[:-1] @ comparison.unit_vectors[self.units].T).max(axis=0)
        by_whole = vectors @ comparison.whole_vectors[self.near].T
        return {
            "lsa_sentence": by_whole[:-1].max(axis=0),
            "lsa_units": discounted(by_unit, self.counts),
            "lsa_whole": by_whole[-1],
        }

    def _title_and_conditions(self, by_unit: Floats) -> tuple[Floats, Floats]:
        """The values of the titles, 0 where there is none, and the best of the other units."""
        rest = by_unit.copy()
        rest[self.firsts[self.titled]] = 0
        return np.where(self.titled, by_unit[self.firsts], 0.0), stretch_max(rest, self.counts)

    def _common_string(self) -> Floats:
        """The heaviest run of pairs of a unit that the item has too: close to the longest common string."""
        pairs = self.index.unit_pairs
        places = pairs.places(self.units)
        shared = self._gathered(self.queries[-1:], "cosine", pairs.grams[places])[0] > 0
        total = np.cumsum(np.where(shared, pairs.weights[places], 0.0))
        runs = total - np.maximum.accumulate(np.where(shared, 0.0, total))
        return stretch_max(runs, np.add.reduceat(pairs.lengths[self.units], self.firsts))

    def _gathered(self, queries: Sequence[Query], weight: Literal["bm25", "cosine"], grams: Ints) -> Floats:
        """The weights that each fragment has at these grams."""
        result = np.empty((len(queries), len(grams)))
        row = self.comparison.row
        for target, query in zip(result, queries, strict=True):
            row[query.grams] = getattr(query, weight)
            np.take(row, grams, out=target, mode="clip")  # clip: the numbers are good, and numpy need not look
            row[query.grams] = 0.0
        return result


def discounted(values: Floats, counts: Ints) -> Floats:
    """For each stretch its best value, half its second, a quarter of its third …

    >>> discounted(np.array([0.5, 1.0, 0.2]), np.array([2, 1])).tolist()
    [1.25, 0.2]
    """
    groups = np.repeat(np.arange(len(counts)), counts)
    order = np.lexsort((-values, groups))
    place = np.arange(len(values)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.asarray(np.bincount(groups, values[order] * 0.5**place, minlength=len(counts)), dtype=np.float64)
