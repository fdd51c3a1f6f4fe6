"""The addressees (主送机关): the paragraph between title and body that ends with a colon, one entry a group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.head.digests import is_digest_note
from extract.head.titles import Line
from extract.terms import terms

_LONGEST = 300
_DIRECT = re.compile("[省市县区州](?:直属|级|直)各?(?:有关)?(?:单位|部门|机关)")
_MOST_LINES = 6


def _split(text: str, marks: str) -> Iterator[str]:
    """The parts between marks that stand outside brackets."""
    depth, start = 0, 0
    for place, char in enumerate(text):
        depth += (char in "（(〔") - (char in "）)〕")
        if char in marks and depth <= 0:
            yield text[start:place]
            start = place + 1
    yield text[start:]


def read_addressees(text: str) -> tuple[str, ...]:
    """The addressees of a line, split at ； and ，, and at 、 where a body's name ends before it and another begins.

    >>> read_addressees("各省、自治区、直辖市人民政府，国务院各部委、各直属机构：")
    ('各省、自治区、直辖市人民政府', '国务院各部委', '各直属机构')
    """
    words = terms("addressees")
    ends, begins = (tuple(words[entry][0]["words"]) for entry in ("end", "begin"))
    found: list[str] = []
    for group in _split(re.sub(r"\s", "", text).rstrip("：:"), "；;，,"):
        whole = ""
        for part in _split(group, "、"):
            if whole and ((whole.endswith(ends) and part.startswith(begins)) or _DIRECT.match(part)):
                found.append(whole)
                whole = part
            else:
                whole = f"{whole}、{part}" if whole else part
        found.append(whole)
    return tuple(name for name in found if name)


def is_salutation(text: str) -> bool:
    """Whether a line names addressees and nothing else: ends with a colon, begins with one, holds no sentence.

    >>> is_salutation("各有关单位："), is_salutation("现将有关事项通知如下：")
    (True, False)
    """
    words = terms("addressees")
    ends = tuple(words["end"][0]["words"])
    bare = re.sub(r"\s", "", text)
    return (
        bare.endswith(("：", ":"))
        and len(bare) <= _LONGEST
        and not re.search(r"[。！？：:].", bare)
        and not any(word in bare for word in words["sentence"][0]["words"])
        and (bare.startswith("各") or any(name.endswith(ends) for name in read_addressees(bare)))
    )


def salutation(lines: Sequence[Line], start: int) -> tuple[tuple[str, ...], int] | None:
    """The addressees on the first lines from `start`, and the line they begin on; a list may run over lines."""
    text, first = "", start
    for line in (line for line in lines[start : start + _MOST_LINES] if not is_digest_note(line.text)):
        if not text:
            first = line.index
        text += line.bare
        if is_salutation(text):
            return read_addressees(text), first
        if not re.search(r"[，、,]$", text) and not (text.startswith("各") and len(text) > 20 and "。" not in text):
            text = ""
        if line.bare.endswith("。"):
            return None
    return None
