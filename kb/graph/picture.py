"""A neighbourhood as an SVG that a person can read: boxes in columns, coloured by kind, with what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from kb.graph.network import HUBS, Edge, Network
from kb.graph.networkx_door import printable
from kb.graph.placing import Placed, placed
from kb.graph.words import KINDS, kind_words, relation_words
from kb.listing import clipped

WIDE, HIGH, GAP = 290, 40, 10  # of a box, and between two of them
BETWEEN = 90  # columns
TOP = 84
MOST = 40  # boxes a column
LABEL, DETAIL = 40, 46  # columns of a screen that fit into a box, at 13 and at 11 pixels a character of two
PLAIN = "#64748b"
FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"


def picture(network: Network, start: str, depth: int) -> str:
    """The nodes up to `depth` steps from `start`.

    Solid lines are how they were reached, dashed ones other relations, those to documents and regions left out.
    """
    boxes = placed(network, start, depth, MOST)
    corners = list(_corners(boxes))
    places = {box.node.id: corner for box, corner in zip(boxes, corners, strict=True) if box.node is not None}
    width = max(int(max(x for x, _ in corners)) + WIDE + BETWEEN // 2, 640)
    height = int(max(y for _, y in corners)) + HIGH + 20
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' font-family="{FONT}">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        *_head(network.nodes[start].label, boxes),
        *(_line(edge, places, dashed=True) for edge in _other_edges(network, boxes)),
        *(_line(box.by, places, dashed=False) for box in boxes if box.by is not None),
        *(part for box, corner in zip(boxes, corners, strict=True) for part in _box(box, *corner, network, start)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _corners(boxes: Sequence[Placed]) -> Iterator[tuple[float, float]]:
    """The left upper corner of each box; columns have their middles at one height."""
    heights = Counter(box.column for box in boxes)
    first, tallest = min(heights), max(heights.values())
    for box in boxes:
        row = box.row + (tallest - heights[box.column]) / 2
        yield 20 + (box.column - first) * (WIDE + BETWEEN), TOP + row * (HIGH + GAP)


def _other_edges(network: Network, boxes: Sequence[Placed]) -> Iterator[Edge]:
    """The relations between boxes by which none of them was reached, without those to documents and regions."""
    ways = {box.by for box in boxes}
    drawn = {box.node.id for box in boxes if box.node is not None and box.node.kind not in HUBS}
    for edge in network.edges:
        if edge.source in drawn and edge.target in drawn and edge not in ways:
            yield edge


def _head(title: str, boxes: Sequence[Placed]) -> Iterator[str]:
    """The title, and the kinds that are there with their colours."""
    yield _text(clipped(printable(title), 70), 20, 30, "black", 17, "bold")
    there = {box.node.kind for box in boxes if box.node is not None}
    x = 20
    for kind in [known for known in KINDS if known in there]:
        yield f'<rect x="{x}" y="46" width="14" height="14" rx="3" fill="{KINDS[kind].colour}"/>'
        yield _text(kind_words(kind), x + 20, 58, "#334155", 12)
        x += 46 + 12 * len(KINDS[kind].chinese) + 7 * len(KINDS[kind].english)


def _line(edge: Edge, places: Mapping[str, tuple[float, float]], *, dashed: bool) -> str:
    """A relation as a curve from the side of one box to the side of the other."""
    (left, above), (right, below) = sorted((places[edge.source], places[edge.target]))
    start, end, y1, y2 = left + WIDE, right, above + HIGH / 2, below + HIGH / 2
    if left == right:  # in one column: a bow on its right side
        end = start
        bend1 = bend2 = start + BETWEEN / 2
    else:
        bend1 = bend2 = (start + end) / 2
    style = 'stroke="#cbd5e1" stroke-dasharray="4 4"' if dashed else 'stroke="#94a3b8"'
    path = f"M{start:g} {y1:g}C{bend1:g} {y1:g} {bend2:g} {y2:g} {end:g} {y2:g}"
    return f'<path d="{path}" fill="none" {style}><title>{escape(relation_words(edge.relation))}</title></path>'


def _box(box: Placed, x: float, y: float, network: Network, start: str) -> Iterator[str]:
    """A node: its label, and below how it was reached, what it is and where it stands."""
    node = box.node
    if node is None:
        yield _text(f"… 另有 {box.left_out} 项 ({box.left_out} more)", x + 12, y + 24, PLAIN)
        return
    colour = KINDS[node.kind].colour if node.kind in KINDS else PLAIN
    frame = f'<rect x="{x:g}" y="{y:g}" width="{WIDE}" height="{HIGH}" rx="5"'
    weight = 3 if node.id == start else 1
    yield f"<g><title>{escape(printable(node.label))} [{escape(node.id)}]</title>"
    yield f'{frame} fill="white"/>'
    yield f'{frame} fill="{colour}" fill-opacity="0.1" stroke="{colour}" stroke-width="{weight}"/>'
    yield _text(clipped(printable(node.label), LABEL), x + 10, y + 17, "black")
    yield _text(clipped(printable(_detail(box, network)), DETAIL), x + 10, y + 33, colour, size=11)
    yield "</g>"


def _text(text: str, x: float, y: float, colour: str, size: int = 13, weight: str = "normal") -> str:
    place = f'<text x="{x:g}" y="{y:g}" fill="{colour}" font-size="{size}" font-weight="{weight}">'
    return f"{place}{escape(text)}</text>"


def _detail(box: Placed, network: Network) -> str:
    """How a node was reached, an arrow showing which way the relation points; its kind; its document."""
    assert box.node is not None
    parts = [kind_words(box.node.kind)]
    if box.by is not None:
        arrow = "→" if box.by.target == box.node.id else "←"
        parts.insert(0, f"{arrow} {relation_words(box.by.relation)}")
    document = network.nodes.get(f"document:{box.node.document_id}")
    if document is not None and document.id != box.node.id:
        parts.append(document.label)
    return " · ".join(parts)
