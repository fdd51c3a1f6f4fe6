"""Application forms: label/value tables with check boxes → form fields.

A form has no header row: its rows give a label and what was filled in behind it, sometimes several pairs, sometimes
below a label that spans rows.  A check box stands behind its option; the value is then the options that are checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.layout import Grid, GridCell, Layout
from extract.records import Fact, Finding, FormField
from extract.text import compact

LONGEST_LABEL = 30
INLINE = re.compile(r"^(?P<label>[^：:☐☑]{1,14})[：:]\s*(?P<value>.*)$", re.DOTALL)
OPTION = re.compile(r"(?P<option>[^☐☑\s]+)\s*(?P<box>[☐☑])")
PLACEHOLDER = re.compile(r"^[\s_＿…．.（()）年月日/]*$|^[（(]注明[^）)]*[)）]$")


def is_form(grid: Grid) -> bool:
    """A table without a header most of whose rows are a label (a short text that ends no sentence) and its value."""
    if grid.header or len(grid.rows) < 2:
        return False
    rows = [_pair(_without_group(grid, row)) for row in grid.rows]
    labels = [row[0].text for row in rows if row is not None and row]
    pairs = sum(1 for text in labels if len(compact(text)) <= LONGEST_LABEL and not text.endswith("。"))
    return pairs * 3 >= len(rows) * 2


def forms(layout: Layout) -> Iterator[Fact]:
    """The filled fields of every form; a form nobody filled in is a finding."""
    for item in layout.content:
        if isinstance(item, Grid) and is_form(item):
            fields = [field for row in item.rows for field in _row_fields(_without_group(item, row))]
            yield from fields
            if not fields:
                first = next(cell for row in item.rows for cell in row if cell.passage is not None)
                yield Finding("blank_form", "info", f"table {item.number}: a form that is not filled in", first.ordinal)


def _without_group(grid: Grid, row: tuple[GridCell, ...]) -> list[GridCell]:
    """The row behind its group label: a first column that is blank in some row names the rows below it."""
    grouped = any(not other[0].text for other in grid.rows) and len(row) > 2
    return list(row[1:] if grouped else row)


def _pair(cells: list[GridCell]) -> list[GridCell] | None:
    """The row from its label on; `None` where it has more than the one value directly behind its label."""
    while cells and not cells[0].text:
        cells = cells[1:]
    plain = [cell for cell in cells[1:] if cell.text and not INLINE.match(cell.text)]
    return None if len(plain) > 1 or (plain and plain[0] is not cells[1]) else cells


def _row_fields(cells: list[GridCell]) -> Iterator[FormField]:
    """The value directly behind the first label, and pairs printed in one cell (职务：市长)."""
    cells = _pair(cells) or []
    for cell in cells[1:]:
        if inline := INLINE.match(cell.text):
            yield from _field(inline["label"], inline["value"], cell)
        elif cell.text:
            yield from _field(compact(cells[0].text).rstrip("：:"), cell.text, cell)


def _field(label: str, value: str, cell: GridCell) -> Iterator[FormField]:
    options = list(OPTION.finditer(value))
    if options:
        checked = [option["option"] for option in options if option["box"] == "☑"]
        if checked:
            yield FormField(compact(label), "；".join(checked), cell.ordinal)
    elif not PLACEHOLDER.match(value):
        yield FormField(compact(label), compact(value), cell.ordinal)
