"""Numbers of documents and of standards: 国发〔2012〕9号, 国务院令第591号, GB/T50362-2005.

A number is read with its place in the text and written in one form: brackets 〔〕, half-width figures, no spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extract.terms import terms

# one character for one, so that places in the folded text are places in the text
_WIDE = "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
FOLD = str.maketrans(f"{_WIDE}／－—–―‐−．\u3000\xa0", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ/------.  ")

_YEAR = r"[〔\[【（(［〈﹝{]\s*((?:19|20)\d\s?\d)\s*年?\s*[〕\]】）)］〉﹞}]"
# a 号 that goes on to 楼, 线, 门 … counts houses, lines and gates
_NUMBERED = re.compile(rf"([一-龥]{{1,18}})\s*{_YEAR}\s*第?\s*(\d(?:\s?\d){{0,4}})\s*号(?![楼线门院机室井泵])")
_COUNT = r"(?:\d{1,4}|[一二三四五六七八九十百零〇]{1,7})"
_ORDER = re.compile(rf"([一-龥]{{2,22}}?令)\s*[（(]?\s*(第?\s*{_COUNT}\s*号)")
_ORDER_LAST = re.compile(rf"([一-龥]{{1,20}}(?:局|部|院|委|委员会|政府|署|会))\s*(第\s*{_COUNT}\s*号令)")
_NOTICE = re.compile(rf"([一-龥]{{2,20}}公告)\s*[（(]?\s*((?:(?:19|20)\d\d\s*年\s*)?第\s*{_COUNT}\s*号)")
_LONGEST_CODE = 8  # 机关代字 longer than this carry the name of the body in front: 国家质检总局质检质函
_BODY_IN_FRONT = re.compile(r".*(?:局|部|委|厅|院|政府|办公室|委员会)(?=[一-龥]{2,})")


class Numbered(NamedTuple):
    """A number in its written form and the span of the text it was read from."""

    number: str
    start: int
    end: int


@cache
def _lead_in() -> re.Pattern[str]:
    """Everything up to the last word of running text in front of a 机关代字."""
    words = sorted(terms("document_numbers")["lead_in"][0]["words"], key=len, reverse=True)
    return re.compile(rf".*(?:{'|'.join(words)})(?=[一-龥]{{2,}})|[及与和并]+(?=[一-龥]{{2,}})")


@cache
def _standard() -> re.Pattern[str]:
    words = sorted(terms("document_numbers")["standard_prefix"][0]["words"], key=len, reverse=True)
    prefix = rf"(?:T/[A-Z]{{2,10}}|(?:{'|'.join(words)})(?:\s?\d{{2,6}}(?=/T)|(?<=DB)\d{{2,6}})?(?:\s?/\s?[TZ])?)"
    return re.compile(
        rf"(?<![A-Za-z0-9/])({prefix}\s*\d{{1,6}}(?:\.\d{{1,3}})*\s*[-:：]\s*(?:(?:19|20)\d\d|\d\d)(?![\d.])"
        r"|GB(?:/T|Z|J)?\s*\d{2,6}(?:\.\d{1,3})?(?![\d.]))"
    )


def _name_start(text: str, start: int, end: int) -> int:
    """Where the 代字, or the name in front of 令, begins in the run of characters from `start`."""
    if text[start] in "年月日" and text[start - 1 : start].isdigit():  # 2015年3月1日国务院令
        start += 1
    while match := _lead_in().match(text, start, end):
        start = match.end()
    return start


def _code_start(text: str, start: int, end: int) -> int:
    """Where the 机关代字 begins; one too long to be one has the name of its body in front."""
    start = _name_start(text, start, end)
    body = _BODY_IN_FRONT.match(text, start, end) if end - start > _LONGEST_CODE else None
    return body.end() if body else start


def doc_numbers(text: str) -> Iterator[Numbered]:
    """Every 文号 of a text, in order: 机关代字〔年份〕序号号, 令 and 公告 with 第…号.

    >>> [n.number for n in doc_numbers("根据国发[2012]9号和国务院令第591号，拨打12345")]
    ['国发〔2012〕9号', '国务院令第591号']
    """
    folded = text.translate(FOLD)
    found = []
    for match in _NUMBERED.finditer(folded):
        start = _code_start(folded, match.start(), match.end(1))
        code = folded[start : match.end(1)]
        if len(code) >= 2 or code in "国中":
            year, serial = (re.sub(r"\s", "", match[i]) for i in (2, 3))
            found.append(Numbered(f"{code}〔{year}〕{serial}号", start, match.end()))
    for pattern in (_ORDER, _ORDER_LAST, _NOTICE):
        for match in pattern.finditer(folded):
            start = _name_start(folded, match.start(), match.end(1))
            if match.end(1) - start >= 3:
                found.append(Numbered(re.sub(r"[\s（(]", "", folded[start : match.end()]), start, match.end()))
    yield from sorted(found, key=lambda n: n.start)


def number_alone(text: str) -> str | None:
    """The 文号 that a line holds and nothing else but its brackets; 号 may have slipped to the next line.

    >>> number_alone("郑 政 〔2014〕 17号"), number_alone("（国发〔2019〕3号）"), number_alone("根据国发〔2012〕9号")
    ('郑政〔2014〕17号', '国发〔2019〕3号', None)
    """
    line = re.sub(r"\s", "", text.translate(FOLD))
    line = re.sub(r"^[（(](.*)[）)]$", r"\1", line)
    if match := re.fullmatch(rf"([一-龥]{{2,14}}){_YEAR}第?(\d{{1,5}})号?", line):
        words = terms("document_numbers")["lead_in"][0]["words"]
        running = any(match[1].startswith(word) for word in words if len(word) > 1)
        return None if running else f"{match[1]}〔{match[2]}〕{match[3]}号"
    order = _ORDER.fullmatch(line) or _ORDER_LAST.fullmatch(line) or _NOTICE.fullmatch(line)
    return line if order else None


def doc_number(text: str) -> str | None:
    """The first 文号 of a text, brackets normalised to 〔〕, or None.

    >>> doc_number("（盐政发【2012】208号）")
    '盐政发〔2012〕208号'
    >>> doc_number("电话：010-82260622") is None
    True
    """
    return next((n.number for n in doc_numbers(text)), None)


def standard_numbers(text: str) -> Iterator[Numbered]:
    """Every number of a standard, spaces removed; a code without a year counts for GB only.

    >>> [n.number for n in standard_numbers("GB/T 50362—2005、ISO 9001:2015、GB 5749")]
    ['GB/T50362-2005', 'ISO9001:2015', 'GB5749']
    """
    for match in _standard().finditer(text.translate(FOLD)):
        yield Numbered(re.sub(r"\s", "", match[1]).replace("：", ":"), match.start(1), match.end(1))
