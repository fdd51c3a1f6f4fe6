"""Links annotated by hand, in the layout of the annotations, as decisions: for a base that is to learn from them.

The annotator has read the whole plan, so an item without a link to a rubric serves none of its clauses.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kb.errors import UnreadableReview
from kb.evaluation.evaluate import CLAUSES, PLAN_ITEMS, find_document
from kb.evaluation.gold import Gold, GoldRow, read_gold
from kb.evaluation.plans import match_items
from kb.evaluation.rows import read_rows
from kb.evaluation.rubrics import match_clauses
from kb.link.decisions import Decision, Verdict, item_hash
from kb.link.texts import Plan, read_plan
from kb.revise.revisions import now

NAME = "links.csv"


def read_annotated(connection: sqlite3.Connection, path: Path, by: str) -> list[Decision]:
    """The decisions that a folder's links.csv stands for; the folders of its rubrics lie beside it.

    Raises UnreadableReview where the base lacks the plan or a rubric.
    """
    gold = read_gold(path.parent)
    plan = read_plan(connection, _document(connection, gold.slug))
    items = match_items(gold.rows("plan_items"), read_rows(connection, PLAN_ITEMS, (plan.document_id,))).ids()
    decisions: list[Decision] = []
    for slug in sorted({row["rubric"] for row in gold.rows("links")}):
        rubric = read_gold(path.parent.parent / slug)
        rows = [row for row in gold.rows("links") if row["rubric"] == slug]
        decisions += _of_rubric(connection, plan, items, rubric, rows, by)
    return decisions


def _document(connection: sqlite3.Connection, slug: str) -> str:
    found = find_document(connection, slug)
    if found is None:
        raise UnreadableReview(f"{slug}: no document of the base was read from a file of that name; ingest it first")
    return str(found["id"])


def _of_rubric(
    connection: sqlite3.Connection, plan: Plan, items: dict[str, int], gold: Gold, rows: list[GoldRow], by: str
) -> Iterator[Decision]:
    rubric_id = _document(connection, gold.slug)
    found = read_rows(connection, CLAUSES, (rubric_id,))
    clause_ids = match_clauses(gold.rows("clauses"), found).ids()
    codes = {row["id"]: row["code"] for row in found}
    linked: set[int] = set()
    by_id = {item.id: item for item in plan.items}

    def decision(item_id: int, clause_code: str, verdict: Verdict, relation: str | None, note: str | None) -> Decision:
        item = by_id[item_id]
        key = (plan.document_id, item.code, item_hash(item.text), rubric_id, clause_code)
        return Decision(*key, verdict, relation, note, by, now())

    for row in rows:
        item_id, clause_id = items.get(row["item"]), clause_ids.get(row["clause"])
        if item_id is not None and clause_id is not None:
            linked.add(item_id)
            yield decision(item_id, codes[clause_id], "accept", row["relation"], row["why"] or None)
    for item_id in items.values():
        if item_id not in linked:
            yield decision(item_id, "", "none", None, None)
