"""Pieces → chains: the pieces that are one table, without the headers that come back on every page.

A piece goes on with the table before it where it prints that table's header again, or where it has none of its own
and its columns stand where the table's stand (without positions: where it has as many).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from extract.tables.headers import MOST_HEADER_ROWS, header_rows, is_label_row, looks_like_header, same_header
from extract.tables.pieces import NEAR, Piece, Row, aligned, printed, texts


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows that stand on one page, and the column edges of that page."""

    rows: tuple[Row, ...]
    edges: tuple[float, ...]


@dataclass
class Chain:
    """One table: titles, header rows, what each page holds of it, and what was printed again."""

    first: Piece
    titles: tuple[Row, ...] = ()
    header: tuple[Row, ...] = ()
    segments: list[Segment] = field(default_factory=list)
    repeated: list[Row] = field(default_factory=list)
    last: Piece | None = None

    def add(self, piece: Piece, rows: Sequence[Row]) -> None:
        """Take in the rows of a piece; a header printed again among them is where a page turned."""
        self.last = piece
        if self.header and rows and _counts_columns(rows[0]):
            self.repeated.append(rows[0])
            rows = rows[1:]
        height = len(self.header)
        start = at = 0
        while height and at + height <= len(rows):
            if [texts(row) for row in rows[at : at + height]] == [texts(row) for row in self.header]:
                self._add(rows[start:at], piece)
                self.repeated += rows[at : at + height]
                at = start = at + height
            else:
                at += 1
        self._add(rows[start:], piece)

    def _add(self, rows: Sequence[Row], piece: Piece) -> None:
        if rows:
            self.segments.append(Segment(tuple(rows), piece.edges))


def chains(pieces: Iterable[Piece]) -> Iterator[Chain]:
    """The tables of a run of pieces that follow each other with nothing but page furniture in between."""
    chain: Chain | None = None
    for piece in pieces:
        if chain is not None and _takes_in(chain, piece):
            continue
        if chain is not None:
            yield _with_header(chain)
        chain = _begun(piece)
    if chain is not None:
        yield _with_header(chain)


def _with_header(chain: Chain) -> Chain:
    """The chain, with its first row as header where all its rows together show that it is one."""
    rows = [row for segment in chain.segments for row in segment.rows]
    found = None if chain.header else looks_like_header(rows)
    if found and found[1] <= len(chain.segments[0].rows):
        _promote(chain, *found)
    return chain


def _begun(piece: Piece) -> Chain:
    rows = piece.rows
    found = header_rows(rows) or looks_like_header(rows)
    if found is None:
        chain = Chain(piece)
        chain.add(piece, rows)
        return chain
    start, end = found
    chain = Chain(piece, rows[:start], rows[start:end])
    chain.add(piece, rows[end:])
    return chain


def _counts_columns(row: Row) -> bool:
    """A row under the header that only numbers the columns."""
    return len(row) > 2 and list(texts(row)) == [str(number) for number in range(1, len(row) + 1)]


def _takes_in(chain: Chain, piece: Piece) -> bool:
    """Add a piece to a table that it goes on with; False where it does not."""
    fitted = aligned(piece, chain.first.edges)
    is_near = fitted is not None
    fitted = fitted or piece
    if fitted.width != chain.first.width:
        return False
    body = _below_header(chain, fitted.rows)
    if body is None and header_rows(fitted.rows) is None:
        if not chain.header and (again := _printed_again(chain, fitted.rows)) is not None:
            _promote(chain, *again)
            body = _below_header(chain, fitted.rows)
        elif looks_like_header(fitted.rows) is None and _may_follow(chain, fitted, is_near):
            body = fitted.rows
    if body is None:
        return False
    chain.add(fitted, body)
    return True


def _may_follow(chain: Chain, piece: Piece, is_near: bool) -> bool:
    """Whether a piece without a header goes on with a table by where its columns stand."""
    if chain.first.edges and piece.edges:
        return is_near and _turns_page(chain, piece)
    return bool(chain.header)


def _below_header(chain: Chain, rows: Sequence[Row]) -> Sequence[Row] | None:
    """What stands below the table's own header printed again, titles above it included; `None` where it is not."""
    height = len(chain.header)
    for start in (0, len(chain.titles)):
        again = rows[start : start + height]
        titles = [texts(row) for row in rows[:start]]
        if height and same_header(chain.header, again) and titles == [texts(row) for row in chain.titles][:start]:
            chain.repeated += rows[: start + height]
            return rows[start + height :]
    return None


def _printed_again(chain: Chain, rows: Sequence[Row]) -> tuple[int, int] | None:
    """The rows of a table, below its titles, that a piece begins with once more: then they are its header."""
    own = chain.segments[0].rows
    start = next((number for number, row in enumerate(own) if len(printed(row)) > 1), len(own))
    if len(chain.segments) > 1 or start == len(own) or not is_label_row(own[start]):
        return None
    same = takewhile(lambda pair: texts(pair[0]) == texts(pair[1]), zip(own[start:], rows, strict=False))
    height = min(len(list(same)), MOST_HEADER_ROWS)
    return (start, start + height) if height else None


def _promote(chain: Chain, start: int = 0, end: int = 1) -> None:
    """Make the first rows of a table its header."""
    segment = chain.segments[0]
    chain.titles, chain.header = segment.rows[:start], segment.rows[start:end]
    below = (Segment(segment.rows[end:], segment.edges),) if end < len(segment.rows) else ()
    chain.segments[:1] = below


def _turns_page(chain: Chain, piece: Piece) -> bool:
    """Whether a piece stands on the page after the table's last one, beside it, or touches it."""
    above, below = (chain.last or chain.first).box(last=True), piece.box()
    if above is None or below is None:
        return True
    if below.page != above.page:
        return below.page == above.page + 1
    return below.bbox[0] >= above.bbox[2] - NEAR or abs(below.bbox[1] - above.bbox[3]) <= NEAR
