"""A page of a PDF as a picture with what was read drawn on it: cells, paragraphs and leftovers, each in its colour."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import UnreadableFile
from extract.pages import Block, Box, Place, Reading, Table
from extract.readers.pdf import render
from extract.readers.pdf_pdfium import opened

if TYPE_CHECKING:
    from PIL.Image import Image

SCALE = 2.0  # pixels a point
SCREEN = 110 / 72  # pixels a point where a reader only finds a place
MOST_PIXELS = 4_000_000  # of such a picture: A3 at 110 dpi has 2.2 million
OUTLINE, COVER = (200, 0, 60), (90, 90, 90)
COLOURS = {"table": (200, 0, 160), "cell": (0, 90, 220), "paragraph": (0, 140, 60), "leftover": (230, 110, 0)}

Corners = tuple[float, float, float, float]


def picture(path: Path, page: int, reading: Reading) -> Image:
    """Page `page` (counted from 1) with the boxes of `reading` outlined and its paragraphs numbered from 1.

    Tables are purple, cells blue, paragraphs green, leftovers orange; UnreadableFile where there is no such page.
    """
    from PIL import ImageDraw

    drawing = render(path, page, SCALE)
    pen = ImageDraw.Draw(drawing)
    for kind, label, box in outlines(reading, page):
        left, upper, right, lower = _corners(box.bbox, SCALE)
        pen.rectangle((left, upper, right, lower), outline=COLOURS[kind], width=2)
        if label:
            pen.text((left + 3, upper), label, fill=COLOURS[kind])
    return drawing


def place_picture(path: Path, page: int, outlined: Iterable[Corners], covered: Iterable[Corners]) -> Image:
    """Page `page` for a reader at a screen: some boxes in points outlined, others covered.

    UnreadableFile where there is no such page.
    """
    from PIL import ImageDraw

    with opened(path) as file:
        if not 1 <= page <= len(file):
            raise UnreadableFile(f"has no page {page}; its pages are 1 to {len(file)}")
        with file.page(page) as sheet:
            width, height = sheet.size
        drawing, scale = file.render(page, min(SCREEN, math.sqrt(MOST_PIXELS / max(1.0, width * height))))
    pen = ImageDraw.Draw(drawing)
    for box in covered:
        pen.rectangle(_corners(box, scale), fill=COVER)
    for box in outlined:
        left, upper, right, lower = _corners(box, scale)
        pen.rectangle((left - 3, upper - 3, right + 3, lower + 3), outline=OUTLINE, width=3)
    return drawing


def _corners(box: Corners, scale: float) -> Corners:
    """Left, top, right, bottom in pixels; on turned pages a box may have them the wrong way round."""
    x0, top, x1, bottom = (scale * side for side in box)
    return min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom)


def outlines(reading: Reading, page: int) -> Iterator[tuple[str, str, Box]]:
    """What is drawn on a page: kind (a key of COLOURS), label and box; a paragraph is labelled by its number."""
    for sheet in reading.pages:
        for number, item in enumerate(sheet.content, 1):
            if isinstance(item, Block):
                yield from (("paragraph", str(number), box) for box in _on(item.place, page))
            else:
                yield from _table(item, page)
    for leftover in reading.leftovers:
        yield from (("leftover", leftover.kind, box) for box in _on(leftover.place, page))


def _table(table: Table, page: int) -> Iterator[tuple[str, str, Box]]:
    yield from (("table", "", box) for box in _on(table.place, page))
    for row_no, row in enumerate(table.rows, 1):
        for column_no, cell in enumerate(row, 1):
            label = f"{row_no}.{column_no}" if cell.text else ""
            yield from (("cell", label, box) for box in _on(cell.place, page))


def _on(place: Place, page: int) -> Iterator[Box]:
    return (box for box in place.boxes if box.page == page)
