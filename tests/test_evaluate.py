"""Evaluation: figures of a base against annotations, on a small base by hand and on real ones as published."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from damaged_base import damage
from gold_base import fill
from small_base import small_base

from kb.base import open_base, transaction
from kb.errors import UnreadableGold
from kb.evaluation.evaluate import evaluate, find_document
from kb.evaluation.export import export_gold
from kb.evaluation.gold import COLUMNS, GoldRow, read_gold
from kb.evaluation.heads import same_field
from kb.evaluation.scores import Figures

SEEDS = range(4)
MORE_SEEDS = range(4, 40)


@pytest.fixture
def base() -> sqlite3.Connection:
    return small_base()


@pytest.fixture
def folders(base: sqlite3.Connection, tmp_path: Path) -> list[Path]:
    """Annotations that agree with the small base: of its rubric, its plan and its notice."""
    return export_gold(base, tmp_path)


def change(folder: Path, kind: str, edit: dict[str, str], row: int = 0) -> None:
    """Make one annotation say something else."""
    rows: list[GoldRow] = read_gold(folder).rows(kind)
    rows[row] |= edit
    with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, COLUMNS[kind])
        table.writeheader()
        table.writerows(rows)


def change_head(folder: Path, **edit: object) -> None:
    path = folder / "document.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | edit), encoding="utf-8")


def counts(figures: Figures) -> tuple[int, int, int]:
    return figures.right, figures.gold, figures.found


@pytest.mark.parametrize(
    ("where", "kind", "edit", "row", "judged", "expected"),
    [
        ("rubric", "clauses", {"title": "完全不同的要求"}, 1, "clauses", (4, 5, 5)),
        ("rubric", "clauses", {"title": "抽检合格率要稳定"}, 1, "clauses", (5, 5, 5)),
        ("rubric", "clauses", {"points": "11"}, 1, "clause_points", (3, 4, 4)),
        ("rubric", "clauses", {"kind": "veto"}, 3, "clause_kind", (4, 5, 5)),
        ("rubric", "clauses", {"parent": "B1"}, 1, "clause_parent", (1, 2, 2)),
        ("rubric", "clauses", {"verification": "查阅文件"}, 1, "clause_verification", (1, 1, 2)),
        ("rubric", "clauses", {"optional": ""}, 2, "clause_optional", (0, 0, 1)),
        ("rubric", "score_rules", {"points": "8"}, 0, "score_rules", (2, 3, 3)),
        ("rubric", "score_rules", {"mode": "additive"}, 0, "score_rules", (2, 3, 3)),
        ("rubric", "score_rules", {"clause": "2"}, 0, "score_rules", (2, 3, 3)),
        ("rubric", "thresholds", {"value": "96"}, 0, "thresholds_value_unit", (4, 5, 5)),
        ("rubric", "thresholds", {"unit": "％"}, 0, "thresholds", (5, 5, 5)),
        ("rubric", "thresholds", {"comparator": "="}, 0, "thresholds", (4, 5, 5)),
        ("rubric", "thresholds", {"comparator": "=", "text": "合格率95%"}, 0, "thresholds", (5, 5, 5)),
        ("rubric", "thresholds", {"owner": "2"}, 0, "thresholds", (4, 5, 5)),
        ("rubric", "thresholds", {"owner": "附表"}, 0, "thresholds", (5, 5, 5)),
        ("rubric", "thresholds", {"period": "2017年底"}, 2, "threshold_period", (0, 1, 1)),
        ("rubric", "thresholds", {"baseline": "全国平均水平"}, 0, "threshold_baseline", (0, 1, 0)),
        ("plan", "plan_items", {"ends_on": "2017"}, 1, "plan_dates", (3, 3, 3)),
        ("plan", "plan_items", {"ends_on": "2017-06-30"}, 1, "plan_dates", (2, 3, 3)),
        ("notice", "plan_items", {"clause": ""}, 0, "printed_links", (0, 0, 1)),
        ("plan", "assignments", {"role": "support"}, 0, "assignments_lead", (3, 3, 4)),
        ("plan", "assignments", {"canonical": "市经济和信息化委"}, 0, "assignments", (5, 6, 6)),
        ("plan", "assignments", {"item": "9"}, 0, "assignments", (5, 6, 6)),
        ("plan", "assignments", {"raw": "市发改委", "canonical": "发改委"}, 1, "assignments", (6, 6, 6)),
        ("plan", "citations", {"cited_title": "别的文件"}, 0, "citations", (2, 2, 2)),
        ("plan", "citations", {"cited_title": "别的文件"}, 1, "citations", (1, 2, 2)),
        ("plan", "links", {"clause": "B1"}, 0, "links", (1, 2, 2)),
        ("plan", "links", {"clause": "B1"}, 0, "links_top1[rubric]", (1, 2, 2)),
        ("plan", "links", {"clause": "B1"}, 0, "uncovered[rubric]", (0, 1, 1)),
        ("plan", "links", {"relation": "secondary"}, 0, "links_primary[rubric]", (1, 1, 1)),
        ("plan", "links", {"relation": "secondary"}, 0, "links", (2, 2, 2)),
    ],
)
def test_one_difference(
    *,
    base: sqlite3.Connection,
    folders: list[Path],
    where: str,
    kind: str,
    edit: dict[str, str],
    row: int,
    judged: str,
    expected: tuple[int, int, int],
) -> None:
    """One annotation that says something else moves the figures of its kind, or does not where readings may differ."""
    change(next(folder for folder in folders if folder.name == where), kind, edit, row)
    assert counts(evaluate(base, folders).pooled[judged]) == expected


@pytest.mark.parametrize(
    ("field", "wanted", "got", "expected"),
    [
        ("title", "乙市创建全国质量强市示范城市工作方案的通知", "乙市创建全国质量强市示范城市工作方案的通知：", True),
        ("title", "工作方案", "工作计划", False),
        ("doc_number", "甲政〔2014〕17号", "甲政[2014]17号", False),
        ("doc_number", "甲政(2014)17号", "甲政（2014）17 号", True),
        ("campaign", "质量强市示范城市", "全国质量强市示范城市", True),
        ("campaign", "质量强市", "强市", False),
        ("issuer", "甲市人民政府", None, False),
        ("kind", "plan", "application", True),
        ("kind", "plan", "rubric", False),
        ("bonus_points", 60, 60.0, True),
        ("issued_on", "2014-05", "2014-05-08", False),
    ],
)
def test_head_fields(field: str, wanted: object, got: object, expected: bool) -> None:
    """Each field has its own measure of sameness."""
    assert same_field(field, wanted, got) is expected


def test_head_of_a_document(base: sqlite3.Connection, folders: list[Path]) -> None:
    """A wrong field is missed, an invented number counts as found; a field of unknown truth counts for nothing."""
    perfect = counts(evaluate(base, folders[:1]).pooled["document_fields"])
    change_head(folders[0], title="别的名称", doc_number=None, campaign=None)
    scores = evaluate(base, folders[:1])
    assert counts(scores.pooled["document_fields"]) == (perfect[0] - 3, perfect[1] - 2, perfect[2] - 1)
    assert [miss.sign for miss in scores.misses] == ["-", "+"]


def test_partial_annotations(base: sqlite3.Connection, folders: list[Path]) -> None:
    """Where only a part was annotated, what is found beyond it is held against nobody."""
    path = folders[0] / "clauses.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:3]) + "\n", encoding="utf-8")
    assert counts(evaluate(base, folders[:1]).pooled["clauses"]) == (2, 2, 4)
    change_head(folders[0], partial=True)
    scores = evaluate(base, folders[:1])
    assert counts(scores.pooled["clauses"]) == (2, 2, 2)
    assert all(miss.sign == "-" for miss in scores.misses)


def test_a_document_that_is_not_there(base: sqlite3.Connection, folders: list[Path]) -> None:
    """All that is annotated of it is missed; `matches` names its file where the folder does not."""
    elsewhere = folders[0].rename(folders[0].with_name("elsewhere"))
    scores = evaluate(base, [elsewhere])
    assert counts(scores.pooled["clauses"]) == (0, 4, 0)
    assert counts(scores.folders["elsewhere"]["document"]) == (0, 1, 0)
    assert str(scores.misses[0]) == "- elsewhere not in the knowledge base"
    assert evaluate(base, [elsewhere], {"elsewhere": "rubric.txt"}).misses == ()


def test_broken_annotations(base: sqlite3.Connection, folders: list[Path]) -> None:
    """A folder that is not there, or holds something else, is one clear line and not a score of nought."""
    with pytest.raises(UnreadableGold, match="nowhere: no folder of annotations there"):
        evaluate(base, [Path("nowhere")])
    (folders[0] / "document.json").write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableGold, match="rubric: not annotations as they should be"):
        evaluate(base, folders)


def test_rubrics_by_another_name(base: sqlite3.Connection, folders: list[Path]) -> None:
    """Links name their rubric by the folder, or by a name that `rubrics` translates; an unknown one is a miss."""
    for row in range(2):
        change(folders[1], "links", {"rubric": "考核细则"}, row)
    unknown = evaluate(base, folders)
    assert "links" not in unknown.pooled
    assert [str(miss) for miss in unknown.misses] == ["- plan rubric 考核细则 is not among the evaluated documents"]
    known = evaluate(base, folders, rubrics={"考核细则": "rubric"})
    assert known.misses == ()
    assert counts(known.pooled["links[考核细则]"]) == (2, 2, 2)


def test_ungrounded_facts(base: sqlite3.Connection, folders: list[Path]) -> None:
    """A fact counts as grounded only when its passage holds its words, white space aside."""
    total = counts(evaluate(base, folders).pooled["grounded"])
    assert total[0] == total[1] == total[2]
    base.execute("update passages set text = '召 开\n会议' where text = '召开会议'")
    base.execute("update passages set text = '质检局' where text = '发改委'")
    base.execute("update thresholds set passage_id = null where period = '2016'")
    scores = evaluate(base, folders)
    assert counts(scores.pooled["grounded"]) == (total[0] - 2, total[1], total[2])
    assert {str(miss) for miss in scores.misses} == {
        "- plan assignments: 发改委",
        "- rubric thresholds: 投诉率达到0.5‰",
    }


def test_folders_and_pool(base: sqlite3.Connection, folders: list[Path]) -> None:
    """The pooled counts are the sums of the folders' counts."""
    scores = evaluate(base, folders)
    assert list(scores.folders) == ["rubric", "plan", "notice"]
    for kind, pooled in scores.pooled.items():
        assert sum((by[kind] for by in scores.folders.values() if kind in by), start=Figures()) == pooled
    assert list(scores.as_json()["links"]) == ["precision", "recall", "f1", "right", "gold", "found"]


