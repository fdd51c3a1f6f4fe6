"""What a browser shows of a page and what it keeps silent, node by node; blocks, links, and the bare text of a part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.readers.html_tree import Node

BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "#root",
}  # fmt: skip
# what is never text of the page, by the name under which it is left over
SILENT = {
    "#comment": "comment", "script": "script", "style": "style", "noscript": "noscript", "template": "template",
    "title": "page_title", "textarea": "control", "select": "control", "button": "control", "datalist": "control",
    "option": "control", "iframe": "embedded", "object": "embedded", "embed": "embedded", "video": "embedded",
    "audio": "embedded", "canvas": "embedded", "svg": "embedded", "xml": "comment",
}  # fmt: skip
HIDING = re.compile(r"display:none|visibility:hidden|mso-hide:all")
STOP = re.compile(r"[。；！？，、]")


def silent_kind(node: Node) -> str | None:
    """The name under which a silent node is left over; `None` for what is shown.

    >>> silent_kind(Node("script")), silent_kind(Node("p", attributes={"hidden": ""})), silent_kind(Node("p"))
    ('script', 'hidden', None)
    """
    if node.tag in SILENT:
        return SILENT[node.tag]
    return "hidden" if node.attributes and is_hidden(node) else None


def is_hidden(node: Node) -> bool:
    """Hidden by its own attributes; what a style sheet hides is not known."""
    return "hidden" in node.attributes or bool(node.attributes.get("style") and HIDING.search(node.style))


def is_block(node: Node) -> bool:
    """Whether a node begins a line of its own."""
    return node.tag in BLOCKS or "display:block" in node.style


def shown_nodes(node: Node) -> Iterator[Node]:
    """A node and what is shown below it, in reading order."""
    open_nodes = [node]
    while open_nodes:
        part = open_nodes.pop()
        if silent_kind(part) is None:
            yield part
            open_nodes.extend(reversed(part.children))


def shown_text(node: Node) -> str:
    """The characters that a part shows, blocks and line breaks parted by a space."""
    return "".join(part.text or (" " if part.tag == "br" or is_block(part) else "") for part in shown_nodes(node))


def reveal(root: Node) -> None:
    """A hidden part that holds most sentences of the page is the document (a script opens it): it counts as shown."""
    hidden = [node for node in root.walk() if node.tag not in SILENT and is_hidden(node)]
    if not hidden:
        return
    total = _stops(root)
    for node in hidden:
        if _stops(node) * 2 > total:
            node.attributes = {
                name: value for name, value in node.attributes.items() if name not in ("hidden", "style")
            }


def _stops(node: Node) -> int:
    if node.tag in SILENT:
        return 0
    return len(STOP.findall(node.text)) + sum(map(_stops, node.children))
