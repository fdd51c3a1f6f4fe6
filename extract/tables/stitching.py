"""A run of tables → logical tables: header and column roles, rows of spans over all pages, section rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.pages import Cell, Place, Table
from extract.tables.chains import Chain, chains
from extract.tables.headers import stacked_role
from extract.tables.inferred import carry_blanks
from extract.tables.looks import column_kind
from extract.tables.pieces import Row, pieces
from extract.tables.profiles import line_height, profiles
from extract.tables.roles import roles_by_looks, sure_roles
from extract.tables.sections import is_note_row, is_section_row
from extract.tables.spans import Span, SpanRow, spans
from extract.tables.turns import Known, page_turn

Kind = Literal["entry", "section", "note"]
CLOSED = "。；！？;!?"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the table: the cell that covers it; `carried` where that cell begins in another place."""

    cell: Cell
    carried: bool = False


SlotRow = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Stitched:
    """One logical table; a cell that covers several places is the same object in all of them.

    `header` has a text for each column (that of all its header cells), `titles` and `header_rows` are the rows above
    the entries as printed, `kinds` says of each row whether it is an entry, a section row or a note, `repeated` are
    the headers printed again.
    """

    header: tuple[str, ...]
    roles: tuple[str | None, ...]
    rows: tuple[SlotRow, ...]
    kinds: tuple[Kind, ...]
    place: Place
    spans_known: bool
    header_rows: tuple[SlotRow, ...] = ()
    titles: tuple[SlotRow, ...] = ()
    repeated: tuple[Row, ...] = ()


def stitched(tables: Sequence[Table]) -> Iterator[Stitched]:
    """The logical tables of a run of tables that follow each other with nothing in between."""
    for chain in chains(pieces(tables)):
        known = chain.first.spans_known
        header = spans(*((chain.header, chain.first.edges) if known else (_stretched(chain.header),)), header=True)
        titles = [row for title in chain.titles for row in spans([title], chain.first.edges)]
        roles = _header_roles(header, chain.first.width)
        rows = _joined(chain, roles)
        if not rows and not header:
            continue
        kinds = [_kind(row, above, roles if header else ()) for above, row in zip([None, *rows], rows, strict=False)]
        entries = [row for row, kind in zip(rows, kinds, strict=True) if kind == "entry"]
        if not known:
            carry_blanks(entries, roles)
        begun = [_begun(entries, column) for column in range(chain.first.width)]
        filled = [[text for text in texts if text] for texts in begun]
        roles = roles_by_looks(_named(roles, header, filled), filled, [texts.count("") for texts in begun])
        yield Stitched(
            header=tuple("\n".join(_stacked(header, column)) for column in range(len(header[0]))) if header else (),
            roles=roles, rows=tuple(_slots(rows)), kinds=tuple(kinds), place=chain.first.place, spans_known=known,
            header_rows=tuple(_slots(header)), titles=tuple(_slots(titles)), repeated=tuple(chain.repeated),
        )  # fmt: skip


def _stretched(header: Sequence[Row]) -> Sequence[Row]:
    """A header of several rows in a format that prints merged cells like blank ones: header cells are never blank."""
    if len(header) < 2:
        return header
    return [tuple(replace(cell, text=cell.text or None) for cell in row) for row in header]


def _stacked(header: Sequence[SpanRow], column: int) -> list[str]:
    """The texts of the header cells over a column, highest first."""
    return [span.text for span in {id(row[column]): row[column] for row in header}.values() if span.text]


def _header_roles(header: Sequence[SpanRow], width: int) -> tuple[str | None, ...]:
    return tuple(stacked_role(_stacked(header, column)) for column in range(width))


def _named(
    roles: Sequence[str | None], header: Sequence[SpanRow], columns: Sequence[Sequence[str]]
) -> tuple[str | None, ...]:
    """A header cell over several columns says what the first one holds; names of bodies in the others say who leads."""
    found = list(roles)
    for column in range(1, len(roles) if header else 0):
        same = all(row[column] is row[column - 1] for row in header)
        if same and "lead" not in found and column_kind(columns[column]) == "names":
            found[column] = "lead"
    return tuple(found)


def _begun(rows: Sequence[SpanRow], column: int) -> list[str]:
    """The texts of the cells that begin in a column."""
    return [span.text for span in {id(row[column]): row[column] for row in rows}.values()]


def _kind(row: SpanRow, above: SpanRow | None, roles: Sequence[str | None]) -> Kind:
    """Without a header every row is an entry: a form has no sections."""
    if roles and is_note_row(row):
        return "note"
    return "section" if roles and is_section_row(row, above, roles) else "entry"


def _joined(chain: Chain, roles: Sequence[str | None]) -> list[SpanRow]:
    """The rows of all segments, with what the page turns parted put together."""
    parts = [spans(segment.rows, segment.edges) for segment in chain.segments]
    if len(parts) < 2:
        return _filled(parts[0]) if parts else []
    height = line_height([row for part in parts for row in part]) if chain.first.spans_known else None
    columns = profiles(parts)
    table = Known(columns, sure_roles(roles, [column.texts for column in columns]), height)
    joined: list[SpanRow] = []
    for part in parts:
        if joined and part:
            _join(joined, part, table, chain.first.spans_known)
        joined += part
    return _filled(joined)


def _filled(rows: Sequence[SpanRow]) -> list[SpanRow]:
    """The rows in which something stands."""
    return [row for row in rows if any(span.text or span.lost for span in row)]


def _join(joined: Sequence[SpanRow], part: list[SpanRow], table: Known, spans_known: bool) -> None:
    """Join the rows of a page to those above: cells that go on become one, a row that was cut leaves the page."""
    above, below = joined[-1], part[0]
    turn = page_turn(above, below, table)
    is_cut, going_on = turn.is_cut, turn.going_on
    if not spans_known:
        is_cut = _is_rest(above, below, is_cut)
        going_on = frozenset(range(len(below))) if is_cut else frozenset()
    for column in sorted(going_on):
        if all(below[column] is not old for old in above):  # a span over several columns goes on once
            _go_on(above[column], below[column], part)
    if is_cut:
        del part[0]


def _go_on(old: Span, new: Span, part: Sequence[SpanRow]) -> None:
    """Make a span the rest of the one above the page turn, everywhere on its page."""
    old.parts += new.parts
    for row in part:
        for column, span in enumerate(row):
            if span is new:
                row[column] = old


def _is_rest(above: SpanRow, below: SpanRow, is_likely: bool) -> bool:
    """Where a blank may be a merged cell: the rest of a row has no key, and every word goes on with unfinished text."""
    no_key = is_likely or (not below[0].text and bool(above[0].text))
    return no_key and all(
        old.text and old.text.rstrip()[-1:] not in CLOSED for old, new in zip(above, below, strict=True) if new.text
    )


def _slots(rows: Sequence[SpanRow]) -> Iterator[SlotRow]:
    """Places with their cells; a span gives the same cell everywhere, its first place being its own."""
    cells: dict[int, Cell] = {}
    for row in rows:
        slots = []
        for span in row:
            carried = id(span) in cells
            cell = cells.setdefault(id(span), span.cell())
            slots.append(Slot(cell, carried))
        yield tuple(slots)
