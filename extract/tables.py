"""Tables as a reader found them → grids: header and column roles recognised, pieces of one table stitched together.

A grid knows no file format.  A piece goes on with the table before it where both have the same header row, or the
same number of columns and no header of its own; a repeated header is handed back as such; a row cut in two by the
page is put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extract.records import Cell, Place, Table
from extract.terms import terms
from extract.text import squeezed

BRACKETS = re.compile(r"[（(\[【].*?[)）\]】]")
CLOSED = "。；！？;!?"
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Stitched:
    """One logical table: header cells (none where it has no header), a role a column, rows, and repeated headers."""

    header: Row
    roles: tuple[str | None, ...]
    rows: tuple[Row, ...]
    place: Place
    spans_known: bool
    repeated: tuple[Row, ...] = ()


@cache
def _roles() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    exact: dict[str, str] = {}
    endings: list[tuple[str, str]] = []
    for role, entry in terms("columns").items():
        exact |= {squeezed(word): role for word in entry["is"]}
        endings += [(squeezed(word), role) for word in entry.get("ends", ())]
    return exact, tuple(sorted(endings, key=lambda ending: -len(ending[0])))


def column_role(header: str) -> str | None:
    """The role of a column by its header cell; `None` where the words are unknown.

    >>> column_role("考核评分\\n办法"), column_role("分值（分）"), column_role("常住人口")
    ('scoring', 'points', None)
    """
    text = BRACKETS.sub("", squeezed(header)).strip("：:")
    exact, endings = _roles()
    if text in exact or not text:
        return exact.get(text)
    return next((role for ending, role in endings if text.endswith(ending) and len(text) <= 14), None)


def is_header(row: Row) -> bool:
    """A row most of whose cells are header words, two different roles at least."""
    texts = [cell.text for cell in row if cell.text]
    roles = [column_role(text) for text in texts]
    known = [role for role in roles if role]
    return len(set(known)) >= 2 and len(known) * 2 > len(texts)


def stitched(tables: Sequence[Table]) -> Iterator[Stitched]:
    """The logical tables of a run of tables that follow each other with nothing in between."""
    current: Stitched | None = None
    for table in tables:
        piece = _piece(table)
        if current is not None and _goes_on(current, piece):
            current = _joined(current, piece)
            continue
        if current is not None:
            yield current
        current = piece
    if current is not None:
        yield current


def _piece(table: Table) -> Stitched:
    rows = [row for row in table.rows if any(cell.text for cell in row)]
    # a title row may stand over the header row
    at = next((i for i, row in enumerate(rows[:3]) if is_header(row)), None)
    if at is None:
        return Stitched((), (None,) * len(table.rows[0]), tuple(rows), table.place, table.spans_known)
    header = rows[at]
    body: list[Row] = []
    repeated: list[Row] = []
    for row in rows[:at] + rows[at + 1 :]:
        (repeated if _texts(row) == _texts(header) else body).append(row)
    roles = tuple(column_role(cell.text) if cell.text else None for cell in header)
    return Stitched(header, roles, tuple(body), table.place, table.spans_known, tuple(repeated))


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(squeezed(cell.text or "") for cell in row)


def _goes_on(table: Stitched, piece: Stitched) -> bool:
    if piece.header:
        return _texts(piece.header) == _texts(table.header)
    return bool(table.header) and len(piece.roles) == len(table.roles)


def _joined(table: Stitched, piece: Stitched) -> Stitched:
    rows = list(table.rows)
    fresh = list(piece.rows)
    if rows and fresh and _cut(rows[-1], fresh[0]):
        rows[-1] = tuple(_appended(above, below) for above, below in zip(rows[-1], fresh.pop(0), strict=True))
    repeated = table.repeated + ((piece.header,) if piece.header else ()) + piece.repeated
    return replace(table, rows=(*rows, *fresh), repeated=repeated)


def _cut(above: Row, below: Row) -> bool:
    """A row whose every word goes on with an unfinished cell above is the second half of that row."""
    pairs = [(a.text, b.text) for a, b in zip(above, below, strict=True) if b.text]
    blank_first = not below[0].text and bool(above[0].text)
    return blank_first and all(a and a.rstrip()[-1:] not in CLOSED for a, _ in pairs)


def _appended(above: Cell, below: Cell) -> Cell:
    if not below.text:
        return above
    raw = None
    if above.raw or below.raw:
        raw = f"{above.raw or above.text}\n{below.raw or below.text}"
    place = replace(above.place, boxes=above.place.boxes + below.place.boxes)
    return Cell(f"{above.text or ''}{below.text}", place, raw)
