"""How a pair stands among the other pairs of its item and of its clause: what tells most of all features."""

from __future__ import annotations

from collections.abc import Sequence

from kb.link.arrays import Floats, Ints, np

RELATIVE = (
    "item_share",
    "clause_share",
    "item_rank",
    "clause_rank",
    "mutual_best",
    "margin",
    "item_best",
    "clause_best",
)
COMBINED = ("bm25_sentence", "lsa_sentence", "cosine_units")  # likeness by terms, by meaning, by fragments
TINY = 1e-12


def relative(items: Ints, clauses: Ints, own: Floats, names: Sequence[str]) -> Floats:
    """The features of `RELATIVE`, by the sum of three kinds of likeness, each in units of its spread."""
    if not len(items):
        return np.zeros((0, len(RELATIVE)))
    columns = [own[:, names.index(name)] for name in COMBINED]
    likeness = np.sum([column / max(float(column.std()), TINY) for column in columns], axis=0)
    item_rank, item_best, item_second = standing(items, likeness)
    clause_rank, clause_best, _ = standing(clauses, likeness)
    values = {
        "item_share": likeness / np.maximum(item_best, TINY),
        "clause_share": likeness / np.maximum(clause_best, TINY),
        "item_rank": -np.log(1.0 + item_rank),
        "clause_rank": -np.log(1.0 + clause_rank),
        "mutual_best": ((item_rank == 0) & (clause_rank == 0)).astype(np.float64),
        "margin": likeness - np.where(item_rank == 0, item_second, item_best),
        "item_best": item_best,
        "clause_best": clause_best,
    }
    return np.stack([values[name] for name in RELATIVE], axis=1)


def standing(groups: Ints, values: Floats) -> tuple[Ints, Floats, Floats]:
    """For each value its rank in its group, and the group's best and second value (0 without a second).

    >>> [part.tolist() for part in standing(np.array([0, 0, 1]), np.array([1.0, 3.0, 2.0]))]
    [[1, 0, 0], [3.0, 3.0, 2.0], [1.0, 1.0, 0.0]]
    """
    order = np.lexsort((-values, groups))
    counts = np.bincount(groups)
    starts = np.cumsum(counts) - counts
    rank = np.empty(len(groups), dtype=np.int64)
    rank[order] = np.arange(len(groups)) - np.repeat(starts, counts)
    ordered = np.append(values[order], 0.0)
    best = ordered[starts]
    second = np.where(counts > 1, ordered[np.minimum(starts + 1, len(groups))], 0.0)
    return rank, best[groups], second[groups]
