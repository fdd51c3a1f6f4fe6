"""The values that a table prints beside an indicator (单位 | 2020年 | 2025年 | 年均增长) → its thresholds.

A column under a year before the document's own, or under words such as 现状, says where the indicator stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.layout import Grid, GridCell
from extract.records import Threshold
from extract.tables.headers import YEAR
from extract.text import compact, squeezed
from extract.thresholds import thresholds
from extract.thresholds.fragments import fragment
from extract.thresholds.quantities import is_unit, quantities

BLANK = re.compile(r"[/／\-—–_.…无]*")
RATIO = re.compile(r"1/(?:\d*[十百千万]+|\d{3,})|十万分之一|万分之一|千分之一")
SIGNS = "+＋－−-"
NUMBER_ALONE = re.compile(
    r"(?P<open>[\[〔［【（(])?(?P<number>[+＋\-－−]?\d+(?:[,，]\d{3})*(?:\.\d+)?)(?(open)[\]〕］】）)])"
)
UNIT_BEHIND = re.compile(r"[（(](?P<unit>[^（()）]+)[)）](?P<marks>\W*)$")
MARKS = re.compile(r"[▲△★☆*＊※●#]+|[①-⑳]$")
OWN_UNIT = re.compile("(\\d+(?:\\.\\d+)?)([A-Za-zμµ²³·/]{1,10})")
PROMISED = re.compile("预期|目标|规划|计划")
TARGETS = ("requirement", "value", "growth")

LONGEST_VALUE = 20  # characters; a longer cell states its requirement in a sentence of its own

Row = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of values: `role` as in the header words, the year its header prints, None where it prints none."""

    column: int
    role: str
    year: str | None


def value_columns(grid: Grid, issued: str | None) -> list[ValueColumn]:
    """The columns of values, left to right; `issued` is the year of the document, which decides what is past.

    Without it the first of several years is where the indicators stood.
    """
    found = [
        ValueColumn(column, grid.roles[column] or "", _year(grid.header[column]) if grid.header else None)
        for column in grid.columns("baseline", *TARGETS)
    ]
    dated = [value for value in found if value.role in ("value", "requirement") and value.year]
    plain = [value for value in dated if value.role == "value"]
    past = [value.column for value in plain if issued and value.year and value.year < issued]
    if len(past) == len(dated):
        past = []  # all of them lie behind: the document's date tells nothing
    if len(dated) > len(plain) > 0:
        past = [value.column for value in plain]  # 2020年 beside 2025年目标值
    told = any(value.role == "baseline" for value in found)
    grown = any(value.role == "growth" for value in found)  # from the first year to the last
    later = not grown and issued is not None and bool(plain) and (plain[0].year or "") > issued
    if any(PROMISED.search(grid.header[value.column]) for value in plain):
        past = []  # 预期值 over all the years: each is to be reached
    elif not past and not told and len(dated) > 1 and plain and not later:
        past = [plain[0].column]
    return [ValueColumn(v.column, "baseline", v.year) if v.column in past else v for v in found]


def _year(header: str) -> str | None:
    match = YEAR.search(squeezed(header))
    return match[0].strip('“”"') if match else None


def indicator_name(title: str) -> tuple[str, str]:
    """The indicator of a title without marks and numbering, and the unit that stands in brackets behind it.

    >>> indicator_name("研发经费投入强度（%）"), indicator_name("城镇化率▲"), indicator_name("执业（助理）医师数")
    (('研发经费投入强度', '%'), ('城镇化率', ''), ('执业（助理）医师数', ''))
    """
    title = MARKS.sub("", compact(title)).strip()
    match = UNIT_BEHIND.search(title)
    if match and (RATIO.fullmatch(match["unit"]) or is_unit(fragment(match["unit"]).text)):
        return title[: match.start()], match["unit"]
    return title, ""


def row_thresholds(grid: Grid, row: Row, title: str, columns: list[ValueColumn]) -> Iterator[Threshold]:
    """The thresholds of one row, each at the cell of its value; their owner is for the caller to say."""
    name, unit = indicator_name(title)
    printed = [row[column].whole for column in grid.columns("unit")]
    unit = squeezed(printed[0]) if printed and not BLANK.fullmatch(squeezed(printed[0])) else unit
    before = next((c for c in columns if c.role == "baseline" and not _is_blank(row[c.column])), None)
    stood = _number(squeezed(row[before.column].text)) if before else None
    baseline = f"{before.year}年{squeezed(row[before.column].text)}" if before and before.year else None
    if before and baseline and stood is not None and not baseline.endswith(unit):
        baseline += unit
    for value in columns:
        cell = row[value.column]
        if value.role == "baseline" or _is_blank(cell):
            continue
        over = sum(row[other.column].passage is cell.passage for other in columns)  # one value for several years
        period = value.year if value.year and value.year.isdigit() and over == 1 else None
        found = _growth(name, cell, unit) if value.role == "growth" else _target(name, cell, unit, stood, baseline)
        if found is not None:
            yield replace(found, period=found.period or period, passage=cell.ordinal)


