"""The search page and the suggestions: what they find is what plain substring search finds, whatever the filters."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from browsing import bundled_base
from site_base import get, page, site

import kb.search.bounded
from kb.evaluation.rows import read_rows
from kb.search.beside import facets
from kb.search.bounded import FILTERS, Count, search
from kb.search.hits import KINDS, hits
from kb.site import links
from kb.words.suggestions import words_with

WORDS = ["标准", "计量", "化标", "首席质量官", "率", "质量 奖励", "80%", "牵头 首席质量官"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled_base(tmp_path_factory.mktemp("search") / "demo.db")


@pytest.fixture(scope="module")
def shown(base: Path) -> Any:
    return site(base)


@pytest.fixture
def connection(base: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(base)) as opened:
        yield opened


@pytest.mark.parametrize("words", WORDS)
def test_it_finds_what_the_command_finds(connection: sqlite3.Connection, words: str) -> None:
    """Counts by kind are those of the whole search; every fact is listed, and every passage on which none stands."""
    whole = hits(connection, words)
    found = search(connection, words)
    assert {kind: count.number for kind, count in found.counts.items()} == {
        kind: sum(row["kind"] == kind for row in whole) for kind in KINDS
    }
    told = {row["passage_id"] for row in whole if row["kind"] != "passages"}
    wanted = {(row["kind"], row["id"]) for row in whole if row["kind"] != "passages" or row["id"] not in told}
    assert {(hit.kind, hit.id) for hit in found.hits} == wanted
    assert len(found.hits) == len(wanted)


@pytest.mark.parametrize("most", [1000, 5])
@pytest.mark.parametrize("words", WORDS[:4])
def test_filters_leave_what_is_in_such_documents(
    connection: sqlite3.Connection, words: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each value of each filter: as many hits as stand in its documents, whether they are ranked or only the first."""
    monkeypatch.setattr(kb.search.bounded, "MOST", most)
    whole = [row for row in hits(connection, words) if row["document_id"] is not None]
    for name, column in FILTERS.items():
        for row in read_rows(connection, f"select d.id, {column} as value from documents d where value <> ''"):
            value = row["value"]
            held = {
                one["id"] for one in read_rows(connection, f"select d.id from documents d where {column} = ?", [value])
            }
            found = search(connection, words, KINDS, {name: value})
            for kind in ("clauses", "plan_items", "passages"):
                number = sum(one["kind"] == kind and one["document_id"] in held for one in whole)
                assert found.counts[kind] == Count(min(number, most), number > most), (name, value, kind)
            assert {hit.document_id for hit in found.hits} - {None} <= held


def test_facets_count_the_hits(connection: sqlite3.Connection) -> None:
    """What a filter promises is what it leaves."""
    found = search(connection, "质量", ["clauses"])
    for name, choices in facets(connection, found, {}, 50).items():
        for choice in choices:
            left = search(connection, "质量", ["clauses"], {name: choice.value})
            assert len(left.hits) == choice.count, (name, choice)
        assert sum(choice.count for choice in choices) <= len(found.hits)


def test_of_a_frequent_word_the_first_hits_are_listed(
    shown: Any, connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts stay exact, the page says that it lists but the first, and the filters count documents."""
    exact = {kind: count.number for kind, count in search(connection, "质量").counts.items()}
    monkeypatch.setattr(kb.search.bounded, "MOST", 20)
    found = search(connection, "质量")
    assert not found.is_whole
    assert {kind: count.number for kind, count in found.counts.items()} == exact
    documents = Counter(row["kind"] for row in read_rows(connection, "select kind from documents"))
    counted = {choice.value: choice.count for choice in facets(connection, found, {}, 50)["doc_kind"]}
    assert counted == dict(documents)
    assert "not ranked" in page(shown, links.search("质量")).text_content()


@pytest.mark.parametrize("words", WORDS)
def test_every_hit_leads_to_its_page(shown: Any, connection: sqlite3.Connection, words: str) -> None:
    """The words are marked in what is listed, and the first links of each kind answer."""
    tree = page(shown, links.search(words))
    listed = tree.xpath("//li[@class='hit']")
    assert all(hit.xpath(".//mark") for hit in listed)
    assert bool(listed) == bool(hits(connection, words))
    targets = {href.split("/")[1]: href for href in tree.xpath("//li[@class='hit']//a/@href")}
    for href in targets.values():
        assert get(shown, href.partition("#")[0]).status_code == 200, href


def test_pages_of_hits_give_each_hit_once(shown: Any, connection: sqlite3.Connection) -> None:
    """Going on from page to page one meets every hit, and none twice."""
    found = search(connection, "标准", ["passages"])
    seen: list[str] = []
    address = links.search("标准", kind="passages")
    for _ in range(50):
        tree = page(shown, address)
        seen += tree.xpath("//li[@class='hit']//a[@class='what']/@href")
        following = tree.xpath("//nav[@class='pager']/a[@rel='next']/@href")
        if not following:
            break
        address = following[0]
    assert len(seen) == len(set(seen)) == len(found.hits)


def test_nothing_asked_and_nothing_found(shown: Any) -> None:
    """Without a word there is help; with words that are nowhere together, how often each is found alone."""
    assert page(shown, "/search").xpath("//*[contains(@class, 'help')]")
    alone = page(shown, links.search("牵头 首席质量官 没有这个词呀"))
    assert [int(text) for text in alone.xpath("//main//li[not(ancestor::nav)]/span[@class='note']/text()")][-1] == 0
    assert not alone.xpath("//li[@class='hit']")
    strange = get(shown, "/search?q=%22%29+OR+%2A&kind=nothing&page=-3&region=x%27")
    assert strange.status_code == 200


@pytest.mark.parametrize("kind", ["", "indicators", "departments", "clauses", "documents", "regions", "functions"])
def test_suggestions_contain_what_is_typed(shown: Any, kind: str) -> None:
    """At most twelve names, each with the page it stands for."""
    typed = {"regions": "州", "functions": "监督", "departments": "局"}.get(kind, "质量")
    answer = get(shown, f"/suggest?q={typed}&kind={kind}")
    offered = json.loads(answer.text)
    assert answer.headers["content-type"].startswith("application/json")
    assert 0 < len(offered) <= 12
    assert all(typed in one["value"] or kind == "regions" for one in offered)
    assert get(shown, offered[0]["href"]).status_code == 200


def test_a_box_for_everything_offers_words_too(shown: Any, connection: sqlite3.Connection) -> None:
    """Where few names contain it, words of the passages lead to the search; a box for names has names alone."""
    typed = "宣传"
    offered = {one["value"]: one["href"] for one in json.loads(get(shown, f"/suggest?q={typed}").text)}
    words = words_with(connection, typed)
    assert words
    assert [word for word in words if offered.get(word) == links.search(word)]
    assert not {one["value"] for one in json.loads(get(shown, f"/suggest?q={typed}&kind=departments").text)} & {*words}


def test_nothing_typed_is_nothing_suggested(shown: Any) -> None:
    """No words, no kind of that name: an empty list."""
    for address in ("/suggest", "/suggest?q=%20", "/suggest?q=质量&kind=nothing"):
        assert json.loads(get(shown, address).text) == []
