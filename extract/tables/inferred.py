"""Merged cells of formats that print them like blank ones (flattened text), inferred from the columns together."""

from __future__ import annotations

from collections.abc import Sequence

from extract.tables.spans import SpanRow

# columns that say what a group of rows is about: their blanks are merged cells
LEADING = {"label", "clause", "points", "scoring", "verification"}
FEWEST = 3  # rows of evidence that another column is merged together with them


def carry_blanks(rows: Sequence[SpanRow], roles: Sequence[str | None]) -> None:
    """Make blank places part of the cell above them, in place, where they stand for a merged cell.

    The blanks of a leading column do.  Those of another column do in the rows where a leading column goes on too, if
    it is blank in all of these rows: elsewhere its blanks are true ones.
    """
    blank = [frozenset(r for r, row in enumerate(rows) if _is_blank(row, c)) for c in range(len(roles))]
    leading = [column for column, role in enumerate(roles) if role in LEADING and blank[column]]
    keys = [blank[column] for column in leading if roles[column] in {"label", "clause"}]
    key = min(keys, key=len, default=frozenset())
    for column, places in enumerate(blank):
        if column in leading:
            _carry(rows, column, places)
        elif len(key) >= FEWEST and key <= places:
            _carry(rows, column, key)


def _is_blank(row: SpanRow, column: int) -> bool:
    return not row[column].text and not row[column].lost


def _carry(rows: Sequence[SpanRow], column: int, places: frozenset[int]) -> None:
    for number in sorted(places):
        above = rows[number - 1][column] if number else None
        if above is not None and above.text:
            rows[number][column] = above
