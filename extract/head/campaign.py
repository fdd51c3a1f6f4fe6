"""The campaign of a document: what its title says is created, judged or furthered."""

from __future__ import annotations

import re
from functools import cache

from extract.head.own_titles import issued_title
from extract.regions import find_region, lineage
from extract.terms import terms

_SHORTEST = 3
_QUOTED = re.compile(r"“([^”]{3,20})”")
_YEARS = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[批轮期次]|(?:20\d\d|[二〇○一三四五六七八九]{4})[—–\-－]?(?:20\d\d)?年?度?)"
)


@cache
def _words(entry: str) -> tuple[str, ...]:
    return tuple(sorted((word for e in terms("campaigns")[entry] for word in e["words"]), key=len, reverse=True))


def _known(title: str) -> str | None:
    """The campaign one of whose names stands in the title."""
    entries = terms("campaigns")["campaign"]
    return next((entry["name"] for entry in entries if any(word in title for word in entry["words"])), None)


def _quoted(title: str) -> str | None:
    """The name that the title itself puts in quotes; periods and policies in general are passed over."""
    return next((name for name in _QUOTED.findall(title) if name not in _words("quoted")), None)


def _without_region(text: str) -> str:
    """The text without the name of its jurisdiction in front."""
    place = find_region(text)
    names = (name for r in lineage(place) for name in (r.name, r.own_name, r.short_name)) if place else ()
    for name in sorted({name for name in names if name != "全国"}, key=len, reverse=True):
        text = text.removeprefix(name)
    return text


def _without_front(text: str) -> str:
    """The text without jurisdiction, years and verbs at its beginning."""
    while True:
        before = text
        text = _YEARS.sub("", _without_region(text)).lstrip("《（）")
        for word in _words("leading"):
            text = text.removeprefix(word)
        if text == before:
            return text


def _without_back(text: str, shortest: int = 1) -> str:
    """The text without frames and kinds of paper at its end; it never gets shorter than `shortest`."""
    while True:
        before = text
        text = re.sub(r"[（(][^（()）]*[）)]$|》$", "", text)
        for word in _words("trailing"):
            if text.endswith(word) and len(text) - len(word) >= shortest:
                text = text.removesuffix(word)
        if text == before:
            return text


def campaign(title: str) -> str | None:
    """The campaign that a title names, or None where only words of office work are left of it.

    >>> campaign("质检总局关于印发“全国质量强市示范城市”验收工作方案（试行）的通知"), campaign("关于做好有关工作的通知")
    ('全国质量强市示范城市', None)
    """
    subject = issued_title(title) or title
    if name := _known(subject) or _quoted(subject):
        return name
    subject = subject.split("关于")[-1] if "关于" in subject else subject
    for period in _words("quoted"):
        subject = subject.replace(f"“{period}”", "")
    front = _without_front(re.sub(r"[《》“”\s]", "", subject))
    core = _without_back(front)
    if core in _words("trailing") or len(front) < _SHORTEST:
        return None
    return core if len(core) >= _SHORTEST else _without_back(front, _SHORTEST)
