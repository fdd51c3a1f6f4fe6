"""PDF files → Reading: tables by their rules or by alignment, paragraphs over lines, every character with its place.

Pages without a text layer are pictures: they are named in leftovers of the kind `scanned_page` and read by whoever is
given as `ocr`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import UnreadableFile
from extract.pages import Block, Box, Leftover, Page, Place, Reading, Table
from extract.readers.pdf_cells import Filled, rounded
from extract.readers.pdf_heads import heads
from extract.readers.pdf_lines import Line
from extract.readers.pdf_paragraphs import Margined, Paragraph, joined, margins, margins_of, paragraphs
from extract.readers.pdf_pdfium import opened
from extract.readers.pdf_sheet import Sheet, read_sheet
from extract.readers.pdf_strips import Strip, strips
from extract.readers.pdf_turned import turned_back

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200

# a file and the numbers of its scanned pages → those pages read, with their numbers
Ocr = Callable[[Path, Sequence[int]], Reading]


def read_pdf(path: Path, ocr: Ocr | None = None) -> Reading:
    """The pages of a PDF with every paragraph, table and leftover in its place.

    Scanned pages go to `ocr`; without it they stay empty and a leftover `scanned_page` names each.  UnreadableFile
    where the file is damaged, locked or too large, or where all its pages are scanned and there is no `ocr`.
    """
    with opened(path) as file:
        sheets = [read_sheet(file, number, path) for number in range(1, len(file) + 1)]
    scanned = [sheet.number for sheet in sheets if sheet.kind == "scanned"]
    if scanned and ocr is None and not any(sheet.lines or sheet.tables for sheet in sheets):
        raise UnreadableFile("is a scan without a text layer; install OCR with: pip install 'zhibiao[ocr]'")
    pages, leftovers = _pages(sheets)
    if scanned and ocr is not None:
        read = ocr(path, scanned)
        found = {page.number: page for page in read.pages}
        pages = [found.get(page.number, page) for page in pages]
        leftovers += read.leftovers
    else:
        leftovers += [Leftover("scanned_page", "", Place(number)) for number in scanned]
    return Reading("pdf", tuple(pages), tuple(leftovers))


def scanned_pages(path: Path) -> list[int]:
    """The numbers of the pages that are pictures without a text layer."""
    with opened(path) as file:
        return [number for number in range(1, len(file) + 1) if read_sheet(file, number, path).kind == "scanned"]


def render(path: Path, page: int, scale: float = DPI / 72) -> Image:
    """Page `page` (counted from 1) in colour, `scale` pixels a point, fewer where the page is very large."""
    with opened(path) as file:
        if not 1 <= page <= len(file):
            raise UnreadableFile(f"has no page {page}; its pages are 1 to {len(file)}")
        return file.render(page, scale)[0]


def rendered(path: Path, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, Image, float]]:
    """The pages (all, or those of `numbers`) in grey at 200 dpi for recognition: number, picture, pixels a point."""
    with opened(path) as file:
        for number in numbers or range(1, len(file) + 1):
            yield number, *file.render(number, DPI / 72, grey=True)


def _pages(sheets: Sequence[Sheet]) -> tuple[list[Page], list[Leftover]]:
    """The pages of a document, heads and page numbers taken out, and all that is left over."""
    read = [strip for sheet in sheets for strip in strips(sheet)]
    leftovers = [left for sheet in sheets for left in sheet.leftovers]
    bodies: list[Strip] = []
    for strip, found in zip(read, heads(read), strict=True):
        bodies.append(replace(strip, lines=tuple(line for i, line in enumerate(strip.lines) if i not in found)))
        leftovers += [_leftover(kind, strip.lines[i], strip.number) for i, kind in found.items()]
    content: dict[int, list[Block | Table]] = {sheet.number: [] for sheet in sheets}
    for page, block in _rejoined(bodies, margins(bodies)):
        if isinstance(block, Block) and not block.text:  # private-use characters alone
            leftovers.append(Leftover("symbols", block.raw or "", block.place))
        else:
            content[page].append(block)
    for sheet in sheets:
        if sheet.turns:
            content[sheet.number] = [turned_back(block, sheet) for block in content[sheet.number]]
            leftovers = [turned_back(left, sheet) for left in leftovers]
    return [Page(number, tuple(blocks)) for number, blocks in content.items()], leftovers


def _rejoined(bodies: Sequence[Strip], kept: Margined) -> Iterator[tuple[int, Block | Table]]:
    """Blocks and tables in reading order with their page; what the place of its lines tells to be one paragraph is one.

    Halves that only their words tell stay apart: the layout puts those together, for every format.
    """
    above: Paragraph | None = None
    held: Block | None = None
    for body in bodies:
        for index, item in enumerate(_content(body, kept)):
            if isinstance(item, Paragraph) and index == 0 and above and held and above.goes_on_with(item):
                held, above = joined(held, item.block), item
                continue
            if held is not None:
                yield held.place.page or body.number, held
            above, held = (item, item.block) if isinstance(item, Paragraph) else (None, None)
            if isinstance(item, Table):
                yield body.number, item
    if held is not None:
        yield held.place.page or 0, held


def _leftover(kind: str, line: Line, page: int) -> Leftover:
    return Leftover(kind, line.raw or line.text, Place(page, boxes=(Box(page, rounded(line.bbox)),)))


def _content(body: Strip, kept: Margined) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables of a strip from the top; lines beside a table come after it."""
    tables: list[Filled] = sorted(body.tables, key=lambda table: (table.bbox[1], table.bbox[0]))
    lines = list(body.lines)
    own = margins_of(body, kept) if lines else None
    for table in tables:
        above = [line for line in lines if (line.top + line.bottom) / 2 < table.bbox[1]]
        lines = lines[len(above) :] if lines[: len(above)] == above else [line for line in lines if line not in above]
        if own is not None:
            yield from paragraphs(above, own, body.number)
        yield table.table
    if own is not None:
        yield from paragraphs(lines, own, body.number)
