"""The graph: nodes for every edge, files that read back whole, ways in words, bodies that work together."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from small_base import small_base

from kb.base import memory_base, open_base
from kb.cli import cli
from kb.commands import graphing
from kb.demo import ingest_bundled
from kb.graph.files import LAYOUTS, UnknownLayout, save_graph
from kb.graph.naming import UnknownNode, node_named
from kb.graph.network import TEXT_KINDS, Edge, Network, Node, around, distances, of_document, read_network
from kb.graph.networkx_door import betweenness, communities
from kb.graph.partners import COLUMNS, COMMUNITY_COLUMNS, partner_communities, partner_network, partners
from kb.graph.paths import in_words, paths
from kb.graph.picture import picture
from kb.graph.placing import placed
from kb.graph.words import KINDS, RELATIONS


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled documents as a base."""
    path: Path = tmp_path_factory.mktemp("graph") / "bundled.db"
    with closing(open_base(path, create=True)) as connection:
        assert {outcome.status for outcome in ingest_bundled(connection, path)} == {"added"}
    return path


@pytest.fixture(scope="module")
def bundled(path: Path) -> Network:
    with closing(open_base(path)) as connection:
        return read_network(connection)


@pytest.fixture
def base() -> sqlite3.Connection:
    return small_base()


@pytest.fixture
def small(base: sqlite3.Connection) -> Network:
    return read_network(base)


def run(path: Path, command: str, *arguments: object) -> Result:
    """Run a command on a base."""
    return CliRunner().invoke(cli, [command, *map(str, arguments), "--db", str(path)])


# ---------------------------------------------------------------- nodes and edges


def test_every_end_of_an_edge_is_a_node(path: Path) -> None:
    """The view of nodes has each thing once, with a label, and every end of every edge."""
    with closing(open_base(path)) as base:
        nodes = base.execute("select id, kind, label, document_id from nodes").fetchall()
        ends = {row[0] for row in base.execute("select source from edges union select target from edges")}
        documents = {row[0] for row in base.execute("select id from documents")}
    ids = [row["id"] for row in nodes]
    assert len(set(ids)) == len(ids)
    assert ends <= set(ids)
    assert all(row["label"] and row["id"].startswith(f"{row['kind']}:") for row in nodes)
    assert {row["document_id"] for row in nodes} == {*documents, None}
    assert {row["kind"] for row in nodes} <= KINDS.keys()


def test_every_relation_has_words() -> None:
    """Each relation and kind that the schema can give is named in Chinese and in English."""
    sql = memory_base().execute("select sql from sqlite_master where name = 'edges'").fetchone()[0]
    named = set(re.findall(r"'([a-z_]+)'", sql)) - {"primary", "rejected"}
    roles = {"lead", "support", "member", "supervise"}
    relations = {"draft_of", "replaces", "repeals", "forwards", "annex_of"}
    assert named | roles | relations | {"works_with"} == RELATIONS.keys()


def test_text_is_left_out_unless_asked_for(path: Path, bundled: Network) -> None:
    """Passages and what is like them are nodes only where they are asked for."""
    assert not TEXT_KINDS & {node.kind for node in bundled.nodes.values()}
    with closing(open_base(path)) as base:
        full = read_network(base, text=True)
        count = base.execute("select count(*) from (select distinct source, relation, target from edges)").fetchone()[0]
    assert len(full.edges) == count > len(bundled.edges)
    assert {node.kind for node in full.nodes.values()} >= {"passage", "finding"}


def test_a_neighbourhood_does_not_go_through_documents(base: sqlite3.Connection, small: Network) -> None:
    """A document is a neighbour; its other facts are not, unless one starts from the document."""
    item = node_named(base, small, "plan:1")
    near = distances(small, item.id, 6)
    assert near["document:plan"] == 1
    assert "document:notice" not in distances(small, item.id, 2)
    assert near[item.id] == 0
    start = distances(small, "document:plan", 1)
    assert {small.nodes[key].kind for key in start} >= {"plan_item", "region", "document"}
    part = around(small, item.id, 1)
    assert all(item.id in (edge.source, edge.target) or edge in small.edges for edge in part.edges)
    assert part.nodes.keys() == {key for key, far in near.items() if far <= 1}


