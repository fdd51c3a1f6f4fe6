"""What may be the name of an assignee at a place of a text: known bodies, groups of bodies, names by their endings.

Reads `terms/groups.toml` and `terms/suffixes.toml`.  Nothing is decided here: a list and a sentence choose differently.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extract.departments.gazetteer import Known, known_names
from extract.patterns import named
from extract.terms import terms

Sort = Literal["known", "named", "group", "joint", "unknown"]  # named: by a pattern of the user
SEPARATORS = "、，,；;/／|｜。.·•:：\t"
CONNECTOR = re.compile(r"以及|及其|会同|联合|及|和|与|或|并")
# an ending inside a name that begins another: 市纺织局市轻工局, 教育局财政局
TWO_NAMES = re.compile(
    r"等(?:有关|相关)?(?:部门|单位)|[局厅](?=[一-龥]{1,8}(?:(?<!分)局|厅|委|办)(?:$|[一-龥]))|(?:局|委|办|厅|部|公司|集团|院|处|室|中心)(?:和|与|及)?(?:[市省县区州](?![场民域级容政直委属]))"
    r"|(?:局|委|办|厅|部|公司|集团|院|处|所|室|中心|政府|部门|单位|站|队)(?:会同|联合(?!会|体))"
)
_OPEN, _CLOSE = "（", "）"
_BRACKETS = str.maketrans("([〔［【)]〕］】", "（（（（（）））））")
_LONGEST = 34  # characters of the longest name that its ending alone may carry


@dataclass(frozen=True, slots=True)
class Unit:
    """One possible name; `name` is the form that a group or a pattern gives it, `known` what the gazetteer says."""

    start: int
    end: int
    sort: Sort
    name: str | None = None
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A text without white space and stray symbols, brackets full-width (`printed`: as they are).

    `origin` are the offsets of its characters in the text it was made from, `breaks` the places where white space was.
    """

    text: str
    printed: str
    origin: tuple[int, ...]
    breaks: frozenset[int]


def squeeze(printed: str) -> Line:
    """A printed text made ready for reading.

    >>> squeeze("市食药监局\\n市质监局 (牵头)").text, sorted(squeeze("市食药监局\\n市质监局").breaks)
    ('市食药监局市质监局（牵头）', [5])
    """
    kept: list[tuple[int, str]] = []
    breaks: set[int] = set()
    for at, char in enumerate(printed):
        if char.isspace() or "\ue000" <= char <= "\uf8ff" or char in "\u200b\ufeff":
            breaks.add(len(kept))
        else:
            kept.append((at, char))
    text = "".join(char for _, char in kept).translate(_BRACKETS)
    return Line(
        text, "".join(char for _, char in kept), tuple(at for at, _ in kept), frozenset(breaks - {0, len(kept)})
    )


@cache
def _groups() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None, str | None, Sort], ...]:
    """Patterns of groups with what they must contain, their canonical names and their sort."""
    data = terms("groups")
    unit = _any(data["areas"]["units"])
    follows = r"(?=$|[、，,；;。和及与/（）]|政府|人民政府|党|管委会|管理委员会|行署|办事处|街道|各|有关|相关)"
    letters = "".join(sorted({char for word in data["areas"]["units"] for char in word}))
    inside = rf"（[{letters}、，和及与/]+）"
    run = rf"{unit}(?:{inside}|[、，,和及与/]?{unit}{follows}){{0,30}}"
    seat = _any(data["areas"]["seats"])
    parts = {
        "{list}": f"(?:{run})",
        "{seat}": f"(?:{seat})",
        "{stop}": r"(?![场民域级容值面间划块位别城庄点居委里份长直属])",
    }
    found: list[tuple[re.Pattern[str], re.Pattern[str] | None, str | None, Sort]] = []
    sorts: tuple[Sort, ...] = ("group", "joint")
    for sort in sorts:
        for entry in data[sort]:
            pattern = entry["pattern"]
            for name, part in parts.items():
                pattern = pattern.replace(name, part)
            needs = entry.get("requires")
            found.append((re.compile(pattern), re.compile(needs) if needs else None, entry.get("name"), sort))
    return tuple(found)


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


@cache
def notes() -> re.Pattern[str]:
    """Words about the list itself: 牵头, 下同, 按职责分工."""
    return re.compile("|".join(entry["pattern"] for entry in terms("groups")["note"]))


@cache
def _suffixes() -> dict[str, list[tuple[str, str, bool]]]:
    """Endings by their last character, longest first: what must not follow, whether they hold in prose."""
    found: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for entry in terms("suffixes")["suffix"]:
        for word in entry["words"]:
            found[word[-1]].append((word, entry["not_before"], entry.get("alone", True)))
    return {last: sorted(ways, key=lambda way: -len(way[0])) for last, ways in found.items()}


def ending(text: str, end: int, *, prose: bool = False) -> str | None:
    """The ending of a body's name that stops at `end` and is no other word with what follows.

    >>> ending("市乡镇企业局", 6), ending("财政部门", 3), ending("市委员", 2)
    ('局', None, None)
    """
    for word, not_before, alone in _suffixes().get(text[end - 1], ()):
        if text.endswith(word, 0, end):
            barred = end < len(text) and text[end] in not_before
            return None if barred or (prose and not alone) else word
    return None


def known_units(text: str, breaks: frozenset[int] = frozenset()) -> Iterator[Unit]:
    """Names of the user's patterns, and known ones that make no other word with what follows (公安部 in 公安部门).

    Where a break or another known name follows there is no other word: 发改委 in 市发改委常州国检局.
    """
    yield from (Unit(match.start, match.end, "named", name=match.name) for match in named("DEPARTMENT", text))
    found = list(known_names(text))
    free = breaks | {known.start for known in found if known.prefix != "none"} | {len(text)}
    for known in found:
        if known.end in free or not _grows(text, known.end):
            yield Unit(known.start, known.end, "known", known=known)


def _grows(text: str, end: int) -> bool:
    """Whether the ending that stops here makes another word with the next character."""
    ways = _suffixes().get(text[end - 1], ())
    return any(text.endswith(word, 0, end) and text[end] in barred for word, barred, _ in ways)


def groups_at(text: str, at: int) -> Iterator[Unit]:
    """Groups of bodies that begin at `at`."""
    for pattern, needs, name, sort in _groups():
        match = pattern.match(text, at)
        if match and match[0] and (needs is None or needs.search(match[0])):
            yield Unit(at, match.end(), sort, name=name)


def unknown_at(text: str, at: int) -> Iterator[Unit]:
    """Names of a list that only their endings speak for, every length of them."""
    depth = 0
    for end in range(at + 1, min(len(text), at + _LONGEST) + 1):
        char = text[end - 1]
        depth += (char == _OPEN) - (char == _CLOSE)
        if depth < 0 or (char in SEPARATORS and not depth):
            return
        if not depth and end - at >= 2 and (word := ending(text, end)) and end - at > len(word):
            yield Unit(at, end, "unknown")
