"""The cells of a Word table → a grid: which cell stands where, and which place is merged away.

Word cuts a table into as many columns as it has different cell edges; edges less than a character apart are one edge
that somebody drew by hand, and a column in which no cell begins is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from xml.etree.ElementTree import Element

from extract.readers.docx_styles import W, number, switched, value, whole

MOST_COLUMNS = 63  # Word's own limit
NARROW = 115  # twentieths of a point, 2 mm: no character fits in
WRAPPERS = {f"{W}{tag}" for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml")}
DELETED = {f"{W}del", f"{W}moveFrom"}
Merge = Literal["none", "begins", "goes_on", "to_left"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of the file in its row: first column, columns it spans, and how it is merged."""

    element: Element
    start: int
    span: int
    merge: Merge = "none"
    merged_away: bool = False

    @property
    def end(self) -> int:
        return self.start + self.span


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file; a row that was deleted or hidden is not shown."""

    element: Element
    slots: tuple[Slot, ...]
    unseen: Literal["", "deleted", "hidden"] = ""


def rows(table: Element) -> list[Row]:
    """The rows of a table with every cell at its column and told whether it is merged away."""
    found = [_row(element, deleted) for element, deleted in _inside(table, f"{W}tr")]
    found = _moved(found, _edges(table, _slots(found)))
    return list(_merged(_moved(found, _beginnings(_slots(found)))))


def _slots(found: Sequence[Row]) -> list[Slot]:
    return [slot for row in found if not row.unseen for slot in row.slots]


def _inside(parent: Element, tag: str) -> Iterator[tuple[Element, bool]]:
    """The rows of a table or the cells of a row, and whether the revision that holds them deletes them."""
    for child in parent:
        if child.tag == tag:
            yield child, False
        elif child.tag in WRAPPERS:
            yield from _inside(child, tag)
        elif child.tag in DELETED:
            yield from ((element, True) for element, _ in _inside(child, tag))


def _row(element: Element, deleted: bool) -> Row:
    properties = element.find(f"{W}trPr")
    column = _span(number(properties, "gridBefore"), least=0)
    slots = []
    for cell, _ in _inside(element, f"{W}tc"):
        slot = _slot(cell, column)
        slots.append(slot)
        column = slot.end
    if deleted or (properties is not None and properties.find(f"{W}del") is not None):
        return Row(element, tuple(slots), "deleted")
    return Row(element, tuple(slots), "hidden" if switched(properties, "hidden") else "")


def _slot(cell: Element, column: int) -> Slot:
    properties = cell.find(f"{W}tcPr")
    down, across = value(properties, "vMerge"), value(properties, "hMerge")
    merge: Merge = "none"
    if across is not None and across != "restart":
        merge = "to_left"
    elif down is not None:
        merge = "begins" if down == "restart" else "goes_on"
    return Slot(cell, column, _span(number(properties, "gridSpan"), least=1), merge)


def _span(printed: int | None, least: int) -> int:
    return min(max(least if printed is None else printed, least), MOST_COLUMNS)


Mapping = Callable[[int], int]


def _same(column: int) -> int:
    return column


def _edges(table: Element, slots: Sequence[Slot]) -> Mapping:
    """The columns without those too narrow to hold a character, unless a cell stands in one alone."""
    widths = [whole(column.get(f"{W}w")) or NARROW for column in table.findall(f"{W}tblGrid/{W}gridCol")]
    if not any(width < NARROW for width in widths) or _width(slots) > len(widths):
        return _same
    kept = _counted([width >= NARROW for width in widths])
    return kept if all(kept(slot.end) > kept(slot.start) for slot in slots) else _same


def _beginnings(slots: Sequence[Slot]) -> Mapping:
    """The columns in which a cell begins."""
    begun = {slot.start for slot in slots}
    columns = range(_width(slots))
    return _same if begun.issuperset(columns) else _counted([column in begun for column in columns])


def _width(slots: Sequence[Slot]) -> int:
    return max((slot.end for slot in slots), default=0)


def _counted(kept: Sequence[bool]) -> Mapping:
    """Edge of a column → how many kept columns stand before it."""
    before = [0]
    for one in kept:
        before.append(before[-1] + one)
    return lambda column: before[min(column, len(kept))]


def _moved(found: list[Row], mapping: Mapping) -> list[Row]:
    if mapping is _same:
        return found

    def moved(slot: Slot) -> Slot:
        start = mapping(slot.start)
        return replace(slot, start=start, span=max(1, mapping(slot.end) - start))

    return [replace(row, slots=tuple(moved(slot) for slot in row.slots)) for row in found]


def _merged(found: Sequence[Row]) -> Iterator[Row]:
    """A cell goes on with the one above only where that one is merged too and begins at the same column."""
    above: set[int] = set()
    for row in found:
        if row.unseen:
            yield row
            continue
        slots = [
            replace(slot, merged_away=True)
            if slot.merge == "to_left" or (slot.merge == "goes_on" and slot.start in above)
            else slot
            for slot in row.slots
        ]
        above = {slot.start for slot in slots if slot.merge in ("begins", "goes_on")}
        yield replace(row, slots=tuple(slots))


def is_deleted(cell: Element) -> bool:
    """Whether a revision deletes the cell."""
    return cell.find(f"{W}tcPr/{W}cellDel") is not None
