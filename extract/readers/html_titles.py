"""The title that a web page prints above its document: a heading whose words stand in the page's own `<title>`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.readers.html_shown import is_block, shown_nodes, shown_text, silent_kind
from extract.readers.html_tree import Node
from extract.text import squeezed

HEADINGS = {f"h{level}": level for level in range(1, 7)}
SHORTEST, LONGEST = 6, 120  # characters of a title
BEGINNING = 600  # characters of the core among which its own title stands
MARKS = re.compile(r"[\W_]+")


def page_title(root: Node) -> str:
    """The words of the page's `<title>`, without white space and marks; "" where it has none."""
    titles = [node for node in root.walk() if node.tag == "title"]
    return bare("".join(part.text for node in titles[:1] for part in node.children))


def bare(text: str) -> str:
    """Words alone: what a title and its repetition are compared by.

    >>> bare("甲市 “十四五”\\n规划")
    '甲市十四五规划'
    """
    return MARKS.sub("", squeezed(text))


def title_node(root: Node, core: Node) -> Node | None:
    """The block above the core that prints the document's title; `None` where the core prints it or nobody does."""
    title = page_title(root)
    best: tuple[int, int] = (0, 0)
    found = None
    for at, node in enumerate(_lines_above(root, core)):
        words = bare(shown_text(node))
        if not SHORTEST <= len(words) <= LONGEST:
            continue
        named = len(words) if words in title else 0
        if (named or (node.tag in HEADINGS and not title)) and (named, at) >= best:
            best, found = (named, at), node
    return found


def _lines_above(root: Node, core: Node) -> Iterator[Node]:
    """The blocks without blocks inside that stand before the core and are no link, in reading order."""
    inside = {id(node) for node in core.walk()}
    for node in shown_nodes(root):
        if node is core:
            return
        if is_block(node) and id(node) not in inside and _is_line(node):
            yield node


def _is_line(node: Node) -> bool:
    words = False
    for part in shown_nodes(node):
        if part is not node and (is_block(part) or part.tag == "a"):
            return False
        words = words or bool(part.text.strip())
    return words


def is_repeated(title: Node, core: Node) -> bool:
    """Whether the core prints the title itself in its first lines."""
    beginning = ""
    for part in shown_nodes(core):
        if part.text and silent_kind(part) is None:
            beginning += bare(part.text)
        if len(beginning) > BEGINNING:
            break
    return bare(shown_text(title)) in beginning[: BEGINNING + LONGEST]
