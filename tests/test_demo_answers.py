"""Asked of the bundled digests and of the real documents, the questions of a researcher have the same answers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kb.base import open_base
from kb.coverage.compare import comparison
from kb.demo import ingest_bundled
from kb.evaluation.rows import read_rows
from kb.ingest import given_files, ingest
from kb.link.linking import link_due
from kb.link.model import shipped_model
from kb.questions import ask

Answer = Callable[[sqlite3.Connection], Any]


@pytest.fixture(scope="module")
def bases(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, ...]]:
    """A base of the digests and one of their originals, linked as `zhibiao demo` and `zhibiao ingest` do."""
    folder = tmp_path_factory.mktemp("answers")
    with (
        closing(open_base(folder / "a.db", create=True)) as one,
        closing(open_base(folder / "b.db", create=True)) as two,
    ):
        assert {outcome.status for outcome in ingest_bundled(one, folder / "a.db")} == {"added"}
        originals = list(given_files([shared / "corpus" / "text"]))
        assert {outcome.status for outcome in ingest(two, folder / "b.db", originals)} == {"added"}
        for connection in (one, two):
            list(link_due(connection, shipped_model()))
        yield one, two


def most_leads(connection: sqlite3.Connection) -> Any:
    """Who leads most of Changzhou's tasks, and how many."""
    first = ask(connection, "department-ranking", {"city": "常州"})[0]
    return first["department"], first["leads"]


def clauses_led(connection: sqlite3.Connection) -> Any:
    """Which clauses 常州国检局 leads by tasks printed beside them."""
    rows = ask(connection, "department-clauses", {"department": "常州国检局"})
    return sorted({row["clause"] for row in rows if (row["role"], row["via"]) == ("lead", "printed")})


def demands(connection: sqlite3.Connection) -> Any:
    """What each document demands for 农业标准化生产普及率."""
    rows = comparison(connection, "农业标准化生产普及率", "")
    return sorted((row["region"], str(row["owner"]), row["demanded"], row["offered"], row["verdict"]) for row in rows)


def points_of_seven(connection: sqlite3.Connection) -> Any:
    """Points behind section 七: what its heading prints and what its clauses add up to."""
    rows = [row for row in ask(connection, "section-points") if row["clause"] == "S7"]
    return [(row["points"], row["sum_below"]) for row in rows]


def contradictions(connection: sqlite3.Connection) -> Any:
    """The contradictions between documents: their kinds, places and figures."""
    rows = read_rows(connection, "select kind, message from finding_facts where kind like 'conflicting%' order by kind")
    return sorted((row["kind"], *re.findall(r"\d+(?:\.\d+)?[%‰分]?", row["message"])) for row in rows)


@pytest.mark.parametrize(
    ("question", "known"),
    [
        (most_leads, ("市质监局", 60)),
        (clauses_led, ["13", "14", "19", "30"]),
        (demands, None),
        (points_of_seven, [(100.0, 100.0)]),
        (contradictions, None),
    ],
)
def test_digests_answer_as_their_originals(bases: tuple[sqlite3.Connection, ...], question: Answer, known: Any) -> None:
    """Both bases answer, the same, and where a person counted it in the document, that."""
    of_digests, of_originals = (question(connection) for connection in bases)
    assert of_digests
    assert of_digests == of_originals
    assert known in (None, of_digests)
