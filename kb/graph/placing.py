"""The neighbourhood of a node in columns: what points at it to the left, what it points at to the right.

Each node stands in the column of its distance, on the side of the neighbour by which it was reached, and under the
nodes reached by the neighbours above; so no two boxes overlap, and the same graph is always placed the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.graph.network import HUBS, Edge, Network, Node, other_end
from kb.graph.words import KINDS, RELATIONS

NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Placed:
    """A node in its column (0 is the middle, negative to the left) and row; `by` is the edge it was reached by.

    A `node` of None stands for the `left_out` nodes that its column has no room for.
    """

    node: Node | None
    column: int
    row: int
    by: Edge | None = None
    left_out: int = 0


def placed(network: Network, start: str, depth: int, most: int) -> list[Placed]:
    """The nodes up to `depth` steps from `start`, at most `most` a column, column by column."""
    boxes = [Placed(network.nodes[start], 0, 0)]
    seen = {start}
    sides = [[*boxes], [*boxes]]
    for distance in range(1, depth + 1):
        for side, sign in enumerate((-1, 1)):
            reached = [
                (node, edge)
                for box in sides[side]
                for node, edge in _reached(network, box, seen, start, sign if distance == 1 else 0)
            ]
            sides[side] = [Placed(node, sign * distance, row, edge) for row, (node, edge) in enumerate(reached[:most])]
            boxes += sides[side]
            if len(reached) > most:
                boxes.append(Placed(None, sign * distance, most, left_out=len(reached) - most))
    return boxes


def _reached(network: Network, box: Placed, seen: set[str], start: str, sign: int) -> Iterator[tuple[Node, Edge]]:
    """The neighbours of a node that were not reached before, in the order of their kinds, relations and labels.

    `sign` chooses those that point at it (-1), those it points at (1) or both (0); hubs are not gone through.
    """
    if box.node is None or (box.node.id != start and box.node.kind in HUBS):
        return
    key = box.node.id
    ties = [(network.nodes[other_end(edge, key)], edge) for edge in network.beside.get(key, ())]
    for node, edge in sorted(ties, key=_order):
        if node.id not in seen and (sign == 0 or (edge.source == key) == (sign == 1)):
            seen.add(node.id)
            yield node, edge


def _order(tie: tuple[Node, Edge]) -> tuple[int, int, list[str | int], str]:
    """By kind, relation, and label with the figures in it as numbers."""
    node, edge = tie
    parts = NUMBER.split(node.label)
    label = [int(part) if number % 2 else part for number, part in enumerate(parts)]
    return _rank(list(KINDS), node.kind), _rank(list(RELATIONS), edge.relation), label, node.id


def _rank(known: list[str], name: str) -> int:
    return known.index(name) if name in known else len(known)