def is_value(text: str) -> bool:
    """Whether a cell beside an indicator holds a figure: a number, or one with its own unit or words.

    >>> is_value("95%以上"), is_value("[12.5]"), is_value("见附件")
    (True, True, False)
    """
    plain = squeezed(text)
    return _number(plain.rstrip("%")) is not None or next(quantities(fragment(plain).text), None) is not None


def _is_blank(cell: GridCell) -> bool:
    return not cell.text or BLANK.fullmatch(squeezed(cell.text)) is not None


def _number(text: str) -> float | None:
    """A number that stands alone in its cell, in brackets or not; `None` for anything else."""
    match = NUMBER_ALONE.fullmatch(text)
    if match is None:
        return None
    return float(re.sub("[,，]", "", match["number"]).replace("＋", "+").replace("－", "-").replace("−", "-"))


def _valued(name: str, comparator: str, value: float, unit: str, cell: GridCell) -> Threshold:
    """The value in the unit without multiplier: 3 万元/人 are 30000 元/人."""
    if RATIO.fullmatch(unit):  # 28 of 1/10万 is no 281/10万
        return Threshold(name, comparator, compact(cell.text), cell.ordinal, value, unit=unit)
    read = next(quantities(fragment(f"{value:f}".rstrip("0").rstrip(".") + unit).text), None) if unit else None
    value, unit = (read.value, read.unit) if read else (value, unit)
    return Threshold(name, comparator, compact(cell.text), cell.ordinal, value, unit=unit or None)


def _target(name: str, cell: GridCell, unit: str, stood: float | None, baseline: str | None) -> Threshold | None:
    """What a cell demands: a number is to be reached from where the indicator stood, words say it themselves."""
    value = _number(squeezed(cell.text))
    if value is None:
        said = _said(name, cell, unit)
        return said and replace(said, baseline=said.baseline or baseline)
    comparator = "=" if stood is None or stood == value else ">=" if value > stood else "<="
    return replace(_valued(name, comparator, value, unit, cell), baseline=baseline)


def _said(name: str, cell: GridCell, unit: str) -> Threshold | None:
    """A value with its own unit or words: 95%以上, ≥12, 不断提高."""
    plain = fragment(squeezed(cell.text)).text
    own = "" if RATIO.fullmatch(unit) else unit
    for reading in (plain, re.sub(r"(?<=\d)(?!.*\d)", own, plain, count=1)):
        read = next(quantities(reading), None)
        if read is not None and (read.unit or (not own and read.comparator)) and read.span[0] == 0:
            found = Threshold(name, read.comparator or "=", compact(cell.text), cell.ordinal, read.value, read.high)
            return replace(found, unit=read.unit or unit or None)
    if unknown := OWN_UNIT.fullmatch(plain):  # 75L/d: the unit is in no list
        return Threshold(name, "=", compact(cell.text), cell.ordinal, float(unknown[1]), unit=unknown[2])
    said = next(thresholds(f"{name}{plain}"), None)
    return said and replace(said, indicator=name, text=compact(cell.text))


def _growth(name: str, cell: GridCell, unit: str) -> Threshold | None:
    """A rate of growth or, in brackets, a sum over the years; falling where it is below zero."""
    text = squeezed(cell.text)
    value = _number(text.rstrip("%％"))
    if value is None:
        said = _said(name, cell, "%")
        return said and replace(said, baseline=said.baseline or "年均")
    summed = not text[0].isdigit() and text[0] not in SIGNS
    unit = unit if summed and unit else "%"
    found = _valued(name, "increase" if value >= 0 else "decrease", abs(value), unit, cell)
    return replace(found, baseline="累计" if summed else "年均")


def nature(grid: Grid, row: tuple[GridCell, ...]) -> str | None:
    """What kind of indicator a row says that it holds: 约束性, 预期性, 定量, 定性."""
    printed = [compact(row[column].whole) for column in grid.columns("nature")]
    return printed[0] or None if printed else None
