"""Who is named: the bodies of a list (a cell, the part behind 牵头单位：) and those in running text.

Names are read over characters, the longest that is known first; what is not known is given as printed with
`known=False`.  A list shares the level word of its first name: 市经信委、建设局 are two bodies of the city.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.departments.gazetteer import LEVELS, level_word
from extract.departments.mentions import chained, mentions
from extract.departments.name_grammar import Line, Unit, squeeze
from extract.departments.name_lists import read_list
from extract.departments.official_names import full_name, function_of
from extract.regions import Region, begins_with_region

__all__ = ["Department", "department_list", "find_departments", "full_name", "function_of"]

# Bodies that take the level of the list they stand in; others answer to no city.
_SHARING = ("government", "people", "party", "seat")
_LOCAL = re.compile(r"(?:局|委|办|厅|中心|研究室|督查室|办公室|委员会|支队|大队|总队|检察院|法院)$")
# short forms that hold the level word already: 团市委, 市监局
_WHOLE = re.compile(r"^(?:团[省市州县区]|共青团[省市州县区]|[省市州县区]直|市监局)")
# 市 of 市场 or 区 of 区域 is no level
_DATED = re.compile(r"\d{4}年|\d+月")  # 2026年7月14日印发 ends like a body and is none
_SIGN = re.compile("(?:省|市|县|区|州|盟|旗|自治区)(?![场民域容值面间划块位别城庄点居里份长属])")
_OWN_LEVEL = re.compile(
    r"^(?:[省市县区州旗盟国中各]|全国|最高|驻|属地|当地|团|共青团|领导小组|人民?行|高新|经开|开发区|.{1,6}(?:街道|镇|乡)(?:办|政府|人民政府|党))"
)


@dataclass(frozen=True, slots=True)
class Department:
    """One assignee: `raw` as printed without white space, `name` completed from its list; offsets in the text."""

    raw: str
    name: str
    is_group: bool
    known: bool
    start: int
    end: int


def department_list(cell: str, region: Region | None = None) -> Iterator[Department]:
    """The assignees of a list in printed order; `region` completes a list that prints no level at all.

    >>> [d.name for d in department_list("市经信委、建设局、发改委")]
    ['市经信委', '市建设局', '市发改委']
    >>> [(d.raw, d.name) for d in department_list("市质监局及相关成员单位")]
    [('市质监局', '市质监局'), ('相关成员单位', '领导小组相关成员单位')]
    >>> [(d.name, d.known) for d in department_list("税务总局、财政部、星海办")]
    [('税务总局', True), ('财政部', True), ('星海办', False)]
    >>> [d.name for d in department_list("市财政局、星海办、盐都区星海中心")]
    ['市财政局', '市星海办', '盐都区星海中心']
    """
    line = squeeze(cell)
    units = read_list(line)
    level = next((word for unit in units if (word := printed_level(unit, line.text))), None)
    if level is None and region is not None and region.level != "national":
        level = level_word(region)
    for unit in units:
        if unit.sort != "unknown" or not _DATED.match(line.text, unit.start):
            yield department(line, unit, level)


def find_departments(text: str, region: Region | None = None) -> Iterator[Department]:
    """The bodies named in running text, in order, without overlaps; offsets are those of `text`.

    >>> [(d.raw, d.name, d.start) for d in find_departments("由市质监局牵头，市发改委、财政局配合。")]
    [('市质监局', '市质监局', 1), ('市发改委', '市发改委', 8), ('财政局', '市财政局', 13)]
    >>> [d.name for d in find_departments("全市干部要加强内部办理，规范市场秩序")]
    []
    """
    own = level_word(region) if region is not None and region.level != "national" else None
    for line, begin, units in mentions(text):
        level = own
        for number, unit in enumerate(units):
            if not chained(line.text, units, number):
                level = own
            level = printed_level(unit, line.text) or level
            found = department(line, unit, level)
            yield replace(found, start=found.start + begin, end=found.end + begin)


def department(line: Line, unit: Unit, level: str | None) -> Department:
    """A name of a line as an assignee, completed with the level of its list."""
    printed = line.text[unit.start : unit.end]
    raw = line.printed[unit.start : unit.end]
    name = unit.name or (completed(unit, printed, level) if unit.sort in ("known", "unknown") else printed)
    start, end = line.origin[unit.start], line.origin[unit.end - 1] + 1
    return Department(raw, name, unit.sort == "group", unit.sort != "unknown", start, end)


def printed_level(unit: Unit, text: str) -> str | None:
    """The level word that a name prints and the names behind it share."""
    if unit.known is not None:
        return unit.known.level
    if unit.sort in ("unknown", "named") and (match := _SIGN.match(text[unit.start : unit.end])):
        return match[0]
    return None


def completed(unit: Unit, printed: str, level: str | None) -> str:
    """The name with the level that it shares; unchanged where it has one of its own or takes none."""
    if level is None:
        return printed
    if unit.known is not None:
        shares = unit.known.prefix == "none" and unit.known.body.kind in _SHARING
        if not shares or _WHOLE.match(printed):
            return printed
        return f"{level}委{printed}" if unit.known.body.kind == "party" else level + printed
    own = _OWN_LEVEL.match(printed) is not None or begins_with_region(printed)
    shares = len(printed) <= 10 and bool(_LOCAL.search(printed)) and not own
    return level + printed if shares and level in LEVELS else printed
