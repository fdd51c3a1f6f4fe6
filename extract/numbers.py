"""Reads numbers as documents print them: Arabic, Chinese, full-width, with 万 and 亿.

Gives plain decimal values; what is not wholly a number is `None`.  `NUMBER` is the pattern other readers build on; it
expects half-width text without white space.
"""

from __future__ import annotations

import re
import unicodedata

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
# longest first: 万亿 is one multiplier
MULTIPLIERS = {"万亿": 10**12, "千万": 10**7, "百万": 10**6, "亿": 10**8, "万": 10**4, "千": 1000, "百": 100}

# 千瓦, 千米, 千克, 百分点 are units, not thousands or hundreds
_MULTIPLIER = r"(?:万亿|千万|百万|亿|万|千(?![瓦米克伏卡])|百(?!分))"
ARABIC = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?{_MULTIPLIER}?"
CHINESE = r"[一二两三四五六七八九十百千零〇]+(?:点[一二三四五六七八九零〇]+)?(?:万亿|亿|万)?"
NUMBER = rf"(?:{ARABIC}|{CHINESE})"

_ARABIC = re.compile(r"((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(万亿|千万|百万|亿|万|千|百)?")


def read_number(text: str) -> float | None:
    """The value of a printed number.

    >>> read_number("9 2. 5"), read_number("１,２００"), read_number("1.2万亿"), read_number("一百二十")
    (92.5, 1200.0, 1200000000000.0, 120.0)
    >>> read_number("两"), read_number("十五"), read_number("三万五千"), read_number("若干")
    (2.0, 15.0, 35000.0, None)
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if match := _ARABIC.fullmatch(plain):
        # through round: 0.3 亿 is 30000000, not 30000000.000000004
        return round(float(match[1].replace(",", "")) * MULTIPLIERS.get(match[2], 1), 6)
    return chinese_number(plain)


def chinese_number(text: str) -> float | None:
    """The value of a number in Chinese numerals, by place (二百三十) or digit by digit (二〇一六).

    >>> chinese_number("二〇一六"), chinese_number("一百零五"), chinese_number("零点五"), chinese_number("一亿二千万")
    (2016.0, 105.0, 0.5, 120000000.0)
    """
    for name in ("亿", "万"):
        head, found, tail = text.partition(name)
        if found:
            high, low = chinese_number(head), chinese_number(tail) if tail else 0.0
            return None if high is None or low is None else high * MULTIPLIERS[name] + low
    whole, point, decimals = text.partition("点")
    value = _digits(whole) if not set(whole) & set(SMALL) else _places(whole)
    if not point or value is None:
        return value
    digits = [DIGITS.get(c) for c in decimals]
    return None if not digits or None in digits else float(f"{value:.0f}.{''.join(map(str, digits))}")


def _digits(text: str) -> float | None:
    digits = [DIGITS.get(c) for c in text]
    return None if not digits or None in digits else float("".join(map(str, digits)))


def _places(text: str) -> float | None:
    total, pending, place = 0, 0, 10**4
    for char in text:
        if char in SMALL:
            if SMALL[char] >= place:  # 十百 is no number
                return None
            place = SMALL[char]
            total, pending = total + (pending or 1) * place, 0
        elif char in DIGITS and not pending:
            pending = DIGITS[char]
        else:
            return None
    return float(total + pending)


def chinese_ordinal(text: str) -> int | None:
    """The number of a Chinese heading mark, with or without brackets and 第.

    >>> chinese_ordinal("二十三"), chinese_ordinal("（四）"), chinese_ordinal("第十二"), chinese_ordinal("一、")
    (23, 4, 12, 1)
    >>> chinese_ordinal("质量")
    """
    match = re.fullmatch(r"[（(]?第?([一二三四五六七八九十百零〇]+)[）)、.．章节条部分]*", text.strip())
    value = chinese_number(match[1]) if match else None
    return None if value is None else int(value)


def arabic(text: str) -> str:
    """The text with every Chinese numeral written in Arabic digits.

    >>> arabic("第三章"), arabic("二〇一六年")
    ('第3章', '2016年')
    """

    def digits(match: re.Match[str]) -> str:
        value = chinese_number(match[0])
        return match[0] if value is None else f"{value:.0f}"

    return re.sub(r"[一二三四五六七八九十百千零〇]+", digits, text)
