"""Links of a base brought up to date: what a new text, a new decision or another model touches, and nothing else.

Each plan and rubric is one transaction.  Links that documents print stay; people may accept or reject them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from kb.base import transaction
from kb.evaluation.rows import read_rows
from kb.link.claims import Claim, Judging, decided, proposals
from kb.link.decisions import Decision, decisions_of, settled
from kb.link.evidence import demands
from kb.link.model import Model
from kb.link.texts import Plan, Rubric, pairs, read_plan, read_rubric
from kb.loading import insert
from kb.revise.revisions import now

BETWEEN = (
    "plan_item_id in (select id from plan_items where document_id = :plan)"
    " and clause_id in (select id from clauses where document_id = :rubric)"
)
REVIEWED_PAIRS = """
select distinct l.plan_id, l.rubric_id
from link_decisions l
join documents p on p.id = l.plan_id
join documents r on r.id = l.rubric_id
order by l.plan_id, l.rubric_id
"""


@dataclass(frozen=True, slots=True)
class Linked:
    """What became of one plan and one rubric."""

    plan_id: str
    rubric_id: str
    links: int
    candidates: int
    lost: tuple[Decision, ...]  # decisions about items that are no longer there


@dataclass(frozen=True, slots=True)
class Due:
    """A plan and a rubric whose texts, decisions or model are not those of their last run."""

    plan: Plan
    rubric: Rubric
    verdicts: Sequence[Decision]
    is_paired: bool  # they belong together; else only what people decided is written
    mark: str


def link_due(connection: sqlite3.Connection, model: Model) -> Iterator[Linked]:
    """Link every plan and rubric whose texts, decisions or model are not those of its last run."""
    drop_unpaired(connection, {*pairs(connection), *_reviewed(connection)})
    for one in due(connection, model):
        yield _link(connection, one.plan, one.rubric, one.verdicts, model if one.is_paired else None, one.mark)


def due(connection: sqlite3.Connection, model: Model) -> Iterator[Due]:
    """What `link_due` would link now."""
    paired = pairs(connection)
    plan_of = cache(lambda key: read_plan(connection, key))
    rubric_of = cache(lambda key: read_rubric(connection, key))
    done = {
        (row["plan_id"], row["rubric_id"]): row["fingerprint"]
        for row in read_rows(connection, "select * from link_runs")
    }
    for key in dict.fromkeys([*paired, *_reviewed(connection)]):
        plan, rubric, verdicts = plan_of(key[0]), rubric_of(key[1]), decisions_of(connection, *key)
        mark = fingerprint(plan, rubric, verdicts, model)
        if done.get(key) != mark:
            yield Due(plan, rubric, verdicts, key in paired, mark)


def _reviewed(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return [(row["plan_id"], row["rubric_id"]) for row in read_rows(connection, REVIEWED_PAIRS)]


def link_pair(connection: sqlite3.Connection, model: Model, plan_id: str, rubric_id: str) -> Linked:
    """Link one plan and one rubric anew, after a decision about them."""
    plan, rubric = read_plan(connection, plan_id), read_rubric(connection, rubric_id)
    verdicts = decisions_of(connection, plan_id, rubric_id)
    known = model if (plan_id, rubric_id) in pairs(connection) else None
    return _link(connection, plan, rubric, verdicts, known, fingerprint(plan, rubric, verdicts, model))


def fingerprint(plan: Plan, rubric: Rubric, verdicts: Sequence[Decision], model: Model) -> str:
    """What a run depends on, as sixteen hex digits; rows that were written anew under other ids count as new."""
    return sha256(repr((plan.items, rubric.clauses, verdicts, model.name)).encode()).hexdigest()[:16]


def drop_unpaired(connection: sqlite3.Connection, kept: set[tuple[str, str]]) -> None:
    """Forget what was inferred between documents that belong together no longer."""
    runs = {(row["plan_id"], row["rubric_id"]) for row in read_rows(connection, "select * from link_runs")}
    for key in sorted(runs - kept):
        with transaction(connection):
            _clear(connection, *key)


def _clear(connection: sqlite3.Connection, plan_id: str, rubric_id: str) -> None:
    places = {"plan": plan_id, "rubric": rubric_id}
    connection.execute(f"delete from links where {BETWEEN} and method <> 'printed'", places)
    connection.execute(f"update links set status = 'proposed' where {BETWEEN}", places)
    connection.execute(f"delete from link_candidates where {BETWEEN}", places)
    connection.execute("delete from link_runs where plan_id = :plan and rubric_id = :rubric", places)


def _link(
    connection: sqlite3.Connection,
    plan: Plan,
    rubric: Rubric,
    verdicts: Sequence[Decision],
    model: Model | None,
    mark: str,
) -> Linked:
    """Compare, decide and write; without a model only what people decided is written."""
    proposed: dict[int, list[Claim]] = {}
    if model is not None and plan.items and rubric.clauses:
        promised = demands(connection, plan.document_id, "plan_item_id")
        demanded = demands(connection, rubric.document_id, "clause_id")
        proposed = proposals(Judging(plan, rubric, model), promised, demanded)
    by_item, lost = settled(plan, verdicts)
    clause_ids = {clause.code: clause.id for clause in rubric.clauses}
    with transaction(connection):
        _clear(connection, plan.document_id, rubric.document_id)
        printed = _settle_printed(connection, plan, rubric, by_item, clause_ids)
        links, candidates = _rows(plan, proposed, by_item, clause_ids, printed)
        insert(connection, "links", links)
        insert(connection, "link_candidates", candidates)
        run = {"plan_id": plan.document_id, "rubric_id": rubric.document_id, "fingerprint": mark}
        name = "" if model is None else model.name
        insert(connection, "link_runs", [run | {"model": name, "linked_at": now()}])
    return Linked(plan.document_id, rubric.document_id, len(links), len(candidates), tuple(lost))


def _rows(
    plan: Plan,
    proposed: Mapping[int, Sequence[Claim]],
    by_item: Mapping[int, Sequence[Decision]],
    clause_ids: Mapping[str, int],
    printed: set[tuple[int, int]],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of links and of candidates; ranks go on behind what is printed, and from links to candidates."""
    links: list[dict[str, Any]] = []
    candidates: list[dict[str, Any]] = []
    for item in plan.items:
        claims = decided(item.id, proposed.get(item.id, ()), by_item.get(item.id, ()), clause_ids)
        fresh = [claim for claim in claims if (claim.item_id, claim.clause_id) not in printed]
        first = 1 + sum(item.id == owner for owner, _ in printed)
        for rank, claim in enumerate(fresh, first):
            if claim.status == "offered":
                candidates.append(claim.row(rank))
            else:
                more = {"relation": claim.relation, "method": claim.method, "status": claim.status}
                links.append(claim.row(rank) | more)
    return links, candidates


def _settle_printed(
    connection: sqlite3.Connection,
    plan: Plan,
    rubric: Rubric,
    by_item: Mapping[int, Sequence[Decision]],
    clause_ids: Mapping[str, int],
) -> set[tuple[int, int]]:
    """Give printed links the status that people gave them, and no other; their items and clauses."""
    places = {"plan": plan.document_id, "rubric": rubric.document_id}
    found = read_rows(connection, f"select id, plan_item_id, clause_id from links where {BETWEEN}", places)
    codes = {number: code for code, number in clause_ids.items()}
    words = {"accept": "accepted", "reject": "rejected"}
    for row in found:
        verdicts = {v.clause_code: v.verdict for v in by_item.get(row["plan_item_id"], ())}
        verdict = "reject" if "" in verdicts else verdicts.get(codes.get(row["clause_id"], "-"), "")
        connection.execute("update links set status = ? where id = ?", (words.get(verdict, "proposed"), row["id"]))
    return {(row["plan_item_id"], row["clause_id"]) for row in found}
