"""The names a document has for itself and its parts: its title, what it issues under its number, its annexes.

They stand in 《》 in its text like the titles of other documents and must be told from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.document_numbers import FOLD
from extract.head.digests import is_digest_note, without_mark
from extract.records import Head, Passage
from extract.terms import terms

_LONGEST_LINE = 70
_ISSUED = re.compile(r"(?:印发|发布|公布|下发)(.+?)的?(?:通知|公告|决定|函|命令?)$")
_ANNEX = re.compile(r"^\s*(?:[-*•]\s*)?附\s*[件表录]?\s*[\d一二三四五六七八九十]*\s*[：:．.、]?\s*")
_ITEM = re.compile(r"^\s*(?:[-*•]\s*)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.．、]\s*")
_LEAST = 4  # characters of a name that may be told by its end alone


def key(title: str) -> str:
    """What is left of a title when layout, quotes, brackets of titles and 的 are taken away.

    >>> key("关于支持人工智能 创新发展的若干措施") == key("《关于支持人工智能创新发展若干措施》")
    True
    """
    plain = title.translate(FOLD).replace("(", "（").replace(")", "）")
    return re.sub(r"[\s《》〈〉“”\"‘’'「」的]|(?<=.)（试行）$", "", plain)


def issued_title(title: str) -> str | None:
    """The document that a notice issues: what stands between 印发 and 的通知.

    >>> issued_title("甲市人民政府关于印发《甲市质量工作方案》的通知")
    '甲市质量工作方案'
    >>> issued_title("关于加强质量工作的意见") is None
    True
    """
    match = _ISSUED.search(title)
    return match[1].strip("《》") if match else None


def _lines(passages: Sequence[Passage]) -> Iterator[str]:
    """Every short line that may be a heading or an entry of the list of annexes; cells are no headings."""
    for passage in passages:
        if passage.kind == "cell" or is_digest_note(passage.text):
            continue
        for line in passage.text.splitlines():
            bare = _ITEM.sub("", _ANNEX.sub("", line.strip("#* ")))
            if len(key(bare)) >= _LEAST and len(bare) <= _LONGEST_LINE and not re.search(r"《|[。；：:，]$", bare):
                yield bare


def own_titles(passages: Sequence[Passage], own: Head) -> frozenset[str]:
    """The keys of its own names: title, issued document, headings printed in it, entries of its annex list."""
    lines = list(_lines(passages))
    # a title may be broken over two lines
    broken = [first + second for first, second in pairwise(lines)]
    title = without_mark(own.title)
    return frozenset(key(name) for name in (own.title, title, issued_title(title) or "", *lines, *broken) if name)


def is_own_title(title: str, own: frozenset[str]) -> bool:
    """Whether a cited title is one of the document's own, in full or by its end (《验收申请书》 for 创建…验收申请书).

    >>> is_own_title("验收申请书", frozenset({key("创建“示范城市”验收申请书")}))
    True
    >>> is_own_title("质量发展纲要", frozenset({key("贯彻质量发展纲要实施方案")}))
    False
    """
    cited = key(title)
    if cited in own:
        return True
    # a form is called 报告 where its heading says 报告书
    ends = tuple(cited + end for end in ("", "书", "表"))
    is_form = len(cited) >= _LEAST and cited.endswith(tuple(terms("citations")["form"][0]["words"]))
    return is_form and any(name.endswith(ends) for name in own)
