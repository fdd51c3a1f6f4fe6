"""The pages of coverage: home, rubric, clause, matrix, cities, city."""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from browsing import bundled_base
from covered_base import covered_base
from lxml import html
from site_base import get, page, rows, site

from kb.coverage.across import brief, ties
from kb.coverage.reading import read_each
from kb.coverage.sums import sums
from kb.questions import ask, questions
from kb.site import kept as keeping
from kb.site import links
from kb.site.kept import kept
from kb.site.pages import cities, clause, matrix

OWN = re.compile("/(rubric|matrix|city|cities|document)(/|$|[?])")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled_base(tmp_path_factory.mktemp("coverage") / "demo.db")


@pytest.fixture(scope="module")
def shown(base: Path) -> Any:
    return site(base)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cities against one rubric, with every status, verdict and kind of clause."""
    path = tmp_path_factory.mktemp("made") / "made.db"
    with closing(covered_base()) as connection, closing(sqlite3.connect(path)) as copy:
        connection.commit()
        connection.backup(copy)
    return path


@pytest.fixture(scope="module")
def made_site(made: Path) -> Any:
    return site(made)


def texts(found: list[Any]) -> list[str]:
    return ["".join(node.text_content().split()) for node in found]


def find(node: Any, path: str) -> list[Any]:
    """What stands below a node by a path of tags and classes: `table.heat tr`, `[rel=next]`, `tr:not(.group)`."""
    steps = "".join("//" + (re.match(r"[\w*]+", step) or ["*"])[0] + _conditions(step) for step in path.split())
    return list(node.xpath("." + steps))


def _conditions(step: str) -> str:
    has = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
    classes = "".join(f"[{has.format(name)}]" for name in re.findall(r"(?<!\()\.([\w-]+)", step))
    others = "".join(f"[not({has.format(name)})]" for name in re.findall(r":not\(\.([\w-]+)\)", step))
    return classes + others + "".join(f"[@{name}='{value}']" for name, value in re.findall(r"\[(\w+)=(\w+)\]", step))


def rubric_of(base: Path) -> str:
    """The rubric that most plans are tied to."""
    sql = "select rubric_id from clause_coverage group by 1 order by count(distinct plan_id) desc, 1 limit 1"
    return str(rows(base, sql)[0]["rubric_id"])


@pytest.mark.parametrize("name", ["base", "made"])
def test_coverage_is_that_of_the_best_answer(name: str, request: pytest.FixtureRequest) -> None:
    """The view says of every clause and plan what its answers say one by one."""
    path = request.getfixturevalue(name)
    answers = rows(path, "select * from clause_answers")
    judged = rows(path, "select * from judged_clauses")
    (bounds,) = rows(path, "select * from coverage_bounds")
    expected = set()
    for plan, rubric in {(row["plan_id"], row["rubric_id"]) for row in answers}:
        for one in [row for row in judged if row["rubric_id"] == rubric]:
            own = [row for row in answers if (row["plan_id"], row["clause_id"]) == (plan, one["clause_id"])]
            own = [row for row in own if row["status"] != "rejected"]
            own.sort(key=lambda row: (-row["weight"], -row["is_claim"], row["relation"] or "", row["plan_item_id"]))
            best = own[0] if own else dict.fromkeys(answers[0])
            weight = best["weight"] or 0.0
            status = "doubtful" if weight >= bounds["doubtful"] else "uncovered"
            status = "covered" if best["is_claim"] and weight >= bounds["covered"] else status
            claims = sum(row["is_claim"] for row in own)
            expected.add((plan, one["clause_id"], status, best["plan_item_id"], best["evidence"], claims))
    columns = "plan_id, clause_id, status, best_item_id, evidence, claims"
    assert {tuple(row.values()) for row in rows(path, f"select {columns} from clause_coverage")} == expected


@pytest.mark.parametrize("name", ["base", "made"])
def test_brief_sums_are_those_of_the_whole_reading(name: str, request: pytest.FixtureRequest) -> None:
    """What maps show of a plan is what `zhibiao coverage` adds up."""
    with closing(sqlite3.connect(request.getfixturevalue(name))) as connection:
        for tie in ties(connection):
            (reading,) = read_each(connection, [tie["plan_id"]], tie["rubric_id"])
            assert brief(connection, tie["plan_id"], tie["rubric_id"], tie["city"]).sums == sums(reading.rows)


def test_home_counts(base: Path, shown: Any) -> None:
    """Counts, findings and questions are those of the base; digests are marked."""
    home = page(shown, "/")
    counted = [int(text.replace(",", "")) for text in texts(find(home, ".figures b"))]
    names = ("documents", "clauses", "thresholds", "plan_items", "assignments", "departments", "indicators")
    assert counted == [rows(base, f"select count(*) as n from {name}")[0]["n"] for name in names]
    kinds = {row["kind"]: row["n"] for row in rows(base, "select kind, count(*) as n from findings group by 1")}
    listed = {
        find(node, "a")[0].get("href"): int(find(node, ".count")[0].text)
        for node in find(home, ".lined li")
        if find(node, ".count")
    }
    assert listed == {links.findings(kind=kind): n for kind, n in kinds.items()}
    assert {node.get("href") for node in find(home, ".questions h3 a")} == {
        links.question(one.name) for one in questions()
    }
    (digests,) = rows(base, "select count(*) as n from documents where origin = 'digest'")
    assert len(find(home, "th .digest")) >= digests["n"] > 0


def test_home_maps_say_what_the_question_says(base: Path, shown: Any) -> None:
    """The total of every line of a map is that of the question coverage-summary."""
    with closing(sqlite3.connect(base)) as connection:
        asked = ask(connection, "coverage-summary")
    expected = {
        (links.city(row["region"], row["rubric_id"], row["plan_id"]), f"{row['points_covered'] / row['points']:.0%}")
        for row in ({"region": _region(base, str(found["plan_id"])), **found} for found in asked)
        if row["points"]
    }
    found = set()
    for table in find(page(shown, "/"), "table.heat"):
        total = [node.get("class") == "total" for node in find(table, "thead th")].index(True) - 1
        for line in find(table, "tbody tr"):
            found.add((find(line, "th a")[0].get("href"), find(line, "td b")[total].text))
    assert found == expected
    assert found


def _region(base: Path, document_id: str) -> str:
    return str(rows(base, "select region_code from documents where id = ?", document_id)[0]["region_code"])


def test_rubric_lists_every_clause_with_its_points(base: Path, shown: Any) -> None:
    """Each clause once, the points of each as they are in the base, the inferred ones marked."""
    for document in rows(base, "select distinct document_id as id from clauses"):
        clauses = rows(base, "select * from clauses where document_id = ?", document["id"])
        tree = find(page(shown, links.rubric(document["id"])), "table.tree tbody tr")
        found = {find(line, "th a")[0].get("href"): line for line in tree}
        assert len(tree) == len(found) == len(clauses)
        for row in clauses:
            points = find(found[links.rubric(document["id"], row["code"])], ".points")
            printed = (
                [] if row["points"] is None else [f"{row['points']:g}分" + "*" * (row["points_status"] == "inferred")]
            )
            assert texts(points) == printed


def test_rubric_counts_cities(base: Path, shown: Any) -> None:
    """Beside each clause stands how many plans cover it."""
    rubric = rubric_of(base)
    sql = "select c.code, v.status from clause_coverage v join clauses c on c.id = v.clause_id where v.rubric_id = ?"
    counts = Counter((row["code"], row["status"]) for row in rows(base, sql, rubric))
    for line in find(page(shown, links.rubric(rubric)), "table.tree tbody tr"):
        code = unquote(find(line, "th a")[0].get("href").rpartition("/")[2])
        for status in ("covered", "doubtful", "uncovered"):
            found = find(line, f"span.{status}")
            assert (int(found[0].text.split()[1]) if found else 0) == counts[code, status]


def test_clauses_are_a_chain(base: Path, shown: Any) -> None:
    """From the first clause one comes to the last through all of them, and every page says what its clause is."""
    rubric = rubric_of(base)
    sql = "select code, verification from clauses where document_id = ? order by position, id"
    address = links.rubric(rubric, rows(base, sql, rubric)[0]["code"])
    for row in rows(base, sql, rubric):
        assert address == links.rubric(rubric, row["code"])
        tree = page(shown, address)
        assert find(tree, "h1 .code")[0].text == row["code"]
        assert (row["verification"] or "") in tree.text_content()
        following = find(tree, ".neighbours [rel=next]")
        address = following[0].get("href") if following else ""
    assert address == ""


def test_clause_holds_figures_side_by_side(made_site: Any) -> None:
    """95 % is demanded: 甲 promises 93, 乙 96; the lower tier is no demand."""
    tree = page(made_site, links.rubric("rubric", "3"))
    verdicts = [
        (find(line, "td a")[0].text, *(node.get("class").split()[1] for node in find(line, "td .tag")))
        for line in tree.xpath("//h3[@id='figures']/following-sibling::div[1]//tbody/tr")
    ]
    assert verdicts == [("甲", "weaker"), ("乙", "stricter")]
    leads = {find(line, "th a")[0].text: [node.text for node in line.xpath("td[last()]/a")] for line in _cities(tree)}
    assert leads == {"甲": ["市质监局"], "乙": ["市市场监管局"]}


def _cities(tree: Any) -> list[Any]:
    return list(tree.xpath("//h2[@id='cities']/following-sibling::div[1]//tbody/tr"))


def test_clause_shows_what_is_rejected_as_such(made_site: Any) -> None:
    """What a person rejected is shown, and covers nothing."""
    tree = page(made_site, links.rubric("rubric", "B1"))
    assert len(find(tree, ".answer.rejected")) == 1
    assert [node.get("class") for line in _cities(tree) for node in find(line, "td .tag")] == ["tag uncovered"] * 2


def test_matrix_is_the_view(base: Path, shown: Any) -> None:
    """Every cell says in words what the view says; clauses that all cover are left out on demand."""
    rubric = rubric_of(base)
    sql = (
        "select c.code, v.status from clause_coverage v join clauses c on c.id = v.clause_id"
        " join documents d on d.id = v.plan_id where v.rubric_id = ? order by d.region_code, d.id"
    )
    expected: dict[str, list[str]] = {}
    for row in rows(base, sql, rubric):
        expected.setdefault(row["code"], []).append(row["status"])
    assert _matrix(shown, links.matrix(rubric)) == expected
    is_open = {code: cells for code, cells in expected.items() if set(cells) != {"covered"}}
    assert 0 < len(is_open) < len(expected)
    assert _matrix(shown, links.matrix(rubric, only="open")) == is_open


def _matrix(shown: Any, address: str) -> dict[str, list[str]]:
    words = {"已覆盖": "covered", "存疑": "doubtful", "可能未覆盖": "uncovered"}
    return {
        find(line, "th .code")[0].text: [words[mark.text.split()[1]] for mark in find(line, "td .mark")]
        for line in find(page(shown, address), "tbody tr:not(.group)")
    }


def test_many_cities_come_page_by_page(made_site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One city a page: each page has another, and the pages are linked."""
    places: list[tuple[Any, str, Callable[[Any], list[str]]]] = [
        (matrix, links.matrix("rubric"), lambda tree: texts(find(tree, "thead th a"))),
        (clause, links.rubric("rubric", "3"), lambda tree: texts(find(tree, "section.plan h3 a"))),
        (cities, links.cities(), lambda tree: texts(find(tree, "table.plans tbody th a"))),
    ]
    for module, address, names in places:
        monkeypatch.setattr(module, "ON_A_PAGE", 1)
        first = page(made_site, address)
        second = page(made_site, find(first, ".pager:not(.neighbours) [rel=next]")[0].get("href"))
        assert [names(first), names(second)] == [["甲"], ["乙"]]


