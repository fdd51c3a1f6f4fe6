"""Excel workbooks (XLSX) → Reading: a page a sheet, with title rows and notes as blocks and the tables between them.

The XML is streamed and only filled cells are kept: openpyxl would expand every merged range cell by cell and its
read-only mode gives no merges.  Formulas give their stored values; nothing is calculated or executed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element

from extract.errors import UnreadableFile
from extract.pages import Block, Cell, Leftover, Page, Place, Reading, Table
from extract.readers.ooxml import Package
from extract.readers.signatures import reject, signature
from extract.readers.xlsx_sheet import Range, S, Sheet, Value, Workbook, rich_text

R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
MOST_PLACES = 2_000_000  # rows times columns of one sheet's tables
SHORTEST_NOTE = 10  # characters of a text alone in its row under a table; a shorter one is a cell of it
UNREAD = {
    "formula": ("formula_without_value", "{} formulas have no stored value; open the file in Excel and save it anew"),
    "picture": ("unread_picture", "{} pictures are not read; words in them are missing"),
    "chart": ("unread_chart", "{} charts are not read"),
}


def read_xlsx(path: Path) -> Reading:
    """The sheets of a workbook; `Place.page` is the sheet and `Place.line` the row as Excel counts them.

    Hidden rows and columns are read and reported; hidden sheets are leftovers.  UnreadableFile where the file is
    damaged, protected, too long, or another kind of file.
    """
    kind = signature(path)
    if kind != "zip":
        reject(kind)
    package = Package(path)
    try:
        return _Book(package).reading()
    finally:
        package.close()


class _Book:
    """One workbook on its way to a Reading."""

    def __init__(self, package: Package) -> None:
        self.package, self.main = package, package.main()
        if self.main.endswith(".bin"):
            reject("xlsb")
        root = package.part(self.main)
        if root is None or root.tag != f"{S}workbook":
            name = "" if root is None else root.tag.rpartition("}")[2]
            reject({"document": "docx", "presentation": "pptx"}.get(name, "zip"))
        self.root: Element = root
        self.workbook = Workbook.of(package, self.main, root)
        self.leftovers: list[Leftover] = []
        self.doubts: list[tuple[str, str]] = []

    def reading(self) -> Reading:
        """The whole workbook."""
        pages = []
        relations = self.package.relations(self.main)
        for number, element in enumerate(self.root.iter(f"{S}sheet"), 1):
            relation = relations.get(element.get(R_ID, ""))
            if relation is None or relation.type != "worksheet":
                self.workbook.unread["chart"] += relation is not None
                continue
            sheet, name = self.workbook.sheet(relation.target), element.get("name", "")
            if element.get("state", "visible") != "visible":
                self._hide(sheet, name, number)
                continue
            title = self._title(name, number)
            blocks = [*title, *_content(sheet, number), *self._beside(relation.target, number)]
            self._report(sheet, name, number)
            pages.append(Page(number, tuple(blocks)))
        return Reading("xlsx", tuple(pages), tuple(self.leftovers), (*self.doubts, *_doubts(self.workbook.unread)))

    def _title(self, name: str, number: int) -> Iterator[Block]:
        """The name of a sheet that somebody named, where the workbook has several."""
        if DEFAULT_NAME.fullmatch(name) or len(self.root.findall(f"{S}sheets/{S}sheet")) == 1:
            self.leftovers.append(Leftover("sheet_name", name, Place(number)))
        else:
            yield Block(name, Place(number))

    def _hide(self, sheet: Sheet, name: str, number: int) -> None:
        if sheet.cells:
            text = "\t".join(value.raw or value.text for value in sheet.cells.values())
            self.leftovers.append(Leftover("hidden_sheet", f"{name}\t{text}", Place(number)))
            self.doubts.append(("hidden_sheet", f"the sheet {name} is hidden and is not read; show it to have it read"))

    def _report(self, sheet: Sheet, name: str, number: int) -> None:
        """Hidden rows and columns that hold something; what is printed above and below every page."""
        filled = ({row for row, _ in sheet.cells}, {column for _, column in sheet.cells})
        for kind, hidden, used in (("row", sheet.hidden_rows, filled[0]), ("column", sheet.hidden_columns, filled[1])):
            found = [one for one in hidden if one in used]
            if found:
                some = ", ".join(map(str, found[:10])) + (" …" if len(found) > 10 else "")
                self.doubts.append((f"hidden_{kind}", f"{kind} {some} of the sheet {name} is hidden but read"))
        for value in sheet.covered:
            self.leftovers.append(Leftover("merged_away", value.raw or value.text, Place(number)))
        for text in filter(None, sheet.heads):
            self.leftovers.append(Leftover("running_head", text, Place(number)))

    def _beside(self, part: str, number: int) -> Iterator[Block]:
        """Text boxes of a sheet as blocks after it; its comments are leftovers."""
        drawing = self.package.related(part, "drawing")
        for shape in drawing.iter(f"{DRAWING}sp") if drawing is not None else ():
            for paragraph in shape.iter(f"{A}p"):
                text = "".join(piece.text or "" for piece in paragraph.iter(f"{A}t")).strip()
                if text:
                    yield Block(text, Place(number))
        if drawing is not None:
            self.workbook.unread["picture"] += sum(1 for _ in drawing.iter(f"{DRAWING}pic"))
            self.workbook.unread["chart"] += sum(1 for _ in drawing.iter(f"{DRAWING}graphicFrame"))
        comments = self.package.related(part, "comments")
        for comment in comments.iter(f"{S}text") if comments is not None else ():
            value = rich_text(comment)
            self.leftovers.append(Leftover("comment", value.raw or value.text, Place(number)))


def _doubts(unread: Counter[str]) -> Iterator[tuple[str, str]]:
    for kind, count in unread.items():
        if count and kind in UNREAD:
            name, message = UNREAD[kind]
            yield name, message.format(count)
        elif count:
            yield "unknown_number_format", f"{kind} is not read: {count} numbers are given without it"


def _content(sheet: Sheet, page: int) -> Iterator[Block | Table]:
    """Title rows, tables (a blank row parts two of them) and the notes under them."""
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(sheet.cells):
        by_row.setdefault(row, []).append(column)
    spans = {(merge.top, merge.left): merge for merge in sheet.merges}
    rows = list(by_row)
    first = next((i for i, row in enumerate(rows) if _is_table_row(row, by_row, spans)), len(rows))
    last = max((i for i, row in enumerate(rows) if i >= first and _ends_table(row, by_row, sheet, spans)), default=-1)
    yield from _blocks(rows[:first], sheet, page)
    if last >= first:
        yield from _tables(rows[first : last + 1], sheet, page)
        yield from _blocks(rows[last + 1 :], sheet, page)


def _is_table_row(row: int, by_row: dict[int, list[int]], spans: dict[tuple[int, int], Range]) -> bool:
    """Several cells, or one that is merged down beside others."""
    if len(by_row[row]) > 1:
        return True
    merge = spans.get((row, by_row[row][0]))
    return merge is not None and any(below in by_row for below in range(row + 1, min(merge.bottom, row + 1000) + 1))


def _ends_table(row: int, by_row: dict[int, list[int]], sheet: Sheet, spans: dict[tuple[int, int], Range]) -> bool:
    """Any row but a text that stands alone and is merged across or long: a note under the table."""
    if _is_table_row(row, by_row, spans):
        return True
    place = (row, by_row[row][0])
    merge = spans.get(place)
    return not (merge is not None and merge.right > merge.left) and len(sheet.cells[place].text) < SHORTEST_NOTE


def _blocks(rows: Sequence[int], sheet: Sheet, page: int) -> Iterator[Block]:
    wanted = set(rows)
    for (row, _), value in sorted(sheet.cells.items()) if rows else ():
        if row in wanted:
            lines = value.text.split("\n") if value.text else []
            if value.raw is not None and len(lines) != 1:
                lines = [value.text.replace("\n", " ")] if lines else []
            yield from (Block(line, Place(page, row), value.raw) for line in lines)


def _tables(rows: Sequence[int], sheet: Sheet, page: int) -> Iterator[Table]:
    within = set(rows)
    columns = sorted({column for row, column in sheet.cells if row in within})
    covered = _covered(sheet, rows, columns)
    wide = _across(sheet, columns)
    # rows that hold nothing of their own but a merge that goes on belong to the table, other blank rows part it
    used = sorted(within | {row for row, _ in covered if rows[0] <= row <= rows[-1]})
    if len(used) * len(columns) > MOST_PLACES:
        raise UnreadableFile("has cells strewn over too wide a sheet; save the part that matters as a file of its own")
    for _, run in groupby(enumerate(used), key=lambda pair: pair[1] - pair[0]):
        grid = tuple(
            tuple(
                replace(
                    _cell(sheet.cells.get((row, column)), (row, column) in covered, Place(page, row)),
                    across=wide.get((row, column)),
                )
                for column in columns
            )
            for _, row in run
        )
        yield Table(grid, grid[0][0].place)


def _across(sheet: Sheet, columns: Sequence[int]) -> dict[tuple[int, int], int]:
    """How many columns each filled cell takes up."""
    wide = dict.fromkeys(sheet.cells, 1)
    merged = ((merge.top, merge.left, merge.right) for merge in sheet.merges if (merge.top, merge.left) in wide)
    for top, left, right in merged:
        wide[top, left] = bisect_right(columns, right) - bisect_left(columns, left)
    return wide


def _covered(sheet: Sheet, rows: Sequence[int], columns: Sequence[int]) -> set[tuple[int, int]]:
    """The places merged away: inside a range of a filled cell, but for the cell itself."""
    covered: set[tuple[int, int]] = set()
    for merge in sheet.merges:
        if (merge.top, merge.left) not in sheet.cells or not rows[0] <= merge.top <= rows[-1]:
            continue
        across = [column for column in columns if merge.left <= column <= merge.right]
        down = range(merge.top, min(merge.bottom, rows[-1]) + 1)
        if len(across) * len(down) + len(covered) > MOST_PLACES:
            raise UnreadableFile("merges cells over too wide a range; unmerge them, or save the part that matters")
        covered.update((row, column) for row in down for column in across)
        covered.discard((merge.top, merge.left))
    return covered


def _cell(value: Value | None, covered: bool, place: Place) -> Cell:
    if covered:
        return Cell(None, place)
    return Cell("", place) if value is None else Cell(value.text, place, value.raw)
