"""Which reader reads a file, by its ending; scanned pages of a PDF go to character recognition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import UnreadableFile
from extract.pages import Ocr, Reading
from extract.readers.signatures import ENDINGS, refuse

if TYPE_CHECKING:
    from PIL.Image import Image

    from extract.readers.pdf_picture import Corners


def _text(path: Path) -> Reading:
    from extract.readers.text import read_text

    return read_text(path)


def _html(path: Path) -> Reading:
    from extract.readers.html import read_html

    return read_html(path)


def _docx(path: Path) -> Reading:
    from extract.readers.docx import read_docx

    return read_docx(path)


def _doc(path: Path) -> Reading:
    from extract.readers.doc import read_doc

    return read_doc(path)


def _xlsx(path: Path) -> Reading:
    from extract.readers.xlsx import read_xlsx

    return read_xlsx(path)


def _pdf(path: Path, ocr: Ocr) -> Reading:
    from extract.readers.pdf import read_pdf
    from extract.readers.scan import read_scan

    if ocr == "always":
        return read_scan(path)
    if ocr == "never":
        return read_pdf(path)
    scanned: list[int] = []
    try:
        reading = read_pdf(path, partial(_recognised, scanned))
    except UnreadableFile:
        if not scanned:
            raise
        # recognition is not installed: what has a text layer is still read, and the other pages are named
        return read_pdf(path)
    return replace(reading, format="scan") if scanned and len(scanned) == len(reading.pages) else reading


def _recognised(scanned: list[int], path: Path, numbers: Sequence[int]) -> Reading:
    """The pages of these numbers read by character recognition."""
    from extract.readers.scan import assembled, recognised
    from extract.readers.scan_engines import recognition
    from extract.readers.scan_pages import pdf_pages

    scanned.extend(numbers)
    engine = recognition("auto")
    return assembled([recognised(page, engine) for page in pdf_pages(path, numbers)])


def drawn_page(path: Path, page: int) -> Image:
    """A page of a PDF with what was read on it; UnreadableFile where the file is no PDF or has no such page."""
    if path.suffix.lower() != ".pdf":
        raise UnreadableFile(f"{path.name} has no pages that can be drawn; give a PDF")
    from extract.readers.pdf_picture import picture

    return picture(path, page, read_pages(path))


def place_on_page(path: Path, page: int, outlined: Sequence[Corners], covered: Sequence[Corners]) -> Image:
    """A page of a PDF with boxes outlined and others covered; UnreadableFile where there is no such page."""
    if path.suffix.lower() != ".pdf":
        raise UnreadableFile(f"{path.name} has no pages that can be drawn; give a PDF")
    from extract.readers.pdf_picture import place_picture

    return place_picture(path, page, outlined, covered)


READERS: dict[str, Callable[[Path], Reading]] = {
    **dict.fromkeys(ENDINGS, refuse),  # one line saying what to do
    ".txt": _text, ".md": _text, ".markdown": _text, ".html": _html, ".htm": _html,
    ".docx": _docx, ".docm": _docx, ".doc": _doc, ".xlsx": _xlsx, ".xlsm": _xlsx,
}  # fmt: skip
ENDINGS_READ = frozenset({*READERS, ".pdf"})


def read_pages(path: Path, ocr: Ocr = "auto") -> Reading:
    """What the reader of a file's ending makes of it; UnreadableFile in one line where it cannot be read."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".pdf":
            return _pdf(path, ocr)
        if suffix in READERS:
            return READERS[suffix](path)
    except OSError as error:
        raise UnreadableFile(f"cannot be opened: {error.strerror or error}; check the path") from error
    known = "PDF, DOCX, DOC, XLSX, HTML, TXT or MD"
    raise UnreadableFile(f"{suffix or 'a file without ending'} is no format that is read; give {known}")
