"""The kept nodes of a page → blocks and tables in reading order, and what is dropped or silent as leftovers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extract.pages import Block, Cell, Leftover, Place, Table
from extract.readers.html_lines import Line, Piece, title_block
from extract.readers.html_lists import shown_numbers
from extract.readers.html_shown import is_block, silent_kind
from extract.readers.html_tables import is_data_table, read_grid
from extract.readers.html_titles import HEADINGS, bare
from extract.readers.html_tree import Node
from extract.readers.lines import joined_lines

BOLD = re.compile(r"font-weight:(?:bold|[6-9]00)")
NOT_BOLD = re.compile(r"font-weight:(?:normal|[1-5]00)")
OUTLINE = re.compile(r"mso-outline-level:([1-6])")
LONGEST_HEADING = 80
PREFORMATTED = re.compile(r"white-space:pre")


@dataclass
class Flow:
    """Collects the content of a page; `dropped` names the nodes that are no content, `title` the page's own title."""

    dropped: dict[int, str]
    title: str = ""
    content: list[Block | Table] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    lines: list[Line] = field(default_factory=lambda: [Line()])
    level: int | None = None
    in_cell: bool = False

    def read(self, node: Node, bold: bool = False, pre: bool = False) -> None:
        """Takes in a node and everything below it."""
        kind = silent_kind(node) or self.dropped.get(id(node))
        if kind is not None:
            self.leftovers += left_over(node, kind)
        elif node.tag == "#text":
            self._add_text(node, bold, pre)
        elif node.tag == "br":
            self.lines.append(Line())
        elif node.tag == "input":
            self._add_box(node)
        elif node.tag == "table" and is_data_table(node):
            self._add_table(node)
        elif is_block(node):
            self._read_block(node, _is_bold(node, bold), pre or _is_pre(node))
        else:
            self._read_below(node, _is_bold(node, bold), pre or _is_pre(node))

    def _read_below(self, node: Node, bold: bool, pre: bool) -> None:
        numbers = shown_numbers(node)
        for child in node.children:
            if numbers.get(id(child)):
                self.end_block()
                self.lines[-1].pieces.append(Piece(numbers[id(child)], child.line, made=True))
            self.read(child, bold, pre)

    def _read_block(self, node: Node, bold: bool, pre: bool) -> None:
        # the number of a list item stands on the line that its block begins
        if not all(piece.made for piece in self.lines[-1].pieces):
            self.end_block()
        above, self.level = self.level, _level(node) or self.level
        self._read_below(node, bold, pre)
        self.end_block()
        self.level = above

    def _add_text(self, node: Node, bold: bool, pre: bool) -> None:
        first, *more = node.text.split("\n") if pre else [node.text]
        self.lines[-1].pieces.append(Piece(first, node.line, bold))
        for text in more:
            self.lines.append(Line([Piece(text, node.line, bold)]))

    def _add_box(self, node: Node) -> None:
        if node.attributes.get("type", "").lower() == "checkbox":
            mark = "☑" if "checked" in node.attributes else "☐"
            self.lines[-1].pieces.append(Piece(mark, node.line, made=True))

    def _add_table(self, table: Node) -> None:
        self.end_block()
        if self.in_cell:  # a table in a cell: its rows are lines of the cell
            self._read_below(table, False, False)
            self.end_block()
            return
        for stray in _beside_rows(table):
            self.read(stray)
            self.end_block()
        self.content.append(read_grid(table, self._read_cell))

    def _read_cell(self, node: Node) -> Cell:
        inside = Flow(self.dropped, in_cell=True)
        inside._read_below(node, False, False)
        inside.end_block()
        self.leftovers += inside.leftovers
        blocks = [block for block in inside.content if isinstance(block, Block)]
        raws = [block.text if block.raw is None else block.raw for block in blocks]
        raw = "\n".join(raws) if any(block.raw is not None for block in blocks) else None
        return Cell("\n".join(block.text for block in blocks), Place(line=node.line), raw)

    def end_block(self) -> None:
        """What was collected since the last block is a paragraph, or several where line breaks part them."""
        lines, self.lines = self.lines, [Line()]
        self.leftovers += _invisible(lines)
        filled = [line for line in lines if line.says]
        if not filled:
            return
        whole = "".join(line.text.strip() for line in filled)
        level = self.level if len(whole) <= LONGEST_HEADING and "。" not in whole else None
        if self.in_cell:
            self.content += [replace(line.block(), text=line.text.strip()) for line in filled]
        elif level is not None or (len(filled) > 1 and bare(whole) in self.title):
            self.content.append(title_block(filled, level))
        else:
            self.content += joined_lines([line.block() for line in filled], list(_blanks(lines)))


def _blanks(lines: list[Line]) -> Iterator[int]:
    """How many blank lines stand before each filled one."""
    blanks = 0
    for line in lines:
        if line.says:
            yield blanks
            blanks = 0
        else:
            blanks += 1


def _invisible(lines: list[Line]) -> Iterator[Leftover]:
    """Lines of nothing but invisible or private characters."""
    for line in lines:
        if not line.says and (line.raw or "").strip():
            yield Leftover("symbols", line.raw or "", line.place)


def _is_bold(node: Node, above: bool) -> bool:
    if NOT_BOLD.search(node.style):
        return False
    return above or node.tag in {"b", "strong"} or bool(BOLD.search(node.style))


def _is_pre(node: Node) -> bool:
    return node.tag == "pre" or bool(PREFORMATTED.search(node.style))


def _level(node: Node) -> int | None:
    outline = OUTLINE.search(node.style)
    return int(outline[1]) if outline else HEADINGS.get(node.tag)


def _beside_rows(table: Node) -> Iterator[Node]:
    """What stands in a table outside its cells (a caption, stray text, silent nodes); it is shown above the rows."""
    for child in table.children:
        if child.tag in {"thead", "tbody", "tfoot", "tr", "form", "center", "font"} and silent_kind(child) is None:
            yield from _beside_rows(child)
        elif child.tag not in {"td", "th"} or silent_kind(child) is not None:
            yield child


def left_over(node: Node, kind: str) -> Iterator[Leftover]:
    """The characters below a dropped or silent node by name; silent parts inside it keep their own names."""
    shown: list[str] = []
    yield from _parts(node, kind, shown)
    text = re.sub(r"\s*\n\s*", "\n", "".join(shown)).strip()
    if text:
        yield Leftover(kind, text, Place(line=node.line))


def _parts(node: Node, kind: str, shown: list[str]) -> Iterator[Leftover]:
    shown.append(node.text)
    for child in node.children:
        inner = silent_kind(child)
        if inner is not None and inner != kind and kind not in {"hidden", "noscript"}:
            yield from left_over(child, inner)
        else:
            if is_block(child) or child.tag == "br":
                shown.append("\n")
            yield from _parts(child, kind, shown)
