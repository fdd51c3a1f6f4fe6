"""The characters of an open page with their boxes and baselines, in the order of the file.

White space that pdfium makes up is left out.  A hyphen at a line's end is `-`.  A character drawn twice at one spot
(the bold of poor printers), one outside the page, and one that the font maps to nothing are told apart by `Chars`.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field
from functools import partial
from itertools import compress, repeat
from typing import NamedTuple

from extract.errors import UnreadableFile
from extract.readers.pdf_boxes import place_chars
from extract.readers.pdf_pdfium import OpenPage, function
from extract.readers.symbols import sign

MOST_CHARS = 1_000_000
SAME_SPOT = 0.5  # points within which a second copy of a character lies
SUSPECT = re.compile("[\x00- \xa0\uf000-\uf0ff\ufffd-\uffff]")  # what may be no character as it stands
HIDDEN = {"\xad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"}


class Char(NamedTuple):
    """A character: its box and baseline in points from the top left; `turn` in quarter turns clockwise, 0 upright."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    turn: int = 0


@dataclass(slots=True)
class Chars:
    """The characters of a page; `doubled` and `outside` are no part of it, `slanted` ones stand in no line."""

    kept: list[Char] = field(default_factory=list)
    doubled: list[Char] = field(default_factory=list)
    outside: list[Char] = field(default_factory=list)
    slanted: list[Char] = field(default_factory=list)
    unmapped: int = 0


def read_chars(page: OpenPage, turned: bool = False, odd_fonts: bool = False) -> Chars:
    """The characters of an open page; `turned` and `odd_fonts` say that its text objects need a closer look."""
    with page.text() as handle:
        count = function("FPDFText_CountChars")(handle)
        if count < 0:
            raise UnreadableFile("is damaged (a page's text cannot be read); get the file again or print it anew")
        if count > MOST_CHARS:
            raise UnreadableFile(f"has a page of {count:,} characters; at most {MOST_CHARS:,} are read, split the file")
        if count == 0:
            return Chars()
        texts, unmapped = _texts(handle, count)
        columns = place_chars(handle, count, page, turned, odd_fonts)
    shown = [bool(text) and text not in HIDDEN for text in texts]
    # what Char._make does, without its check
    found = map(partial(tuple.__new__, Char), zip(texts, *columns, strict=True))
    return _sorted_out(list(compress(found, shown)), page.size, unmapped)


def _texts(handle: int, count: int) -> tuple[list[str], int]:
    """The character at every index, `''` where it is none, and how many glyphs the font maps to nothing."""
    units = (ctypes.c_ushort * (count + 1))()
    written = function("FPDFText_GetText")(handle, 0, count, ctypes.addressof(units)) - 1
    text = bytes(units)[: 2 * max(written, 0)].decode("utf-16-le", errors="replace")
    if written != count or len(text) != count:  # characters outside the basic plane, or hyphens at line ends
        codes = map(function("FPDFText_GetUnicode"), repeat(handle), range(count))
        text = "".join(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)
    texts = list(text)
    unmapped = 0
    made_up, is_hyphen = function("FPDFText_IsGenerated"), function("FPDFText_IsHyphen")
    for match in SUSPECT.finditer(text):
        index, char = match.start(), match[0]
        if char < "\ue000" or (char > "\uf8ff" and char != "\ufffd"):
            if is_hyphen(handle, index) == 1:
                texts[index] = "-"
            elif made_up(handle, index) == 1 or char in "\r\n":
                texts[index] = ""
            elif char != "\t" and char not in " \xa0":
                texts[index], unmapped = "\ufffd", unmapped + 1
        elif char == "\ufffd":
            unmapped += 1
        elif "\uf000" <= char <= "\uf0ff":
            # the sign that the font shows stands before the private character, which stays in the source's text
            texts[index] = sign(_font_name(handle, index), ord(char)) + char
    return texts, unmapped


def _font_name(handle: int, index: int) -> str:
    """The name of a character's font without the mark of a subset."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = function("FPDFText_GetFontInfo")(handle, index, ctypes.addressof(name), 128, ctypes.addressof(flags))
    return name.value.decode("utf-8", errors="replace").rpartition("+")[2] if 0 < length <= 128 else ""


def _sorted_out(shown: list[Char], size: tuple[float, float], unmapped: int) -> Chars:
    """The characters by what they are; the usual page has nothing but its own and is told by a few passes in C."""
    chars = Chars(unmapped=unmapped)
    if not shown:
        return chars
    texts, x0s, _, x1s, _, bases, turns = zip(*shown, strict=True)
    spots = set(zip(texts, map(int, x0s), map(int, bases), strict=True))
    chars.kept = shown if len(spots) == len(shown) else _once(shown, chars.doubled)
    width, height = size
    if max(x0s) <= width and min(x1s) >= 0 and min(bases) > 0 and max(bases) < height + SAME_SPOT and min(turns) >= 0:
        return chars
    kept, chars.kept = chars.kept, []
    for char in kept:
        if char.x0 > width or char.x1 < 0 or not 0 < char.base < height + SAME_SPOT:
            chars.outside.append(char)
        else:
            (chars.slanted if char.turn < 0 else chars.kept).append(char)
    return chars


def _once(shown: list[Char], doubled: list[Char]) -> list[Char]:
    """The characters without second copies at the same spot; those go to `doubled`."""
    seen: dict[tuple[str, int, int], Char] = {}
    kept = []
    for char in shown:
        near = seen.setdefault((char.text, round(char.x0), round(char.base)), char)
        apart = abs(near.x0 - char.x0) > SAME_SPOT or abs(near.base - char.base) > SAME_SPOT
        if near is char or apart or char.text == " ":
            kept.append(char)
        else:
            doubled.append(char)
    return kept
