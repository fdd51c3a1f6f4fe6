"""What kind of values a column holds, told by its cells: running numbers, amounts, dates, names of bodies, text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Literal

from extract.dates import read_period
from extract.departments.name_grammar import SEPARATORS, ending
from extract.outline import read_numbering
from extract.text import squeezed

Kind = Literal["ordinal", "number", "date", "names", "text"]

RUNNING = re.compile(r"[（(]?(\d{1,3})[）).、]?")
AMOUNT = re.compile(r"[（(]?\d{1,4}(?:\.\d{1,2})?分?[）)]?")
PARTS = re.compile(rf"[{re.escape(SEPARATORS)}\s]+")
STOPS = "。；！？;!?"
MOST = 0.8  # of the cells of a column are what the column is
ENOUGH = 1000  # cells that show what all are
LONGEST_NAMES, SHORTEST_TEXT = 80, 12


def value_kind(text: str) -> Kind:
    """What a single cell looks like; a bare number is a `number`, only a column of them is running.

    >>> value_kind("20分"), value_kind("2024年底前"), value_kind("市青岚局、\\n各县政府"), value_kind("建好站点")
    ('number', 'date', 'names', 'text')
    """
    plain = squeezed(text)
    if AMOUNT.fullmatch(plain) and not re.fullmatch(r"(?:19|20)\d\d", plain):
        return "number"
    if plain[:1].isdigit() and len(plain) <= 24 and any(read_period(plain)):
        return "date"
    return "names" if is_names(plain) else "text"


def is_names(plain: str) -> bool:
    """Whether a squeezed text is nothing but names that end as bodies do."""
    names = [name for name in PARTS.split(plain) if name]
    if not names or len(plain) > LONGEST_NAMES or plain[-1] in STOPS or any(c.isdigit() for c in plain):
        return False
    return sum(ending(name, len(name)) is not None for name in names) >= MOST * len(names)


def column_kind(cells: Sequence[str]) -> Kind | None:
    """What the filled cells of a column are, four in five of them at least; `None` for an empty column.

    >>> column_kind(["1", "2", "3"]), column_kind(["20", "20", "5"]), column_kind(["2024", "2025年6月", "长期"])
    ('ordinal', 'number', 'text')
    """
    if not cells:
        return None
    cells = cells[:ENOUGH]
    kinds = [value_kind(text) for text in cells]
    common = max(set(kinds), key=kinds.count)
    if kinds.count(common) < MOST * len(kinds) or common == "text":
        return "text"
    return "ordinal" if common == "number" and is_running(cells) else common


def is_running(cells: Sequence[str]) -> bool:
    """Whether the cells count upwards one by one, a few gaps aside."""
    numbers = [int(match[1]) for text in cells if (match := RUNNING.fullmatch(squeezed(text)))]
    steps = [below - above for above, below in pairwise(numbers)]
    return len(numbers) >= MOST * len(cells) and bool(numbers) and steps.count(1) >= MOST * len(steps)


def numbering_series(text: str) -> str | None:
    """The series of the number that a text begins with; `None` where it has none.

    >>> numbering_series("1.2建好站点"), numbering_series("建好站点")
    ('decimal', None)
    """
    numbering = read_numbering(text)
    return None if numbering is None or not numbering.code else numbering.series


def is_short(text: str, most: int = SHORTEST_TEXT) -> bool:
    """A few characters that state nothing: no figure, no stop.

    >>> is_short("任务内容"), is_short("2024年"), is_short("建好站点。")
    (True, False, False)
    """
    plain = squeezed(text)
    return 0 < len(plain) <= most and plain[-1] not in STOPS and not any(c.isdigit() for c in plain)


def typical_length(cells: Sequence[str]) -> float:
    """The median number of characters of some cells, 0 for none."""
    return median(len(squeezed(text)) for text in cells) if cells else 0.0
