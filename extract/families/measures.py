"""Numbered measures, phases, safeguards and duties in prose → plan items with dates and the bodies that answer.

The last numbered level is what is to be done; the headings above give its section, a phase's heading also its dates.
Below a section or an article without numbers of its own each paragraph that names who does it is an item.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from extract.dates import read_deadline
from extract.departments.leading_group import SHORT, leading_group, named_whole
from extract.duties import is_label_line, read_duties
from extract.duty_brackets import deadline, duty_bracket, first_leads
from extract.families.codes import Codes
from extract.families.units import DATED, Unit, units
from extract.layout import Layout, Paragraph
from extract.records import Assignment, Fact, Finding, PlanItem
from extract.regions import Region
from extract.sections import section_path
from extract.terms import terms
from extract.text import compact

SHORTEST_ITEM = 4
RULES = re.compile(
    r"(?:制定|适用|依照|按照)本(?:实施)?(?:办法|规定|细则|条例|规则|制度|规程)|本(?:实施)?(?:办法|规定|细则|条例|规则)所称"
)
DUTY_LABEL = re.compile(r"^(?:主要|工作|具体)?职责(?:任务)?[：:]")


def measures(
    layout: Layout, region: Region | None, codes: Codes, judging: bool = False, taken: Collection[int] = ()
) -> Iterator[Fact]:
    """The plan items of numbered prose, with their assignments.

    A document that is `judging` others, or lays down rules, states conditions and procedures in its prose: there only
    the paragraphs of its articles that name who does something are items.  `taken` are the passages that another
    family read: they are left out, and so is a title with nothing else below it.
    """
    texts = [passage.text for passage in layout.passages]
    judging = judging or is_regulation(texts)
    leading = next((passage.ordinal for passage in layout.passages if first_leads(passage.text)), None)
    family = _Measures(codes, region, leading_group(texts, region), leading)
    for unit in units(layout):
        left = [paragraph for paragraph in unit.body if paragraph.passage.ordinal not in taken]
        is_read = unit.head.passage.ordinal in taken or (unit.is_title and unit.body and not left)
        if (
            is_read
            or (unit.is_background and not _is_charged(unit))
            or _is_over_table(unit)
            or (judging and not (unit.in_article or unit.is_task))
        ):
            continue
        unit.body = left
        if unit.has_parts:
            yield from family.phase(unit)
        elif judging and not unit.is_task:
            yield from family.by_paragraph(unit)
        elif unit.level <= 1 or unit.series in {"article", "closing"} or _charges(unit) > 1:
            duties = list(family.by_paragraph(unit))
            yield from duties if duties or unit.series == "closing" else family.leaf(unit)
        else:
            yield from family.leaf(unit)


@dataclass(frozen=True, slots=True)
class _Measures:
    codes: Codes
    region: Region | None
    group: str | None  # the document's leading group
    leading: int | None  # the passage from which on the first body of a list leads

    def phase(self, unit: Unit) -> Iterator[Fact]:
        """A phase is an item beside its steps; any other heading with parts is only their section."""
        if DATED.search(unit.head.text) and unit.own_dates[1] is not None:
            yield self._item(unit, unit.path, unit.head, unit.head.body)

    def leaf(self, unit: Unit) -> Iterator[Fact]:
        """What is to be done stands in the numbered paragraph, or below it where that is a mere title."""
        source = unit.head
        below = [paragraph for paragraph in unit.body if not is_label_line(paragraph.text)]
        if unit.is_title and below:
            source = next((paragraph for paragraph in below if DUTY_LABEL.match(paragraph.text)), below[0])
        text = source.body if source is unit.head else DUTY_LABEL.sub("", source.text)
        if not _refers(unit):
            yield from self._with_duties(unit, unit.path, source, text, [unit.head, *unit.body])

    def by_paragraph(self, unit: Unit) -> Iterator[Fact]:
        """Several paragraphs of one section or article: those that name who does it, each an item."""
        only_title = unit.is_title and duty_bracket(unit.head.text) is None
        paragraphs = unit.body if only_title else [unit.head, *unit.body]
        if len(paragraphs) < 2 and not unit.in_article and unit.series != "closing":
            return
        number = 0
        for group in _with_labels(paragraphs):
            if any(read_duties([paragraph.body for paragraph in group], self.region, self._leads_first(group))):
                number += 1
                code = f"{unit.path}.{number}" if len(paragraphs) > len(group) else unit.path
                yield from self._with_duties(unit, code, group[0], group[0].body, group)

    def _leads_first(self, paragraphs: Sequence[Paragraph]) -> bool:
        return self.leading is not None and paragraphs[-1].passage.ordinal >= self.leading

    def _with_duties(
        self, unit: Unit, code: str, source: Paragraph, text: str, paragraphs: Sequence[Paragraph]
    ) -> Iterator[Fact]:
        bracket = duty_bracket(text)
        text = compact(text[: bracket.start] if bracket else text)
        if len(text) < SHORTEST_ITEM:
            return
        said = [dates for paragraph in paragraphs if (dates := deadline(paragraph.text)) is not None]
        item = self._item(unit, code, source, text, bracket.dates if bracket else said[0] if said else (None, None))
        yield item
        leads_first = self._leads_first(paragraphs)
        for duty in read_duties([paragraph.body for paragraph in paragraphs], self.region, leads_first):
            passage, body = paragraphs[duty.paragraph].passage.ordinal, named_whole(duty.department, self.group)
            yield Assignment(duty.role, body.raw, body.name, passage, plan_item=item.code, is_group=body.is_group)
            if not body.known and not body.name.endswith(SHORT):
                message = f"{item.code}: {body.raw} is in no list of bodies"
                yield Finding("unknown_department", "info", message, passage)

    def _item(
        self,
        unit: Unit,
        path: str,
        source: Paragraph,
        text: str,
        dates: tuple[str | None, str | None] = (None, None),
    ) -> PlanItem:
        # numbering restarts in an annex
        code = self.codes.take(f"task:{path}", f"task:{unit.annex}{path}").removeprefix("task:")
        start, end = unit.dates if dates == (None, None) else dates
        if (start, end) == (None, None):
            end = read_deadline(text)
        section = section_path([above.head for above in unit.above])
        return PlanItem(code, compact(text), source.passage.ordinal, section, start, end)


def is_regulation(texts: Sequence[str]) -> bool:
    """Whether articles lay down rules (制定本办法, 本办法所称) rather than measures.

    >>> is_regulation(["第一条 为规范管理，制定本办法。"]), is_regulation(["第一条 建好站点。"])
    (True, False)
    """
    return any(RULES.search(text) for text in texts if text.lstrip().startswith("第"))


def _with_labels(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Each paragraph with those behind it that only say who does it, and until when."""
    group: list[Paragraph] = []
    for paragraph in paragraphs:
        if group and not is_label_line(paragraph.text):
            yield group
            group = []
        group.append(paragraph)
    if group:
        yield group


def _is_charged(unit: Unit) -> bool:
    """Whether lines behind a unit say who does it: then it is to be done, whatever its heading (发展目标) is called."""
    labelled = any(is_label_line(paragraph.text) for paragraph in unit.body)
    return not unit.has_parts and (labelled or _charges(unit) > 0)


def _charges(unit: Unit) -> int:
    """How many paragraphs of a unit close with a bracket that names who does them."""
    return sum(duty_bracket(paragraph.text) is not None for paragraph in (unit.head, *unit.body))


def _is_over_table(unit: Unit) -> bool:
    """Whether a unit is only the title of the table below it."""
    return unit.has_table and not unit.body and re.search(r"[，。；：:]", unit.head.body) is None


def _refers(unit: Unit) -> bool:
    """Whether a unit only points elsewhere (任务分工见附件)."""
    words = "".join(paragraph.text for paragraph in (unit.head, *unit.body))
    return len(words) < 60 and any(word in words for word in terms("sections")["reference"]["holds"])
