"""Which body a name means: the region whose body it is, its official name there, what it does, its usual name today.

Two names of one region that stand for one official name are one body: 市质监局 and 市质量技术监督局.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.departments.gazetteer import Known, bodies, level_word
from extract.departments.name_grammar import squeeze
from extract.departments.official_names import at_level, full_name, national_body, printed_place, whole_name
from extract.divisions import NATIONAL, Region, lineage, names, region
from extract.terms import terms

# coordinating groups have names of their own: two that share the word are two groups
_SEVERAL = frozenset({"议事协调"})


@dataclass(frozen=True, slots=True)
class Identity:
    """A name in its document: `official` is the official name without its place, None where the name is not known."""

    region: Region | None
    official: str | None
    full_name: str | None
    function: str | None


@lru_cache(maxsize=8192)
def identity(name: str, place: Region | None) -> Identity:
    """What a completed name stands for in a document of `place`.

    >>> changzhou = region("320400")
    >>> found = identity("市质监局", changzhou)
    >>> found.region.code, found.official, found.full_name, found.function
    ('320400', '质量技术监督局', '常州市质量技术监督局', '质量技术监督')
    >>> [identity(name, changzhou).region.code for name in ("省质监局", "国家质检总局", "盐城海关", "区星海局")]
    ['320000', '100000', '320900', '320400']
    >>> identity("市经信委", changzhou).official == identity("常州市经信委", region("320000")).official
    True
    """
    known = whole_name(name)
    home = _home(squeeze(name).text, known, place)
    if known is None and not (name in bodies() and place is not None):
        return Identity(home, None, None, None)
    body = known.body if known is not None else bodies()[name]
    if home is not None and home.level == "national":
        body = national_body(body.stem) or body
    official = None if body.function in _SEVERAL else body.full
    return Identity(home, official, full_name(name, place or home), body.function)


def _home(text: str, known: Known | None, place: Region | None) -> Region | None:
    """The region whose body it is: the place that the name prints, the level that it prints, or the document's own."""
    if known is None:
        printed = _first_place(text, place, firm=True)
        level = re.match("省|市|县|区|州|盟|旗|自治区", text)
        return printed or (at_level(place, level[0]) if level and place is not None else None) or place
    if known.body.kind == "national":
        return region(NATIONAL)
    if known.prefix == "place" and (inner := printed_place(text, known)) is not None:
        return _first_place(inner, place, firm=False) or place
    if known.prefix == "level" and place is not None:
        return at_level(place, known.level) or place
    return place


def _first_place(text: str, near: Region | None, *, firm: bool) -> Region | None:
    """The region whose name opens the text, and inside it the one named next; `firm`: official names alone count.

    >>> _first_place("河南省郑州市质监局", None, firm=True).code, _first_place("杭州群核公司", None, firm=True)
    ('410100', None)
    """
    full, short, longest = names()
    for end in range(min(len(text), longest), 1, -1):
        fitting = full.get(text[:end], ()) or (() if firm else short.get(text[:end], ()))
        if (found := _nearest(fitting, near)) is not None:
            return _first_place(text[end:], found, firm=True) or found
    return None


def _nearest(fitting: tuple[Region, ...], near: Region | None) -> Region | None:
    """Of regions with one name that of the document's own line, inside it or nearest above; else the only one."""
    if near is not None:
        for outer in lineage(near):
            inside = [place for place in fitting if outer in lineage(place)]
            if outer.level != "national" and inside:
                return inside[0] if len(inside) == 1 else next((one for one in inside if one.until is None), None)
    living = [place for place in fitting if place.until is None] or list(fitting)
    words = {word for entry in terms("jurisdictions")["common"] for word in entry["words"]}
    # 矿区 far from its city is a word and no district
    return living[0] if len(living) == 1 and living[0].own_name not in words and len(living[0].own_name) > 2 else None


# ---------------------------------------------------------------- what became of it


@dataclass(frozen=True, slots=True)
class Succession:
    """`successor` took over `function`, or a part of it, on a day that a decision names."""

    function: str
    successor: str
    on: str
    source: str
    part: bool


@cache
def successions() -> list[Succession]:
    """Every succession that is known, in the order of the reforms.

    >>> [row.successor for row in successions() if row.function == "食品药品监督管理"]
    ['市场监督管理', '药品监督管理']
    """
    return [
        Succession(function, successor, reform["on"], reform["source"], reform.get("part", False))
        for reform in terms("successions")["reform"]
        for function, successor in reform["successions"]
    ]


def present_function(function: str) -> str:
    """The function as it is held today: its last successor as a whole.

    >>> present_function("卫生"), present_function("财政")
    ('卫生健康', '财政')
    """
    later = {row.function: row.successor for row in successions() if not row.part}
    while function in later:
        function = later[function]
    return function


def present_name(found: Identity) -> str | None:
    """The usual name today of the body that does this body's work in its region; None where its function is unknown.

    >>> present_name(identity("市经信委", region("320400"))), present_name(identity("国家质检总局", None))
    ('常州市工业和信息化局', '国家市场监督管理总局')
    """
    if found.function is None or found.region is None:
        return found.full_name
    today = present_function(found.function)
    if today == found.function:
        return found.full_name
    return _usual_name(today, found.region)


def _usual_name(function: str, place: Region) -> str | None:
    """The first name of a function at the level of a region: 部 of the country, 厅 of a province, 局 of a city."""
    entries = [entry for entry in terms("departments")["body"] if entry["function"] == function]
    if place.level == "national":
        return next((str(name) for entry in entries for name in entry.get("national", ())), None)
    entry = next((one for one in entries if one.get("names")), None)
    if entry is None:
        return None
    usual = list(entry["names"])
    if place.level == "provincial" and level_word(place) != "市":
        usual = [name for name in usual if name.endswith("厅")] + usual
    full = str(usual[0])
    if "{}" in full:
        return full.format(place.own_name)
    own = place.short_name if entry["kind"] == "vertical" else place.own_name
    return f"中共{own}{full}" if entry["kind"] == "party" else own + full
