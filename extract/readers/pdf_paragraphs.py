"""Printed lines of a strip → paragraphs: a line goes on with the one above where that is full and it is not indented.

Full means that the first word of the next line would not have fitted; the margins are those that the lines of the
whole document keep.  The lines of a title, larger than the body and centred, stay lines of one block.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.outline import read_numbering
from extract.pages import Block, Box, Place
from extract.readers.lines import width
from extract.readers.pdf_cells import rounded
from extract.readers.pdf_lines import Line
from extract.readers.pdf_strips import Strip

INDENT = 1.2  # sizes from the left margin on which a line begins a paragraph
NARROWEST, WIDEST = 1.3, 2.6  # sizes by which paragraphs are indented
SLACK = 0.7  # sizes that a line may stay short of what would have fitted
SAME_SIZE = 0.12
WIDER, WIDEST_LEADING = 1.3, 2.6  # times the usual leading, and sizes: a new paragraph
TITLE_SIZE = 1.12  # of the body's size
CENTRED = 1.2  # sizes that the middle of a title may be off
# what a line break does not part: Latin words and figures with the marks around them, or one character with its marks
OPENING, CLOSING = "“‘《〈（(〔\\[【", "，。；：、）》〉〕\\]】”’！？)%,.;:…"
LATIN = "A-Za-z0-9.%‰~:/@+-"
FIRST_WORD = re.compile(rf"(?:[{OPENING}]*[{LATIN}]+[{CLOSING}]*)+|[{OPENING}]*.[{CLOSING}]*")
WHOLE = re.compile(r"[“‘《〈（(〔\[【A-Za-z0-9]")
STOPPED = re.compile(r"[。！？；：!?;:]$")
LONG = 0.7  # share of the width between the margins
LONGEST_LABEL = 12  # characters of a line that may be full by chance
APART = 4  # sizes between two pieces of a line
COMMON = 0.08  # share of the lines that a margin must be kept by


@dataclass(frozen=True, slots=True)
class Margins:
    """Where lines of body text begin and end, their usual leading and size, and how far paragraphs are indented."""

    left: float
    right: float
    leading: float
    size: float
    indent: float | None


Margined = dict[tuple[int, int], Margins]


def margins(strips: Sequence[Strip]) -> Margined:
    """The margins of every kind of strip of a document, by its width and where it begins."""
    groups: dict[tuple[int, int], list[Sequence[Line]]] = defaultdict(list)
    for strip in strips:
        if strip.lines:
            groups[_kind(strip)].append(strip.lines)
    return {kind: _margins(runs) for kind, runs in groups.items()}


def margins_of(strip: Strip, found: Margined) -> Margins:
    """The margins that a strip with lines keeps; its own where no other strip is like it."""
    return found.get(_kind(strip)) or _margins([strip.lines])


def _kind(strip: Strip) -> tuple[int, int]:
    """Strips of one width on one side of their sheet have the same margins."""
    middle = sum((line.x0 + line.x1) / 2 for line in strip.lines) / len(strip.lines)
    return round(strip.width / 10), int(middle // strip.width)


def _margins(runs: Sequence[Sequence[Line]]) -> Margins:
    lines = [line for run in runs for line in run]
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - size) <= SAME_SIZE * size] or lines
    least = max(1, round(COMMON * len(body)))
    lefts = Counter(round(line.x0 / 2) for line in body)
    left = min((x for x in lefts if lefts[x] + lefts[x + 1] >= least), default=min(lefts)) * 2.0
    right = sorted((line.x1 for line in body), reverse=True)[min(least, len(body)) - 1]
    gaps = Counter(
        round(below.base - above.base)
        for run in runs
        for above, below in pairwise(run)
        if abs(above.size - below.size) <= SAME_SIZE * size and 0 < below.base - above.base < 4 * size
    )
    leading = float(gaps.most_common(1)[0][0]) if gaps else 2 * size
    indents = Counter(
        round(line.x0 - left) for line in body if NARROWEST * size < line.x0 - left < WIDEST * size
    ).most_common(1)
    indent = indents[0][0] if indents and indents[0][1] >= max(2, 0.1 * len(body)) else None
    return Margins(left, right, leading, size, indent)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines read as one paragraph of one page."""

    page: int
    lines: tuple[Line, ...]
    kept: Margins

    @property
    def block(self) -> Block:
        """The paragraph's text, its lines put together, with the box of each."""
        lines = self.lines
        text = lines[0].text.strip()
        title = all(_is_title(line, self.kept) for line in lines)
        for line in lines[1:]:
            text += "\n" + line.text.strip() if title else gap(text, line.text) + line.text.strip()
        changed = any(line.raw is not None for line in lines)
        raw = "\n".join(line.raw or line.text for line in lines) if changed else None
        boxes = tuple(Box(self.page, rounded(line.bbox)) for line in lines)
        return Block(text, Place(self.page, boxes=boxes), raw, level=1 if title else None)

    def goes_on_with(self, below: Paragraph) -> bool:
        """Whether the first paragraph of the next page is the rest of this one, the last of its page, by its place.

        Only where paragraphs are indented: elsewhere the place of a line tells nothing.
        """
        line, kept = below.lines[0], below.kept
        plain = not (_is_title(line, kept) or _is_title(self.lines[-1], self.kept))
        alike = abs(line.size - self.lines[-1].size) <= SAME_SIZE * line.size
        at_margin = kept.left - line.size < line.x0 < kept.left + INDENT * line.size
        full = _is_full(self.lines[-1], line, self.kept) and len(self.lines[-1].text) >= LONGEST_LABEL
        return kept.indent is not None and plain and alike and at_margin and full and read_numbering(line.text) is None


