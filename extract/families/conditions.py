"""Conditions under a heading that names them: veto and basic clauses in prose.

Below 否决条件 or 基本条件 every numbered or dashed paragraph is a clause; the numbering makes the tree.  Where
vetoes are not numbered each paragraph is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import takewhile

from extract.conditions import condition_kind, holds
from extract.families.codes import Codes
from extract.layout import Layout, Paragraph
from extract.records import Clause, Fact
from extract.sections import heading_level, read_heading
from extract.text import compact

PREFIX = {"veto": "V", "basic": "B"}
INTRODUCED = re.compile(r"(?:符合|具备|满足|达到)(?:以下|下列)(?:全部|所有|各项|基本|必备)?(?:条件|要求)(?:的)?[：:]$")


def conditions(layout: Layout, codes: Codes) -> Iterator[Fact]:
    """A section for each heading of conditions, and a clause for each condition below it."""
    for at, heading in enumerate(layout.content):
        if not isinstance(heading, Paragraph) or heading_level(heading) is None:
            continue
        kind = condition_kind(heading.text)
        if kind is None:
            continue
        is_below = partial(_is_below, heading_level(heading) or 0)
        held = [item for item in takewhile(is_below, layout.content[at + 1 :]) if isinstance(item, Paragraph)]
        below = [item for item in held if item.numbering is not None]
        if not below and kind == "veto":  # said in plain sentences
            below = [item for item in held if not item.text.rstrip().endswith(("：", ":"))]
        if below:
            yield from _tree(heading, kind, below, codes)


def introduced_conditions(layout: Layout, codes: Codes) -> Iterator[Fact]:
    """Conditions listed behind a sentence that introduces them (应同时符合以下条件：), in a document that scores.

    Elsewhere such a list says who may apply for something, not what somebody is judged by.
    """
    for at, item in enumerate(layout.content):
        if not isinstance(item, Paragraph) or not INTRODUCED.search(item.text):
            continue
        below = [
            paragraph
            for paragraph in takewhile(lambda other: isinstance(other, Paragraph), layout.content[at + 1 :])
            if isinstance(paragraph, Paragraph)
        ]
        first = next((paragraph.numbering for paragraph in below[:1]), None)
        if first is None:
            continue
        prefix = codes.free_prefix(PREFIX["basic"])
        for paragraph in takewhile(partial(_continues, first.series), below):
            number = paragraph.numbering.code if paragraph.numbering else ""
            title = compact(paragraph.body).rstrip("；;。")
            yield Clause(codes.take(f"{prefix}{number}"), "basic", title, paragraph.passage.ordinal)


def _continues(series: str, paragraph: Paragraph) -> bool:
    return paragraph.numbering is not None and paragraph.numbering.series == series


def _is_below(level: int, item: object) -> bool:
    """Conditions end at the next heading of the same or a higher level, and at a table."""
    if not isinstance(item, Paragraph):
        return False
    if item.numbering is None:
        return item.level is None
    return item.numbering.level > max(level, 0)


def _tree(heading: Paragraph, kind: str, below: list[Paragraph], codes: Codes) -> Iterator[Fact]:
    number = heading.numbering.code if heading.numbering else ""
    read = read_heading(heading.body)
    section = codes.take(f"S{number}" if number else "S1")
    yield Clause(
        section, "section", read.title, heading.passage.ordinal, points=read.points,
        points_status="none" if read.points is None else "printed",
    )  # fmt: skip
    prefix = codes.free_prefix(PREFIX[kind])
    path: list[tuple[int, str]] = []  # the open levels and their codes
    counts: dict[str, int] = {}
    for paragraph in below:
        level = paragraph.numbering.level if paragraph.numbering else 0
        while path and path[-1][0] >= level:
            path.pop()
        above = path[-1][1] if path else ""
        counts[above] = counts.get(above, 0) + 1
        number = (paragraph.numbering.code if paragraph.numbering else "") or str(counts[above])
        code = codes.take(f"{above}.{number}" if above else f"{prefix}{number}")
        yield Clause(
            code, "veto" if kind == "veto" else "basic", compact(paragraph.body), paragraph.passage.ordinal,
            parent=above or section, optional=holds("optional", paragraph.text),
        )  # fmt: skip
        path.append((level, code))
