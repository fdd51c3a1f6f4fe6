"""The sums that the real documents print about themselves come out of what was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import read_document
from extract.records import Clause


def clauses(path: Path) -> list[Clause]:
    return [fact for fact in read_document(path).facts if isinstance(fact, Clause)]


def leaves(section: str, found: list[Clause]) -> float:
    """The points of all judged clauses under a section."""
    return sum(
        leaves(clause.code, found) if clause.kind == "section" else clause.points or 0
        for clause in found
        if clause.parent == section
    )


@pytest.mark.parametrize(
    ("name", "sections"),
    [
        ("changzhou.txt", [80, 110, 120, 150, 140, 100, 100, 100, 100, 60]),
        ("guide-2009.txt", [140, 90, 465, 305]),
        ("notice-2013.txt", [100]),
    ],
)
def test_the_clauses_of_a_section_add_up_to_what_its_heading_prints(
    shared: Path, name: str, sections: list[float]
) -> None:
    """Headings print these points, and the clauses below each add up to them."""
    found = clauses(shared / "corpus" / "text" / name)
    printed = [clause for clause in found if clause.kind == "section" and clause.points is not None]
    assert [clause.points for clause in printed] == sections
    assert [leaves(clause.code, found) for clause in printed] == sections


def test_lost_points_are_inferred_and_say_so(shared: Path) -> None:
    """The fourteen clauses that lost their points have them from their scoring text, marked as inferred."""
    found = clauses(shared / "corpus" / "text" / "changzhou.txt")
    inferred = {clause.code: clause.points for clause in found if clause.points_status == "inferred"}
    assert len(inferred) == 14
    assert {clause.title for clause in found if clause.points_status == "inferred"} == {""}