def test_cities_lists_every_plan(base: Path, shown: Any) -> None:
    """All plans are there; against a named rubric all that are tied to it."""
    tree = page(shown, links.cities())
    plans = rows(base, "select distinct document_id as id from plan_items")
    linked = {node.get("href") for node in find(tree, "table.plans td a")}
    assert {links.document(plan["id"]) for plan in plans} <= linked
    rubric = rubric_of(base)
    tied = rows(base, "select distinct plan_id from clause_coverage where rubric_id = ?", rubric)
    assert len(find(page(shown, links.cities(rubric)), "table.heat tbody tr")) == len(tied)


def test_city_lists_gaps_first(made_site: Any) -> None:
    """What is probably uncovered, part by part; then what is doubtful; then what is covered, and where it is weak."""
    tree = page(made_site, links.city("991100", "rubric"))
    headings = tree.xpath("//h2[@id='gaps']/following-sibling::h3")
    statuses = [find(node, ".tag")[0].get("class") for node in headings]
    assert statuses == ["tag uncovered", "tag doubtful"]
    gaps = [[code.text for code in find(node, ".what .code")] for node in find(tree, "ul.gaps")]
    assert gaps == [["4", "5", "V1", "B1"], ["2", "1", "6"]]
    assert [code.text for code in find(tree, "details.covered-list .code")] == ["3"]
    weak = find(page(made_site, links.city("990100")), "table.weak tbody tr")
    assert [find(line, "th .code")[0].text for line in weak] == ["1", "2", "3"]