def test_found_by_file_then_by_id(base: sqlite3.Connection) -> None:
    """A document is named by its file with or without ending, or by its id."""
    base.execute("update documents set source = 'in/方案.docx' where id = 'plan'")
    for name in ("方案", "方案.docx", "plan"):
        document = find_document(base, name)
        assert document is not None
        assert document["id"] == "plan"
    assert find_document(base, "方案.pdf") is None


# ---------------------------------------------------------------- the published measure


def published_figures(shared: Path, base: Path, folders: list[Path], *options: str) -> object:
    tool = [sys.executable, str(shared / "tools" / "score.py"), str(base), *map(str, folders), "--json", *options]
    return json.loads(subprocess.run(tool, capture_output=True, check=True, text=True, encoding="utf-8").stdout)


@pytest.fixture(scope="session")
def real_folders(shared: Path) -> list[Path]:
    return sorted(path for path in (shared / "gold").iterdir() if path.is_dir())


def filled_base(path: Path, folders: list[Path]) -> sqlite3.Connection:
    connection = open_base(path, create=True)
    connection.execute("pragma foreign_keys = off")
    with transaction(connection):
        fill(connection, [read_gold(folder) for folder in folders])
    return connection


def test_real_annotations_score_full(shared: Path, real_folders: list[Path], tmp_path: Path) -> None:
    """A base that holds just what the annotations hold is perfect in every kind, here and as published."""
    connection = filled_base(tmp_path / "kb.db", real_folders)
    scores = evaluate(connection, real_folders)
    assert scores.misses == ()
    assert all(figures.f1 == 1.0 for figures in scores.pooled.values())
    assert scores.as_json() == published_figures(shared, tmp_path / "kb.db", real_folders)


@pytest.mark.parametrize("seed", [*SEEDS, *(pytest.param(seed, marks=pytest.mark.slow) for seed in MORE_SEEDS)])
def test_damaged_bases_score_as_published(shared: Path, real_folders: list[Path], tmp_path: Path, seed: int) -> None:
    """Whatever is wrong in a base, every figure is the one the published measure gives."""
    connection = filled_base(tmp_path / "kb.db", real_folders)
    with transaction(connection):
        damage(connection, seed, share=(0.06, 0.15, 0.02, 0.35)[seed % 4])
        if seed % 4 == 1:  # and one document under another name
            connection.execute("update documents set source = 'in/renamed.pdf' where id = 'doc-zhengzhou'")
    match = "renamed" if seed % 4 == 1 else "zhengzhou.txt"
    figures = evaluate(connection, real_folders, {"zhengzhou": match}).as_json()
    connection.close()
    assert figures == published_figures(shared, tmp_path / "kb.db", real_folders, "--match", f"zhengzhou={match}")
    assert figures["thresholds"]["f1"] < 1
