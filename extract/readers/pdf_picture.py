"""A page of a PDF as a picture with what was read drawn on it: cells, paragraphs and leftovers, each in its colour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extract.pages import Block, Box, Place, Reading, Table
from extract.readers.pdf import render

if TYPE_CHECKING:
    from PIL.Image import Image

SCALE = 2.0  # pixels a point
COLOURS = {"table": (200, 0, 160), "cell": (0, 90, 220), "paragraph": (0, 140, 60), "leftover": (230, 110, 0)}


def picture(path: Path, page: int, reading: Reading) -> Image:
    """Page `page` (counted from 1) with the boxes of `reading` outlined and its paragraphs numbered from 1.

    Tables are purple, cells blue, paragraphs green, leftovers orange; UnreadableFile where there is no such page.
    """
    from PIL import ImageDraw

    drawing = render(path, page, SCALE)
    pen = ImageDraw.Draw(drawing)
    for kind, label, box in outlines(reading, page):
        x0, top, x1, bottom = (SCALE * side for side in box.bbox)
        x0, x1 = sorted((x0, x1))
        pen.rectangle((x0, min(top, bottom), x1, max(top, bottom)), outline=COLOURS[kind], width=2)
        if label:
            pen.text((x0 + 3, min(top, bottom)), label, fill=COLOURS[kind])
    return drawing


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
