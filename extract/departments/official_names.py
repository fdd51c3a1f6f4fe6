"""What a printed name stands for: its function, and the official name of the body in its region."""

from __future__ import annotations

import re

from extract.departments.gazetteer import Body, Known, bodies, known_names, level_word
from extract.departments.name_grammar import squeeze
from extract.regions import Level, Region, lineage

_LEVEL_OF: dict[str, Level] = {
    "省": "provincial",
    "自治区": "provincial",
    "县": "county",
    "区": "county",
    "旗": "county",
}


# the ministry that a vertical body carries before its place
_MINISTRY = re.compile("^(?:国网|国家电网|国家税务总局|国家统计局|中华人民共和国|中国|中共)")


def whole_name(name: str) -> Known | None:
    """The known body that a whole name is; a bracket behind it does not matter."""
    text = squeeze(name).text.split("（")[0]
    ways = [known for known in known_names(text) if known.start == 0 and known.end == len(text)]
    return max(ways, key=lambda known: len(known.body.stem), default=None)


def function_of(name: str) -> str | None:
    """What a body does, whatever its name that year; `None` for groups and for names that are not known.

    >>> function_of("市质监局"), function_of("常州国检局"), function_of("财政部"), function_of("领导小组成员单位")
    ('质量技术监督', '检验检疫', '财政', None)
    """
    known = whole_name(name)
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
    known = whole_name(name)
    if known is None or region is None:
        return None
    if known.body.kind == "national":
        return known.body.full
    if region.level == "national" and known.prefix == "none":
        own = national_body(known.body.stem)  # 发展改革委 in a document of the State Council
        return own.full if own else None
    if known.prefix == "place":
        place = printed_place(squeeze(name).text, known)
    else:
        found = at_level(region, known.level)
        place = found.own_name if found is not None and found.level != "national" else None
    if place is None:
        return None
    full = known.body.full
    if "{}" in full:
        return full.format(place)
    return f"中共{place}{full}" if known.body.kind == "party" else place + full


def national_body(stem: str) -> Body | None:
    """The body of the whole country that a document of the State Council calls so; `None` where there is none.

    >>> national_body("国资委").full, national_body("人民银行").full, national_body("质监局")
    ('国务院国有资产监督管理委员会', '中国人民银行', None)
    """
    for opening in ("", "国家", "国务院", "中国", "全国", "中华全国"):
        found = bodies().get(opening + stem)
        if found is not None and found.kind == "national":
            return found
    return None


def at_level(region: Region, word: str | None) -> Region | None:
    """The region that a level word means: 省 in a city's document is its province.

    >>> from extract.regions import region
    >>> at_level(region("110105"), "市").short_name, at_level(region("320400"), "县") is None
    ('北京', True)
    """
    if word is None or word == level_word(region):
        return region
    above = next((place for place in lineage(region) if level_word(place) == word and place.level != "national"), None)
    wanted = _LEVEL_OF.get(word, "municipal")
    return above or next((place for place in lineage(region) if place.level == wanted), None)


def printed_place(text: str, known: Known) -> str | None:
    """The place as printed before the stem or inside it, where that is all that stands there."""
    left, hole, right = known.body.stem.partition("{}")
    if hole:
        return text.removeprefix(left).removesuffix(right) or None
    return _MINISTRY.sub("", text.removesuffix(left)) or None if text.endswith(left) else None
