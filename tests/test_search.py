"""`zhibiao search`: every hit and no other, facts first, grouped by document, words set off on a terminal."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click import unstyle
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from small_base import small_base

from kb.base import open_base
from kb.cli import cli
from kb.commands import searching
from kb.demo import ingest_bundled
from kb.listing import visible, width
from kb.search.hits import COLUMNS, KINDS, hits
from kb.search.pairs import contains, spans, words
from kb.search.screen import around, marked, screen


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled documents as a base."""
    path: Path = tmp_path_factory.mktemp("search") / "bundled.db"
    with closing(open_base(path, create=True)) as connection:
        assert {outcome.status for outcome in ingest_bundled(connection, path)} == {"added"}
    return path


def search(path: Path, *arguments: object, color: bool = False) -> Result:
    """Run the command on a base."""
    return CliRunner().invoke(cli, ["search", "--db", str(path), *map(str, arguments)], color=color)


def found(base: sqlite3.Connection, query: str, **narrowed: object) -> list[tuple[str, str | None]]:
    """Hits as kind and code, or text where there is no code."""
    return [(row["kind"], row["code"] or row["text"]) for row in hits(base, query, **narrowed)]  # type: ignore[arg-type]


def test_kinds_are_those_of_the_index() -> None:
    """The command offers each kind that the search knows."""
    assert set(searching.KINDS) == set(KINDS)


def test_hits_are_shared_things_then_facts_then_passages() -> None:
    """A word finds departments and indicators first, then each document's clauses, plan items and passages."""
    base = small_base()
    assert found(base, "抽检合格率") == [
        ("indicators", "抽检合格率"),
        ("clauses", "1"),
        ("passages", "抽检合格率稳定"),
        ("passages", "抽检合格率达到93%"),
    ]
    assert [row["document_id"] for row in hits(base, "抽检合格率")] == [None, "rubric", "rubric", "plan"]
    assert found(base, "质监局", kinds=["departments"]) == [("departments", "市质监局")]
    assert found(base, "抽检合格率", kinds=["passages"], document_id="plan") == [("passages", "抽检合格率达到93%")]
    assert found(base, "专项经费", kinds=["indicators"], document_id="plan") == []
    assert [row["place"] for row in hits(base, "专项经费比例", ["indicators"])] == ["documents: 2"]


def test_several_words_may_stand_in_different_columns() -> None:
    """A clause is found by a word of its title and one of the way it is verified; every word has to be there."""
    base = small_base()
    assert found(base, "现场检查 合格率", kinds=["clauses"]) == [("clauses", "1")]
    assert found(base, "现场检查 奖励", kinds=["clauses"]) == []
    assert found(base, " ", kinds=["clauses"]) == []


@pytest.mark.parametrize("query", ["质量", "标准", "率", "市 局", "5分"])
def test_every_hit_contains_every_word(path: Path, query: str) -> None:
    """What a hit shows contains what was asked for, so that it can be set off."""
    with closing(open_base(path)) as base:
        rows = hits(base, query)
        passages = base.execute("select id, text from passages").fetchall()
    assert rows
    assert all(contains(row["text"], words(query)) for row in rows)
    expected = {row["id"] for row in passages if contains(row["text"], words(query))}
    assert {row["id"] for row in rows if row["kind"] == "passages"} == expected


def test_a_document_is_one_group(path: Path) -> None:
    """Hits of one document stand together, the kinds in their order, the better ones of a kind first."""
    with closing(open_base(path)) as base:
        rows = hits(base, "质量")
    documents = [row["document_id"] for row in rows]
    assert documents == sorted(documents, key=documents.index)
    for document in set(documents):
        worth = [(KINDS.index(row["kind"]), row["rank"]) for row in rows if row["document_id"] == document]
        assert worth == sorted(worth)


def test_the_screen_groups_counts_and_does_not_repeat() -> None:
    """A document's hits stand under its title with its counts; the passage of a listed fact is not shown again."""
    rows = hits(small_base(), "抽检合格率")
    lines = list(screen(rows, ["抽检合格率"], 0, 100, lambda word: f"<{word}>"))
    assert lines[0] == "部门与指标 departments and indicators: 1 indicator"
    assert lines[3] == "示范城市考核细则  rubric: 1 clause, 1 passage"
    assert lines[4].startswith("  clause 1        <抽检合格率>稳定 · ")
    assert lines[4].endswith(", column 2]")
    assert lines[5] == ""
    assert lines[-1] == "1 indicator, 1 clause, 2 passages in 2 documents"
    lines = list(screen(rows, ["抽检合格率"], 1, 100, str))
    assert lines[-1] == "1 indicator, 1 clause, 2 passages in 2 documents; 2 lines more with --limit 0"
    assert list(screen([], ["无"], 0, 100, str)) == ["nothing found in 0 documents"]


@given(st.text(st.sampled_from("质量强市a é\x1b\n"), max_size=80), st.integers(12, 60))
def test_the_first_word_found_is_on_the_line(text: str, columns: int) -> None:
    """However long the text, its line fits and shows the first occurrence."""
    line = around(text, ["强市"], columns)
    assert width(line) <= columns
    assert contains(line, ["强市"]) == contains(visible(text), ["强市"])


@given(st.text(st.sampled_from("质量aAＡ"), max_size=20))
def test_marking_changes_nothing_else(text: str) -> None:
    """Without the marks the line is what it was, and what is marked is a word that was asked for."""
    assert marked(text, ["质量", "a"], str) == text
    assert marked(text, ["质量", "a"], lambda word: "*" * len(word)).count("*") == sum(
        end - start for start, end in spans(text, ["质量", "a"])
    )


def test_words_are_bold_on_a_terminal_and_plain_elsewhere(path: Path) -> None:
    """Bold type goes to terminals only."""
    bold = search(path, "标准", "--limit", 0, color=True).output
    assert "\x1b[1m标准\x1b[0m" in bold
    plain = search(path, "标准", "--limit", 0).output
    assert "\x1b" not in plain
    assert plain == unstyle(bold)
    assert plain.splitlines()[-1].endswith("documents")


def test_the_command_narrows_and_limits(path: Path) -> None:
    """--kind, --doc and --limit choose; other formats than a screen give every hit unless told otherwise."""
    rows = json.loads(search(path, "质量", "--format", "json").output)
    assert len(rows) > searching.ON_SCREEN
    assert list(rows[0]) == list(COLUMNS)
    clauses = json.loads(search(path, "质量", "--kind", "clauses", "--doc", "常州", "--format", "json").output)
    assert {(row["kind"], row["document_id"]) for row in clauses} == {("clauses", clauses[0]["document_id"])}
    assert len(json.loads(search(path, "质量", "--limit", 7, "--format", "json").output)) == 7
    assert "lines more with --limit 0" in search(path, "质量").output
    assert "more with" not in search(path, "质量", "--limit", 0).output
    assert search(path, "质量", "标准").output == search(path, "质量 标准").output


def test_wrong_use_is_one_line(path: Path) -> None:
    """Nothing asked for, an unknown document, an unknown kind."""
    assert (result := search(path, " ")).exit_code == 2
    assert result.stderr.strip().splitlines() == ["Error: nothing to search for; name a word: zhibiao search 标准"]
    assert "no such document" in search(path, "质量", "--doc", "无此文").stderr
    assert search(path, "质量", "--kind", "cities").exit_code == 2
    assert search(path, "查无此词").output == "nothing found in 0 documents\n"
