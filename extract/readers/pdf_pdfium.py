"""The door to pdfium: opens a PDF, hands out its pages and their text as handles, renders a page.

Handles are plain integers that are valid only inside the `with` that gave them: pdfium frees what a closed page held.
The functions are bound anew with prototypes that keep the interpreter's lock, which makes a call three times cheaper
than pypdfium2's own; ctypes then checks nothing, so every caller looks at what it gets back.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.errors import UnreadableFile
from extract.readers.signatures import reject, signature

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PAGES = 5_000
MOST_BYTES = 500_000_000
MOST_PIXELS = 40_000_000  # A3 at 300 dpi has 17 million
TAIL = 65_536  # bytes at the end of a file in which its end mark stands
PASSWORD, SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
P, INT, FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float
# name → result, arguments; only 5.15 of pypdfium2 was tried, the range in pyproject.toml says so
SIGNATURES: dict[str, tuple[Any, ...]] = {
    "FPDFPage_CountObjects": (INT, P),
    "FPDFPage_GetObject": (P, P, INT),
    "FPDFFormObj_CountObjects": (INT, P),
    "FPDFFormObj_GetObject": (P, P, ctypes.c_ulong),
    "FPDFPageObj_GetType": (INT, P),
    "FPDFPageObj_GetMatrix": (INT, P, P),
    "FPDFPath_CountSegments": (INT, P),
    "FPDFPath_GetPathSegment": (P, P, INT),
    "FPDFPathSegment_GetPoint": (INT, P, P, P),
    "FPDFPathSegment_GetType": (INT, P),
    "FPDFPathSegment_GetClose": (INT, P),
    "FPDFTextObj_GetFont": (P, P),
    "FPDFFont_GetBaseFontName": (ctypes.c_size_t, P, P, ctypes.c_size_t),
    "FPDFText_CountChars": (INT, P),
    "FPDFText_GetText": (INT, P, INT, INT, P),
    "FPDFText_GetUnicode": (ctypes.c_uint, P, INT),
    "FPDFText_GetLooseCharBox": (INT, P, INT, P),
    "FPDFText_GetCharOrigin": (INT, P, INT, P, P),
    "FPDFText_GetCharAngle": (FLOAT, P, INT),
    "FPDFText_GetFontSize": (ctypes.c_double, P, INT),
    "FPDFText_GetMatrix": (INT, P, INT, P),
    "FPDFText_GetFontInfo": (ctypes.c_ulong, P, INT, P, ctypes.c_ulong, P),
    "FPDFText_IsGenerated": (INT, P, INT),
    "FPDFText_IsHyphen": (INT, P, INT),
}


@cache
def function(name: str) -> Callable[..., Any]:
    """A function of pdfium by its name in `SIGNATURES`, taking handles as integers."""
    from pypdfium2 import raw

    result, *arguments = SIGNATURES[name]
    address = ctypes.cast(getattr(raw, name), P).value
    assert address is not None
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page while it is open: its handle, quarter turns clockwise, box (left, bottom, right, top) in user space."""

    handle: int
    turns: int
    box: tuple[float, float, float, float]
    _page: Any

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points as the page is shown."""
        left, bottom, right, top = self.box
        shown = (right - left, top - bottom)
        return shown if self.turns % 2 == 0 else shown[::-1]

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """User space → points from the top left of the page as it is shown."""
        left, bottom, right, top = self.box
        return (
            (1.0, 0.0, 0.0, -1.0, -left, top),
            (0.0, 1.0, 1.0, 0.0, -bottom, -left),
            (-1.0, 0.0, 0.0, 1.0, right, -bottom),
            (0.0, -1.0, -1.0, 0.0, top, right),
        )[self.turns]

    @contextmanager
    def text(self) -> Iterator[int]:
        """The handle of the page's text."""
        textpage = self._page.get_textpage()
        try:
            yield _address(textpage.raw)
        finally:
            textpage.close()


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A PDF while it is open."""

    _document: Any

    def __len__(self) -> int:
        return len(self._document)

    @contextmanager
    def page(self, number: int) -> Iterator[OpenPage]:
        """Page `number`, counted from 1; UnreadableFile where it is damaged."""
        import pypdfium2

        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile(f"is damaged at page {number}; get the file again or print it anew") from error
        try:
            yield OpenPage(_address(page.raw), page.get_rotation() // 90 % 4, page.get_bbox(), page)
        finally:
            page.close()

    def render(self, number: int, scale: float, grey: bool = False) -> tuple[Image, float]:
        """Page `number` as a picture, and its pixels a point: `scale`, or fewer where the page is very large."""
        with self.page(number) as page:
            width, height = page.size
            scale = min(scale, math.sqrt(MOST_PIXELS / max(1.0, width * height)))
            bitmap = page._page.render(scale=scale, grayscale=grey)
            picture: Image = bitmap.to_pil().convert("L" if grey else "RGB")
            bitmap.close()
            return picture, scale


def _address(pointer: Any) -> int:
    address = ctypes.cast(pointer, P).value
    if not address:
        raise UnreadableFile("is damaged; get the file again or print it anew")
    return address


@contextmanager
def opened(path: Path) -> Iterator[OpenFile]:
    """The PDF at `path`; UnreadableFile where it is none, is locked, cut off, or too large to be read."""
    import pypdfium2

    _check(path)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (PASSWORD, SECURITY):
            raise UnreadableFile("is locked with a password; save a copy without one and give that") from error
        raise UnreadableFile("is a damaged PDF; get the file again or print it anew") from error
    try:
        if not 0 < len(document) <= MOST_PAGES:
            raise UnreadableFile(f"has {len(document)} pages; between 1 and {MOST_PAGES:,} are read, split the file")
        yield OpenFile(document)
    finally:
        document.close()


def _check(path: Path) -> None:
    """What the first and last bytes tell, so that the message can say what is wrong."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise UnreadableFile(f"is larger than {MOST_BYTES // 1_000_000} MB; split it into smaller files")
    with path.open("rb") as stream:
        start = stream.read(1024)
        stream.seek(max(0, size - TAIL))
        end = stream.read()
    if b"%PDF-" not in start:
        reject(signature(path))
    if b"%%EOF" not in end and b"startxref" not in end:
        raise UnreadableFile("is cut off (a PDF without its end mark); get the file again")
