"""Numbers as documents print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numbers import arabic, chinese_number, chinese_ordinal, read_number

DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A number below 10000 as it is written out: 105 is 一百零五."""
    text, pending = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if pending and text else "") + DIGITS[digit] + name
        pending = not digit
    return text


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("30", 30),
        ("92. 5", 92.5),
        ("１２", 12),
        ("1,234.5", 1234.5),
        ("1 000", 1000),
        ("2万", 20000),
        ("1.2万亿", 1.2e12),
        ("0.3亿", 3e7),
        ("5千", 5000),
        ("两", 2),
        ("十", 10),
        ("二十三", 23),
        ("一百二十", 120),
        ("三千零五", 3005),
        ("两万", 20000),
        ("一亿二千万", 1.2e8),
        ("二〇一六", 2016),
        ("零点五", 0.5),
        # no numbers
        ("", None),
        ("若干", None),
        ("十余", None),
        ("1.2.3", None),
        ("十百", None),
        ("3C", None),
    ],
)
def test_number(printed: str, expected: float | None) -> None:
    """A number is read whole or not at all."""
    assert read_number(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("一、", 1),
        ("（十二）", 12),
        ("(三)", 3),
        ("第二十章", 20),
        ("五十", 50),
        ("第八部分", 8),
        ("总则", None),
        ("1、", None),
    ],
)
def test_ordinal(printed: str, expected: int | None) -> None:
    """A heading mark gives its number, with brackets, 第 and punctuation or without."""
    assert chinese_ordinal(printed) == expected


def test_arabic() -> None:
    """Every Chinese numeral of a text is rewritten, everything else stays."""
    assert arabic("第十二条、二〇〇九年、百年") == "第12条、2009年、100年"


@given(st.integers(1, 9999))
def test_written_out_numbers_read_back(number: int) -> None:
    """What is written out in Chinese reads as the same number, alone and with 万."""
    assert chinese_number(in_chinese(number)) == number
    assert chinese_number(in_chinese(number) + "万") == number * 10**4


@given(st.integers(0, 10**12))
def test_grouped_numbers_read_back(number: int) -> None:
    """Thousands separators do not change the value."""
    assert read_number(f"{number:,}") == number == read_number(str(number))
