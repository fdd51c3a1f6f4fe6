"""The number that a browser shows before an item of a numbered list; none where the items print numbers themselves."""

from __future__ import annotations

import re

from extract.outline import Numbering, printed_number, read_numbering
from extract.readers.html_shown import shown_text
from extract.readers.html_tree import Node

ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
HAN_STYLES = ("cjk-ideographic", "simp-chinese-informal", "cjk-decimal", "trad-chinese-informal")
TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
STYLE = re.compile(r"list-style(?:-type)?:([a-z-]+)")


def shown_numbers(items: Node) -> dict[int, str]:
    """`id` of each item of a numbered list → the number shown before it, with its point and space."""
    entries = [child for child in items.children if child.tag == "li"]
    if items.tag != "ol" or any(read_numbering(shown_text(entry).strip()) for entry in entries):
        return {}
    declared = STYLE.search(items.style)
    kind = declared[1] if declared else TYPES.get(items.attributes.get("type", ""), "decimal")
    numbers: dict[int, str] = {}
    value = _integer(items.attributes.get("start")) or 1
    for entry in entries:
        value = _integer(entry.attributes.get("value")) or value
        numbers[id(entry)] = list_number(value, kind)
        value += 1
    return numbers


def list_number(value: int, kind: str) -> str:
    """A number as the style of its list shows it; "" for styles that show none.

    >>> list_number(3, "decimal"), list_number(12, "cjk-ideographic"), list_number(4, "upper-roman")
    ('3. ', '十二、', 'IV. ')
    """
    if kind in HAN_STYLES:
        return printed_number(Numbering("han", 1, value, str(value), 0)) + "、"
    if kind in {"none", "disc", "circle", "square"}:
        return ""
    if kind.endswith(("alpha", "latin")) and 1 <= value <= 26:
        return (chr(96 + value) if kind.startswith("lower") else chr(64 + value)) + ". "
    if kind.endswith("roman") and 1 <= value <= 39:
        roman = _roman(value)
        return (roman if kind.startswith("lower") else roman.upper()) + ". "
    return f"{value}. "


def _roman(value: int) -> str:
    words = ""
    for size, letters in ROMAN:
        while value >= size:
            words += letters
            value -= size
    return words


def _integer(printed: str | None) -> int | None:
    return int(printed) if printed and re.fullmatch(r"\d{1,4}", printed.strip()) else None
