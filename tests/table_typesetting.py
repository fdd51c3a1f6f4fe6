"""A made-up table printed on pages as a word processor prints it: the Tables a reader finds there, or a PDF.

Rows are as high as their longest cell.  A row that does not fit is moved to the next page or cut in two; a merged cell
goes on over the page turn, empty or with the rest of its text; the header is repeated or not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from table_generator import MadeTable, Printed

from extract.pages import Box, Cell, Page, Place, Reading, Table

SIZE, LINE, PAD, LEFT, TOP = 9.0, 12.0, 3.0, 50.0, 60.0
CLOSING = "，。；、：）"


@dataclass(frozen=True)
class Style:
    """How a table is printed: the height of a page's text, and what happens at its end."""

    page_height: float = 500.0
    width: float = 700.0
    repeats_header: bool = True
    cuts_rows: bool = True
    horizontal_only: bool = False

    @property
    def side(self) -> float:
        """The margin at the sides of a cell."""
        return 9.0 if self.horizontal_only else PAD


@dataclass
class Part:
    """What a page shows of a cell: its place on the page, and its lines."""

    cell: Printed
    column: int
    width: int
    top: float
    bottom: float
    lines: list[str]


@dataclass
class Strip:
    """A row, or what a page shows of it."""

    row: int
    top: float
    bottom: float


@dataclass
class Sheet:
    """One printed page."""

    strips: list[Strip]
    parts: list[Part]


def drawn_style(seed: int) -> Style:
    """The style of a seed."""
    dice = random.Random(f"style {seed}")
    height, width = dice.choice((150.0, 220.0, 320.0)), dice.choice((520.0, 700.0))
    return Style(height, width, dice.random() < 0.5, dice.random() < 0.6)


def edges(table: MadeTable, style: Style) -> list[float]:
    """The x positions of the column edges."""
    total = sum(table.shares)
    found = [LEFT]
    for share in table.shares:
        found.append(found[-1] + style.width * share / total)
    return found


