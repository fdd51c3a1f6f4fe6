"""The strips of a page that are read one after the other: all of it, two pages on one sheet, two columns of print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extract.readers.pdf_cells import Filled
from extract.readers.pdf_lattice import BBox
from extract.readers.pdf_lines import Line, visible
from extract.readers.pdf_sheet import Sheet
from extract.text import squeezed

MIDDLE = (0.4, 0.6)  # shares of the width between which a gutter lies
NARROWEST_GUTTER = 12.0  # points
FEWEST_GAPS = 3
FEWEST_LINES = 8  # a side of two columns of print
FEWEST_CHARACTERS = 10  # of its median line
FULL = 0.75  # share of the width of its side that the median line of a printed column takes
FOLIO = re.compile(r"\D{0,3}(\d{1,4})\D{0,3}|第(\d{1,4})页.*")


@dataclass(frozen=True, slots=True)
class Strip:
    """Lines and tables that are read together, from the top; `width` is that of the page or of its half."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Filled, ...]


def strips(sheet: Sheet) -> list[Strip]:
    """The strips of a page in reading order; one for a page that is read across."""
    width, height = sheet.size
    whole = Strip(sheet.number, width, height, tuple(sheet.lines), tuple(sheet.tables))
    gutter = _gutter(sheet)
    if gutter is None:
        return [whole]
    if width > height and (halves := _two_pages(whole, gutter)):
        return halves
    return _two_columns(whole, gutter) or [whole]


def _gutter(sheet: Sheet) -> tuple[float, float] | None:
    """The white space near the middle that lines of several pieces leave free: its left and right end."""
    low, high = (share * sheet.size[0] for share in MIDDLE)
    gaps = [
        (before[1], after[0])
        for line in sheet.lines
        for before, after in pairwise(line.parts)
        if before[1] < high and after[0] > low
    ]
    if len(gaps) < FEWEST_GAPS:
        return None
    # a few lines may reach further: they are looked at when the sides are parted
    spare = len(gaps) // 10
    left = sorted(x for x, _ in gaps)[len(gaps) - 1 - spare]
    right = sorted(x for _, x in gaps)[spare]
    return (left, right) if right - left >= NARROWEST_GUTTER else None


def _cut(line: Line, x: float) -> list[Line]:
    """The halves of a line that a gutter at `x` parts."""
    halves: list[Line] = []
    for side in ([p for p in line.parts if p[1] <= x], [p for p in line.parts if p[0] >= x]):
        if side:
            source = " ".join(text for _, _, text in side)
            parts = tuple(side) if len(side) > 1 else ()
            text = line.text if line.raw is None and source == line.text else visible(source)
            raw = source if text != source else None
            halves.append(replace(line, text=text, raw=raw, x0=side[0][0], x1=side[-1][1], parts=parts))
    return halves


def _sides(whole: Strip, gutter: tuple[float, float]) -> tuple[Strip, Strip, list[Line]]:
    """Left and right strip, and the lines that cross the gutter."""
    x = (gutter[0] + gutter[1]) / 2
    left: list[Line] = []
    right: list[Line] = []
    crossing: list[Line] = []
    for line in whole.lines:
        if line.x0 < x < line.x1 and not (line.parts and not any(p[0] < x < p[1] for p in line.parts)):
            crossing.append(line)
            continue
        for half in _cut(line, x) if line.x0 < x < line.x1 else [line]:
            (left if half.x1 <= x else right).append(half)
    half_width = whole.width / 2
    tables = [
        tuple(table for table in whole.tables if (_middle(table.bbox) < x) == is_left) for is_left in (True, False)
    ]
    return (
        replace(whole, width=half_width, lines=tuple(left), tables=tables[0]),
        replace(whole, width=half_width, lines=tuple(right), tables=tables[1]),
        crossing,
    )


def _middle(bbox: BBox) -> float:
    return (bbox[0] + bbox[2]) / 2


def _two_pages(whole: Strip, gutter: tuple[float, float]) -> list[Strip] | None:
    """The halves of a sheet whose last lines (or first ones) are two page numbers that follow each other."""
    left, right, crossing = _sides(whole, gutter)
    if crossing or any(table.bbox[0] < gutter[0] and table.bbox[2] > gutter[1] for table in whole.tables):
        return None
    for end in (-1, 0):
        numbers = [_folio(half.lines[end].text) if half.lines else None for half in (left, right)]
        if numbers[0] is not None and numbers[1] == numbers[0] + 1:
            return [left, right]
    return None


def _folio(text: str) -> int | None:
    match = FOLIO.fullmatch(squeezed(text))
    return int(match[1] or match[2]) if match else None


def _two_columns(whole: Strip, gutter: tuple[float, float]) -> list[Strip] | None:
    """Both columns of print between the lines that go across, where both are mostly full lines."""
    left, right, crossing = _sides(whole, gutter)
    if whole.tables or min(len(left.lines), len(right.lines)) < FEWEST_LINES:
        return None
    top = min(line.top for half in (left, right) for line in half.lines)
    foot = max(line.bottom for half in (left, right) for line in half.lines)
    above = tuple(line for line in crossing if line.base < top)
    below = tuple(line for line in crossing if line.top > foot)
    if len(above) + len(below) < len(crossing) or not all(map(_is_print, (left.lines, right.lines))):
        return None
    return [replace(whole, lines=above, tables=()), left, right, replace(whole, lines=below, tables=())]


def _is_print(lines: Sequence[Line]) -> bool:
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    usual = median(line.x1 - line.x0 for line in lines)
    long = usual >= max(FULL * width, FEWEST_CHARACTERS * median(line.size for line in lines))
    return long and not any(line.parts for line in lines)
