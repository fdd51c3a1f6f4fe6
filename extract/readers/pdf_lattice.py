"""Edges → tables as grids of cells, after pdfplumber's rules: snap, join, crossings, smallest cells, tables.

The result equals pdfplumber's `TableFinder` with its default settings; a search stops at the first crossing that
shares no rule with its corner, which changes nothing and takes a third of the time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from extract.readers.pdf_objects import Edge

TOLERANCE = 3.0  # points: snap, join and crossing
SHORTEST_BEFORE, SHORTEST = 1.0, 3.0
NARROWEST = 10.0  # of a column whose outer rule is missing
# A page with more crossings, or more steps to its cells, is a drawing: no table is looked for on it
MOST_CROSSINGS, MOST_STEPS = 60_000, 5_000_000

BBox = tuple[float, float, float, float]
Rule = tuple[float, float, float]  # position across, start and end along
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Lattice:
    """A table found: rows of cell boxes (x0, top, x1, bottom), `None` where a cell is merged away."""

    rows: tuple[tuple[BBox | None, ...], ...]

    @property
    def cells(self) -> list[BBox]:
        return [cell for row in self.rows for cell in row if cell is not None]

    @property
    def bbox(self) -> BBox:
        x0, top, x1, bottom = zip(*self.cells, strict=True)
        return min(x0), min(top), max(x1), max(bottom)


def lattices(edges: Iterable[Edge], close_sides: bool = False) -> list[Lattice]:
    """The tables that the edges make, from the top; tables of one cell are none.

    With `close_sides` a table printed without its outer upright rules gets them at the ends of its level ones.

    >>> box = lambda x0, x1: [Edge(True, x0, y, x1, y) for y in (0, 20)] + [Edge(False, x, 0, x, 20) for x in (x0, x1)]
    >>> [table.rows for table in lattices(box(0, 50) + box(50, 90))]
    [(((0.0, 0.0, 50.0, 20.0), (50.0, 0.0, 90.0, 20.0)),)]
    """
    edges = list(edges)
    upright = merged((e.x0, e.top, e.bottom) for e in edges if not e.level and e.bottom - e.top >= SHORTEST_BEFORE)
    level = merged((e.top, e.x0, e.x1) for e in edges if e.level and e.x1 - e.x0 >= SHORTEST_BEFORE)
    if close_sides:
        upright = sorted(upright + list(open_sides(upright, level)))
    points = _crossings(upright, level)
    cells = _cells(points) if points is not None else None
    return [Lattice(_rows(table)) for table in _tables(cells)] if cells else []


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules within the tolerance of each other put on one line, pieces of one line joined, short ones dropped.

    >>> merged([(10, 0, 50), (12, 52, 90), (40, 0, 2)])
    [(11.0, 0, 90)]
    """
    groups: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for group in _chained(sorted(rules, key=itemgetter(0))):
        at = sum(map(itemgetter(0), group)) / len(group)
        groups[at] += [(start, end) for _, start, end in group]
    return [(at, start, end) for at in sorted(groups) for start, end in _joined(groups[at]) if end - start >= SHORTEST]


