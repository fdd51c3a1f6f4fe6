"""`kb.coverage`: how a plan stands to a rubric, by hand-made links; which plan and rubric a name means."""

from __future__ import annotations

import sqlite3

import pytest
from covered_base import covered_base, document
from gold_base import insert

from kb.coverage.gap import columns, gaps
from kb.coverage.layout import clause_lines, head, sum_lines
from kb.coverage.naming import plan_named, rubric_for, rubrics_of
from kb.coverage.reading import Reading, read_each, read_together
from kb.coverage.sums import TOTAL, sums
from kb.errors import UnknownDocument
from kb.listing import width
from kb.questions import ask


@pytest.fixture
def base() -> sqlite3.Connection:
    return covered_base()


def reading(base: sqlite3.Connection, city: str) -> Reading:
    return read_each(base, [city], None)[0]


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("甲", {"1": "covered", "2": "covered", "3": "covered", "4": "uncovered", "5": "uncovered", "6": "uncovered"}),
        # 1: a link of 0.5; 2: a candidate of 0.3; 5: one of 0.1; B1: the only link was rejected; 6: no candidate covers
        ("乙", {"1": "doubtful", "2": "doubtful", "3": "covered", "4": "uncovered", "5": "uncovered", "6": "doubtful"}),
    ],
)
def test_status(base: sqlite3.Connection, city: str, expected: dict[str, str]) -> None:
    """Printed, accepted and sure links cover; weak ones and candidates leave doubt; rejected ones count as none."""
    found = {row["clause"]: row["status"] for row in reading(base, city).rows}
    assert found == expected | {"V1": "uncovered", "B1": "uncovered"}


def test_the_bounds_stand_in_one_place(base: sqlite3.Connection) -> None:
    """The view, the rows and the question agree, for they read the same bounds."""
    rows = reading(base, "乙").rows
    asked = ask(base, "coverage", {"plan": "b"})
    assert {(row["clause"], row["status"]) for row in rows} == {(row["clause"], row["status"]) for row in asked}
    assert [dict(row) for row in base.execute("select * from coverage_bounds")] == [{"covered": 0.7, "doubtful": 0.25}]


def test_the_uncovered_come_first(base: sqlite3.Connection) -> None:
    """Scored clauses, then veto, basic and bonus; in each the least covered first, of equals the dearer."""
    order = [row["clause"] for row in reading(base, "乙").rows]
    assert order == ["4", "5", "2", "1", "3", "V1", "B1", "6"]


@pytest.mark.parametrize(
    ("clause", "points", "excusable", "at_risk"),
    # 4: one part of five points is 合理缺项; 5: no part says so, and the whole clause is
    [("4", 15, 5, 10), ("5", 10, 10, 0), ("1", 30, 0, 30), ("3", 25, 0, 0), ("V1", None, 0, None)],
)
def test_points_at_risk(
    base: sqlite3.Connection, clause: str, points: float | None, excusable: float, at_risk: float | None
) -> None:
    """What a city may lack by 合理缺项 is never at risk, what is covered neither; doubtful clauses are."""
    row = next(row for row in reading(base, "乙").rows if row["clause"] == clause)
    assert (row["points"], row["excusable"], row["at_risk"]) == (points, excusable, at_risk)


def test_sums(base: sqlite3.Connection) -> None:
    """By section in the rubric's order, all scored clauses, then veto, basic and bonus apart."""
    found = {(row["part"], row["section"]): row for row in sums(reading(base, "乙").rows)}
    assert list(found) == [
        *(("scored", "S1 组织保障"), ("scored", "S2 质量水平"), ("scored", TOTAL)),
        *(("veto", ""), ("basic", ""), ("bonus", "")),
    ]
    total = found[("scored", TOTAL)]
    assert (total["clauses"], total["covered"], total["doubtful"], total["uncovered"]) == (5, 1, 2, 2)
    assert (total["points"], total["points_covered"], total["points_at_risk"]) == (100, 25, 60)
    assert total["points_excusable"] == 15
    assert total["points_covered"] + total["points_at_risk"] + total["points_excusable"] == total["points"]
    assert found[("veto", "")]["points"] is None


def test_parts_of_a_clause(base: sqlite3.Connection) -> None:
    """Which rules the tasks serve, and by what that is seen; of tiers the best that is served stands for all."""
    rows = {row["clause"]: row for row in reading(base, "甲").rows}
    assert rows["1"]["served_by"] == "1: 1.1 (100% of the words); 2: 1.2 (77% of the words)"
    assert (rows["1"]["parts_served"], rows["1"]["parts"]) == (2, 2)
    assert (rows["3"]["parts_served"], rows["3"]["parts"]) == (1, 1)
    assert rows["3"]["served_by"].startswith("4: 3.1 (same indicator 产品抽检合格率")
    theirs = {row["clause"]: row for row in reading(base, "乙").rows}
    assert theirs["3"]["served_by"] == "4: 一、1 (stricter >= 96%)"
    assert theirs["1"]["points_open"] == 30
    assert theirs["1"]["open_parts"] == "建立质量工作联席会议制度；市长担任质量强市领导小组组长"


