"""Words: names stay whole, typical words of documents, clauses and cities, and what a search box offers."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from math import log
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.base import memory_base, transaction
from kb.cli import cli
from kb.errors import NothingToCompare, UnknownRecord
from kb.loading import insert
from kb.words.cities import city_words, log_odds
from kb.words.cutting import Cutter
from kb.words.keywords import clause_keywords, document_keywords
from kb.words.suggestions import words_with

TEXTS = {
    "a": ["由市质监局牵头建设计量检测中心", "计量检测中心开展计量检测服务", "加强企业管理"],
    "b": ["加强企业管理", "推动名牌培育", "名牌培育工程"],
    "c": ["加强企业管理", "开展安全生产检查"],
}
CITIES = {"a": ("330100", "甲州"), "b": ("330200", "乙州"), "c": ("330300", "丙州")}


@pytest.fixture
def base() -> Iterator[sqlite3.Connection]:
    """Three documents of three cities, each text a passage and a plan item said four times; one clause each."""
    with closing(memory_base()) as connection, transaction(connection):
        for (key, texts), (code, name) in zip(TEXTS.items(), CITIES.values(), strict=True):
            insert(connection, "regions", [{"code": code, "name": name, "short_name": name, "level": "municipal"}])
            row = {"id": key, "title": key, "region_code": code, "source": f"{key}.txt", "format": "txt", "sha256": key}
            insert(connection, "documents", [row | {"revision": 1, "ingested_at": "2024"}])
            passages = [
                {"document_id": key, "ordinal": n, "kind": "cell", "text": text} for n, text in enumerate(texts)
            ]
            insert(connection, "passages", passages)
            insert(connection, "plan_items", [{"document_id": key, "text": text} for text in texts for _ in range(4)])
            clauses = [
                {"document_id": key, "code": str(n), "kind": "scored", "title": text, "points_status": "none"}
                for n, text in enumerate(texts, 1)
            ]
            insert(connection, "clauses", clauses)
        insert(connection, "departments", [{"id": 1, "name": "市质监局", "region_code": "330100"}])
        insert(connection, "departments", [{"id": 2, "name": "计量院", "region_code": "330100"}])
        insert(connection, "indicators", [{"id": 1, "name": "产品计量检定合格率"}])
        insert(connection, "assignments", [{"plan_item_id": 1, "department_id": 1, "role": "lead", "raw": "市质监局"}])
        yield connection


def test_names_of_terms_and_of_the_base_stay_whole(base: sqlite3.Connection) -> None:
    """A department is one word, where jieba alone cuts behind the level word."""
    assert "由市质监局" not in list(Cutter().words("由市质监局牵头"))
    assert list(Cutter(["市质监局"]).words("由市质监局牵头")) == ["市质监局", "牵头"]
    assert "市质监局" in [row["word"] for row in document_keywords(base, "a", 50)]


def test_jieba_is_loaded_by_the_first_text_alone() -> None:
    """Loading the module does not load the dictionary."""
    code = "import sys, kb.words.suggestions, kb.words.keywords; print('jieba' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_the_words_of_a_document_are_scored_against_the_base(base: sqlite3.Connection) -> None:
    """Share of the words times log((1 + N) / n): what all documents say comes behind what one says as often."""
    rows = {row["word"]: row for row in document_keywords(base, "a", 50)}
    total = sum(row["count"] for row in rows.values())
    assert (rows["管理"]["documents"], rows["计量"]["documents"]) == (3, 1)
    for row in rows.values():
        assert row["score"] == pytest.approx(row["count"] / total * log(4 / row["documents"]), abs=1e-5)
    assert rows["管理"]["score"] < rows["牵头"]["score"]
    assert [row["word"] for row in document_keywords(base, "b", 2)] == ["名牌", "培育"]


def test_the_words_of_a_clause_are_scored_against_its_document(base: sqlite3.Connection) -> None:
    """Its own text is read, title, explanation and rules; a clause that is not there is one line."""
    insert(base, "score_rules", [{"clause_id": 1, "ordinal": 1, "mode": "tier", "condition": "建立名录"}])
    words = {row["word"]: row["clauses"] for row in clause_keywords(base, "a", "1", 50)}
    assert words["名录"] == 1
    assert words["中心"] == 2
    with pytest.raises(UnknownRecord, match=r"9: a has no such clause; `zhibiao show a`"):
        clause_keywords(base, "a", "9", 5)


def test_cities_are_told_apart_by_what_they_say_more(base: sqlite3.Connection) -> None:
    """What all say alike is nobody's; what one says is its own, with the uses elsewhere; places are left out."""
    insert(base, "plan_items", [{"document_id": "b", "text": "乙州名牌培育"} for _ in range(40)])
    rows = city_words(base, 10)
    assert {(row["city"], row["word"]) for row in rows} >= {("乙州", "名牌"), ("乙州", "培育"), ("甲州", "计量")}
    assert not {row["word"] for row in rows} & {"管理", "乙州"}
    assert all(row["z"] > 1.96 for row in rows)
    assert next(row for row in rows if row["word"] == "名牌") | {"z": 0} == {
        **{"city": "乙州", "word": "名牌", "count": 48, "others": 0, "z": 0}
    }


