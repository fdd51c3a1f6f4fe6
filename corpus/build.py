"""Builds the bundled documents: the TOML source beside each of them to a PDF, DOCX, HTML page or workbook.

    python -m corpus.build [NAME…]      # all of them, or those named: python -m corpus.build changzhou-digest

A source names the file it builds and lists its parts in reading order, on a `new_page` where one says so.  A part has
lines of text (`# ` a title, `## ` a heading, else a paragraph), a table below them, or both.  A cell `^` is merged with
the one above it, `<` with the one to its left; a line break in a cell stays one.  Needs the `dev` extra; a PDF also
LibreOffice and the Noto CJK fonts.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
ABOVE, LEFT = "^", "<"
FONT = "Noto Serif CJK SC"
HEADING_SIZES = {1: 16, 2: 12}  # points
TEXT_SIZE, CELL_SIZE = 10.5, 8
PAGE = (21.0, 29.7)  # centimetres
MARGIN = 1.8


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with the rows and columns it covers; places are 0-based."""

    row: int
    column: int
    height: int
    width: int
    text: str


def sources() -> list[Path]:
    """The source of every bundled document."""
    return sorted(FOLDER.glob("*-digest.toml"))


def built(source: Path, folder: Path) -> Path:
    """Build what the source describes into `folder`, and give the file."""
    document = tomllib.loads(source.read_text(encoding="utf-8"))
    path = folder / str(document["builds"])
    writers = {".docx": write_docx, ".pdf": write_pdf, ".html": write_html, ".xlsx": write_xlsx}
    writers[path.suffix](document, path)
    return path


def lines(part: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The lines of a part with their level: 1 a title, 2 a heading, 0 a paragraph."""
    for line in part.get("text", "").splitlines():
        mark, _, rest = line.partition(" ")
        if line.strip():
            yield (len(mark), rest) if mark in ("#", "##") else (0, line)


def cells(rows: Sequence[Sequence[str]]) -> Iterator[Cell]:
    """The cells of a table, merged ones once."""
    for number, row in enumerate(rows):
        assert len(row) == len(rows[0]), f"row {number} has {len(row)} cells, the first {len(rows[0])}: {row}"
        for column, text in enumerate(row):
            if text not in (ABOVE, LEFT):
                below = (later[column] for later in rows[number + 1 :])
                height, width = 1 + _run(below, ABOVE), 1 + _run(row[column + 1 :], LEFT)
                yield Cell(number, column, height, width, text)


def _run(values: Iterator[str] | Sequence[str], mark: str) -> int:
    """How many of the first values are the mark."""
    count = 0
    for value in values:
        if value != mark:
            break
        count += 1
    return count


def write_docx(document: Mapping[str, Any], path: Path) -> None:
    """A Word file: headings, paragraphs, ruled tables whose header repeats, the page number below."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    word = Document()
    word.styles["Normal"].font.name = FONT
    word.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    word.core_properties.title, word.core_properties.author = "", "zhibiao"
    (section,) = word.sections
    width, height = (Cm(one) for one in (reversed(PAGE) if document.get("landscape") else PAGE))
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    _number_pages(section.footer.paragraphs[0])
    for part in document["part"]:
        for number, (level, line) in enumerate(lines(part)):
            paragraph = word.add_paragraph()
            paragraph.paragraph_format.page_break_before = number == 0 and part.get("new_page", False)
            paragraph.paragraph_format.keep_with_next = level > 0 or bool(part.get("rows"))
            run = paragraph.add_run(line)
            run.font.size, run.bold = Pt(HEADING_SIZES.get(level, TEXT_SIZE)), level > 0
        if part.get("rows"):
            _add_table(word, part, int(width - 2 * Cm(MARGIN)))
    word.save(str(path))


def _number_pages(paragraph: Any) -> None:
    """`— 3 —` as official documents print it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")


def _add_table(word: Any, part: Mapping[str, Any], room: int) -> None:
    """A ruled table as wide as the page; a row stays on one page, a merged cell runs over pages."""
    from docx.oxml import OxmlElement
    from docx.shared import Emu, Pt

    rows = part["rows"]
    grid = word.add_table(len(rows), len(rows[0]))
    grid.style, grid.autofit = "Table Grid", False
    places = [list(row.cells) for row in grid.rows]
    widths = part.get("widths") or [1] * len(rows[0])
    for column, share in enumerate(widths):
        grid.columns[column].width = Emu(room * share // sum(widths))  # LibreOffice goes by these
        for row in places:
            row[column].width = Emu(room * share // sum(widths))
    for cell in cells(rows):
        first = places[cell.row][cell.column]
        if cell.height * cell.width > 1:
            first = first.merge(places[cell.row + cell.height - 1][cell.column + cell.width - 1])
        for extra in first.paragraphs[1:]:
            extra._element.getparent().remove(extra._element)
        for number, line in enumerate(cell.text.split("\n")):
            paragraph = first.paragraphs[0] if number == 0 else first.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(line).font.size = Pt(CELL_SIZE)
    for number, row in enumerate(grid.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number < part.get("header_rows", 1):
            properties.append(OxmlElement("w:tblHeader"))
    word.add_paragraph()


def write_pdf(document: Mapping[str, Any], path: Path) -> None:
    """The Word file, printed by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder, path.stem + ".docx")
        write_docx(document, word)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(word)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)


