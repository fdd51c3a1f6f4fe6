"""Scraps of Markdown, HTML and LaTeX in a line of text → the words and what the marks said of them.

The source's own characters are kept by the caller as `raw`; a line that is only a mark is a leftover.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+")
BULLET = re.compile(r"^\s{0,8}[-*+]\s+(?=\S)")
RULE = re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*$")
TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
BOLD = re.compile(r"\*\*(.+?)\*\*|<(?:b|strong)>(.+?)</(?:b|strong)>", re.IGNORECASE)
CHECKBOX = re.compile(r"<input\b[^>]*type=[\"']?checkbox[^>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
MATH = re.compile(r"\$([^$\n]{1,200})\$")
LATEX_WORDS = {
    "leqslant": "≤", "leq": "≤", "le": "≤", "geqslant": "≥", "geq": "≥", "ge": "≥", "times": "×", "pm": "±",
    "sim": "～", "cdot": "·", "mu": "μ", "circ": "°", "lt": "<", "gt": ">", "neq": "≠", "approx": "≈",
}  # fmt: skip
LATEX_BOX = re.compile(r"\\(?:text|mathrm|mathbf|mathit|textbf|rm|operatorname)\s*\{([^{}]*)\}")
LATEX_WORD = re.compile(r"\\([A-Za-z]+)\s*")


@dataclass(frozen=True, slots=True)
class Marked:
    """A line without its marks: heading level (1 highest), bold words at its beginning."""

    text: str
    level: int | None = None
    lead: str = ""


def is_rule(line: str) -> bool:
    """A line that only draws a rule or the dashes under a Markdown table head.

    >>> is_rule("---"), is_rule("|---|:--:|"), is_rule("— 3 —")
    (True, True, False)
    """
    return bool(RULE.match(line) or ("|" in line and TABLE_RULE.match(line)))


def read_marks(line: str) -> Marked:
    """The words of a line, with what its Markdown said.

    >>> read_marks("## **一、目标**")
    Marked(text='一、目标', level=2, lead='一、目标')
    >>> read_marks("**1、做好宣传。**发放手册").lead
    '1、做好宣传。'
    >>> read_marks(r"噪声 $\\leqslant 56\\text{dB(A)}$ 。").text
    '噪声 ≤56dB(A) 。'
    """
    heading = HEADING.match(line)
    level = len(heading[1]) if heading else None
    body = line[heading.end() :] if heading else BULLET.sub("", line, count=1)
    bold = BOLD.match(body.lstrip())
    lead = plain(bold[1] or bold[2]) if bold else ""
    return Marked(plain(body), level, lead)


def plain(text: str) -> str:
    """Text without bold marks, tags and LaTeX; check boxes become ☐ and ☑."""
    text = BOLD.sub(lambda match: match[1] or match[2], text)
    text = CHECKBOX.sub(lambda match: "☑" if re.search(r"\bchecked\b", match[0]) else "☐", text)
    text = re.sub(r"<br\s*/?>", "\n", text, flags=re.IGNORECASE)
    text = TAG.sub("", text)
    text = MATH.sub(lambda match: _latex(match[1]) if "\\" in match[1] else match[0], text)
    return html.unescape(text) if "&" in text else text


def _latex(formula: str) -> str:
    formula = LATEX_BOX.sub(r"\1", formula).replace("\\%", "%")
    formula = LATEX_WORD.sub(lambda match: LATEX_WORDS.get(match[1], match[0]), formula)
    return re.sub(r"\s+|[{}]", "", formula)
