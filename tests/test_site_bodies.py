"""The pages of departments and functions."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from browsing import bundled_base
from gold_base import insert
from lxml import html
from site_base import get, page, rows, site
from small_base import small_base

from kb.base import memory_base
from kb.graph.partners import partners, partners_of, shared_tasks
from kb.questions import ask
from kb.site import links
from kb.site.duties import answered
from kb.site.tasks import Wanted, read_tasks

ODD = [
    "市一/二局",
    "100%局",
    "局%2F处",
    "甲?乙#丙&丁=戊",
    "a+b c~d.e",
    "..局",
    "<b>局</b>",
    "局\"'",
    "市局（筹）",
    "%E5",
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled_base(tmp_path_factory.mktemp("bodies") / "demo.db")


@pytest.fixture(scope="module")
def shown(base: Path) -> Any:
    return site(base)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base made by hand, with bodies of odd names and of no region that have a task each."""
    path = tmp_path_factory.mktemp("small") / "small.db"
    with closing(small_base()) as connection, closing(sqlite3.connect(path)) as copy:
        item = connection.execute("select id from plan_items order by id").fetchone()[0]
        passage = connection.execute("select passage_id from plan_items where id = ?", (item,)).fetchone()[0]
        for name in ODD:
            for region in ("990100", None):
                body = insert(connection, "departments", name=name, region_code=region)
                given = {"plan_item_id": item, "department_id": body, "role": "support", "raw": name}
                insert(connection, "assignments", passage_id=passage, **given)
        same = {"method": "decided", "reason": "decided by a person"}
        body = connection.execute("select id from departments where name = '市质监局'").fetchone()[0]
        insert(connection, "department_aliases", department_id=body, name="质监/局", **same)
        connection.commit()
        connection.backup(copy)
    return path


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


def table(tree: Any, section: str) -> list[list[str]]:
    """The cells of the first table behind a heading."""
    (heading,) = tree.xpath(f"//h2[@id='{section}']")
    return [[words(cell) for cell in row.xpath("./th|./td")] for row in heading.xpath("./following::table[1]/tbody/tr")]


def busiest(base: Path) -> dict[str, Any]:
    """The body that leads most."""
    sql = (
        "select b.id, b.region_code, b.name from assignments a join departments b on b.id = a.department_id"
        " where a.role = 'lead' group by b.id order by count(*) desc limit 1"
    )
    return rows(base, sql)[0]


def duties(base: Path, body: int) -> Counter[str]:
    """How many tasks and clauses a body has in each role, each once."""
    sql = "select distinct role, plan_item_id, clause_id from assignments where department_id = ?"
    return Counter(row["role"] for row in rows(base, sql, body))


# ---------------------------------------------------------------- the list


def test_the_list_has_the_figures_of_the_ready_question(base: Path, shown: Any) -> None:
    """Bodies stand in the order of what they lead, with the counts that department-ranking gives."""
    with closing(sqlite3.connect(base)) as connection:
        ranking = [row for row in ask(connection, "department-ranking") if row["region"] == "江苏省常州市"]
    listed = page(shown, links.departments(region="320400")).xpath("//tbody/tr")
    found = [[int(words(cell)) for cell in row.xpath("./td[@class='number']")] for row in listed]
    assert sorted(found) == sorted(
        [row["leads"], row["supports"], row["takes_part"] + row["supervises"]] for row in ranking
    )
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"q": "市场监督管理局", "region": "320400"}, {"市质监局", "市工商局", "市食药监局"}),  # by the name of today
        ({"q": "质量技术监督", "region": "320400"}, {"市质监局"}),  # by the full name
        ({"q": "没有这样的局"}, set()),
        ({"region": "000000"}, set()),
    ],
)
def test_the_list_is_filtered(shown: Any, filters: dict[str, str], names: set[str]) -> None:
    """By region, and by words of any of a body's names."""
    tree = page(shown, links.departments(**filters))
    assert {words(node) for node in tree.xpath("//tbody//th/a")} == names


def test_a_page_beyond_the_last_is_the_last(shown: Any) -> None:
    """Nobody is sent to an empty list."""
    assert page(shown, links.departments(page=999)).xpath("//tbody/tr")


# ---------------------------------------------------------------- one body


def test_every_body_has_a_page_with_its_duties(base: Path, shown: Any) -> None:
    """Figures of the head, documents and tasks are those of the assignments."""
    for body in rows(base, "select id, region_code, name from departments order by id"):
        tree = page(shown, links.department(body["region_code"], body["name"]))
        counts = duties(base, body["id"])
        head = [int(words(node)) for node in tree.xpath("//ul[@class='figures']/li/b")]
        assert head[:2] == [counts["lead"], counts["support"]]
        assert sum(int(row[2]) for row in table(tree, "documents")) == counts["lead"]
        assert len(table(tree, "tasks")) == min(counts.total(), 30)


