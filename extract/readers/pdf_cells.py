"""A lattice and the characters of its page → a table: every character goes to the cell its centre lies in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extract.pages import Box, Cell, Place, Table
from extract.readers.pdf_chars import Char
from extract.readers.pdf_lattice import BBox, Lattice
from extract.readers.pdf_lines import Line, lines_of, turned_lines

THIN = 5.0  # points: a row or column without text that is no wider is the space inside a double rule


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with the box it takes on the page."""

    table: Table
    bbox: BBox


def fill(found: Sequence[Lattice], chars: Sequence[Char], page: int) -> tuple[list[Filled], list[Char]]:
    """The tables of a page, and the characters that stand in none of their cells."""
    rest = list(chars)
    tables = []
    for lattice in found:
        inside, rest = _by_cell(lattice, rest)
        rows = [[_cell(cell, inside, page) for cell in row] for row in lattice.rows]
        boxes = [list(row) for row in lattice.rows]
        kept = tuple(tuple(row) for row in _without_thin(rows, boxes))
        if len(kept) > 1 or any(len(row) > 1 for row in kept):
            place = Place(page, boxes=(Box(page, rounded(lattice.bbox)),))
            tables.append(Filled(Table(kept, place), lattice.bbox))
        else:  # two boxes around one text, as a double frame: no table
            rest += [char for group in inside.values() for char in group]
    return tables, rest


def _by_cell(lattice: Lattice, chars: list[Char]) -> tuple[dict[BBox, list[Char]], list[Char]]:
    cells = lattice.cells
    xs = sorted({x for cell in cells for x in (cell[0], cell[2])})
    ys = sorted({y for cell in cells for y in (cell[1], cell[3])})
    owner: dict[tuple[int, int], BBox] = {}
    for cell in cells:
        for row in range(bisect_left(ys, cell[1]), bisect_left(ys, cell[3])):
            for column in range(bisect_left(xs, cell[0]), bisect_left(xs, cell[2])):
                owner[row, column] = cell
    inside: dict[BBox, list[Char]] = defaultdict(list)
    rest: list[Char] = []
    for char in chars:
        row, column = bisect_right(ys, (char[2] + char[4]) / 2) - 1, bisect_right(xs, (char[1] + char[3]) / 2) - 1
        at = owner.get((row, column))
        (rest if at is None else inside[at]).append(char)
    return inside, rest


def _cell(cell: BBox | None, inside: dict[BBox, list[Char]], page: int) -> Cell:
    if cell is None:
        return Cell(None, Place(page))
    place = Place(page, boxes=(Box(page, rounded(cell)),))
    chars = inside.get(cell)
    if not chars:
        return Cell("", place)
    lines = cell_lines(chars)
    text = "\n".join(line.text for line in lines if line.text)
    changed = any(line.raw is not None for line in lines)
    return Cell(text, place, "\n".join(line.raw or line.text for line in lines) if changed else None)


def cell_lines(chars: Sequence[Char]) -> list[Line]:
    """The lines of a cell; those of turned characters after the upright ones, each read in its own direction."""
    turned = [char for char in chars if char[6]]
    if not turned:
        return lines_of(chars)
    return [*lines_of([char for char in chars if not char[6]]), *turned_lines(turned)]


def _without_thin(rows: list[list[Cell]], boxes: list[list[BBox | None]]) -> list[list[Cell]]:
    """The rows without those, and without those columns, that only the space inside double rules makes."""

    def blank(cells: Sequence[Cell]) -> bool:
        return not any(cell.text for cell in cells)

    def thin(found: Sequence[BBox | None], axis: int) -> bool:
        # merged cells that begin here count by the narrowest cell
        sides = [box[axis + 2] - box[axis] for box in found if box is not None]
        return bool(sides) and min(sides) <= THIN

    keep_rows = [i for i, row in enumerate(rows) if not (blank(row) and thin(boxes[i], 1))]
    columns = range(len(rows[0]))
    keep_columns = [j for j in columns if not (blank([row[j] for row in rows]) and thin([row[j] for row in boxes], 0))]
    return [[rows[i][j] for j in keep_columns] for i in keep_rows] if keep_columns else []


def rounded(box: BBox) -> BBox:
    """The box in hundredths of a point: more is noise of 32-bit floats."""
    x0, top, x1, bottom = box
    return (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))
