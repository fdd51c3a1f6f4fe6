"""Rows of cells with merged ones → rows of spans: every place knows the printed cell that it belongs to.

The format or boxes say how far a cell reaches across; without them the pattern of merged cells does.  What is left
over belongs to the cell above; in the first row of a piece it belongs to the page before and comes as an open span.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.conditions import holds
from extract.pages import Cell, Place
from extract.tables.pieces import Row, edge_at


@dataclass(eq=False, slots=True)
class Span:
    """A printed cell: its parts on the pages it stands on, the first one first.  Open: it began on the page before."""

    parts: list[Cell]

    @property
    def is_open(self) -> bool:
        return not self.parts

    @property
    def text(self) -> str:
        """The text of all parts; parts with boxes are parted by a line break, as the lines of a cell are."""
        if len(self.parts) == 1:
            return self.parts[0].text or ""
        gap = "\n" if any(part.place.boxes for part in self.parts) else ""
        return gap.join(part.text for part in self.parts if part.text)

    @property
    def lost(self) -> bool:
        return any(part.lost for part in self.parts)

    def cell(self) -> Cell:
        """One cell of all parts, with all their boxes."""
        if len(self.parts) == 1:
            return self.parts[0]
        raw = None
        if any(part.raw for part in self.parts):
            raw = "\n".join(part.raw or part.text or "" for part in self.parts)
        first = next((part.place for part in self.parts if part.text), self.parts[0].place if self.parts else Place())
        boxes = tuple(box for part in self.parts for box in part.place.boxes)
        sure = [part.place.confidence for part in self.parts if part.place.confidence is not None]
        place = replace(first, boxes=boxes, confidence=min(sure, default=None))
        return Cell(self.text, place, raw, self.lost)


SpanRow = list[Span]


def is_merged(cell: Cell) -> bool:
    """Whether a cell has no text of its own because it is part of another one."""
    return cell.text is None and not cell.lost


def spans(rows: Sequence[Row], edges: Sequence[float] = (), *, header: bool = False) -> list[SpanRow]:
    """The span of every place of some rows that stand on one page; in a header lower cells divide the upper ones."""
    merged = [sum(is_merged(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    found: list[SpanRow] = []
    for number, row in enumerate(rows):
        above = found[-1] if found else None
        line: SpanRow = []
        reach = 0  # up to which column the last printed cell reaches across
        for column, cell in enumerate(row):
            if not is_merged(cell):
                line.append(Span([cell]))
                reach = _reach(rows, number, column, edges, merged)
                if header and above is not None:
                    reach = next((c for c in range(column + 1, reach) if above[c] is not above[column]), reach)
            elif column < reach:
                line.append(line[-1])
            elif above is not None:
                line.append(above[column])
            else:
                line.append(Span([]))
        found.append(line)
    return found


def _reach(rows: Sequence[Row], number: int, column: int, edges: Sequence[float], merged: Sequence[int]) -> int:
    """The column behind the last one that the cell printed at a place takes up."""
    row = rows[number]
    if (across := row[column].across) is not None:
        return min(column + across, len(row))
    boxes = row[column].place.boxes
    if edges and boxes:
        place = edge_at(edges, boxes[0].bbox[2])
        if place is not None:
            return place
    end = column + 1
    while end < len(row) and is_merged(row[end]):
        end += 1
    if number == 0 or end - column == len(row) or (end > column + 1 and _is_across(row, column, merged)):
        return end
    return column + 1


def _is_across(row: Row, column: int, merged: Sequence[int]) -> bool:
    """Whether a merged cell on the right belongs to this one and not to the one above it.

    A column that is merged down in fewer rows divides finer: a new cell in the coarser column ends the finer one's.
    """
    own, right = merged[column], merged[column + 1] - 1
    return own > right or (own == right and holds("total", row[column].text or ""))
