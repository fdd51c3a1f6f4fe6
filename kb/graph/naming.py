"""Which node somebody means: by its id, by document and code, by its name, by words of its label."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress

from extract.errors import ZhibiaoError
from kb.errors import UnknownDocument
from kb.graph.network import Network, Node
from kb.listing import clipped
from kb.search.pairs import folded
from kb.show import document_named

CODED = re.compile(r"(?P<document>.+?)(?:[:：/]|\s)\s*(?P<code>\S+)")
SHARED = frozenset({"department", "indicator", "function", "document", "region"})
MOST = 6  # candidates that are told
REGION = re.compile("（[^（）]*）$")  # behind a department's name in its label


class UnknownNode(ZhibiaoError):
    """Nothing in the graph is called so, or more than one thing is."""


def node_named(connection: sqlite3.Connection, network: Network, name: str) -> Node:
    """The node that a name means; the first way of naming that fits anything decides.

    An id (clause:12); a document and a code in it (320400-1d8f57:13.2); the whole name of a department, indicator,
    function, region or document; words of such a name; whatever else names a document; words of a clause, a plan item
    or anything else.
    """
    if name in network.nodes:
        return network.nodes[name]
    for way in (_by_code, _by_whole_name, _by_words_shared, _by_document, _by_words):
        fitting = list(way(connection, network, name))
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise UnknownNode(_several(name, fitting))
    raise UnknownNode(f"{name}: nothing in the graph is called so; try `zhibiao search {name}`")


def _several(name: str, fitting: list[Node]) -> str:
    shown = "; ".join(f"{node.id} {clipped(node.label, 36)}" for node in fitting[:MOST])
    more = f"; and {len(fitting) - MOST} more" if len(fitting) > MOST else ""
    return f"{name}: fits {len(fitting)} things, name one by its id or add a word: {shown}{more}"


def _by_code(connection: sqlite3.Connection, network: Network, name: str) -> Iterable[Node]:
    """Clauses and plan items of a document, by their codes there."""
    match = CODED.fullmatch(name.strip())
    if match is None:
        return
    fits = _in_label(match["document"])
    documents = {key for key, node in network.nodes.items() if node.kind == "document" and fits(node)}
    documents |= {node.id for node in _by_document(connection, network, match["document"])}
    for node in network.nodes.values():
        coded = node.kind in ("clause", "plan_item") and f"document:{node.document_id}" in documents
        if coded and node.label.partition(" ")[0] == match["code"]:
            yield node


def _by_whole_name(_: sqlite3.Connection, network: Network, name: str) -> Iterable[Node]:
    """What is called exactly so; a department with or without its region."""
    sought = _key(name)
    for node in network.nodes.values():
        if node.kind in SHARED and sought in (_key(node.label), _key(REGION.sub("", node.label))):
            yield node


def _by_words_shared(_: sqlite3.Connection, network: Network, name: str) -> Iterable[Node]:
    fits = _in_label(name)
    return (node for node in network.nodes.values() if node.kind in SHARED and fits(node))


def _by_document(connection: sqlite3.Connection, network: Network, name: str) -> Iterable[Node]:
    """The document that every other command understands by this name."""
    with suppress(UnknownDocument):
        key = f"document:{document_named(connection, name)}"
        if key in network.nodes:
            yield network.nodes[key]


def _by_words(_: sqlite3.Connection, network: Network, name: str) -> Iterable[Node]:
    """Whatever has all the words in its label or in the title of its document."""
    fits = _in_label(name)
    for node in network.nodes.values():
        title = network.nodes.get(f"document:{node.document_id}")
        if fits(node, "" if title is None else title.label):
            yield node


def _in_label(name: str) -> Callable[..., bool]:
    words = folded(name).split()

    def fits(node: Node, title: str = "") -> bool:
        label = folded(node.label)
        places = label + "\n" + folded(title)
        return bool(words) and all(word in places for word in words) and any(word in label for word in words)

    return fits


def _key(text: str) -> str:
    return "".join(folded(text).split())
