"""Citations: every 《title》 of a document, standard or plan with the number beside it, and every number alone.

`citations` reads one text; `document_citations` reads a document's passages and gives one row per distinct document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from extract.document_numbers import FOLD, Numbered, doc_number, doc_numbers, standard_numbers
from extract.head.digests import is_digest_note
from extract.head.own_titles import is_own_title, own_titles
from extract.records import Citation, Head, Passage
from extract.terms import terms

__all__ = ["Cited", "citations", "doc_number", "doc_numbers", "document_citations"]

_LONGEST_TITLE = 150
# between a title and its number: a bracket, the short name, the date; never another title or the end of a sentence
_BEFORE_NUMBER = re.compile(r"\s*(?:[（(〔\[【][^（()）《》。；]{0,30})?\s*")
_AFTER_NUMBER = re.compile(r"\s*[）)]?\s*(?:文件|文|号文)?[，,的]?\s*")


class Cited(NamedTuple):
    """A document as one text names it: title without 《》, number as written, and the span they stand in."""

    title: str | None
    number: str | None
    start: int
    end: int


def _closing(text: str, start: int) -> int | None:
    """The place of the 》 that closes the 《 at `start`, nested 《》 counted, or None."""
    depth = 0
    for place in range(start, min(len(text), start + _LONGEST_TITLE)):
        if text[place] == "《":
            depth += 1
        elif text[place] == "》":
            depth -= 1
            if not depth:
                return place
    return None


def _title_end(text: str, start: int) -> int:
    """Where the title that begins after the 《 at `start` ends; a lost 》 ends it at the next stop or 《."""
    closing = _closing(text, start)
    if closing is not None:
        return closing
    following = text.find("《", start + 1)
    rest = text[start + 1 : following if following > 0 else start + _LONGEST_TITLE]
    inner = rest.find("》")
    if inner >= 0:
        return start + 1 + inner
    if following > 0 and text.startswith(
        ("印发", "转发", "发布"), following - 2
    ):  # 《关于印发《X》的通知, its own 》 lost
        inner = text.find("》", following)
        return inner if inner >= 0 else following
    stop = re.search(r"[。；;，、！？\n]|(?<!^)[（(](?=[^（(]*〔)", rest)
    return start + 1 + (stop.start() if stop else len(rest))


def _written(title: str) -> str:
    """A title in one line: layout spaces go, the spaces between Latin words stay."""
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", title).strip("《》")


_OWN_NUMBER = re.compile(r"[（(]([^（()）]*\d+号)[)）]$")


def _titles(text: str) -> Iterator[tuple[str, int, int]]:
    place = text.find("《")
    while place >= 0:
        end = _title_end(text, place)
        title = _written(text[place + 1 : end])
        end += text.startswith("》", end)
        if len(title) >= 2:
            yield title, place, end
        place = text.find("《", max(end, place + 1))


def _without_numbers(titles: Iterator[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """The titles; one that closes with its own 文号 in brackets, 《…办法（某府〔2018〕4号）》, ends before it."""
    for title, start, end in titles:
        closing = _OWN_NUMBER.search(title)
        if closing and next(iter(doc_numbers(closing[1])), None):
            yield title[: closing.start()], start, end - 1 - len(closing[0])
        else:
            yield title, start, end


def _overlaps(number: Numbered, titles: list[tuple[str, int, int]]) -> bool:
    return any(start < number.end and number.start < end for _, start, end in titles)


def _numbers_by_title(numbers: list[Numbered], titles: list[tuple[str, int, int]], text: str) -> dict[int, Numbered]:
    """Which number belongs to which title (by the title's start): the one after it, else the one before it."""
    free, owned = list(numbers), dict[int, Numbered]()
    for _, start, end in titles:
        beside = _BEFORE_NUMBER.match(text, end)
        after = next((n for n in free if beside and end <= n.start <= beside.end()), None)
        if after and re.fullmatch(_BEFORE_NUMBER, text[end : after.start]):
            owned[start] = after
            free.remove(after)
    for _, start, _ in titles:
        before = next((n for n in free if n.end <= start and _AFTER_NUMBER.fullmatch(text, n.end, start)), None)
        if start not in owned and before:
            owned[start] = before
            free.remove(before)
    return owned


def citations(text: str) -> Iterator[Cited]:
    """Every document that a text names, in order; what the bracket lost is read as printed.

    >>> [c[:2] for c in citations("《质量发展纲要（2011-2020年）》（国发[2012]9号）")]
    [('质量发展纲要（2011-2020年）', '国发〔2012〕9号')]
    >>> [c[:2] for c in citations("GB/T 50362-2005《住宅性能评定技术标准》，另见国办发〔2013〕18号")]
    [('住宅性能评定技术标准', 'GB/T50362-2005'), (None, '国办发〔2013〕18号')]
    """
    titles = list(_without_numbers(_titles(text)))
    numbers = [n for n in (*doc_numbers(text), *standard_numbers(text)) if not _overlaps(n, titles)]
    owned = _numbers_by_title(sorted(numbers, key=lambda n: n.start), titles, text)
    found = []
    for title, start, end in titles:
        number = owned.get(start)
        if not _is_no_document(title) and not _is_annex(text, end):
            span = (min(start, number.start), max(end, number.end)) if number else (start, end)
            found.append(Cited(title, number.number if number else None, *span))
    found += [Cited(None, n.number, n.start, n.end) for n in numbers if n not in owned.values()]
    yield from sorted(found, key=lambda c: c.start)


@cache
def _ends_no_document() -> tuple[str, ...]:
    return tuple(terms("citations")["no_document"][0]["words"])


@cache
def _annex_mark() -> re.Pattern[str]:
    return re.compile(rf"\s*[（(]?\s*(?:详?见)?\s*(?:{'|'.join(terms('citations')['annex_mark'][0]['words'])})")


def _is_no_document(title: str) -> bool:
    return title.endswith(_ends_no_document())


def _is_annex(text: str, end: int) -> bool:
    """Whether the words after 》 say that the named text is printed here: （见附件2）, （附后）."""
    return _annex_mark().match(text, end) is not None


def _form(title: str) -> str:
    """What two prints of one title share: width, dashes and quotes made alike, a lost last bracket put back."""
    form = re.sub(r"\s", "", title.translate(FOLD)).replace("(", "（").replace(")", "）")
    form = re.sub(r"[“”\"＂「」『』]", "“", form).replace("〈", "《").replace("〉", "》")
    return form + "）" * max(0, form.count("（") - form.count("）"))


def _abbreviations(passages: Sequence[Passage]) -> frozenset[str]:
    """The short names that the text itself gives to a document: （以下简称《办法》）."""
    pattern = re.compile(r"以下(?:简称|统称|称)[为:：]?\s*[“\"]?《([^《》]{1,30})》")
    return frozenset(_form(name) for passage in passages for name in pattern.findall(passage.text))


def _is_broken(cited: Cited, text: str, following: Passage | None) -> bool:
    """Whether the passage ends inside the title and the next one goes on with it: then neither holds it whole."""
    if cited.title is None or cited.end < len(text.rstrip()) or text.count("《") == text.count("》"):
        return False
    rest = following.text if following else ""
    return 0 <= rest.find("》") < (rest.find("《") if "《" in rest else len(rest))


class _Rows:
    """One row per distinct pair: a title with and without number is one, a number alone joins the title that has it."""

    def __init__(self) -> None:
        self.rows: list[Citation] = []
        self._places: dict[str, list[int]] = {}  # by form of the title, and by number

    def add(self, row: Citation) -> None:
        """Take a row in, where it is not known already or tells more than a known one."""
        form = _form(row.cited_title) if row.cited_title else None
        known = [(place, self.rows[place]) for place in self._places.get(form or "", [])]
        numbered = [(place, self.rows[place]) for place in self._places.get(row.cited_number or "", [])]
        if any(row.cited_number in {None, other.cited_number} for _, other in known) or (form is None and numbered):
            return
        # a title without number gets it, a number without title gets its title
        poorer = [place for place, other in known if other.cited_number is None]
        poorer += [place for place, other in numbered if other.cited_title is None]
        place = poorer[0] if poorer else len(self.rows)
        if not poorer:
            self.rows.append(row)
        elif known:
            self.rows[place] = replace(self.rows[place], cited_number=row.cited_number, passage=row.passage)
        else:
            self.rows[place] = row
        for name in filter(None, (form, row.cited_number)):
            self._places.setdefault(name, []).append(place)


def document_citations(passages: Sequence[Passage], own: Head) -> Iterator[Citation]:
    """One row per distinct document that the passages name, with the first passage that holds title and number.

    The document's own title and number, what it forwards under its own number, and its annexes are left out.
    """
    own_keys, short = own_titles(passages, own), _abbreviations(passages)
    rows = _Rows()
    for passage, following in zip(passages, (*passages[1:], None), strict=False):
        if is_digest_note(passage.text):
            continue
        for cited in citations(passage.text):
            named = cited.title or ""
            is_own = cited.number == own.doc_number if cited.number else _form(named) in short
            if not (is_own or is_own_title(named, own_keys) or _is_broken(cited, passage.text, following)):
                rows.add(Citation(cited.title, cited.number, passage.ordinal))
    yield from sorted(rows.rows, key=lambda row: row.passage)
