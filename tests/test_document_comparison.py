"""The comparison of made-up documents accepts what was written and tells everything else."""

from __future__ import annotations

import pytest
from documents.compare import differences, plain
from documents.made import made_document
from documents.paper import Grid, Paper
from documents.truth import OPEN, Assignment, Clause, Head, Item, OneOf, Threshold, Truth

from extract import records

TRUTH = Truth(
    Head("栖栎县苔径考核细则", "rubric", total_points=OneOf(10, None)),
    clauses=[Clause("苔径巡养", "section", code="S1"), Clause("苔径连缀率", "scored", 10, "printed", "苔径巡养", "1")],
    thresholds=[Threshold("苔径连缀率", "苔径连缀率", OneOf("=", ">="), 90, unit="%")],
    items=[Item("缮写苔径簿册。", code=OPEN)],
    assignments=[Assignment("缮写苔径簿册。", "lead", "苔径巡养局", "县苔径巡养局")],
)
SECTION = records.Clause("S1", "section", "苔径巡养", 1)
LEAF = records.Clause("1", "scored", "苔径 连缀率（10分）", 1, "S1", points=10.0, points_status="printed")
GOAL = records.Threshold("苔径连缀率", ">=", "90%", 1, 90.0, unit="%", clause="1")
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
            (SECTION, records.Clause("1", "scored", "苔径连缀率", 1, None, points=8.0), GOAL, ITEM, BODY),
            [
                "clauses 苔径连缀率: points wanted 10, got 8.0",
                "clauses 苔径连缀率: points_status wanted printed, got none",
                "clauses 苔径连缀率: parent wanted 苔径巡养, got None",
            ],
        ),
        (
            (SECTION, LEAF, records.Threshold("苔径连缀率", "<=", "90%", 1, 90.0, unit="%", clause="1"), ITEM, BODY),
            ["thresholds 苔径连缀率 / 苔径连缀率: comparator wanted = or >=, got <="],
        ),
    ],
)  # fmt: skip
def test_tells_what_differs(facts: tuple[records.Fact, ...], told: list[str]) -> None:
    """A record that is missing, one too many and a field that differs are told, one a line."""
    assert differences(TRUTH, extraction(*facts)) == told


def printed(paper: Paper) -> str:
    """All that a document prints, without white space and full width, a line a block."""
    texts = [[cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text] for block in paper.blocks]
    return "\n".join(plain(text) for block in texts for text in block)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_said_is_printed(seed: int) -> None:
    """Titles, conditions, texts, names and citations of the truth stand in the document; owners are named apart."""
    paper = made_document(seed)
    truth, text = paper.truth, printed(paper)
    items = [item.text if isinstance(item.text, OneOf) else (item.text,) for item in truth.items]
    said = [clause.title for clause in truth.clauses] + [rule.condition for rule in truth.rules]
    said += [one.raw for one in truth.assignments] + [one.title for one in truth.citations]
    assert not [one for one in said if plain(one) not in text]
    # an item whose heading stands in a line of its own may be read with or without it
    assert not [texts for texts in items if not any(plain(one) in text for one in texts)]
    owners = [clause.title for clause in truth.clauses] + [texts[0] for texts in items]
    assert len(owners) == len(set(owners))
