"""The comparison of made-up documents accepts what was written and tells everything else."""

from __future__ import annotations

import pytest
from documents.compare import differences
from documents.truth import OPEN, Assignment, Clause, Head, Item, OneOf, Threshold, Truth

from extract import records

TRUTH = Truth(
    Head("栖栎县苔径考核细则", "rubric", total_points=OneOf(10, None)),
    clauses=[Clause("苔径巡养", "section", code="S1"), Clause("苔径贯通率", "scored", 10, "printed", "苔径巡养", "1")],
    thresholds=[Threshold("苔径贯通率", "苔径贯通率", OneOf("=", ">="), 90, unit="%")],
    items=[Item("缮写苔径簿册。", code=OPEN)],
    assignments=[Assignment("缮写苔径簿册。", "lead", "苔径巡养局", "县苔径巡养局")],
)
SECTION = records.Clause("S1", "section", "苔径巡养", 1)
LEAF = records.Clause("1", "scored", "苔径 贯通率（10分）", 1, "S1", points=10.0, points_status="printed")
GOAL = records.Threshold("苔径贯通率", ">=", "90%", 1, 90.0, unit="%", clause="1")
ITEM = records.PlanItem("M7", "缮写苔径簿册。", 1)
BODY = records.Assignment("lead", "苔径巡养局", "县苔径巡养局", 1, plan_item="M7")
DUTY = "owner 缮写苔径簿册。, role lead, raw 苔径巡养局, name 县苔径巡养局"


def extraction(*facts: records.Fact) -> records.Extraction:
    """What was read of a document without passages."""
    return records.Extraction(records.Head("栖栎县苔径考核细则", kind="rubric"), "txt", (), (), facts)


def test_accepts_what_was_written() -> None:
    """White space, points behind a title, open codes and accepted readings make no difference."""
    assert not differences(TRUTH, extraction(SECTION, LEAF, GOAL, ITEM, BODY))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ((SECTION, LEAF, GOAL, ITEM), [f"assignments missing: {DUTY}"]),
        ((SECTION, LEAF, GOAL, ITEM, BODY, BODY), [f"assignments extra: {DUTY}"]),
        (
            (SECTION, records.Clause("1", "scored", "苔径贯通率", 1, None, points=8.0), GOAL, ITEM, BODY),
            [
                "clauses 苔径贯通率: points wanted 10, got 8.0",
                "clauses 苔径贯通率: points_status wanted printed, got none",
                "clauses 苔径贯通率: parent wanted 苔径巡养, got None",
            ],
        ),
        (
            (SECTION, LEAF, records.Threshold("苔径贯通率", "<=", "90%", 1, 90.0, unit="%", clause="1"), ITEM, BODY),
            ["thresholds 苔径贯通率 / 苔径贯通率: comparator wanted = or >=, got <="],
        ),
    ],
)  # fmt: skip
def test_tells_what_differs(facts: tuple[records.Fact, ...], told: list[str]) -> None:
    """A record that is missing, one too many and a field that differs are told, one a line."""
    assert differences(TRUTH, extraction(*facts)) == told
