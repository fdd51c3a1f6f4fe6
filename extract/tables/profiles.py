"""What the rows of a table say of each of its columns: how often it is merged down or blank, and what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.outline import read_numbering
from extract.pages import Box
from extract.tables.looks import MOST, STOPS, Kind, column_kind, numbering_series
from extract.tables.spans import Span, SpanRow
from extract.text import squeezed


@dataclass
class Profile:
    """One column: the spans that begin in it, and the rows in which a span of a row above goes on."""

    begun: list[Span]
    merged: frozenset[int]
    rows: int
    neighbours: Sequence[tuple[int, str, str]] = ()  # each row with the texts that begin in the row above it and in it

    @cached_property
    def texts(self) -> list[str]:
        return [span.text for span in self.begun if span.text]

    @cached_property
    def kind(self) -> Kind | None:
        """What its cells look like."""
        return column_kind(self.texts)

    @property
    def is_single(self) -> bool:
        """Whether each cell holds one value that no page turn can cut: a number or a date."""
        return self.kind in {"ordinal", "number", "date"}

    @property
    def merged_share(self) -> float:
        """The share of rows in which a cell of a row above goes on."""
        return len(self.merged) / self.rows if self.rows else 0.0

    @property
    def blank_share(self) -> float:
        """How likely a cell that begins here is blank; never 0 or 1."""
        return (len(self.begun) - len(self.texts) + 0.5) / (len(self.begun) + 1)

    @cached_property
    def series(self) -> str | None:
        """The series of numbers that its cells begin with."""
        found = [numbering_series(text) for text in self.texts]
        common = max(set(found), key=found.count) if found else None
        return common if found.count(common) >= MOST * len(found) else None

    @cached_property
    def stems(self) -> list[tuple[int, bool]]:
        """Of each row whether its number (2.2) belongs to the same group as that of the row above (2.1)."""
        found = [(row, stem(above), stem(text)) for row, above, text in self.neighbours]
        return [(row, one == other) for row, one, other in found if one and other]

    @cached_property
    def stop(self) -> str:
        """The stop that its cells end with; '' where they end with none."""
        ends = [text.rstrip()[-1:] for text in self.texts]
        common = max(set(ends), key=ends.count) if ends else ""
        return common if common in STOPS and ends.count(common) >= MOST * len(ends) else ""

    @cached_property
    def lengths(self) -> tuple[int, int]:
        """The characters of its shortest and of its longest cell."""
        found = [len(squeezed(text)) for text in self.texts] or [0]
        return min(found), max(found)

    @cached_property
    def line_width(self) -> int:
        """The most characters a line of a cell with several lines holds; 0 where no cell has several."""
        return max((len(line) for text in self.texts if "\n" in text for line in text.split("\n")), default=0)


def stem(text: str) -> str | None:
    """The number of the group in the number of a row.

    >>> stem("13.8推进建设。"), stem("推进建设。")
    ('13', None)
    """
    numbering = read_numbering(text)
    return numbering.code.rpartition(".")[0] or None if numbering and numbering.series == "decimal" else None


def profiles(parts: Sequence[Sequence[SpanRow]]) -> list[Profile]:
    """The columns of a table by the rows of its pages.

    The first row below a page turn may be half a row: what begins there shows nothing but that it goes on.  A row of
    one cell over all columns does not count.
    """
    width = len(parts[0][0]) if parts else 0
    begun: list[list[Span]] = [[] for _ in range(width)]
    merged: list[set[int]] = [set() for _ in range(width)]
    neighbours: list[list[tuple[int, str, str]]] = [[] for _ in range(width)]
    count = 0
    for number, part in enumerate(parts):
        seen = {id(span) for span in part[0]} if number else set()
        for above, row in zip([[], *part], part, strict=False):
            if (number and not above) or len({id(span) for span in row}) == 1 < width:
                continue
            for column, span in enumerate(row):
                if above:
                    neighbours[column].append((count, above[column].text, span.text))
                if id(span) in seen or span.is_open:
                    merged[column].add(count)
                elif column == 0 or row[column - 1] is not span:
                    begun[column].append(span)
            seen |= {id(span) for span in row}
            count += 1
    return [Profile(begun[c], frozenset(merged[c]), count, neighbours[c]) for c in range(width)]


def line_height(rows: Sequence[SpanRow]) -> float | None:
    """The height of a printed line, from the tightest cell of several lines; `None` where cells have no boxes."""
    heights = [
        (box.bbox[3] - box.bbox[1]) / (part.text.count("\n") + 1)
        for row in rows
        for span in row
        for part in span.parts
        if part.text and part.text.count("\n") >= 2 and (box := own_box(span))
    ]
    return min(heights, default=None)


def own_box(span: Span) -> Box | None:
    """The last box of the last part of a span."""
    boxes = span.parts[-1].place.boxes if span.parts else ()
    return boxes[-1] if boxes else None
