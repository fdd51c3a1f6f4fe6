"""One page of a PDF → its kind, its tables, and the lines beside them.

A page lying on its side is read as it is held to be read; its boxes are then those of the page so turned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from extract.pages import Box, Leftover, Place
from extract.readers.pdf_cells import Filled, fill, rounded
from extract.readers.pdf_chars import Char, Chars, read_chars
from extract.readers.pdf_columns import aligned_tables
from extract.readers.pdf_lattice import lattices
from extract.readers.pdf_lines import Line, lines_of, turned_lines
from extract.readers.pdf_objects import Drawn, read_objects
from extract.readers.pdf_pdfium import OpenFile, OpenPage
from extract.readers.pdf_plumber import plumbed_chars

Kind = Literal["ruled", "level rules", "text", "scanned", "empty"]
SMALLEST_PICTURE, LARGE_PICTURE = 0.05, 0.5  # shares of the page
STAMP = 40  # characters that a scanner's own mark on a page may have
OUTLINES = 150  # drawn paths without any text: characters drawn as shapes
SHORTEST_RULE = 8  # characters
MOST_UNMAPPED = 0.3  # share of glyphs without a character from which on the text of a page is no text


@dataclass(slots=True)
class Sheet:
    """A page read: lines beside its tables, from the top."""

    number: int
    size: tuple[float, float]
    kind: Kind
    tables: list[Filled] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    turns: int = 0  # quarter turns clockwise by which a page lying on its side was turned back
    leftovers: list[Leftover] = field(default_factory=list)


def read_sheet(file: OpenFile, number: int, path: Path) -> Sheet:
    """Page `number` of an open file; `path` is where pdfplumber finds it should pdfium not know its fonts."""
    turns = 0
    with file.page(number) as page:
        drawn = read_objects(page)
        if drawn.texts == 0:
            return _textless(page, drawn, number)
        chars = read_chars(page, drawn.turned, drawn.odd_fonts)
        if drawn.turned and (turns := _sideways(chars.kept)):
            page = replace(page, turns=(page.turns - turns) % 4)
            drawn = read_objects(page)
            chars = read_chars(page, drawn.turned, drawn.odd_fonts)
        size = page.size
    if chars.unmapped:
        chars = _better(chars, plumbed_chars(path, number))
    left = _left_out(chars, number)
    if _is_scanned(drawn, chars):
        left += _leftovers("scan_mark", chars.kept, number)
        return Sheet(number, size, "scanned", turns=turns, leftovers=left)
    return _with_tables(Sheet(number, size, "text", turns=turns, leftovers=left), drawn, chars.kept)


def _with_tables(sheet: Sheet, drawn: Drawn, chars: list[Char]) -> Sheet:
    found = lattices(drawn.edges, close_sides=True)
    sheet.tables, rest = fill(found, chars, sheet.number)
    turned = [char for char in rest if char.turn]
    sheet.leftovers += [_leftover("turned_text", line, sheet.number) for line in turned_lines(turned)]
    lines = lines_of(char for char in rest if not char.turn) if turned else lines_of(rest)
    sheet.leftovers += [_leftover("rule", line, sheet.number) for line in lines if _is_rule(line)]
    lines = [line for line in lines if not _is_rule(line)]
    aligned, sheet.lines = aligned_tables(lines, drawn.edges, sheet.tables, sheet.number)
    if sheet.tables:
        sheet.kind = "ruled"
    elif any(table.ruled for table in aligned):
        sheet.kind = "level rules"
    sheet.tables += [table.filled for table in aligned]
    return sheet


def _textless(page: OpenPage, drawn: Drawn, number: int) -> Sheet:
    sheet = Sheet(number, page.size, "empty")
    sheet.tables, _ = fill(lattices(drawn.edges, close_sides=True), [], number)
    if sheet.tables and not _is_scanned(drawn, Chars()):
        sheet.kind = "ruled"
    elif _is_scanned(drawn, Chars()):
        sheet.kind, sheet.tables = "scanned", []
    return sheet


def _is_scanned(drawn: Drawn, chars: Chars) -> bool:
    """No text but a picture or shapes of characters; or a scanner's mark over a picture; or text that is none."""
    if not chars.kept:
        return any(share > SMALLEST_PICTURE for share in drawn.pictures) or drawn.paths > OUTLINES
    count = sum(char.text != " " for char in chars.kept)
    stamped = count <= STAMP and any(share > LARGE_PICTURE for share in drawn.pictures)
    return stamped or chars.unmapped > MOST_UNMAPPED * count


def _sideways(chars: Sequence[Char]) -> int:
    """Quarter turns of most characters of a page, 0 where most stand upright."""
    turns = Counter(char.turn for char in chars).most_common(1)
    return turns[0][0] if turns else 0


def _is_rule(line: Line) -> bool:
    """Whether a line is one character over and over: a rule or a row of dots."""
    return len(line.text) >= SHORTEST_RULE and line.text.count(line.text[0]) == len(line.text)


def _better(chars: Chars, plumbed: Chars | None) -> Chars:
    if plumbed is None or plumbed.unmapped >= chars.unmapped:
        return chars
    return plumbed


def _left_out(chars: Chars, page: int) -> list[Leftover]:
    """The characters of a page that are no part of its text, by what they are."""
    groups = {"doubled_text": chars.doubled, "outside_page": chars.outside, "slanted_text": chars.slanted}
    return [left for kind, group in groups.items() for left in _leftovers(kind, group, page)]


def _leftovers(kind: str, chars: Sequence[Char], page: int) -> list[Leftover]:
    shown = [char for char in chars if not char.text.isspace()]
    if not shown:
        return []
    _, x0, top, x1, bottom, _, _ = zip(*shown, strict=True)
    place = Place(page, boxes=(Box(page, rounded((min(x0), min(top), max(x1), max(bottom)))),))
    return [Leftover(kind, "".join(char.text for char in shown), place)]


def _leftover(kind: str, line: Line, page: int) -> Leftover:
    return Leftover(kind, line.raw or line.text, Place(page, boxes=(Box(page, rounded(line.bbox)),)))
