"""Which pairs are claimed: so many of the likeliest that the expected F1 is greatest.  No item must have a clause."""

from __future__ import annotations

from kb.link.arrays import Bools, Floats, Ints, np

# an item's best clause is claimed from this share of the cut on: who reads a plan asks first what an item is there for;
# chosen on one annotated plan, bench/README.md says at what price
BEST_OF_ITEM = 0.8


def claimed(items: Ints, probabilities: Floats) -> Bools:
    """For each pair whether it is claimed.

    >>> claimed(np.array([0, 0, 1, 2]), np.array([0.9, 0.5, 0.4, 0.02])).tolist()
    [True, True, True, False]
    """
    cut = expected_f1_cut(probabilities)
    best = np.zeros(len(items), dtype=bool)
    order = np.lexsort((-probabilities, items))
    best[order[np.append(True, np.diff(items[order]) != 0)[: len(order)]]] = True
    return np.asarray((probabilities >= cut) | (best & (probabilities >= BEST_OF_ITEM * cut)))


def expected_f1_cut(probabilities: Floats) -> float:
    """The probability down to which claiming raises the expected F1, 2 · right / (claimed + true).

    >>> round(expected_f1_cut(np.array([0.9, 0.8, 0.1, 0.1])), 2), expected_f1_cut(np.array([]))
    (0.8, 1.0)
    """
    if not len(probabilities):
        return 1.0
    ordered = -np.sort(-probabilities)
    expected = 2 * np.cumsum(ordered) / (np.arange(1, len(ordered) + 1) + ordered.sum())
    return float(ordered[int(expected.argmax())])
