"""`kb.revise.quality`: when a copy reads worse than the current reading, and when it is new content instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from made_extractions import made

from extract.document import read_document
from extract.pages import Box, Place
from extract.records import Assignment, Clause, Extraction, Finding, PlanItem, Threshold
from kb.base import memory_base, transaction
from kb.load import load_document
from kb.revise.quality import COPY, why_worse
from kb.revise.readings import reading_in, reading_of

DEMAND = Threshold("抽查合格率", ">=", "达到95%以上", 3, 95.0, unit="%", clause="1", rule=1)
SECTION = Clause("S1", "section", "质量管理", 2, points=30.0, points_status="printed")
OF_TASKS = (PlanItem, Assignment, Threshold)
TAKEN_OUT = {4: "略", 5: "略"}
REWORDED = {3: "合格率达到95%以上", 7: "略"}
LOST = Finding("lost_cell", "warning", "lost", 3)


def recognised(extraction: Extraction) -> Extraction:
    """As recognised from pictures, one character in thirty wrong."""
    wrong = (
        "".join("口" if n % 30 == 7 else char for n, char in enumerate(passage.text)) for passage in extraction.passages
    )
    return replace(
        extraction,
        format="scan",
        passages=tuple(
            replace(passage, text=text, place=replace(passage.place, confidence=0.97))
            for passage, text in zip(extraction.passages, wrong, strict=True)
        ),
        facts=(),
    )


def without_places(extraction: Extraction) -> Extraction:
    return replace(
        extraction,
        passages=tuple(replace(passage, place=Place(line=passage.place.line)) for passage in extraction.passages),
    )


def with_places(extraction: Extraction) -> Extraction:
    box = Place(page=1, boxes=(Box(1, (0, 0, 1, 1)),))
    return replace(extraction, passages=tuple(replace(passage, place=box) for passage in extraction.passages))


CASES: dict[str, tuple[Extraction, Extraction, str | None]] = {
    "the same": (made(), made(), None),
    "a scan of a text": (made(), recognised(made()), "recognised from pictures"),
    "a text of a scan": (recognised(made()), made(), None),
    "a scan of other content": (made(), recognised(made(edits=dict.fromkeys(range(2, 8), "全新的规定" * 9))), None),
    "one more cell lost": (made(), made(extra=(LOST,)), "2 places lost, the current one has 1"),
    "one cell less lost": (made(extra=(LOST,)), made(), None),
    "more lost, but text for pictures": (recognised(made()), made(extra=(LOST, LOST)), None),
    "facts overlooked": (made(), made(without=(Threshold,)), "overlooks 2 facts"),
    "facts found": (made(without=(Threshold,)), made(), None),
    "a task taken out": (
        made(),
        made(without=(PlanItem, Assignment, Threshold), extra=(DEMAND,), edits=TAKEN_OUT),
        None,
    ),
    "a department put in another's place": (
        *(made(), made(without=(Assignment,), edits={4: "市工商局、有关单位"})),
        None,
    ),
    "a clause reworded": (
        made(),
        made(without=(Clause,), extra=(SECTION, Clause("1", "scored", "合格率", 3)), edits=REWORDED),
        None,
    ),
    "the same without places": (with_places(made()), without_places(made()), "says the same, and fewer"),
    "the same with places": (without_places(made()), with_places(made()), None),
    "edited and without places": (with_places(made()), without_places(made(edits={6: "另有规定"})), None),
}


@pytest.mark.parametrize(("current", "copy", "why"), CASES.values(), ids=CASES.keys())
def test_a_copy_is_worse_or_taken(current: Extraction, copy: Extraction, why: str | None) -> None:
    """Recognition before lost places before overlooked facts before places; other content is no copy."""
    found = why_worse(reading_of(current), reading_of(copy))
    assert (found or "").startswith(why or "")
    assert (found is None) == (why is None)


@pytest.mark.parametrize("make", [made, lambda: with_places(made()), lambda: recognised(made())])
def test_the_base_gives_the_reading_that_was_stored(make: Callable[[], Extraction]) -> None:
    """Comparing with what the base holds is comparing with what was read."""
    base = memory_base()
    with transaction(base):
        document_id = load_document(base, make(), source="a", sha256="a").document_id
    stored, read = reading_in(base, document_id), reading_of(make())
    assert stored.texts == read.texts
    assert sorted(stored.facts) == sorted(read.facts)
    assert (stored.recognised, stored.placed, stored.lost) == (read.recognised, read.placed, read.lost)


def test_the_real_copies(shared: Path) -> None:
    """Of a flattened text and its rebuilt table the table reads better; every pair is a copy by its text."""
    read = {
        (name, suffix): reading_of(read_document(shared / "corpus" / folder / f"{name}.{suffix}"))
        for name in ("changzhou", "notice-2013", "zhengzhou")
        for folder, suffix in (("text", "txt"), ("native", "pdf"))
    }
    for name in ("changzhou", "notice-2013", "zhengzhou"):
        assert read[name, "txt"].overlap(read[name, "pdf"]) > COPY
        assert why_worse(read[name, "txt"], read[name, "pdf"]) is None
    assert "places lost" in str(why_worse(read["changzhou", "pdf"], read["changzhou", "txt"]))
    assert read["changzhou", "pdf"].overlap(read["zhengzhou", "pdf"]) < COPY