def test_city_sums(made: Path, made_site: Any) -> None:
    """The table of sections has the sums of the reading."""
    with closing(sqlite3.connect(made)) as connection:
        (reading,) = read_each(connection, ["b"], "rubric")
    lines = find(page(made_site, links.city("991100", "rubric")), "table.stakes tbody tr")
    expected = [
        ["" if row[name] is None else f"{row[name]:g}" for name in ("points", "points_covered", "points_at_risk")]
        for row in sums(reading.rows)
    ]
    assert [texts(find(line, "td.number"))[:3] for line in lines] == expected


def test_a_place_without_plan_shows_what_there_is(base: Path, shown: Any) -> None:
    """The country has documents and places below it, and no coverage."""
    tree = page(shown, links.city("100000"))
    documents = rows(base, "select id from documents where region_code = '100000'")
    hrefs = {node.get("href") for node in find(tree, "a")}
    assert {links.document(row["id"]) for row in documents} <= hrefs
    assert not find(tree, "table.stakes")


@pytest.mark.parametrize(
    "address",
    [
        "/rubric/nothing",
        "/rubric/nothing/1",
        "/rubric/rubric/99",
        "/matrix/a",
        "/city/0",
        "/city/990100?rubric=older",
        "/city/990100?plan=b",
        "/cities?rubric=nothing",
    ],
)
def test_what_is_not_there_is_told(made_site: Any, address: str) -> None:
    """404, and one line that says so."""
    answer = get(made_site, address)
    assert answer.status_code == 404
    assert len(find(html.fromstring(answer.text), "main p")[0].text_content()) < 120


