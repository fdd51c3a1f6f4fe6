"""Numbered prose of many hands: brackets under aims, several charges under one number, sections with full marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import read_document
from extract.records import Assignment, Clause, Extraction, PlanItem, ScoreRule, Threshold
from extract.thresholds import thresholds


def extraction(tmp_path: Path, *paragraphs: str) -> Extraction:
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")
    return read_document(path)


def items(found: Extraction) -> list[tuple[str, str]]:
    return [(fact.code, fact.text) for fact in found.facts if isinstance(fact, PlanItem)]


def test_what_a_bracket_charges_somebody_with_is_to_be_done(tmp_path: Path) -> None:
    """Under 总体要求和目标 a paragraph that closes with who does it is an item, another one is none."""
    found = extraction(
        tmp_path,
        "滨河市港口工作分工方案",
        "一、工作目标",
        "1.岸电使用率达到60%。（市交通局牵头，年内持续推进）",
        "2.港口面貌明显改善。",
    )
    assert items(found) == [("一1", "岸电使用率达到60%。")]
    assert [(a.role, a.name) for a in found.facts if isinstance(a, Assignment)] == [("lead", "市交通局")]


def test_paragraphs_below_one_number_that_each_charge_somebody_are_items(tmp_path: Path) -> None:
    """Each paragraph that closes with its own bracket is an item with its own bodies."""
    found = extraction(
        tmp_path,
        "滨河市港口行动计划",
        "一、控制污染",
        "（一）治理码头。建设岸电设施。（市交通局牵头）",
        "治理船舶。更新老旧船舶。（市水利局牵头，市财政局配合）",
    )
    assert items(found) == [
        ("一（一）.1", "治理码头。建设岸电设施。"),
        ("一（一）.2", "治理船舶。更新老旧船舶。"),
    ]
    assert [(a.plan_item, a.role, a.name) for a in found.facts if isinstance(a, Assignment)] == [
        ("一（一）.1", "lead", "市交通局"),
        ("一（一）.2", "lead", "市水利局"),
        ("一（一）.2", "support", "市财政局"),
    ]


def test_sections_with_full_marks_add_up_and_clauses_are_no_tasks(tmp_path: Path) -> None:
    """（满分20分） behind a section is its own; what is judged under 重点任务 is no plan item beside it."""
    found = extraction(
        tmp_path,
        "滨河市港口考核方案",
        "一、履职情况（满分20分）",
        "1.巡查情况（10分）",
        "2.演练情况（10分）",
        "二、港口重点任务（满分80分）",
        "1.岸电建设情况（50分）",
        "2.水质改善情况（30分）",
    )
    assert found.head.total_points == 100
    assert [(c.code, c.points) for c in found.facts if isinstance(c, Clause)] == [
        ("S1", 20), ("1", 10), ("2", 10), ("S2", 80), ("2.1", 50), ("2.2", 30),
    ]  # fmt: skip
    assert items(found) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("镇长至少每季度召开一次例会", ("例会", ">=", 1, "次")),
        ("人均预期寿命81岁", ("人均预期寿命", "=", 81, "岁")),
        ("泊位总量约300个", ("泊位总量", "=", 300, "个")),
        ("岸电经费不低于人均2元", ("岸电经费", ">=", 2, "元")),
        ("每年至少召开联席会议2次", ("联席会议", ">=", 2, "次")),
        ("有效期3年", None),
        ("港口公约3个", None),
    ],
)
def test_numbers_beside_words_of_frequency_and_size(text: str, expected: tuple[object, ...] | None) -> None:
    """至少每季度 bounds the count behind it, 约 leaves a measured thing measured; a span of time alone is no aim."""
    found = [(t.indicator, t.comparator, t.value, t.unit) for t in thresholds(text)]
    assert found == ([expected] if expected else [])


def test_a_name_before_a_list_of_schools_or_areas_is_that_of_each() -> None:
    """用房面积，小学达到…，初中达到…: each part is said of what the clause before measures."""
    found = [(t.indicator, t.value) for t in thresholds("生均用房面积，小学达到4.5平方米以上，初中达到5.8平方米以上")]
    assert found == [("小学生均用房面积", 4.5), ("初中生均用房面积", 5.8)]


def test_values_under_one_predicate_share_what_they_are_measured_against() -> None:
    """比2015年分别下降15%和10%: both are measured against the same year, and each name has the whole tail."""
    found = [
        (t.indicator, t.value, t.baseline) for t in thresholds("硫氧化物、氮氧化物排放总量比2015年分别下降15%和10%")
    ]
    assert found == [("硫氧化物排放总量", 15, "比2015年"), ("氮氧化物排放总量", 10, "比2015年")]


STATES = (
    "一、基础设施",
    "岸电泊位占比达到60%以上，泊位，内河达到3个以上。",
    "二、管理水平",
    "1.建立巡查制度，巡查率达到95%以上。",
    "2.培训覆盖率不低于90%；应急演练每年不少于2次。",
    "3.事故率不超过1‰。",
)


@pytest.mark.parametrize(
    ("opening", "kinds"),
    [
        ("为规范港口管理，制定本标准。", ["S1", "S2", "1", "2", "3"]),
        ("为规范港口管理，制定本方案。", []),
    ],
)
def test_a_standard_without_points_judges_by_its_deepest_paragraphs(
    tmp_path: Path, opening: str, kinds: list[str]
) -> None:
    """A document that calls itself a standard states what is to be reached; a plan with the same words has items."""
    found = extraction(tmp_path, "滨河市绿色港口", opening, *STATES)
    assert [fact.code for fact in found.facts if isinstance(fact, Clause)] == kinds
    assert bool(items(found)) is not bool(kinds)
    owners = {(t.indicator, t.clause) for t in found.facts if isinstance(t, Threshold)}
    assert (("巡查率", "1") in owners) is bool(kinds)
    assert (("岸电泊位占比", "S1") in owners) is bool(kinds)


def test_demands_that_name_who_does_them_are_no_standard(tmp_path: Path) -> None:
    """Six paragraphs that bound figures are a standard where the title says so and none says who answers for it."""

    def judged(title: str) -> int:
        return sum(isinstance(fact, Clause) for fact in extraction(tmp_path, title, *states).facts)

    states = [f"{number}.第{number}类泊位占比不低于{number}0%。" for number in range(1, 8)]
    assert (judged("滨河市绿色港口建设标准"), judged("滨河市绿色港口建设方案")) == (7, 0)
    states[3] += "（责任单位：市交通局）"
    assert judged("滨河市绿色港口建设标准") == 0


def test_articles_that_add_or_take_points_are_clauses(tmp_path: Path) -> None:
    """An article with several awards is a bonus, or scored where it takes points; one that grades results is none."""
    found = extraction(
        tmp_path,
        "滨河市港口考核办法",
        "第一条 为规范港口考核，制定本办法。",
        "第二条 考核满分100分，90分以上为优秀，80分以上90分以下为良好。",
        "第三条 受到国家表彰的，加2分；受到省级表彰的，加1分。",
        "第四条 受到国家通报的，每次扣2分；受到省级通报的，每次扣1分。",
    )
    assert [(c.code, c.kind) for c in found.facts if isinstance(c, Clause)] == [("3", "bonus"), ("4", "scored")]
    assert [(r.clause, r.mode, r.points, r.step) for r in found.facts if isinstance(r, ScoreRule)] == [
        ("3", "tier", 2, None),
        ("3", "tier", 1, None),
        ("4", "deduction", 2, 1),
        ("4", "deduction", 1, 1),
    ]
    assert found.head.kind == "rubric"
    assert items(found) == []


def test_what_is_asked_beside_conditions_is_judged_too(tmp_path: Path) -> None:
    """Below 基本条件 stand conditions; the demands of the other sections are clauses of their own."""
    found = extraction(
        tmp_path,
        "滨河市绿色港口",
        "一、基本条件",
        "1.岸电覆盖率超过30%；",
        "二、环境",
        "1.垃圾回收率≥98%。",
        "2.码头保洁时间不低于16小时。",
        "3.三年内无污染事故。",
    )
    read = [(c.code, c.kind) for c in found.facts if isinstance(c, Clause)]
    assert read == [
        ("S1", "section"), ("B1", "basic"), ("S2", "section"), ("1", "scored"), ("2", "scored"), ("3", "scored"),
    ]  # fmt: skip


def test_a_column_left_of_the_running_number_groups_the_tasks(tmp_path: Path) -> None:
    """工作任务 | 序号 | 具体要求: the numbered requirements are what is to be done."""
    path = tmp_path / "a.html"
    rows = (
        "<tr><td rowspan=2>建设岸电</td><td>1</td><td>对老旧泊位进行全面改造。</td><td>市交通局</td></tr>"
        "<tr><td>2</td><td>为新建泊位配齐岸电设施。</td><td>市水利局</td></tr>"
        "<tr><td>加强宣传</td><td>3</td><td>每月公布岸电的使用情况。</td><td>市交通局</td></tr>"
    )
    head = "<tr><th>工作任务</th><th>序号</th><th>具体要求</th><th>责任单位</th></tr>"
    path.write_text(f"<meta charset=utf-8><h1>港口任务清单</h1><table>{head}{rows}</table>", encoding="utf-8")
    assert items(read_document(path)) == [
        ("1", "对老旧泊位进行全面改造。"),
        ("2", "为新建泊位配齐岸电设施。"),
        ("3", "每月公布岸电的使用情况。"),
    ]
