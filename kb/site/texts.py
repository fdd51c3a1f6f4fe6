"""Texts of documents as the site shows them: words found marked, control characters seen, nothing trusted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from kb.listing import plain
from kb.search.pairs import spans

# signs that change the direction of what follows, and those that no reader sees: shown as a box with their code
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF)
_CONTROL = (number for number in (*range(0x20), 0x7F) if chr(number) not in "\t\n\r")
_HIDDEN = {number: f"⟦U+{number:04X}⟧" for number in (*_TURNING, *_CONTROL)}
_ANY_HIDDEN = re.compile(f"[{''.join(re.escape(chr(number)) for number in _HIDDEN)}]")
LONGEST = 2000  # characters of a text that a listing shows


def shown(text: Any, longest: int = LONGEST) -> str:
    """A text for a page: hidden signs visible, cut where it is endless.

    >>> shown("甲\\u202e乙")
    '甲⟦U+202E⟧乙'
    """
    text = "" if text is None else str(text)
    cut = f"{text[:longest]}…（共{len(text)}字 {len(text)} characters）" if len(text) > longest else text
    return cut if cut.isprintable() else cut.translate(_HIDDEN)  # most texts: ten times as fast


def seen(text: str) -> str:
    """A whole page with its hidden signs visible, wherever they came in: in a value, a title, an address.

    >>> seen('<a title="甲\\u202e乙">\\n')
    '<a title="甲⟦U+202E⟧乙">\\n'
    """
    return text.translate(_HIDDEN) if _ANY_HIDDEN.search(text) else text


def highlighted(text: Any, words: Sequence[str], longest: int = LONGEST) -> Markup:
    """The text with every word that was asked for in a `mark`.

    >>> highlighted("质量<标准>化", ["标准"])
    Markup('质量&lt;<mark>标准</mark>&gt;化')
    """
    line = shown(text, longest)
    parts, end = [Markup()], 0
    for start, stop in spans(line, words):
        parts += [escape(line[end:start]), Markup("<mark>{}</mark>").format(line[start:stop])]
        end = stop
    return Markup().join([*parts, escape(line[end:])])


def figure(value: Any) -> str:
    """A number without an idle fraction; nothing for nothing.

    >>> figure(30.0), figure(0.6), figure(None)
    ('30', '0.6', '')
    """
    return "" if value is None else plain(value) if isinstance(value, float) else str(value)


def share(value: Any) -> str:
    """A share between 0 and 1 as a percentage.

    >>> share(0.256)
    '26%'
    """
    return "" if value is None else f"{value:.0%}"
