"""How a typist prints: brackets of half width, figures of full width, or neither, in the whole document."""

from __future__ import annotations

from dataclasses import replace

from documents.dice import Dice
from documents.paper import Grid, Line, Paper

HALF_BRACKETS = str.maketrans("（）", "()")
FULL_FIGURES = str.maketrans("0123456789%", "０１２３４５６７８９％")


def print_by_habit(dice: Dice, paper: Paper) -> None:
    """Print the lines and cells of some documents in another width; what they say is the same."""
    habit = dice.pick(("", "", "", "", "half-width brackets", "full-width figures"))
    if not habit:
        return
    paper.shapes.add(habit)
    table = HALF_BRACKETS if habit == "half-width brackets" else FULL_FIGURES
    paper.blocks = [_printed(block, table) for block in paper.blocks]


def _printed(block: Line | Grid, table: dict[int, int]) -> Line | Grid:
    if isinstance(block, Grid):
        return replace(block, cells=tuple(replace(cell, text=cell.text.translate(table)) for cell in block.cells))
    # numbers of documents and dates are set by the office, not by the typist
    return block if block.kind in ("number", "date") else replace(block, text=block.text.translate(table))
