"""The graph of a base as nodes and edges, the part of it around a node, and the part that is one document's."""

from __future__ import annotations

import sqlite3
from collections import defaultdict, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kb.evaluation.rows import Row, read_rows

# the text that facts stand on, and what was said of it: many times as many as the facts
TEXT_KINDS = frozenset({"passage", "leftover", "form_field", "finding"})
# what holds everything: to be neighbours there says nothing
HUBS = frozenset({"document", "region"})


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the base; `id` is its table and its key there, as in clause:12; `values` were computed of it."""

    id: str
    kind: str
    label: str
    document_id: str | None = None
    values: tuple[tuple[str, str | int | float | None], ...] = ()

    def row(self) -> Row:
        """Its columns in a table of nodes."""
        return {"id": self.id, "kind": self.kind, "label": self.label, "document_id": self.document_id} | dict(
            self.values
        )


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes, by their ids; `weight` is how often it is met."""

    source: str
    relation: str
    target: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by id, edges between them, each once."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    beside: Mapping[str, list[Edge]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        beside: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            beside[edge.source].append(edge)
            if edge.target != edge.source:
                beside[edge.target].append(edge)
        object.__setattr__(self, "beside", beside)

    def part(self, ids: Collection[str]) -> Network:
        """These nodes and the edges between them."""
        kept = set(ids)
        nodes = {key: node for key, node in self.nodes.items() if key in kept}
        return Network(nodes, tuple(edge for edge in self.edges if edge.source in kept and edge.target in kept))

    def without(self, ids: Collection[str]) -> Network:
        """All but these nodes and their edges."""
        return self.part(self.nodes.keys() - set(ids))


def read_network(connection: sqlite3.Connection, *, text: bool = False) -> Network:
    """The whole graph of a base; passages, leftovers, form fields and findings only with `text`."""
    rows = read_rows(connection, "select id, kind, label, document_id from nodes order by kind, length(id), id")
    nodes = {row["id"]: Node(**row) for row in rows if text or row["kind"] not in TEXT_KINDS}
    rows = read_rows(
        connection, "select distinct source, relation, target from edges order by source, relation, target"
    )
    edges = (Edge(**row) for row in rows)
    return Network(nodes, tuple(edge for edge in edges if edge.source in nodes and edge.target in nodes))


def other_end(edge: Edge, node: str) -> str:
    """The node at the other end of an edge."""
    return edge.target if edge.source == node else edge.source


def distances(network: Network, start: str, depth: int) -> dict[str, int]:
    """How many steps away each node is, up to `depth`; documents and regions are reached but not gone through."""
    found = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        if found[node] == depth or (node != start and network.nodes[node].kind in HUBS):
            continue
        for edge in network.beside.get(node, ()):
            other = other_end(edge, node)
            if other not in found:
                found[other] = found[node] + 1
                queue.append(other)
    return found


def around(network: Network, start: str, depth: int) -> Network:
    """The part of the graph that is at most `depth` steps from a node."""
    return network.part(distances(network, start, depth))


def of_document(network: Network, document_id: str) -> Network:
    """A document with its facts, what it shares with others, and the facts of others that its own are tied to."""
    own = {key for key, node in network.nodes.items() if node.document_id == document_id}
    ties = [edge for edge in network.edges if edge.source in own or edge.target in own]
    return network.part(own.union(*((edge.source, edge.target) for edge in ties)))
