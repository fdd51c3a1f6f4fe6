"""Bytes of a web page → its tree of nodes: decoded as declared or detected, parsed leniently, bounded in size, depth.

The only module that knows the parser.  A node is an element, a text (`#text`) or a comment (`#comment`); what is
nested deeper than any page that people write is hung up at the bound, in order, so that nothing is lost.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.errors import UnreadableFile
from extract.readers.decode import BOMS, decode

LARGEST = 30_000_000  # bytes
DEEPEST = 200  # levels that are kept; pages seen have up to 60, unclosed <font> of old editors some hundreds
MOST_ATTRIBUTES = 2_000  # of one tag: the parser's time grows with their square
LAST_LINE = 65_535  # the parser counts no further
DECLARED = re.compile(
    rb"""<(?:meta\b|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:-]{3,20})""", re.I
)
# what browsers read under these names: GB2312 pages hold characters of its supersets
SUPERSETS = {"gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
HEAD = 4096  # bytes in which a page declares itself
MARKS = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<(?:head|body|meta|title|table|frameset)\b[^<]*>|xmlns:o=\"urn:schemas-microsoft-com",
    re.I,
)
ARCHIVE = re.compile(rb"\A\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.I)


@dataclass(slots=True, eq=False)
class Node:
    """An element with its lower-case tag, or a text or comment with its characters; line 1 is the first."""

    tag: str
    line: int | None = None
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, in reading order."""
        open_nodes = [self]
        while open_nodes:
            node = open_nodes.pop()
            yield node
            open_nodes.extend(reversed(node.children))

    @property
    def style(self) -> str:
        """The style attribute in lower case without white space: `display:none;color:red`."""
        return "".join(self.attributes.get("style", "").lower().split())

    @property
    def role(self) -> str:
        """The landmark role, "" where none is given."""
        return self.attributes.get("role", "").strip().lower()


def looks_like_html(raw: bytes) -> bool:
    """Whether bytes are a web page, whatever the name of the file says (a .doc or .xls often is one).

    >>> looks_like_html(b"\\xef\\xbb\\xbf  <!DOCTYPE html><p>"), looks_like_html("标题<正文>".encode())
    (True, False)
    """
    head = raw[:HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", errors="ignore").encode()
    return b"\0" not in head and bool(MARKS.search(head))


def read_tree(raw: bytes) -> Node:
    """The root of a page; UnreadableFile where it is none, is empty or goes beyond the bounds."""
    if len(raw) > LARGEST:
        raise UnreadableFile(f"is larger than {LARGEST // 1_000_000} MB; save the text of the page alone")
    if ARCHIVE.match(raw[:HEAD]):
        raise UnreadableFile("is a web archive (MHT); save the page as HTML or PDF instead")
    return parsed(page_text(raw))


def page_text(raw: bytes) -> str:
    """The text of a page: by its byte-order mark, as UTF-8 where it is that, as declared, else as detected.

    >>> page_text(b'<meta charset=gb2312>' + "镕".encode("gb18030"))
    '<meta charset=gb2312>镕'
    """
    declared = DECLARED.search(raw[:HEAD])
    if raw.startswith(tuple(BOMS)) or declared is None or _is_utf8(raw):
        return decode(raw)
    name = declared[1].decode("ascii").lower()
    try:
        text = raw.decode(SUPERSETS.get(name, name), errors="replace")
    except LookupError:
        return decode(raw)
    # a page of many unreadable characters is in another encoding than it says
    return decode(raw) if text.count("\ufffd") > 2 + len(text) / 1000 else decode(text.encode())


def _is_utf8(raw: bytes) -> bool:
    try:
        return not raw.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def parsed(text: str) -> Node:
    """The tree of a page's text."""
    from lxml import etree

    _bound_attributes(text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        element = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.LxmlError as error:
        raise UnreadableFile("holds no page that can be read; open it in a browser and save it as PDF") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnreadableFile("is nested too deep; open it in a browser and save it as PDF")
    return _tree(element)


def _bound_attributes(text: str) -> None:
    for tag in re.finditer(r"<[A-Za-z][^<>]{20000,}", text):
        if tag[0].count("=") > MOST_ATTRIBUTES:
            raise UnreadableFile(
                f"has a tag of more than {MOST_ATTRIBUTES} attributes; open it in a browser and save it as PDF"
            )


def _tree(element: object) -> Node:
    """Own nodes from the parser's, without recursion; what lies deeper than the bound hangs at the bound."""
    from lxml import etree

    root = Node("#root")
    open_nodes = [root]
    for event, below in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        above = open_nodes[min(len(open_nodes) - 1, DEEPEST)]
        if event == "start":
            node = Node(str(below.tag).lower(), _line(below.sourceline), attributes=_attributes(below.attrib))
            above.children.append(node)
            open_nodes.append(node)
            _add_text(node, below.text, below.sourceline)
            continue
        if event == "end":
            open_nodes.pop()
            above = open_nodes[min(len(open_nodes) - 1, DEEPEST)]
        else:
            above.children.append(Node("#comment", _line(below.sourceline), below.text or ""))
        _add_text(above, below.tail, below.sourceline)
    return root


def _attributes(given: dict[str, str]) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in given.items()}


def _line(line: int | None) -> int | None:
    return line if line is not None and line < LAST_LINE else None


def _add_text(node: Node, text: str | None, line: int | None) -> None:
    if text:
        node.children.append(Node("#text", _line(line), text))
