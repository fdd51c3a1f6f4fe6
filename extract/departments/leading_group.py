"""The leading group a document speaks of: named whole once, called 领导小组 afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extract.departments.bodies import Department, find_departments
from extract.departments.gazetteer import level_word
from extract.regions import Region

SHORT = "领导小组"


def leading_group(texts: Iterable[str], region: Region | None) -> str | None:
    """The one leading group of its own level that a document names whole; `None` where it names none or several.

    >>> from extract.regions import region
    >>> leading_group(["成立郑州市质量强市工作领导小组。", "向河南省质量立省领导小组申请。"], region("410100"))
    '市质量强市工作领导小组'
    """
    if region is None or region.level == "national":
        return None
    own = level_word(region)
    names = {
        _at_own_level(department.name, region, own)
        for text in texts
        if SHORT in text
        for department in find_departments(text, region)
        if department.name.endswith(SHORT) and department.name != SHORT
    }
    names = {name for name in names if name.startswith(own)}
    return names.pop() if len(names) == 1 else None


def named_whole(department: Department, group: str | None) -> Department:
    """领导小组 and 领导小组办公室 with the name of the document's leading group."""
    if group is None or department.name not in (SHORT, f"{SHORT}办公室"):
        return department
    return replace(department, name=group + department.name.removeprefix(SHORT), known=True)


def _at_own_level(name: str, region: Region, own: str) -> str:
    """郑州市…领导小组 of 郑州 is 市…领导小组."""
    return name.replace(region.short_name + own, own, 1) if name.startswith(region.short_name + own) else name
