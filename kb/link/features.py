"""What speaks for a plan item and a clause belonging together: a number for each way in which they are alike.

Sentences of the item are held against the units and the whole of the clause; a feature takes the best of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.link.arrays import Floats, Ints, np, ranks, spread, stretch_max, stretch_sum
from kb.link.fragments import ClauseText, texts_of
from kb.link.index import ClauseIndex, neighbours
from kb.link.relative import RELATIVE, relative
from kb.link.semantics import Space, evenly
from kb.link.vocabulary import Bags, Counts, Vocabulary

OWN = (
    *("bm25_sentence", "cosine_title", "cosine_condition", "cosine_whole", "cosine_units"),
    *("held_unit", "held_title", "held_in_item", "common_string"),
    *("lsa_sentence", "lsa_units", "lsa_whole", "sentence_share", "sentence_margin", "sentence_rank"),
)
FEATURES = (*OWN, *RELATIVE)
TINY = 1e-12
AT_ONCE = 500  # items whose fragments are weighed together


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
        self.space = Space(vocabulary.count(learnt).bags, vocabulary.cut + 1)
        self.unit_vectors = self.space.vectors(self.index.unit_grams.bags)
        self.whole_vectors = self.space.vectors(self.index.wholes.bags)
        self.row = np.zeros(vocabulary.cut + 1)  # room for a fragment over all grams, wiped after use

    def pairs(self) -> Pairs:
        """Every item with its neighbours."""
        found = [
            part
            for start in range(0, len(self.items), AT_ONCE)
            for part in self._some(start, self.items[start : start + AT_ONCE])
        ]
        items, clauses, own, sentences, units = (np.concatenate(parts) for parts in zip(*found, strict=True))
        values = np.hstack([own, relative(items, clauses, own, OWN)]).astype(np.float32)
        return Pairs(items, clauses, values, sentences, units)

    def _some(self, start: int, items: Sequence[Sequence[str]]) -> Iterator[tuple[Ints, Ints, Floats, Ints, Ints]]:
        """Some items with their neighbours: position, clauses, features, best sentences, best units."""
        sentences, wholes = (_Seen(self, counts) for counts in self.vocabulary.count_groups(items))
        first = 0
        for number, item in enumerate(items):
            near = neighbours(self.index, wholes.queries, number)
            fragments = range(first, first + len(item))
            first += len(item)
            if not len(near):
                yield near, near, np.zeros((0, len(OWN)), dtype=np.float32), near, near
                continue
            item_values = _ItemValues(self, sentences, fragments, wholes, number, near)
            columns = item_values.columns()
            own = np.stack([columns[name] for name in OWN], axis=1).astype(np.float32)
            place = np.full(len(near), start + number)
            yield place, near, own, item_values.best_sentences, item_values.best_units


class _Seen:
    """Fragments of a plan as the rubric sees them: by their grams and by their meaning."""

    def __init__(self, comparison: Comparison, counts: Counts) -> None:
        self.queries = comparison.index.queries(counts)
        self.vectors = comparison.space.vectors(counts.bags)


class _ItemValues:
    """The features of one item with each of its neighbours."""

    def __init__(
        self, comparison: Comparison, sentences: _Seen, own: range, wholes: _Seen, number: int, near: Ints
    ) -> None:
        self.comparison, self.index, self.near = comparison, comparison.index, near
        self.sentences, self.own, self.wholes, self.number = sentences, own, wholes, number
        self.counts = self.index.unit_counts[near]
        self.units = spread(self.index.first_units[near], self.counts)
        self.firsts = self.counts.cumsum() - self.counts
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
        said = self._gathered(self.sentences.queries.bm25, self.own, grams) * bags.weights[places]
        same = self._gathered(self.wholes.queries.cosine, [self.number], grams) * whole.weights[places]
        sums = stretch_sum(np.vstack([said, same]), lengths)
        found, alike = sums[:-1], sums[-1]
        order, better = ranks(found)
        best = np.maximum(np.take_along_axis(found, order[:, :1], axis=1), TINY)
        second = np.take_along_axis(found, order[:, 1:2], axis=1) if found.shape[1] > 1 else np.zeros_like(best)
        return {
            "cosine_whole": alike,
            "bm25_sentence": found.max(axis=0),
            "sentence_share": (found / best).max(axis=0),
            "sentence_margin": (found - np.where(found >= best, second, best)).max(axis=0),
            "sentence_rank": -np.log(1 + better.min(axis=0)),
        }

    def _grams(self) -> dict[str, Floats]:
        """Cosine and containment by units, and the longest run of shared pairs."""
        bags = self.index.unit_bags
        places, lengths = bags.places(self.units), bags.lengths[self.units]
        grams = bags.grams[places]
        shared = self._gathered(self.sentences.queries.cosine, self.own, grams)
        whole = self._gathered(self.wholes.queries.cosine, [self.number], grams)
        rarity = self.index.idf[grams]
        summed = stretch_sum(
            np.vstack([shared * bags.weights[places], (shared > 0) * rarity, (whole > 0) * rarity]), lengths
        )
        by_sentence, rare, in_item = summed[: len(shared)], summed[len(shared) : -1], summed[-1]
        cosine = by_sentence.max(axis=0)
        self._keep_fragments(by_sentence, cosine)
        mass = np.maximum(self.index.unit_mass[self.units], TINY)
        held = (rare / mass).max(axis=0)
        title, conditions = self._title_and_conditions(cosine)
        return {
            "cosine_title": title,
            "cosine_condition": conditions,
            "cosine_units": discounted(cosine, self.counts),
            "held_unit": stretch_max(held, self.counts),
            "held_title": self._title_and_conditions(held)[0],
            "held_in_item": stretch_max(in_item / mass, self.counts),
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
        vectors = self.sentences.vectors[self.own.start : self.own.stop]
        wholes = comparison.whole_vectors[self.near].T
        return {
            "lsa_sentence": (vectors @ wholes).max(axis=0),
            "lsa_units": discounted((vectors @ comparison.unit_vectors[self.units].T).max(axis=0), self.counts),
            "lsa_whole": self.wholes.vectors[self.number] @ wholes,
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
        shared = self._gathered(self.wholes.queries.cosine, [self.number], pairs.grams[places])[0] > 0
        total = (shared * pairs.weights[places]).cumsum()
        runs = total - np.maximum.accumulate(np.where(shared, 0.0, total))
        return stretch_max(runs, np.add.reduceat(pairs.lengths[self.units], self.firsts))

    def _gathered(self, bags: Bags, chosen: Sequence[int], grams: Ints) -> Floats:
        """The weights that each of the chosen fragments has at these grams."""
        result = np.empty((len(chosen), len(grams)))
        row = self.comparison.row
        for target, number in zip(result, chosen, strict=True):
            start = bags.starts[number]
            own = bags.grams[start : start + bags.lengths[number]]
            row[own] = bags.weights[start : start + bags.lengths[number]]
            row.take(grams, out=target, mode="clip")  # clip: the numbers are good, and numpy need not look
            row[own] = 0.0
        return result


def discounted(values: Floats, counts: Ints) -> Floats:
    """For each stretch its best value, half its second, a quarter of its third …

    >>> discounted(np.array([0.5, 1.0, 0.2]), np.array([2, 1])).tolist()
    [1.25, 0.2]
    """
    groups = np.repeat(np.arange(len(counts)), counts)
    order = np.lexsort((-values, groups))
    place = np.arange(len(values)) - np.repeat(counts.cumsum() - counts, counts)
    return np.asarray(np.bincount(groups, values[order] * 0.5**place, minlength=len(counts)), dtype=np.float64)