def test_the_graph_of_a_document(base: sqlite3.Connection, small: Network) -> None:
    """A document's graph has its own facts, who does them, the clauses that they serve, and who repeals it."""
    part = of_document(small, "plan")
    assert {node.document_id for node in part.nodes.values()} == {"plan", "rubric", "notice", None}
    own = {key for key, node in small.nodes.items() if node.document_id == "plan"}
    assert own <= part.nodes.keys()
    assert {node.kind for node in part.nodes.values()} >= {"department", "indicator", "clause", "region"}
    assert "市财政局（乙市）" not in {node.label for node in part.nodes.values()}


# ---------------------------------------------------------------- files


def awkward() -> Network:
    """A network with what breaks files: marks of XML, control characters, breaks of lines, parallel edges."""
    nodes = [Node("clause:1", "clause", '1 <b>&"\x00\x0b\uffff\n甲', "d"), Node("department:2", "department", "乙")]
    edges = [Edge("department:2", role, "clause:1") for role in ("lead", "support")]
    return Network({node.id: node for node in nodes}, (*edges, Edge("clause:1", "part_of", "clause:1")))


READERS = {
    "graphml": lambda file: networkx.read_graphml(file, force_multigraph=True),
    "gexf": networkx.read_gexf,
    "json": lambda file: networkx.node_link_graph(json.loads(file.read_text(encoding="utf-8")), edges="edges"),
}


@pytest.mark.parametrize("which", ["bundled", "bodies", "awkward"])
@pytest.mark.parametrize("layout", READERS)
def test_what_is_written_is_read_back(layout: str, which: str, path: Path, tmp_path: Path) -> None:
    """Nodes with all that is known of them and edges with relation, direction and weight come back, each once."""
    with closing(open_base(path)) as base:
        network = {"bundled": read_network(base), "bodies": partner_network(base), "awkward": awkward()}[which]
    file = tmp_path / f"graph.{layout}"
    assert save_graph(network, file, layout, None, 1) == [file]
    graph = READERS[layout](file)
    assert graph.number_of_nodes() == len(network.nodes)
    assert graph.number_of_edges() == len(network.edges)
    read = ((*ends, values["relation"], values["weight"]) for *ends, values in graph.edges(data=True))
    assert Counter(read) == Counter((edge.source, edge.target, edge.relation, edge.weight) for edge in network.edges)
    for key, node in network.nodes.items():
        values = graph.nodes[key]
        assert all(values.get(name) == value for name, value in node.values)
        assert (values["kind"], values.get("document_id")) == (node.kind, node.document_id)
        assert values["label"] == re.sub("[\x00\x0b\uffff]", "", " ".join(node.label.split()))


def test_ids_of_edges_are_unique_in_graphml(bundled: Network, tmp_path: Path) -> None:
    """Programs that take edges of one id for one edge lose none."""
    save_graph(bundled, tmp_path / "g.graphml", "graphml", None, 1)
    root = ElementTree.parse(tmp_path / "g.graphml").getroot()
    ids = [edge.get("id") for edge in root.iter("{http://graphml.graphdrawing.org/xmlns}edge")]
    assert len(set(ids)) == len(ids) == len(bundled.edges)


def test_csv_is_two_tables(bundled: Network, tmp_path: Path) -> None:
    """Nodes and edges each have a table that a spreadsheet opens with its Chinese intact."""
    files = save_graph(bundled, tmp_path / "g.csv", "csv", None, 1)
    assert [file.name for file in files] == ["g-nodes.csv", "g-edges.csv"]
    nodes, edges = (list(csv.DictReader(file.open(encoding="utf-8-sig", newline=""))) for file in files)
    assert len(nodes) == len(bundled.nodes)
    assert [Edge(**(row | {"weight": int(row["weight"])})) for row in edges] == list(bundled.edges)
    assert {row["id"]: row["label"] for row in nodes} == {key: node.label for key, node in bundled.nodes.items()}


def test_a_picture_needs_a_middle(bundled: Network, tmp_path: Path) -> None:
    """The whole graph is no picture."""
    with pytest.raises(UnknownLayout, match="--around"):
        save_graph(bundled, tmp_path / "g.svg", "svg", None, 1)


# ---------------------------------------------------------------- the picture