def test_links_lead_somewhere(base: Path, shown: Any) -> None:
    """Every link between these pages, and into documents, has an answer."""
    rubric = rubric_of(base)
    (code,) = rows(base, "select code from clauses where document_id = ? and kind = 'scored' limit 1", rubric)
    regions = rows(base, "select code from regions")
    starts = [
        *("/", "/cities", links.cities(rubric), links.rubric(rubric), links.rubric(rubric, code["code"])),
        *(links.matrix(rubric), *(links.city(row["code"]) for row in regions)),
    ]
    found = {node.get("href").partition("#")[0] for start in starts for node in find(page(shown, start), "main a")}
    own = sorted(href for href in found if OWN.match(href) and "/diff" not in href)
    assert len(own) > 50
    assert {get(shown, href).status_code for href in own} == {200}


def test_results_are_kept_until_the_base_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is done once for a state of the file and of its log, and no more results are held than allowed."""
    monkeypatch.setattr(keeping, "MOST", 2)
    base, done = tmp_path / "x.db", []
    base.write_bytes(b"one")

    def work() -> int:
        done.append(1)
        return len(done)

    assert [kept(str(base), "a", work), kept(str(base), "a", work)] == [1, 1]
    base.with_name("x.db-wal").write_bytes(b"log")
    assert kept(str(base), "a", work) == 2
    os.utime(base, ns=(1, 1))
    assert [kept(str(base), name, work) for name in ("a", "b", "c", "a")] == [3, 4, 5, 6]
