"""What is printed, before any format: lines and ruled tables in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from documents.truth import Truth

LineKind = Literal["title", "number", "addressees", "heading", "paragraph", "signature", "date", "annex", "caption"]


@dataclass(frozen=True)
class Line:
    """A printed paragraph; a heading has a level from 1."""

    kind: LineKind
    text: str
    level: int = 1


@dataclass(frozen=True)
class Cell:
    """A cell and the rows and columns it covers; `\\n` breaks a line.

    Where a format has no merged cells, one that `repeats` is printed in every row: a blank would read as nothing.
    """

    text: str
    row: int
    column: int
    height: int = 1
    width: int = 1
    repeats: bool = False


@dataclass(frozen=True)
class Grid:
    """A ruled table; `shares` are the widths of its columns."""

    cells: tuple[Cell, ...]
    shares: tuple[float, ...]
    header_height: int = 1

    @property
    def height(self) -> int:
        """How many rows it has."""
        return max(cell.row + cell.height for cell in self.cells)

    def rows(self) -> list[list[Cell | None]]:
        """The cells at their first row and column, `None` where another cell covers the place."""
        places: list[list[Cell | None]] = [[None] * len(self.shares) for _ in range(self.height)]
        for cell in self.cells:
            places[cell.row][cell.column] = cell
        return places

    def texts(self) -> list[list[str]]:
        """The texts row by row, for formats without merged cells."""
        texts = [[""] * len(self.shares) for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + (cell.height if cell.repeats else 1)):
                texts[row][cell.column] = cell.text
        return texts


@dataclass
class Paper:
    """A document before it is written, what it says, and the shapes it was put together from."""

    seed: int
    blocks: list[Line | Grid] = field(default_factory=list)
    truth: Truth = field(default_factory=Truth)
    shapes: set[str] = field(default_factory=set)
    tables_only: bool = False

    def say(self, kind: LineKind, text: str, level: int = 1) -> None:
        """Print a line."""
        self.blocks.append(Line(kind, text, level))
