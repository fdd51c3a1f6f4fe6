"""Boxes of a page that was read lying on its side → boxes on the page as it is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from extract.pages import Block, Box, Leftover, Place, Table
from extract.readers.pdf_cells import rounded
from extract.readers.pdf_lattice import BBox
from extract.readers.pdf_lines import rotated
from extract.readers.pdf_sheet import Sheet

Item = TypeVar("Item", bound=Block | Table | Leftover)


def turned_back(item: Item, sheet: Sheet) -> Item:
    """A block, table or leftover with every box of the sheet's page where the page shows it."""
    place = _place(item.place, sheet)
    if isinstance(item, Table):
        rows = tuple(tuple(replace(cell, place=_place(cell.place, sheet)) for cell in row) for row in item.rows)
        return replace(item, rows=rows, place=place)
    return replace(item, place=place)


def _place(place: Place, sheet: Sheet) -> Place:
    boxes = (
        Box(box.page, shown(box.bbox, sheet.turns, sheet.size)) if box.page == sheet.number else box
        for box in place.boxes
    )
    return replace(place, boxes=tuple(boxes))


def shown(box: BBox, turns: int, size: tuple[float, float]) -> BBox:
    """A box of a page of `size` that was turned back by quarter turns clockwise, on the page as it is shown.

    >>> shown((0, 0, 10, 5), 1, (200, 100))
    (95.0, 0.0, 100.0, 10.0)
    """
    x0, top, x1, bottom = map(float, rotated(box, turns))
    right, down = ((0.0, 0.0), (size[1], 0.0), size, (0.0, size[0]))[turns % 4]
    return rounded((x0 + right, top + down, x1 + right, bottom + down))
