"""The bodies named in running text, with their places: 由市质监局牵头，市发改委、财政局配合.

Longest known name first, groups whole, unknown names only where a level word opens them and an ending closes them.
Titles in 《》 are passed over: what they name issued another document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.departments.gazetteer import opens_name
from extract.departments.name_grammar import TWO_NAMES, Line, Unit, ending, groups_at, known_units, squeeze
from extract.departments.roles import role_of
from extract.regions import named_before
from extract.terms import terms

_OPENERS = "省市县区州各有相其所国领成全地乡镇街属涉中"
_CHAIN = re.compile(r"(?:[、，,]|和|及|与|以及|、?以及)$")
_DOING = re.compile("[、和及与等]|牵头|负责|配合|协同|协助|参与|按(?:照)?(?:各自)?职|共同|分别|会同|联合|分工|具体")
_SIGN = re.compile("[省市县区州]")
_LED = re.compile("牵头|负责|配合|协同|协助|参与")
_PARAGRAPH = re.compile(r"(?<=[。；：！？])\s*\n|\n\s*\n|(?<=\n)\t")
_FREE = ("中国", "人民银行", "领导小组", "领导小组办公室", "联席会议办公室")  # stand without a level word as well
_JOINT = ("领导小组", "联席会议", "指挥部")  # whose names hold verbs: 质量强市推进工作领导小组
_MOST = 18  # characters of an unknown name between its level word and its ending


@cache
def _words(entry: str) -> tuple[str, re.Pattern[str]]:
    """Characters and words of one kind of surroundings."""
    found = terms("mentions")[entry]
    words = [word for one in found for word in one.get("words", ())]
    return "".join(one.get("characters", "") for one in found), re.compile(
        "|".join(sorted(words, key=len, reverse=True))
    )


def mentions(text: str) -> Iterator[tuple[Line, int, list[Unit]]]:
    """Each paragraph of a text: its line, where it begins, and the names in it without overlaps.

    >>> [[line.text[u.start : u.end] for u in units] for line, _, units in mentions("由市质监局牵头。市场和全部干部")]
    [['市质监局']]
    """
    begin = 0
    for gap in (*_PARAGRAPH.finditer(text), None):
        end = gap.start() if gap else len(text)
        line = squeeze(text[begin:end])
        if units := _chosen(line.text):
            yield line, begin, units
        begin = gap.end() if gap else end


def chained(text: str, units: list[Unit], number: int) -> bool:
    """Whether a name goes on the list that the one before it stands in."""
    return number > 0 and bool(_CHAIN.fullmatch(text[units[number - 1].end : units[number].start]))


def _chosen(text: str) -> list[Unit]:
    """The longest names from left to right."""
    titles = [match.span() for match in re.finditer(r"《[^》]*》", text)]
    ways = sorted(_candidates(text), key=lambda unit: (unit.start, -unit.end, unit.sort != "named", unit.known is None))
    chosen: list[Unit] = []
    for unit in ways:
        if chosen and unit.start < chosen[-1].end:
            continue
        if any(start < unit.end and unit.start < end for start, end in titles) or _is_other(text, unit):
            continue
        if _stands(text, unit, chosen):
            chosen.append(unit)
    return chosen


def _candidates(text: str) -> Iterator[Unit]:
    yield from known_units(text)
    before, _ = _words("before")
    never_first, _ = _words("never_first")
    _, stop = _words("gathered")
    for at, char in enumerate(text):
        if char in _OPENERS or at == 0 or text[at - 1] in before:
            yield from (unit for unit in groups_at(text, at) if stop.search(text[at : unit.end]) is None)
        if char in "省市县区州":
            yield from _unknown(text, at)
        elif at and char not in never_first and (_CHAIN.fullmatch(text[at - 1]) or text[at - 1] == "由"):
            yield from _chained_unknown(text, at)


def _unknown(text: str, at: int) -> Iterator[Unit]:
    """A name that a level word opens and an ending closes, the shortest: 市 + 质量强市工作 + 领导小组."""
    barred, stop = _words("stop")
    _, word = _words("word")
    _, gathered = _words("gathered")
    if word.match(text, at):
        return
    start = min((begin for begin, _ in named_before(text, at + 1)), default=at)
    if start == at > 0 and text[at] == "州" and "一" <= text[at - 1] <= "龥":
        return  # the end of a place that is no division
    for end in range(at + 2, min(len(text), at + _MOST) + 1):
        if text[end - 1] in barred:
            return
        closing = ending(text, end, prose=True) or (_DOING.match(text, end) and ending(text, end))
        if closing and end - at - len(closing) > 2:
            words = text[at:end]
            if TWO_NAMES.search(words) or gathered.search(words):
                return
            if closing.startswith(_JOINT) or stop.search(words) is None:
                yield Unit(start, end, "unknown")


def _chained_unknown(text: str, at: int) -> Iterator[Unit]:
    """A name that only its ending speaks for, in a list whose next word tells what its bodies do: 市甲局、乙院牵头."""
    barred, stop = _words("stop")
    for end in range(at + 2, min(len(text), at + _MOST) + 1):
        if text[end - 1] in barred:
            return
        if ending(text, end) and _DOING.match(text, end) and not stop.search(text[at:end]):
            yield Unit(at, end, "unknown")
            return


def _is_other(text: str, unit: Unit) -> bool:
    """Whether what follows makes the name part of something else: a person, an award, a label."""
    if unit.sort == "group":  # 成员单位： is a label
        return text[unit.end : unit.end + 1] in (":", "：") and role_of(text[unit.start : unit.end]) is not None
    return bool(_words("other")[1].match(text, unit.end))


def _stands(text: str, unit: Unit, chosen: list[Unit]) -> bool:
    """Whether a name that nothing opens is a name here: bounded on its left, or going on a list."""
    if unit.sort == "named":
        return True
    left = text[unit.start - 1] if unit.start else "，"
    if unit.sort == "unknown" and not _SIGN.search(
        text, unit.start, unit.end
    ):  # only in a list, or where a verb says what it does
        said = text[unit.start - 1 : unit.start] in "由，" and _LED.match(text, unit.end) is not None
        return said or (bool(chosen) and bool(_CHAIN.fullmatch(text[chosen[-1].end : unit.start])))
    if unit.known is None:  # 全市各部门 are 各部门
        return text[unit.start] not in "省市县区州" or (opens_name(text, unit.start) and left not in "全本我该辖")
    if unit.known.prefix != "none" or unit.known.body.stem.startswith(("国家", "国务院", "全国", "最高", "中华")):
        return True
    if chosen and _CHAIN.fullmatch(text[chosen[-1].end : unit.start]) and chosen[-1].sort != "group":
        return True
    before, words = _words("before")
    bounded = left in before or any(text.endswith(word, 0, unit.start) for word in words.pattern.split("|"))
    sure = unit.known.body.kind in ("government", "national") or unit.known.body.stem.startswith(_FREE)
    return bounded and sure
