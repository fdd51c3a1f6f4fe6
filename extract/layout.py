"""A Reading → its passages in reading order: paragraphs (rejoined over page turns) and grids of cells (stitched).

Every non-blank character of the reading ends up in a passage or in a leftover.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from extract.outline import Numbering, read_numbering
from extract.pages import Block, Leftover, Place, Reading, Table
from extract.records import Passage
from extract.rejoining import rejoined
from extract.tables import Slot, Stitched, stitched

LONGEST_HEADING = 40
NOTE = re.compile(r"^\s*(?:注|备注|说明|注释)\s*\d*\s*[：:]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage outside tables with its numbering, the format's heading level and its bold beginning."""

    passage: Passage
    numbering: Numbering | None
    level: int | None = None
    lead: str = ""

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def body(self) -> str:
        """The text without its numbering."""
        return self.text[self.numbering.end :] if self.numbering else self.text

    @property
    def is_heading(self) -> bool:
        return self.passage.kind == "heading"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid; `text` is what begins here, so that it is '' for blank and merged cells.

    A cell merged away (`merged`) has the passage of the cell that covers it, a blank one none; a `lost` one the source
    dropped.
    """

    text: str
    passage: Passage | None
    merged: bool = False
    lost: bool = False

    @property
    def ordinal(self) -> int:
        """The passage's ordinal; only for cells that have one."""
        assert self.passage is not None
        return self.passage.ordinal

    @property
    def whole(self) -> str:
        """The text that holds for this place: its own, or that of the cell that covers it."""
        return self.text or (self.passage.text if self.passage is not None else "")


@dataclass(frozen=True, slots=True)
class GridSection:
    """A row that divides a grid (一、…): its filled cells, and the index of the row that it stands before."""

    before: int
    cells: tuple[tuple[int, GridCell], ...]  # with their columns


@dataclass(frozen=True, slots=True)
class Grid:
    """A logical table: header texts, a role a column (`None` unknown), rows of cells; titles stand above the header."""

    number: int
    header: tuple[str, ...]
    roles: tuple[str | None, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    spans_known: bool
    sections: tuple[GridSection, ...] = ()
    titles: tuple[GridCell, ...] = ()
    notes: tuple[GridCell, ...] = ()

    def columns(self, *roles: str) -> list[int]:
        """The columns that have one of the roles, left to right."""
        return [i for i, role in enumerate(self.roles) if role in roles]


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole document in reading order."""

    content: tuple[Paragraph | Grid, ...]
    passages: tuple[Passage, ...]
    leftovers: tuple[Leftover, ...]


@dataclass
class _Passages:
    """Hands out ordinals in reading order."""

    made: list[Passage] = field(default_factory=list)

    def add(self, passage: Passage) -> Passage:
        passage = replace(passage, ordinal=len(self.made) + 1)
        self.made.append(passage)
        return passage


def lay_out(reading: Reading) -> Layout:
    """Passages, paragraphs and grids of a reading."""
    blocks = [block for page in reading.pages for block in page.content]
    passages = _Passages()
    leftovers = list(reading.leftovers)
    content: list[Paragraph | Grid] = []
    tables = 0
    for is_table, run in groupby(blocks, key=lambda block: isinstance(block, Table)):
        if is_table:
            for table in stitched([block for block in run if isinstance(block, Table)]):
                tables += 1
                content.append(_grid(table, tables, passages))
                leftovers += _repeated(table)
        else:
            content += [_paragraph(block, passages) for block in rejoined([b for b in run if isinstance(b, Block)])]
    return Layout(tuple(content), tuple(passages.made), tuple(leftovers))


def _paragraph(block: Block, passages: _Passages) -> Paragraph:
    numbering = read_numbering(block.text)
    kind: str = "paragraph"
    if block.level is not None or _is_heading(block.text, numbering):
        kind = "heading"
    elif NOTE.match(block.text):
        kind = "note"
    passage = passages.add(Passage(0, kind, block.text, block.place, block.raw))  # type: ignore[arg-type]
    return Paragraph(passage, numbering, block.level, block.lead)


def _is_heading(text: str, numbering: Numbering | None) -> bool:
    return (
        numbering is not None
        and numbering.level <= 2
        and len(text) <= LONGEST_HEADING
        and not re.search(r"[。；;：:，,]$", text)
    )


def _grid(table: Stitched, number: int, passages: _Passages) -> Grid:
    # titles and header cells are passages too, before the rows in reading order
    made: dict[int, Passage] = {}
    above = [_cells(row, number, 0, made, passages) for row in table.titles + table.header_rows]
    rows: list[tuple[GridCell, ...]] = []
    sections: list[GridSection] = []
    notes: list[GridCell] = []
    for row_no, (row, kind) in enumerate(zip(table.rows, table.kinds, strict=True), 1):
        cells = _cells(row, number, row_no, made, passages)
        if kind == "entry":
            rows.append(cells)
        elif kind == "section":
            sections.append(GridSection(len(rows), tuple((i, cell) for i, cell in enumerate(cells) if cell.text)))
        else:
            notes += [cell for cell in cells if cell.text]
    titles = tuple(cell for row in above[: len(table.titles)] for cell in row if cell.text)
    return Grid(
        number, table.header, table.roles, tuple(rows), table.spans_known, tuple(sections), titles, tuple(notes)
    )


def _cells(
    row: Sequence[Slot], table: int, row_no: int, made: dict[int, Passage], passages: _Passages
) -> tuple[GridCell, ...]:
    """The cells of a row; a cell that covers several places is one passage, made where it begins."""
    cells = []
    for column, slot in enumerate(row, 1):
        cell = slot.cell
        if cell.text and not slot.carried:
            passage = Passage(0, "cell", cell.text, cell.place, cell.raw, table, row_no, column)
            made[id(cell)] = passages.add(passage)
        text = "" if slot.carried else cell.text or ""
        cells.append(GridCell(text, made.get(id(cell)), slot.carried, cell.lost and not slot.carried))
    return tuple(cells)


def _repeated(table: Stitched) -> Iterator[Leftover]:
    for row in table.repeated:
        place = next((cell.place for cell in row), Place())
        yield Leftover("repeated_header", "\t".join(cell.raw or cell.text or "" for cell in row), place)
