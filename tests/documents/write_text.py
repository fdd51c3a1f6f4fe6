"""A document as plain text and as Markdown."""

from __future__ import annotations

from pathlib import Path

from documents.paper import Grid, Line, Paper

WIDTH = 40  # characters of a line that is set in the middle


def write_text(paper: Paper, path: Path) -> None:
    """Plain text: the title in the middle, paragraphs indented, tables as tab-separated rows."""
    lines = []
    for block in paper.blocks:
        lines += _tabbed(block) if isinstance(block, Grid) else [_text_line(block)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _tabbed(grid: Grid) -> list[str]:
    return ["", *("\t".join(text.replace("\n", " ") for text in row) for row in grid.texts()), ""]


def _text_line(line: Line) -> str:
    match line.kind:
        case "title" | "number" | "caption":
            return "\n" + "　" * max(0, (WIDTH - len(line.text)) // 2) + line.text + "\n"
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
        return f"# {line.text}"
    if line.kind in ("heading", "caption"):
        return f"{'#' * (line.level + 1)} {line.text}"
    return line.text
