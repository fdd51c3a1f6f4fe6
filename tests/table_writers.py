"""A made-up table as a file of every format: DOCX, XLSX, HTML, flattened text and tab-separated text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from table_generator import MadeTable, Printed


def write_docx(table: MadeTable, path: Path, *, small_page: bool = False) -> None:
    """A Word file with one table, its cells merged as Word does; on small pages it takes several, to be printed."""
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    document = Document()
    grid = document.add_table(table.height, len(table.roles))
    grid.style = "Table Grid"
    rows = [list(row.cells) for row in grid.rows]
    for cell in table.cells:
        last = rows[cell.row + cell.height - 1][cell.column + cell.width - 1]
        first = rows[cell.row][cell.column]
        merged = first.merge(last) if last is not first else first
        merged.text = ""
        for paragraph in merged.paragraphs[1:]:
            paragraph._element.getparent().remove(paragraph._element)
        for number, line in enumerate(cell.text.split("\n")):
            (merged.paragraphs[0] if number == 0 else merged.add_paragraph()).add_run(line)
    if small_page:
        section = document.sections[0]
        section.page_width, section.page_height = Pt(800), Pt(420)
        section.left_margin = section.right_margin = Pt(40)
        document.styles["Normal"].font.size = Pt(9)
        repeated = table.header_height if table.seed % 2 and not table.titles else 0
        for row in list(grid.rows)[:repeated]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.save(str(path))


def write_xlsx(table: MadeTable, path: Path) -> None:
    """A workbook with merged ranges; what is a number is written as one."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for cell in table.cells:
        value: str | int | None = int(cell.text) if cell.text.isdigit() else cell.text or None
        sheet.cell(cell.row + 1, cell.column + 1, value)
        if cell.height * cell.width > 1:
            sheet.merge_cells(
                start_row=cell.row + 1, start_column=cell.column + 1,
                end_row=cell.row + cell.height, end_column=cell.column + cell.width,
            )  # fmt: skip
    book.save(path)


def write_html(table: MadeTable, path: Path) -> None:
    """A page with a table of rowspans and colspans."""
    rows = []
    for row in range(table.height):
        cells = sorted((cell for cell in table.cells if cell.row == row), key=lambda cell: cell.column)
        rows.append("<tr>" + "".join(map(_html_cell, cells)) + "</tr>")
    head, body = '<head><meta charset="utf-8"></head>', f'<table border="1">{"".join(rows)}</table>'
    path.write_text(f"<html>{head}<body><div>{body}</div></body></html>", encoding="utf-8")


def _html_cell(cell: Printed) -> str:
    spans = (f' rowspan="{cell.height}"' if cell.height > 1 else "") + (
        f' colspan="{cell.width}"' if cell.width > 1 else ""
    )
    return f"<td{spans}>{escape(cell.text).replace(chr(10), '<br>')}</td>"


def _texts(table: MadeTable) -> list[list[str]]:
    rows = [[""] * len(table.roles) for _ in range(table.height)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def write_flattened(table: MadeTable, path: Path) -> None:
    """A Word table copied as text: one tab-led cell a line, a blank line after each row, merged cells blank."""
    rows = ("".join(f"\t{text}\n" for text in row) for row in _texts(table))
    path.write_text("\n".join(rows), encoding="utf-8")


def write_tabbed(table: MadeTable, path: Path) -> None:
    """A sheet copied as text: tab-separated cells, a line a row, merged cells blank."""
    rows = ("\t".join(text.replace("\n", "、") for text in row) for row in _texts(table))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


WRITERS: dict[str, Callable[[MadeTable, Path], None]] = {
    ".docx": write_docx,
    ".xlsx": write_xlsx,
    ".html": write_html,
    ".txt": write_tabbed,
}