def test_leads_and_evidence(base: sqlite3.Connection) -> None:
    """Who leads, as printed and by the name of today; why the link is believed, in words."""
    rows = {row["clause"]: row for row in reading(base, "甲").rows}
    assert (rows["1"]["leads"], rows["1"]["leads_today"]) == ("市质监局", "甲市市场监督管理局")
    assert rows["1"]["evidence"] == "printed"
    assert rows["2"]["evidence"] == "inferred; “开展工作” ~ “工作”; shared: 工作"
    assert rows["3"]["evidence"].endswith("accepted")
    assert rows["4"]["leads"] == ""


@pytest.mark.parametrize("name", ["甲", "某省甲市", "甲市", "990100", "a", "甲市创建", "a.txt"])
def test_a_city_has_many_names(base: sqlite3.Connection, name: str) -> None:
    """A plan is found by its place, by the place's code, by its own id, title or file."""
    assert plan_named(base, name).id == "a"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("某省", "fits 2 plans; name one by its id:\n  a  甲市创建工作方案\n  b  乙市创建工作方案"),
        ("考核细则", "rubric has no plan items"),
        ("丙", "no such document"),
    ],
)
def test_what_is_no_city_is_told(base: sqlite3.Connection, name: str, message: str) -> None:
    """Several plans are listed; a document without tasks and a name that is nowhere are told."""
    with pytest.raises(UnknownDocument, match=message):
        plan_named(base, name)


def test_a_plan_that_is_tied_goes_before_one_that_is_not(base: sqlite3.Connection) -> None:
    """Of two plans of a city the one with links is meant."""
    document(base, "a2", "甲市五年规划", "990100", "plan")
    insert(base, "plan_items", document_id="a2", code="1", text="发展经济")
    assert plan_named(base, "甲").id == "a"


def test_which_rubric(base: sqlite3.Connection) -> None:
    """The newest of the campaign; before it one that the plan cites; before that one that the plan prints itself."""
    item = base.execute("select id from plan_items where code = '1.1'").fetchone()[0]
    for key in ("older", "a"):
        clause = insert(base, "clauses", document_id=key, code="1", kind="scored", title="甲", points_status="none")
        pair = {"plan_item_id": item, "clause_id": clause, "relation": "primary", "rank": 1, "evidence": "{}"}
        insert(base, "links", method="inferred", score=0.5, **pair)
    plan = plan_named(base, "甲")
    assert [rubric.id for rubric in rubrics_of(base, plan)] == ["a", "rubric", "older"]
    insert(base, "citations", document_id="a", cited_document_id="older")
    assert [rubric.id for rubric in rubrics_of(base, plan)] == ["a", "older", "rubric"]
    chosen, others = rubric_for(base, [plan], "考核细则")
    assert (chosen.id, [other.id for other in others]) == ("rubric", ["a", "older"])
    with pytest.raises(UnknownDocument, match="no links from this plan to b"):
        rubric_for(base, [plan], "b")
    shared, _ = rubric_for(base, [plan, plan_named(base, "乙")], None)
    assert shared.id == "rubric"


def test_cities_side_by_side(base: sqlite3.Connection) -> None:
    """Every clause once, what most cities lack first; demanded and promised figures of its indicator beside it."""
    found = read_together(base, ["甲", "乙"], None)
    rows = gaps({one.label: one.rows for one in found}, {one.label: one.answers for one in found})
    assert [row["clause"] for row in rows][:5] == ["4", "5", "1", "2", "3"]
    assert set(rows[0]) == set(columns(["甲", "乙"]))
    third = next(row for row in rows if row["clause"] == "3")
    assert (third["demanded"], third["甲 promised"], third["乙 promised"]) == (">= 95%", ">= 93%", ">= 96%")
    assert (third["甲 leads"], third["乙 leads"]) == ("市质监局", "市市场监管局")


def test_the_layout_fits_eighty_columns(base: sqlite3.Connection) -> None:
    """No line is wider, and the best candidate stands below every clause that is not covered."""
    found = reading(base, "乙")
    lines = [*head(found.plan, found.rubric, found.others, 80), *sum_lines(sums(found.rows))]
    lines += clause_lines(found.rows, 80)
    printed = "\n".join(lines).splitlines()
    assert max(width(line) for line in printed) <= 80
    assert "4 [15] 合理缺项 5 口岸能力建设" in printed
    assert printed[printed.index("4 [15] 合理缺项 5 口岸能力建设") + 1] == "    no task comes near"
    assert "合理缺项: 15 of these points may be lacking without loss; they are not at risk" in printed
