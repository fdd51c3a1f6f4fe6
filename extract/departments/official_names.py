"""What a printed name stands for: its function, and the official name of the body in its region."""

from __future__ import annotations

from extract.departments.gazetteer import Known, bodies, known_names, level_word
from extract.departments.name_grammar import squeeze
from extract.regions import Level, Region, lineage

_LEVEL_OF: dict[str, Level] = {
    "省": "provincial",
    "自治区": "provincial",
    "县": "county",
    "区": "county",
    "旗": "county",
}


def _whole(name: str) -> Known | None:
    """The known body that a whole name is; a bracket behind it does not matter."""
    text = squeeze(name).text.split("（")[0]
    ways = [known for known in known_names(text) if known.start == 0 and known.end == len(text)]
    return max(ways, key=lambda known: len(known.body.stem), default=None)


def function_of(name: str) -> str | None:
    """What a body does, whatever its name that year; `None` for groups and for names that are not known.

    >>> function_of("市质监局"), function_of("常州国检局"), function_of("财政部"), function_of("领导小组成员单位")
    ('质量技术监督', '检验检疫', '财政', None)
    """
    known = _whole(name)
    if known is None and name in bodies():
        return bodies()[name].function
    return known.body.function if known else None


def full_name(name: str, region: Region | None) -> str | None:
    """The official name of a body in a region or in the one above it that the name prints; `None` where not known.

    >>> from extract.regions import region
    >>> full_name("市质监局", region("410100")), full_name("省经信厅", region("330100"))
    ('郑州市质量技术监督局', '浙江省经济和信息化厅')
    >>> full_name("市委宣传部", region("410100")), full_name("市星海办", region("410100"))
    ('中共郑州市委宣传部', None)
    >>> full_name("发展改革委", region("100000")), full_name("常州国检局", region("320400"))
    ('国家发展和改革委员会', '常州出入境检验检疫局')
    """
    known = _whole(name)
    if known is None or region is None:
        return None
    if known.body.kind == "national":
        return known.body.full
    if region.level == "national" and known.prefix == "none":
        own = bodies().get("国家" + known.body.stem)  # 发展改革委 in a document of the State Council
        return own.full if own else None
    if known.prefix == "place":
        place = _printed_place(squeeze(name).text, known)
    else:
        found = _at_level(region, known.level)
        place = found.own_name if found is not None and found.level != "national" else None
    if place is None:
        return None
    full = known.body.full
    if "{}" in full:
        return full.format(place)
    return f"中共{place}{full}" if known.body.kind == "party" else place + full


def _at_level(region: Region, word: str | None) -> Region | None:
    """The region that a level word means: 省 in a city's document is its province."""
    if word is None or word == level_word(region):
        return region
    wanted = _LEVEL_OF.get(word, "municipal")
    return next((place for place in lineage(region) if place.level == wanted), None)


def _printed_place(text: str, known: Known) -> str | None:
    """The place as printed before the stem, where that is all that stands there."""
    stem = known.body.stem
    if "{}" in stem or not text.endswith(stem):
        return None
    return text.removesuffix(stem) or None
