"""`kb.check`: what documents contradict, found in either order of their coming and gone when one of them changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from extract.pages import Place
from extract.records import Clause, Extraction, Fact, Head, Passage, PlanItem, ScoreRule, Threshold
from kb.base import memory_base, transaction
from kb.check import check_all
from kb.entities.decisions import decide
from kb.entities.settling import Touched, settle
from kb.load import load_document
from kb.show import findings

CAMPAIGN = "安静城市"


@pytest.fixture
def base() -> sqlite3.Connection:
    return memory_base()


def document(title: str, lines: Sequence[str], facts: Sequence[Fact] = (), **head: Any) -> Extraction:
    """A document of these lines; a fact names its line by its number."""
    passages = tuple(
        Passage(number, "paragraph", text, Place(page=1, line=number)) for number, text in enumerate(lines, 1)
    )
    values = {"campaign": CAMPAIGN, "region_code": "330100", "kind": "rubric"} | head
    return Extraction(Head(title, **values), "txt", passages, (), tuple(facts))


def load(base: sqlite3.Connection, *extractions: Extraction) -> None:
    for extraction in extractions:
        with transaction(base):
            number = base.execute("select count(*) from revisions").fetchone()[0]
            load_document(base, extraction, source="in/a.txt", sha256=f"sha-{number}")


def told(base: sqlite3.Connection, kind: str | None = None) -> list[str]:
    """The messages of the findings that compare."""
    rows = base.execute(
        "select message from findings where other_id is not null and (? is null or kind = ?) order by message",
        (kind, kind),
    )
    return [row[0] for row in rows]


def rubric(title: str, *demands: tuple[str, str, float, str], points: float | None = 10, **head: Any) -> Extraction:
    """A rubric with a clause a line; a demand is indicator, comparator, value, unit."""
    lines = [f"{name}{sign}{value:g}{unit}" for name, sign, value, unit in demands]
    facts: list[Fact] = []
    for number, (demand, line) in enumerate(zip(demands, lines, strict=True), 1):
        facts.append(Clause(str(number), "scored", demand[0], number, points=points, points_status="printed"))
        facts.append(Threshold(demand[0], demand[1], line, number, demand[2], unit=demand[3], clause=str(number)))
    return document(title, lines, facts, **head)


def plan(title: str, *promises: tuple[str, str, float, str], **head: Any) -> Extraction:
    """A plan with a task a line."""
    lines = [f"{name}{sign}{value:g}{unit}" for name, sign, value, unit in promises]
    facts: list[Fact] = []
    for number, (promise, line) in enumerate(zip(promises, lines, strict=True), 1):
        facts.append(PlanItem(str(number), line, number))
        facts.append(
            Threshold(promise[0], promise[1], line, number, promise[2], unit=promise[3], plan_item=str(number))
        )
    return document(title, lines, facts, **({"kind": "plan", "region_code": "330200"} | head))


def steps(title: str, code: str, name: str, unit: str, *values: float) -> Extraction:
    """A rubric whose one clause has a tier for each value."""
    lines = [f"{name}达到{value:g}{unit}" for value in values]
    facts: list[Fact] = [Clause(code, "scored", name, 1, points=10, points_status="printed")]
    for number, (value, line) in enumerate(zip(values, lines, strict=True), 1):
        facts.append(ScoreRule(code, number, "tier", 10.0 / number, line, number))
        facts.append(Threshold(name, ">=", line, number, value, unit=unit, clause=code, rule=number))
    return document(title, lines, facts)


# ---------------------------------------------------------------- thresholds


@pytest.mark.parametrize("order", list(permutations((0, 1))))
def test_the_same_figures_in_another_unit(base: sqlite3.Connection, order: tuple[int, ...]) -> None:
    """Two clauses with the same steps in % and ‰ are told once, whichever document came first."""
    both = (
        steps("甲办法", "2", "安静经费占财政一般预算收入比例", "%", 1, 0.6, 0.3),
        steps("乙办法", "3", "安静经费占公共财政预算收入比例", "‰", 1, 0.6, 0.3),
    )
    load(base, *(both[number] for number in order))
    (message,) = told(base, "conflicting_unit")
    assert "1‰、0.6‰、0.3‰" in message
    assert "1%、0.6%、0.3%" in message


def test_other_figures_or_other_things_are_no_conflict_of_units(base: sqlite3.Connection) -> None:
    """One step in common, other steps, or a name that has little in common say nothing."""
    load(
        base,
        steps("甲办法", "1", "安静经费占预算收入比例", "%", 1, 0.6),
        steps("乙办法", "1", "安静经费占预算收入比例的比重", "‰", 1, 0.5),
        steps("丙办法", "1", "河道保洁及时完成率", "‰", 1, 0.6),
    )
    assert told(base, "conflicting_unit") == []


def test_two_rubrics_of_one_campaign_demand_differently(base: sqlite3.Connection) -> None:
    """The strictest demands are compared; of another campaign, kind of circumstance or indicator none."""
    load(
        base,
        rubric("甲办法", ("隔音达标率", ">=", 96, "%"), ("投诉率", "<=", 2, "‰")),
        rubric("乙办法", ("隔音达标率", ">=", 95, "%"), ("隔音达标率", ">=", 90, "%"), ("投诉率", "<=", 2, "‰")),
        rubric("丙办法", ("隔音达标率", ">=", 50, "%"), campaign="热闹城市"),
        rubric("丁办法", ("其他达标率", ">=", 50, "%")),
    )
    (message,) = told(base, "conflicting_threshold")
    assert ">= 95%" in message
    assert ">= 96%" in message


def test_one_border_in_two_rubrics(base: sqlite3.Connection) -> None:
    """30% and more than 30% is a difference too, though a small one."""
    load(base, rubric("甲办法", ("隔音达标率", ">=", 30, "%")), rubric("乙办法", ("隔音达标率", ">", 30, "%")))
    rows = base.execute("select kind, severity from findings").fetchall()
    assert [tuple(row) for row in rows] == [("conflicting_threshold", "info")]


def test_one_figure_with_two_borders_in_a_document(base: sqlite3.Connection) -> None:
    """The sentence that leaves the figure out is named beside the one that does not; others are not compared."""
    lines = (
        "城市对照《安静城市考核细则》自评，得分达到70分以上",
        "对照《安静城市考核细则》自评和复评，评分超过70分",
        "培训考核评分超过70分",
    )
    names = ("自评", "自评和复评评分", "培训考核评分")
    facts = [
        Threshold(name, ">" if "超过" in line else ">=", line, number, 70.0, unit="分", clause=clause)
        for number, (name, line, clause) in enumerate(zip(names, lines, (None, "B1", "B2"), strict=True), 1)
    ]
    clauses = [Clause("B1", "basic", lines[1], 2), Clause("B2", "basic", lines[2], 3)]
    load(base, document("甲办法", lines, [*clauses, *facts]))
    assert told(base) == [f"“{lines[1]}” leaves out 70分, “{lines[0]}” does not"]
    place = base.execute("select p.text from findings f join passages p on p.id = f.passage_id").fetchone()
    assert place[0] == lines[1]


@pytest.mark.parametrize("order", list(permutations((0, 1))))
@pytest.mark.parametrize(
    ("promise", "is_below"),
    [
        (("隔音达标率", ">=", 89, "%"), True),
        (("隔音达标率", ">=", 90, "%"), False),
        (("隔音达标率", ">=", 890, "‰"), True),
        (("隔音达标率", "=", 100, "%"), False),
        (("隔音达标率", "<=", 10, "%"), False),
        (("投诉率", "<=", 3, "‰"), True),
        (("投诉率", "<=", 0.1, "%"), False),
        (("安静小区", ">=", 1, "个"), True),
        (("安静小区", "=", 1, "个"), True),
        (("安静小区", "=", 3, "个"), False),
        (("投诉率", "=", 0, "‰"), False),
    ],
)
def test_a_promise_below_the_floor(
    base: sqlite3.Connection, promise: tuple[str, str, float, str], is_below: bool, order: tuple[int, ...]
) -> None:
    """A promise is measured against the weakest demand that earns points, over units, in either order of coming."""
    national = rubric(
        "全国办法",
        *(("隔音达标率", ">=", 95, "%"), ("隔音达标率", ">=", 90, "%")),
        *(("投诉率", "<=", 2, "‰"), ("安静小区", ">=", 3, "个")),
        region_code="100000",
    )
    both = (national, plan("甲市方案", promise))
    load(base, *(both[number] for number in order))
    assert len(told(base, "below_floor")) == is_below
    ids = [row[0] for row in base.execute("select id from documents")]
    assert [len(findings(base, document_id)) for document_id in ids] == [is_below, is_below]


def test_a_tier_without_points_is_no_floor(base: sqlite3.Connection) -> None:
    """What earns nothing is not demanded."""
    scored = steps("全国办法", "1", "隔音达标率", "%", 95, 80)
    facts = [
        replace(fact, points=0.0) if isinstance(fact, ScoreRule) and fact.ordinal == 2 else fact
        for fact in scored.facts
    ]
    load(base, replace(scored, facts=tuple(facts)), plan("甲市方案", ("隔音达标率", ">=", 85, "%")))
    assert len(told(base, "below_floor")) == 1


def test_findings_go_when_either_document_changes(base: sqlite3.Connection) -> None:
    """A revision that puts the figure right takes the finding away, from whichever side."""
    load(base, rubric("甲办法", ("隔音达标率", ">=", 95, "%")), plan("甲市方案", ("隔音达标率", ">=", 90, "%")))
    assert len(told(base)) == 1
    load(base, plan("甲市方案", ("隔音达标率", ">=", 95, "%")))
    assert told(base) == []
    load(base, plan("甲市方案", ("隔音达标率", ">=", 90, "%")))
    load(base, rubric("甲办法", ("隔音达标率", ">=", 85, "%")))
    assert told(base) == []


def test_a_decision_changes_what_is_compared(base: sqlite3.Connection) -> None:
    """Indicators that a person joins are compared from then on."""
    load(base, rubric("甲办法", ("隔音达标率", ">=", 95, "%")), plan("甲市方案", ("隔声达标率", ">=", 90, "%")))
    assert told(base) == []
    decide(base, "indicator", "隔声达标率", "隔音达标率", "same", made_by="王", made_at="2024", reason=None)
    settle(base, Touched(frozenset(), frozenset({"隔声达标率"})))
    check_all(base)
    check_all(base)
    assert len(told(base, "below_floor")) == 1


# ---------------------------------------------------------------- lists


TITLES = ("设立噪声地图", "安装隔音窗户", "公布夜间施工", "培训物业人员", "评选安静小区", "处理居民投诉")


def listing(
    title: str, titles: Sequence[str], points: Sequence[float | None] = (), prefix: str = "", **head: Any
) -> Extraction:
    lines = [text or "（空）" for text in titles]
    kind: Any = "catalogue" if prefix else "scored"
    given = points or [None] * len(titles)
    facts = [
        Clause(f"{prefix}{number}", kind, text, number, points=one, points_status="none" if one is None else "printed")
        for number, (text, one) in enumerate(zip(titles, given, strict=True), 1)
    ]
    return document(title, lines, facts, **head)


@pytest.mark.parametrize("order", list(permutations((0, 1))))
def test_a_lost_title_that_another_document_prints(base: sqlite3.Connection, order: tuple[int, ...]) -> None:
    """Where the titles that both lists print agree, the lost one is offered with its source; the clause stays."""
    both = (
        listing("全国办法", TITLES, prefix="C", region_code="100000"),
        listing("甲市任务表", ["", *(f"{text}工作" for text in TITLES[1:])], region_code="330200"),
    )
    load(base, *(both[number] for number in order))
    (message,) = told(base, "lost_title_elsewhere")
    assert message.startswith("clause 1: its lost title may read “设立噪声地图”, as 全国办法 prints it (C1; 5 of 5")
    assert base.execute("select title from clauses where code = '1'").fetchone()[0] == ""


@pytest.mark.parametrize(
    "other",
    [
        listing("全国办法", TITLES[:5], prefix="C", region_code="100000"),
        listing("全国办法", (*TITLES[3:], *TITLES[:3]), prefix="C", region_code="100000"),
        listing("全国办法", TITLES, prefix="C", region_code="100000", campaign="热闹城市"),
        listing("全国办法", TITLES, prefix="C", region_code="100000", origin="digest"),
    ],
    ids=["few titles in common", "other numbers", "another campaign", "a digest"],
)
def test_a_list_that_is_another_one_offers_nothing(base: sqlite3.Connection, other: Extraction) -> None:
    """Four titles in common are chance; titles under other numbers, another campaign and digests are other lists."""
    load(base, other, listing("甲市任务表", ["", *TITLES[1:]], region_code="330200"))
    assert told(base) == []


def test_points_that_editions_give_differently(base: sqlite3.Connection) -> None:
    """One list with two values for a clause is told once; what has no points in one of them is not compared."""
    load(
        base,
        listing("办法（试行）", TITLES, (10, 10, 20, 5, 5, None)),
        listing("办法", TITLES, (10, 15, 20, 5, 5, 5)),
    )
    (message,) = told(base, "points_disagree")
    assert message.startswith("clause 2: 1")
    assert "15" in message
    assert "10" in message


# ---------------------------------------------------------------- counts


@pytest.mark.parametrize(
    ("lines", "stand"),
    [
        (("一、任务（共3项）", "（一）甲事", "（二）乙事", "二、其他"), 2),
        (("一、任务（共2项）", "（一）甲事", "（二）乙事", "二、其他"), None),
        (("一、任务（共5项）", "（一）甲方面2项：子、丑", "（二）乙方面3项：寅、卯、辰"), None),
        (("一、任务（共3项）", "（一）甲事", "细说甲事。", "（二）乙事", "1. 其一", "（三）丙事"), None),
        (("抓好以下三个方面：一是甲；二是乙。",), 2),
        (("抓好以下三个方面：一是甲；二是乙；三是丙。",), None),
        (("工作分为三步。", "（一）甲步", "1. 其一", "（二）乙步"), 2),
        (("应符合下列2项条件：", "（一）甲", "（二）乙", "（三）丙"), 3),
        (("一、任务（共3项）", "没有编号的正文"), None),
    ],
)
def test_counts_that_are_not_kept(base: sqlite3.Connection, lines: tuple[str, ...], stand: int | None) -> None:
    """The entries below, or what they announce together, are as many as is said; without numbers nothing is told."""
    load(base, document("甲办法", lines))
    assert [f", {stand} stand there" in message for message in told(base)] == ([] if stand is None else [True])


@pytest.mark.parametrize(
    ("text", "is_told"),
    [("否决条件从严，共3项内容", True), ("否决条件从严，共2项内容", False), ("工作共3项内容", False)],
)
def test_counts_of_a_kind_of_clause(base: sqlite3.Connection, text: str, is_told: bool) -> None:
    """A sentence that opens with the name of a kind speaks of its clauses."""
    clauses = [Clause("V1", "veto", "噪声事故", 2), Clause("V2", "veto", "弄虚作假", 3)]
    load(base, document("甲办法", (text, "噪声事故", "弄虚作假"), clauses))
    assert len(told(base, "count_not_kept")) == is_told


def test_a_heading_below_which_nothing_is_left(base: sqlite3.Connection) -> None:
    """A heading without entries is told where other headings like it have theirs."""
    items = [
        PlanItem(str(number), text, number, section="甲方面（共2项）") for number, text in ((2, "甲事"), (3, "乙事"))
    ]
    load(base, document("甲办法", ("一、甲方面（共2项）", "甲事", "乙事", "二、乙方面（共4项）"), items))
    assert told(base) == ["“(共4项)” is announced, 0 stand there: 二、乙方面(共4项)"]
