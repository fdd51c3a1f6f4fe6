"""The frozen records of what a reader gives: pages of blocks and tables, each with its place in the file.

Nothing here knows a file format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Ocr = Literal["auto", "always", "never"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points from the top left: x0, top, x1, bottom."""

    page: int
    bbox: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the file: 1-based page and line where the format has them, and its boxes.

    `confidence` is how sure character recognition is of its least certain line, 0 to 1; `None` where text was not
    recognised from a picture.
    """

    page: int | None = None
    line: int | None = None
    boxes: tuple[Box, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text outside tables.  `raw` is set only where cleaning changed characters."""

    text: str
    place: Place
    raw: str | None = None
    level: int | None = None  # heading level the format itself gives (Markdown #, Word style), 1 is the highest
    lead: str = ""  # bold words at the beginning of the text


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table as it stands: `None` is merged away or lost, `''` is a true blank.

    `text` keeps the line breaks of the cell as `\\n`: whether two lines are one name or two is read later.
    """

    text: str | None
    place: Place
    raw: str | None = None
    lost: bool = False  # the source dropped this cell; what stood in it is unknown
    across: int | None = None  # columns that it takes up, where the format says so


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, every row as long as the widest.

    `spans_known` is False where the format prints a merged-away cell like a blank one (flattened text).
    """

    rows: tuple[tuple[Cell, ...], ...]
    place: Place
    spans_known: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One page (or the whole of a format without pages) in reading order."""

    number: int | None
    content: tuple[Block | Table, ...]


@dataclass(frozen=True, slots=True)
class Leftover:
    """Characters of the source that are no passage, by name: page_number, markup, rule …"""

    kind: str
    text: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader gives of one file.  `doubts` are (kind, message) of what it could not read or has to report."""

    format: str
    pages: tuple[Page, ...]
    leftovers: tuple[Leftover, ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
