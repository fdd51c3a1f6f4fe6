"""A document as plain text and as Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from documents.paper import Grid, Line, Paper

WIDTH = 40  # characters of a line
# a line at its full width takes the closing marks that follow
BROKEN = re.compile(rf".{{1,{WIDTH}}}[，。；：、）》」”]*")


def write_text(paper: Paper, path: Path) -> None:
    """Plain text: the title in the middle, paragraphs indented, tables as tab-separated rows.

    Every third document breaks its lines at the edge, as a text copied from pages does.
    """
    lines = []
    for block in paper.blocks:
        lines += _tabbed(block) if isinstance(block, Grid) else _text_lines(block, broken=paper.seed % 3 == 0)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _text_lines(line: Line, *, broken: bool) -> list[str]:
    text = _text_line(line)
    if not broken or line.kind not in ("paragraph", "heading", "addressees"):
        return [text]
    return BROKEN.findall(text)


def _tabbed(grid: Grid) -> list[str]:
    return ["", *("\t".join(text.replace("\n", " ") for text in row) for row in grid.texts()), ""]


def _text_line(line: Line) -> str:
    match line.kind:
        case "title" | "number" | "caption":
            return (
                "\n" + "\n".join("　" * max(0, (WIDTH - len(one)) // 2) + one for one in line.text.split("\n")) + "\n"
            )
        case "signature" | "date":
            return "　" * max(0, WIDTH - len(line.text) - 2) + line.text
        case "addressees":
            return line.text
        case "annex":
            return "\n" + line.text
        case _:
            return "　　" + line.text


def write_markdown(paper: Paper, path: Path) -> None:
    """Markdown: # for titles and headings, pipe tables whose merged cells are blank."""
    blocks = [_piped(block) if isinstance(block, Grid) else _marked(block) for block in paper.blocks]
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _piped(grid: Grid) -> str:
    rows = [[text.replace("\n", "<br>") for text in row] for row in grid.texts()]
    rows.insert(1, ["---"] * len(grid.shares))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _marked(line: Line) -> str:
    if line.kind == "title":
        return f"# {line.text.replace(chr(10), '')}"
    if line.kind in ("heading", "caption"):
        return f"{'#' * (line.level + 1)} {line.text}"
    return line.text
