"""What looks like a duty, a target, points or a task and yielded no record is told with its text; nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import read_document
from extract.layout import lay_out
from extract.pages import Block, Page, Place, Reading
from extract.records import Assignment, Fact, Finding, PlanItem
from extract.unread import unread


def told(lines: list[str], facts: tuple[Fact, ...] = (), head: tuple[int, ...] = ()) -> list[tuple[str, str, str]]:
    """Kind, severity and message of the findings of some paragraphs."""
    blocks = tuple(Block(text, Place(line=number)) for number, text in enumerate(lines, 1))
    layout = lay_out(Reading("txt", (Page(None, blocks),)))
    return [(found.kind, found.severity, found.message) for found in unread(layout, facts, head)]


@pytest.mark.parametrize(
    ("text", "kind", "severity"),
    [
        ("1. 加强河道保洁，清理岸边垃圾。", "unread_task", "warning"),
        ("2. 围绕重点河段，开展联合巡查。", "unread_task", "info"),
        ("3. 由县水务局牵头，各乡镇配合。", "unread_duty", "warning"),
        ("4. 各乡镇政府要高度重视这项工作。", "unread_duty", "info"),
        ("5. 水质达标率不低于90%。", "unread_target", "warning"),
        ("6. 每发现一处漂浮物扣2分。", "unread_points", "warning"),
    ],
)
def test_each_sign_is_told_with_the_text(text: str, kind: str, severity: str) -> None:
    """Sure words make a warning, weak ones an info; the message holds the text."""
    [(found, grave, message)] = told(["一、主要工作", text])
    assert (found, grave) == (kind, severity)
    assert text.rstrip("。")[3:] in message


@pytest.mark.parametrize(
    "lines",
    [
        ["一、指导思想", "1. 加强统筹协调，推进绿色发展。"],
        ["一、主要工作", "各乡镇人民政府：", "现将方案印发给你们，请认真组织实施。"],
        ["一、组织领导", "附件：1. 建立河道台账的要求和格式"],
        ["加强河道保护的背景由来已久，本县历来重视。"],
        ["一、主要工作", "1. 建立工作台账（任务分工见附件）。"],
        ["一、主要工作", "（一）推进河道整治，改善水质。", "1. 县水务局"],
        ["县水务局", "2031年5月6日"],
    ],
)
def test_boilerplate_is_not_told(lines: list[str]) -> None:
    """Background, salutation, list of annexes, preamble, references, headings and signature look like nothing."""
    assert told(lines) == []


def test_a_record_answers_a_sign() -> None:
    """Where a task or who does it was read from a passage, nothing is told; a passage of the head is left alone."""
    lines = ["一、主要工作", "1. 由县水务局牵头，加强河道保洁。"]
    task = PlanItem("1", "由县水务局牵头，加强河道保洁", 2)
    assert told(lines, (task, Assignment("lead", "县水务局", "县水务局", 2, plan_item="1"))) == []
    assert told(lines, (Finding("any", "info", "a finding is no record", 2),)) != []
    assert told(lines, head=(2,)) == []


TABLE = """某县河道管护方案

序号\t工作任务\t责任单位\t说明
1\t清理岸边垃圾\t县水务局\t每缺一次扣2分
2\t修订管护制度\t县水务局\t每缺一次扣3分
3\t开展联合巡查\t县公安局\t每缺一次扣4分
4\t公布举报电话\t县水务局\t无
"""


def test_cells_of_one_column_are_told_once(tmp_path: Path) -> None:
    """A column that a family does not read is one finding with its header, its number of cells and the first text."""
    path = tmp_path / "a.txt"
    path.write_text(TABLE, encoding="utf-8")
    found = [fact for fact in read_document(path).facts if isinstance(fact, Finding)]
    assert [(one.kind, one.message) for one in found if one.kind.startswith("unread")] == [
        ("unread_points", "3 cells of column 说明, the first “扣2分”: 每缺一次扣2分")
    ]


def test_a_table_that_nobody_reads_is_one_finding(tmp_path: Path) -> None:
    """Its message names the columns and what most of its cells look like."""
    path = tmp_path / "a.txt"
    path.write_text(
        "某县河道名录\n\n河名\t长度\t近况\n青河\t3\t水质达标率达到95%以上\n白河\t4\t良好\n", encoding="utf-8"
    )
    found, none = [fact for fact in read_document(path).facts if isinstance(fact, Finding)][::-1]
    assert none.kind == "no_family"
    assert (found.kind, found.severity) == ("unread_table", "warning")
    assert found.message == "table 1 (河名、长度、近况): no family reads it; looks like target in 1 of 6 cells"


@pytest.mark.parametrize(("column", "severity"), [("三级指标", "warning"), ("河名", "info")])
def test_the_columns_of_an_unread_table_tell_how_grave_it_is(tmp_path: Path, column: str, severity: str) -> None:
    """A column of indicators should have been read even where no cell looks like anything."""
    path = tmp_path / "a.txt"
    path.write_text(f"某县河道名录\n\n序号\t{column}\t近况\n1\t定量\t良好\n2\t定性\t尚可\n", encoding="utf-8")
    found = [fact for fact in read_document(path).facts if isinstance(fact, Finding)]
    assert [fact.severity for fact in found if fact.kind == "unread_table"] == [severity]


@pytest.mark.parametrize(("column", "found"), [("扛牢单位", ["unread_column"]), ("责任单位", [])])
def test_bodies_in_a_column_of_unknown_header_are_told(tmp_path: Path, column: str, found: list[str]) -> None:
    """Two rows are too few to know a column by its looks: who stands there is not silently left out."""
    path = tmp_path / "a.txt"
    path.write_text(
        f"某县整治任务表\n\n序号\t工作任务\t{column}\t完成时限\n1\t建设污水管网。\t县住建局\t2025年6月\n"
        "2\t完成雨污分流。\t县水务局、县财政局\t2025年12月\n",
        encoding="utf-8",
    )
    assert [fact.kind for fact in read_document(path).facts if isinstance(fact, Finding)] == found


@pytest.mark.parametrize(("column", "told"), [("扛牢单位", ["guessed_column"]), ("责任单位", []), ("", [])])
def test_a_role_that_a_column_has_by_its_looks_alone_is_told(tmp_path: Path, column: str, told: list[str]) -> None:
    """A header that no word knows may mean something else: its bodies are leads, and doubtful ones."""
    tasks = ("建设污水管网", "完成雨污分流", "新建公园3个", "新建绿道30公里")
    rows = "".join(f"{number}\t{task}。\t县住建局\t2025年6月\n" for number, task in enumerate(tasks, 1))
    path = tmp_path / "a.txt"
    path.write_text(f"某县整治任务表\n\n序号\t工作任务\t{column}\t完成时限\n{rows}", encoding="utf-8")
    facts = read_document(path).facts
    assert [fact.role for fact in facts if isinstance(fact, Assignment)] == ["lead"] * 4
    assert [fact.kind for fact in facts if isinstance(fact, Finding)] == told
