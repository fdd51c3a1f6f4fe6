"""The outline of a document: under which headings each paragraph and grid stands, and what a heading says.

A heading may run on into its text (一、…（80分）。政府…): its title ends at the first stop or at its points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.layout import Grid, Layout, Paragraph
from extract.text import compact

POINTS = re.compile(r"[（(](?P<about>[^（()）]*?)(?P<points>\d+(?:\.\d+)?)\s*分(?P<more>[^（()）]*)[)）]")
BRACKET_END = re.compile(r"[。；;：:\n]")
ANNEX = re.compile(r"\s*附\s*[件表录]?\s*[\d一二三四五六七八九十]*\s*[：:]?\s*$")
HEADING_LEVELS = 2  # 一、 and （一）; figures number items, not headings


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading prints: its title, its points and the words beside them, its run-on text."""

    title: str
    points: float | None = None
    about_points: str = ""
    text: str = ""


def read_heading(body: str) -> Heading:
    """The parts of a heading given without its numbering.

    >>> read_heading("制度完善（此部分为加分项，60分）。鼓励创新。")
    Heading(title='制度完善', points=60.0, about_points='此部分为加分项，', text='鼓励创新。')
    >>> read_heading("否决条件").title
    '否决条件'
    """
    points = POINTS.search(body)
    stop = BRACKET_END.search(body)
    if points and (stop is None or points.start() < stop.start()):
        rest = body[points.end() :].lstrip("。；;：: \n")
        return Heading(compact(body[: points.start()]), float(points["points"]), points["about"] + points["more"], rest)
    if stop:
        return Heading(compact(body[: stop.start()]), text=body[stop.end() :].strip())
    return Heading(compact(body))


def under_headings(layout: Layout) -> Iterator[tuple[Paragraph | Grid, tuple[Paragraph, ...]]]:
    """Every paragraph and grid with the headings above it, highest first; a heading stands under its own parents.

    An annex begins anew: the last heading of the text before it is none of its own.
    """
    stack: list[Paragraph] = []
    for item in layout.content:
        if isinstance(item, Grid):
            yield item, tuple(stack)
            continue
        if ANNEX.match(item.text):
            stack.clear()
        level = heading_level(item)
        if level is not None:
            while stack and (heading_level(stack[-1]) or 0) >= level:
                stack.pop()
        yield item, tuple(stack)
        if level is not None:
            stack.append(item)


def heading_level(paragraph: Paragraph) -> int | None:
    """The level of a paragraph as a heading: its numbering's, else just above all numbering; `None` for plain text."""
    numbering = paragraph.numbering
    if numbering is not None:
        return numbering.level if numbering.level <= HEADING_LEVELS and numbering.series != "article" else None
    return -1 if paragraph.level is not None else None


def section_path(headings: Sequence[Paragraph]) -> str | None:
    """The titles of the headings as one path, highest first.

    >>> section_path([]) is None
    True
    """
    return " / ".join(read_heading(heading.body).title for heading in headings) or None
