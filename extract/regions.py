"""Which region a title, an issuer or a signature names.

Reads `terms/jurisdictions.toml`: national bodies, words before what is only cited, names that are common words as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.divisions import NATIONAL, ORDER, Level, Region, lineage, names, region, regions
from extract.terms import terms

__all__ = ["NATIONAL", "Level", "Region", "find_region", "lineage", "named_before", "region", "regions"]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place of the text that may name one of `regions`; `firm` names hold without the help of their surroundings."""

    start: int
    end: int
    regions: tuple[Region, ...]
    firm: bool


# 滨海市 is no short name of 滨海县; 常州市场 begins with one
OTHER_PLACE = re.compile(r"市(?![场民级域值])|县(?![域级])|区(?![域划块位县级])")


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], frozenset[str], frozenset[str]]:
    """Patterns of national bodies, of words before what is only cited, of organs; common names, plain words."""
    data = terms("jurisdictions")
    cited = "|".join(word for entry in data["cited"] for word in entry["words"])
    return (
        re.compile("|".join(f"(?:{entry['pattern']})" for entry in data["national"])),
        re.compile(rf"(?:{cited})[了和与]?$"),
        re.compile("|".join(entry["pattern"] for entry in data["organ"])),
        frozenset(word for entry in data["common"] for word in entry["words"]),
        frozenset(word for entry in data["plain"] for word in entry["words"]),
    )


def named_before(text: str, end: int) -> Iterator[tuple[int, Region]]:
    """Where names of regions that stop at `end` begin, shortest first, those of the regions above included.

    >>> [(start, place.code) for start, place in named_before("河南省郑州市质监局", 6)]
    [(3, '410100'), (0, '410100')]
    """
    full, short, longest = names()
    plain = _words()[-1]  # 公安 before 消防支队 is no county
    for start in range(end - 2, max(-1, end - longest - 1), -1):
        name = text[start:end]
        for place in (*full.get(name, ()), *(() if name in plain else short.get(name, ())))[:1]:
            yield start, place
            for begin, above in named_before(text, start):
                if above in lineage(place):
                    yield begin, place


def begins_with_region(text: str) -> bool:
    """Whether a text begins with the whole name of a region.

    >>> begins_with_region("盐都区河湖中心"), begins_with_region("河湖中心")
    (True, False)
    """
    full, _, longest = names()
    return any(text[:end] in full for end in range(2, longest + 1))


def find_region(text: str) -> Region | None:
    """The jurisdiction that a title, an issuer or a signature names; `None` where none is named or several might be.

    The first one named counts, or a region inside it that is named later (unless the first is followed by the word for
    its government, which then speaks about the other).  Titles in 《》 count only where nothing outside names a region.

    >>> find_region("江西省石城县河长制考核细则").name
    '江西省赣州市石城县'
    >>> find_region("郑州市贯彻《河南省质量纲要》的方案").short_name
    '郑州'
    >>> find_region("国家质检总局关于同意常州市创建的函").short_name
    '全国'
    >>> find_region("进一步提升我市质量水平") is None
    True
    """
    text = re.sub(r"\s", "", text)
    outside = re.sub(r"《[^》]*》?", "《》", text)
    found = _named(outside)
    return found if found is not None or "《" not in text else _named(re.sub(r"[《》]", "，", text))


def _named(text: str) -> Region | None:
    mentions = list(_mentions(text))
    found: Region | None = None
    for number, mention in enumerate(mentions):
        place = _resolve(mention, mentions)
        if place is None or (number and not mention.firm and mention.start != mentions[number - 1].end):
            continue
        if found is None or (found != place and _lies_in(place, found)):
            found = place
        elif found.level == "national" and mention.start == mentions[number - 1].end:
            found = place  # 国家税务总局 + 常州市税务局
        if re.match("人民政府|政府|省委|市委|县委|区委|人大", text[mention.end :]):
            return found
    return found


def _lies_in(place: Region, outer: Region) -> bool:
    """Whether a region lies in another, today or when both had these names: 巢湖市和县."""
    return outer.level != "national" and any(above.own_name == outer.own_name for above in lineage(place))


def _mentions(text: str) -> Iterator[_Mention]:
    national, cited, _, _, _ = _words()
    bodies = {
        match.start(): match.end() for match in national.finditer(text) if not cited.search(text[: match.start()])
    }
    country = regions()[NATIONAL]
    at = last = 0
    while at < len(text):
        if at in bodies:
            mention: _Mention | None = _Mention(at, bodies[at], (country,), True)
        else:
            mention = _place_at(text, at, follows=at > 0 and at == last)
        if mention is not None:
            yield mention
            last = mention.end
        at = mention.end if mention else at + 1


def _place_at(text: str, at: int, *, follows: bool) -> _Mention | None:
    """The longest name that begins here; `follows`: the name of another region ends here."""
    full, short, longest = names()
    _, _, organ, common, plain = _words()
    for end in range(min(len(text), at + longest), at + 1, -1):
        name = text[at:end]
        alone = at == 0 or not ("一" <= text[at - 1] <= "龥")
        if name in full:
            weak = name in common or (len(name) == 2 and not alone)
            if not weak or follows or at == 0:
                return _Mention(at, end, full[name], True)
        if name not in short:
            continue
        begins = at == 0 and name not in plain and not OTHER_PLACE.match(text, end)
        if follows or begins or organ.match(text, end):
            return _Mention(at, end, short[name], True)
    return None


def _resolve(mention: _Mention, mentions: list[_Mention]) -> Region | None:
    """The one region that a mention can mean, by the regions named beside it, by what still exists, by level."""
    choice = mention.regions
    others = [place for other in mentions if other is not mention for place in other.regions]
    depth = {place: sum(above in others for above in lineage(place) if above.code != NATIONAL) for place in choice}
    choice = tuple(place for place in choice if depth[place] == max(depth.values()))
    choice = tuple(place for place in choice if place.until is None) or choice
    if len(choice) > 1:  # 吉林 alone is the province
        top = min(ORDER.index(place.level) for place in choice)
        choice = tuple(place for place in choice if ORDER.index(place.level) == top)
    return choice[0] if len(choice) == 1 else None
