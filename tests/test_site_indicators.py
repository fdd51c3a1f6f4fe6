"""The pages of indicators: the list, the charts, the table, contradictions, printings."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browsing import bundled_base
from covered_base import covered_base, threshold
from gold_base import insert
from site_base import get, page, rows, site

from kb.site import links
from kb.site.conflicts import conflicting
from kb.site.figures import DEMAND, LOWER, PROMISE

SHARE = "产品抽检合格率"
ODD = ["合格率/达标率", "100%率", "率%2F", "甲?乙#丙&丁=戊", "a+b c~d", "<b>率</b>", "率\"'"]
AGAINST = "产品抽检合格率: >= 95% here (3), >= 96% in 示范城市考核办法 (7)"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled_base(tmp_path_factory.mktemp("indicators") / "demo.db")


@pytest.fixture(scope="module")
def shown(base: Path) -> Any:
    return site(base)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cities against one rubric; more figures of an indicator, a contradiction, odd names."""
    path = tmp_path_factory.mktemp("made") / "made.db"
    with closing(covered_base()) as connection, closing(sqlite3.connect(path)) as copy:
        item = connection.execute("select id from plan_items where code = '3.1'").fetchone()[0]
        for values in (
            {"value": 5, "unit": "‰", "comparator": "<="},
            {"value": 90, "value_high": 95, "comparator": "between"},
            {"value": 3, "unit": "名", "comparator": "rank<="},
            {"value": None, "comparator": "increase"},
        ):
            threshold(connection, "a", SHARE, plan_item_id=item, **values)
        for name in ODD:
            threshold(connection, "a", name, value=1, plan_item_id=item)
        place = {"kind": "cell", "text": "x", "line": 1}
        passage = insert(connection, "passages", document_id="rubric", ordinal=99, **place)
        strict = "select min(id) from thresholds where document_id = 'rubric'"
        connection.execute(f"update thresholds set passage_id = ? where id = ({strict})", (passage,))
        told = {"kind": "conflicting_threshold", "severity": "warning", "message": AGAINST, "passage_id": passage}
        insert(connection, "findings", document_id="rubric", other_id="older", **told)
        older = {"kind": "scored", "title": "抽检", "points_status": "none"}
        clause = insert(connection, "clauses", document_id="older", code="7", **older)
        threshold(connection, "older", SHARE, value=96, clause_id=clause)
        number = connection.execute("select id from indicators where name = ?", (SHARE,)).fetchone()[0]
        for printed, method in ((SHARE, "name"), ("产品抽查/合格率", "rule")):
            why = {"comparable": SHARE, "method": method, "score": 1, "reason": "both are 产品抽检合格率"}
            insert(connection, "indicator_aliases", printed=printed, indicator_id=number, **why)
        connection.commit()
        connection.backup(copy)
    return path


@pytest.fixture(scope="module")
def made_site(made: Path) -> Any:
    return site(made)


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


def cells(tree: Any) -> list[list[str]]:
    return [[words(cell) for cell in row.xpath("./th|./td")] for row in tree.xpath("(//table)[1]/tbody/tr")]


def charts(tree: Any) -> dict[str, list[dict[str, Any]]]:
    """The marks of each chart by what stands below its axis."""
    found = {}
    for node in tree.xpath("//figure[@class='chart']/script"):
        spec = json.loads(node.text)
        found[spec["layer"][-1]["encoding"]["x"]["title"]] = spec["data"]["values"]
    return found


# ---------------------------------------------------------------- the list