def test_points_are_those_of_the_clauses_that_tasks_serve(base: Path, shown: Any) -> None:
    """By section, role and how the tie is known; a clause counts once however many tasks serve it."""
    body = busiest(base)
    sql = (
        "select c.document_id, c.id, c.points, c.kind, l.method from assignments a"
        " join links l on l.plan_item_id = a.plan_item_id join clauses c on c.id = l.clause_id"
        " where a.department_id = ? and a.role = 'lead' and l.status <> 'rejected'"
    )
    methods: dict[int, set[str]] = defaultdict(set)
    clauses: dict[int, dict[str, Any]] = {}
    for row in rows(base, sql, body["id"]):
        methods[row["id"]].add(row["method"])
        clauses[row["id"]] = row
    expected: dict[tuple[str, bool], float] = defaultdict(float)
    for key, clause in clauses.items():
        if clause["kind"] != "bonus":
            expected[clause["document_id"], methods[key] != {"inferred"}] += clause["points"] or 0
    with closing(sqlite3.connect(base)) as connection:
        found = {
            (rubric.document["id"], stated): one.points or 0
            for rubric in answered(connection, [body["id"]])
            for (role, stated), one in rubric.sums.items()
            if role == "lead"
        }
    assert found == expected
    tree = page(shown, links.department(body["region_code"], body["name"]))
    totals = [words(row) for row in tree.xpath("//tr[@class='total']")]
    for points in filter(None, expected.values()):
        assert any(f"{points:g} 分" in total for total in totals)


def test_points_of_a_heading_hold_those_below_it() -> None:
    """A body named beside a heading and beside a clause under it answers for the heading's points alone."""
    with closing(memory_base()) as connection:
        connection.execute("pragma foreign_keys = off")
        given = {"source": "x", "format": "txt", "sha256": "x", "revision": 1, "ingested_at": "2024"}
        insert(connection, "documents", id="r", title="细则", **given)
        place = {"document_id": "r", "points_status": "printed"}
        top = insert(connection, "clauses", code="S1", kind="section", title="甲", points=30, position=1, **place)
        low = {"parent_id": top, "kind": "scored", "points": 10}
        under = insert(connection, "clauses", code="1", title="乙", position=2, **low, **place)
        body = insert(connection, "departments", name="市局")
        for clause in (top, under):
            insert(connection, "assignments", clause_id=clause, department_id=body, role="lead", raw="市局")
        (rubric,) = answered(connection, [body])
    assert [(one.clauses, one.points) for one in rubric.sums.values()] == [(2, 30)]


