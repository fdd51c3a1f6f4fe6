"""How many entries a text says there are: 共13项, 以下4个方面, 分为三步.

Reads `terms/counts.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extract.numbers import CHINESE, read_number
from extract.terms import terms
from extract.text import squeezed

Sort = Literal["list", "kind"]
_INLINE = ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是")


@dataclass(frozen=True, slots=True)
class Announced:
    """A number of entries: `list` stands below or behind the words, `kind` are clauses of a kind; `end` in the text."""

    count: int
    sort: Sort
    printed: str
    end: int


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Sort], ...]:
    data = terms("counts")
    unit = "(?:" + "|".join(sorted(data["words"]["units"], key=len, reverse=True)) + ")"
    number = rf"(?P<n>\d{{1,3}}|{CHINESE})"
    return tuple(
        (re.compile(entry["pattern"].replace("{n}", number).replace("{unit}", unit)), entry["sort"])
        for entry in data["announcement"]
    )


def announced(text: str) -> Announced | None:
    """The number of entries that a text announces; None where it announces none.

    >>> found = announced("（二）基本条件（共13项）")
    >>> found.count, found.sort, found.printed
    (13, 'list', '(共13项)')
    """
    plain = squeezed(text)
    for pattern, sort in _patterns():
        match = pattern.search(plain)
        count = read_number(match["n"]) if match else None
        if match and count is not None and 1 < count < 200:
            return Announced(int(count), sort, match[0], match.end())
    return None


def inline_entries(text: str, start: int) -> int:
    """How many entries stand in the sentence itself, behind `start` of the squeezed text: 一是…；二是….

    >>> inline_entries("抓好以下三个方面：一是标准；二是计量。", 9)
    2
    """
    rest = squeezed(text)[start:]
    count = 0
    while count < len(_INLINE) and _INLINE[count] in rest:
        count += 1
    return count