def test_the_list_counts_documents_and_thresholds(base: Path, shown: Any) -> None:
    """All indicators, those of most documents first, with the counts of their thresholds."""
    sql = (
        "select n.name, count(distinct t.document_id) as documents, count(t.id) as thresholds from indicators n"
        " join thresholds t on t.indicator_id = n.id group by n.id"
    )
    expected = {row["name"]: (row["documents"], row["thresholds"]) for row in rows(base, sql)}
    found: list[tuple[str, int, int]] = []
    for number in range(1, -(-len(expected) // 100) + 1):
        found += [(row[0], int(row[2]), int(row[3])) for row in cells(page(shown, links.indicators(page=number)))]
    assert {name: counts for name, *counts in map(list, found)} == {name: [*pair] for name, pair in expected.items()}
    assert [row[1:] for row in found] == sorted((row[1:] for row in found), reverse=True)


@pytest.mark.parametrize("unit", ["%", "‰", "个"])
def test_the_list_is_filtered_by_unit(base: Path, shown: Any, unit: str) -> None:
    """Indicators with a threshold in the unit."""
    sql = "select distinct n.name from indicators n join thresholds t on t.indicator_id = n.id where t.unit = ?"
    assert {row[0] for row in cells(page(shown, links.indicators(unit=unit)))} == {
        row["name"] for row in rows(base, sql, unit)
    }


def test_the_list_is_filtered_by_text(base: Path, shown: Any) -> None:
    """Indicators that have all words in their name, or are printed so anywhere."""
    found = {row[0] for row in cells(page(shown, links.indicators(q="合格率 工程")))}
    names = {row["name"] for row in rows(base, "select name from indicators")}
    assert found == {name for name in names if "合格率" in name and "工程" in name}
    other = rows(base, "select printed, name from indicator_aliases a join indicators n on n.id = indicator_id")
    one = next(row for row in other if row["printed"] not in row["name"])
    assert one["name"] in {row[0] for row in cells(page(shown, links.indicators(q=one["printed"])))}
    assert cells(page(shown, links.indicators(q="没有这样的指标"))) == []


def test_contradictions_are_marked(base: Path, shown: Any) -> None:
    """The list can be narrowed to what findings say of figures that do not agree; each page tells them."""
    with closing(sqlite3.connect(base)) as connection:
        torn = conflicting(connection)
    told = {number for ids in torn.values() for number in ids}
    kinds = "('conflicting_threshold', 'conflicting_unit')"
    assert told == {row["id"] for row in rows(base, f"select id from findings where kind in {kinds}")}
    listed = page(shown, links.indicators(conflicts=1)).xpath("//tbody//th/a/@href")
    assert len(listed) == len(torn) > 0
    for address in listed:
        tree = page(shown, address)
        assert tree.xpath("//ol[@class='conflicts']/li//a[@class='source']")
        assert tree.xpath("//table[contains(@class, 'thresholds')]//a[contains(@class, 'conflict')]")


# ---------------------------------------------------------------- one indicator


def test_every_threshold_stands_in_the_table(base: Path, shown: Any) -> None:
    """Each with its owner and a way to its place."""
    sql = "select n.name, count(*) as n from thresholds t join indicators n on n.id = t.indicator_id group by 1"
    for row in rows(base, sql + " order by 2 desc, 1 limit 25"):
        listed = page(shown, links.indicator(row["name"])).xpath("//table[contains(@class, 'thresholds')]/tbody/tr")
        assert len(listed) == row["n"]
        assert all(one.xpath(".//a[@class='source']") for one in listed)


def test_figures_are_charted_by_measure(made_site: Any) -> None:
    """Shares on one axis in per cent, ranks on another; trends on none."""
    found = charts(page(made_site, links.indicator(SHARE)))
    assert {measure: sorted(mark["size"] for mark in marks) for measure, marks in found.items()} == {
        "%": [0.5, 90, 90, 93, 95, 96, 96],
        "名次 rank": [3],
    }


def test_marks_say_who_asks_and_which_way(made_site: Any) -> None:
    """Full demands, lower tiers and promises are told apart; a mark points where more is allowed, and has its place."""
    marks = charts(page(made_site, links.indicator(SHARE)))["%"]
    kinds = {(mark["size"], mark["kind"]) for mark in marks}
    assert kinds >= {(95, DEMAND), (96, DEMAND), (90, LOWER), (93, PROMISE), (96, PROMISE)}
    ways = {mark["printed"]: mark["way"] for mark in marks}
    assert ways["≥ 95%"].startswith("≥")
    assert ways["≤ 5‰"].startswith("≤")
    (between,) = (mark for mark in marks if "high" in mark)
    assert (between["size"], between["high"]) == (90, 95)
    assert next(mark for mark in marks if mark["size"] == 95)["href"].startswith("/document/rubric?at=99")


def test_words_beside_marks_do_not_overlap(made_site: Any) -> None:
    """Marks that are near each other in a row stand in different lanes."""
    marks = charts(page(made_site, links.indicator(SHARE)))["%"]
    places = [(mark["name"], mark["lane"], mark["size"]) for mark in marks]
    assert len(places) == len(set(places))


def test_both_sides_of_a_contradiction_are_marked(made_site: Any) -> None:
    """The threshold that the finding stands at, and the one it is held against; no other."""
    tree = page(made_site, links.indicator(SHARE))
    marked = [
        words(row.xpath(".//b")[0])
        for row in tree.xpath("//table[contains(@class, 'thresholds')]/tbody/tr[.//a[@href='#conflict-1']]")
    ]
    assert sorted(marked) == ["≥ 95%", "≥ 96%"]
    assert AGAINST in words(tree.xpath("//li[@id='conflict-1']")[0])


def test_printings_say_why_they_are_one(made_site: Any) -> None:
    """Each printing with the rule or the person that gathered it."""
    tree = page(made_site, links.indicator(SHARE))
    last = [words(row) for row in tree.xpath("(//table)[last()]/tbody/tr")]
    assert len(last) == 2
    assert any("产品抽查/合格率" in row and "both are" in row for row in last)


def test_every_link_of_a_page_leads_somewhere(base: Path, shown: Any) -> None:
    """To clauses, tasks, documents, cities, questions."""
    sql = (
        "select n.name from thresholds t join indicators n on n.id = t.indicator_id group by 1"
        " order by count(distinct t.document_id) desc limit 3"
    )
    found = {links.indicator(row["name"]) for row in rows(base, sql)} | {links.indicators()}
    addresses = {href.partition("#")[0] for address in found for href in page(shown, address).xpath("//main//a/@href")}
    one_each: dict[Any, list[str]] = {}
    for address in sorted(filter(None, addresses)):
        one_each.setdefault((urlsplit(address).path.split("/")[1], address.count("/")), []).append(address)
    for some in one_each.values():
        for address in some[:4]:
            assert get(shown, address).status_code == 200, address


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize("name", ODD)
def test_any_sign_may_stand_in_a_name(made_site: Any, name: str) -> None:
    """Names come back from addresses as they are, and are shown as text."""
    tree = page(made_site, links.indicator(name))
    assert tree.xpath("//h1")[0].text_content() == name
    assert links.indicator(name) in page(made_site, links.indicators(q=name)).xpath("//tbody//th/a/@href")


def test_another_printing_leads_to_the_indicator(made_site: Any) -> None:
    """A printing is an address too."""
    answer = get(made_site, links.indicator("产品抽查/合格率"))
    assert (answer.status_code, answer.headers["location"]) == (302, links.indicator(SHARE))


def test_what_is_not_there_is_said_in_one_line(made_site: Any) -> None:
    """An unknown indicator is no error of the program."""
    answer = get(made_site, links.indicator("没有的率"))
    assert answer.status_code == 404
    assert "没有这个指标" in answer.text
