"""The head and foot of a document: what it is, who issued it to whom and when, and for which campaign.

`read_head` reads passages in reading order; `complete_head` adds what only the facts tell: kind and points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from extract.dates import read_date
from extract.document_numbers import number_alone
from extract.head.addressees import salutation
from extract.head.agencies import agencies
from extract.head.campaign import campaign
from extract.head.digests import is_digest_note
from extract.head.kinds import kind_of, printed_kind, title_kind
from extract.head.metadata import Metadata, read_metadata
from extract.head.signature import imprint, issuers, letterhead, signature, title_issuers
from extract.head.titles import Line, Title, lines, read_title, title_beside, title_in_cells
from extract.head.totals import printed_total, summed_totals
from extract.records import Citation, Fact, Head, Passage
from extract.regions import Region, find_region
from extract.text import compact

_PLACE_LABEL = re.compile(
    r"^(?:申报|创建|申请|填报|推荐|编制|受评|被评)?(?:城市|地区|县区|所在地|所在地区|单位)(?:名称)?[\s：:]+(.+)$"
)
_PLACE_LINES = 30
_SHEET_TOP = 6  # passages below the name of a sheet among which its title stands
_SHORTEST_HEADING = 8  # characters of a first heading that may be the title
_TOP_LINES = 15  # a 文号 alone further down without a title beside it belongs to an annex
_BESIDE_NUMBER = re.compile(r"^(?:(?:加|特|平)\s*急|急\s*件|文\s*号[：:]|发文字号[：:])\s*|\s*签发人.*$")
_ORDER = re.compile(r".{2,20}(?:令|公\s*告)")
_ORDER_NUMBER = re.compile(r"[（(]?\s*第.{1,8}号\s*[）)]?")
_LONGEST_TITLE = 80  # of a first line that has no form of a title

_Table = dict[str, tuple[str, int]]


def _number_on(line: Line, after: Line | None) -> str | None:
    """The 文号 that a line holds alone, or that 令 and 第…号 hold on two lines."""
    if after and _ORDER.fullmatch(line.text) and _ORDER_NUMBER.fullmatch(after.text):
        return number_alone(line.bare + after.bare.strip("（）()"))
    return number_alone(_BESIDE_NUMBER.sub("", line.text))


def _own_number(all_lines: Sequence[Line]) -> tuple[str, Line] | None:
    """The document's own 文号 and its line: the first that stands alone beside a title, else one on the first lines."""
    pairs = zip(all_lines, (*all_lines[1:], None), strict=False)
    found = [(number, line) for line, after in pairs if (number := _number_on(line, after))]
    beside = next((pair for pair in found if title_beside(all_lines, pair[1].index)), None)
    return beside or next((pair for pair in found if pair[1].index < _TOP_LINES), None)


def _title(
    passages: Sequence[Passage], all_lines: Sequence[Line], title: Title | None, table: _Table
) -> tuple[str, int] | None:
    """The title and its passage: of the lines, of a web page's table, of a cell, else the first heading or line."""
    whole = compact(table["title"][0]) if "title" in table else ""
    if title and (title.text == whole or title.text not in whole):
        return title.text, all_lines[title.first].passage.ordinal
    if whole:
        return whole, table["title"][1]
    first = passages[0] if passages else None
    headed = first is not None and first.kind == "heading" and len(compact(first.text)) >= _SHORTEST_HEADING
    found = (
        (first if headed else None)
        or title_in_cells(passages)
        or next((p for p in passages if p.kind == "heading"), next(iter(passages), None))
    )
    return (compact(found.text)[:_LONGEST_TITLE], found.ordinal) if found else None


def _jurisdiction(found: dict[str, tuple[Any, int]], passages: Sequence[Passage]) -> tuple[Region, int] | None:
    """Whose document it is: by issuer, by title, by what a form names on its first lines (申报城市, 所在地)."""
    for field in ("issuers", "title"):
        value, passage = found.get(field, ("", 0))
        for name in (value,) if isinstance(value, str) else value:
            if place := find_region(name):
                return place, passage
    for line in passages[:_PLACE_LINES]:
        match = _PLACE_LABEL.match(line.text.strip())
        place = find_region(re.sub(r"[（(][^（()）]*[）)]|[_\s]", "", match[1])) if match else None
        if place:
            return place, line.ordinal
    return None


def _table_value(table: _Table, field: str) -> tuple[Any, int] | None:
    """A field of the table of a web page in the form in which the head holds it."""
    if field not in table:
        return None
    readers: dict[str, Callable[[str], Any]] = {
        "doc_number": number_alone,
        "issuers": agencies,
        "issued_on": read_date,
        "printed_on": read_date,
    }
    printed, passage = table[field]
    value = readers[field](printed)
    return (value, passage) if value else None


