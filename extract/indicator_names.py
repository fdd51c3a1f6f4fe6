"""What a printed indicator is compared by: the same words for the same measured thing, whatever the printing.

Reads `terms/indicator_names.toml`.  Rules take off what never parts two indicators and nothing else: a wrong identity
is worse than a missed one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from extract.divisions import names
from extract.terms import terms


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Name, pattern and replacement of each rule, in order."""
    found = terms("indicator_names")["rule"]
    return tuple((rule["name"], re.compile(rule["pattern"]), rule["by"]) for rule in found)


def comparable(printed: str) -> str:
    """The indicator without what two printings may differ in.

    >>> comparable("全市“节能建筑”的比重"), comparable("常州市产品抽检合格率")
    ('节能建筑比例', '产品抽检合格率')
    """
    return _reduced(printed)[0]


def differences(printed: str) -> list[str]:
    """The names of the rules that changed something, for the reason of an identity.

    >>> differences("获奖企业数量"), differences("获奖企业数")
    (['count'], [])
    """
    return _reduced(printed)[1]


def _reduced(printed: str) -> tuple[str, list[str]]:
    text = unicodedata.normalize("NFKC", printed).translate(str.maketrans("()", "（）"))
    used: list[str] = []
    for name, pattern, by in _rules():
        shorter = pattern.sub(by, text)
        if name == "scope":
            shorter = _without_place(shorter)
        if shorter != text and shorter:
            used.append(name)
            text = shorter
    return text, used


def _without_place(text: str) -> str:
    """The text without the official name of a region at its beginning."""
    full, _, longest = names()
    for end in range(min(len(text) - 2, longest), 2, -1):
        if text[:end] in full:
            return text[end:]
    return text


@cache
def unit_family(unit: str | None) -> str | None:
    """What a unit measures; None for none.

    >>> unit_family("‰") == unit_family("%"), unit_family("个")
    (True, '个')
    """
    for family in terms("indicator_names")["family"]:
        if unit in family["units"]:
            return str(family["name"])
    return unit or None


def contrast(one: str, other: str) -> str | None:
    """Words of one row that part two names: what one holds beside what they share, the other holds another of.

    >>> contrast("生产性服务业顾客满意度", "生活性服务业顾客满意度")
    '生产性 / 生活性'
    >>> contrast("大中型工程合格率", "大中型工程项目合格率") is None
    True
    """
    for row in terms("indicator_names")["contrast"]:
        left = {word for word in row["words"] if word in one}
        right = {word for word in row["words"] if word in other}
        if left != right:
            return " / ".join(("、".join(sorted(left)) or "-", "、".join(sorted(right)) or "-"))
    return None
