"""Corrections: a person's value stands in the facts, what was read beside it, over every re-ingestion."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from made_extractions import made, read_made, write_file

import extract.document
from extract.errors import ZhibiaoError
from extract.records import Assignment, Clause, Extraction, PlanItem, ScoreRule, Threshold
from kb.base import memory_base, transaction
from kb.cli import cli
from kb.load import load_document
from kb.revise.correcting import correct, import_corrections, undo
from kb.revise.corrections import corrections_of
from kb.revise.records import RECORDS, facts
from kb.show import shown_rows


def load(connection: sqlite3.Connection, extraction: Extraction) -> str:
    with transaction(connection):
        number = connection.execute("select count(*) from revisions").fetchone()[0]
        return load_document(connection, extraction, source="in/a.txt", sha256=f"sha-{number}").document_id


def put_right(connection: sqlite3.Connection, record: str, key: str, field: str, value: str) -> dict[str, Any]:
    given = {"document": "a", "record": record, "key": key, "field": field, "value": value}
    with transaction(connection):
        return correct(connection, given | {"because": "the print says so", "by": "王"})


def value(connection: sqlite3.Connection, record: str, key: str, field: str) -> Any:
    document_id = connection.execute("select id from documents where source = 'in/a.txt'").fetchone()[0]
    return {fact.key: fact for fact in facts(connection, document_id, record)}[key].values[field]


def told(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("select kind, message from findings where kind like 'correction_%' order by id")
    return [f"{row['kind']}: {row['message']}" for row in rows]


@pytest.fixture
def base() -> sqlite3.Connection:
    connection = memory_base()
    load(connection, made())
    return connection


CORRECTIONS = [
    ("documents", "-", "issued_on", "2014-06", "2014-06"),
    ("documents", "-", "title", "甲市质量考核方案", "甲市质量考核方案"),
    ("clauses", "1", "points", "25", 25),
    ("clauses", "V1", "optional", "0", 0),
    ("clauses", "1", "verification", "", None),
    ("score_rules", "1 / 2", "step_unit", "‰", "‰"),
    ("score_rules", "1 / 1", "mode", "additive", "additive"),
    ("thresholds", "1.1 / 抽查合格率", "period", "2016", "2016"),
    ("thresholds", "1 / 抽查合格率", "value", "94.5", 94.5),
    ("thresholds", "1 / 抽查合格率", "comparator", ">", ">"),
    ("plan_items", "1.1", "ends_on", "2016-03", "2016-03"),
    ("assignments", "1.1 / 市质监局", "role", "support", "support"),
    ("citations", "乙质发〔2012〕7号", "cited_title", "乙部质量发展纲要", "乙部质量发展纲要"),
]


@pytest.mark.parametrize(("record", "key", "field", "given", "stored"), CORRECTIONS)
def test_a_correction_stands_over_every_reading(
    base: sqlite3.Connection, record: str, key: str, field: str, given: str, stored: Any
) -> None:
    """Queries see the corrected value, what was read stands beside it, and reading again changes neither."""
    read = value(base, record, key, field)
    row = put_right(base, record, key, field, given)
    for _ in range(3):
        assert value(base, record, key, field) == stored
        (kept,) = corrections_of(base)
        assert (kept["read_value"], kept["now_read"]) == (row["read_value"], row["read_value"])
        assert (kept["made_by"], kept["reason"]) == ("王", "the print says so")
        assert told(base) == []
        load(base, made())
    assert base.execute("select count(*) from changes").fetchone()[0] == 0
    undo(base, kept["id"])
    assert value(base, record, key, field) == read
    assert corrections_of(base) == []
    assert base.execute("pragma foreign_key_check").fetchall() == []


def test_a_corrected_department_is_a_body_of_its_own(base: sqlite3.Connection) -> None:
    """It is found or made in the document's region; one that nobody is assigned any more goes."""
    put_right(base, "assignments", "1.1 / 有关单位", "department", "市工商局")
    names = {row["name"]: row["region_code"] for row in base.execute("select name, region_code from departments")}
    assert names == {"市质监局": "330100", "市工商局": "330100"}
    load(base, made())
    assert value(base, "assignments", "1.1 / 市工商局", "department") == "市工商局"
    undo(base, 1)
    assert {row["name"] for row in base.execute("select name from departments")} == {"市质监局", "有关单位"}


