"""Made-up documents are read as they were written: every record of every kind, in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from documents.compare import differences
from documents.made import made_document
from documents.paper import Paper
from documents.write_html import write_html
from documents.write_office import write_docx, write_xlsx
from documents.write_pdf import write_pdf
from documents.write_text import write_markdown, write_text

from extract.document import read_document

WRITERS: dict[str, Callable[[Paper, Path], None]] = {
    ".txt": write_text,
    ".md": write_markdown,
    ".html": write_html,
    ".docx": write_docx,
    ".pdf": write_pdf,
    ".xlsx": write_xlsx,
}


@pytest.mark.parametrize("seed", range(4))
def test_reads_what_was_written(seed: int, tmp_path: Path) -> None:
    paper = made_document(seed)
    path = tmp_path / "made.txt"
    WRITERS[".txt"](paper, path)
    assert not differences(paper.truth, read_document(path))