def test_log_odds_turn_their_sign_with_the_sides() -> None:
    """Here against there is the contrary of there against here, and more uses make it surer."""
    assert log_odds(9, 2, 500, 700) == pytest.approx(-log_odds(2, 9, 700, 500))
    assert log_odds(90, 20, 5000, 7000) > log_odds(9, 2, 500, 700) > 0


def test_one_city_is_not_compared(base: sqlite3.Connection) -> None:
    """There is nothing that it could say more than."""
    base.execute("delete from plan_items where document_id <> 'a' and id not in (select plan_item_id from assignments)")
    with pytest.raises(NothingToCompare, match="1 has plan items; ingest"):
        city_words(base, 5)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("质监", ["质监局"]), ("名", ["名牌"]), ("没有这个", []), ("%", []), ('"', []), (" ", []), ("", [])],
)
def test_a_search_box_offers_words(base: sqlite3.Connection, typed: str, offered: list[str]) -> None:
    """Longer words of the passages that have what is typed; nothing typed offers nothing; marks do no harm."""
    assert words_with(base, typed) == offered


def test_what_begins_so_is_offered_first_then_the_more_frequent(base: sqlite3.Connection) -> None:
    """Uses decide among words that begin alike, and the limit is kept."""
    document = base.execute("select min(id) from documents").fetchone()[0]
    for ordinal, text in enumerate(("监督管理，监督抽查，监督抽查", "质量监督局，监督员", "监督员"), 900):
        insert(base, "passages", [{"document_id": document, "ordinal": ordinal, "kind": "paragraph", "text": text}])
    found = words_with(base, "监督")
    assert found[0].startswith("监督")
    starts = [word.startswith("监督") for word in found]
    assert starts == sorted(starts, reverse=True)
    assert words_with(base, "监督", 1) == found[:1]


def test_the_command_needs_a_document_or_cities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither, both, or a clause of nothing is one line."""
    monkeypatch.chdir(tmp_path)
    for arguments in ([], ["a", "--cities"], ["--clause", "1"], ["--cities", "--clause", "1"]):
        result = CliRunner().invoke(cli, ["words", *arguments])
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1), arguments


def test_the_command_lists(base: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All listing formats are there; what is listed is what the functions give."""
    monkeypatch.chdir(tmp_path)
    base.execute("commit")
    with closing(sqlite3.connect("a.db")) as copy:
        base.backup(copy)
    base.execute("begin")  # the fixture ends its transaction
    result = CliRunner().invoke(cli, ["words", "b", "--db", "a.db", "--limit", "2", "--format", "json"])
    assert [row["word"] for row in json.loads(result.stdout)] == ["名牌", "培育"]
