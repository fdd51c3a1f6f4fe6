"""The bundled documents as a base: every ready question gives rows, and the sums the documents print come out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kb.base import open_base
from kb.demo import ingest_bundled
from kb.questions import ask, questions


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    """A base of the bundled documents, made as `zhibiao demo` makes it."""
    path: Path = tmp_path_factory.mktemp("demo") / "demo.db"
    connection = open_base(path, create=True)
    assert {outcome.status for outcome in ingest_bundled(connection, path)} == {"added"}
    return connection


# what comes with time: a second edition, a person's correction, a document that repeals another
OF_LATER = {"changes", "corrections", "document-relations"}


@pytest.mark.parametrize("name", [question.name for question in questions()])
def test_every_question_gives_rows(base: sqlite3.Connection, name: str) -> None:
    """Asked without parameters, each ready question has an answer in the bundled documents, or none yet."""
    assert bool(ask(base, name, {})) == (name not in OF_LATER)


def test_digests_are_told_from_their_originals(base: sqlite3.Connection) -> None:
    """A digest has its own identity: origin digest, no 文号, a title that says so."""
    rows = base.execute("select origin, doc_number, title from documents").fetchall()
    assert [(origin, number) for origin, number, _ in rows] == [("digest", None)] * len(rows)
    assert all("摘编" in title for _, _, title in rows)


def test_every_kind_of_record_and_clause_is_there(base: sqlite3.Connection) -> None:
    """The bundled documents exercise every table of facts and every kind of clause."""
    for table in (
        "clauses",
        "score_rules",
        "thresholds",
        "plan_items",
        "assignments",
        "links",
        "citations",
        "findings",
    ):
        assert base.execute(f"select count(*) from {table}").fetchone()[0] > 0, table
    kinds = {kind for (kind,) in base.execute("select distinct kind from clauses")}
    assert kinds == {"section", "scored", "veto", "basic", "bonus", "catalogue"}
    modes = {mode for (mode,) in base.execute("select distinct mode from score_rules")}
    assert modes == {"tier", "additive", "deduction"}


def test_the_printed_sums_come_out(base: sqlite3.Connection) -> None:
    """Points of the scored clauses below a heading add up to what the heading prints."""
    rows = [row for row in ask(base, "section-points", {}) if row["points"] is not None]
    assert sorted((row["clause"], row["points"]) for row in rows if row["clause"].startswith("S")) == [
        ("S1", 80), ("S10", 60), ("S2", 110), ("S3", 100), ("S3", 120), ("S4", 150), ("S5", 140), ("S6", 100),
        ("S7", 100), ("S8", 100), ("S9", 100),
    ]  # fmt: skip
    assert [row["points"] for row in rows if not row["clause"].startswith("S")] == [140, 90, 465, 305]
    assert [row for row in rows if row["points"] != row["sum_below"]] == []
