"""How much of a text stands in facts: counted at passages, summed in a view, drawn as a strip."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from made_extractions import made

from extract.document import extract
from extract.pages import Block, Cell, Page, Place, Reading, Table
from kb.base import memory_base, open_base, transaction
from kb.cli import cli
from kb.evaluation.rows import read_rows
from kb.listing import width
from kb.load import load_document
from kb.questions import ask
from kb.text_coverage import covered_characters
from kb.text_coverage_strip import ASCII, Stretch, coverage_lines, marks, stretches, strip


@pytest.mark.parametrize(
    ("text", "fragments", "expected"),
    [
        ("巡查河道", ["巡查河道"], 4),
        ("（一）巡查河道。", ["巡查河道"], 8),
        ("巡查 河道\n两次", ["巡查河道"], 6),
        ("建立台账（每项2分，最高5分）；定期巡查", ["建立台账", "定期巡查"], 20),
        ("巡查河道，其余各项工作由有关单位按照上级的统一部署另行安排", ["巡查河道"], 4),
        ("巡查河道", ["清理河岸"], 0),
        ("巡查河道", [""], 0),
        ("巡查河道并巡查湖泊", ["巡查河道", "河道并巡查湖泊"], 9),
    ],
)
def test_characters_that_stand_in_facts(text: str, fragments: list[str], expected: int) -> None:
    """Printed words count wherever they stand, white space aside; short gaps go with them, long ones do not."""
    assert covered_characters(text, fragments) == expected


@given(st.text("巡查河道，。 \n５分", max_size=60), st.lists(st.text("巡查河道，5分", max_size=6), max_size=4))
def test_no_more_is_covered_than_there_is(text: str, fragments: list[str]) -> None:
    """What stands in facts is a part of the non-blank characters, and more facts never cover less."""
    covered = covered_characters(text, fragments)
    assert covered_characters(text, fragments[:1]) <= covered <= len("".join(text.split()))


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(tuple(Cell(text, Place()) for text in row) for row in rows), Place())


@pytest.fixture
def base() -> sqlite3.Connection:
    """One rubric: a preamble that nobody reads, and a table all of which is read."""
    content = (
        Block("某县河道管护考核细则", Place()),
        Block("河道保护历来受到重视，多年以来全县上下为此付出了长期而艰苦的努力，群众普遍欢迎。", Place()),
        Block("一、日常管护（10分）", Place()),
        table(
            ("序号", "考核内容", "分值", "检查方式", "评分标准"),
            ("1", "河道巡查", "10", "查阅资料", "每月巡查的得10分；没有的不得分。"),
        ),
    )
    connection = memory_base()
    with transaction(connection):
        load_document(connection, extract(Reading("txt", (Page(None, content),))), source="a.txt", sha256="1")
    return connection


def test_each_passage_is_measured(base: sqlite3.Connection) -> None:
    """Titles, headings, column heads, points and ways of checking count as read; background does not."""
    found = {row["text"]: row for row in read_rows(base, "select text, characters, covered from passages")}
    [background] = [row for text, row in found.items() if text.startswith("河道保护")]
    assert background["covered"] == 0
    rest = [row for row in found.values() if row is not background]
    assert len(rest) == 12
    assert [row["text"] for row in rest if row["covered"] != row["characters"]] == []


def test_the_view_and_the_question_sum_it_up(base: sqlite3.Connection) -> None:
    """Characters, those in facts and the percentage of each document; one without passages has no percentage."""
    [row] = ask(base, "text-coverage")
    total = read_rows(base, "select sum(characters) as characters, sum(covered) as covered from passages")[0]
    assert {name: row[name] for name in total} == total
    assert row["percent"] == round(100 * total["covered"] / total["characters"], 1)
    base.execute("update passages set characters = null, covered = null")
    assert ask(base, "text-coverage")[0]["percent"] is None
    assert next(coverage_lines(stretches(base, str(row["document_id"])), 80)).endswith("ingest the document again")


def test_a_strip_shades_each_slice_by_its_share() -> None:
    """Blank is nothing and full is all of a slice; a passage may fill several slices, a slice hold several passages."""
    passages = [Stretch("", 20, 20), Stretch("", 5, 0), Stretch("", 5, 5), Stretch("", 10, 0, 1)]
    assert strip(passages, 4, ASCII) == "##: "
    assert marks([*passages, Stretch("", 0, 0, 2, 1)], 4, ASCII) == "   !"
    assert marks(passages, 4, ASCII) == "   '"
    assert len(strip([Stretch("", 7, 3)] * 13, 60)) == 60


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_sections_have_their_lines_within_the_terminal(columns: int) -> None:
    """Each section shows its share and its findings; no line is wider than the terminal."""
    passages = [Stretch("", 10, 0), Stretch("一、" + "很长的标题" * 20, 10, 10, 3, 1), Stretch("二、其他", 10, 5)]
    lines = list(coverage_lines(passages, columns))
    assert lines[0] == "50 % of 30 characters stand in facts"
    assert max(map(width, lines)) <= columns
    assert [line.split()[0] for line in lines[3:]] == ["0%", "100%", "50%"]
    assert lines[4].endswith("3 !")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base file with one document that has findings."""
    monkeypatch.chdir(tmp_path)
    connection = open_base(tmp_path / "zhibiao.db", create=True)
    with transaction(connection):
        load_document(connection, made(), source="in/plan.txt", sha256="1")
    connection.close()
    return tmp_path / "zhibiao.db"


def test_findings_of_a_document_begin_with_its_coverage(file: Path) -> None:
    """The strip stands before the list, fitted to the terminal; one that lacks blocks gets plain characters."""
    for columns in (80, 120):
        result = CliRunner(env={"COLUMNS": str(columns)}).invoke(cli, ["findings", "plan"])
        lines = result.stdout.splitlines()
        assert lines[0].endswith("甲市质量工作考核方案")
        assert "characters stand in facts" in lines[1]
        assert (lines[2][0], lines[2][-1], len(lines[2])) == ("[", "]", min(columns, 82))
        assert max(map(width, lines)) <= columns
        assert "█" in lines[2]
        assert "warning  lost_cell  (page 1, line 5, table 1, row 5, column 2)" in lines
    result = CliRunner(env={"COLUMNS": "80"}, charset="gbk").invoke(cli, ["findings", "plan", "--kind", "none"])
    assert result.exit_code == 0
    assert set(result.stdout_bytes.splitlines()[2]) <= set(b"[ .:*#]")


def test_other_formats_list_the_findings_alone(file: Path) -> None:
    """JSON and CSV, and the findings of all documents, are rows as ever."""
    rows = json.loads(CliRunner().invoke(cli, ["findings", "plan", "--format", "json"]).stdout)
    assert [row["kind"] for row in rows] == ["lost_cell", "no_date", "link_to_no_leaf"]
    assert CliRunner().invoke(cli, ["findings"]).stdout.startswith("severity")
