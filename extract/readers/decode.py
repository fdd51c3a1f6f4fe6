"""Bytes of a text file → text: UTF-8, UTF-16, GB18030 (also undeclared), Big5."""

from __future__ import annotations

import codecs

from extract.errors import UnreadableFile

BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# lead bytes of the characters that make up nine tenths of mainland text (GB 2312, first level)
FREQUENT = range(0xB0, 0xD8)


def decode(raw: bytes) -> str:
    """The text of `raw` with `\\n` line ends; UnreadableFile where it is no text.

    >>> decode("质量\\r\\n强市".encode("gb18030"))
    '质量\\n强市'
    """
    text = _decode(raw)
    controls = sum(1 for char in text if ord(char) < 32 and char not in "\t\n\r\f\x0b")
    if controls > len(text) / 100:
        raise UnreadableFile("is not a text file (control characters); convert it to PDF, DOCX or UTF-8 text first")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(raw: bytes) -> str:
    if not raw.strip():
        raise UnreadableFile("is empty; get the file again")
    for bom, name in BOMS.items():
        if raw.startswith(bom):
            return raw.decode(name, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(raw)


def _guessed(raw: bytes) -> str:
    if raw.count(0) > len(raw) / 50:
        # every second byte of ASCII marks in UTF-16 is zero; which half tells the byte order
        return raw.decode("utf-16-le" if raw[1::2].count(0) > raw[0::2].count(0) else "utf-16-be", errors="replace")
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    return text if _is_mainland(text) else _detected(raw)


def _is_mainland(text: str) -> bool:
    """Most Chinese characters of the text are frequent ones: Big5 bytes read as GB18030 give rare ones."""
    chinese = [char.encode("gb18030") for char in text if "\u4e00" <= char <= "\u9fff"]
    return sum(code[0] in FREQUENT for code in chinese) * 10 > len(chinese) * 7


def _detected(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(raw).best()
    if best is None:
        raise UnreadableFile("is in no encoding that can be read; save it as UTF-8 text")
    return str(best)
