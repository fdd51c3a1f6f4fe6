"""Compares a knowledge base with hand-made annotations: folders of gold to figures per kind of record, and misses.

Every part of the comparison yields counts and misses; nothing is printed or stored here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from kb.evaluation.gold import Gold, read_gold
from kb.evaluation.heads import judge_citations, judge_grounding, judge_head
from kb.evaluation.links import Known, judge_links
from kb.evaluation.plans import judge_assignments, judge_items, judge_printed_links, match_items
from kb.evaluation.rows import Row, read_rows
from kb.evaluation.rubrics import judge_clauses, judge_score_rules, match_clauses
from kb.evaluation.scores import Count, Judgement, Miss, Scores, capped, figures_of
from kb.evaluation.thresholds import Owners, judge_thresholds

Names = Mapping[str, str]
NO_NAMES: Names = MappingProxyType({})
PER_DOCUMENT = ("clauses", "score_rules", "thresholds", "plan_items", "assignments", "citations")

# No `order by` except where one is due: equally likely pairs are settled by position, and the figures must not change
# with the tool that measures a base, so rows are taken as its indexes give them.
CLAUSES = """
select c.id, c.parent_id, c.code, c.kind, c.title, c.text, c.points, c.verification, c.optional
from clauses c
where c.document_id = ?
"""
SCORE_RULES = """
select r.id, r.clause_id, r.mode, r.points, r.condition
from score_rules r
join clauses c on c.id = r.clause_id
where c.document_id = ?
"""
THRESHOLDS = """
select
  t.id, t.clause_id, t.plan_item_id, t.indicator, t.comparator, t.value, t.value_high, t.unit, t.baseline, t.period,
  t.text
from thresholds t
where t.document_id = ?
"""
PLAN_ITEMS = "select i.id, i.code, i.text, i.starts_on, i.ends_on from plan_items i where i.document_id = ?"
PRINTED_LINKS = """
select l.plan_item_id, l.clause_id
from links l
join plan_items i on i.id = l.plan_item_id
where i.document_id = ? and l.method = 'printed'
"""
ASSIGNMENTS = """
select a.plan_item_id, a.clause_id, a.role, d.name
from assignments a
join departments d on d.id = a.department_id
left join plan_items i on i.id = a.plan_item_id
left join clauses c on c.id = a.clause_id
where coalesce(i.document_id, c.document_id) = ?
"""
CITATIONS = "select q.cited_title, q.cited_number from citations q where q.document_id = ?"
DOCUMENTS = """
select
  d.id, d.source, d.title, d.doc_number, d.issuer, d.issued_on, d.printed_on, d.region_code, d.level, d.kind,
  d.campaign, d.total_points, d.bonus_points
from documents d
"""


def evaluate(
    connection: sqlite3.Connection, folders: Sequence[Path], matches: Names = NO_NAMES, rubrics: Names = NO_NAMES
) -> Scores:
    """Compare the base with the gold in each folder.

    A folder's document is the one whose source has the folder's name as file name or stem, or the name that `matches`
    gives for the folder; failing that, the one with this id.  `rubrics` says which folder holds the rubric that
    links.csv calls by another name.
    """
    golds = [read_gold(folder) for folder in folders]
    judgements: dict[str, list[Judgement]] = {gold.slug: [] for gold in golds}
    known: dict[str, Known] = {}
    for gold in golds:
        document = find_document(connection, matches.get(gold.slug, gold.slug))
        if document is None:
            judgements[gold.slug] += _all_missed(gold)
            continue
        known[gold.slug], judged = _judge_document(connection, gold, document)
        judgements[gold.slug] += capped(judged) if gold.is_partial else judged
    for gold in golds:
        if gold.slug in known:
            judgements[gold.slug] += _judge_plan(connection, gold, known, rubrics)
    return _scores(judgements)


def find_document(connection: sqlite3.Connection, name: str) -> Row | None:
    """The document read from the file of this name or stem, else the one with this id, else None."""
    documents = read_rows(connection, DOCUMENTS)
    by_source = (row for row in documents if name in (Path(row["source"]).name, Path(row["source"]).stem))
    by_id = (row for row in documents if row["id"] == name)
    return next(by_source, None) or next(by_id, None)


def _all_missed(gold: Gold) -> Iterator[Judgement]:
    yield Count("document", 0, 1, 0)
    yield Miss("document", "-", "not in the knowledge base")
    for kind in PER_DOCUMENT:
        yield Count(kind, 0, len(gold.rows(kind)), 0)


def _judge_document(connection: sqlite3.Connection, gold: Gold, document: Row) -> tuple[Known, list[Judgement]]:
    document_id = document["id"]

    def found(sql: str) -> list[Row]:
        return read_rows(connection, sql, (document_id,))

    clauses = match_clauses(gold.rows("clauses"), found(CLAUSES))
    items = match_items(gold.rows("plan_items"), found(PLAN_ITEMS))
    clause_ids, item_ids = clauses.ids(), items.ids()
    printed = {(row["plan_item_id"], row["clause_id"]) for row in found(PRINTED_LINKS)}
    owners = Owners(clause_ids, item_ids)
    judged = [
        *judge_head(gold, document),
        *judge_clauses(clauses),
        *judge_score_rules(gold.rows("score_rules"), found(SCORE_RULES), clause_ids),
        *judge_items(items),
        *judge_printed_links(gold.rows("plan_items"), printed, item_ids, clause_ids),
        *judge_thresholds(gold.rows("thresholds"), found(THRESHOLDS), owners),
        *judge_assignments(gold.rows("assignments"), found(ASSIGNMENTS), item_ids, clause_ids),
        *judge_grounding(connection, document_id),
    ]
    # a folder without citations.csv says nothing about citations; of the other files it says there is nothing to find
    if gold.tables["citations"] is not None:
        judged += judge_citations(gold.rows("citations"), found(CITATIONS))
    return Known(document_id, clause_ids, item_ids), judged


def _judge_plan(
    connection: sqlite3.Connection, gold: Gold, known: Mapping[str, Known], rubrics: Names
) -> Iterator[Judgement]:
    links = gold.rows("links")
    for name in sorted({row["rubric"] for row in links}):
        rubric = known.get(rubrics.get(name, name))
        if rubric is None:
            yield Miss("links", "-", f"rubric {name} is not among the evaluated documents")
            continue
        to_rubric = [row for row in links if row["rubric"] == name]
        yield from judge_links(connection, to_rubric, known[gold.slug], rubric, name)


def _scores(judgements: Mapping[str, Sequence[Judgement]]) -> Scores:
    counts = {slug: [one for one in judged if isinstance(one, Count)] for slug, judged in judgements.items()}
    return Scores(
        folders={slug: figures_of(counted) for slug, counted in counts.items()},
        pooled=figures_of(count for counted in counts.values() for count in counted),
        misses=tuple(
            replace(one, document=slug)
            for slug, judged in judgements.items()
            for one in judged
            if isinstance(one, Miss)
        ),
    )
