"""Personal numbers of people in texts that leave the house: telephone, identity card, e-mail, starred out.

Bytes of UTF-8 keep their number, so that a page can be masked while it is sent.
"""

from __future__ import annotations

import re

WITH_PERSONAL = "ZHIBIAO_WITH_PERSONAL"  # environment variable: not empty where they are to be shown
LONGEST = 128  # bytes of the longest number or address that is looked for
_PERSONAL = re.compile(
    rb"(?<![0-9A-Za-z._-])(?:"
    rb"\d{17}[0-9Xx]"  # identity card
    rb"|1[3-9]\d{9}"  # mobile telephone
    rb"|(?:0\d{2,3}[-\xe2\x80\x94 ]{1,3})\d{7,8}(?:-\d{1,5})?"  # telephone with its area code
    rb"|[A-Za-z0-9][A-Za-z0-9._+-]{0,40}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{2,20}){1,3}"
    rb")(?![0-9A-Za-z])"
)
# every such number has an @ or seven digits in a row: most texts have neither, and are told by that quickly
_DIGITS = bytes(0x30 if 0x30 <= code <= 0x39 else 0x20 for code in range(256))
_SEVEN = b"0" * 7


def masked(data: bytes) -> bytes:
    """The bytes with the letters and digits of personal numbers as stars.

    >>> masked("电话：0515-86665066、13961930000 a.b@example.cn 2013-07-15".encode()).decode()
    '电话：****-********、*********** *.*@*******.** 2013-07-15'
    """
    if b"@" not in data and _SEVEN not in data.translate(_DIGITS):
        return data
    return _PERSONAL.sub(lambda match: re.sub(rb"[0-9A-Za-z]", b"*", match[0]), data)


class Masking:
    """Masks a text that comes in pieces; what may be the beginning of a number is held back till the next piece.

    >>> masking = Masking()
    >>> (masking.feed("手机139619".encode()) + masking.feed(b"30000", last=True)).decode()
    '手机***********'
    """

    def __init__(self) -> None:
        self._held = b""

    def feed(self, piece: bytes, *, last: bool = False) -> bytes:
        """The next piece as it may leave."""
        data = self._held + piece
        text = masked(data)
        keep = 0 if last else min(LONGEST, len(data))
        # what is held back is kept as it came: with its end known it may be another number
        self._held = data[len(data) - keep :]
        return text[: len(text) - keep]
