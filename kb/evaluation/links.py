"""Judges the links of a plan to a rubric against the gold: pairs, best guesses, and what is left uncovered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.evaluation.gold import GoldRow
from kb.evaluation.rows import read_rows
from kb.evaluation.scores import Count, Judgement, Miss

# an id of the base, or the gold's own code where the base lacks the record
Key = int | str
Pair = tuple[Key, Key]

CLAIMS = """
select l.plan_item_id as item, l.clause_id as clause
from links l
join clauses c on c.id = l.clause_id
join plan_items i on i.id = l.plan_item_id
where c.document_id = :rubric and i.document_id = :plan and coalesce(l.status, 'proposed') <> 'rejected'
  and c.kind in ('veto', 'basic', 'scored', 'bonus')
order by l.plan_item_id, l.rank
"""
LEAVES = """
select c.id
from clauses c
where c.document_id = :rubric and c.kind in ('veto', 'basic', 'scored', 'bonus')
  and not exists (select 1 from clauses part where part.parent_id = c.id)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A document of the gold in the base: its id, and the ids of its clauses and plan items by the gold's codes."""

    document_id: str
    clause_ids: Mapping[str, int]
    item_ids: Mapping[str, int]


def judge_links(
    connection: sqlite3.Connection, gold: list[GoldRow], plan: Known, rubric: Known, name: str
) -> Iterator[Judgement]:
    """Which links of a plan to one rubric are right; `name` is what the gold calls the rubric.

    A secondary link is asked for among all links, but for the primary ones it is neither wanted nor wrong.
    """
    wanted = _pairs(gold, plan, rubric)
    primary = _pairs([row for row in gold if row["relation"] == "primary"], plan, rubric)
    sides = {"rubric": rubric.document_id, "plan": plan.document_id}
    claims: list[Pair] = [(row["item"], row["clause"]) for row in read_rows(connection, CLAIMS, sides)]
    got, strays = set(claims), set(claims) - wanted
    yield Count(f"links[{name}]", len(wanted & got), len(wanted), len(got))
    yield Count("links", len(wanted & got), len(wanted), len(got))
    best: dict[Key, Key] = {}
    for item, clause in claims:
        best.setdefault(item, clause)
    yield Count(f"links_top1[{name}]", len(best.items() & wanted), len({item for item, _ in wanted}), len(best))
    yield Count(f"links_primary[{name}]", len(primary & got), len(primary), len(primary & got) + len(strays))
    leaves = {row["id"] for row in read_rows(connection, LEAVES, {"rubric": rubric.document_id})}
    yield from _judge_coverage(name, leaves, wanted, got)
    yield from _misses(name, wanted - got, strays, plan, rubric)


def _judge_coverage(name: str, leaves: set[Key], wanted: set[Pair], got: set[Pair]) -> Iterator[Judgement]:
    served, claimed = _clauses(wanted), _clauses(got)
    open_wanted, open_got = leaves - served, leaves - claimed
    yield Count(f"uncovered[{name}]", len(open_wanted & open_got), len(open_wanted), len(open_got))
    yield Count(f"covered[{name}]", len(_clauses(wanted & got)), len(served), len(claimed))


def _misses(name: str, missed: set[Pair], strays: set[Pair], plan: Known, rubric: Known) -> Iterator[Miss]:
    items: dict[Key, str] = {key: code for code, key in plan.item_ids.items()}
    clauses: dict[Key, str] = {key: code for code, key in rubric.clause_ids.items()}

    def shown(pairs: set[Pair]) -> list[str]:
        return sorted(f"{items.get(item, item)} to {clauses.get(clause, clause)} of {name}" for item, clause in pairs)

    yield from (Miss("links", "-", what) for what in shown(missed))
    yield from (Miss("links", "+", what) for what in shown(strays))


def _pairs(gold: list[GoldRow], plan: Known, rubric: Known) -> set[Pair]:
    return {
        (
            plan.item_ids.get(row["item"], "?" + row["item"]),
            rubric.clause_ids.get(row["clause"], "?" + row["clause"]),
        )
        for row in gold
    }


def _clauses(pairs: set[Pair]) -> set[Key]:
    return {clause for _, clause in pairs}
