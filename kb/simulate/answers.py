"""What somebody answers: yes, no, does not apply, or a figure with its unit; and the senses of words in rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from extract.errors import ZhibiaoError
from extract.indicator_names import unit_family
from extract.numbers import read_number
from extract.terms import terms
from extract.text import compact, squeezed
from extract.thresholds.fragments import fragment
from extract.thresholds.quantities import quantities
from kb.check.demands import SCALE
from kb.listing import plain

Word = Literal["yes", "no", "n/a"]
WORDS: tuple[Word, ...] = ("yes", "no", "n/a")


class WrongAnswer(ZhibiaoError):
    """An answer that cannot be read, does not fit its question, or contradicts another one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported figure; the unit is None where it is given without one."""

    value: float
    unit: str | None = None

    def __str__(self) -> str:
        return f"{plain(self.value)}{self.unit or ''}"


Answer = Word | Figure


def read_answer(text: str, unit: str | None = None) -> Answer | None:
    """The answer in a cell; `unit` is that of a figure which prints none; None where it is neither word nor figure.

    >>> read_answer("是"), read_answer("合理缺项"), read_answer("大约")
    ('yes', 'n/a', None)
    >>> str(read_answer("0.8‰")), str(read_answer("95", "%")), str(read_answer("2万元")), str(read_answer("第15名"))
    ('0.8‰', '95%', '20000元', '15名')
    """
    for word in WORDS:
        if sense_of(text, word):
            return word
    value = read_number(text.removeprefix("-"))
    if value is not None:
        return Figure(-value if text.startswith("-") else value, unit or None)
    found = list(quantities(fragment(compact(text).removeprefix("第")).text))
    if len(found) == 1 and found[0].comparator is None and found[0].span == (0, len(squeezed(text).removeprefix("第"))):
        return Figure(found[0].value, found[0].unit or unit or None)
    return None


def sense_of(text: str, sense: str) -> bool:
    """Whether a text is one of the words of a sense, or holds its pattern.

    >>> sense_of("其余", "otherwise"), sense_of("排名每下降一名", "shortfall"), sense_of("是", "no")
    (True, True, False)
    """
    entry = terms("answers")[sense]
    if "pattern" in entry:
        return re.search(entry["pattern"], squeezed(text)) is not None
    return squeezed(text).lower() in entry["is"]


def size(figure: Figure) -> float:
    """The figure in the first unit of its family: 8‰ is 0.8 (%).

    >>> size(Figure(8, "‰"))
    0.8
    """
    return round(figure.value * SCALE.get(figure.unit or "", 1.0), 9)


def in_unit(figure: Figure, unit: str | None) -> Figure | None:
    """The figure in another unit of its family, or None; one without a unit is meant in that unit.

    >>> str(in_unit(Figure(0.08, "%"), "‰")), str(in_unit(Figure(15), "名")), in_unit(Figure(3, "家"), "%")
    ('0.8‰', '15名', None)
    """
    if figure.unit is None or figure.unit == unit:
        return Figure(figure.value, unit)
    if unit is None or unit_family(figure.unit) != unit_family(unit):
        return None
    return Figure(round(size(figure) / SCALE.get(unit, 1.0), 9), unit)