def write_html(document: Mapping[str, Any], path: Path) -> None:
    """One page with headings, paragraphs and tables of spans."""
    body = "\n".join(piece for part in document["part"] for piece in _html_pieces(part))
    title = next(line for part in document["part"] for level, line in lines(part) if level == 1)
    head = f'<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
    page = f'<!doctype html>\n<html lang="zh-CN">\n<head>\n{head}</head>\n<body>\n{body}\n</body>\n</html>\n'
    path.write_text(page, encoding="utf-8")


def _html_pieces(part: Mapping[str, Any]) -> Iterator[str]:
    for level, line in lines(part):
        tag = {1: "h1", 2: "h2", 0: "p"}[level]
        yield f"<{tag}>{escape(line)}</{tag}>"
    if part.get("rows"):
        yield '<table border="1">'
        table = list(cells(part["rows"]))
        for number in range(len(part["rows"])):
            tag = "th" if number < part.get("header_rows", 1) else "td"
            yield "<tr>" + "".join(_html_cell(cell, tag) for cell in table if cell.row == number) + "</tr>"
        yield "</table>"


def _html_cell(cell: Cell, tag: str) -> str:
    rowspan = f' rowspan="{cell.height}"' if cell.height > 1 else ""
    colspan = f' colspan="{cell.width}"' if cell.width > 1 else ""
    return f"<{tag}{rowspan}{colspan}>{escape(cell.text).replace(chr(10), '<br>')}</{tag}>"


def write_xlsx(document: Mapping[str, Any], path: Path) -> None:
    """A workbook: a part that names a `sheet` begins one; a line of text is a row of its own, merged over the table."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment

    book = Workbook()
    book.remove(book.active)
    sheet: Any = None
    for part in document["part"]:
        if "sheet" in part:
            sheet = book.create_sheet(part["sheet"])
            row = 1
        columns = len(part["rows"][0]) if part.get("rows") else part.get("columns", 1)
        for _, line in lines(part):
            _fill(sheet, Cell(row, 1, 1, columns, line))
            row += 1
        for cell in cells(part.get("rows", [])):
            _fill(sheet, Cell(row + cell.row, 1 + cell.column, cell.height, cell.width, cell.text))
        row += len(part.get("rows", []))
        for column, share in enumerate(part.get("widths", [])):
            sheet.column_dimensions["ABCDEFGHIJ"[column]].width = share
    for sheet in book:
        for used in sheet.iter_rows():
            for one in used:
                one.alignment = Alignment(wrap_text=True, vertical="top")
    book.save(path)


def _fill(sheet: Any, cell: Cell) -> None:
    """Write a cell, 1-based, and merge what it covers; a plain figure is a number."""
    sheet.cell(cell.row, cell.column, int(cell.text) if cell.text.isdigit() else cell.text or None)
    if cell.height * cell.width > 1:
        last_row, last_column = cell.row + cell.height - 1, cell.column + cell.width - 1
        sheet.merge_cells(start_row=cell.row, start_column=cell.column, end_row=last_row, end_column=last_column)


if __name__ == "__main__":
    for each in sources():
        if len(sys.argv) == 1 or each.stem in sys.argv[1:]:
            print(built(each, FOLDER))
