"""A catalogue: a heading 目录 and below it nothing but numbered titles in parts → catalogue clauses.

A table of contents looks the same; its entries come back as headings of the same document, those of a catalogue do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from extract.conditions import holds
from extract.families.codes import Codes
from extract.layout import Layout, Paragraph
from extract.records import Clause, Fact
from extract.text import compact, squeezed

FEWEST_ENTRIES = 5
LONGEST_ENTRY = 90


def catalogues(layout: Layout, codes: Codes) -> Iterator[Fact]:
    """The parts (CP1 …) and entries (C1 …) of every catalogue."""
    for at, item in enumerate(layout.content):
        if not isinstance(item, Paragraph) or not holds("contents", item.text):
            continue
        entries = [entry for entry in takewhile(_is_entry, layout.content[at + 1 :]) if isinstance(entry, Paragraph)]
        numbered = [entry for entry in entries if _series(entry) in {"part", "han", "arabic"}]
        if len(numbered) >= FEWEST_ENTRIES and not _recurs(layout, at, numbered):
            yield from _clauses(numbered, codes)


def _is_entry(item: object) -> bool:
    """A line with a number and no sentence, or a short line between such lines."""
    if not isinstance(item, Paragraph) or len(item.text) > LONGEST_ENTRY:
        return False
    return item.numbering is not None and not item.text.rstrip().endswith(("。", "；", "："))


def _series(entry: Paragraph) -> str:
    return entry.numbering.series if entry.numbering else ""


def _recurs(layout: Layout, at: int, entries: list[Paragraph]) -> bool:
    """Whether half of the entries stand again as headings elsewhere: then this is a table of contents."""
    own = {entry.passage.ordinal for entry in entries}
    others = {
        squeezed(item.body)
        for item in layout.content
        if isinstance(item, Paragraph) and item.passage.ordinal not in own and len(item.text) <= LONGEST_ENTRY
    }
    titles = [squeezed(entry.body).rstrip("0123456789.…·-— ") for entry in entries]
    return sum(1 for title in titles if title in others) * 2 >= len(titles)


def _clauses(entries: list[Paragraph], codes: Codes) -> Iterator[Fact]:
    part: str | None = None
    for entry in entries:
        assert entry.numbering is not None
        is_part = entry.numbering.series == "part"
        code = codes.take(f"{'CP' if is_part else 'C'}{entry.numbering.code}", f"{part or 'C'}.{entry.numbering.code}")
        yield Clause(code, "catalogue", compact(entry.body), entry.passage.ordinal, parent=None if is_part else part)
        part = code if is_part else part
