"""One sheet of an Excel workbook → its filled cells as printed, its merges, and which rows and columns are hidden."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from extract.errors import UnreadableFile
from extract.readers.number_formats import BUILT_IN, general, printed
from extract.readers.ooxml import Package
from extract.readers.symbols import raw, shown

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_CELLS = 200_000  # filled cells of a workbook; the longest rubric known has some 10,000
MOST_MERGES = 50_000
MOST_STEPS = 2_000_000
MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
HEAD_CODE = re.compile(r'&(?:"[^"]*"|\d+|[A-Z&])', re.IGNORECASE)
ON = {"1", "true", "on"}


class Range(NamedTuple):
    """Rows and columns of a merged range, counted from 1, both ends within."""

    top: int
    left: int
    bottom: int
    right: int


class Value(NamedTuple):
    """What a cell prints, and its own characters where cleaning changed them."""

    text: str
    raw: str | None


@dataclass
class Sheet:
    """The cells of a sheet by (row, column), counted from 1."""

    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    covered: list[Value] = field(default_factory=list)  # what stands under a merge, where Excel does not show it


@dataclass
class Workbook:
    """What all sheets of a workbook share; `unread` counts what is reported."""

    package: Package
    strings: list[Value]
    formats: list[str]
    from_1904: bool
    unread: Counter[str] = field(default_factory=Counter)
    filled: int = 0

    @classmethod
    def of(cls, package: Package, main: str, root: Element) -> Workbook:
        """The shared texts and number formats of a workbook."""
        properties = root.find(f"{S}workbookPr")
        from_1904 = properties is not None and properties.get("date1904", "0") in ON
        name = next((one.target for one in package.relations(main).values() if one.type == "sharedStrings"), "")
        strings = [rich_text(element) for element in package.elements(name, f"{S}si")]
        return cls(package, strings, _formats(package.related(main, "styles")), from_1904)

    def sheet(self, name: str) -> Sheet:
        """The sheet in a part of the package."""
        sheet = Sheet()
        row_no = 0
        for element in self.package.elements(name, *(f"{S}{tag}" for tag in ("row", "col", "mergeCell", *HEADS))):
            tag = element.tag.removeprefix(S)
            if tag == "row":
                row_no = _index(element.get("r"), row_no + 1, MOST_ROWS)
                if element.get("hidden", "0") in ON:
                    sheet.hidden_rows.append(row_no)
                self._row(element, row_no, sheet)
            elif tag == "mergeCell":
                sheet.merges += _ranges(element.get("ref", ""))
                if len(sheet.merges) > MOST_MERGES:
                    raise UnreadableFile(f"merges more than {MOST_MERGES:,} ranges; save the part that matters alone")
            elif tag == "col" and element.get("hidden", "0") in ON:
                first, last = _index(element.get("min"), 1, MOST_COLUMNS), _index(element.get("max"), 1, MOST_COLUMNS)
                sheet.hidden_columns += range(first, last + 1)
            elif tag in HEADS:
                sheet.heads.append(HEAD_CODE.sub(" ", element.text or "").strip())
        sheet.covered += [sheet.cells.pop(place) for place in list(_under_merges(sheet))]
        return sheet

    def _row(self, row: Element, row_no: int, sheet: Sheet) -> None:
        column = 0
        for cell in row.iter(f"{S}c"):
            place = REFERENCE.fullmatch(cell.get("r", ""))
            column = column_number(place[1]) if place else column + 1
            value = self._value(cell)
            if value is not None and (value.text or value.raw) and column <= MOST_COLUMNS:
                sheet.cells[row_no, column] = value
                self.filled += 1
        if self.filled > MOST_CELLS:
            raise UnreadableFile(
                f"has more than {MOST_CELLS:,} filled cells; save the sheet or rows that matter as a file of their own"
            )

    def _value(self, cell: Element) -> Value | None:
        kind, stored = cell.get("t", "n"), cell.findtext(f"{S}v")
        if kind == "inlineStr":
            inline = cell.find(f"{S}is")
            return rich_text(inline) if inline is not None else None
        if stored is None or stored == "":
            self.unread["formula"] += cell.find(f"{S}f") is not None and kind != "str"
            return None
        if kind == "s":
            at = _index(stored, -1, len(self.strings) - 1)
            return self.strings[at] if at >= 0 else None
        if kind == "b":
            return Value("TRUE" if stored in ON else "FALSE", None)
        if kind != "n":
            return value_of(stored)
        return self._number(stored, _index(cell.get("s"), 0, max(0, len(self.formats) - 1)))

    def _number(self, stored: str, style: int) -> Value:
        try:
            number = float(stored)
        except ValueError:
            return value_of(stored)
        code = self.formats[style] if self.formats else "General"
        text = printed(number, code, self.from_1904) if abs(number) < 1e300 else None
        if text is None:
            self.unread[f"number format {code}"] += 1
            text = general(number) if abs(number) < 1e300 else stored
        return Value(text, None)


HEADS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


def value_of(source: str, font: str | None = None) -> Value:
    """A text of the file as a cell's value: clean lines, blank ones left out."""
    lines = (line.strip() for line in shown(source.replace("\r\n", "\n").replace("\r", "\n"), font).split("\n"))
    text = "\n".join(line for line in lines if line)
    return Value(text, raw(text, source))