def wrapped(text: str, width: float) -> list[str]:
    """The lines of a text; closing marks never begin one."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for char in paragraph:
            step = SIZE / 2 if char.isascii() else SIZE
            if used + step > width:
                # a closing mark takes the character before it along
                taken = 1 if char in CLOSING and len(line) > 1 else 0
                lines.append(line[: len(line) - taken])
                line = line[len(line) - taken :]
                used = SIZE * len(line)
            line, used = line + char, used + step
        lines.append(line)
    return [line for line in lines if line]


def typeset(table: MadeTable, style: Style) -> list[Sheet]:
    """The pages of a table."""
    return _Press(table, style).pages()


class _Press:
    def __init__(self, table: MadeTable, style: Style) -> None:
        self.table, self.style, self.edges = table, style, edges(table, style)
        self.lines = {cell: wrapped(cell.text, self._inner(cell)) for cell in table.cells}
        self.heights = [LINE + 2 * PAD] * table.height
        for cell in sorted(table.cells, key=lambda cell: cell.row + cell.height):
            covered = range(cell.row, cell.row + cell.height)
            # what a page turn costs a merged cell: the margins of one more part, and a line that no longer fits
            slack = (2 * PAD + LINE) * 2 if cell.height > 1 else 0.0
            missing = len(self.lines[cell]) * LINE + 2 * PAD + slack - sum(self.heights[row] for row in covered)
            self.heights[covered[-1]] += max(0.0, missing)
        self.first = table.titles + table.header_height
        self.sheets: list[Sheet] = []

    def _inner(self, cell: Printed) -> float:
        return self.edges[cell.column + cell.width] - self.edges[cell.column] - 2 * self.style.side

    def pages(self) -> list[Sheet]:
        """All pages: strips first, then the parts of cells that stand on them."""
        self.sheets = [Sheet([], [])]
        y = TOP
        for row in range(self.table.height):
            y = self._row(row, y)
        left = {cell: list(lines) for cell, lines in self.lines.items()}
        for sheet in self.sheets:
            sheet.parts = list(self._parts(sheet, left))
        over = [cell for cell, lines in left.items() if lines]
        if over:  # a cell that does not fit makes its last row higher
            for cell in over:
                self.heights[cell.row + cell.height - 1] += len(left[cell]) * LINE
            return self.pages()
        return self.sheets

    def _row(self, row: int, y: float) -> float:
        bottom, height = TOP + self.style.page_height, self.heights[row]
        while y + height > bottom:
            lines = int((bottom - y - 2 * PAD) / LINE)
            if self._may_be_cut(row) and lines >= 1 and height - lines * LINE >= LINE + 2 * PAD:
                self.sheets[-1].strips.append(Strip(row, y, y + lines * LINE + 2 * PAD))
                height = height - lines * LINE
            elif y == self._top():
                break
            y = self._new_page(row)
        self.sheets[-1].strips.append(Strip(row, y, y + height))
        return y + height

    def _may_be_cut(self, row: int) -> bool:
        return (
            self.style.cuts_rows
            and row >= self.first
            and all(cell.width == 1 for cell in self.table.cells if cell.row == row)
        )

    def _top(self) -> float:
        repeated = range(self.table.titles, self.first) if self.style.repeats_header and len(self.sheets) > 1 else ()
        return TOP + sum(self.heights[row] for row in repeated)

    def _new_page(self, row: int) -> float:
        self.sheets.append(Sheet([], []))
        y = TOP
        if self.style.repeats_header and row >= self.first:
            for header in range(self.table.titles, self.first):
                self.sheets[-1].strips.append(Strip(header, y, y + self.heights[header]))
                y += self.heights[header]
        return y

    def _parts(self, sheet: Sheet, left: dict[Printed, list[str]]) -> Iterator[Part]:
        for cell in self.table.cells:
            strips = [strip for strip in sheet.strips if cell.row <= strip.row < cell.row + cell.height]
            if not strips:
                continue
            top, bottom = strips[0].top, strips[-1].bottom
            if cell.row < self.first and sheet is not self.sheets[0]:
                lines = self.lines[cell]
            else:
                room = int((bottom - top - 2 * PAD) / LINE + 0.01)
                lines, left[cell] = left[cell][:room], left[cell][room:]
            yield Part(cell, cell.column, cell.width, top, bottom, lines)


def as_tables(table: MadeTable, style: Style) -> list[Table]:
    """What a reader of ruled tables finds on the pages."""
    x = edges(table, style)
    found = []
    for number, sheet in enumerate(typeset(table, style), 1):
        rows = []
        for strip in sheet.strips:
            row = [Cell(None, Place(number))] * len(table.roles)
            for part in sheet.parts:
                if part.top == strip.top:
                    box = Box(number, (x[part.column], part.top, x[part.column + part.width], part.bottom))
                    row[part.column] = Cell("\n".join(part.lines), Place(number, None, (box,)))
            rows.append(tuple(row))
        found.append(Table(tuple(rows), Place(number)))
    return found


def as_reading(table: MadeTable, style: Style) -> Reading:
    """The pages with their tables, as a reader gives them."""
    return Reading("pdf", tuple(Page(n, (found,)) for n, found in enumerate(as_tables(table, style), 1)))


def write_pdf(table: MadeTable, style: Style, path: Path) -> None:
    """The pages as a PDF with a running head and page numbers."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    x, height = edges(table, style), style.page_height + 2 * TOP
    canvas = Canvas(str(path), pagesize=(style.width + 2 * LEFT, height))
    for number, sheet in enumerate(typeset(table, style), 1):
        canvas.setFont("STSong-Light", SIZE)
        canvas.drawCentredString(LEFT + style.width / 2, 20, f"— {number} —")
        for part in sheet.parts:
            left, right = x[part.column], x[part.column + part.width]
            if style.horizontal_only:
                canvas.line(left, height - part.top, right, height - part.top)
                canvas.line(left, height - part.bottom, right, height - part.bottom)
            else:
                canvas.rect(left, height - part.bottom, right - left, part.bottom - part.top)
            for at, line in enumerate(part.lines):
                canvas.drawString(left + style.side, height - (part.top + PAD + (at + 1) * LINE - 3), line)
        canvas.showPage()
    canvas.save()


def without_header(style: Style) -> Style:
    """The style with the header on the first page alone."""
    return replace(style, repeats_header=False)
