"""PDFs printed for the tests with reportlab: text at places, rules, turned text, one printer's habit a function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

A4 = (595.0, 842.0)
FONT = "STSong-Light"


class Paper:
    """A page to print on: places are points from the top left, text stands on its baseline."""

    def __init__(self, canvas: Any, size: tuple[float, float]) -> None:
        self.canvas, self.size = canvas, size

    def text(self, x: float, y: float, text: str, size: float = 12, turned: float = 0) -> None:
        """Text with its baseline at `y`, turned clockwise by degrees about its beginning."""
        self.canvas.saveState()
        self.canvas.translate(x, self.size[1] - y)
        self.canvas.rotate(-turned)
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(0, 0, text)
        self.canvas.restoreState()

    def lines(self, x: float, y: float, texts: Sequence[str], size: float = 12, leading: float = 20) -> None:
        """Lines under each other; one that begins with two full-width spaces is indented by two characters."""
        for index, text in enumerate(texts):
            bare = text.lstrip("　")
            self.text(x + (len(text) - len(bare)) * size, y + index * leading, bare, size)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A straight rule."""
        self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

    def box(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """A box drawn as one rectangle."""
        self.canvas.rect(x0, self.size[1] - bottom, x1 - x0, bottom - top)

    def grid(
        self, xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str | None]], size: float = 10
    ) -> None:
        """A ruled table; `None` is merged with the cell above, `\\n` breaks a line."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        self.rule(xs[0], ys[0], xs[-1], ys[0])
        for row, bottom in enumerate(ys[1:]):
            for column in range(len(xs) - 1):
                below = texts[row + 1][column] if row + 1 < len(texts) else ""
                if below is not None:
                    self.rule(xs[column], bottom, xs[column + 1], bottom)
                if text := texts[row][column]:
                    self.lines(xs[column] + 3, ys[row] + size + 2, text.split("\n"), size, size + 3)


def printed(path: Path, *pages: Callable[[Paper], None], size: tuple[float, float] = A4, **options: Any) -> Path:
    """A PDF at `path` with one page for every function; `options` are reportlab's, as `encrypt`."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=size, **options)
    for draw in pages:
        draw(Paper(canvas, size))
        canvas.showPage()
    canvas.save()
    return path
