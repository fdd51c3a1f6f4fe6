"""A document as a PDF with a text layer: A4 pages, ruled tables that go over page turns, page numbers below."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from documents.paper import Grid, Line, Paper

FONT, SIZE, LEADING = "STSong-Light", 14, 24
TABLE_SIZE, TABLE_LEADING, WIDTH = 9, 12, 460


def write_pdf(paper: Paper, path: Path) -> None:
    """The document on A4 pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    flow = []
    for block in paper.blocks:
        if isinstance(block, Grid):
            flow.append(_table(block))
        else:
            flow += [*([PageBreak()] if block.kind == "annex" else []), _paragraph(block)]
    SimpleDocTemplate(str(path), pagesize=A4, leftMargin=64, rightMargin=64).build(
        flow, onFirstPage=_page_number, onLaterPages=_page_number
    )


def _page_number(canvas: Any, document: Any) -> None:
    canvas.setFont(FONT, 10)
    canvas.drawCentredString(297, 36, f"— {document.page} —")


def _style(line: Line) -> Any:
    from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle

    indent, size, where, space, right = 2 * SIZE, SIZE, TA_LEFT, 0, 0
    match line.kind:
        case "title":
            indent, size, where, space = 0, 20, TA_CENTER, 18
        case "number" | "caption":
            indent, where, space = 0, TA_CENTER, 12
        case "signature" | "date":
            indent, where, right = 0, TA_RIGHT, (4 if line.kind == "date" else 2) * SIZE
        case "addressees" | "annex":
            indent, space = 0, 6
    return ParagraphStyle(
        line.kind, fontName=FONT, fontSize=size, leading=max(LEADING, size * 1.4), wordWrap="CJK", alignment=where,
        firstLineIndent=indent, rightIndent=right, spaceBefore=space, spaceAfter=space,
    )  # fmt: skip


def _paragraph(line: Line) -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(escape(line.text).replace("\n", "<br/>"), _style(line))


def _table(grid: Grid) -> Any:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import LongTable, Paragraph, TableStyle

    style = ParagraphStyle("cell", fontName=FONT, fontSize=TABLE_SIZE, leading=TABLE_LEADING, wordWrap="CJK")
    texts = [
        [Paragraph(escape(cell.text).replace("\n", "<br/>"), style) if cell and cell.text else "" for cell in row]
        for row in grid.rows()
    ]
    commands: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    for cell in grid.cells:
        if cell.height * cell.width > 1:
            end = (cell.column + cell.width - 1, cell.row + cell.height - 1)
            commands.append(("SPAN", (cell.column, cell.row), end))
    widths = [WIDTH * share / sum(grid.shares) for share in grid.shares]
    return LongTable(texts, colWidths=widths, repeatRows=grid.header_height, style=TableStyle(commands))