def _body(metadata: Metadata, passages: Sequence[Passage]) -> list[Line]:
    """The lines of the document itself, without the table of the web page and the name of a sheet."""
    own = [passage for passage in passages if not metadata.first <= passage.ordinal <= metadata.last]
    # the name of a sheet stands again, and whole, in the title below it
    named = own and own[0].place.line is None and own[0].place.page is not None and not own[0].place.boxes
    if named and any(compact(own[0].text) in compact(passage.text) for passage in own[1:_SHEET_TOP]):
        own = own[1:]
    return lines(own)


def _identity(passages: Sequence[Passage], is_digest: bool) -> dict[str, tuple[Any, int]]:
    """Field → value and passage of everything printed; the text goes before the table of a web page."""
    metadata = read_metadata(passages)
    table, body = metadata.values, _body(metadata, passages)
    number = None if is_digest else _own_number(body)
    title = read_title(body, number[1].index if number else None)
    # a 令 is signed above the title of what it enacts, other documents below both
    tops = ([title.last] if title else []) + ([number[1].index] if number else [])
    below = min(tops, default=-1) + 1
    signed, printed, titled = signature(body, title, below), imprint(body), title_issuers(body, title)
    greeted = salutation(body, title.last + 1) if title else None
    others = (_table_value(table, "issuers"), titled, printed.issuers)
    found = {
        "title": _title(passages, body, title, table),
        "doc_number": (number[0], number[1].passage.ordinal) if number else None,
        "issuers": issuers(letterhead(body, title), signed.issuers, others, titled),
        "addressees": (greeted[0], body[greeted[1]].passage.ordinal) if greeted else None,
        "issued_on": signed.date,
        "printed_on": printed.date,
        "total_points": printed_total(passages),
    }
    for field in ("issued_on", "printed_on") if is_digest else ("doc_number", "issued_on", "printed_on"):
        found[field] = found[field] or _table_value(table, field)
    return {field: value for field, value in found.items() if value is not None}


def read_head(passages: Sequence[Passage]) -> Head:
    """The document's identity from all its passages; what is not printed stays None or empty.

    >>> from extract.records import Place
    >>> printed = ["郑州市人民政府文件", "郑政〔2014〕17号", "郑州市人民政府 关于加强", "质量工作的意见", "各部门："]
    >>> head = read_head([Passage(n, "paragraph", text, Place()) for n, text in enumerate(printed, 1)])
    >>> head.title, head.doc_number, head.issuers
    ('郑州市人民政府关于加强质量工作的意见', '郑政〔2014〕17号', ('郑州市人民政府',))
    >>> head.addressees, head.region_code, head.level, head.fields["title"]
    (('各部门',), '410100', 'municipal', 3)
    """
    is_digest = any(is_digest_note(passage.text) for passage in passages)
    found = _identity(passages, is_digest)
    title = found["title"][0] if "title" in found else ""
    place = _jurisdiction(found, passages)
    named = campaign(title)
    fields = {field: passage for field, (_, passage) in found.items()}
    if place:
        fields |= {"region_code": place[1], "level": place[1]}
    if named:
        fields["campaign"] = fields["title"]
    values = {field: value for field, (value, _) in found.items() if field != "title"}
    return Head(
        title,
        **values,
        region_code=place[0].code if place else None,
        level=place[0].level if place else None,
        kind=printed_kind(title, passages),
        origin="digest" if is_digest else "original",
        campaign=named,
        fields=fields,
    )


def _cited_campaign(facts: Sequence[Fact]) -> tuple[str, int] | None:
    """The campaign of the first cited rubric that names one, and the passage that cites it."""
    for fact in facts:
        if isinstance(fact, Citation) and title_kind(fact.cited_title or "") in {"rubric", "guide"}:
            name = campaign(fact.cited_title or "")
            if name:
                return name, fact.passage
    return None


def complete_head(head: Head, facts: Sequence[Fact]) -> Head:
    """The head with kind, points and, where only a cited rubric tells it, the campaign; citations belong to the facts.

    A printed total stays; otherwise full marks are the sum of what stands at the top of the tree of clauses.
    """
    total, bonus = summed_totals(facts)
    cited = None if head.campaign else _cited_campaign(facts)
    return replace(
        head,
        kind=kind_of(facts, None if head.kind == "other" else head.kind),
        total_points=head.total_points if head.total_points is not None else total,
        bonus_points=bonus,
        campaign=cited[0] if cited else head.campaign,
        fields=head.fields | ({"campaign": cited[1]} if cited else {}),
    )
