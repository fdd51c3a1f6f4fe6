"""Reads dates and periods as documents print them.

A date is an ISO 8601 string that stops at the year or month where the text does; a period is a pair of such strings, in
which a single date is a completion time: it has an end and no start.  What is no date is `None`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from extract.numbers import chinese_number

_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][〇零○O一二三四五六七八九]{3})"
_DATE = re.compile(
    rf"{_YEAR}(?:(?:年度?|[-./](?=\d))(?:(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})(?:月份?|[-./](?=\d)|$)"
    r"(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日?)?)?)?"
)
_EDGE = r"(?:底|末|初|中旬|上旬|下旬|之?前|以前|止|内|度|年底|年末|完成)*"
_DONE = re.compile(
    r"(?P<date>(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:年?底|末)?之?前)(?:全面|全部|基本|如期|按期|要|须|应|必须|力争|确保)*"
    r"(?:完成|建成|竣工|投用|投入使用|到位|完毕)(?=[，。；]|$)"
)
_SPLIT = re.compile(r"[—–―~至到]+|-(?=(?:19|20)\d\d)|(?<=[年月日])-")
_PLAIN = str.maketrans({"○": "〇", "Ｏ": "〇", "－": "-", "．": "."})


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(_PLAIN)))


def _number(text: str) -> int | None:
    value = float(text) if text.isdigit() else chinese_number(text.replace("O", "〇").replace("零", "〇"))
    return None if value is None else int(value)


def read_date(text: str) -> str | None:
    """The ISO form of a printed date.

    >>> read_date("2013年7月15日"), read_date("二〇〇九年四月二十八日"), read_date("2014-05-08")
    ('2013-07-15', '2009-04-28', '2014-05-08')
    >>> read_date("2014 年 5 月"), read_date("2016年底前"), read_date("2013年13月")
    ('2014-05', '2016', None)
    """
    match = re.fullmatch(rf"{_DATE.pattern}{_EDGE}", _squeeze(text))
    if not match:
        return None
    year, month, day = (_number(match[g]) if match[g] else None for g in ("year", "month", "day"))
    try:
        date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:  # 2月30日
        return None
    return "-".join(f"{n:02d}" for n in (year, month, day) if n is not None)


def read_period(text: str) -> tuple[str | None, str | None]:
    """Start and end of a printed period; the second part of a range may lean on the year of the first.

    >>> read_period("2016-2017"), read_period("2014年3月至2014年5月"), read_period("2018年7月—12月")
    (('2016', '2017'), ('2014-03', '2014-05'), ('2018-07', '2018-12'))
    >>> read_period("2016年底前"), read_period("自2025年5月31日起"), read_period("长期")
    ((None, '2016'), ('2025-05-31', None), (None, None))
    """
    plain = _squeeze(text).strip("（）()，。；、")
    if match := re.fullmatch(r"(?:自|从)?(.+?)(?:起|开始|以来)(?:施行|实施|执行)?", plain):
        return read_date(match[1]), None
    if (whole := read_date(plain)) is not None:
        return None, whole
    parts = [part for part in _SPLIT.split(re.sub(r"^(?:自|从|到|至|截至|截止)", "", plain)) if part]
    if len(parts) == 1:
        return None, read_date(parts[0])
    if len(parts) != 2:
        return None, None
    start, end = read_date(parts[0]), read_date(parts[1]) or _leaning(parts[0], parts[1])
    return (start, end) if start and end else (None, None)


def _leaning(first: str, second: str) -> str | None:
    """The date of a second part that leaves out what it shares with the first: 12月, 20日."""
    shared = re.match(r"[^年]+年", first) if "月" in second else re.match(r"[^年]+年[^月]+月", first)
    return read_date(shared[0] + second) if shared else None


def deadline_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a text says until when its work is done, and the date as printed; offsets are those of `text`.

    >>> text = "修好站点，2028年 底前完成。"
    >>> [(text[start:end], date) for start, end, date in deadline_spans(text)]
    [('2028年 底前', '2028年底前')]
    """
    if not _DONE.search(_squeeze(text).replace(",", "，").replace(";", "；")):
        return
    # one character may be folded into several
    folded = [(at, part) for at, char in enumerate(text) for part in _squeeze(char)]
    plain = "".join(part for _, part in folded).replace(",", "，").replace(";", "；")
    for match in _DONE.finditer(plain):
        yield folded[match.start("date")][0], folded[match.end("date") - 1][0] + 1, match["date"]


def read_deadline(text: str) -> str | None:
    """Until when a text says that its work is done; `None` where it says nothing of the kind, or names several dates.

    >>> read_deadline("修好全部站点，2028年底前完成。"), read_deadline("于2026年6月底前全面建成")
    ('2028', '2026-06')
    >>> read_deadline("到2028年，覆盖率达到90%。") is None
    True
    """
    found = {date for _, _, date in deadline_spans(text)}
    return read_date(found.pop()) if len(found) == 1 else None
