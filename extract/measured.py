"""Facts of a document → its thresholds, each at its owner: score rule, clause, plan item, or the document itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extract.families.units import heading_sense
from extract.families.value_columns import indicator_name
from extract.layout import Grid, Layout, Paragraph
from extract.outline import unnumbered
from extract.records import Clause, Fact, Finding, PlanItem, ScoreRule, Threshold
from extract.sections import under_headings
from extract.text import contains
from extract.thresholds import is_too_long, thresholds

TOLD = re.compile(
    "截至|截止|共(?:抽查|受理|检查|发现|办结|收到)|(?:检查|抽查|累计)发现|较上(?:季度|月|年|期)|同比(?:上升|增长|下降)|上季度|去年|上半年"
)
ASKED = re.compile("到20\\d\\d年|力争|确保|务必|必须|应当?|要求|目标|不得|不低于|不少于|不超过")
ARTICLE = re.compile(r"^\s*[【\[][^】\]]{1,20}[】\]]\s*")  # the caption of an article
ELSEWHERE = re.compile("见附|附[件表]|评分表|量表")
BARE_BOUND = re.compile(r"(?:[≥≤＞＜><]|\d|(?:不?超过|不?低于|不?高于|不?少于|不足|达到|大于|小于|达不到)\d)")


def owned_thresholds(layout: Layout, facts: Sequence[Fact]) -> Iterator[Threshold | Finding]:
    """Thresholds of clauses (title, a section's run-on text), of score rules, of plan items, and of all other prose."""
    for passage in layout.passages:
        if is_too_long(passage.text):
            message = "a clause of this text is too long to be searched for thresholds"
            yield Finding("unread_text", "warning", message, passage.ordinal)
    # the row of a target table names an indicator, its values stand beside it
    valued = {fact.plan_item for fact in facts if isinstance(fact, Threshold)}
    for fact in facts:
        match fact:
            case Clause():
                yield from _clause_thresholds(fact)
            case PlanItem() if fact.code not in valued:
                yield from (
                    replace(found, plan_item=fact.code, passage=fact.passage) for found in thresholds(fact.text)
                )
    titles = {fact.code: indicator_name(fact.title)[0] for fact in facts if isinstance(fact, Clause)}
    yield from rule_thresholds([fact for fact in facts if isinstance(fact, ScoreRule)], titles)
    yield from _unowned(layout, facts)


def _clause_thresholds(clause: Clause) -> Iterator[Threshold]:
    texts = [clause.title]
    if clause.kind == "section" and clause.text:
        texts.append(clause.text)
    for text in texts:
        yield from (replace(found, clause=clause.code, passage=clause.passage) for found in thresholds(text))


def rule_thresholds(rules: Sequence[ScoreRule], titles: Mapping[str, str]) -> Iterator[Threshold]:
    """A lower tier (达到0.6‰) names its indicator only in the rule above, the first one (≥90%) in its clause."""
    previous: Threshold | None = None
    above: ScoreRule | None = None
    for rule in rules:
        if above is None or rule.clause != above.clause or rule.lead:
            previous = None
        elif rule.condition == above.condition:  # 前3名分别奖10分、5分、3分 demands one thing
            continue
        above = rule
        plain = not rule.lead or ELSEWHERE.search(rule.lead) is not None
        if previous is None and plain and BARE_BOUND.match(rule.condition) and titles.get(rule.clause):
            previous = Threshold(titles[rule.clause], "=", "", rule.passage)
        # 评分表见附表：≥90分 says nothing of what is measured, the clause does
        lead = "" if ELSEWHERE.search(rule.lead) else rule.lead
        shared = {found.text for found in thresholds(lead)}
        for found in thresholds(lead + rule.condition, previous):
            if found.text in shared:
                continue
            previous = found
            yield replace(found, clause=rule.clause, rule=rule.ordinal, passage=rule.passage)


def _unowned(layout: Layout, facts: Sequence[Fact]) -> Iterator[Threshold]:
    """What all other prose demands; what a report tells of things done or found demands nothing."""
    owned = {fact.passage for fact in facts if isinstance(fact, Clause | PlanItem | ScoreRule | Threshold)}
    tables = {grid.number for grid in layout.content if isinstance(grid, Grid) and grid.header}
    reported = set(_reported(layout))
    for passage in layout.passages:
        if passage.ordinal in owned or passage.ordinal in reported:
            continue
        if passage.kind == "cell" and passage.table_no in tables:
            continue
        yield from (replace(found, passage=passage.ordinal) for found in prose_thresholds(passage.text))


def prose_thresholds(text: str) -> Iterator[Threshold]:
    """What a paragraph demands; what it tells of things counted demands nothing.

    >>> [found.text for found in prose_thresholds("1. 到2028年，覆盖率达到90%。截至目前，办结12件以上。")]
    ['到2028年，覆盖率达到90%']
    """
    for found in thresholds(ARTICLE.sub("", unnumbered(text))):
        if not _is_told(text, found.text):
            yield found


def _reported(layout: Layout) -> Iterator[int]:
    """The passages below headings such as 总体情况 and 存在问题."""
    for item, headings in under_headings(layout):
        if isinstance(item, Paragraph) and any(heading_sense(above.text) == "reported" for above in (*headings, item)):
            yield item.passage.ordinal


def _is_told(text: str, fragment: str) -> bool:
    """Whether the sentence of a fragment tells what was counted, and asks for nothing."""
    sentence = next((part for part in text.split("。") if contains(part, fragment)), "")
    return TOLD.search(sentence) is not None and ASKED.search(sentence) is None
