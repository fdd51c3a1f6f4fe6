"""Lines of a page → paragraphs: hard-wrapped lines are joined, lines that stand alone stay alone."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.outline import read_numbering
from extract.pages import Block

CLOSING = "。！？；：!?;:…"
CENTRED = ("    " * 2, "\u3000" * 4)  # a title or a signature
SHARE_FULL = 0.7  # a number or word that is not parted leaves a line so full at least
SHARE_WRAPPED, FEWEST_WRAPPED, SHORTEST_WRAP = 0.5, 4, 20


def width(text: str) -> int:
    """Columns a text takes in print, a Chinese character being two.

    >>> width("质量A")
    5
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def joined_lines(lines: Sequence[Block], blanks: Sequence[int]) -> Iterator[Block]:
    """Paragraphs of a run of lines; `blanks[i]` blank lines stand before line i.

    Lines are joined only where the run shows a wrapping width: most lines that are followed directly by another one
    end within a few columns of the same width.
    """
    wrap = _indented_wrap(lines, blanks) or _wrap(lines, blanks)
    paragraph: Block | None = None
    last = 0
    for line, blank in zip(lines, blanks, strict=True):
        if paragraph is not None and wrap and blank == 0 and last >= wrap - 4 and _goes_on(paragraph, line):
            paragraph = _joined(paragraph, line)
        else:
            if paragraph is not None:
                yield paragraph
            paragraph = replace(line, text=line.text.strip())
        last = width(line.text)
    if paragraph is not None:
        yield paragraph


def _wrap(lines: Sequence[Block], blanks: Sequence[int]) -> int | None:
    """The width at which the lines are wrapped; `None` where they are not."""
    inner = [width(line.text) for line, blank in zip(lines, blanks[1:], strict=False) if blank == 0]
    if len(inner) < FEWEST_WRAPPED:
        return None
    buckets = Counter(size // 4 for size in inner)
    widest = max(buckets, key=lambda bucket: (buckets[bucket] + buckets[bucket + 1], bucket))
    near = buckets[widest] + buckets[widest + 1]
    limit = widest * 4 + 3
    return limit if near >= SHARE_WRAPPED * len(inner) and limit >= SHORTEST_WRAP else None


def _indented_wrap(lines: Sequence[Block], blanks: Sequence[int]) -> int | None:
    """The least width of a line that goes on, where paragraphs are indented; `None` where they are not.

    There whatever begins without an indent goes on, as nearly all of it stands below a full line.
    """
    full = max((width(line.text) for line in lines if not line.text.startswith(CENTRED)), default=0)
    above = [
        width(line.text)
        for line, below, blank in zip(lines, lines[1:], blanks[1:], strict=False)
        if blank == 0 and _goes_on(line, below)
    ]
    indented = sum(line.text.startswith(("  ", "\u3000")) for line in lines)
    wrapped = sum(size >= full - 8 for size in above) >= SHARE_FULL * len(above) and full >= SHORTEST_WRAP
    return round(SHARE_FULL * full) if above and wrapped and indented >= FEWEST_WRAPPED else None


def _goes_on(paragraph: Block, line: Block) -> bool:
    indented = len(line.text) - len(line.text.lstrip()) >= 2
    return not indented and line.level is None and read_numbering(line.text) is None


def _joined(paragraph: Block, line: Block) -> Block:
    first, second = paragraph.text, line.text.strip()
    gap = " " if first[-1:].isascii() and second[:1].isascii() and first[-1:].isalnum() and second[:1].isalnum() else ""
    raw = None
    if paragraph.raw or line.raw:
        raw = f"{paragraph.raw or first}\n{line.raw or second}"
    return replace(paragraph, text=first + gap + second, raw=raw)
