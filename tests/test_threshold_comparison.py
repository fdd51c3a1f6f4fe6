"""The question compare-thresholds, the command's reading of names, and the same verdicts in Python and in SQL."""

from __future__ import annotations

import sqlite3
from itertools import product

import pytest
from covered_base import covered_base, document, threshold
from gold_base import insert

from kb.coverage.compare import comparison, lines
from kb.coverage.figures import aims, verdict
from kb.errors import UnknownIndicator
from kb.listing import width
from kb.questions import ask

FIGURES = [
    {"comparator": comparator, "value": value, "unit": unit}
    for comparator, (value, unit) in product(
        (">=", ">", "=", "<=", "<", "rank<="), ((95, "%"), (950, "‰"), (90, "%"), (0, "%"), (3, "个"))
    )
]
TRENDS = [
    {"comparator": "increase", "unit": None},
    {"comparator": "increase", "unit": None, "baseline": "连续3年"},
    {"comparator": "relative", "unit": None, "baseline": "全国前列"},
]


@pytest.fixture
def base() -> sqlite3.Connection:
    return covered_base()


def test_stricter_equal_weaker_missing(base: sqlite3.Connection) -> None:
    """The rubric's highest tier is what is compared with; a plan without a figure is missing."""
    rows = ask(base, "compare-thresholds", {"indicator": "抽检合格率"})
    assert [(row["demanded"], row["offered"], row["verdict"], row["document_id"]) for row in rows] == [
        (">= 95%", ">= 93%", "weaker", "a"),
        (">= 95%", ">= 96%", "stricter", "b"),
    ]
    base.execute("delete from thresholds where document_id = 'b'")
    rows = ask(base, "compare-thresholds", {"verdict": "missing"})
    assert [(row["document_id"], row["clause"], row["offered"]) for row in rows] == [("b", "3", None)]


def test_an_indicator_that_no_rubric_demands(base: sqlite3.Connection) -> None:
    """It is listed as undemanded."""
    item = base.execute("select id from plan_items where code = '1.1'").fetchone()[0]
    threshold(base, "a", "绿化率", value=40, plan_item_id=item)
    rows = ask(base, "compare-thresholds", {"indicator": "绿化率"})
    assert [(row["verdict"], row["offered"], row["demanded"]) for row in rows] == [("undemanded", ">= 40%", None)]


@pytest.mark.parametrize("demand", [*FIGURES, *TRENDS], ids=str)
def test_python_and_sql_agree(demand: dict[str, object]) -> None:
    """For every pair of comparators, values and units the verdict of the module is that of the question."""
    base = covered_base()
    document(base, "r", "另一细则", "100000", "rubric")
    clause = insert(base, "clauses", document_id="r", code="1", kind="scored", title="", points_status="none")
    asked = threshold(base, "r", "指标", clause_id=clause, **demand)
    item = insert(base, "plan_items", document_id="a", code="9", text="")
    offered = [threshold(base, "a", "指标", plan_item_id=item, **promise) for promise in (*FIGURES, *TRENDS)]
    by_id = {aim.id: aim for key in ("a", "r") for aim in aims(base, key)}
    # the question gives no ids: the row of a promise is the only one while it is the only promise
    for number in offered:
        base.execute(
            "update thresholds set document_id = iif(id = ?1, 'a', 'hidden') where plan_item_id = ?2", (number, item)
        )
        (row,) = ask(base, "compare-thresholds", {"indicator": "指标", "rubric": "r"})
        assert row["verdict"] == verdict(by_id[number], by_id[asked]), (by_id[number].figure, by_id[asked].figure)


@pytest.mark.parametrize("name", ["产品抽检合格率", "抽检", " 产品抽检合格率 "])
def test_an_indicator_by_its_name_or_a_part(base: sqlite3.Connection, name: str) -> None:
    """A whole name, a part, with white space."""
    assert {row["indicator"] for row in comparison(base, name)} == {"产品抽检合格率"}


def test_an_unknown_indicator_is_told_with_the_nearest(base: sqlite3.Connection) -> None:
    """One line with names that are near."""
    with pytest.raises(UnknownIndicator, match=r"合格比率: no figures .*产品抽检合格率"):
        comparison(base, "合格比率")


def test_the_layout(base: sqlite3.Connection) -> None:
    """The indicator, the demand, and what the documents say, in eighty columns."""
    printed = list(lines(comparison(base, "抽检"), 80))
    assert printed[:3] == [
        "产品抽检合格率",
        "  >= 95% demanded by rubric 3",
        "    weaker       甲 >= 93% a 3.1",
    ]
    assert max(width(line) for line in printed) <= 80
