"""Why a plan item is tied to a clause, or is not: what the base says of the pair, and what speaks for it, in words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kb.evaluation.rows import Row, read_rows
from kb.link.claims import Judging
from kb.link.evidence import demands, same_demands
from kb.link.features import FEATURES
from kb.link.model import Model
from kb.link.naming import Named, clauses_named, items_named, one_pair
from kb.link.texts import pairs, read_plan, read_rubric

# what each feature says, for people
MEANINGS = {
    "bm25_sentence": "a sentence shares telling words with the clause",
    "cosine_title": "a sentence is like the title",
    "cosine_condition": "a sentence is like a condition",
    "cosine_whole": "the whole item is like the whole clause",
    "cosine_units": "several parts of the clause are met",
    "held_unit": "a sentence holds most of a part of the clause",
    "held_title": "a sentence holds most of the title",
    "held_in_item": "the item holds most of a part of the clause",
    "common_string": "a long string of both",
    "lsa_sentence": "a sentence means what the clause means",
    "lsa_units": "several parts of the clause are meant",
    "lsa_whole": "the whole item means what the clause means",
    "sentence_share": "no other clause fits a sentence better",
    "sentence_margin": "how far the next clause fits a sentence less",
    "sentence_rank": "place of the clause for a sentence",
    "item_share": "likeness against the item's best clause",
    "clause_share": "likeness against the clause's best item",
    "item_rank": "place among the item's clauses",
    "clause_rank": "place among the clause's items",
    "mutual_best": "each is the other's best",
    "margin": "how far the item's next clause falls behind",
    "item_best": "likeness of the item's best clause",
    "clause_best": "likeness of the clause's best item",
}
STORED = """
select 'link' as what, l.relation, l.method, l.score, l.rank, l.status, l.evidence
from links l
where l.plan_item_id = :item and l.clause_id = :clause
union all
select 'candidate', null, 'inferred', k.score, k.rank, 'offered', k.evidence
from link_candidates k
where k.plan_item_id = :item and k.clause_id = :clause
order by 1 desc
"""


@dataclass(frozen=True, slots=True)
class Why:
    """All that is known of one item and one clause."""

    item: Named
    clause: Named
    stored: Row | None
    probability: float | None  # by the model now; None where the two are no neighbours
    evidence: dict[str, Any]
    features: list[dict[str, Any]]


def why(connection: sqlite3.Connection, model: Model, item_name: str, clause_name: str) -> Why:
    """The reasons for a pair, stored and as the model sees it now; raises UnknownRecord where the names fit many."""
    item, clause = _pair(connection, item_name, clause_name)
    stored = next(iter(read_rows(connection, STORED, {"item": item.id, "clause": clause.id})), None)
    judging = Judging(read_plan(connection, item.document_id), read_rubric(connection, clause.document_id), model)
    number = _number(judging, item, clause)
    promised = demands(connection, item.document_id, "plan_item_id")
    demanded = demands(connection, clause.document_id, "clause_id")
    said = {} if stored is None else json.loads(stored["evidence"])
    said |= same_demands(promised.get(item.id, ()), demanded.get(clause.id, ()))
    if number is None:
        return Why(item, clause, stored, None, said, [])
    probability = float(judging.scores[number])
    return Why(
        item,
        clause,
        stored,
        probability,
        said | next(judging.evidence([number], promised, demanded)),
        _features(judging, number),
    )


def _pair(connection: sqlite3.Connection, item_name: str, clause_name: str) -> tuple[Named, Named]:
    """The pair that two names mean: of several the one that belongs together, of those the one that is linked."""
    items, clauses = items_named(connection, item_name), clauses_named(connection, clause_name)
    both = [(item, clause) for item in items for clause in clauses]
    related = {*pairs(connection)}
    linked = {
        (row["item"], row["clause"])
        for row in read_rows(connection, "select plan_item_id as item, clause_id as clause from links")
    }
    narrower = (
        lambda item, clause: (
            (item.document_id, clause.document_id) in related or item.document_id == clause.document_id
        ),
        lambda item, clause: (item.id, clause.id) in linked,
    )
    for fits in narrower:
        both = [pair for pair in both if fits(*pair)] or both if len(both) > 1 else both
    return one_pair(both, f"{item_name} {clause_name}")


def _number(judging: Judging, item: Named, clause: Named) -> int | None:
    """The pair's place among the neighbours, or None."""
    for number, (one, other) in enumerate(zip(judging.pairs.items, judging.pairs.clauses, strict=True)):
        if judging.plan.items[int(one)].id == item.id and judging.rubric.clauses[int(other)].id == clause.id:
            return number
    return None


def _features(judging: Judging, number: int) -> list[dict[str, Any]]:
    """Every feature with its value, its weight and what it adds, the weightiest first."""
    values = judging.pairs.values[number]
    added = judging.model.contributions(values[None, :])[0]
    rows = [
        {
            "feature": name,
            "value": round(float(value), 3) + 0.0,  # no -0
            "weight": round(judging.model.weights[name], 3),
            "adds": round(float(plus), 2),
            "meaning": MEANINGS[name],
        }
        for name, value, plus in zip(FEATURES, values, added, strict=True)
    ]
    return sorted(rows, key=lambda row: -abs(float(row["adds"])))


def in_words(found: Why) -> Iterator[str]:
    """The reasons as lines for a reader; the features follow as a listing."""
    yield f"任务 plan item {found.item}\n  {found.item.words}"
    yield f"条款 clause {found.clause}\n  {found.clause.words}"
    yield _standing(found)
    said = found.evidence
    if "why" in said:
        yield f"{said['why']}"
    if "item" in said:
        yield f"片段 fragments that are most alike\n  {said['item']}\n  {said['clause']}"
        yield f"共有 shared words: {'、'.join(said['shared']) or 'none'}"
    if "same_indicator" in said:
        yield f"同一指标 same indicator: {said['same_indicator']}"
    if "same_threshold" in said:
        yield f"同一目标值 same threshold: {said['same_threshold']}"
    if "thresholds" in said:
        yield f"目标值 promised | demanded: {said['thresholds']}"
    if "decided_by" in said:
        note = f": {said['note']}" if said.get("note") else ""
        yield f"人工结论 decided by {said['decided_by']} at {said['decided_at']}{note}"


def _standing(found: Why) -> str:
    """What the base holds of the pair, and what the model says."""
    stored = found.stored
    says = "they share no telling word" if found.probability is None else f"the model says {found.probability:.2f}"
    if stored is None:
        return f"结论 neither claimed nor offered; {says}"
    if stored["what"] == "candidate":
        return f"结论 offered to a reviewer, rank {stored['rank']}; {says}"
    return f"结论 {stored['method']} link, {stored['relation']}, {stored['status']}, rank {stored['rank']}; {says}"
