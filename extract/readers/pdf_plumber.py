"""The door to pdfplumber: the characters of a page on which pdfium could not read the fonts; nobody else imports it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.readers.pdf_chars import Char, Chars

UNMAPPED = "(cid:"


def plumbed_chars(path: Path, number: int) -> Chars | None:
    """The characters of page `number` as pdfplumber reads them; `None` where it fails.

    A glyph that the font maps to nothing is U+FFFD here too.
    """
    import pdfplumber

    try:
        with pdfplumber.open(path, pages=[number]) as document:
            page = document.pages[0]
            chars = Chars()
            for char in _chars(page):
                chars.unmapped += char.text == "\ufffd"
                (chars.kept if char.turn == 0 else chars.slanted).append(char)
            page.close()
            return chars
    except Exception:  # it raises whatever its layers raise on a damaged page, and pdfium's reading is still there
        return None


def _chars(page: Any) -> Iterator[Char]:
    left, top = page.cropbox[0], page.cropbox[1]
    for found in page.chars:
        text = "\ufffd" if found["text"].startswith(UNMAPPED) else found["text"]
        x0, x1 = found["x0"] - left, found["x1"] - left
        y0, y1 = found["top"] - top, found["bottom"] - top
        # pdfminer keeps the origin in the text matrix, which the page's own turn is already part of
        base = page.height - found["matrix"][5] - top if found["upright"] else y1
        yield Char(text, x0, y0, x1, y1, base, 0 if found["upright"] else -1)
