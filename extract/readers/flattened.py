"""Word tables flattened to text: one tab-led cell a line, rows parted by a blank line, cells sometimes lost → Tables.

A line that starts with a tab opens a cell; lines without one go on with it.  A row that lost cells (its first ones
mostly, with what was left standing as a plain line) is laid over the columns whose other cells it resembles: the
columns are learnt from the complete rows of the same table, no word list is needed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from extract.outline import read_numbering
from extract.pages import Block, Cell, Place, Table

# Costs of the segmentation, in units of one well-fitting cell.  A lost row needs its cells to fit their columns
# (fit is at most 2.25) better than the row would be without them; a plain line costs little where no row wants it.
MISSING, PARAGRAPH = 1.0, 1.0
MOST_DROPPED = 2  # blank cells that flattening leaves beside a lost one; they fill no column of a lost row


@dataclass(slots=True)
class Token:
    """A cell or a plain line: its paragraphs, where it starts, and how many blank lines stand before it."""

    line: int
    tabbed: bool
    blanks: int
    paragraphs: list[str] = field(default_factory=list)
    raws: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(part for part in self.paragraphs if part)

    @property
    def raw(self) -> str | None:
        raw = "\n".join(part for part in self.raws if part.strip())
        return raw if "".join(raw.split()) != "".join(self.text.split()) else None


@dataclass
class Column:
    """What the complete rows have in one column."""

    texts: list[str]

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.texts)

    @cached_property
    def bigrams(self) -> frozenset[str]:
        return frozenset(pair for text in self.texts for pair in _bigrams(text))

    @cached_property
    def length(self) -> tuple[float, float]:
        logs = [math.log1p(len(text)) for text in self.texts]
        mean = sum(logs) / len(logs)
        return mean, max(0.35, math.sqrt(sum((log - mean) ** 2 for log in logs) / len(logs)))

    def fit(self, text: str) -> float:
        """How well a cell goes with this column: words it shares, its length, a text seen before; -1.25 … 2.25."""
        if not text:
            return 0.0
        if not self.texts:
            return -1.0
        pairs = _bigrams(text)
        shared = len(pairs & self.bigrams) / len(pairs)
        mean, deviation = self.length
        near = max(-1.0, 1 - abs(math.log1p(len(text)) - mean) / deviation / 2)
        return 1.5 * shared + 0.5 * near + (1.0 if text in self.known else 0.0) - 0.75


def _bigrams(text: str) -> frozenset[str]:
    text = "".join(text.split())
    return frozenset(text[i : i + 2] for i in range(max(1, len(text) - 1)))


def read_flattened(tokens: Sequence[Token]) -> Iterator[Block | Table]:
    """Tables and the plain lines between them, in order; a numbered heading (一、…) always parts two tables."""
    parts = list(_parts(tokens))
    widths = [_width(part) for part in parts]
    columns = {width: _columns(parts, width) for width in set(widths)}
    for part, width in zip(parts, widths, strict=True):
        if width < 2:
            yield from (_block(token) for token in part if token.text)
        else:
            yield from _part_content(part, columns[width])


def _parts(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in tokens:
        number = read_numbering(token.text) if not token.tabbed else None
        if number is not None and number.level == 1 and part:
            yield part
            part = []
        part.append(token)
    if part:
        yield part


def _segments(part: Sequence[Token]) -> Iterator[list[Token]]:
    starts = [*_starts(part), len(part)]
    for start, end in pairwise(starts):
        yield list(part[start:end])


def _starts(part: Sequence[Token]) -> list[int]:
    """Where a row may begin: after a blank line, with a plain line, and after one."""
    return [
        i for i, token in enumerate(part) if i == 0 or token.blanks > 0 or not token.tabbed or not part[i - 1].tabbed
    ]


def _width(part: Sequence[Token]) -> int:
    counts = Counter(len(segment) for segment in _segments(part) if segment[0].tabbed)
    return max(counts, key=lambda width: (counts[width] * width, width), default=0)


def _columns(parts: Sequence[Sequence[Token]], width: int) -> list[Column]:
    rows = [row for part in parts for row in _segments(part) if len(row) == width and all(cell.tabbed for cell in row)]
    return [Column([row[i].text for row in rows if row[i].text]) for i in range(width)]


def _part_content(part: Sequence[Token], columns: Sequence[Column]) -> Iterator[Block | Table]:
    rows: list[tuple[Cell, ...]] = []
    for segment, places in _segmentation(part, columns):
        if places is None:
            if rows:
                yield _table(rows)
                rows = []
            if segment[0].text:
                yield _block(segment[0])
        else:
            rows.append(_row(segment, places, len(columns)))
    if rows:
        yield _table(rows)


Placing = tuple[int | None, ...]  # the column of each token of a row; None: a blank that is dropped


def _segmentation(part: Sequence[Token], columns: Sequence[Column]) -> list[tuple[Sequence[Token], Placing | None]]:
    """The cheapest cut of the tokens into rows and plain lines, left to right."""
    count = len(part)
    ends = [*_starts(part), count]
    best: list[float] = [0.0] + [-math.inf] * count
    step: list[tuple[int, Placing | None]] = [(0, None)] * (count + 1)
    for end in ends[1:]:
        for start in (s for s in ends if s < end and end - s <= len(columns) + MOST_DROPPED):
            if best[start] == -math.inf:
                continue
            score, placing = _placed(part[start:end], columns)
            placed: Placing | None = placing
            if end - start == 1 and not part[start].tabbed and score < -PARAGRAPH:
                score, placed = -PARAGRAPH, None
            if best[start] + score > best[end]:
                best[end], step[end] = best[start] + score, (start, placed)
    cuts: list[tuple[Sequence[Token], Placing | None]] = []
    end = count
    while end > 0:
        start, chosen = step[end]
        cuts.append((part[start:end], chosen))
        end = start
    return cuts[::-1]


def _placed(row: Sequence[Token], columns: Sequence[Column]) -> tuple[float, Placing]:
    """The best monotone laying of a row's cells over the columns, and its score."""
    if len(row) == len(columns) and row[0].tabbed:
        return sum(column.fit(cell.text) for cell, column in zip(row, columns, strict=True)), tuple(range(len(row)))
    rows, width = len(row), len(columns)
    table = [[-MISSING * j for j in range(width + 1)]] + [[-math.inf] * (width + 1) for _ in range(rows)]
    for i, cell in enumerate(row, 1):
        for j in range(width + 1):
            dropped = table[i - 1][j] if not cell.text else -math.inf
            fit = columns[j - 1].fit(cell.text) if cell.text else -MISSING
            placed = table[i - 1][j - 1] + fit if j else -math.inf
            skipped = table[i][j - 1] - MISSING if j else -math.inf
            table[i][j] = max(dropped, placed, skipped)
    return table[rows][width], _traced(row, columns, table)


