"""What people decided of plan items and clauses, kept by what outlives a re-reading, and found again after one.

A plan item is known by its document, its code and its words.  Words that moved to another place are found by
themselves; a printed code keeps its decisions when the words behind it are edited.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Literal, get_args

from kb.evaluation.rows import read_rows
from kb.identity import title_key
from kb.link.texts import Item, Plan

Verdict = Literal["accept", "reject", "none"]
VERDICTS: tuple[str, ...] = get_args(Verdict)
PRINTED_CODE = re.compile(r"[A-Za-z]?\d+(?:[.．-]\d+)*")  # 2.1; 三（一）2 is the path to a place and says nothing else


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict.  `none` has the clause code '': the item serves no clause of that rubric."""

    plan_id: str
    item_code: str
    item_hash: str
    rubric_id: str
    clause_code: str
    verdict: Verdict
    relation: str | None
    note: str | None
    decided_by: str
    decided_at: str


def item_hash(text: str) -> str:
    """What an item's words are known by, layout and punctuation aside.

    >>> item_hash("加强抽检。") == item_hash("加强 抽检")
    True
    """
    return sha256(title_key(text).encode()).hexdigest()[:16]


def save_decisions(connection: sqlite3.Connection, decisions: Iterable[Decision]) -> None:
    """Keep decisions inside the caller's transaction; a later one about the same item and clause replaces.

    `none` stands alone: it replaces what was accepted of that item in that rubric, and is replaced by accepting.
    """
    for decision in decisions:
        row = asdict(decision)
        place = "plan_id = :plan_id and item_hash = :item_hash and rubric_id = :rubric_id"
        contrary = {"none": "accept", "accept": "none", "reject": ""}[decision.verdict]
        connection.execute(
            f"delete from link_decisions where {place} and verdict = :contrary", row | {"contrary": contrary}
        )
        columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
        connection.execute(f"insert or replace into link_decisions ({columns}) values ({marks})", row)


def decisions_on(connection: sqlite3.Connection, plan_id: str, words: str, rubric_id: str) -> list[Decision]:
    """What was decided of one item, known by the hash of its words, in one rubric."""
    where = "plan_id = ? and item_hash = ? and rubric_id = ?"
    rows = read_rows(connection, f"select * from link_decisions where {where}", [plan_id, words, rubric_id])
    return [Decision(**row) for row in rows]


def restore(
    connection: sqlite3.Connection, plan_id: str, words: str, rubric_id: str, before: Sequence[Decision]
) -> None:
    """Put what was decided of one item in one rubric back to what it was, inside the caller's transaction."""
    where = "plan_id = ? and item_hash = ? and rubric_id = ?"
    connection.execute(f"delete from link_decisions where {where}", [plan_id, words, rubric_id])
    save_decisions(connection, before)


def decisions_of(connection: sqlite3.Connection, plan_id: str, rubric_id: str) -> list[Decision]:
    """The decisions about one plan and one rubric, in the order in which they were made."""
    rows = read_rows(
        connection,
        "select * from link_decisions where plan_id = ? and rubric_id = ? order by decided_at, item_code, clause_code",
        [plan_id, rubric_id],
    )
    return [Decision(**row) for row in rows]


def settled(plan: Plan, decisions: Sequence[Decision]) -> tuple[dict[int, list[Decision]], list[Decision]]:
    """The decisions of each item, by its id; and those whose item is no longer there."""
    by_words: dict[str, list[Item]] = {}
    for item in plan.items:
        by_words.setdefault(item_hash(item.text), []).append(item)
    codes = Counter(item.code for item in plan.items)
    by_code = {item.code: item for item in plan.items if codes[item.code] == 1 and PRINTED_CODE.fullmatch(item.code)}
    found: dict[int, list[Decision]] = {}
    lost: list[Decision] = []
    for decision in decisions:
        fitting = _item(decision, by_words, by_code)
        if fitting is None:
            lost.append(decision)
        else:
            found.setdefault(fitting.id, []).append(decision)
    return found, lost


def _item(decision: Decision, by_words: Mapping[str, list[Item]], by_code: Mapping[str, Item]) -> Item | None:
    same = by_words.get(decision.item_hash, [])
    exact = [item for item in same if item.code == decision.item_code]
    return next(iter(exact or same), None) or by_code.get(decision.item_code)
