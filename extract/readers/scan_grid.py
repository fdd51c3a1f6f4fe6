"""Ruled lines of a page → its tables: crossings, rows and columns, and which cells no rule parts.

rules → groups that cross → lines of the grid → cells.  A frame of a single column is a box around text and no table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.readers.scan_ink import Rule

NEAR = 12  # pixels at 200 dpi by which rules may miss each other
PARTING = 0.6  # of a cell's side that a rule must cover to part it from the next
SMALLEST = 18  # pixels: a row or column narrower than a letter is a double rule
NARROWEST = 250  # pixels: the strokes of one large letter cross too


@dataclass(frozen=True, slots=True)
class GridArea:
    """A ruled table: positions of its vertical and horizontal lines, and for every slot the slot its cell begins in."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    begins: dict[tuple[int, int], tuple[int, int]]

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom in pixels."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def rules(self, across: Sequence[Rule], down: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
        """The rules that draw this table; strokes of letters are none."""
        x0, top, x1, bottom = self.bbox
        return (
            [rule for rule in across if _near(rule.at, self.ys) and rule.end > x0 - NEAR and rule.start < x1 + NEAR],
            [rule for rule in down if _near(rule.at, self.xs) and rule.end > top - NEAR and rule.start < bottom + NEAR],
        )

    def slot(self, x: float, y: float) -> tuple[int, int] | None:
        """The first slot (row, column) of the cell that a point lies in; `None` outside the table."""
        row = next((i for i in range(len(self.ys) - 1) if self.ys[i] <= y < self.ys[i + 1]), None)
        column = next((i for i in range(len(self.xs) - 1) if self.xs[i] <= x < self.xs[i + 1]), None)
        return None if row is None or column is None else self.begins[row, column]

    def cell_box(self, slot: tuple[int, int]) -> tuple[float, float, float, float]:
        """The rectangle of the cell that begins in a slot."""
        slots = [at for at, begin in self.begins.items() if begin == slot]
        bottom, right = max(row for row, _ in slots), max(column for _, column in slots)
        return self.xs[slot[1]], self.ys[slot[0]], self.xs[right + 1], self.ys[bottom + 1]


def grids(across: Sequence[Rule], down: Sequence[Rule]) -> list[GridArea]:
    """The ruled tables of a page from top to bottom; frames of one column are left out."""
    found = [_grid(*group) for group in _groups(across, down) if min(map(len, group)) >= 2]
    tables = [g for g in found if len(g.xs) > 2 and len(g.ys) > 1 and g.xs[-1] - g.xs[0] >= NARROWEST]
    return sorted(tables, key=lambda grid: grid.ys[0])


def _groups(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together by crossing or touching."""
    left_across, left_down = list(across), list(down)
    while left_across:
        group: tuple[list[Rule], list[Rule]] = ([left_across.pop()], [])
        grown = True
        while grown:
            more_down = [rule for rule in left_down if any(_cross(other, rule) for other in group[0])]
            left_down = [rule for rule in left_down if rule not in more_down]
            group[1].extend(more_down)
            more_across = [rule for rule in left_across if any(_cross(rule, other) for other in more_down)]
            left_across = [rule for rule in left_across if rule not in more_across]
            group[0].extend(more_across)
            grown = bool(more_across)
        yield group


def _near(at: float, positions: Sequence[float]) -> bool:
    return any(abs(at - position) < NEAR for position in positions)


def _cross(across: Rule, down: Rule) -> bool:
    return across.start - NEAR <= down.at <= across.end + NEAR and down.start - NEAR <= across.at <= down.end + NEAR


def _grid(across: list[Rule], down: list[Rule]) -> GridArea:
    xs, ys = _positions([rule.at for rule in down]), _positions([rule.at for rule in across])
    begins = {(row, column): (row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}
    for row, column in sorted(begins):
        above, before = (row - 1, column), (row, column - 1)
        if row and not _parted(across, ys[row], xs[column], xs[column + 1]):
            _merge(begins, above, (row, column))
        if column and not _parted(down, xs[column], ys[row], ys[row + 1]):
            _merge(begins, before, (row, column))
    return GridArea(tuple(xs), tuple(ys), begins)


def _merge(begins: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    first, second = sorted((begins[one], begins[other]))
    for slot, begin in begins.items():
        if begin == second:
            begins[slot] = first


def _positions(found: list[float]) -> list[float]:
    """Positions of the lines of a grid: rules nearer than a letter are one line."""
    groups: list[list[float]] = []
    for at in sorted(found):
        if groups and at - groups[-1][-1] < SMALLEST:
            groups[-1].append(at)
        else:
            groups.append([at])
    return [sum(group) / len(group) for group in groups]


def _parted(rules: list[Rule], at: float, start: float, end: float) -> bool:
    """Whether rules near a line of the grid cover most of one side of a cell."""
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) < SMALLEST
    )
    return covered >= PARTING * (end - start)
