"""Dates and periods as documents print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import read_date, read_period


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2013年7月15日", "2013-07-15"),
        ("2013 年 7 月", "2013-07"),
        ("２０１６年", "2016"),
        ("2016", "2016"),
        ("2017年度", "2017"),
        ("二〇〇九年四月二十八日", "2009-04-28"),
        ("二○一六年十二月", "2016-12"),
        ("2014-05-08", "2014-05-08"),
        ("2014.5", "2014-05"),
        ("2014/5/8", "2014-05-08"),
        ("2016年底前", "2016"),
        ("2016年6月底", "2016-06"),
        # no dates
        ("2013年13月", None),
        ("2013年2月30日", None),
        ("2000字", None),
        ("长期", None),
        ("", None),
    ],
)
def test_date(printed: str, expected: str | None) -> None:
    """A date stops at the year or month where the text does."""
    assert read_date(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2016", (None, "2016")),
        ("2016-2017", ("2016", "2017")),
        ("2016—2017年", ("2016", "2017")),
        ("2016 － 2017", ("2016", "2017")),
        ("2016年底前", (None, "2016")),
        ("2014年3月至2014年5月", ("2014-03", "2014-05")),
        ("2018年7月—12月", ("2018-07", "2018-12")),
        ("2017年1月—2017年6月", ("2017-01", "2017-06")),
        ("2019年5月1日至20日", ("2019-05-01", "2019-05-20")),
        ("（2015年4月至2015年6月）", ("2015-04", "2015-06")),
        ("2014.3-2014.5", ("2014-03", "2014-05")),
        ("2014-05-08", (None, "2014-05-08")),
        ("到2027年", (None, "2027")),
        ("自2025年5月31日起施行", ("2025-05-31", None)),
        ("长期", (None, None)),
        ("每年", (None, None)),
        ("", (None, None)),
    ],
)
def test_period(printed: str, expected: tuple[str | None, str | None]) -> None:
    """A range gives both ends; a single date is a completion time."""
    assert read_period(printed) == expected


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_dates_read_back(day: date) -> None:
    """A day printed in full reads as its ISO form, however it is spaced."""
    assert read_date(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()
    assert read_date(f" {day.year} 年 {day.month} 月 {day.day} 日 ") == day.isoformat()
    assert read_date(day.isoformat()) == day.isoformat()


@given(st.integers(1950, 2090), st.integers(0, 9))
def test_ranges_read_back(first: int, length: int) -> None:
    """Two years with any dash between them are a range."""
    for dash in "-—–~至":
        assert read_period(f"{first}{dash}{first + length}年") == (str(first), str(first + length))