def test_a_corrected_indicator_is_shared_under_its_new_name(base: sqlite3.Connection) -> None:
    """The threshold moves to the other indicator, and back when the correction is taken back."""
    put_right(base, "thresholds", "1 / 抽查合格率", "indicator", "监督抽查合格率")
    shared = "select n.name from thresholds t join indicators n on n.id = t.indicator_id order by t.id"
    assert [row[0] for row in base.execute(shared)] == ["监督抽查合格率", "抽查合格率"]
    undo(base, 1)
    assert [row[0] for row in base.execute(shared)] == ["抽查合格率", "抽查合格率"]
    assert base.execute("select count(*) from indicators").fetchone()[0] == 1


def test_a_corrected_title_does_not_hide_the_document(base: sqlite3.Connection) -> None:
    """A document is known again by what its file says, whatever a person made of its title."""
    numberless = made(number=None)
    base = memory_base()
    first = load(base, numberless)
    put_right(base, "documents", "-", "title", "丙市环境保护规划")
    assert load(base, numberless) == first
    assert value(base, "documents", "-", "title") == "丙市环境保护规划"


def rubric(points: float, title: str = "抽查合格率") -> Extraction:
    clause = Clause("1", "scored", title, 3, parent="S1", points=points, points_status="printed")
    section = Clause("S1", "section", "质量管理", 2, points=30.0, points_status="printed")
    edits = {3: f"抽查合格率达到95%以上，得{points:g}分；{title}", 7: "略"}
    return made(without=(Clause,), extra=(clause, section), edits=edits)


def test_a_corrected_fact_is_no_overlooked_one(base: sqlite3.Connection) -> None:
    """A copy that reads what was read before does not read worse for what a person made of it."""
    put_right(base, "clauses", "1", "title", "抽检合格率")
    put_right(base, "plan_items", "1.1", "text", "提高抽检合格率")
    load(base, made())
    assert base.execute("select revision from documents").fetchone()[0] == 2


def test_a_source_that_changes_under_a_correction_is_told(base: sqlite3.Connection) -> None:
    """Both values are named, the person's stands; a source that says what the person said is told too."""
    put_right(base, "clauses", "1", "points", "25")
    load(base, rubric(22))
    assert value(base, "clauses", "1", "points") == 25
    message = "correction_outdated: correction of clauses 1 points: 20 was put right to 25; the source now reads {}"
    assert told(base) == [message.format(22)]
    load(base, rubric(25))
    assert told(base) == [message.format(25)]
    assert (corrections_of(base)[0]["read_value"], corrections_of(base)[0]["now_read"]) == ("20", "25")
    changes = base.execute("select before, after from changes where field = 'points' order by rowid").fetchall()
    assert [tuple(row) for row in changes] == [("20", "22"), ("22", "25")]
    undo(base, 1)
    assert (value(base, "clauses", "1", "points"), told(base)) == (25, [])


def test_a_correction_whose_fact_goes_waits_for_it(base: sqlite3.Connection) -> None:
    """A fact that the source has no more is a finding; when it comes back, the correction stands again."""
    put_right(base, "score_rules", "1 / 2", "points", "3")
    shorter = made(without=(ScoreRule, Threshold), edits={3: "抽查合格率稳定", 5: "提高抽查合格率"})
    load(base, shorter)
    assert told(base) == [
        "correction_without_fact: correction of score_rules 1 / 2 points: the source has no such fact any more"
    ]
    load(base, made())
    assert (value(base, "score_rules", "1 / 2", "points"), told(base)) == (3, [])


def test_a_correction_moves_with_its_fact(base: sqlite3.Connection) -> None:
    """A task under a new number keeps its correction, and the correction its key."""
    put_right(base, "plan_items", "1.1", "ends_on", "2017")
    moved = PlanItem("2.1", "提高抽查合格率至96%", 5, section="质量管理", starts_on="2014", ends_on="2015", clause="1")
    first = PlanItem("1.1", "建立首席质量官制度", 5, section="质量管理")
    edits = {4: "略", 5: "提高抽查合格率至96%；建立首席质量官制度"}
    load(base, made(without=(PlanItem, Assignment), extra=(first, moved), edits=edits))
    assert (value(base, "plan_items", "2.1", "ends_on"), value(base, "plan_items", "1.1", "ends_on")) == ("2017", None)
    assert corrections_of(base)[0]["key"] == "2.1"


def test_a_key_may_be_typed_without_spaces(base: sqlite3.Connection) -> None:
    """The key that is kept is the one that listings show."""
    assert put_right(base, "score_rules", "1/2", "step", "2")["key"] == "1 / 2"


