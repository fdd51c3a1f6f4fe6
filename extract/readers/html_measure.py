"""How much every part of a page says: characters, those in links, sentences, and the weight of its prose and data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.readers.html_shown import STOP, is_block, silent_kind
from extract.readers.html_tables import is_data_table
from extract.readers.html_tree import Node

ATTACHED = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|rtf|txt|zip|rar|7z)(?:[?#]|$)", re.I)
LABEL_SHARE = 0.25  # what a character outside sentences, tables and links counts


@dataclass(slots=True)
class Measure:
    """Counts of one part: characters, those in links, sentence marks outside links, links, links to files, blocks."""

    chars: int = 0
    linked: int = 0
    stops: int = 0
    links: int = 0
    attached: int = 0
    blocks: int = 0
    weight: float = 0.0
    controls: int = 0

    def add(self, other: Measure) -> None:
        """Take in the counts of a part inside this one."""
        self.chars += other.chars
        self.linked += other.linked
        self.stops += other.stops
        self.links += other.links
        self.attached += other.attached
        self.blocks += other.blocks
        self.weight += other.weight
        self.controls += other.controls

    @property
    def plain(self) -> int:
        """Characters outside links."""
        return self.chars - self.linked


class Measures:
    """The measure of every shown node of a page, and which of its tables are data."""

    def __init__(self, root: Node) -> None:
        self._of: dict[int, Measure] = {}
        self._data: set[int] = set()
        self._measure(root, False, False)
        self.total = self.of(root).weight

    def of(self, node: Node) -> Measure:
        """The counts of a node; all zero for what is not shown."""
        return self._of.get(id(node)) or Measure()

    def is_data(self, node: Node) -> bool:
        """Whether a node is a table of data."""
        return id(node) in self._data

    def _measure(self, node: Node, linked: bool, in_data: bool) -> Measure:
        """Measures a node and what is below it; gives the counts of its text that stands in no block below it."""
        measure = self._of[id(node)] = _own(node, linked)
        if silent_kind(node) is not None:
            return Measure()
        linked = linked or measure.links > 0
        if node.tag == "table" and is_data_table(node):
            self._data.add(id(node))
            in_data = True
        loose = Measure(chars=measure.chars, linked=measure.linked, stops=measure.stops)
        for child in node.children:
            loose.add(self._measure(child, linked, in_data))
            measure.add(self.of(child))
        if not is_block(node):
            return loose
        measure.weight += loose.plain if in_data or loose.stops else LABEL_SHARE * loose.plain
        return Measure()


def _own(node: Node, linked: bool) -> Measure:
    """The counts of a node alone."""
    if silent_kind(node) is not None:
        return Measure(controls=int(node.tag in {"button", "select", "textarea"}))
    measure = Measure(blocks=int(is_block(node) or node.tag == "br"))
    if node.tag == "a" and "href" in node.attributes:
        href = node.attributes["href"].strip()
        # a mark inside the page (#_ftn1) leads nowhere else
        measure.links = int(not (href.startswith("#") and len(href) > 1))
        measure.attached = int(is_attachment(href))
    elif node.tag == "input":
        measure.controls = int(node.attributes.get("type", "text").lower() not in {"checkbox", "radio", "hidden"})
    if node.text:
        measure.chars = len("".join(node.text.split()))
        measure.linked = measure.chars if linked else 0
        measure.stops = 0 if linked else len(STOP.findall(node.text))
    return measure


def is_attachment(href: str) -> bool:
    """Whether a link leads to a file of an office.

    >>> is_attachment("/files/P0201.docx?x=1"), is_attachment("/zwgk/index.html")
    (True, False)
    """
    return bool(ATTACHED.search(href))
