"""Text files (.txt, .md) → Reading: paragraphs, and tables in the three shapes met in the wild.

Flattened Word tables (one tab-led cell a line), rows of tab-separated cells, Markdown pipe tables.  Page-number lines
and rules are leftovers; private-use characters are dropped from the text and kept in `raw`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extract.outline import read_numbering
from extract.pages import Block, Cell, Leftover, Page, Place, Reading, Table
from extract.readers.decode import decode
from extract.readers.flattened import Token, read_flattened
from extract.readers.lines import joined_lines
from extract.readers.markup import is_rule, read_marks

PAGE_NUMBER = re.compile(
    r"^\s*(?:[-—–－―·]{1,2}\s*\d{1,4}\s*[-—–－―·]{1,2}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?"
    r"|[Pp]age\s+\d{1,4}(?:\s+of\s+\d{1,4})?|\d{1,4}\s*/\s*\d{1,4})\s*$"
)
PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
LONGEST_ENDING = 40  # characters of a line that may still end the last cell of a table after a blank line
INVISIBLE = {"\ufeff", "\u200b", "\u200c", "\u200d", "\u2060", "\u00ad"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: 1-based number, the cleaned text, the source's own characters, blank lines before it."""

    number: int
    text: str
    source: str
    blanks: int

    @property
    def cell(self) -> bool:
        return self.text.startswith("\t") and "\t" not in self.text[1:]

    @property
    def row(self) -> bool:
        return "\t" in self.text.strip("\n") and not self.cell

    @property
    def piped(self) -> bool:
        return bool(PIPE_ROW.match(self.text))


def read_text(path: Path) -> Reading:
    """The pages of a text file; a form feed begins a new page.  UnreadableFile where it is no text."""
    text = decode(path.read_bytes())
    markdown = path.suffix.lower() in {".md", ".markdown"}
    pages, leftovers, first = [], [], 1
    sheets = text.split("\f")
    for number, sheet in enumerate(sheets, 1):
        lines, left = _lines(sheet, first)
        first += sheet.count("\n")
        leftovers += left
        pages.append(Page(number if len(sheets) > 1 else None, tuple(_content(lines))))
    return Reading("md" if markdown else "txt", tuple(pages), tuple(leftovers))


def _lines(sheet: str, first: int) -> tuple[list[Line], list[Leftover]]:
    lines: list[Line] = []
    leftovers: list[Leftover] = []
    blanks = 0
    for number, source in enumerate(sheet.split("\n"), first):
        text = _visible(source)
        if source.strip() and (PAGE_NUMBER.match(text) or is_rule(text)):
            kind = "page_number" if PAGE_NUMBER.match(text) else "rule"
            leftovers.append(Leftover(kind, source.strip(), Place(line=number)))
            if "|" in text:  # the dashes under the head of a Markdown table do not part its rows
                continue
        elif text.strip() or "\t" in text:
            lines.append(Line(number, text, source, blanks))
            blanks = 0
            continue
        elif source.strip():
            leftovers.append(Leftover("symbols", source.strip(), Place(line=number)))
        blanks += 1
    return lines, leftovers


def _visible(source: str) -> str:
    """The line without private-use and invisible characters, with every space as a plain one."""
    kept = (c for c in source if c not in INVISIBLE and unicodedata.category(c) != "Co")
    return "".join(" " if c not in "\t" and c.isspace() else c for c in kept)


def _content(lines: list[Line]) -> Iterator[Block | Table]:
    i = 0
    while i < len(lines):
        end = _run_end(lines, i)
        run = lines[i:end]
        if run[0].cell and not _beside_rows(lines, i, end):
            yield from read_flattened(_tokens(run))
        elif run[0].row or run[0].cell:
            yield _rows_table(run)
        elif run[0].piped:
            yield _piped_table(run)
        else:
            yield from joined_lines([_block(line) for line in run], [line.blanks for line in run])
        i = end


def _run_end(lines: list[Line], start: int) -> int:
    """Where the run of lines of one shape that begins at `start` ends."""
    head = lines[start]
    end = start + 1
    if head.row or (head.cell and _beside_rows(lines, start, start + 1)):
        while end < len(lines) and lines[end].blanks == 0 and (lines[end].row or lines[end].cell):
            end += 1
    elif head.piped:
        while end < len(lines) and lines[end].blanks == 0 and lines[end].piped:
            end += 1
    elif head.cell:
        return _flattened_end(lines, start)
    else:
        while end < len(lines) and not (lines[end].row or lines[end].cell or lines[end].piped):
            end += 1
    return end


def _beside_rows(lines: list[Line], start: int, end: int) -> bool:
    """A line with one leading tab is a row (first cell blank) where it stands directly under or over rows."""
    above = start > 0 and lines[start].blanks == 0 and lines[start - 1].row
    below = end < len(lines) and lines[end].blanks == 0 and lines[end].row
    return above or below


def _flattened_end(lines: list[Line], start: int) -> int:
    """A flattened table takes in every line up to its last tab-led one, and what goes on with that cell."""
    end = start + 1
    last = start
    while end < len(lines) and not (lines[end].row or lines[end].piped):
        if lines[end].cell:
            last = end
        elif end - last > 12:  # a dozen plain lines in a row are text, not a cell
            break
        end += 1
    while last + 1 < len(lines) and _goes_on(lines[last + 1]):
        last += 1
    return last + 1


def _goes_on(line: Line) -> bool:
    """Whether a plain line after the last cell still belongs to it: close by, no heading, and no paragraph."""
    if line.blanks > 1 or line.cell or line.row or line.piped:
        return False
    numbering = read_numbering(line.text)
    return line.blanks == 0 or (len(line.text) <= LONGEST_ENDING and (numbering is None or numbering.level > 2))


def _tokens(run: Iterable[Line]) -> list[Token]:
    tokens: list[Token] = []
    for line in run:
        if line.cell or line.blanks > 1 or not tokens:
            tokens.append(Token(line.number, line.cell, line.blanks))
        text = read_marks(line.text.strip()).text.strip() if line.text.strip() else ""
        tokens[-1].paragraphs.append(text)
        tokens[-1].raws.append(line.source)
    return tokens


def _rows_table(run: list[Line]) -> Table:
    return _table([(line, line.text.split("\t"), line.source.split("\t")) for line in run])


def _piped_table(run: list[Line]) -> Table:
    def split(text: str) -> list[str]:
        return re.split(r"(?<!\\)\|", text.strip().strip("|"))

    return _table([(line, split(line.text), split(line.source)) for line in run])


def _table(rows: list[tuple[Line, list[str], list[str]]]) -> Table:
    width = max(len(texts) for _, texts, _ in rows)
    cells = []
    for line, texts, sources in rows:
        place = Place(line=line.number)
        row = [_cell(text, source, place) for text, source in zip(texts, sources, strict=True)]
        cells.append(tuple(row + [Cell("", place)] * (width - len(row))))
    return Table(tuple(cells), Place(line=rows[0][0].number), spans_known=False)


def _cell(text: str, source: str, place: Place) -> Cell:
    clean = read_marks(text.strip()).text.strip()
    return Cell(clean, place, _raw(clean, source))


def _block(line: Line) -> Block:
    marked = read_marks(line.text)
    text = marked.text.strip()
    block = Block(text, Place(line=line.number), _raw(text, line.source), marked.level, marked.lead)
    # the indent of a new paragraph is read when lines are joined
    return replace(block, text=line.text[: len(line.text) - len(line.text.lstrip())] + text)


def _raw(text: str, source: str) -> str | None:
    return source.strip() if "".join(text.split()) != "".join(source.split()) else None
