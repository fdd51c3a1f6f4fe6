"""One cell of points over several rows that are judged → the label or merged ordinal that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from extract.families.clause_groups import Group, clause_points
from extract.families.judged_columns import leaf_column
from extract.layout import Grid
from extract.records import Passage


def points_of_wholes(grid: Grid, groups: Sequence[Group]) -> tuple[list[Group], dict[int, float]]:
    """The groups, those below one cell of points marked, and the points by the passage of what they are printed for.

    What they are printed for covers the same rows as the points: a label, or else the ordinal of several parts.
    """
    columns = grid.columns("points")[:1]
    kept: list[Group] = []
    found: dict[int, float] = {}
    for cell, run in groupby(groups, key=lambda group: [group.rows[0][column].passage for column in columns]):
        below = list(run)
        points = clause_points(grid, below[0])
        whole = _whole(grid, below, groups) if len(below) > 1 and any(cell) and points is not None else None
        if whole is not None and points is not None:
            found[whole.ordinal] = points
        kept += [replace(group, points_above=whole is not None) for group in below]
    return kept, found


def _whole(grid: Grid, below: Sequence[Group], groups: Sequence[Group]) -> Passage | None:
    """The cell that covers these groups and no others: the nearest label, else the ordinal."""
    leaf = leaf_column(grid)
    labels = [column for column in grid.columns("label", "clause") if column < leaf]
    for column in [*reversed(labels), *grid.columns("ordinal")]:
        covering = below[0].rows[0][column].passage
        covered = [group for group in groups if group.rows[0][column].passage is covering]
        if covering is not None and len(covered) == len(below) and covered[0] is below[0]:
            return covering
    return None
