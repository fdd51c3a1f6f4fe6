"""Scans (PDF pages without text, .png, .jpg, .tif) → Reading by character recognition.

Each page is levelled, its ruled lines are found and painted over, its text recognised; text inside a ruled table
goes to its cells, the rest becomes paragraphs.  What was recognised stays beside what was set right, and each place
says how sure recognition was.  Page numbers and lines that return on page after page are leftovers.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import UnreadableFile
from extract.pages import Block, Box, Cell, Leftover, Page, Place, Reading, Table
from extract.readers.scan_engines import Engine, EngineName, Piece, recognition
from extract.readers.scan_grid import GridArea, grids
from extract.readers.scan_ink import ink, level, rules, turned, without_rules
from extract.readers.scan_lines import Margins, ScanLine, dashes, lines, margins, paragraphs
from extract.readers.scan_pages import ScannedPage, scanned_pages
from extract.readers.text import PAGE_NUMBER
from extract.text import squeezed

EDGE = 0.1  # of a page's height, at its top and bottom, where page numbers and running heads stand
FEWEST_REPEATS = 3  # pages on which a line at the edge stands, for a running head
NARROW = 12  # letters: in a narrower cell a line break may part two names
ACROSS = 0.2  # of a piece of text that may reach over a rule into the next cell


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page after recognition: its tables, the lines outside them, and what turns its pixels back into points."""

    number: int
    size: tuple[int, int]
    scale: float
    angle: float
    tables: tuple[tuple[GridArea, tuple[Piece, ...]], ...]
    lines: tuple[ScanLine, ...]

    def place(self, boxes: Sequence[tuple[float, float, float, float]], confidence: float | None = None) -> Place:
        """Rectangles of the levelled picture as boxes of the page as it lies, in points."""
        return Place(self.number, None, tuple(Box(self.number, self._turned_back(box)) for box in boxes), confidence)

    def _turned_back(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        sine, cosine = math.sin(math.radians(self.angle)), math.cos(math.radians(self.angle))
        middle_x, middle_y = self.size[0] / 2, self.size[1] / 2
        corners = [(x - middle_x, y - middle_y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs = [(x * cosine - y * sine + middle_x) / self.scale for x, y in corners]
        ys = [(x * sine + y * cosine + middle_y) / self.scale for x, y in corners]
        return round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2)

    def at_edge(self, line: ScanLine) -> bool:
        """Whether a line stands where page numbers and running heads do."""
        return not EDGE * self.size[1] < line.middle < (1 - EDGE) * self.size[1]


def read_scan(path: Path, engine: EngineName = "auto") -> Reading:
    """The pages of a scan; UnreadableFile where the file cannot be opened or no recognition is installed."""
    recognise = recognition(engine)
    return assembled([recognised(page, recognise) for page in scanned_pages(path)])


def assembled(pages: Sequence[ReadPage]) -> Reading:
    """The reading of recognised pages: margins and running heads are those of all pages together."""
    running = running_heads(pages)
    everywhere = [line for page in pages for line in page.lines]
    leftovers: list[Leftover] = []
    read = []
    for page in pages:
        at = margins(page.lines, everywhere) if everywhere else None
        read.append(Page(page.number, tuple(_content(page, running, at, leftovers))))
    if not any(page.content for page in read):
        raise UnreadableFile("holds pictures in which no text was recognised; scan it anew at 200 to 300 dpi")
    return Reading("scan", tuple(read), tuple(leftovers))


def recognised(page: ScannedPage, recognise: Engine) -> ReadPage:
    """One page levelled, its rules found and its text recognised."""
    angle = turned(page.picture)
    picture = level(page.picture, angle)
    across, down = rules(ink(picture))
    areas = grids(across, down)
    for area in areas:
        picture = without_rules(picture, *area.rules(across, down))
    pieces = recognise(picture)
    inside: list[list[Piece]] = [[] for _ in areas]
    outside: list[Piece] = []
    for piece in pieces:
        at = next((i for i, area in enumerate(areas) if area.slot(*piece.middle) is not None), None)
        (outside if at is None else inside[at]).append(piece)
    tables = tuple((area, tuple(_parted(area, held))) for area, held in zip(areas, inside, strict=True))
    return ReadPage(page.number, picture.size, page.scale, angle, tables, tuple(lines(outside)))


def _parted(area: GridArea, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces that recognition drew over a rule are cut at it, their letters shared by width."""
    for piece in pieces:
        x0, top, x1, bottom = piece.box
        middle = (top + bottom) / 2
        cuts = [
            x
            for x in area.xs[1:-1]
            if x0 + ACROSS * (bottom - top) < x < x1 - ACROSS * (bottom - top)
            and area.slot(x - 1, middle) != area.slot(x + 1, middle)
        ]
        edges = [x0, *cuts, x1]
        sizes = [round((edge - x0) / (x1 - x0) * len(piece.text)) for edge in edges]
        for left, right, first, last in zip(edges, edges[1:], sizes, sizes[1:], strict=False):
            if text := piece.text[first:last].strip():
                yield Piece(text, (left, top, right, bottom), piece.confidence)


def running_heads(pages: Sequence[ReadPage]) -> frozenset[str]:
    """Lines at the edge that return, figures aside, on several pages."""
    found = Counter(key for page in pages for key in {_key(line) for line in page.lines if page.at_edge(line)})
    return frozenset(key for key, count in found.items() if key and count >= FEWEST_REPEATS)


def _key(line: ScanLine) -> str:
    return re.sub(r"[\W\d_]+", "", squeezed(line.text))


def _content(
    page: ReadPage, running: frozenset[str], at: Margins | None, leftovers: list[Leftover]
) -> Iterator[Block | Table]:
    """Paragraphs and tables of a page from top to bottom; page numbers and running heads go to the leftovers."""
    body: list[ScanLine] = []
    for line in page.lines:
        kind = "page_number" if page.at_edge(line) and PAGE_NUMBER.match(line.text) else None
        if kind is None and page.at_edge(line) and _key(line) in running:
            kind = "running_head"
        if kind is None:
            body.append(line)
        else:
            leftovers.append(Leftover(kind, line.raw, page.place([line.box])))
    for area, pieces in page.tables:
        above = [line for line in body if line.middle < area.ys[0]]
        body = [line for line in body if line not in above]
        yield from _blocks(page, above, at)
        yield _table(page, area, pieces)
    yield from _blocks(page, body, at)


def _blocks(page: ReadPage, found: Sequence[ScanLine], at: Margins | None) -> Iterator[Block]:
    groups = list(paragraphs(found, at)) if at else []
    texts = dashes([one_text([line.text for line in group]) for group in groups])
    for text, group in zip(texts, groups, strict=True):
        raw = one_text([line.raw for line in group])
        place = page.place([line.box for line in group], min(line.confidence for line in group))
        yield Block(text, place, raw if raw != text else None)


def one_text(texts: Sequence[str]) -> str:
    """The lines of a paragraph as one text: nothing between Chinese, a space between Latin words.

    >>> one_text(["按照 GB/T", "50362 做好", "工作"])
    '按照 GB/T 50362 做好工作'
    """
    joined = texts[0]
    for text in texts[1:]:
        joined += (
            " " if joined[-1:].isascii() and text[:1].isascii() and joined[-1:].isalnum() and text[:1].isalnum() else ""
        ) + text
    return joined


def _table(page: ReadPage, area: GridArea, pieces: Sequence[Piece]) -> Table:
    held: dict[tuple[int, int], list[Piece]] = {}
    for piece in pieces:
        held.setdefault(area.slot(*piece.middle) or (0, 0), []).append(piece)
    rows = tuple(
        tuple(_cell(page, area, (row, column), held) for column in range(len(area.xs) - 1))
        for row in range(len(area.ys) - 1)
    )
    return Table(rows, page.place([area.bbox]))


def _cell(page: ReadPage, area: GridArea, slot: tuple[int, int], held: dict[tuple[int, int], list[Piece]]) -> Cell:
    box = [area.cell_box(area.begins[slot])]
    if area.begins[slot] != slot:
        return Cell(None, page.place(box))
    found = lines(held.get(slot, []))
    if not found:
        return Cell("", page.place(box))
    groups = list(_cell_lines(found, box[0][2] - box[0][0]))
    text = "\n".join(one_text([line.text for line in group]) for group in groups)
    raw = "\n".join(one_text([line.raw for line in group]) for group in groups)
    return Cell(text, page.place(box, min(line.confidence for line in found)), raw if raw != text else None)


def _cell_lines(found: Sequence[ScanLine], width: float) -> Iterator[list[ScanLine]]:
    """The lines of a cell: those of a wide one are joined to paragraphs, in a narrow one each may be a name."""
    at = margins(found, found)
    if width < NARROW * at.letter:
        yield from ([line] for line in found)
    else:
        left = min(line.box[0] for line in found)
        right = max(*(line.box[2] for line in found), left + width - 2 * at.letter)
        yield from paragraphs(found, Margins(left, right, at.letter, at.pitch))
