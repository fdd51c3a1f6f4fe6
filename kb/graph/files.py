"""The graph as files: for graph programs, for spreadsheets, for the eye."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path
from typing import cast, get_args

from extract.errors import ZhibiaoError
from kb.graph.network import Edge, Network, around
from kb.graph.networkx_door import Layout, write_network
from kb.graph.picture import picture
from kb.listing import save_listing

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


def _save_csv(network: Network, file: Path) -> list[Path]:
    nodes, edges = (file.with_name(f"{file.stem}-{name}.csv") for name in ("nodes", "edges"))
    columns = {name: None for node in network.nodes.values() for name in node.row()}
    save_listing([node.row() for node in network.nodes.values()], "csv", nodes, list(columns))
    save_listing([asdict(edge) for edge in network.edges], "csv", edges, [field.name for field in fields(Edge)])
    return [nodes, edges]
