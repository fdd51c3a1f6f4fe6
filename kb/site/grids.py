"""Passages that are cells as the table they were printed in: rows, columns, and how far each cell reaches.

A base keeps where a cell begins.  How far it reaches is told by its boxes where the format has them; elsewhere blanks
that begin a row belong to the cells above them, and a cell that is alone in its row takes the whole of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.evaluation.rows import Row

MOST_COLUMNS = 60  # that are filled up with blanks; cells further to the right follow as they come

Box = tuple[int, float, float, float, float]  # page, x0, top, x1, bottom
Lines = list[dict[int, Row]]  # the cells of each line by column
Spans = dict[tuple[int, int], tuple[int, int]]  # line and column → how many lines and columns


@dataclass(frozen=True, slots=True)
class Cell:
    """A place of a table: its passage, or None where nothing begins; `goes_on` from a row that is not shown here."""

    passage: Row | None
    rows: int = 1
    columns: int = 1
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table as it is shown."""

    cells: tuple[Cell, ...]
    is_header: bool


def grid(passages: Sequence[Row], is_continued: bool = False) -> list[Line]:
    """The rows of one table, or of the part of one that follows others, from its cells in reading order.

    >>> cells = [(0, 1), (0, 2), (1, 1), (1, 2), (2, 2)]
    >>> [[(cell.rows, cell.columns) for cell in line.cells]
    ...  for line in grid([{"row_no": row, "column_no": column, "boxes": None} for row, column in cells])]
    [[(1, 1), (1, 1)], [(2, 1), (1, 1)], [(1, 1)]]
    """
    lines = _lines(passages)
    width = min(MOST_COLUMNS, max((row["column_no"] for row in passages), default=1))
    spans = (_boxed if all(row["boxes"] for row in passages) else _unboxed)(lines, width)
    covered = {
        (line + below, column + beside)
        for (line, column), (rows, columns) in spans.items()
        for below in range(rows)
        for beside in range(columns)
        if below or beside
    }
    met = set() if is_continued else set(range(width + 1))  # columns in which a cell has begun
    found = []
    for number, line in enumerate(lines):
        is_header = _is_header(line)
        met |= set() if is_header else set(line)
        wide = (*range(1, width + 1), *(column for column in line if column > width))
        cells = [
            Cell(line.get(column), *spans.get((number, column), (1, 1)), column < min(line) and column not in met)
            for column in wide
            if (number, column) not in covered
        ]
        found.append(Line(tuple(cells), is_header))
    return found


def _is_header(line: Mapping[int, Row]) -> bool:
    return bool(next(iter(line.values()))["row_no"] == 0)


def _lines(passages: Sequence[Row]) -> Lines:
    """The cells by line and column; a header of several lines has one row number, and its columns begin again."""
    lines: Lines = []
    for _, row in groupby(passages, key=lambda cell: cell["row_no"]):
        lines.append({})
        for cell in row:
            if lines[-1] and cell["column_no"] <= max(lines[-1]):
                lines.append({})
            lines[-1][cell["column_no"]] = cell
    return lines


def _unboxed(lines: Lines, width: int) -> Spans:
    """How far cells reach where only their first places are known."""
    spans: Spans = {}
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if list(line) == [1] and width > 1 and (following is None or 1 in following):
            spans[number, 1] = (1, width)
            continue
        for column in line:
            rows = 1
            for below in lines[number + 1 :]:
                if min(below) <= column or _is_header(line) != _is_header(below):
                    break
                rows += 1
            spans[number, column] = (rows, 1)
    return spans


def _boxed(lines: Lines, width: int) -> Spans:
    """How far cells reach by their boxes: over blanks whose middle lies in one of them."""
    boxes = {(at, column): _boxes(cell) for at, line in enumerate(lines) for column, cell in line.items()}
    across, down = _middles(boxes)
    free = {(line, column) for line in range(len(lines)) for column in range(1, width + 1)} - set(boxes)
    spans: Spans = {}
    for (line, column), own in boxes.items():

        def is_held(places: set[tuple[int, int]], own: Sequence[Box] = own) -> bool:
            return places <= free and all(_holds(own, across.get(beside), down[below]) for below, beside in places)

        columns, rows = 1, 1
        while is_held({(line, column + columns)}):
            columns += 1
        while is_held({(line + rows, column + beside) for beside in range(columns)}):
            rows += 1
        spans[line, column] = (rows, columns)
        free.difference_update((line + below, column + beside) for below in range(rows) for beside in range(columns))
    return spans


def _boxes(cell: Row) -> list[Box]:
    return [(box["page"], *box["bbox"]) for box in json.loads(cell["boxes"])]


def _middles(boxes: Mapping[tuple[int, int], Sequence[Box]]) -> tuple[dict[int, float], dict[int, tuple[int, float]]]:
    """The middle of each column, by its narrowest cell, and page and middle of each line, by its lowest cell."""
    narrow: dict[int, Box] = {}
    low: dict[int, Box] = {}
    for (line, column), own in boxes.items():
        box = own[0]
        narrow[column] = min(narrow.get(column, box), box, key=lambda box: box[3] - box[1])
        low[line] = min(low.get(line, box), box, key=lambda box: box[4] - box[2])
    across = {column: (box[1] + box[3]) / 2 for column, box in narrow.items()}
    return across, {line: (box[0], (box[2] + box[4]) / 2) for line, box in low.items()}


def _holds(own: Sequence[Box], x: float | None, down: tuple[int, float]) -> bool:
    page, y = down
    return x is not None and any(box[0] == page and box[1] < x < box[3] and box[2] < y < box[4] for box in own)