def _traced(row: Sequence[Token], columns: Sequence[Column], table: Sequence[Sequence[float]]) -> Placing:
    placing: list[int | None] = []
    i, j = len(row), len(columns)
    while i > 0 and table[i][j] > -math.inf:
        text = row[i - 1].text
        fit = columns[j - 1].fit(text) if text else -MISSING
        if j and math.isclose(table[i][j], table[i - 1][j - 1] + fit, abs_tol=1e-9):
            placing.append(j - 1)
            i, j = i - 1, j - 1
        elif not text and math.isclose(table[i][j], table[i - 1][j], abs_tol=1e-9):
            placing.append(None)
            i -= 1
        else:
            j -= 1
    return tuple(placing[::-1])


def _row(row: Sequence[Token], places: Placing, width: int) -> tuple[Cell, ...]:
    place = Place(line=row[0].line)
    cells = [Cell(None, place, lost=True)] * width
    for token, column in zip(row, places, strict=True):
        if column is not None:
            cells[column] = Cell(token.text, Place(line=token.line), token.raw)
    return tuple(cells)


def _table(rows: Sequence[tuple[Cell, ...]]) -> Table:
    return Table(tuple(rows), rows[0][0].place, spans_known=False)


def _block(token: Token) -> Block:
    return Block(token.text, Place(line=token.line), token.raw)
