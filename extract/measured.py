"""Facts of a document → its thresholds, each at its owner: score rule, clause, plan item, or the document itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.layout import Grid, Layout
from extract.records import Clause, Fact, Finding, PlanItem, ScoreRule, Threshold
from extract.thresholds import is_too_long, thresholds


def owned_thresholds(layout: Layout, facts: Sequence[Fact]) -> Iterator[Threshold | Finding]:
    """Thresholds of clauses (title, a section's run-on text), of score rules, of plan items, and of all other prose."""
    for passage in layout.passages:
        if is_too_long(passage.text):
            message = "a clause of this text is too long to be searched for thresholds"
            yield Finding("unread_text", "warning", message, passage.ordinal)
    for fact in facts:
        match fact:
            case Clause():
                yield from _clause_thresholds(fact)
            case PlanItem():
                yield from (
                    replace(found, plan_item=fact.code, passage=fact.passage) for found in thresholds(fact.text)
                )
    yield from _rule_thresholds([fact for fact in facts if isinstance(fact, ScoreRule)])
    yield from _unowned(layout, facts)


def _clause_thresholds(clause: Clause) -> Iterator[Threshold]:
    texts = [clause.title]
    if clause.kind == "section" and clause.text:
        texts.append(clause.text)
    for text in texts:
        yield from (replace(found, clause=clause.code, passage=clause.passage) for found in thresholds(text))


def _rule_thresholds(rules: Sequence[ScoreRule]) -> Iterator[Threshold]:
    """A lower tier (达到0.6‰) names its indicator only in the rule above."""
    previous: Threshold | None = None
    above: ScoreRule | None = None
    for rule in rules:
        if above is None or rule.clause != above.clause or rule.lead:
            previous = None
        elif rule.condition == above.condition:  # 前3名分别奖10分、5分、3分 demands one thing
            continue
        above = rule
        shared = {found.text for found in thresholds(rule.lead)}
        for found in thresholds(rule.lead + rule.condition, previous):
            if found.text in shared:
                continue
            previous = found
            yield replace(found, clause=rule.clause, rule=rule.ordinal, passage=rule.passage)


def _unowned(layout: Layout, facts: Sequence[Fact]) -> Iterator[Threshold]:
    owned = {fact.passage for fact in facts if isinstance(fact, Clause | PlanItem | ScoreRule)}
    tables = {grid.number for grid in layout.content if isinstance(grid, Grid) and grid.header}
    for passage in layout.passages:
        if passage.ordinal in owned or (passage.kind == "cell" and passage.table_no in tables):
            continue
        yield from (replace(found, passage=passage.ordinal) for found in thresholds(passage.text))