SVG = "{http://www.w3.org/2000/svg}"


def boxes_of(svg: str) -> list[tuple[float, float, float, float]]:
    """The frames of the boxes: left, top, right, bottom."""
    frames = [rect for group in ElementTree.fromstring(svg).iter(f"{SVG}g") for rect in group.findall(f"{SVG}rect")]
    found = {tuple(float(rect.attrib[name]) for name in ("x", "y", "width", "height")) for rect in frames}
    return [(x, y, x + wide, y + high) for x, y, wide, high in sorted(found)]


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("kind", ["department", "clause", "plan_item", "indicator", "document", "region", "function"])
def test_no_two_boxes_of_a_picture_overlap(bundled: Network, kind: str, depth: int) -> None:
    """Every node that is placed has a box of its own inside the picture; the same graph gives the same picture."""
    start = max(
        (node.id for node in bundled.nodes.values() if node.kind == kind), key=lambda key: len(bundled.beside[key])
    )
    svg = picture(bundled, start, depth)
    assert svg == picture(bundled, start, depth)
    boxes = boxes_of(svg)
    assert len(boxes) == sum(box.node is not None for box in placed(bundled, start, depth, 40)) > 1
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert right <= other[0] or bottom <= other[1] or other[3] <= top or other[2] <= left
    root = ElementTree.fromstring(svg)
    assert max(box[2] for box in boxes) <= float(root.attrib["width"])
    assert max(box[3] for box in boxes) <= float(root.attrib["height"])


def test_a_picture_says_what_it_left_out(bundled: Network) -> None:
    """A column has room for forty; the rest is a number, and nothing is lost between both."""
    document = next(node for node in bundled.nodes.values() if node.kind == "document")
    boxes = placed(bundled, document.id, 1, 40)
    left_out = sum(box.left_out for box in boxes)
    assert left_out > 0
    assert sum(box.node is not None for box in boxes) + left_out == len(distances(bundled, document.id, 1))
    assert f"({max(box.left_out for box in boxes)} more)" in picture(bundled, document.id, 1)


def test_a_picture_shows_direction_and_words(base: sqlite3.Connection, small: Network) -> None:
    """What points at the middle stands left of it, what it points at right, with the relation in words."""
    item = node_named(base, small, "plan:1")
    sides = {box.node.kind: box.column for box in placed(small, item.id, 1, 40) if box.node is not None}
    assert sides["department"] == -1
    assert sides["plan_item"] == 0
    assert sides["clause"] == sides["document"] == 1
    svg = picture(small, item.id, 1)
    assert "← 牵头 leads · 部门 department" in svg
    assert "→ 落实 serves · 条款 clause" in svg


@given(st.text(max_size=60))
def test_a_picture_of_any_label_is_xml(label: str) -> None:
    """Whatever a document printed, the picture can be parsed, and no markup of the document is in it."""
    node = Node("clause:1", "clause", f"<script>{label}</script>", None)
    root = ElementTree.fromstring(picture(Network({node.id: node}, ()), node.id, 2))
    assert {element.tag for element in root.iter()} <= {f"{SVG}{tag}" for tag in ("svg", "rect", "text", "g", "title")}


# ---------------------------------------------------------------- names and ways


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("department:1", "市质监局（乙市）"),
        ("市质监局", "市质监局（乙市）"),
        ("乙市 质监", "市质监局（乙市）"),
        ("抽检合格率", "抽检合格率"),
        ("rubric", "示范城市考核细则"),
        ("rubric.txt", "示范城市考核细则"),
        ("rubric.txt:B1", "B1 建立奖励制度"),
        ("考核细则", "示范城市考核细则"),
        ("rubric:B1", "B1 建立奖励制度"),
        ("考核细则：B1", "B1 建立奖励制度"),
        ("rubric/B1", "B1 建立奖励制度"),
        ("奖励制度", "B1 建立奖励制度"),
        ("市场监督管理", "市场监督管理"),
    ],
)
def test_things_are_named_in_many_ways(base: sqlite3.Connection, small: Network, name: str, label: str) -> None:
    """An id, a whole name, words of it with its region, a code in a document, words of a clause."""
    assert node_named(base, small, name).label == label


