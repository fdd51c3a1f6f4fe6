"""Numbered measures, phases and safeguards in prose → plan items with their dates and the bodies that answer.

The last numbered level below a heading is what is to be done; the heading gives its section, a phase's also its dates.
A heading that names only aims, principles or a procedure has nothing to be done below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.dates import read_period
from extract.departments.leading_group import SHORT, leading_group, named_whole
from extract.duties import read_duties
from extract.duty_brackets import duty_bracket, first_leads
from extract.families.codes import Codes
from extract.layout import Grid, Layout, Paragraph
from extract.outline import printed_number, unnumbered
from extract.records import Assignment, Fact, Finding, PlanItem
from extract.regions import Region
from extract.sections import read_heading, section_path
from extract.terms import terms
from extract.text import compact, squeezed

ITEM_SERIES = {"han", "han_paren", "arabic", "article"}
BRACKET = re.compile(r"[（(]([^（()）]*\d{4}[^（()）]*)[)）]")
LONGEST_TITLE = 40  # a numbered line no longer than this, with text below it, is that text's heading
SHORTEST_ITEM = 4
ANNEX = re.compile(r"\s*附\s*[件表录]?\s*[\d一二三四五六七八九十]*\s*[：:]?\s*$")
FOOT = re.compile(r"\s*(?:附\s*[件表]|抄\s*送|主\s*送|主\s*题\s*词|联\s*系\s*人|[主承督]\s*办|发)\s*[：:]")
DUTY_LABEL = re.compile(r"^(?:主要|工作|具体)?职责(?:任务)?[：:]")


@dataclass
class Unit:
    """A numbered paragraph, the plain paragraphs behind it, and the numbered ones above it."""

    head: Paragraph
    above: tuple[Unit, ...] = ()
    under: Paragraph | None = None  # the heading without a number that it stands under
    annex: str = ""  # 附件2 where it stands in one
    body: list[Paragraph] = field(default_factory=list)
    has_parts: bool = False

    @property
    def level(self) -> int:
        return self.head.numbering.level if self.head.numbering else 0

    @property
    def path(self) -> str:
        """The printed numbers from the highest level down: 四（一）1."""
        numberings = [unit.head.numbering for unit in (*self.above, self)]
        return "".join(printed_number(numbering) for numbering in numberings if numbering is not None)


def measures(layout: Layout, region: Region | None, codes: Codes) -> Iterator[Fact]:
    """The plan items of numbered prose, with their assignments."""
    texts = [passage.text for passage in layout.passages]
    group, leads_first = leading_group(texts, region), any(first_leads(text) for text in texts)
    for unit in _units(layout):
        if _is_background(unit):
            continue
        start, end = _dates(unit)
        if unit.has_parts:
            # a phase is an item beside its steps; any other heading with parts is only their section
            if BRACKET.search(unit.head.text) and end is not None and _own_dates(unit.head) != (None, None):
                yield _item(unit, unit.head, unit.head.body, codes, start, end)
            continue
        item = _leaf_item(unit, codes, start, end)
        if item is not None:
            yield item
            yield from _assignments(unit, item, region, group, leads_first)


def _leaf_item(unit: Unit, codes: Codes, start: str | None, end: str | None) -> PlanItem | None:
    source = _source(unit)
    text = source.body if source is unit.head else DUTY_LABEL.sub("", source.text)
    if (bracket := duty_bracket(text)) is not None:
        text = text[: bracket.start]
        start, end = bracket.dates if bracket.dates != (None, None) else (start, end)
    text = compact(text)
    if len(text) < SHORTEST_ITEM or _refers(unit):
        return None
    return _item(unit, source, text, codes, start, end)


def _assignments(
    unit: Unit, item: PlanItem, region: Region | None, group: str | None, leads_first: bool
) -> Iterator[Fact]:
    paragraphs = [unit.head, *unit.body]
    for duty in read_duties([paragraph.body for paragraph in paragraphs], region, leads_first):
        passage = paragraphs[duty.paragraph].passage.ordinal
        body = named_whole(duty.department, group)
        yield Assignment(duty.role, body.raw, body.name, passage, plan_item=item.code, is_group=body.is_group)
        if not body.known and not body.name.endswith(SHORT):
            yield Finding("unknown_department", "info", f"{item.code}: {body.raw} is in no list of bodies", passage)


def _item(unit: Unit, source: Paragraph, text: str, codes: Codes, start: str | None, end: str | None) -> PlanItem:
    # numbering restarts in an annex
    code = codes.take(f"task:{unit.path}", f"task:{unit.annex}{unit.path}").removeprefix("task:")
    section = section_path([above.head for above in unit.above])
    return PlanItem(code, compact(text), source.passage.ordinal, section, start, end)


def _units(layout: Layout) -> Iterator[Unit]:
    """Every numbered paragraph with its place; a heading without a number, and a table, end the text behind it."""
    stack: list[Unit] = []
    unit: Unit | None = None
    under: Paragraph | None = None
    annex = ""
    done: list[Unit] = []
    for item in layout.content:
        if isinstance(item, Grid):
            unit = None
        elif item.numbering is None or item.numbering.series not in ITEM_SERIES:
            if ANNEX.match(item.text):
                stack, unit, annex = [], None, squeezed(item.text).rstrip("：:")
            elif item.level is not None:
                stack, unit, under = [], None, item
            elif FOOT.match(item.text):
                unit = None
            elif unit is not None:
                unit.body.append(item)
        else:
            while stack and stack[-1].level >= item.numbering.level:
                stack.pop()
            if stack:
                stack[-1].has_parts = True
            unit = Unit(item, tuple(stack), under, annex)
            stack.append(unit)
            done.append(unit)
    return iter(done)


def _source(unit: Unit) -> Paragraph:
    """The paragraph that says what is to be done: the numbered one, or what stands below it where it is a title."""
    title = len(unit.head.body) <= LONGEST_TITLE and not re.search(r"[，；]", unit.head.body)
    if not title or not unit.body:
        return unit.head
    duties = [paragraph for paragraph in unit.body if DUTY_LABEL.match(paragraph.text)]
    return (duties or unit.body)[0]


def _is_background(unit: Unit) -> bool:
    """Whether the unit or a heading above it names what is not to be done."""
    headings = [one.head for one in (*unit.above, unit)] + ([unit.under] if unit.under else [])
    return any(heading_sense(heading.text) is not None for heading in headings)


def heading_sense(heading: str) -> str | None:
    """background or procedure where a heading says so, else `None`.

    >>> heading_sense("一、指导思想"), heading_sense("四、主要任务")
    ('background', None)
    """
    title = squeezed(read_heading(unnumbered(heading)).title)
    for sense in ("background", "procedure"):
        if title.endswith(tuple(terms("sections")[sense]["ends"])):
            return sense
    return None


def _refers(unit: Unit) -> bool:
    words = "".join(paragraph.text for paragraph in (unit.head, *unit.body))
    return len(words) < 60 and any(word in words for word in terms("sections")["reference"]["holds"])


def _dates(unit: Unit) -> tuple[str | None, str | None]:
    """The dates in brackets of the unit's heading, else of the nearest one above."""
    for one in (unit, *reversed(unit.above)):
        if (dates := _own_dates(one.head)) != (None, None):
            return dates
    return None, None


def _own_dates(paragraph: Paragraph) -> tuple[str | None, str | None]:
    match = BRACKET.search(paragraph.text) if len(paragraph.text) <= LONGEST_TITLE * 2 else None
    return read_period(match[1]) if match else (None, None)
