"""How two things hang together: the shortest ways between them, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.evaluation.rows import Row
from kb.graph.network import HUBS, Network, Node
from kb.graph.networkx_door import shortest_paths
from kb.graph.words import RELATIONS, kind_words, relation_words
from kb.listing import clipped

CLAIMED = "may_serve"  # offered to a reviewer, claimed by nobody
COLUMNS = ("path", "step", "relation", "direction", "id", "kind", "label", "document")


def paths(network: Network, start: Node, end: Node, most: int = 3) -> list[Row]:
    """Up to `most` shortest ways between two nodes, a row a step; none where there is no way.

    Ways through a document or a region, and over candidates for links, are taken only where there is no other.
    """
    claims = Network(network.nodes, tuple(edge for edge in network.edges if edge.relation != CLAIMED))
    ends = {start.id, end.id}
    hubs = {key for key, node in network.nodes.items() if node.kind in HUBS} - ends
    for part in (claims.without(hubs), network.without(hubs), claims, network):
        found = shortest_paths(part, start.id, end.id, most)
        if found:
            ways = [[*_steps(part, number, path)] for number, path in enumerate(found, 1)]
            return [row | {"document": _title(network, row["id"])} for way in ways for row in way]
    return []


def _steps(network: Network, number: int, path: Sequence[str]) -> Iterator[Row]:
    """The nodes of one path, each with the relation by which it was reached."""
    for step, key in enumerate(path):
        node, relation, direction = network.nodes[key], "", ""
        if step:
            forth, back = _relations(network, path[step - 1], key), _relations(network, key, path[step - 1])
            relation, direction = " / ".join(forth or back), "forth" if forth else "back"
        reached = {"path": number, "step": step, "relation": relation, "direction": direction}
        yield reached | {"id": key, "kind": node.kind, "label": node.label}


def _title(network: Network, key: str) -> str | None:
    """The title of the document in which a node stands."""
    node = network.nodes[key]
    document = network.nodes.get(f"document:{node.document_id}")
    return None if document is None or node.kind == "document" else document.label


def _relations(network: Network, source: str, target: str) -> list[str]:
    """The relations from one node to another, in the order in which they are known."""
    found = [edge.relation for edge in network.beside[source] if (edge.source, edge.target) == (source, target)]
    return sorted(found, key=lambda name: (list(RELATIONS).index(name) if name in RELATIONS else len(RELATIONS), name))


def in_words(rows: Sequence[Row], columns: int) -> Iterator[str]:
    """The ways line by line."""
    for row in rows:
        label, words = clipped(row["label"], columns), ""
        if row["step"]:
            words = " / ".join(map(relation_words, row["relation"].split(" / ")))
            words = f"  —{words}→ " if row["direction"] == "forth" else f"  ←{words}— "
        elif row["path"] > 1:
            yield ""
        where = f"，{clipped(row['document'], 40)}" if row["document"] else ""
        yield f"{words}{label}  [{kind_words(row['kind'])} {row['id']}{where}]"
