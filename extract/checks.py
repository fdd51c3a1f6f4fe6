"""What is wrong or doubtful inside one document: sums that do not come out, gaps in numbering, blocks nobody read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from extract.layout import Grid, Layout
from extract.records import Assignment, Clause, Fact, Finding, FormField, PlanItem, ScoreRule, Threshold
from extract.tables.headers import stacked_role
from extract.text import compact, contains
from extract.unread import unread


def grounded(layout: Layout, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts whose printed words stand in their passage; any other is told in a finding and not kept."""
    passages = {passage.ordinal: passage.text for passage in layout.passages}
    for fact in facts:
        printed = ""
        match fact:
            case Clause(title=words) | ScoreRule(condition=words) | Threshold(text=words) | PlanItem(text=words):
                printed = words
            case Assignment(raw=words):
                printed = words
        if printed and fact.passage is not None and not contains(passages[fact.passage], printed):
            message = f"{type(fact).__name__} {compact(printed)[:40]}: put together from words that stand apart"
            yield Finding("ungrounded_fact", "warning", message, fact.passage)
        else:
            yield fact


UNNAMED_SIGN = re.compile("(?P<front>\\d+)[\ue000-\uf8ff]\\s*(?P<behind>\\d+)")
SURE = 0.8  # recognition below this is worth a look: on clean print nine lines in ten lie above 0.95


def check(layout: Layout, facts: Sequence[Fact], head: Collection[int]) -> Iterator[Finding]:
    """All findings of one document beyond those its families already gave; `head` are the passages of its head."""
    clauses = [fact for fact in facts if isinstance(fact, Clause)]
    yield from _check_recognised(layout)
    yield from _check_numbers(layout)
    yield from _check_columns(layout)
    yield from _check_sums(clauses)
    yield from _check_numbering(clauses)
    forms = any(isinstance(fact, FormField) or getattr(fact, "kind", "") == "blank_form" for fact in facts)
    if not forms and not any(isinstance(fact, Clause | PlanItem) for fact in facts):
        message = "neither a rubric nor a plan: kept with its passages, citations and thresholds"
        yield Finding("no_family", "info", message)
    yield from unread(layout, facts, head)


def _check_recognised(layout: Layout) -> Iterator[Finding]:
    """Scanned pages that nobody recognised, and passages that recognition was not sure of."""
    for leftover in layout.leftovers:
        if leftover.kind == "scanned_page":
            message = f"page {leftover.place.page} is a picture; install OCR with: pip install 'zhibiao[ocr]'"
            yield Finding("unread_page", "warning", message)
    for passage in layout.passages:
        confidence = passage.place.confidence
        if confidence is not None and confidence < SURE:
            message = f"recognised with confidence {confidence:.2f}: {compact(passage.text)[:40]}"
            yield Finding("low_confidence", "warning", message, passage.ordinal)


def _check_numbers(layout: Layout) -> Iterator[Finding]:
    """Numbers with a sign inside that their font does not name: what was read is a guess."""
    for passage in layout.passages:
        for match in UNNAMED_SIGN.finditer(passage.raw or ""):
            printed = UNNAMED_SIGN.sub(r"\g<front>?\g<behind>", match[0])
            message = (
                f"“{printed}”: the font does not name the sign at “?”; a decimal point is likely, look at the page"
            )
            yield Finding("unnamed_sign", "warning", message, passage.ordinal)


def _check_columns(layout: Layout) -> Iterator[Finding]:
    """Columns that hold names of bodies under a header that no word knows: their role is a guess by their looks."""
    for grid in layout.content:
        if not isinstance(grid, Grid):
            continue
        for column in grid.columns("lead", "support"):
            header = grid.header[column] if column < len(grid.header) else ""
            cell = next((row[column] for row in grid.rows if row[column].text), None)
            if cell is not None and header and stacked_role(header.split("\n")) is None:
                message = f"column {compact(header)} was taken for {grid.roles[column]} because its cells name bodies"
                yield Finding("guessed_column", "warning", message, cell.ordinal)


def _check_sums(clauses: Sequence[Clause]) -> Iterator[Finding]:
    """The points a heading prints are the sum of those below it."""
    for section in clauses:
        below = [clause.points for clause in clauses if clause.parent == section.code and clause.points is not None]
        if section.points is not None and below and sum(below) != section.points:
            message = (
                f"{section.code}: what stands below adds up to {sum(below):g}, printed are {section.points:g} points"
            )
            yield Finding("points_do_not_sum", "warning", message, section.passage)


def _check_numbering(clauses: Sequence[Clause]) -> Iterator[Finding]:
    """Clauses numbered 1, 2, 3 … leave out no number."""
    numbered = [clause for clause in clauses if clause.kind in {"scored", "bonus"} and clause.code.isdigit()]
    for above, below in pairwise(numbered):
        if int(below.code) != int(above.code) + 1:
            yield Finding("numbering_gap", "warning", f"clause {below.code} follows clause {above.code}", below.passage)