def rich_text(element: Element) -> Value:
    """The runs of a shared or inline text, without the reading aids over them."""
    pieces: list[tuple[str, str | None]] = []
    for child in element:
        if child.tag == f"{S}t":
            pieces.append((child.text or "", None))
        elif child.tag == f"{S}r":
            font = child.find(f"{S}rPr/{S}rFont")
            pieces.append((child.findtext(f"{S}t") or "", font.get("val") if font is not None else None))
    source = "".join(text for text, _ in pieces)
    if all(font is None or not font.lower().startswith(("wingdings", "symbol")) for _, font in pieces):
        return value_of(source)
    clean = value_of("".join(shown(text, font) for text, font in pieces))
    return Value(clean.text, raw(clean.text, source))


def column_number(letters: str) -> int:
    """The number of a column by its letters, counted from 1.

    >>> column_number("A"), column_number("AB"), column_number("XFD")
    (1, 28, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _under_merges(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The filled cells inside a merged range, but for its first."""
    columns: dict[int, list[int]] = {}
    for row, column in sheet.cells:
        columns.setdefault(row, []).append(column)
    seen: set[tuple[int, int]] = set()
    steps = 0
    for top, left, bottom, right in sheet.merges:
        steps += min(bottom - top + 1, len(columns))
        if steps > MOST_STEPS:  # merges that lie over each other, which Excel does not write
            raise UnreadableFile("merges cells over too wide a range; unmerge them, or save the part that matters")
        rows = (
            range(top, bottom + 1) if bottom - top < len(columns) else [row for row in columns if top <= row <= bottom]
        )
        inside = {(row, column) for row in rows for column in columns.get(row, ()) if left <= column <= right}
        yield from inside - seen - {(top, left)}
        seen |= inside


def _ranges(reference: str) -> Iterator[Range]:
    """The range of a reference such as `A1:C3`."""
    places = [REFERENCE.fullmatch(part) for part in reference.split(":")]
    if len(places) == 2 and places[0] and places[1]:
        (left, top), (right, bottom) = ((column_number(place[1]), int(place[2])) for place in places if place)
        yield Range(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _index(text: str | None, missing: int, most: int) -> int:
    return min(int(text), most) if text is not None and re.fullmatch(r"\d{1,9}", text) else missing


def _formats(root: Element | None) -> list[str]:
    """The number format of every cell style."""
    if root is None:
        return []
    own = {element.get("numFmtId"): element.get("formatCode", "General") for element in root.iter(f"{S}numFmt")}
    styles = root.find(f"{S}cellXfs")
    ids = [style.get("numFmtId", "0") for style in styles] if styles is not None else []
    return [own.get(one) or BUILT_IN.get(_index(one, 0, 10_000), "General") for one in ids]
