"""Tables without upright rules → grids read from alignment: pieces of lines that stand under each other in columns.

A paragraph must never become a table: what is doubtful (imprint blocks between rules, forms of labels, signatures,
two columns without a running number) stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from extract.outline import read_numbering
from extract.pages import Box, Cell, Place, Table
from extract.readers.pdf_cells import Filled, rounded
from extract.readers.pdf_lattice import TOLERANCE, BBox, Rule, merged
from extract.readers.pdf_lines import Line, visible
from extract.readers.pdf_objects import Edge

SHORTEST_RULE = 150.0  # points
LEAST_GAP = 0.6  # sizes between two columns
FULL = 0.6  # share of the rows that fill two columns (three without rules)
FEWEST_ROWS = 4  # of a table without any rule, its header counted
WIDEST_LEADING = 2.6  # sizes between the baselines of a table without rules
TIGHT = 2.4  # sizes: height of a ruled row that holds one line
NEAR = 12  # lines above that tell the columns a line stands in
FULLY_RULED = 4  # intervals between rules from which on every one is a row

Columns = list[tuple[float, float]]
Row = list[Line]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table read from alignment, and whether level rules bound it."""

    filled: Filled
    ruled: bool


def aligned_tables(
    lines: list[Line], edges: Sequence[Edge], tables: Sequence[Filled], page: int
) -> tuple[list[Aligned], list[Line]]:
    """The tables among the lines beside ruled tables, and the lines that stay text."""
    found: list[Aligned] = []
    if not any(line.parts for line in lines):
        return found, lines
    for rules in _bundles(edges, [table.bbox for table in tables]):
        for intervals in _tabular(rules, lines):
            inside = [line for interval in intervals for line in interval]
            columns = _columns(inside)
            rows = [row for interval in _split(intervals, columns) for row in interval]
            if _is_filled(rows, columns, 2):
                found.append(Aligned(_table(rows, columns, page), ruled=True))
                lines = _without(lines, inside)
    for run in _runs(lines):
        columns = _columns(run)
        rows = list(_anchored(run, columns))
        if len(rows) >= FEWEST_ROWS and _is_unruled_table(rows, columns):
            found.append(Aligned(_table(rows, columns, page), ruled=False))
            lines = _without(lines, run)
    return found, lines


def _without(lines: Sequence[Line], taken: Sequence[Line]) -> list[Line]:
    ids = {id(line) for line in taken}
    return [line for line in lines if id(line) not in ids]


def _bundles(edges: Sequence[Edge], tables: Sequence[BBox]) -> Iterator[list[Rule]]:
    """Three or more long level rules with the same ends outside ruled tables, from the top."""
    level = merged((edge.top, edge.x0, edge.x1) for edge in edges if edge.level and edge.x1 - edge.x0 >= 1)
    free = [rule for rule in level if rule[2] - rule[1] >= SHORTEST_RULE and not _within(rule, tables)]
    while free:
        same = [rule for rule in free if all(abs(rule[i] - free[0][i]) <= TOLERANCE for i in (1, 2))]
        free = [rule for rule in free if rule not in same]
        if len(same) >= 3:
            yield same


def _within(rule: Rule, tables: Sequence[BBox]) -> bool:
    return any(top - TOLERANCE <= rule[0] <= bottom + TOLERANCE for _, top, _, bottom in tables)


def _tabular(rules: list[Rule], lines: Sequence[Line]) -> Iterator[list[Row]]:
    """Runs of two or more intervals between rules with pieces side by side; a tight row of one piece may be inside."""
    run: list[Row] = []
    for above, below in pairwise(rules):
        interval = [
            line
            for line in lines
            if above[0] < (line.top + line.bottom) / 2 < below[0] and line.x1 > above[1] and line.x0 < above[2]
        ]
        tight = len(interval) == 1 and below[0] - above[0] <= TIGHT * interval[0].size
        if any(line.parts for line in interval) or (run and tight):
            run.append(interval)
        elif interval or not run:
            yield from _trimmed(run)
            run = []
    yield from _trimmed(run)


def _trimmed(run: list[Row]) -> Iterator[list[Row]]:
    while run and not any(line.parts for line in run[-1]):
        run = run[:-1]
    if len(run) >= 2:
        yield run


def _pieces(line: Line) -> tuple[tuple[float, float, str], ...]:
    return line.parts or ((line.x0, line.x1, line.raw or line.text),)


def _columns(lines: Sequence[Line]) -> Columns:
    """The stretches that pieces cover, parted by white space that goes through all lines.

    A title over several columns is left out where the rest has columns without it.
    """
    everything = _covered(piece[:2] for line in lines for piece in _pieces(line))
    if len(everything) < 2 or any(not line.parts for line in lines):
        several = _covered(piece[:2] for line in lines if line.parts for piece in line.parts)
        return several if len(several) > len(everything) else everything
    return everything


