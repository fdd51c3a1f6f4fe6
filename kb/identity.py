"""The keys that two spellings of one title or 文号 share, and the id that a document is given once."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from hashlib import sha256

from extract.records import Head

# what two spellings of one title or number may differ in: spaces, punctuation and the style of brackets
NOISE = re.compile(r"[\W_]+")


def title_key(title: str | None) -> str:
    """The title without width, spaces, brackets and punctuation; '' where nothing is left.

    >>> title_key("《质量发展纲要（2011－2020年）》") == title_key("质量发展纲要 (2011-2020年)")
    True
    """
    return NOISE.sub("", unicodedata.normalize("NFKC", title or "")).lower()


ISSUED = re.compile(r"(?:印发|发布|公布|下发|颁布)(.{6,})的(?:通知|公告|通告|决定|函)$")


def issued_key(title: str | None) -> str | None:
    """The key of the title that a notice issues, by which others cite it; None for a title that issues none.

    >>> issued_key("某部关于印发《安静城市指南（试行）》的通知") == title_key("《安静城市指南（试行）》")
    True
    >>> issued_key("关于开展检查的通知") is None
    True
    """
    match = ISSUED.search("".join((title or "").split()))
    return title_key(match[1]) if match else None


def number_key(number: str | None) -> str | None:
    """A 文号 or standard number with all brackets alike, or None.

    >>> number_key("某质函[2013] 12 号") == number_key("某质函〔2013〕12号")
    True
    >>> number_key("GB/T 2260-2007"), number_key(" ")
    ('gb|t2260|2007', None)
    """
    # marks part the figures, or (2013)12 and (201)312 would be one number
    normal = unicodedata.normalize("NFKC", "".join((number or "").split())).lower()
    parts = [part for part in NOISE.split(normal) if part]
    return "|".join(parts) or None


def year_of(head: Head) -> str:
    """The year in which the document was written, else printed; '' where neither is known."""
    return (head.issued_on or head.printed_on or "")[:4]


def new_id(connection: sqlite3.Connection, head: Head, digest: str) -> str:
    """A free id for a document that the base does not hold; `digest` is the sha256 of its file.

    Region, year and six hex digits of the identity; more digits where another document has these.

    >>> import kb.base
    >>> new_id(kb.base.memory_base(), Head("某市方案", region_code="320400", issued_on="2014-05"), "ab")
    '320400-2014-bdca41'
    """
    identity = number_key(head.doc_number) or title_key(head.title) or digest
    full = sha256("\n".join((head.origin, head.region_code or "", year_of(head), identity)).encode()).hexdigest()
    start = "-".join(part for part in (head.region_code, year_of(head)) if part) or "doc"
    for length in range(6, len(full) + 1, 2):
        candidate = f"{start}-{full[:length]}"
        if connection.execute("select 1 from documents where id = ?", (candidate,)).fetchone() is None:
            return candidate
    raise ValueError(f"no free id for {head.title}")