def test_correcting_twice_keeps_one_correction(base: sqlite3.Connection) -> None:
    """The second value replaces the first; what was read stays what was read."""
    put_right(base, "clauses", "1", "points", "25")
    put_right(base, "clauses", "1", "points", "24")
    (row,) = corrections_of(base)
    assert (row["read_value"], row["corrected_value"], value(base, "clauses", "1", "points")) == ("20", "24", 24)


@pytest.mark.parametrize(
    ("record", "key", "field", "given", "reason"),
    [
        ("rules", "1", "points", "1", "no such record; it is one of documents, clauses"),
        ("clauses", "9", "points", "1", "has no such key in clauses; there is S1、1、V1"),
        ("score_rules", "1 / 7", "points", "1", "there is 1 / 1、1 / 2"),
        ("clauses", "1", "colour", "1", "clauses has no such field; it is one of title"),
        ("clauses", "1", "code", "7", "clauses has no such field"),
        ("clauses", "1", "points", "viel", "points is a number"),
        ("clauses", "1", "points", "nan", "points is a number"),
        ("clauses", "1", "points", "20.0", "reads 20 already"),
        ("clauses", "1", "title", " ", "title of clauses cannot be empty"),
        ("clauses", "V1", "optional", "yes", "optional is 0 or 1"),
        ("plan_items", "1.1", "ends_on", "end of 2015", "ends_on is a date"),
        ("plan_items", "1.1", "ends_on", "2015-13", "ends_on is a date"),
        ("thresholds", "1 / 抽查合格率", "comparator", "≥", "comparator is one of >="),
        ("assignments", "1.1 / 市质监局", "role", "牵头", "role is one of lead"),
    ],
)
def test_what_does_not_fit_is_refused(
    base: sqlite3.Connection, record: str, key: str, field: str, given: str, reason: str
) -> None:
    """One line says what would be right, and nothing is written."""
    before = list(base.iterdump())
    with pytest.raises(ZhibiaoError) as refused:
        put_right(base, record, key, field, given)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)
    assert list(base.iterdump()) == before


HEADER = "document,record,key,field,value,because,by\n"


def test_corrections_come_in_from_a_file_as_a_whole(base: sqlite3.Connection, tmp_path: Path) -> None:
    """All rows or none: the first that does not fit is named by its row."""
    file = tmp_path / "fixes.csv"
    good = "a,clauses,1,points,25,print,王\na,plan_items,1.1,ends_on,2016,print,\n"
    file.write_text(f"\ufeff{HEADER}{good}a,clauses,1,points,many,print,\n", encoding="utf-8")
    with pytest.raises(ZhibiaoError, match=r"fixes.csv row 3: many: points is a number.*; nothing was written"):
        import_corrections(base, file)
    assert corrections_of(base) == []
    file.write_text(f"\ufeff{HEADER}{good}", encoding="utf-8")
    assert import_corrections(base, file) == 2
    assert [row["made_by"] == "王" for row in corrections_of(base)] == [True, False]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"record,key\n", "lacks the columns document, field, value"), ("文件,记录\n".encode("gbk"), "not UTF-8")],
)
def test_a_file_that_is_no_list_of_corrections_is_refused(
    base: sqlite3.Connection, tmp_path: Path, content: bytes, reason: str
) -> None:
    """What is missing is named."""
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    with pytest.raises(ZhibiaoError, match=reason):
        import_corrections(base, file)


def test_show_marks_what_was_put_right(base: sqlite3.Connection) -> None:
    """The corrected value is shown with what was read, who put it right and why."""
    put_right(base, "clauses", "1", "points", "25")
    put_right(base, "thresholds", "1 / 抽查合格率", "value", "94")
    document_id = base.execute("select id from documents").fetchone()[0]
    rows = shown_rows(base, document_id)
    (clause,) = (row for row in rows if row["part"] == "clause" and row["code"] == "1")
    assert (clause["points"], clause["detail"]) == (25, "scored; 查阅文件; points corrected, read: 20")
    found = [(row["code"], row["text"], row["detail"]) for row in rows if row["part"] == "correction"]
    assert found == [
        ("clauses 1 points", "25", "read: 20; by 王; the print says so"),
        ("thresholds 1 / 抽查合格率 value", "94", "read: 95; by 王; the print says so"),
    ]


def test_every_field_is_a_column_or_is_put_by_its_own_way(base: sqlite3.Connection) -> None:
    """What a correction may name is what the base stores."""
    for record, shape in RECORDS.items():
        columns = {row["name"] for row in base.execute(f"pragma table_info({record})")}
        assert set(shape.fields) - columns <= {"department"}


