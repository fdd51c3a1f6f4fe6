"""Export as annotations: the layout, the names of folders, and that a base agrees with its own export."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest
from damaged_base import damage
from gold_base import fill, insert
from hypothesis import given
from hypothesis import strategies as st
from small_base import small_base

from kb.base import memory_base
from kb.errors import UnknownDocument
from kb.evaluation.evaluate import evaluate
from kb.evaluation.export import export_gold, folder_names, item_codes, plain
from kb.evaluation.gold import COLUMNS, read_gold
from kb.evaluation.similarity import as_number


def table(folder: Path, kind: str) -> list[dict[str, str]]:
    with (folder / f"{kind}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def agrees_with_itself(base: sqlite3.Connection, directory: Path) -> None:
    """Export everything, evaluate against it, and find nothing wrong in any kind."""
    scores = evaluate(base, export_gold(base, directory))
    assert scores.misses == ()
    assert {kind: figures.f1 for kind, figures in scores.pooled.items() if figures.f1 != 1.0} == {}
    assert scores.pooled["clauses"].gold == base.execute("select count(*) from clauses").fetchone()[0]


def test_round_trip(tmp_path: Path) -> None:
    """A base evaluated against its own export is right in every kind, links of several rubrics included."""
    base = small_base()
    agrees_with_itself(base, tmp_path)
    kinds = evaluate(base, export_gold(base, tmp_path)).pooled.keys()
    assert {"links[rubric]", "printed_links", "threshold_period", "assignments_member", "citations"} <= kinds


def test_round_trip_of_real_facts(shared: Path, tmp_path: Path) -> None:
    """The same holds for a base filled with what careful readers took out of real documents."""
    base = memory_base()
    fill(base, [read_gold(folder) for folder in sorted((shared / "gold").iterdir()) if folder.is_dir()])
    agrees_with_itself(base, tmp_path)


def test_a_checked_reading_measures_a_later_one(tmp_path: Path) -> None:
    """Against an export of the undamaged base the damage shows."""
    base = small_base()
    folders = export_gold(base, tmp_path)
    damage(base, 1, share=0.5)
    scores = evaluate(base, folders)
    assert scores.misses
    assert scores.pooled["clauses"].f1 < 1


def test_layout(tmp_path: Path) -> None:
    """One folder a document, every file with its header, codes instead of ids, lines of the text file."""
    base = small_base()
    folders = export_gold(base, tmp_path)
    assert [folder.name for folder in folders] == ["rubric", "plan", "notice"]
    for folder in folders:
        assert sorted(path.name for path in folder.iterdir()) == sorted(
            [*(f"{k}.csv" for k in COLUMNS), "document.json"]
        )
    rubric, plan, notice = folders
    head = json.loads((plan / "document.json").read_text(encoding="utf-8"))
    assert head["issuer"] == ["乙市人民政府", "乙市质监局"]
    assert (head["slug"], head["region"], head["addressees"], head["total_points"]) == ("plan", "甲省乙市", [], None)
    clause = table(rubric, "clauses")[2]
    assert (clause["code"], clause["parent"], clause["points"], clause["optional"]) == ("2", "S1", "15", "1")
    assert int(clause["line"]) > 0
    owners = [(row["owner_kind"], row["owner"], row["value"]) for row in table(rubric, "thresholds")]
    assert owners == [("rule", "1", "95"), ("section", "S1", "1"), ("section", "", "0.5")]
    assert [row["code"] for row in table(plan, "plan_items")] == ["1", "2", "item", "2-2"]
    assert [row["item"] for row in table(plan, "assignments")] == ["1", "1", "2", "2-2"]
    assert [tuple(row.values())[:4] for row in table(plan, "links")] == [
        ("1", "rubric", "1", "primary"),
        ("2", "rubric", "2", "primary"),
    ]
    # the task has the code of a clause that departments are assigned to, so it takes another
    assert [(row["code"], row["clause"]) for row in table(notice, "plan_items")] == [("1-2", "1")]
    assert [row["item"] for row in table(notice, "assignments")] == ["1", "1-2"]
    assert table(notice, "links") == []


def test_rejected_links_are_no_facts(tmp_path: Path) -> None:
    """What a person rejected is neither exported nor found."""
    base = small_base()
    base.execute("update links set status = 'rejected' where status = 'proposed' and method = 'inferred'")
    agrees_with_itself(base, tmp_path)
    assert [row["item"] for row in table(tmp_path / "plan", "links")] == ["2"]


def test_one_document(tmp_path: Path) -> None:
    """One document may be asked for by its id; an id that is not there is one clear line."""
    base = small_base()
    assert export_gold(base, tmp_path / "new", "plan") == [tmp_path / "new" / "plan"]
    with pytest.raises(UnknownDocument, match=r"^other: no document has this id"):
        export_gold(base, tmp_path, "other")


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["in/方案.docx", "b.pdf"], ["方案", "b"]),
        (["a/plan.docx", "b/plan.pdf", "c.txt"], ["d0", "d1", "c"]),
        (["https://example.org/", ".."], ["example", "d1"]),
        (["https://example.org/a/b.html", ""], ["b", "d1"]),
    ],
)
def test_folder_names(sources: list[str], expected: list[str]) -> None:
    """A folder has the stem of the source; where that is shared or no name at all, the id."""
    base = memory_base()
    for number, source in enumerate(sources):
        words = {"format": "txt", "sha256": "", "revision": 1, "ingested_at": "", "title_key": "", "title": ""}
        insert(base, "documents", id=f"d{number}", source=source, **words)
    assert list(folder_names(base).values()) == expected


def test_documents_of_one_stem_keep_apart(tmp_path: Path) -> None:
    """Folders named by ids are found again by ids."""
    base = small_base()
    base.execute("update documents set id = id || '-1', source = 'in/' || id || '/same.txt'")
    for table_name in ("clauses", "passages", "plan_items", "thresholds", "citations", "findings"):
        base.execute(f"update {table_name} set document_id = document_id || '-1'")
    agrees_with_itself(base, tmp_path)


@given(st.lists(st.sampled_from(["1", "1-2", "2", None])))
def test_item_codes_are_unique(codes: list[str | None]) -> None:
    """Every item keeps its own code or gets one that no other item and no clause has."""
    given_codes = item_codes([{"id": key, "code": code} for key, code in enumerate(codes)], ["2"])
    assert len(set(given_codes.values()) | {"2"}) == len(codes) + 1


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_plain_figures_read_back(value: float) -> None:
    """A figure is written without exponent and loses nothing."""
    assert "e" not in plain(value)
    assert as_number(plain(value)) == value
