"""Which columns of a scored table say what is judged, and which what is asked of it."""

from __future__ import annotations

import re

from extract.layout import Grid
from extract.numbers import chinese_ordinal
from extract.text import squeezed

LEVEL = re.compile("([一二三四五六])级")
OWN = 0.9  # of the rows that give points have a cell of their own where one thing is judged in each


def leaf_column(grid: Grid) -> int:
    """The column of what is judged: the first clause column with a cell of its own in every row that gives points.

    Where all are merged down it is the last one, without clause columns the last label.
    """
    # what stands left of the running number groups what is judged
    ordinal = min(grid.columns("ordinal"), default=-1)
    columns = [column for column in grid.columns("clause") if column > ordinal] or grid.columns("clause")
    levels = {column: level_of(grid, column) for column in columns}
    deepest = max((level for level in levels.values() if level), default=None)
    columns = [column for column in columns if levels[column] in (None, deepest)]
    giving = grid.columns("points", "scoring")
    judged = sum(1 for row in grid.rows if any(row[column].text for column in giving)) or len(grid.rows)
    for column in columns:
        if sum(1 for row in grid.rows if row[column].text) >= OWN * judged:
            return column
    return (columns or grid.columns("label"))[-1]


def level_of(grid: Grid, column: int) -> int | None:
    """The level that a header names: 3 for 三级指标."""
    match = LEVEL.search(squeezed(grid.header[column])) if grid.header else None
    return chinese_ordinal(match[1]) if match else None


def requirement_columns(grid: Grid) -> list[int]:
    """The columns that say what is asked of what is judged: requirements, and contents right of its name."""
    leaf = leaf_column(grid)
    return sorted({*grid.columns("requirement"), *(column for column in grid.columns("clause") if column > leaf)})
