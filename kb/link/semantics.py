"""Latent semantics of a plan and a rubric: fragments as vectors, learnt from these texts alone.

Statistics of other texts do harm: what a campaign's words mean is told by who stands beside whom in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.link.arrays import Floats, np, stretch_sum
from kb.link.vocabulary import Bags

DIMENSIONS = 100
MOST_FITTED = 800  # fragments that the space is learnt from: more change little
MOST_COMMON = 0.3  # a gram of more fragments than that tells nothing
LEAST = 2  # and one of a single fragment ties nothing together
TINY = 1e-12


def evenly(texts: Sequence[str]) -> Sequence[str]:
    """The texts that a space is learnt from: all, or of very many evenly spaced ones.

    >>> len(evenly(["质量"] * 801))
    401
    """
    return texts[:: max(1, -(-len(texts) // MOST_FITTED))]


class Space:
    """A space of meanings, learnt from fragments."""

    def __init__(self, learnt: Bags, size: int) -> None:
        count = len(learnt.lengths)
        df = np.bincount(learnt.grams, minlength=size)
        kept = (df >= LEAST) & (df <= max(LEAST, MOST_COMMON * count))
        self.idf = np.where(kept, np.log((1 + count) / (1 + df)) + 1, 0.0)
        self.place = np.where(kept, np.cumsum(kept), 0)  # 0 for all grams that tell nothing
        self.axes = self._axes(learnt, int(kept.sum()) + 1)

    def _axes(self, learnt: Bags, size: int) -> Floats:
        """The directions in which the fragments differ most: the small square matrix of their products is enough."""
        rows = np.zeros((len(learnt.lengths), size), dtype=np.float32)
        rows[learnt.owners, self.place[learnt.grams]] = self._weights(learnt)
        rows[:, 0] = 0.0
        values, vectors = np.linalg.eigh((rows @ rows.T).astype(np.float64))
        strong = np.argsort(-values)[:DIMENSIONS]
        strong = strong[values[strong] > 1e-6 * max(float(values.max(initial=0.0)), TINY)]
        return np.asarray(rows.T @ (vectors[:, strong] / np.sqrt(values[strong])), dtype=np.float32)

    def _weights(self, bags: Bags) -> Floats:
        weights = (1 + np.log(bags.weights)) * self.idf[bags.grams]
        lengths = np.sqrt(np.maximum(stretch_sum(weights**2, bags.lengths), TINY))
        return np.asarray(weights / lengths[bags.owners], dtype=np.float32)

    def vectors(self, bags: Bags) -> Floats:
        """Fragments as vectors of length 1; of length 0 where no gram is known."""
        parts = self.axes[self.place[bags.grams]]
        parts *= self._weights(bags)[:, None]
        result = stretch_sum(parts.T, bags.lengths).T
        norms = np.sqrt((result * result).sum(axis=1, keepdims=True))
        return np.asarray(result / np.maximum(norms, TINY))
