"""The numbering at the beginning of a line → series, value and level; a run of numbered lines → where each one stands.

Series of official documents: 第一部分/第一章 → 一、 → （一） → 1. → （1） → ①, table codes 1.1.1, 第N条, and dashes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.numbers import read_number

HAN = "〇零一二三四五六七八九十百两"
DIGITS = "零一二三四五六七八九"
OPEN, CLOSE = "[（(〔]", "[）)〕]"
# A decimal that goes on as a quantity is no number of a line: 1.5亿元, 3.5%; 3.3公共服务 and 13.2年度 are
QUANTITY = (
    r"(?!\s*(?:[%％‰℃倍元吨亩米]|个百分点|[万亿](?:[元吨人户亩个件平立千]|亿|$)"
    r"|公里|公斤|公顷|平方|立方|千[米克瓦]|分贝|k?m\b))"
)
SERIES: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("part", 0, re.compile(rf"第\s*([{HAN}]+|\d{{1,3}})\s*(?:部分|编|篇|章)(?:[\s、：:]*)")),
    ("article", 2, re.compile(rf"第\s*([{HAN}]+|\d{{1,3}})\s*条(?:[\s、：:]+|(?=[\u4e00-\u9fff]))")),
    ("han", 1, re.compile(rf"([{HAN}]+)\s*[、．.]\s*")),
    ("han_paren", 2, re.compile(rf"{OPEN}\s*([{HAN}]+)\s*{CLOSE}\s*[、.]?\s*")),
    ("decimal", 3, re.compile(rf"(\d{{1,2}}(?:[.．]\d{{1,3}})+)[.．、]?(?:\s+|{QUANTITY}(?=[^\d\s.．]))")),
    ("arabic", 3, re.compile(r"(\d{1,3})\s*(?:[、．]|[.](?!\d))\s*")),
    ("arabic_paren", 4, re.compile(rf"{OPEN}\s*(\d{{1,2}})\s*{CLOSE}\s*[、.]?\s*")),
    ("arabic_half", 4, re.compile(r"(\d{1,2})[）)]\s*")),
    ("circled", 5, re.compile(r"([①-⑳])\s*")),
    ("dash", 6, re.compile(r"(—{1,2}|－|–|[●○■◆▪•·])\s*(?=[\u4e00-\u9fff“《])")),
    ("dash", 6, re.compile(r"(-)\s*(?=[\u4e00-\u9fff“《])")),
)


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number printed before a text: its series, level (0 highest), value, code in Arabic figures, and its end."""

    series: str
    level: int
    value: int
    code: str
    end: int


def read_numbering(text: str) -> Numbering | None:
    """The numbering a text begins with; `None` where it has none.

    >>> read_numbering("二十一、探索建立体系")
    Numbering(series='han', level=1, value=21, code='21', end=4)
    >>> read_numbering("14.2 1个以上口岸").code, read_numbering("(三) 做好宣传").value
    ('14.2', 3)
    >>> read_numbering("2016年完成") is None and read_numbering("3.5%以上") is None
    True
    """
    start = len(text) - len(text.lstrip())
    for series, level, pattern in SERIES:
        match = pattern.match(text, start)
        if match and (numbering := _numbering(series, level, match)):
            return numbering
    return None


def _numbering(series: str, level: int, match: re.Match[str]) -> Numbering | None:
    printed = match[1]
    if series == "decimal":
        code = printed.replace("．", ".")
        parts = code.split(".")
        return Numbering(series, level + len(parts) - 1, int(parts[-1]), code, match.end())
    if series == "dash":
        return Numbering(series, level, 0, "", match.end())
    value = ord(printed) - ord("①") + 1 if series == "circled" else read_number(printed)
    if value is None:
        return None
    return Numbering(series, level, int(value), str(int(value)), match.end())


def printed_number(numbering: Numbering) -> str:
    """The number as officials print it, for the path of a text in its document.

    >>> [printed_number(n) for text in ("四、任务", "（十二）宣传", "3. 检查") if (n := read_numbering(text))]
    ['四', '（十二）', '3']
    """
    tens, ones = divmod(numbering.value, 10)
    han = ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (
        "" if ones == 0 and tens else DIGITS[ones]
    )
    return {"han": han, "han_paren": f"（{han}）", "article": f"第{han}条"}.get(numbering.series, numbering.code)


def unnumbered(text: str) -> str:
    """The text without its numbering.

    >>> unnumbered("（一）产品质量指标")
    '产品质量指标'
    """
    numbering = read_numbering(text)
    return text[numbering.end :] if numbering else text.lstrip()
