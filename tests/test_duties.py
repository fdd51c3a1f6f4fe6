"""Duties in prose: labels, verbs, offices, groups; and the plan items they belong to."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.departments.leading_group import leading_group
from extract.document import read_document
from extract.duties import read_duties
from extract.records import Assignment, PlanItem
from extract.regions import region


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["由市林业局牵头，市财政局、水利局配合，三年内完成。"],
         ["lead 市林业局", "support 市财政局", "support 市水利局"]),
        (["牵头单位：市林业局。成员单位：市财政局、市水利局等相关单位。"],
         ["lead 市林业局", "member 市财政局", "member 市水利局", "member 相关单位"]),
        (["领导小组办公室设在市林业局。"], ["lead 市林业局"]),
        (["市政府督查室要对进展情况进行督查。"], ["supervise 市政府督查室"]),
        (["市林业局负责苗木供应，各县（市、区）要落实用地。"], ["lead 市林业局", "support 各县（市、区）"]),
        (["各县（市、区）要落实用地。"], ["lead 各县（市、区）"]),
        (["将任务分解到各成员单位，市林业局定期通报。"], ["support 领导小组成员单位", "lead 市林业局"]),
        # the bracket that closes a paragraph
        (["推广试点。（市财政局、市税务局负责）"], ["lead 市财政局", "lead 市税务局"]),
        (["推广试点。（责任单位：市林业局；配合单位：市财政局、各县（市、区）政府；完成时限：2025年底前）"],
         ["lead 市林业局", "support 市财政局", "support 各县（市、区）政府"]),
        (["推广试点。（市林业局牵头，市财政局、水利局配合）"],
         ["lead 市林业局", "support 市财政局", "support 市水利局"]),
        (["推广试点（含县市）。"], []),
        # spoken of, not answerable
        (["听取市林业局的意见，加强与市财政局的沟通。"], []),
        (["会同社会各界开展宣传，提高群众意识。"], []),
        # a label beside them silences what is only said
        (["责任单位：市林业局", "市财政局要保障经费。"], ["lead 市林业局"]),
    ],
)  # fmt: skip
def test_roles_come_from_labels_and_verbs(paragraphs: list[str], expected: list[str]) -> None:
    """A body has a role where a label or a verb beside it gives one; a body that is only spoken of has none."""
    found = read_duties(paragraphs, region("410100"))
    assert [f"{duty.role} {duty.department.name}" for duty in found] == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["成立郑州市造林绿化领导小组。", "领导小组负责协调。"], "市造林绿化领导小组"),
        (["市造林绿化领导小组负责协调。", "向河南省造林领导小组报告。"], "市造林绿化领导小组"),
        (["市造林绿化领导小组和市防火领导小组负责。"], None),
        (["领导小组负责协调。"], None),
    ],
)
def test_the_leading_group_is_the_one_named_whole(texts: list[str], expected: str | None) -> None:
    """领导小组 stands for the one group of the document's own level that it names whole, if there is one."""
    assert leading_group(texts, region("410100")) == expected


PLAN = """滨海市造林绿化行动方案

一、指导思想

（一）坚持生态优先。

二、工作目标

造林目标

序号\t要 求
1\t森林覆盖率达到30%以上。
2\t新增绿地2万亩。

三、主要任务

（一）抓好造林

1. 扩大造林规模。市林业局负责组织实施，市财政局配合，两年内完成荒山造林任务，并加强对各地造林工作的

技术指导和检查验收。

2. 提升质量，推广乡土树种。

（二）抓好管护

3. 建立管护队伍。

四、进度安排

（一）动员阶段（2021年3月至2021年5月）。

1. 召开动员大会。

（二）总结阶段（2022年6月）。

五、保障措施

（一）加强领导

成立滨海市造林绿化领导小组，办公室设在市林业局。

（二）任务分解

任务分解表另行制定。

附件：分解表

主办：市林业局
"""


def test_a_plan_in_prose_gives_targets_measures_phases_and_safeguards(tmp_path: Path) -> None:
    """Items are target rows, the last numbered level, phases and their steps, and what stands below a title."""
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    found = read_document(path).facts
    items = [(i.code, i.text[:8], i.section, i.starts_on, i.ends_on) for i in found if isinstance(i, PlanItem)]
    assert items == [
        ("T1.1", "森林覆盖率达到3", "工作目标", None, None),
        ("T1.2", "新增绿地2万亩。", "工作目标", None, None),
        ("三（一）1", "扩大造林规模。市", "主要任务 / 抓好造林", None, None),
        ("三（一）2", "提升质量，推广乡", "主要任务 / 抓好造林", None, None),
        ("三（二）3", "建立管护队伍。", "主要任务 / 抓好管护", None, None),
        ("四（一）", "动员阶段（202", "进度安排", "2021-03", "2021-05"),
        ("四（一）1", "召开动员大会。", "进度安排 / 动员阶段（2021年3月至2021年5月）", "2021-03", "2021-05"),
        ("四（二）", "总结阶段（202", "进度安排", None, "2022-06"),
        ("五（一）", "成立滨海市造林绿", "保障措施", None, None),
    ]
    names = [(a.plan_item, a.role, a.name) for a in found if isinstance(a, Assignment)]
    assert names == [
        ("三（一）1", "lead", "市林业局"),
        ("三（一）1", "support", "市财政局"),
        ("五（一）", "lead", "市林业局"),
    ]


def test_codes_of_an_annex_have_its_name_where_numbering_restarts(tmp_path: Path) -> None:
    """The same number in an annex is another item: its code says which annex."""
    path = tmp_path / "plan.txt"
    path.write_text("某方案\n\n一、任务\n\n1. 植树造林。\n\n附件2\n\n一、分工\n\n1. 管护林木。\n", encoding="utf-8")
    assert [fact.code for fact in read_document(path).facts if isinstance(fact, PlanItem)] == ["一1", "附件2一1"]


def test_a_closing_bracket_gives_the_dates_and_is_no_part_of_the_text(tmp_path: Path) -> None:
    """The item ends when the bracket says, and its text ends before it; the first name leads where the text says so."""
    path = tmp_path / "plan.txt"
    text = (
        "措施\n\n1. 植树造林。（责任单位：市林业局、市财政局。列第一位的为牵头单位，下同；完成时限：2025年12月）\n\n"
        "2. 管护林木。（市水利局、市林业局负责）\n"
    )
    path.write_text(text, encoding="utf-8")
    found = read_document(path).facts
    assert [(item.text, item.ends_on) for item in found if isinstance(item, PlanItem)] == [
        ("植树造林。", "2025-12"),
        ("管护林木。", None),
    ]
    assert [(a.plan_item, a.role, a.name) for a in found if isinstance(a, Assignment)] == [
        ("1", "lead", "市林业局"),
        ("1", "support", "市财政局"),
        ("2", "lead", "市水利局"),
        ("2", "support", "市林业局"),
    ]
