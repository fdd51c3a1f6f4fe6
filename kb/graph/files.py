"""The graph as files: for graph programs, for spreadsheets, for the eye."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import cast, get_args

from extract.errors import ZhibiaoError
from kb.exports.placing import MADE_BY
from kb.graph.network import Edge, Network, Node, around, read_network
from kb.graph.networkx_door import Layout, write_network
from kb.graph.picture import picture
from kb.listing import save_listing
from kb.personal import masked_text

LAYOUTS: tuple[str, ...] = (*get_args(Layout), "csv", "svg")


class UnknownLayout(ZhibiaoError):
    """Nobody said what to write."""


def layout_of(file: Path) -> str:
    """The layout that a file's ending names.

    >>> layout_of(Path("out/graph.GEXF"))
    'gexf'
    >>> layout_of(Path("graph"))
    Traceback (most recent call last):
    kb.graph.files.UnknownLayout: graph: say what to write with --to graphml, gexf, json, csv or svg
    """
    ending = file.suffix.lower().removeprefix(".")
    if ending not in LAYOUTS:
        raise UnknownLayout(f"{file}: say what to write with --to {', '.join(LAYOUTS[:-1])} or {LAYOUTS[-1]}")
    return ending


def save_graph(network: Network, file: Path, layout: str, start: str | None, depth: int) -> list[Path]:
    """Write the graph, or its part around `start`, and tell the files; CSV makes two, nodes and edges."""
    if layout == "svg":
        if start is None:
            raise UnknownLayout("a picture shows a neighbourhood: name its middle with --around")
        file.write_text(picture(network, start, depth), encoding="utf-8")
        return [file]
    part = network if start is None else around(network, start, depth)
    if layout == "csv":
        return _save_csv(part, file)
    write_network(part, file, cast(Layout, layout))
    return [file]


def save_whole_graph(connection: sqlite3.Connection, file: Path, layout: str, *, with_personal: bool) -> None:
    """Write the graph of a base as an export: the same as `save_graph`, with the mark by which it is known again."""
    network = read_network(connection)
    save_graph(network if with_personal else masked_network(network), file, layout, None, 0)
    with file.open("a", encoding="utf-8") as out:
        out.write(f"\n<!-- {MADE_BY} -->\n")  # behind the root a comment is in nobody's way


def masked_network(network: Network) -> Network:
    """The graph with personal numbers in its texts masked."""
    return Network({key: _masked(node) for key, node in network.nodes.items()}, network.edges)


def _masked(node: Node) -> Node:
    values = ((name, masked_text(value) if isinstance(value, str) else value) for name, value in node.values)
    return replace(node, label=masked_text(node.label), values=tuple(values))


def _save_csv(network: Network, file: Path) -> list[Path]:
    nodes, edges = (file.with_name(f"{file.stem}-{name}.csv") for name in ("nodes", "edges"))
    columns = {name: None for node in network.nodes.values() for name in node.row()}
    save_listing([node.row() for node in network.nodes.values()], "csv", nodes, list(columns))
    save_listing([asdict(edge) for edge in network.edges], "csv", edges, [field.name for field in fields(Edge)])
    return [nodes, edges]
