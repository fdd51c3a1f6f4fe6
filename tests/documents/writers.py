"""Every format and who writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from documents.paper import Paper
from documents.write_html import write_html
from documents.write_office import write_docx, write_xlsx
from documents.write_pdf import write_pdf
from documents.write_text import write_markdown, write_text

WRITERS: dict[str, Callable[[Paper, Path], None]] = {
    ".txt": write_text,
    ".md": write_markdown,
    ".html": write_html,
    ".docx": write_docx,
    ".pdf": write_pdf,
    ".xlsx": write_xlsx,
}
PROSE = [ending for ending in WRITERS if ending != ".xlsx"]


def formats(paper: Paper) -> list[str]:
    """The formats that can hold a document: a workbook holds nothing but tables."""
    return list(WRITERS) if paper.tables_only else PROSE


def two_formats(paper: Paper) -> list[str]:
    """The formats of a seed in the ordinary run: a workbook where it can be one, the others in turn."""
    turn = PROSE[(paper.seed + paper.seed // 5) % len(PROSE)]
    return [turn, ".xlsx"] if paper.tables_only else [turn, PROSE[(PROSE.index(turn) + 2) % len(PROSE)]]
