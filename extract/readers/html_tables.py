"""Tables of a web page: those that only lay out the page told from those of data, and the grid of a table of data.

`rowspan` and `colspan` become rows of equal width: the text in the first cell of a span, `None` in the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from extract.errors import UnreadableFile
from extract.pages import Cell, Place, Table
from extract.readers.html_shown import is_block, shown_nodes, shown_text, silent_kind
from extract.readers.html_tree import Node

PARTS = {"thead": 0, "tfoot": 2}  # the order in which the parts of a table are shown; all others stand between
WIDEST = 1_000  # columns, as in browsers
MOST_CELLS = 500_000
BORDER = re.compile(
    r"border(?:-(?:top|left|right|bottom))?(?:-style)?:(?!none|0(?:px|pt)?(?:;|$|none))[^;]*(?:solid|double|windowtext)"
)
PARAGRAPHS_OF_A_PAGE = 6  # in one cell of a table without rules that holds most of its text: a page in a frame


@dataclass(frozen=True, slots=True)
class Row:
    """A shown row and its cells."""

    node: Node
    cells: tuple[Node, ...]


def table_rows(table: Node) -> list[Row]:
    """The rows of a table in the order in which they are shown, those of tables inside it left out."""
    found = [(PARTS.get(part, 1), row) for part, row in _rows(table, "")]
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _rows(node: Node, part: str) -> Iterator[tuple[str, Row]]:
    for child in node.children:
        if silent_kind(child) is not None:
            continue
        if child.tag == "tr":
            yield part, Row(child, tuple(_cells(child)))
        elif child.tag not in {"table", "caption", "td", "th"}:
            yield from _rows(child, child.tag if child.tag in PARTS else part)


def _cells(row: Node) -> Iterator[Node]:
    for child in row.children:
        if silent_kind(child) is None:
            if child.tag in {"td", "th"}:
                yield child
            elif child.tag not in {"table", "tr", "#text"}:  # a form between row and cells
                yield from _cells(child)


def is_data_table(table: Node) -> bool:
    """Whether a table shows data in rows and columns; one that only lays out the page is read as its contents."""
    if table.role in {"presentation", "none"}:
        return False
    rows = table_rows(table)
    sizes = [[len("".join(shown_text(cell).split())) for cell in row.cells] for row in rows]
    wide = sum(sum(size > 0 for size in row) >= 2 for row in sizes)
    total = sum(map(sum, sizes))
    if wide == 0 or _size(table, "table") * 2 > total:
        return False
    if _is_ruled(table, rows):
        return True
    if _size(table, "a") * 2 > total:
        return False
    largest = max((cell for row in rows for cell in row.cells), key=lambda cell: len(shown_text(cell)))
    if len(shown_text(largest)) * 10 > total * 6 and _paragraphs(largest) >= PARAGRAPHS_OF_A_PAGE:
        return False
    return wide >= 2


def _size(node: Node, tag: str) -> int:
    """Characters inside elements of a tag below a node."""
    return sum(
        len("".join(shown_text(child).split())) if child.tag == tag else _size(child, tag)
        for child in node.children
        if silent_kind(child) is None
    )


def _is_ruled(table: Node, rows: list[Row]) -> bool:
    if table.attributes.get("border", "0").strip() not in {"", "0", "0px"} or any(
        c.tag == "th" for r in rows for c in r.cells
    ):
        return True
    styles = [table.style, *(cell.style for row in rows[:3] for cell in row.cells)]
    ruled = sum(bool(BORDER.search(style)) for style in styles[1:])
    return ruled * 2 > len(styles) - 1


def _paragraphs(cell: Node) -> int:
    return sum(part.tag == "br" or (is_block(part) and part is not cell) for part in shown_nodes(cell))


Slots = dict[tuple[int, int], tuple[Node, bool]]


def read_grid(table: Node, read_cell: Callable[[Node], Cell]) -> Table:
    """The rows of a table of data, every row as wide as the widest; columns and rows without any cell are left out."""
    slots = _slots(table_rows(table))
    width = max(column for _, column in slots) + 1
    height = max(row for row, _ in slots) + 1
    if width * height > MOST_CELLS:
        raise UnreadableFile(f"has a table of {height} rows and {width} columns; split it")
    columns = sorted({column for (_, column), (_, first) in slots.items() if first})
    kept = sorted({row for (row, _), (_, first) in slots.items() if first})
    lines = {row: cell.line for (row, _), (cell, first) in reversed(slots.items()) if first}
    rows = tuple(
        tuple(_cell(slots, row, at, columns, Place(line=lines[row]), read_cell) for at in range(len(columns)))
        for row in kept
    )
    return Table(rows, Place(line=table.line))


def _cell(
    slots: Slots, row: int, at: int, columns: Sequence[int], place: Place, read_cell: Callable[[Node], Cell]
) -> Cell:
    """The cell at a place of the columns that are kept; one that covers several says how many."""
    slot = slots.get((row, columns[at]))
    if slot is None:
        return Cell("", place)
    node, first = slot
    if not first:
        return Cell(None, place)
    covered = takewhile(lambda column: slots.get((row, column), (None,))[0] is node, columns[at:])
    return replace(read_cell(node), across=len(list(covered)))


def _slots(rows: list[Row]) -> Slots:
    """Grid position → the cell that covers it, and whether it is the cell's first position."""
    slots: Slots = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row.cells:
            while (y, x) in slots:
                x += 1
            across = min(span(cell, "colspan"), WIDEST)
            down = min(span(cell, "rowspan") or len(rows), len(rows) - y)
            if len(slots) + across * down > MOST_CELLS:
                raise UnreadableFile(f"has a table of more than {MOST_CELLS} cells; split it")
            for below in range(down):
                for beside in range(max(across, 1)):
                    slots.setdefault((y + below, x + beside), (cell, below == beside == 0))
    return slots


def span(cell: Node, name: str) -> int:
    """The printed span of a cell, 1 where it is missing or no number.

    >>> span(Node("td", attributes={"colspan": "3"}), "colspan"), span(Node("td"), "rowspan")
    (3, 1)
    """
    printed = re.match(r"\s*(\d{1,6})", cell.attributes.get(name, ""))
    return int(printed[1]) if printed else 1
