"""`kb.coverage.weak`: promises that say less than the clause they answer, and those that do not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from covered_base import covered_base, document, threshold
from gold_base import insert

from kb.coverage.reading import read_each
from kb.coverage.weak import weak_promises
from kb.evaluation.rows import Row
from kb.report import read_into_memory

Aim = dict[str, Any]
RATE = "产品抽检合格率"


def found(base: sqlite3.Connection, city: str, rubric: str | None = None) -> list[Row]:
    one = read_each(base, [city], rubric)[0]
    return weak_promises(one.answers, one.plan, one.rubric)


def test_weak_promises_of_a_plan() -> None:
    """Another post, a lost interval, a figure too low; each with both fragments and the points of the rule."""
    rows = found(covered_base(), "甲")
    assert [(row["clause"], row["item"], row["kind"], row["why"], row["points"]) for row in rows] == [
        ("1", "1.2", "lesser_post", "第一组长 for 组长", 20),
        ("2", "2.1", "rarer", "定期 for 每年", 20),
        ("3", "3.1", "lower_figure", ">= 93% for >= 95%", 25),
    ]
    assert rows[2]["item_fragment"] == "产品抽检合格率达到93%"
    assert rows[2]["clause_fragment"] == "产品抽检合格率>=95"
    assert found(covered_base(), "乙") == []


def pair(condition: str, text: str, demand: Aim | None, promise: Aim | None, method: str = "printed") -> list[str]:
    """The kinds of weakness of one item that is tied to one clause with one rule."""
    base = covered_base()
    document(base, "r", "另一细则", "100000", "rubric")
    document(base, "p", "丙市方案", "100000", "plan")
    clause = insert(base, "clauses", document_id="r", code="1", kind="scored", title="", points_status="none")
    rule = insert(base, "score_rules", clause_id=clause, ordinal=1, mode="additive", points=5, condition=condition)
    item = insert(base, "plan_items", document_id="p", code="1", text=text)
    if demand:
        threshold(base, "r", demand.pop("of", RATE), clause_id=clause, score_rule_id=rule, **demand)
    if promise:
        threshold(base, "p", promise.pop("of", RATE), plan_item_id=item, **promise)
    link = {"plan_item_id": item, "clause_id": clause, "relation": "primary", "rank": 1, "evidence": "{}"}
    insert(base, "links", method=method, score=0.9, **link)
    return [row["kind"] for row in found(base, "p")]


@pytest.mark.parametrize(
    ("condition", "text", "demand", "promise", "expected"),
    [
        ("抽检合格率达到95%", "提高抽检合格率", {"value": 95}, None, ["no_figure"]),
        ("抽检合格率达到95%", "抽检合格率达到95%", {"value": 95}, None, []),  # printed, though it was not read
        ("抽检合格率达到95%", "抽检合格率超过95%", {"value": 95}, {"value": 95, "comparator": ">"}, []),
        ("抽检合格率超过95%", "抽检合格率95%以上", {"value": 95, "comparator": ">"}, {"value": 95}, []),
        ("经费比例达到1‰", "经费比例达到0.1%", {"value": 1, "unit": "‰"}, {"value": 0.1}, []),
        ("经费比例达到1%", "经费比例达到1‰", {"value": 1}, {"value": 1, "unit": "‰"}, ["lower_figure"]),
        (
            *("投诉率低于5%", "投诉率低于8%", {"value": 5, "comparator": "<"}, {"value": 8, "comparator": "<"}),
            ["lower_figure"],
        ),
        ("投诉率低于5%", "投诉率低于3%", {"value": 5, "comparator": "<"}, {"value": 3, "comparator": "<"}, []),
        (
            *("比例达到1‰", "比例达到考核要求", {"value": 1, "unit": "‰"}),
            *({"comparator": "relative", "unit": None, "baseline": "考核要求", "text": "比例达到考核要求"}, []),
        ),
        (
            *("合格率居全国前10位", "合格率居全国前列", {"value": 10, "comparator": "rank<=", "unit": "位"}),
            *({"comparator": "relative", "unit": None, "baseline": "全国前列"}, ["vaguer"]),
        ),
        ("建成1个以上示范点", "建设一批示范点", {"of": "示范点", "value": 1, "unit": "个"}, None, []),
        ("建成3个以上示范点", "建设一批示范点", {"of": "示范点", "value": 3, "unit": "个"}, None, ["no_figure"]),
        (
            *("每亿元产值商标数居全国前列", "商标数居全国前列"),
            {"of": "每亿元产值商标数", "comparator": "relative", "unit": None, "baseline": "全国前列"},
            {"of": "商标数", "comparator": "relative", "unit": None, "baseline": "全国前列"},
            ["other_measure"],
        ),
        ("合格率达到95%或投诉率下降", "投诉率下降，合格率达到93%", {"value": 95}, {"value": 93}, ["lower_figure"]),
        ("定期向社会公布结果", "向社会公布结果", None, None, ["rarer"]),
        ("定期向社会公布结果", "每季度向社会公布结果", None, None, []),
        ("建成国家级质检中心", "建成国家级或省级质检中心", None, None, ["lower_level"]),
        ("对所有企业建立信用档案", "对重点企业建立信用档案", None, None, ["narrower"]),
        (
            *("整治食品、药品、建材、家电市场", "整治食品、药品、家电市场", None, None),
            ["shorter_list"],
        ),
        ("整治食品、药品、建材、家电等市场", "整治食品、药品、家电市场", None, None, []),
    ],
)
def test_one_pair(condition: str, text: str, demand: Aim | None, promise: Aim | None, expected: list[str]) -> None:
    """What is weaker is told by its kind; what says as much in other words is not."""
    demand, promise = (None if aim is None else dict(aim) for aim in (demand, promise))
    assert pair(condition, text, demand, promise) == expected


def test_an_inferred_link_may_rest_on_another_part() -> None:
    """Nothing is missed of a part that the item does not speak of, unless the document ties the two itself."""
    asked = ("抽检合格率达到95%", "表彰优秀企业")
    assert pair(*asked, {"value": 95}, None, method="inferred") == []
    assert pair(*asked, {"value": 95}, None, method="printed") == ["no_figure"]


def test_the_weak_promises_of_a_real_task_table(shared: Path) -> None:
    """Every task that its annotator lists as weaker than its rule is found, and one more of the same clause."""
    connection, document_id = read_into_memory(shared / "corpus" / "text" / "changzhou.txt")
    with closing(connection):
        items = {row["item"] for row in found(connection, document_id)}
    listed = {"2.3", "12.2", "20.3", "22.1", "23.1", "25.1", "26.1", "30.1", "42.1", "42.2"}
    assert items == listed | {"23.2"}  # 23.2 too promises a number where a number per 亿元 is asked for
