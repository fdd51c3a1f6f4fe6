"""Characters of symbol fonts and other oddities in the runs of Office files → the characters a reader sees.

Symbol fonts put their signs at private-use places (U+F020–U+F0FF): check boxes and the mathematical signs of the font
Symbol have characters of their own, the others say nothing and are dropped from the text.
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = {"\ufeff", "\u200b", "\u200c", "\u200d", "\u2060", "\u00ad"}
# what may have to change: white space but for plain spaces and line ends, invisible and private characters
ODD = re.compile(r"[^\S \n]|[\ufeff\u200b-\u200d\u2060\u00ad\ue000-\uf8ff\U000f0000-\U0010ffff]")
UNCHECKED, CHECKED = "☐", "☑"
PRIVATE = 0xF000
# code in the font → character, the places of https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt
SIGNS = {
    "symbol": {
        0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xB0: "°", 0xB7: "•",
        0x2D: "−", 0x3C: "<", 0x3E: ">", 0x3D: "=", 0x2B: "+", 0x25: "%", 0x6D: "μ", 0x61: "α", 0x62: "β", 0x67: "γ",
        0x44: "Δ", 0x53: "Σ", 0xE5: "∑", 0xD6: "√", 0xAE: "→", 0x7E: "∼",
    },
    "wingdings": {
        0x6F: UNCHECKED, 0x70: UNCHECKED, 0x71: UNCHECKED, 0x72: UNCHECKED, 0xA8: UNCHECKED, 0xFE: CHECKED,
        0xFD: "☒", 0x78: "☒", 0xFC: "✓", 0xFB: "✗",
    },
    "wingdings 2": {
        0x2A: UNCHECKED, 0x30: UNCHECKED, 0xA3: UNCHECKED, 0x52: CHECKED, 0x53: "☒", 0x54: "☒", 0x50: "✓", 0x4F: "✗",
    },
}  # fmt: skip


def sign(font: str | None, code: int) -> str:
    """The character that a place of a symbol font shows; '' where it has none of its own.

    >>> sign("Wingdings", 0xF0FE), sign("Symbol", 0xF0B3), sign("Webdings", 0xF061)
    ('☑', '≥', '')
    """
    place = code - PRIVATE if PRIVATE <= code < PRIVATE + 256 else code
    return SIGNS.get((font or "").strip().lower(), {}).get(place, "")


def shown(source: str, font: str | None = None) -> str:
    """The text of a run as a reader sees it: signs read, private and invisible characters dropped, spaces plain.

    >>> shown("质量\\uf020\\u3000强市\\u200b"), shown("\\uf0b3", "Symbol"), shown("R", "Wingdings 2")
    ('质量 强市', '≥', '☑')
    """
    if not ODD.search(source) and (font is None or not font.lower().startswith("wingdings")):
        return source
    return "".join(_shown(char, font) for char in source)


def _shown(char: str, font: str | None) -> str:
    if char == "\n":
        return char
    if char.isspace():
        return " "
    if char in INVISIBLE:
        return ""
    if unicodedata.category(char) == "Co":
        return sign(font, ord(char))
    # letters set in a font that has only signs: R in Wingdings 2 is a ticked box
    return sign(font, ord(char)) or char if font is not None and font.lower().startswith("wingdings") else char


def raw(text: str, source: str) -> str | None:
    """The source where cleaning changed more than white space, else `None`."""
    return source.strip() if "".join(text.split()) != "".join(source.split()) else None
