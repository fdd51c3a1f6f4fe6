"""The claims about one plan and one rubric: what the model proposes, put right by what people decided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.link.arrays import Bools, Floats, np
from kb.link.decision import claimed
from kb.link.decisions import Decision
from kb.link.evidence import Demand, alike, as_json, reasons, same_demands
from kb.link.features import Comparison, Pairs
from kb.link.model import Model
from kb.link.texts import Plan, Rubric

OFFERED = 5  # clauses that a reviewer sees of an item, claims included
LIKELY = 0.5  # a second clause of an item is what it is there for only if it is as likely as not
ORDER = {"accepted": 0, "proposed": 1, "rejected": 2}

Demands = Mapping[int, Sequence[Demand]]


@dataclass(frozen=True, slots=True)
class Claim:
    """An item and a clause: a row of `links`, or of `link_candidates` where `status` is offered."""

    item_id: int
    clause_id: int
    relation: str
    method: str
    score: float
    evidence: str  # JSON, which takes less room than what it stands for
    status: str

    def row(self, rank: int) -> dict[str, Any]:
        """The columns that both tables have."""
        places = {"plan_item_id": self.item_id, "clause_id": self.clause_id}
        return places | {"score": round(self.score, 4), "rank": rank, "evidence": self.evidence}


class Judging:
    """A plan compared with a rubric and judged by a model."""

    def __init__(self, plan: Plan, rubric: Rubric, model: Model) -> None:
        self.plan, self.rubric, self.model = plan, rubric, model
        self.comparison = Comparison(plan.fragments, rubric.texts)
        self.pairs: Pairs = self.comparison.pairs()
        self.scores: Floats = model.probabilities(self.pairs.values)
        self.claimed: Bools = claimed(self.pairs.items, self.scores)

    def best(self) -> Iterator[tuple[int, list[int]]]:
        """The position of each item with the numbers of its pairs, the likeliest first."""
        order = np.lexsort((-self.scores, self.pairs.items))
        edges = np.searchsorted(self.pairs.items[order], np.arange(len(self.plan.items) + 1))
        for item in range(len(self.plan.items)):
            yield item, order[edges[item] : edges[item + 1]].tolist()

    def chosen(self) -> Iterator[tuple[int, int]]:
        """The pairs that are claimed or offered, item by item: their numbers and their places among the item's."""
        for _, numbers in self.best():
            for place, number in enumerate(numbers):
                if place < OFFERED or self.claimed[number]:
                    yield number, place

    def evidence(self, numbers: Sequence[int], promised: Demands, demanded: Demands) -> Iterator[dict[str, Any]]:
        """All that is said for each of these pairs."""
        added = reasons(self.model, self.pairs.values[np.array(numbers, dtype=np.int64)])
        for number, features in zip(numbers, added, strict=True):
            item, clause = self.rows(number)
            same = same_demands(promised.get(item, ()), demanded.get(clause, ()))
            said = alike(self.comparison, self.pairs, number)
            yield said | same | {"features": features, "model": self.model.name}

    def rows(self, number: int) -> tuple[int, int]:
        """The ids of a pair's item and clause."""
        item, clause = int(self.pairs.items[number]), int(self.pairs.clauses[number])
        return self.plan.items[item].id, self.rubric.clauses[clause].id


def proposals(judging: Judging, promised: Demands, demanded: Demands) -> dict[int, list[Claim]]:
    """For each item its claims and, up to `OFFERED` in all, the next best clauses."""
    chosen = list(judging.chosen())
    found: dict[int, list[Claim]] = {}
    evidence = judging.evidence([number for number, _ in chosen], promised, demanded)
    for (number, place), said in zip(chosen, evidence, strict=True):
        item, clause = judging.rows(number)
        score = float(judging.scores[number])
        relation = "primary" if place == 0 or score >= LIKELY else "secondary"
        status = "proposed" if judging.claimed[number] else "offered"
        found.setdefault(item, []).append(Claim(item, clause, relation, "inferred", score, as_json(said), status))
    return found


def decided(
    item_id: int, proposed: Sequence[Claim], verdicts: Sequence[Decision], clause_ids: Mapping[str, int]
) -> list[Claim]:
    """An item's claims after people spoke: in the order of their ranks, offers last."""
    by_clause = {claim.clause_id: claim for claim in proposed}
    if any(verdict.verdict == "none" for verdict in verdicts):
        by_clause = {}
    for verdict in verdicts:
        clause = clause_ids.get(verdict.clause_code)
        if clause is not None and verdict.verdict != "none":
            by_clause[clause] = _judged(item_id, clause, by_clause.get(clause), verdict)
    return sorted(by_clause.values(), key=lambda claim: (ORDER.get(claim.status, 3), -claim.score))


def _judged(item_id: int, clause_id: int, proposed: Claim | None, verdict: Decision) -> Claim:
    """The claim that a person accepted, rejected or added."""
    said: dict[str, Any] = {} if proposed is None else json.loads(proposed.evidence)
    said |= {"decided_by": verdict.decided_by, "decided_at": verdict.decided_at}
    said |= {"note": verdict.note} if verdict.note else {}
    relation = verdict.relation or (proposed.relation if proposed else "primary")
    if verdict.verdict == "accept":
        return Claim(item_id, clause_id, relation, "reviewed", 1.0, as_json(said), "accepted")
    score = proposed.score if proposed else 0.0
    return Claim(item_id, clause_id, relation, "reviewed", score, as_json(said), "rejected")
