"""Characters → printed lines by baseline, with their text: superscripts stay in their line, wide gaps become spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter, sub

from extract.readers.pdf_chars import Char
from extract.readers.radicals import unradical

SAME_LINE = 2.5  # points between baselines
SMALL = 0.8  # size of a superscript against the line it stands on, at most
RAISED = 0.75  # of the line's size that its baseline may differ
# Gaps in sizes that are a space: between two Latin characters or figures; where the file has a blank, between Chinese
# characters and beside a Latin one (producers put blanks around figures); and without any
LATIN_GAP, BLANK_GAP, MIXED_GAP, WIDE_GAP = 0.18, 0.12, 0.4, 0.8

PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
SIGN_IN_NUMBER = re.compile(rf"(?<=\d){PRIVATE.pattern}\s*(?=(?P<behind>\d+))")

Chars = list[Char]
Part = tuple[float, float, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; `raw` is set where radicals or private characters were changed, `size` is its characters' height.

    `parts` holds x0, x1 and source text of the pieces between gaps wide enough to part columns; of one piece nothing.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    raw: str | None = None
    parts: tuple[Part, ...] = ()

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        return (self.x0, self.top, self.x1, self.bottom)


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The printed lines of upright characters from the top; blanks alone make none.

    >>> row = [Char(c, 10.0 * i, 0, 10.0 * i + 10, 10, 8.6) for i, c in enumerate("每m")]
    >>> [line.text for line in lines_of([*row, Char("2", 20, -3, 25, 2, 3.0), Char("下", 0, 12, 10, 22, 20.6)])]
    ['每m2', '下']
    """
    return [line for group in by_baseline(chars) if (line := _line(group))]


def by_baseline(chars: Iterable[Char]) -> list[Chars]:
    """The characters of every printed line, the lines from the top, each from the left."""
    groups: list[Chars] = []
    last = float("-inf")
    for char in sorted(chars, key=itemgetter(5)):
        if char[5] - last > SAME_LINE:
            group: Chars = []
            groups.append(group)
        group.append(char)
        last = char[5]
    if len(groups) > 1:
        groups = _with_raised(groups)
    for group in groups:
        group.sort(key=itemgetter(1))
    return groups


def _with_raised(groups: list[Chars]) -> list[Chars]:
    """Groups of clearly smaller characters are put into the line they are raised or lowered from."""
    sizes = [max([char[4] - char[2] for char in group]) for group in groups]
    if min(sizes) > SMALL * max(sizes):
        return groups
    kept: list[Chars] = []
    kept_sizes: list[float] = []
    pending: Chars = []
    for index, (group, size) in enumerate(zip(groups, sizes, strict=True)):
        if kept and _is_raised(group, size, kept[-1], kept_sizes[-1]):
            kept[-1] += group
        elif index + 1 < len(groups) and _is_raised(group, size, groups[index + 1], sizes[index + 1]):
            pending += group
        else:
            kept.append(group + pending)
            kept_sizes.append(size)
            pending = []
    return kept


def _is_raised(small: Chars, size: float, line: Chars, line_size: float) -> bool:
    if size > SMALL * line_size or abs(small[0][5] - line[0][5]) > RAISED * line_size:
        return False
    # a superscript stands between the characters of its line, never over them
    return not any(min(a[3], b[3]) - max(a[1], b[1]) > 0.4 * (a[3] - a[1]) for a in small for b in line)


def _line(group: Chars) -> Line | None:
    texts, x0s, tops, x1s, bottoms, bases, _ = zip(*group, strict=True)
    source = "".join(texts)
    bare = "".join(source.split())
    if not bare:
        return None
    blanks = len(bare) < len(source)
    if blanks:
        texts, x0s, tops, x1s, bottoms, bases, _ = zip(*(char for char in group if not char[0].isspace()), strict=True)
    # Latin fonts have other heights, and some fonts box the ink of 。 and 一: the median of ideographs tells the size
    chinese = [place for place, text in enumerate(texts) if "\u4e00" <= text <= "\u9fff"] or range(len(texts))
    heights = sorted(bottoms[place] - tops[place] for place in chinese)
    middle, size = chinese[len(chinese) // 2], heights[len(heights) // 2]
    parts: tuple[Part, ...] = ()
    if blanks or max(map(sub, x0s[1:], x1s), default=0.0) > LATIN_GAP * size:
        source, parts = _text(group, size)
    text = visible(source)
    raw = source if text != source else None
    base = bases[middle]
    return Line(text, x0s[0], min(tops), max(x1s), max(bottoms), base, size, raw, parts)


def _text(group: Chars, size: float) -> tuple[str, tuple[Part, ...]]:
    """The text of a line with its spaces, and its pieces between wide gaps."""
    out: list[str] = []
    starts: list[tuple[int, float, float]] = []  # index in `out`, x0 of a piece, x1 of the piece before
    end, blank, before = 0.0, False, ""
    for text, x0, _, x1, _, _, _ in group:
        if text.isspace():
            blank = True
            continue
        if not out:
            starts.append((0, x0, x0))
        elif blank or x0 - end > LATIN_GAP * size:
            gap = x0 - end
            if gap > WIDE_GAP * size:
                starts.append((len(out), x0, end))
                out.append(" ")
            elif _is_space(before, text, gap / size, blank):
                out.append(" ")
        out.append(text)
        before, end, blank = text, max(end, x1), False
    if len(starts) == 1:
        return "".join(out), ()
    edges = [*starts[1:], (len(out), 0.0, end)]
    return "".join(out), tuple(
        (x0, x1, "".join(out[first:last]).strip()) for (first, x0, _), (last, _, x1) in zip(starts, edges, strict=True)
    )


def _is_space(before: str, after: str, gap: float, blank: bool) -> bool:
    if _latin(before) and _latin(after):
        return True
    return blank and gap > (MIXED_GAP if _latin(before) or _latin(after) else BLANK_GAP)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def visible(source: str) -> str:
    """The text without private-use characters, radicals as ordinary characters.

    Between digits one is the decimal point that its font does not name, or a sign nobody knows (□): never nothing.

    >>> visible("\\uf030⼈数"), visible("1\\ue010 2万元"), visible("1\\ue010200元")
    ('人数', '1.2万元', '1□200元')
    """
    text = unradical(source)
    if PRIVATE.search(text):
        text = SIGN_IN_NUMBER.sub(_sign, text)
        text = PRIVATE.sub("", text).strip()
    return text


def _sign(match: re.Match[str]) -> str:
    # three digits behind it may be thousands
    return "□" if len(match["behind"]) == 3 else "."


def turned_lines(chars: Sequence[Char]) -> Iterator[Line]:
    """The lines of characters turned by quarters, read in their own direction; the boxes are those on the page."""
    for turn in sorted({char.turn for char in chars}):
        group = [char for char in chars if char.turn == turn]
        for line in lines_of(map(_levelled, group)):
            box = rotated(line.bbox, turn)
            yield Line(line.text, *box, box[3], line.size, line.raw)


def _levelled(char: Char) -> Char:
    """The character as it would stand if the page were turned so that it is upright."""
    x0, top, x1, bottom = rotated((char.x0, char.top, char.x1, char.bottom), -char.turn)
    return Char(char.text, x0, top, x1, bottom, bottom - 0.14 * (bottom - top))


def rotated(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """A box turned clockwise by quarters about the origin (y down)."""
    x0, top, x1, bottom = box
    match turn % 4:
        case 1:
            return (-bottom, x0, -top, x1)
        case 2:
            return (-x1, -bottom, -x0, -top)
        case 3:
            return (top, -x1, bottom, -x0)
        case _:
            return box