def _chained(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    group: list[Rule] = []
    for rule in rules:
        if group and rule[0] > group[-1][0] + TOLERANCE:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _joined(pieces: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(pieces, key=itemgetter(0)):
        if joined and start <= joined[-1][1] + TOLERANCE:
            if end > joined[-1][1]:
                joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


# a crossing → the upright and the level rules that meet there
Crossings = dict[Point, tuple[set[int], set[int]]]


def _crossings(upright: list[Rule], level: list[Rule]) -> Crossings | None:
    """Where rules meet; `None` where there are too many to be a table."""
    tops = [rule[0] for rule in level]
    points: Crossings = {}
    steps = 0
    for i, (x, top, bottom) in enumerate(upright):
        first, last = bisect_left(tops, top - TOLERANCE - 1), bisect_right(tops, bottom + TOLERANCE + 1)
        steps += last - first
        if len(points) > MOST_CROSSINGS or steps > MOST_STEPS:
            return None
        for j in range(first, last):
            y, x0, x1 = level[j]
            if top <= y + TOLERANCE and bottom >= y - TOLERANCE and x0 - TOLERANCE <= x <= x1 + TOLERANCE:
                met = points.setdefault((x, y), (set(), set()))
                met[0].add(i)
                met[1].add(j)
    return points


def _cells(points: Crossings) -> list[BBox] | None:
    """The smallest cell right and below of every crossing that has one; `None` where the search takes too long."""
    below: dict[float, list[float]] = defaultdict(list)
    right: dict[float, list[float]] = defaultdict(list)
    ordered = sorted(points)
    for x, y in ordered:
        below[x].append(y)
        right[y].append(x)
    cells: list[BBox] = []
    steps = 0
    for point in ordered:
        bottoms = _reached(points, point, 1, below[point[0]])
        rights = _reached(points, point, 0, right[point[1]])
        steps += len(bottoms) * len(rights)
        if steps > MOST_STEPS:
            return None
        if (cell := _smallest(points, point, bottoms, rights)) is not None:
            cells.append(cell)
    return cells


def _reached(points: Crossings, point: Point, axis: int, along: list[float]) -> list[float]:
    """The crossings after a point on its column (axis 1) or row (axis 0) that share a rule with it."""
    rules = points[point][1 - axis]
    reached: list[float] = []
    for at in along[bisect_right(along, point[axis]) :]:
        there = (point[0], at) if axis else (at, point[1])
        if rules.isdisjoint(points[there][1 - axis]):
            break
        reached.append(at)
    return reached


def _smallest(points: Crossings, point: Point, bottoms: list[float], rights: list[float]) -> BBox | None:
    x, y = point
    for bottom in bottoms:
        for x1 in rights:
            if _closes(points, (x, bottom), (x1, y)):
                return (x, y, x1, bottom)
    return None


def _closes(points: Crossings, below: Point, right: Point) -> bool:
    corner = points.get((right[0], below[1]))
    if corner is None:
        return False
    return not corner[0].isdisjoint(points[right][0]) and not corner[1].isdisjoint(points[below][1])


def _tables(cells: list[BBox]) -> list[list[BBox]]:
    """Cells that share a corner, directly or over others, are one table."""
    parent = list(range(len(cells)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    owner: dict[Point, int] = {}
    for i, (x0, top, x1, bottom) in enumerate(cells):
        for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
            parent[root(i)] = root(owner.setdefault(corner, i))
    tables: dict[int, list[BBox]] = defaultdict(list)
    for i, cell in enumerate(cells):
        tables[root(i)].append(cell)
    large = [table for table in tables.values() if len(table) > 1]
    return sorted(large, key=lambda table: min((top, x0) for x0, top, _, _ in table))


def _rows(cells: list[BBox]) -> tuple[tuple[BBox | None, ...], ...]:
    lefts = sorted({cell[0] for cell in cells})
    rows = []
    for _, row in groupby(sorted(cells, key=itemgetter(1, 0)), key=itemgetter(1)):
        at = {cell[0]: cell for cell in row}
        rows.append(tuple(at.get(left) for left in lefts))
    return tuple(rows)


def open_sides(upright: list[Rule], level: list[Rule]) -> Iterator[Rule]:
    """The outer upright rules that a table lacks: level rules with the same ends, upright ones only between them."""
    ends = sorted(level, key=lambda rule: (round(rule[1] / TOLERANCE), round(rule[2] / TOLERANCE), rule[0]))
    for (_, _), same in groupby(ends, key=lambda rule: (round(rule[1] / TOLERANCE), round(rule[2] / TOLERANCE))):
        rules = list(same)
        x0, x1 = rules[0][1], rules[0][2]
        inner = [rule for rule in upright if x0 + NARROWEST < rule[0] < x1 - NARROWEST]
        for top, bottom, count in _spanned([rule[0] for rule in rules], inner) if len(rules) > 2 else ():
            for side in (x0, x1):
                beside = sum(rule[2] - rule[1] for rule in upright if abs(rule[0] - side) <= 2 * TOLERANCE)
                if count > 2 and beside < (bottom - top) / 2:
                    yield (side, top, bottom)


def _spanned(tops: list[float], inner: list[Rule]) -> Iterator[tuple[float, float, int]]:
    """Runs of level rules whose neighbours an upright rule joins: top, bottom and number of rules."""
    first, count = 0, 1
    for i in range(1, len(tops) + 1):
        joined = i < len(tops) and any(
            start <= tops[i - 1] + TOLERANCE and end >= tops[i] - TOLERANCE for _, start, end in inner
        )
        if joined:
            count += 1
            continue
        yield tops[first], tops[i - 1], count
        first, count = i, 1