def test_partners_are_those_of_the_whole_network(base: Path, shown: Any) -> None:
    """Who shares tasks with a body, how many, and who leads them; the picture shows the same and leads there."""
    body = busiest(base)
    tasks: dict[tuple[Any, Any], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows(base, "select * from assignments"):
        tasks[row["plan_item_id"], row["clause_id"]][row["department_id"]].add(row["role"])
    met: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for roles in tasks.values():
        for other in roles if body["id"] in roles else ():
            if other != body["id"]:
                who = (True, "lead" in roles[body["id"]], "lead" in roles[other])
                met[other] = [count + is_so for count, is_so in zip(met[other], who, strict=True)]
    with closing(sqlite3.connect(base)) as connection:
        found = partners_of(connection, body["id"])
        (whole,) = (
            row for row in partners(connection) if row["department"] == body["name"] and row["region"] == "常州"
        )
        assert {row["id"]: [row["tasks"], row["leads"], row["is_led"]] for row in found} == met
        assert (whole["partners"], whole["meetings"]) == (len(found), sum(row["tasks"] for row in found))
        among = shared_tasks(connection, [row["id"] for row in found])
        every = shared_tasks(connection)
    assert among == {pair: count for pair, count in every.items() if set(pair) <= met.keys()}
    tree = page(shown, links.department(body["region_code"], body["name"]))
    listed = table(tree, "partners")
    assert [int(row[1]) for row in listed] == [row["tasks"] for row in found]
    drawn = tree.xpath("//figure[@class='network']//a")
    assert len(drawn) == min(len(found), 20)
    assert {node.get("href") for node in drawn} <= {
        links.department(row["region_code"], row["department"]) for row in found
    }


def test_tasks_shared_with_another_body(base: Path, shown: Any) -> None:
    """The number of shared tasks opens them."""
    body = busiest(base)
    tree = page(shown, links.department(body["region_code"], body["name"]))
    row = tree.xpath("//h2[@id='partners']/following::table[1]/tbody/tr[3]")[0]
    address = urlsplit(row.xpath("./td[1]/a/@href")[0])
    narrowed = page(shown, f"{address.path}?{address.query}")
    assert len(table(narrowed, "tasks")) == int(words(row.xpath("./td[1]")[0]))


@pytest.mark.parametrize("role", ["lead", "support"])
def test_tasks_are_filtered_by_role(base: Path, shown: Any, role: str) -> None:
    """Page after page, every task of the role stands there once, with its source."""
    body = busiest(base)
    count = duties(base, body["id"])[role]
    found = []
    for number in range(1, -(-count // 30) + 1):
        tree = page(shown, links.department(body["region_code"], body["name"], role=role, page=number))
        rows_ = tree.xpath("//table[@class='tasks']/tbody/tr")
        assert all(row.xpath(".//a[@class='source']") for row in rows_)
        found += [words(row.xpath("./td[@class='task']")[0]) for row in rows_]
    assert len(found) == len(set(found)) == count


def test_a_task_says_which_clauses_it_serves(base: Path) -> None:
    """Ties that people rejected are not shown, printed ones come first."""
    body = busiest(base)
    with closing(sqlite3.connect(base)) as connection:
        tasks = read_tasks(connection, Wanted(body["id"]), 500, 0)
    for task in tasks:
        sql = "select count(*) as n from links where plan_item_id = ? and status <> 'rejected'"
        assert len(task["serves"]) == rows(base, sql, task["item_id"])[0]["n"]
        methods = [link["method"] == "inferred" for link in task["serves"]]
        assert methods == sorted(methods)


def test_successors_stand_on_the_page(small: Path) -> None:
    """What took over, as a whole or in part, when and on whose word."""
    tree = page(site(small), links.department("990100", "市质监局"))
    (row,) = table(tree, "succession")
    assert "市场监督管理" in row[1]
    assert row[4:] == ["2018", "机构改革方案"]
    assert "乙市市场监督管理局" in words(tree)


def test_every_link_of_a_page_leads_somewhere(base: Path, shown: Any) -> None:
    """To departments, functions, clauses, tasks, documents, cities, questions."""
    body = busiest(base)
    addresses = set()
    for address in (links.departments(), links.department(body["region_code"], body["name"]), links.functions()):
        addresses |= {href.partition("#")[0] for href in page(shown, address).xpath("//main//a/@href")}
    one_each = {}
    for address in sorted(filter(None, addresses)):
        one_each.setdefault((urlsplit(address).path.split("/")[1], len(address.split("/"))), []).append(address)
    for some in one_each.values():
        for address in some[:5]:
            assert get(shown, address).status_code in (200, 302), unquote(address)


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize("region", ["990100", None])
@pytest.mark.parametrize("name", ODD)
def test_any_sign_may_stand_in_a_name(small: Path, name: str, region: str | None) -> None:
    """Names come back from addresses as they are, and are shown as text."""
    shown = site(small)
    tree = page(shown, links.department(region, name))
    assert tree.xpath("//h1")[0].text_content().startswith(name)
    assert page(shown, links.departments(q=name, region=region or "-")).xpath("//tbody//th/a/@href") == [
        links.department(region, name)
    ]


def test_another_name_leads_to_the_body(small: Path) -> None:
    """An alias is an address too."""
    answer = get(site(small), links.department("990100", "质监/局"))
    assert (answer.status_code, answer.headers["location"]) == (302, links.department("990100", "市质监局"))


@pytest.mark.parametrize(
    "address",
    [links.department("990100", "没有的局"), links.department("000000", "市质监局"), links.function("没有的职能")],
)
def test_what_is_not_there_is_said_in_one_line(small: Path, address: str) -> None:
    """An unknown body or function is no error of the program."""
    answer = get(site(small), address)
    assert answer.status_code == 404
    assert "没有" in html.fromstring(answer.text).xpath("//main")[0].text_content()


# ---------------------------------------------------------------- functions


def test_functions_count_their_bodies(base: Path, shown: Any) -> None:
    """Each function with its regions, bodies and what they lead."""
    found = {row[0]: [int(cell) for cell in row[1:4]] for row in _first_table(page(shown, links.functions()))}
    sql = (
        "select f.name, count(distinct b.region_code) as regions, count(distinct b.id) as bodies,"
        " count(distinct case a.role when 'lead' then b.id || ' ' || ifnull(a.plan_item_id, 'c' || a.clause_id) end)"
        " as leads from functions f left join departments b on b.function_id = f.id"
        " left join assignments a on a.department_id = b.id group by f.id"
    )
    assert found == {row["name"]: [row["regions"], row["bodies"], row["leads"]] for row in rows(base, sql)}


def test_a_function_lists_its_bodies_city_by_city(base: Path, shown: Any) -> None:
    """Whoever holds it, with what became of it."""
    tree = page(shown, links.function("质量技术监督"))
    sql = (
        "select r.short_name, b.name || b.full_name as names from departments b"
        " join functions f on f.id = b.function_id left join regions r on r.code = b.region_code"
        " where f.name = '质量技术监督' order by b.region_code, b.name"
    )
    listed = table(tree, "bodies")
    assert [(row[0], row[1]) for row in listed] == [(row["short_name"], row["names"]) for row in rows(base, sql)]
    assert any("市场监督管理" in row[1] and row[3].startswith("2018") and row[4] for row in table(tree, "succession"))
    back = table(page(shown, links.function("市场监督管理")), "succession")
    assert any("质量技术监督" in row[1] for row in back)


def _first_table(tree: Any) -> list[list[str]]:
    return [[words(cell) for cell in row.xpath("./th|./td")] for row in tree.xpath("(//table)[1]/tbody/tr")]
