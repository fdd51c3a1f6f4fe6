"""A number and the name of a Word number format (ECMA-376, ST_NumberFormat) → the numeral that Word prints."""

from __future__ import annotations

from collections.abc import Callable

HAN = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
LEGAL_OLD = "零壹貳參肆伍陸柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LARGEST_ROMAN = 3999
LONGEST_LETTERS = 30  # Word repeats a letter once for every turn of the alphabet


def numeral(value: int, kind: str) -> str | None:
    """The numeral as Word prints it, in Arabic figures beyond the end of a series; `None` for an unknown format.

    >>> numeral(12, "chineseCountingThousand"), numeral(3, "ideographTraditional"), numeral(28, "upperLetter")
    ('十二', '丙', 'BB')
    >>> numeral(7, "decimalEnclosedCircle"), numeral(4, "lowerRoman"), numeral(2, "none"), numeral(2, "hex")
    ('⑦', 'iv', '', None)
    """
    if value < 0:
        return str(value)
    writer = FORMATS.get(kind)
    return None if writer is None else writer(value)


def _counted(digits: str, places: str) -> Callable[[int], str]:
    def write(value: int) -> str:
        if value >= 10_000:
            return str(value)
        printed, blank = "", False
        for power in (3, 2, 1, 0):
            digit = value // 10**power % 10
            if digit == 0:
                blank = bool(printed)
                continue
            printed += (digits[0].replace("〇", "零") if blank else "") + digits[digit] + (places[power].strip())
            blank = False
        if digits == HAN and 10 <= value < 20:
            printed = printed.removeprefix("一")
        return printed or "零"

    return write


def _digitwise(digits: str) -> Callable[[int], str]:
    return lambda value: "".join(digits[int(digit)] for digit in str(value))


def _below_hundred(value: int) -> str:
    """`chineseCounting`: by place up to 99, digit by digit from there on."""
    return _counted(HAN, " 十百千")(value) if value < 100 else _digitwise(HAN)(value)


def _series(first: str, last: str, start: int = 1) -> Callable[[int], str]:
    """A run of Unicode characters, one a number."""
    most = ord(last) - ord(first) + start
    return lambda value: chr(ord(first) + value - start) if start <= value <= most else str(value)


def _of(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 1 <= value <= len(signs) else str(value)


def _letters(first: str) -> Callable[[int], str]:
    def write(value: int) -> str:
        turns, place = divmod(value - 1, 26)
        return chr(ord(first) + place) * (turns + 1) if 0 <= turns < LONGEST_LETTERS else str(value)

    return write


def _roman(value: int) -> str:
    if not 1 <= value <= LARGEST_ROMAN:
        return str(value)
    printed = ""
    for worth, letters in ROMAN:
        count, value = divmod(value, worth)
        printed += letters * count
    return printed


_THOUSAND = _counted(HAN, " 十百千")
_FULL = _digitwise("０１２３４５６７８９")
FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _FULL,
    "decimalFullWidth2": _FULL,
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": str,
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "chineseCounting": _below_hundred,
    "chineseCountingThousand": _THOUSAND,
    "taiwaneseCounting": _below_hundred,
    "taiwaneseCountingThousand": _THOUSAND,
    "japaneseCounting": _THOUSAND,
    "ideographDigital": _digitwise(HAN),
    "japaneseDigitalTenThousand": _digitwise(HAN),
    "taiwaneseDigital": _digitwise(HAN),
    "chineseLegalSimplified": _counted(LEGAL, " 拾佰仟"),
    "ideographLegalTraditional": _counted(LEGAL_OLD, " 拾佰仟"),
    "ideographTraditional": _of(STEMS),
    "ideographZodiac": _of(BRANCHES),
    "ideographEnclosedCircle": _series("㊀", "㊉"),
    "decimalEnclosedCircle": _series("①", "⑳"),
    "decimalEnclosedCircleChinese": _series("①", "⑳"),
    "decimalEnclosedFullstop": _series("⒈", "⒛"),
    "decimalEnclosedParen": _series("⑴", "⒇"),
    "none": lambda value: "",
}
