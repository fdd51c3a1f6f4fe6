"""Rows that divide a grid (一、组织领导 20) → what they print, and the rows that stand under each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.layout import Grid, GridCell, GridSection
from extract.numbers import chinese_ordinal
from extract.outline import read_numbering
from extract.sections import Heading, read_heading
from extract.text import compact, squeezed

BESIDE = {"points", "result", "remark"}  # columns that do not name a section
UNNUMBERED = 0  # the level of a section row without a number: above all others


@dataclass(frozen=True, slots=True)
class ReadSection:
    """What a section row prints: its heading with its points, its number ('' for none), its level, its title's cell."""

    heading: Heading
    number: str
    level: int
    cell: GridCell


def read_section(section: GridSection, grid: Grid) -> ReadSection:
    """The parts of a section row, whether they stand in one cell or in several (一 | 组织领导 | 20)."""
    points = [cell for column, cell in section.cells if grid.roles[column] == "points" and len(section.cells) > 1]
    others = [cell for column, cell in section.cells if grid.roles[column] not in BESIDE] or [section.cells[0][1]]
    title = max(others, key=lambda cell: len(squeezed(cell.text)))
    first = others[0]
    numbering = read_numbering(first.text)
    number, level = (numbering.code, numbering.level) if numbering else ("", UNNUMBERED)
    if first is not title and (value := chinese_ordinal(squeezed(first.text).strip("、（）()"))) is not None:
        number, level = str(value), 1
    body = title.text[numbering.end :] if numbering and first is title else title.text
    heading = read_heading(compact(body))
    if heading.points is None and points:
        heading = replace(heading, points=_amount(points[0].text))
    return ReadSection(heading, number, level, title)


def _amount(text: str) -> float | None:
    plain = squeezed(text).strip("（）()").removesuffix("分")
    try:
        return float(plain)
    except ValueError:
        return None


def divided(grid: Grid) -> Iterator[tuple[int, int, list[str]]]:
    """The runs of rows under the same section rows: first and behind last index, titles of the open sections."""
    open_sections: list[ReadSection] = []
    starts = sorted({0, *(section.before for section in grid.sections)})
    for first, last in pairwise([*starts, len(grid.rows)]):
        for section in (section for section in grid.sections if section.before == first):
            read = read_section(section, grid)
            open_sections = [above for above in open_sections if above.level < read.level] + [read]
        if last > first:
            yield first, last, [section.heading.title for section in open_sections]