def test_a_name_that_fits_several_things_lists_them(base: sqlite3.Connection, small: Network) -> None:
    """One line names the candidates with their ids; a name that fits nothing says so."""
    with pytest.raises(UnknownNode, match=r"局: fits 2 things, .*department:1 市质监局（乙市）; department:4") as error:
        node_named(base, small, "局")
    assert "\n" not in str(error.value)
    with pytest.raises(UnknownNode, match=r"notice:1: fits 2 things.*clause:.*plan_item:"):
        node_named(base, small, "notice:1")
    with pytest.raises(UnknownNode, match="查无此物: nothing in the graph"):
        node_named(base, small, "查无此物")
    with pytest.raises(UnknownNode, match="nothing in the graph"):
        node_named(base, small, "  ")


def test_a_way_is_told_in_words(base: sqlite3.Connection, small: Network) -> None:
    """Each step says the relation and which way it points; documents stand beside their facts."""
    bureau, clause = node_named(base, small, "市质监局"), node_named(base, small, "rubric:1")
    assert list(in_words(paths(small, bureau, clause), 30)) == [
        "市质监局（乙市）  [部门 department department:1]",
        "  —牵头 leads→ 1 加强产品抽检  [任务 plan item plan_item:1，乙市创建工作方案]",
        "  —落实 serves→ 1 抽检合格率稳定  [条款 clause clause:2，示范城市考核细则]",
    ]
    back = paths(small, clause, bureau)
    assert [row["direction"] for row in back] == ["", "back", "back"]


def test_hubs_and_candidates_are_the_last_resort() -> None:
    """A longer way over facts goes before a short one over a candidate, and that before one over a document."""
    kinds = ("clause", "plan_item", "department", "document", "indicator")
    nodes = {f"{kind}:{number}": Node(f"{kind}:{number}", kind, kind) for kind in kinds for number in (1, 2)}
    facts = [Edge("department:1", "lead", "plan_item:1"), Edge("plan_item:1", "serves", "clause:1")]
    facts += [Edge("plan_item:2", "serves", "clause:1")]
    hub = [Edge("plan_item:2", "in_document", "document:1"), Edge("department:1", "cites", "document:1")]
    candidate = [Edge("plan_item:2", "may_serve", "clause:2"), Edge("department:1", "lead", "clause:2")]

    def between(edges: list[Edge]) -> list[str]:
        rows = paths(Network(nodes, tuple(edges)), nodes["department:1"], nodes["plan_item:2"])
        return [row["id"] for row in rows[1:-1]]

    assert between([*facts, *hub, *candidate]) == ["plan_item:1", "clause:1"]
    assert between([*hub, *candidate]) == ["clause:2"]
    assert between(hub) == ["document:1"]
    assert between(facts[:2]) == []


def test_no_way_is_no_rows() -> None:
    """Things that nothing ties together have no way between them."""
    nodes = {key: Node(key, "indicator", key) for key in ("indicator:1", "indicator:2")}
    assert paths(Network(nodes, ()), *nodes.values()) == []


# ---------------------------------------------------------------- bodies that work together


def test_partners_count_shared_tasks(path: Path) -> None:
    """Partners and meetings are those that a count pair by pair gives."""
    with closing(open_base(path)) as base:
        rows = partners(base)
        pairs = meetings(base)
        bodies = base.execute("select count(distinct department_id) from assignments").fetchone()[0]
    assert len(rows) == bodies
    assert tuple(rows[0]) == COLUMNS
    assert sum(row["meetings"] for row in rows) == 2 * sum(pairs.values()) > 0
    assert sum(row["partners"] for row in rows) == 2 * len(pairs)
    assert all((row["community"] is None) == (row["partners"] == 0) for row in rows)
    assert all(row["leads"] <= row["tasks"] for row in rows)


def meetings(base: sqlite3.Connection) -> Counter[tuple[int, int]]:
    """How many tasks and clauses each two bodies share, counted by hand."""
    groups: dict[tuple[object, object], set[int]] = {}
    for row in base.execute("select plan_item_id, clause_id, department_id from assignments"):
        for kind in ("plan_item_id", "clause_id"):
            if row[kind] is not None:
                groups.setdefault((kind, row[kind]), set()).add(row["department_id"])
    return Counter((a, b) for bodies in groups.values() for a in bodies for b in bodies if a < b)