def gap(above: str, below: str) -> str:
    """What stands between two lines of a paragraph: a space between Latin words or figures, else nothing."""
    latin = (char.isascii() and char.isalnum() for char in (above[-1:], below[:1]))
    return " " if all(latin) else ""


def joined(above: Block, below: Block) -> Block:
    """Two halves of a paragraph that a page turn parted as one block on the first page, with the boxes of both."""
    raw = None
    if above.raw is not None or below.raw is not None:
        raw = f"{above.raw or above.text}\n{below.raw or below.text}"
    place = replace(above.place, boxes=above.place.boxes + below.place.boxes)
    return Block(above.text + gap(above.text, below.text) + below.text, place, raw)


def paragraphs(lines: Sequence[Line], kept: Margins, page: int) -> Iterator[Paragraph]:
    """The paragraphs of lines that follow each other on one strip."""
    run: list[Line] = []
    for line in lines:
        if run and not _belongs(run, line, kept):
            yield Paragraph(page, tuple(run), kept)
            run = []
        run.append(line)
    if run:
        yield Paragraph(page, tuple(run), kept)


def _belongs(run: Sequence[Line], line: Line, kept: Margins) -> bool:
    above = run[-1]
    if abs(above.size - line.size) > SAME_SIZE * max(above.size, line.size):
        return False
    if _is_title(above, kept) and _is_title(line, kept):
        return line.base - above.base <= 2.2 * line.size
    return _goes_on(run, line, kept)


def _is_title(line: Line, kept: Margins) -> bool:
    centre = abs((line.x0 + line.x1) - (kept.left + kept.right)) / 2
    return line.size >= TITLE_SIZE * kept.size and centre <= CENTRED * line.size


def _goes_on(run: Sequence[Line], line: Line, kept: Margins) -> bool:
    above, size = run[-1], line.size
    usual = kept.leading * max(1.0, size / kept.size)
    if line.base - above.base > max(min(WIDER * usual, WIDEST_LEADING * size), 1.4 * size):
        return False
    if not _is_full(above, line, kept):
        return False
    numbered = read_numbering(line.text) is not None
    if line.x0 < kept.left + INDENT * size:
        # without indents the number of a paragraph is its only mark
        return kept.indent is not None or not (numbered and STOPPED.search(above.text))
    if kept.indent is not None and abs(line.x0 - kept.left - kept.indent) < 0.5 * size:
        return False
    # the lines of an indented or hanging block stand under each other
    under = abs(line.x0 - above.x0) < 0.4 * size or (len(run) == 1 and above.x0 < line.x0 - size)
    return under and not numbered and not STOPPED.search(above.text) and line.x0 < kept.left + 8 * size


def _is_full(above: Line, line: Line, kept: Margins) -> bool:
    """Whether the line below begins where it does because there was no room on the line above."""
    if _apart(above):
        return False
    word = FIRST_WORD.match(line.text)
    room = width(word[0]) / 2 * line.size if word else line.size
    if above.x1 + room >= kept.right - SLACK * line.size:
        return True
    # 〔2016〕31号 or a web address that was kept whole on the next line leaves a gap
    whole = WHOLE.match(line.text) is not None and read_numbering(line.text) is None
    long = above.x1 - kept.left >= LONG * (kept.right - kept.left)
    return whole and long and kept.indent is not None and not STOPPED.search(above.text)


def _apart(line: Line) -> bool:
    """Whether a line has pieces at both margins, as 印发机关 and 印发日期: it is laid out and not full."""
    return any(right[0] - left[1] > APART * line.size for left, right in pairwise(line.parts))