def _covered(stretches: Iterable[tuple[float, float]]) -> Columns:
    covered: Columns = []
    for x0, x1 in sorted(stretches):
        if covered and x0 - covered[-1][1] < LEAST_GAP * 8:
            covered[-1] = (covered[-1][0], max(covered[-1][1], x1))
        else:
            covered.append((x0, x1))
    return covered


def _split(intervals: list[Row], columns: Columns) -> Iterator[list[Row]]:
    """The rows of every interval; the first is the header, and of a table ruled throughout each is one row."""
    for index, interval in enumerate(intervals):
        if index == 0 or len(intervals) >= FULLY_RULED:
            yield [interval]
        else:
            yield list(_anchored(interval, columns))


def _anchored(lines: Sequence[Line], columns: Columns) -> Iterator[Row]:
    """Rows of lines: by clearly wider spacing where there is such, else each begins in the first column."""
    lines = sorted(lines, key=attrgetter("base"))
    gaps = [below.base - above.base for above, below in pairwise(lines)]
    filled = [_fills_first(line, columns) for line in lines]
    wide = (min(gaps) + max(gaps)) / 2 if gaps and max(gaps) > 1.3 * min(gaps) else None
    row: Row = []
    starts = 0
    for index, line in enumerate(lines):
        new = filled[index] if wide is None else gaps[index - 1] > wide if index else True
        if row and new and (starts or wide is not None):
            yield row
            row, starts = [], 0
        row.append(line)
        starts += filled[index]
    if row:
        yield row


def _fills_first(line: Line, columns: Columns) -> bool:
    return bool(columns) and _column_of(_pieces(line)[0], columns) == 0


def _column_of(piece: tuple[float, float, str], columns: Columns) -> int:
    middle = (piece[0] + piece[1]) / 2
    return min(range(len(columns)), key=lambda i: max(columns[i][0] - middle, middle - columns[i][1]))


def _is_filled(rows: Sequence[Row], columns: Columns, least: int) -> bool:
    """Whether most rows fill at least so many columns."""
    if len(columns) < least or len(rows) < 2:
        return False
    counts = [len({_column_of(piece, columns) for line in row for piece in _pieces(line)}) for row in rows]
    return sum(count >= least for count in counts) >= max(2, FULL * len(rows))


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines of several pieces that follow each other closely, with lines of one piece that stay inside a column."""
    run: list[Line] = []
    for line in lines:
        near = bool(run) and line.base - run[-1].base <= WIDEST_LEADING * max(line.size, run[-1].size)
        if near and (line.parts or _inside_column(line, run)):
            run.append(line)
            continue
        if len(run) >= FEWEST_ROWS:
            yield run
        run = [line] if line.parts else []
    if len(run) >= FEWEST_ROWS:
        yield run


def _inside_column(line: Line, run: Sequence[Line]) -> bool:
    columns = _columns(run[-NEAR:])
    inside = [i for i, (x0, x1) in enumerate(columns) if line.x0 >= x0 - line.size and line.x1 <= x1 + line.size]
    return len(columns) > 2 and bool(inside)


def _is_unruled_table(rows: Sequence[Row], columns: Columns) -> bool:
    pieces = [visible(text) for row in rows for line in row for _, _, text in _pieces(line)]
    labels = sum(piece.endswith(("：", ":", "。")) for piece in pieces)
    if labels * 4 > len(pieces) or any(len(line.parts) == 0 and line.size > 1.3 * rows[-1][0].size for line in rows[0]):
        return False
    if len(columns) >= 3:
        return _is_filled(rows, columns, 3)
    numbers = [_pieces(row[0])[0][2].strip() for row in rows[1:]]
    running = all(re.fullmatch(r"\d{1,3}", number) for number in numbers) and all(
        int(b) == int(a) + 1 for a, b in pairwise(numbers)
    )
    return running and read_numbering(pieces[0]) is None and _is_filled(rows, columns, 2)


def _table(rows: Sequence[Row], columns: Columns, page: int) -> Filled:
    cells = tuple(tuple(_cells(row, columns, page)) for row in rows)
    lines = [line for row in rows for line in row]
    tops, bottoms = [line.top for line in lines], [line.bottom for line in lines]
    bbox = (columns[0][0], min(tops), columns[-1][1], max(bottoms))
    # alignment cannot tell a blank cell from one that is merged with its neighbour
    return Filled(Table(cells, Place(page, boxes=(Box(page, rounded(bbox)),)), spans_known=False), bbox)


def _cells(row: Row, columns: Columns, page: int) -> Iterator[Cell]:
    pieces = [(_column_of(piece, columns), piece, line) for line in row for piece in _pieces(line)]
    for column in range(len(columns)):
        mine = [(piece, line) for at, piece, line in pieces if at == column]
        boxes = tuple(Box(page, rounded((piece[0], line.top, piece[1], line.bottom))) for piece, line in mine)
        source = "\n".join(piece[2] for piece, _ in mine)
        text = "\n".join(visible(piece[2]) for piece, _ in mine)
        yield Cell(text, Place(page, boxes=boxes), source if source != text else None)
