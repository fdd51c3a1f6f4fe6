"""Web pages (.html, .htm) as government sites publish them → Reading: the document, its frame left over by name.

Bytes are decoded as declared or detected, the frame of the site (navigation, share bars, foot) is told from the
document by structure, tables that lay out the page from tables of data, and `<br>` and indents part paragraphs.
"""

from __future__ import annotations

from pathlib import Path

from extract.errors import UnreadableFile
from extract.pages import Page, Reading
from extract.readers.html_content import dropped
from extract.readers.html_flow import Flow
from extract.readers.html_shown import reveal, silent_kind
from extract.readers.html_titles import page_title
from extract.readers.html_tree import Node, looks_like_html, read_tree

__all__ = ["looks_like_html", "read_html", "read_page"]

SHORTEST_PAGE = 30  # characters that a page with scripts shows at least, if it is not drawn by them


def read_html(path: Path) -> Reading:
    """The document of a web page, without pages; lines are those of the source.  UnreadableFile in one clear line."""
    return read_page(path.read_bytes())


def read_page(raw: bytes) -> Reading:
    """The same of bytes.

    >>> reading = read_page("<title>x</title><p>各区人民政府：<p>　　现将方案印发给你们。".encode())
    >>> [block.text for block in reading.pages[0].content]
    ['各区人民政府：', '现将方案印发给你们。']
    """
    root = read_tree(raw)
    reveal(root)
    flow = Flow(dropped(root), page_title(root))
    flow.read(root)
    flow.end_block()
    if not flow.content or (_is_drawn(root) and _size(flow) < SHORTEST_PAGE):
        raise UnreadableFile(_reason(root, any(left.kind == "navigation" for left in flow.leftovers)))
    return Reading("html", (Page(None, tuple(flow.content)),), tuple(flow.leftovers))


def _size(flow: Flow) -> int:
    rows = [row for table in flow.content if not hasattr(table, "text") for row in table.rows]
    return sum(len(getattr(block, "text", "")) for block in flow.content) + sum(
        len(c.text or "") for r in rows for c in r
    )


def _is_drawn(root: Node) -> bool:
    """Whether scripts may draw the page: it has some, and they are not all there is in its head."""
    return any(node.tag == "script" for node in root.walk())


def _reason(root: Node, navigation: bool) -> str:
    """Why a page without a document has none, and what to do."""
    tags = {node.tag for node in root.walk() if node.tag == "frameset" or silent_kind(node) != "hidden"}
    if "frameset" in tags or "frame" in tags:
        return "is a set of frames; save the page inside the frame that shows the document"
    if "iframe" in tags:
        return "shows its document in an inner frame; save the page inside that frame"
    if "script" in tags:
        return "is drawn by JavaScript and holds no text itself; open it in a browser and save it as PDF"
    if "img" in tags:
        return "holds pictures but no text; read the pictures as a scan"
    return "holds links but no document; give the page of one document" if navigation else "holds no text"
