"""The names of bodies that are known, found over characters: longest stems with the level or place printed before them.

Reads `terms/departments.toml`.  Only this module knows the automaton library, and loads it when the first text comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from extract.regions import Level, Region, named_before
from extract.terms import terms

Kind = Literal["government", "vertical", "party", "seat", "people", "national"]
Prefix = Literal["none", "level", "place"]

LEVELS: dict[str, Level] = {
    "自治区": "provincial", "省": "provincial", "自治州": "municipal", "地区": "municipal", "市": "municipal",
    "州": "municipal", "盟": "municipal", "自治县": "county", "自治旗": "county", "县": "county", "区": "county",
    "旗": "county",
}  # fmt: skip
# 国网 + 常州 + 供电公司; the ministry that a vertical body carries before its place
_MINISTRY = re.compile(r"(?:国网|国家电网|国家税务总局|国家统计局|中华人民共和国|中国|中共)$")
_SEATS = ("政府", "人民政府")  # nothing without the level before them
# characters that make another word with the level word behind them: 城市, 上市, 地区, 质量强市
_OTHER_WORD = {
    "市": "城上超都门菜夜股楼强兴",
    "区": "地小社园城山灾牧林景库湖矿校验税新",
    "省": "节反强兴立",
    "县": "强兴",
}


@dataclass(frozen=True, slots=True)
class Body:
    """One way to write one kind of body: `stem` as printed, `full` the official name without its region."""

    stem: str
    full: str
    function: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Known:
    """A known name at `start`..`end` of a text; `level` is the level word or that of the place before the stem."""

    start: int
    end: int
    body: Body
    prefix: Prefix
    level: str | None = None


@cache
def bodies() -> dict[str, Body]:
    """Every known stem, official or short, with its body.

    >>> bodies()["质监局"].full, bodies()["质监局"].function
    ('质量技术监督局', '质量技术监督')
    """
    found: dict[str, Body] = {}
    for entry in terms("departments")["body"]:
        tables: tuple[tuple[str, Kind], ...] = (("names", entry["kind"]), ("national", "national"))
        for table, kind in tables:
            for full, shorts in entry.get(table, {}).items():
                for stem in (full, *shorts):
                    found.setdefault(stem, Body(stem, full, entry["function"], kind))
    return found


@cache
def _automaton() -> Any:
    """Stems, and the left halves of names that hold their region inside (人民银行{}中心支行)."""
    import ahocorasick  # type: ignore[import-not-found,unused-ignore]

    automaton = ahocorasick.Automaton()
    words: dict[str, list[tuple[Body, str]]] = {}
    for stem, body in bodies().items():
        left, _, right = stem.partition("{}")
        if left:
            words.setdefault(left, []).append((body, right))
    for word, ways in words.items():
        automaton.add_word(word, (len(word), tuple(ways)))
    automaton.make_automaton()
    return automaton


def known_names(text: str) -> Iterator[Known]:
    """Every known name of a text without white space, each with every prefix that it can have; in order of their ends.

    >>> [(k.start, k.end, k.prefix) for k in known_names("由市质监局牵头")]
    [(2, 5, 'none'), (1, 5, 'level')]
    """
    for last, (length, ways) in _automaton().iter(text):
        start, end = last + 1 - length, last + 1
        for body, right in ways:
            if "{}" not in body.stem:
                yield from _with_prefixes(text, start, end, body)
            else:
                yield from _around(text, start, end, body, right)


def _with_prefixes(text: str, start: int, end: int, body: Body) -> Iterator[Known]:
    if body.stem[0] != "委" and body.stem not in _SEATS:
        yield Known(start, end, body, "none")
    if body.kind == "national":
        return
    at = start
    if body.kind == "government" and (seat := re.search(r"(?:人民)?政府$", text[max(0, start - 4) : start])):
        at = start - len(seat[0])  # 市政府 + 金融办
    for begin, prefix, level in _prefixes(text, at):
        yield Known(begin, end, body, prefix, level)


def _prefixes(text: str, at: int) -> Iterator[tuple[int, Prefix, str]]:
    """Level words and places that end at `at`, with the ministry before the place."""
    for word in LEVELS:
        begin = at - len(word)
        if text.endswith(word, 0, at) and opens_name(text, begin):
            yield begin, "level", word
    for begin, place in named_before(text, at):
        ministry = _MINISTRY.search(text[max(0, begin - 8) : begin])
        yield begin - len(ministry[0]) if ministry else begin, "place", level_word(place)


def opens_name(text: str, at: int) -> bool:
    """Whether the level word at `at` can open a name: it is no part of 城市 or 园区.

    >>> [opens_name(text, 1) for text in ("由市质监局", "城市管理局", "兴省领导小组")]
    [True, False, False]
    """
    return at == 0 or text[at - 1] not in _OTHER_WORD.get(text[at], "")


def _around(text: str, start: int, end: int, body: Body, right: str) -> Iterator[Known]:
    """A name that holds its region inside: 人民银行 + 盐城市 + 中心支行."""
    for close in range(end + 1, min(len(text), end + 14) - len(right) + 1):
        if text.startswith(right, close):
            for begin, prefix, level in _prefixes(text, close):
                if begin == end:
                    yield Known(start, close + len(right), body, prefix, level)


def level_word(place: Region) -> str:
    """The word with which bodies of a region write its level.

    >>> from extract.regions import region
    >>> [level_word(region(code)) for code in ("410000", "410100", "422800", "360735", "150000")]
    ['省', '市', '州', '县', '自治区']
    """
    own = place.own_name
    if own.endswith("自治区"):
        return "自治区"
    return {"地区": "地区"}.get(own[-2:], own[-1] if own[-1] in LEVELS else "市")
