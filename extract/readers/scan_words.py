"""Slips of character recognition in official text set right: half-width marks and stray spaces in Chinese text."""

from __future__ import annotations

import re

HAN = r"\u3007\u4e00-\u9fff"
FULL = r"，。；：！？、（）《》“”‘’〔〕【】—…"
MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
MARK_AFTER = re.compile(rf"(?<=[{HAN}{FULL}])\s*([,;:?!])|([,;?!])(?=\s*[{HAN}《“（])")
BRACKETS = re.compile(r"([(（])([^()（）]*)([)）])")
MISMATCHED = re.compile(r"[〈《]([^〈《〉》()（）]*)[)）]")  # the opening one was taken for a title's
OPEN = re.compile(rf"\((?=[^)]*$)(?=\s*[{HAN}])|(?<=[{HAN}])\((?=[^)]*$)")
CLOSE = re.compile(rf"^([^(（]*[{HAN}][^(（]*)\)")
SPACE = re.compile(rf"(?<=[{HAN}{FULL}])[ \t]+(?![{HAN}])|(?<![{HAN}])[ \t]+(?=[{HAN}{FULL}])")


def set_right(text: str) -> str:
    """A recognised line as official text is printed; the caller keeps the line as it was recognised.

    >>> set_right("按时完成(5分),未完成的:0分"), set_right("噪声≤56dB(A), 见 GB/T 50362")
    ('按时完成（5分），未完成的：0分', '噪声≤56dB(A)，见GB/T 50362')
    >>> set_right("1. 申请。(区、市)领导小组 2013 年")
    '1.申请。（区、市）领导小组2013年'
    """
    text = SPACE.sub("", text)
    text = MISMATCHED.sub(r"（\1）", text)
    text = BRACKETS.sub(_brackets, text)
    text = OPEN.sub("（", text)
    text = CLOSE.sub(r"\1）", text)
    return MARK_AFTER.sub(lambda match: MARKS[match[1] or match[2]], text)


def _brackets(match: re.Match[str]) -> str:
    """A pair is full-width where it holds Chinese, follows Chinese, or one of its two is."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    chinese = re.search(rf"[{HAN}]", match[2]) or re.match(rf"[{HAN}{FULL}]", before)
    if chinese or match[1] == "（" or match[3] == "）":
        return f"（{match[2]}）"
    return match[0]
