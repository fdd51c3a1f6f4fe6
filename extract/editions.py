"""The core of a title and which edition of it a document is: 《X（征求意见稿）》 and 《X》 have one core and are two.

The core is what is left without the issuer, the notice that carries the document, and the mark of the edition.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from extract.head.own_titles import issued_title
from extract.terms import terms

Stage = Literal["draft", "trial", "revised", ""]
_STAGES: tuple[Literal["draft", "trial", "revised"], ...] = ("draft", "trial", "revised")
_BRACKET = re.compile(r"[（(〔\[]([^（）()〔〕\[\]]*)[）)〕\]]")
# who forwards a document issues one of their own
_ISSUER = re.compile(r"^(?:(?!转发|批转)[^《》（()）]){2,40}?关于(?=.{4,})")
_ABOUT = re.compile(r"^关于(?=.{4,})")
# what two years', terms' or batches' editions differ in
_FIGURES = re.compile(r"\d+|第?[一二三四五六七八九十]+(?:批|期|号|轮|版|届)")


class Edition(NamedTuple):
    """A title read: its core, its stage, the figures in it in order."""

    core: str
    stage: Stage
    figures: tuple[str, ...]


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(sorted(terms("editions")[kind][0]["words"], key=len, reverse=True))


@cache
def _asked() -> re.Pattern[str]:
    """《X》 between 征求 and 意见."""
    before, after = ("|".join(terms("editions")["asking"][0][side]) for side in ("before", "after"))
    return re.compile(rf"(?:{before})[对就]?(.{{4,}}?)(?:{after})")


@lru_cache(maxsize=4096)
def edition(title: str) -> Edition:
    """The core, the stage and the figures of a title.

    >>> edition("甲市人民政府关于印发《甲市质量工作考核办法（试行）》的通知")[:2]
    ('甲市质量工作考核办法', 'trial')
    >>> edition("甲市2015年质量工作要点（第二批）").figures
    ('2015', '第二批')
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", title))
    asked = _asked().search(plain)
    carried = asked[1] if asked else issued_title(plain) or plain
    core = _BRACKET.sub(_without_mark, carried.strip("《》〈〉"))
    core = _ABOUT.sub("", core if issued_title(plain) or asked else _ISSUER.sub("", core))
    stage: Stage = "draft" if asked else next((stage for stage in _STAGES if _has(plain, stage)), "")
    return Edition(core.strip("《》〈〉"), stage, tuple(_FIGURES.findall(core)))


def _without_mark(bracket: re.Match[str]) -> str:
    """A bracket of a title, or nothing where it holds the mark of an edition."""
    return "" if any(word in bracket[1] for stage in _STAGES for word in _words(stage)) else bracket[0]


def _has(title: str, stage: str) -> bool:
    """Whether a title carries such a mark: in brackets, or as the verb of the notice that issues it."""
    marks = [bracket[1] for bracket in _BRACKET.finditer(title)]
    return any(word in mark for mark in marks for word in _words(stage)) or (
        stage == "revised" and any(f"关于{word}" in title for word in _words(stage))
    )
