"""Where on a web page the document stands: everything else is dropped, by name, so that it can be left over.

The core is found from above: from a part to the one part inside it that holds nearly all of its prose and data.
Outside the core only what shows itself to belong to the document is kept: the table of 索引号 and 发文机关, the title,
more prose, attachments.  Inside the core only the frame (landmarks, lists of links, short lines of a site's words) is
dropped.  No name of a class or an id is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extract.head.metadata import metadata_label
from extract.readers.html_furniture import is_furniture
from extract.readers.html_measure import Measures
from extract.readers.html_shown import is_block, shown_nodes, shown_text, silent_kind
from extract.readers.html_titles import is_repeated, title_node
from extract.readers.html_tree import Node

CORE_SHARE = 0.8  # of a part's weight that one part inside it holds
FEWEST_BLOCKS = 3  # a single heavy paragraph is no core: its neighbours belong to it
PROSE, PROSE_STOPS = 60, 2  # characters and marks from which a part outside the core is prose
FEWEST_LABELS, LINES_A_LABEL = 2, 4
LABEL = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fff\s\xa0]{1,14})(?:[：:]|$)")


def dropped(root: Node) -> dict[int, str]:
    """The topmost nodes that are no content, by `id`, with the name under which each is left over."""
    measures = Measures(root)
    if not measures.total:  # all of its words are links
        return {id(root): "navigation"}
    path = list(core_path(root, measures))
    core = path[-1]
    kept = {id(core)} | {id(node) for node in _kept_outside(path, measures)}
    title = title_node(root, core)
    found: dict[int, str] = {}
    if title is not None and is_repeated(title, core):
        found[id(title)] = "page_title"
    elif title is not None:
        kept.add(id(title))
    _drop(root, kept, measures, found)
    return found


def core_path(root: Node, measures: Measures) -> Iterator[Node]:
    """The nodes from the root down to the core."""
    node = root
    while True:
        yield node
        if measures.is_data(node):
            return
        inside = max(node.children, key=lambda child: measures.of(child).weight, default=node)
        measure = measures.of(inside)
        if (
            measure.weight < CORE_SHARE * measures.of(node).weight
            or measure.blocks < FEWEST_BLOCKS
            or not measure.weight
        ):
            return
        node = inside
        if measures.is_data(node):  # the rows beside the heaviest one are its table, and a caption may stand above
            return


def _kept_outside(path: list[Node], measures: Measures) -> Iterator[Node]:
    """The parts beside the way to the core that belong to the document."""
    for node, below in pairwise(path):
        beside = [child for child in node.children if child is not below and measures.of(child).chars]
        if all(_is_clean(child, measures) for child in beside):
            yield from beside
            continue
        for child in beside:
            yield from _document_parts(child, measures)


def _is_clean(node: Node, measures: Measures) -> bool:
    """Nothing in a part speaks of a site: no link, no control, no word of the frame."""
    measure = measures.of(node)
    return not (measure.links or measure.controls or is_furniture(node, measures))


def _document_parts(node: Node, measures: Measures) -> Iterator[Node]:
    """The topmost parts of one outside the core that belong to the document."""
    measure = measures.of(node)
    if not measure.chars or silent_kind(node) is not None:
        return
    if is_metadata(node) or _is_attachment_list(node, measures):
        yield node
    elif not is_furniture(node, measures):
        if measure.stops >= PROSE_STOPS and measure.plain >= PROSE and measure.linked * 3 < measure.chars:
            yield node
        else:
            for child in node.children:
                yield from _document_parts(child, measures)


def is_metadata(node: Node) -> bool:
    """A part with several labels of the table above a document (索引号, 发文机关 …) and little besides their values."""
    lines = _lines(node) if is_block(node) else []
    labels = [label for line in lines for label in _labels(line)]
    return len(set(labels)) >= FEWEST_LABELS and len(lines) <= LINES_A_LABEL * len(labels)


def _labels(line: str) -> Iterator[str]:
    """The labels of a line: all of it, or what stands before a colon."""
    for match in LABEL.finditer(line):
        words = match[1].strip()
        if metadata_label(words) or metadata_label(words.split()[-1]):
            yield words


def _lines(node: Node) -> list[str]:
    lines = [""]
    for part in shown_nodes(node):
        if part.tag == "br" or is_block(part):
            lines.append("")
        lines[-1] += part.text
    return [line.strip() for line in lines if line.strip()]


def _is_attachment_list(node: Node, measures: Measures) -> bool:
    measure = measures.of(node)
    return is_block(node) and 0 < measure.links <= 2 * measure.attached and "附件" in shown_text(node)


def _drop(node: Node, kept: set[int], measures: Measures, found: dict[int, str]) -> bool:
    """Marks what is dropped below a node outside all kept parts; whether anything below it is kept."""
    if id(node) in kept:
        _drop_inside(node, measures, found)
        return True
    if id(node) in found:
        return True
    if silent_kind(node) is not None:
        return False
    below = [(child, _drop(child, kept, measures, found)) for child in node.children]
    if any(holds for _, holds in below):
        for child, holds in below:
            if not holds:
                found.setdefault(id(child), "navigation")
        return True
    return False


def _drop_inside(node: Node, measures: Measures, found: dict[int, str]) -> None:
    """Marks the frame inside a kept part."""
    for child in node.children:
        if not measures.of(child).chars or measures.is_data(child):
            continue
        if is_block(child) and is_furniture(child, measures):
            found[id(child)] = "navigation"
        else:
            _drop_inside(child, measures, found)
