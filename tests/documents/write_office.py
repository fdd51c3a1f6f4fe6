"""A document in Word and, where it is nothing but tables, as a workbook."""

from __future__ import annotations

from pathlib import Path

from documents.paper import Grid, Line, Paper

BOLD = ("title", "heading", "caption")


def write_docx(paper: Paper, path: Path) -> None:
    """Word: the title in the middle, paragraphs indented, ruled tables with merged cells."""
    from docx import Document

    document = Document()
    for block in paper.blocks:
        if isinstance(block, Grid):
            _word_table(document, block)
        else:
            _word_line(document, block)
    document.save(str(path))


def _word_line(document, line: Line) -> None:  # type: ignore[no-untyped-def]
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    run = paragraph.add_run(line.text)
    run.bold = line.kind in BOLD
    if line.kind in ("title", "number", "caption"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif line.kind in ("signature", "date"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif line.kind not in ("addressees", "annex"):
        paragraph.paragraph_format.first_line_indent = Pt(24)
    run.font.size = Pt(22 if line.kind == "title" else 14)


def _word_table(document, grid: Grid) -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(grid.height, len(grid.shares))
    table.style = "Table Grid"
    places = [list(row.cells) for row in table.rows]
    for cell in grid.cells:
        first, last = places[cell.row][cell.column], places[cell.row + cell.height - 1][cell.column + cell.width - 1]
        merged = first.merge(last) if first is not last else first
        for spare in merged.paragraphs[1:]:
            spare._element.getparent().remove(spare._element)
        for at, line in enumerate(cell.text.split("\n")):
            (merged.add_paragraph() if at else merged.paragraphs[0]).add_run(line)


def write_xlsx(paper: Paper, path: Path) -> None:
    """A workbook: the title in a merged first row, a sheet for each table, numbers as numbers."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment

    book = Workbook()
    book.remove(book.active)
    waiting: list[str] = []
    for block in paper.blocks:
        if isinstance(block, Line):
            waiting.append(block.text.replace("\n", ""))
            continue
        sheet = book.create_sheet(f"表{len(book.sheetnames) + 1}")
        for at, text in enumerate(waiting, 1):
            sheet.cell(at, 1, text).alignment = Alignment(horizontal="center")
            sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=len(block.shares))
        _cells(sheet, block, len(waiting))
        waiting = []
    book.save(path)


def _cells(sheet, grid: Grid, above: int) -> None:  # type: ignore[no-untyped-def]
    for cell in grid.cells:
        row, column = cell.row + above + 1, cell.column + 1
        sheet.cell(row, column, int(cell.text) if cell.text.isdigit() else cell.text or None)
        if cell.height * cell.width > 1:
            sheet.merge_cells(
                start_row=row, start_column=column, end_row=row + cell.height - 1, end_column=column + cell.width - 1
            )
