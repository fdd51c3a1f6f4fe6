"""A table of a reader → Piece: without blank rows, with the x positions of its column edges where cells have boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.pages import Box, Cell, Place, Table
from extract.text import squeezed

Row = tuple[Cell, ...]
NEAR = 4.0  # points between two edges that are the same rule; two pages of one file differ by less than 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of cells, and the edges of their columns from left to right (none where the format has no positions)."""

    rows: tuple[Row, ...]
    place: Place
    spans_known: bool
    edges: tuple[float, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0])

    def box(self, last: bool = False) -> Box | None:
        """The first box of the first cell that has one, or the last box of the last."""
        boxes = (cell.place.boxes for row in self.rows[:: -1 if last else 1] for cell in row if cell.place.boxes)
        found = next(boxes, None)
        return None if found is None else found[-1 if last else 0]


def pieces(tables: Sequence[Table]) -> Iterator[Piece]:
    """The tables that hold any text, made even."""
    for table in tables:
        rows = tuple(_filled(table.rows))
        if rows:
            yield Piece(rows, table.place, table.spans_known, column_edges(rows))


def _filled(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows but for blank ones; a blank cell that is merged down holds its row."""
    for row, below in zip(rows, [*rows[1:], ()], strict=True):
        held = any(cell.text == "" and under.text is None for cell, under in zip(row, below, strict=False))
        if held or any(cell.text for cell in row):
            yield row


def column_edges(rows: Sequence[Row]) -> tuple[float, ...]:
    """The x positions of the column edges; none where the boxes do not give one more than there are columns."""
    found = sorted(
        x for row in rows for cell in row if cell.place.boxes
        for x in (cell.place.boxes[0].bbox[0], cell.place.boxes[0].bbox[2])
    )  # fmt: skip
    edges = [right for left, right in pairwise([float("-inf"), *found]) if right - left > NEAR]
    return tuple(edges) if len(edges) == len(rows[0]) + 1 else ()


def edge_at(edges: Sequence[float], x: float) -> int | None:
    """The index of the edge at x."""
    return next((index for index, edge in enumerate(edges) if abs(edge - x) <= NEAR), None)


def aligned(piece: Piece, edges: Sequence[float]) -> Piece | None:
    """The piece over the columns of the table it goes on with; `None` where an edge is none of theirs.

    A page on which two columns never part shows fewer columns.  Facing pages may be shifted as a whole.
    """
    if not piece.edges or not edges:
        return None
    shift = edges[0] - piece.edges[0]
    places = [edge_at(edges, edge + shift) for edge in piece.edges]
    known = [place for place in places if place is not None]
    if len(known) < len(places) or known[0] != 0 or known[-1] != len(edges) - 1:
        return None
    if len(known) == len(edges):
        return piece
    rows = tuple(tuple(_spread(row, known)) for row in piece.rows)
    return replace(piece, rows=rows, edges=tuple(edge - shift for edge in edges))


def _spread(row: Row, places: Sequence[int]) -> Iterator[Cell]:
    for cell, (start, end) in zip(row, pairwise(places), strict=True):
        yield cell
        yield from [Cell(None, cell.place)] * (end - start - 1)


def texts(row: Row) -> tuple[str, ...]:
    """The texts of a row to compare it by: without white space, '' for blank and merged cells.

    >>> texts((Cell("序 号", Place()), Cell(None, Place())))
    ('序号', '')
    """
    return tuple(squeezed(cell.text or "") for cell in row)


def printed(row: Row) -> list[str]:
    """The filled cells of a row.

    >>> printed((Cell("序号", Place()), Cell("", Place()), Cell("任务", Place())))
    ['序号', '任务']
    """
    return [cell.text for cell in row if cell.text]
