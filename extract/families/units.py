"""Numbered prose → units: a numbered paragraph, the plain ones behind it, the numbered ones above it.

A heading that names only aims, principles or a procedure is background: nothing below it is to be done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.dates import read_date, read_period
from extract.layout import Grid, Layout, Paragraph
from extract.outline import printed_number, unnumbered
from extract.sections import ANNEX, read_heading
from extract.terms import terms
from extract.text import squeezed

SERIES = {"han", "han_paren", "arabic", "arabic_paren", "article"}
DATED = re.compile(r"[（(]([^（()）]*\d{4}[^（()）]*)[)）]")
SINCE = re.compile(r"自(\d{4}年[\d年月日]*)起")
UNTIL = re.compile(r"有效期(?:延长)?(?:至|到)(\d{4}年[\d年月日]*)")
LONGEST_TITLE = 40  # a numbered line no longer than this, with text below it, is that text's heading
FOOT = re.compile(
    r"\s*(?:附\s*[件表]|抄\s*送|主\s*送|主\s*题\s*词|联\s*系\s*人|[主承督]\s*办|发|注|备\s*注)\s*[：:]|\s*(?:说\s*明|注\s*释)\s*[：:]?\s*$"
)
LIST = re.compile(r"\s*(?:附\s*[件表]\s*[：:]|(?:注|备\s*注|说\s*明|注\s*释)\s*[：:]?\s*$)")
# the paragraph that says from when the document itself is valid speaks of no single measure
CLOSING = re.compile(
    r"本(?:政策|(?:行动|实施|工作)?(?:措施|办法|方案|意见|通知|规定|细则|计划))(?:自|由|从|印发|发布|有效期)"
)


@dataclass
class Unit:
    """A numbered paragraph (or the closing one), the plain paragraphs behind it, and the numbered ones above it."""

    head: Paragraph
    above: tuple[Unit, ...] = ()
    under: Paragraph | None = None  # the heading without a number that it stands under
    annex: str = ""  # 附件2 where it stands in one
    body: list[Paragraph] = field(default_factory=list)
    has_parts: bool = False
    has_table: bool = False  # a table stands below it

    @property
    def level(self) -> int:
        return self.head.numbering.level if self.head.numbering else 0

    @property
    def rank(self) -> tuple[int, bool]:
        """Its place among the levels: what （一） numbers inside an article stands below it."""
        return self.level, self.series != "article"

    @property
    def in_article(self) -> bool:
        """Whether it is an article or stands in one."""
        return any(unit.series == "article" for unit in (*self.above, self))

    @property
    def series(self) -> str:
        return self.head.numbering.series if self.head.numbering else "closing"

    @property
    def path(self) -> str:
        """The printed numbers from the highest level down: 四（一）1."""
        numberings = [unit.head.numbering for unit in (*self.above, self)]
        return "".join(printed_number(numbering) for numbering in numberings if numbering is not None) or "结语"

    @property
    def is_title(self) -> bool:
        """Whether the numbered line is only the title of what stands below it."""
        short = len(self.head.body) <= LONGEST_TITLE and not re.search(r"[，；]", self.head.body)
        return short and bool(self.body)

    @property
    def dates(self) -> tuple[str | None, str | None]:
        """The dates in brackets of its line, else of the nearest line above."""
        for unit in (self, *reversed(self.above)):
            if unit.own_dates != (None, None):
                return unit.own_dates
        return None, None

    @property
    def own_dates(self) -> tuple[str | None, str | None]:
        """The dates in brackets of its own line; of the closing paragraph from when and until when it is valid."""
        if self.series == "closing":
            valid = validity(self.head.text)
            return valid[2] if valid else (None, None)
        place = dated_heading(self.head.text)
        return read_period(self.head.text[slice(*place)]) if place else (None, None)

    @property
    def is_background(self) -> bool:
        """Whether it or a heading above it names what is not to be done."""
        return bool(self._senses & {"background", "procedure", "reported"})

    @property
    def is_task(self) -> bool:
        """Whether a heading above it names what is to be done, even in a document that judges."""
        return "tasks" in self._senses

    @property
    def _senses(self) -> set[str | None]:
        headings = [unit.head for unit in (*self.above, self)] + ([self.under] if self.under else [])
        return {heading_sense(heading.text) for heading in headings}


def validity(text: str) -> tuple[int, int, tuple[str | None, str | None]] | None:
    """Where a closing paragraph says from when and until when it is valid, and the dates; `None` where it does not.

    >>> validity("本办法自2025年5月31日起施行，有效期至2027年12月31日。")
    (4, 33, ('2025-05-31', '2027-12-31'))
    """
    folded = [(at, part) for at, char in enumerate(text) for part in squeezed(char)]
    plain = "".join(part for _, part in folded)
    start, end = (pattern.search(plain) for pattern in (SINCE, UNTIL))
    found = [match for match in (start, end) if match is not None]
    if not found:
        return None
    first, last = min(match.start(1) for match in found), max(match.end(1) for match in found)
    dates = read_date(start[1]) if start else None, read_date(end[1]) if end else None
    return folded[first][0], folded[last - 1][0] + 1, dates


def dated_heading(text: str) -> tuple[int, int] | None:
    """Where the dates in brackets of a heading stand; `None` in a longer text and where there are none.

    >>> dated_heading("一、启动阶段（2014年3月至5月）")
    (7, 17)
    """
    match = DATED.search(text) if len(text) <= LONGEST_TITLE * 2 else None
    return match.span(1) if match else None


def units(layout: Layout) -> Iterator[Unit]:
    """Every numbered paragraph with its place; a heading without a number, and a table, end the text behind it."""
    state = _State()
    for item in layout.content:
        if isinstance(item, Grid):
            state.take_table()
        elif item.numbering is None or item.numbering.series not in SERIES:
            state.take_plain(item)
        else:
            state.take_numbered(item)
    yield from state.done


@dataclass
class _State:
    """What is open while a document is read from top to bottom."""

    stack: list[Unit] = field(default_factory=list)
    unit: Unit | None = None  # the one that plain paragraphs belong to
    under: Paragraph | None = None
    annex: str = ""
    done: list[Unit] = field(default_factory=list)
    in_foot: bool = False  # a list of annexes or notes has begun: what follows in its numbers is nothing to be done

    def take_table(self) -> None:
        self.unit = None
        for unit in self.stack:
            unit.has_table = True

    def take_plain(self, item: Paragraph) -> None:
        if not FOOT.match(item.text):
            self.in_foot = False
        if ANNEX.match(item.text):
            self.stack, self.unit, self.annex = [], None, squeezed(item.text).rstrip("：:")
        elif item.level is not None:
            self.stack, self.unit, self.under = [], None, item
        elif FOOT.match(item.text):
            self.unit, self.in_foot = None, LIST.match(item.text) is not None
        elif CLOSING.match(item.text) and self.done:
            self.stack, self.unit = [], None
            self.done.append(Unit(item))
        elif self.unit is not None:
            self.unit.body.append(item)

    def take_numbered(self, item: Paragraph) -> None:
        if self.in_foot and item.numbering and item.numbering.series == "arabic":
            return
        unit = Unit(item, under=self.under, annex=self.annex)
        while self.stack and self.stack[-1].rank >= unit.rank:
            self.stack.pop()
        if self.stack:
            self.stack[-1].has_parts = True
        self.unit = unit
        unit.above = tuple(self.stack)
        self.stack.append(self.unit)
        self.done.append(self.unit)


def heading_sense(heading: str) -> str | None:
    """background, reported, procedure or tasks where a heading says so, else `None`.

    >>> heading_sense("一、指导思想"), heading_sense("四、主要措施")
    ('background', None)
    """
    title = squeezed(read_heading(unnumbered(heading)).title)
    for sense in ("background", "reported", "procedure", "tasks"):
        if title.endswith(tuple(terms("sections")[sense]["ends"])):
            return sense
    return None
