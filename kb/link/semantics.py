"""Latent semantics of a plan and a rubric: fragments as vectors, learnt from these texts alone.

Statistics of other texts do harm: what a campaign's words mean is told by who stands beside whom in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kb.link.arrays import Floats, np
from kb.link.fragments import bag

DIMENSIONS = 100
MOST_FITTED = 800  # fragments that the space is learnt from: more change little
MOST_COMMON = 0.3  # a gram of more fragments than that tells nothing
LEAST = 2  # and one of a single fragment ties nothing together


class Space:
    """The space of one plan and one rubric, learnt from their fragments or, of very many, from evenly spaced ones."""

    def __init__(self, texts: Sequence[str]) -> None:
        step = max(1, -(-len(texts) // MOST_FITTED))
        counts = [bag(text) for text in texts[::step]]
        df = Counter(gram for count in counts for gram in count)
        kept = [gram for gram, n in df.items() if LEAST <= n <= max(LEAST, MOST_COMMON * len(counts))]
        self.number = {gram: n for n, gram in enumerate(kept)}
        self.idf = np.array([np.log((1 + len(counts)) / (1 + df[gram])) + 1 for gram in kept])
        self.axes = self._axes(counts)

    def _axes(self, counts: Sequence[Counter[str]]) -> Floats:
        """The directions in which the fragments differ most: the small square matrix of their products is enough."""
        if not self.number or not counts:
            return np.zeros((len(self.number), 1), dtype=np.float32)
        rows = np.stack([self._row(count) for count in counts])
        values, vectors = np.linalg.eigh((rows @ rows.T).astype(np.float64))
        strong = np.argsort(-values)[:DIMENSIONS]
        strong = strong[values[strong] > 1e-6 * max(float(values.max()), 1e-12)]
        return np.asarray(rows.T @ (vectors[:, strong] / np.sqrt(values[strong])), dtype=np.float32)

    def _row(self, count: Counter[str]) -> Floats:
        row = np.zeros(len(self.number), dtype=np.float32)
        numbers, weights = self._weights(count)
        row[numbers] = weights
        return row

    def _weights(self, count: Counter[str]) -> tuple[list[int], Floats]:
        known = {self.number[gram]: n for gram, n in count.items() if gram in self.number}
        numbers = list(known)
        weights = (1 + np.log(np.array(list(known.values()), dtype=np.float64))) * self.idf[numbers]
        return numbers, weights / max(float(np.sqrt((weights**2).sum())), 1e-12)

    def vectors(self, bags: Sequence[Counter[str]]) -> Floats:
        """Fragments, given as bags of grams, as vectors of length 1; of length 0 where no gram is known."""
        result = np.zeros((len(bags), self.axes.shape[1]), dtype=np.float32)
        for n, count in enumerate(bags):
            numbers, weights = self._weights(count)
            if numbers:
                result[n] = weights.astype(np.float32) @ self.axes[numbers]
        norms = np.sqrt((result**2).sum(axis=1, keepdims=True))
        return np.asarray(result / np.maximum(norms, 1e-12))
