"""What networkx does for the graph: files for other programs, shortest paths, centrality, communities."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from kb.graph.network import Network
from kb.graph.words import relation_words
from kb.listing import visible

Layout = Literal["graphml", "gexf", "json"]
Shared = Mapping[tuple[int, int], int]  # two bodies → on how many tasks they meet
SEED = 1
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_network(network: Network, file: Path, layout: Layout) -> None:
    """Write the graph for another program; labels are one line each, edges carry relation and its words."""
    import networkx

    graph = _multigraph(network)
    match layout:
        case "graphml":
            networkx.write_graphml(graph, file)
        case "gexf":
            networkx.write_gexf(graph, file)
        case "json":
            text = json.dumps(networkx.node_link_data(graph, edges="edges"), ensure_ascii=False, indent=1)
            file.write_text(text + "\n", encoding="utf-8")


def _multigraph(network: Network) -> Any:
    """The graph as networkx has it; what is null is left out, for GraphML has no null."""
    import networkx

    graph = networkx.MultiDiGraph()
    for node in network.nodes.values():
        known = {name: value for name, value in node.row().items() if name != "id" and value is not None}
        graph.add_node(node.id, **(known | {"label": printable(node.label)}))
    for number, edge in enumerate(network.edges, 1):
        words = {"relation": edge.relation, "label": relation_words(edge.relation), "weight": edge.weight}
        graph.add_edge(edge.source, edge.target, key=f"e{number}", **words)
    return graph


def printable(text: str) -> str:
    """One line without what XML cannot hold."""
    return NO_XML.sub("", visible(text))


def shortest_paths(network: Network, start: str, end: str, most: int) -> list[list[str]]:
    """Up to `most` shortest ways between two nodes, whichever way the edges point; none where there is no way."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(network.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in network.edges)
    try:
        return sorted(islice(networkx.all_shortest_paths(graph, start, end), most))
    except networkx.NetworkXNoPath:
        return []


def betweenness(shared: Shared) -> dict[int, float]:
    """How often each body lies between two others, where those who meet often are near: 0 to 1."""
    import networkx

    found: dict[int, float] = networkx.betweenness_centrality(_weighted(shared), weight="distance")
    return found


def communities(shared: Shared) -> list[set[int]]:
    """Bodies that work together more than with others (Louvain, seeded), the largest first."""
    import networkx

    found: Iterable[set[int]] = networkx.community.louvain_communities(_weighted(shared), weight="shared", seed=SEED)
    return sorted(found, key=lambda bodies: (-len(bodies), min(bodies)))


def _weighted(shared: Shared) -> Any:
    """Bodies and how often they meet; added in order, so that every run gives the same."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(sorted({body for pair in shared for body in pair}))
    for (one, other), tasks in sorted(shared.items()):
        graph.add_edge(one, other, shared=tasks, distance=1 / tasks)
    return graph
