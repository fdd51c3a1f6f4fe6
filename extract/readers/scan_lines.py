"""Recognised pieces of a page → its lines → paragraphs, by where lines begin and end between the margins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from extract.outline import read_numbering
from extract.readers.scan_engines import Piece
from extract.readers.scan_words import set_right

LETTER = 0.75  # of the height of a recognised line, which has white above and below
INDENT, SHORT = 1.2, 2.2  # letters by which a first line is indented, and by which a last line ends early
FIRST = 4.0  # letters: a line that begins further in is centred or at the right, and no part of a paragraph
GAP, COLUMNS = 0.8, 4.0  # heights between two pieces of a line that are a space, that part two texts
APART = 1.7  # times the usual distance of lines: a gap that parts paragraphs
WIDE, FEWEST_WIDE = 0.75, 5  # of the widest lines, and how many such lines show the margins of a page


@dataclass(frozen=True, slots=True)
class ScanLine:
    """Pieces at one height, left to right."""

    pieces: tuple[Piece, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The rectangle around its pieces, in pixels."""
        boxes = [piece.box for piece in self.pieces]
        return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)

    @property
    def raw(self) -> str:
        """The text as it was recognised."""
        words = self.pieces[0].text
        for before, piece in pairwise(self.pieces):
            gap = piece.box[0] - before.box[2] > GAP * piece.height
            both_ascii = before.text[-1].isascii() and piece.text[0].isascii()
            words += (
                " " if gap or (both_ascii and piece.box[0] - before.box[2] > 0.2 * piece.height) else ""
            ) + piece.text
        return words

    @property
    def text(self) -> str:
        """The text with the slips of recognition set right."""
        return set_right(self.raw)

    @property
    def confidence(self) -> float:
        """How sure the engine is of the line: the mean over its characters."""
        size = sum(len(piece.text) for piece in self.pieces)
        return sum(piece.confidence * len(piece.text) for piece in self.pieces) / size

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.box[1] + self.box[3]) / 2

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]


def lines(pieces: Sequence[Piece]) -> list[ScanLine]:
    """Pieces at one height put together unless a wide gap parts them; from top to bottom, left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle[1]):
        row = rows[-1] if rows else []
        # pieces of one line share most of their height
        if row and piece.middle[1] < max(p.middle[1] for p in row) + 0.5 * min(piece.height, row[0].height):
            row.append(piece)
        else:
            rows.append([piece])
    return [line for row in rows for line in _parts(sorted(row, key=lambda piece: piece.box[0]))]


def _parts(row: Sequence[Piece]) -> Iterator[ScanLine]:
    part = [row[0]]
    for before, piece in pairwise(row):
        if piece.box[0] - before.box[2] > COLUMNS * piece.height:
            yield ScanLine(tuple(part))
            part = []
        part.append(piece)
    yield ScanLine(tuple(part))


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a page begin and end, and how wide a letter and how far from line to line it is, in pixels."""

    left: float
    right: float
    letter: float
    pitch: float


def margins(page: Sequence[ScanLine], document: Sequence[ScanLine]) -> Margins:
    """The margins of a page: its own where it has several wide lines, else those of the whole document."""
    letter = median(line.pieces[0].height for line in document) * LETTER
    widest = quantiles([line.width for line in document], n=20)[18] if len(document) > 1 else document[0].width
    wide = [line for line in page if line.width > WIDE * widest]
    if len(wide) < FEWEST_WIDE:
        wide = [line for line in document if line.width > WIDE * widest] or list(document)
    lefts, rights = sorted(line.box[0] for line in wide), sorted(line.box[2] for line in wide)
    tenth = len(wide) // 10  # a stray mark at the edge of the paper is no margin
    gaps = [below.middle - above.middle for above, below in pairwise(page) if below.middle > above.middle]
    return Margins(lefts[tenth], rights[-1 - tenth], letter, median(gaps) if gaps else 0.0)


def paragraphs(page: Sequence[ScanLine], at: Margins) -> Iterator[list[ScanLine]]:
    """The lines of each paragraph: a line goes on with a full one above it, begins at the margin and has no number."""
    paragraph: list[ScanLine] = []
    for line in page:
        if paragraph and not _goes_on(paragraph, line, at):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _goes_on(paragraph: list[ScanLine], line: ScanLine, at: Margins) -> bool:
    above = paragraph[-1]
    full = at.right - above.box[2] < SHORT * at.letter and above.box[0] - at.left < FIRST * at.letter
    level = line.box[0] - at.left < INDENT * at.letter
    near = 0 < line.middle - above.middle < APART * at.pitch
    # a number at the margin of indented text stands inside a sentence: 按 / 第三条, 符合第 / 九、十条
    indented = len(paragraph) > 1 and paragraph[0].box[0] - at.left >= INDENT * at.letter
    return full and level and near and not _begins(above.text, line.text, indented)


def _begins(above: str, text: str, indented: bool) -> bool:
    """Whether a line at the margin begins a paragraph by its number."""
    numbering = read_numbering(text)
    if numbering is None or above[-1] in "，、,（《“第":
        return False
    if above[-1] in "。；！？：;:":
        return True
    return not indented and numbering.level <= 2 and numbering.series != "article"


def dashes(texts: Sequence[str]) -> list[str]:
    """A dash before an item that was recognised as 一, where the items beside it begin with a dash.

    >>> dashes(["—甲类达到90%。", "一乙类达到80%。", "一、说明"])
    ['—甲类达到90%。', '—乙类达到80%。', '一、说明']
    """
    fixed = list(texts)
    for _ in range(2):  # from the top down and from the bottom up
        for i, text in enumerate(fixed):
            beside = fixed[max(0, i - 1) : i] + fixed[i + 1 : i + 2]
            if re.match(r"一(?![、.．是])", text) and any(other.startswith("—") for other in beside):
                fixed[i] = "—" + text[1:]
        fixed.reverse()
    return fixed
