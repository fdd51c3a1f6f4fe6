"""The one door to numpy: its types, and the few operations on stretches of an array that linking is made of."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Bools",
    "Floats",
    "Ints",
    "best_columns",
    "counted",
    "np",
    "ranks",
    "spread",
    "stretch_max",
    "stretch_sum",
]

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]


def spread(starts: Ints, lengths: Ints) -> Ints:
    """The indexes of several stretches one behind the other.

    >>> spread(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = lengths.cumsum()
    steps = np.repeat(starts - np.concatenate(([0], ends[:-1])), lengths)
    return np.asarray(steps + np.arange(ends[-1] if len(ends) else 0))


def stretch_sum(values: Floats, lengths: Ints) -> Floats:
    """Sums over neighbouring stretches of the last axis; an empty stretch sums to 0.

    >>> stretch_sum(np.array([1.0, 2, 4]), np.array([2, 0, 1])).tolist()
    [3.0, 0.0, 4.0]
    """
    return _stretches(np.add, values, lengths)


def stretch_max(values: Floats, lengths: Ints) -> Floats:
    """Greatest values over neighbouring stretches of the last axis; an empty stretch gives 0.

    >>> stretch_max(np.array([1.0, 2, 4]), np.array([2, 0, 1])).tolist()
    [2.0, 0.0, 4.0]
    """
    return _stretches(np.maximum, values, lengths)


def _stretches(operation: np.ufunc, values: Floats, lengths: Ints) -> Floats:
    filled = lengths > 0
    if len(lengths) and filled.all():
        return np.asarray(operation.reduceat(values, lengths.cumsum() - lengths, axis=-1))
    result = np.zeros((*values.shape[:-1], len(lengths)), dtype=values.dtype)
    if filled.any():
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))[filled]
        result[..., filled] = operation.reduceat(values, starts, axis=-1)
    return result


def counted(numbers: Ints) -> tuple[Ints, Ints]:
    """The distinct numbers in ascending order and how often each occurs (as `np.unique`, for short arrays faster).

    >>> [part.tolist() for part in counted(np.array([5, 2, 5]))]
    [[2, 5], [1, 2]]
    """
    ordered = np.sort(numbers)
    size = len(ordered)
    is_first = np.ones(size + 1, dtype=bool)  # the end closes the last run
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:size])
    edges = is_first.nonzero()[0]
    return ordered[edges[:-1]], edges[1:] - edges[:-1]


def ranks(values: Floats) -> tuple[Ints, Ints]:
    """The places of each row's values from the greatest down, and the rank of each; of equals the first is better.

    >>> [part.tolist() for part in ranks(np.array([[0.1, 0.9, 0.5]]))]
    [[[1, 2, 0]], [[2, 0, 1]]]
    """
    order = (-values).argsort(axis=1, kind="stable")
    rank = np.empty_like(order)
    rank[np.arange(len(order))[:, None], order] = np.arange(order.shape[1])
    return order, rank


def best_columns(values: Floats, most: int) -> Ints:
    """The columns of the greatest values above 0, at most so many, in ascending order.

    >>> best_columns(np.array([0.0, 3, 1, 2]), 2).tolist()
    [1, 3]
    """
    found = np.flatnonzero(values > 0)
    if len(found) > most:
        found = found[np.argpartition(-values[found], most)[:most]]
    return np.sort(found)
