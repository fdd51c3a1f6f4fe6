"""Pages of a scan as grey pictures: PDF pages rendered, image files opened, bounded in number and size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import UnreadableFile

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"})
DPI = 200  # at which recognition was measured: 150 is as good on clean print, 300 costs twice the time
A4 = 595.0  # points: the width of a picture that does not say how large its paper was
MOST_PAGES = 500
MOST_PIXELS = 40_000_000  # A3 at 300 dpi has 17 million


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as a grey picture; `scale` is pixels a point (1/72 inch), `number` counts from 1."""

    number: int
    picture: Any
    scale: float


def scanned_pages(path: Path) -> Iterator[ScannedPage]:
    """The pages of a PDF or image file; UnreadableFile in one line where it cannot be opened or is out of bounds."""
    return picture_pages(path) if path.suffix.lower() in PICTURES else pdf_pages(path)


def pdf_pages(path: Path, numbers: Sequence[int] | None = None) -> Iterator[ScannedPage]:
    """The pages of a PDF (all, or those of these numbers) rendered at 200 dpi, smaller where they are very large."""
    from extract.readers.pdf import rendered

    if numbers is not None and len(numbers) > MOST_PAGES:
        raise UnreadableFile(f"has {len(numbers)} scanned pages; split it into files of at most {MOST_PAGES}")
    for number, picture, scale in rendered(path, numbers):
        if number > MOST_PAGES and numbers is None:
            raise UnreadableFile(f"has more than {MOST_PAGES} scanned pages; split it into smaller files")
        yield ScannedPage(number, picture.convert("L"), scale)


def picture_pages(path: Path) -> Iterator[ScannedPage]:
    """Every picture of an image file (a TIFF may hold several), turned as its camera says."""
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(path) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file), 1):
                if number > MOST_PAGES or frame.width * frame.height > MOST_PIXELS:
                    raise UnreadableFile(
                        f"has more than {MOST_PAGES} pages or {MOST_PIXELS // 1_000_000} million pixels; split it"
                    )
                picture = ImageOps.exif_transpose(_on_white(frame)).convert("L")
                yield ScannedPage(number, picture, picture.width / A4)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise UnreadableFile("is damaged or no picture; save it as PNG or PDF") from error


def _on_white(frame: Any) -> Any:
    """A picture with transparent ground on white paper."""
    from PIL import Image

    if frame.mode not in {"RGBA", "LA", "PA"} and "transparency" not in frame.info:
        return frame
    ground = Image.new("RGBA", frame.size, "white")
    return Image.alpha_composite(ground, frame.convert("RGBA"))