# ---------------------------------------------------------------- the commands


def zhibiao(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="zhibiao")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a base of one document in two revisions."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(extract.document, "read_document", read_made)
    write_file(tmp_path / "a.txt")
    assert zhibiao("ingest", "a.txt").exit_code == 0
    write_file(tmp_path / "a.txt", title="甲市质量工作的考核方案")
    assert zhibiao("ingest", "a.txt").exit_code == 0
    return tmp_path


def test_the_command_corrects_lists_and_takes_back(folder: Path) -> None:
    """Making says what became of the value; the list has it; undoing says it back."""
    made_line = zhibiao("correct", "a", "clauses", "1", "points", "25", "--because", "print", "--by", "王")
    assert made_line.stdout.endswith("clauses 1 points: 20 → 25\n"), made_line.output
    listed = zhibiao("correct", "--format", "csv").stdout.splitlines()
    assert listed[1].startswith("1,330100-2014-")
    assert listed[1].endswith(",clauses,1,points,20,20,25,王,print")
    assert zhibiao("correct", "a", "--format", "csv").stdout.splitlines() == listed
    assert zhibiao("correct", "--undo", 1).stdout.endswith("clauses 1 points: 25 → 20\n")
    (folder / "f.csv").write_text(f"{HEADER}a,clauses,1,points,26,print,\n", encoding="utf-8")
    assert zhibiao("correct", "--import", "f.csv").stdout == "1 corrections from f.csv\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("a", "clauses", "1"), "give DOC RECORD KEY FIELD VALUE, or --import FILE, or --undo ID"),
        (("a", "clauses", "1", "points", "25"), "say why with --because"),
        (("a", "clauses", "1", "points", "x", "--because", "y"), "x: points is a number"),
        (("--undo", "7"), "7: no such correction"),
        (("--undo", "7", "--import", "f.csv"), "give DOC RECORD KEY"),
        (("--import", "none.csv"), "none.csv: No such file"),
        (("b", "clauses", "1", "points", "25", "--because", "y"), "b: no such document"),
    ],
)
def test_the_command_refuses_in_one_line(folder: Path, arguments: tuple[str, ...], reason: str) -> None:
    """Exit code 2 and what would be right."""
    result = zhibiao("correct", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {reason}"), result.stderr
    assert result.stderr.count("\n") == 1


def test_history_and_diff_are_listings(folder: Path) -> None:
    """Revisions with how much each changed, and the changes themselves."""
    lines = zhibiao("history", "a", "--format", "csv").stdout.splitlines()
    assert [line.split(",")[:4] for line in lines] == [
        ["revision", "current", "format", "changes"],
        ["1", "", "txt", "0"],
        ["2", "yes", "txt", "1"],
    ]
    shown = zhibiao("diff", "a", "--from", 1, "--to", 2, "--format", "csv").stdout.splitlines()
    assert shown[1] == "2,changed,documents,-,title,甲市质量工作考核方案,甲市质量工作的考核方案"
    assert zhibiao("diff", "a", "--from", 5).stderr.startswith("Error: no revisions 5 to 2: ")


def test_forget_asks_first(folder: Path) -> None:
    """Without a yes nothing happens; afterwards one line says what went."""
    assert CliRunner().invoke(cli, ["forget", "a"], input="n\n").exit_code == 1
    assert zhibiao("show", "a").exit_code == 0
    gone = zhibiao("forget", "a", "--yes")
    assert "甲市质量工作的考核方案: 7 passages, 1 leftovers, 3 clauses" in gone.stdout
    assert "2 files" in gone.stdout
    assert zhibiao("show", "a").exit_code == 2


def test_ingest_refresh_reads_again_and_lists_the_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without paths the whole base; what the rules read alike is one line."""
    result = zhibiao("ingest", "--refresh")
    assert (result.exit_code, result.stdout) == (0, "0 documents read again: 0 revised, 0 failed; base zhibiao.db\n")
    monkeypatch.setattr("extract.rules.extractor_version", lambda: "newer")
    monkeypatch.setattr(extract.document, "read_document", lambda path, ocr: rubric(19))
    result = zhibiao("ingest", "--refresh")
    assert "  changed clauses 1 points: 20 → 19\n" in result.stdout
    assert result.stdout.endswith("1 documents read again: 1 revised, 0 failed; base zhibiao.db\n")
    assert "revised 330100-2014-" in result.stderr
    assert zhibiao("ingest").stderr.startswith("Error: no files to read there")