def test_communities_and_centrality() -> None:
    """Two groups that meet often and share one member's task are two communities; the bridge lies between."""
    left, right = [(1, 2), (1, 3), (2, 3)], [(4, 5), (4, 6), (5, 6)]
    shared = dict.fromkeys([*left, *right], 5) | {(3, 4): 1}
    assert communities(shared) == communities(shared) == [{1, 2, 3}, {4, 5, 6}]
    between = betweenness(shared)
    assert between[3] == between[4] > between[1] == between[6] == 0
    assert communities({}) == []
    assert betweenness({}) == {}


def test_the_graph_of_bodies_says_what_the_listing_says(path: Path) -> None:
    """Each body is a node with its figures, each pair that meets an edge with the number of tasks it shares."""
    with closing(open_base(path)) as base:
        network, rows, pairs = partner_network(base), partners(base), meetings(base)
        labels = dict(base.execute("select id, label from nodes where kind = 'department'").fetchall())
    assert {key: node.label for key, node in network.nodes.items()}.items() <= labels.items()
    assert Counter(dict(node.values)["betweenness"] for node in network.nodes.values()) == Counter(
        row["betweenness"] for row in rows
    )
    weights = {(edge.source, edge.target): edge.weight for edge in network.edges}
    assert weights == {(f"department:{one}", f"department:{other}"): tasks for (one, other), tasks in pairs.items()}


def test_communities_add_up(path: Path) -> None:
    """Every body with partners is in one community, and its meetings are inside it or outside."""
    with closing(open_base(path)) as base:
        bodies, rows = partners(base), partner_communities(base)
    assert tuple(rows[0]) == COMMUNITY_COLUMNS
    assert sum(row["bodies"] for row in rows) == sum(body["partners"] > 0 for body in bodies)
    assert sum(2 * row["inside"] + row["outside"] for row in rows) == sum(body["meetings"] for body in bodies)
    assert [row["bodies"] for row in rows] == sorted((row["bodies"] for row in rows), reverse=True)
    assert all(row["departments"].count("、") >= row["bodies"] - 1 for row in rows)


# ---------------------------------------------------------------- commands


def test_the_command_offers_every_layout() -> None:
    """`--to` names what can be written."""
    assert graphing.LAYOUTS == LAYOUTS


def test_graph_writes_what_the_ending_says(path: Path, tmp_path: Path) -> None:
    """A file's ending chooses the layout, --to overrides it, and the files written are told."""
    result = run(path, "graph", tmp_path / "all.graphml")
    assert (result.exit_code, result.output) == (0, f"{tmp_path / 'all.graphml'}\n")
    result = run(path, "graph", tmp_path / "near.svg", "--around", "常州 质监局", "--depth", 1)
    assert result.exit_code == 0
    assert "市质监局" in (tmp_path / "near.svg").read_text(encoding="utf-8")
    result = run(path, "graph", tmp_path / "part", "--to", "csv", "--document", "常州")
    assert result.output.split() == [str(tmp_path / "part-nodes.csv"), str(tmp_path / "part-edges.csv")]
    assert run(path, "graph", tmp_path / "b.svg", "--bodies", "--around", "常州 质监局").exit_code == 0
    assert "协作 works with" in (tmp_path / "b.svg").read_text(encoding="utf-8")
    assert run(path, "graph", tmp_path / "b.svg", "--bodies", "--document", "常州").exit_code == 2
    result = run(path, "graph", tmp_path / "part")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "--to graphml" in result.stderr


def test_path_and_partners_on_the_command_line(path: Path) -> None:
    """Both print for a reader and as rows; a way that is not there is told."""
    result = run(path, "path", "市体育局", "条款 不存在")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    result = run(path, "path", "市体育局", "郑州 质监局", "--format", "json")
    rows = json.loads(result.output)
    assert (rows[0]["label"], rows[0]["step"]) == ("市体育局（常州）", 0)
    assert run(path, "path", "市体育局", "郑州 质监局").output.startswith(
        "市体育局（常州）  [部门 department department:"
    )
    assert run(path, "partners").output.splitlines()[0].split() == list(COLUMNS)
    assert run(path, "partners", "--communities", "--format", "csv").output.startswith(",".join(COMMUNITY_COLUMNS))
