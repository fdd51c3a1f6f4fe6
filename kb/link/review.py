"""Links out to a person and back: a table of what to decide, and decisions read from it or from annotations.

A row is an item and a clause.  The person writes accept or reject, or changes the clause's code to add another one;
`none` says that the item serves no clause of that rubric.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from kb.errors import UnreadableReview
from kb.evaluation.rows import Row, read_rows
from kb.link.decisions import Decision, Verdict, item_hash
from kb.revise.revisions import now
from kb.sheets import read_sheet, write_sheet

COLUMNS = (
    *("plan_id", "item_code", "item_text", "rubric_id", "clause_code", "clause_title", "points"),
    *("standing", "score", "because", "decision", "relation", "note", "decided_by", "decided_at"),
)
LABELS = {
    "plan_id": "规划 plan_id",
    "item_code": "任务编号 item_code",
    "item_text": "任务 item_text",
    "rubric_id": "考核文件 rubric_id",
    "clause_code": "条款编号 clause_code",
    "clause_title": "条款 clause_title",
    "points": "分值 points",
    "standing": "现状 standing",
    "score": "把握 score",
    "because": "依据 because",
    "decision": "结论(accept/reject/none) decision",
    "relation": "关系(primary/secondary) relation",
    "note": "备注 note",
    "decided_by": "审核人 decided_by",
    "decided_at": "审核时间 decided_at",
}
# 采纳 and the like are what people write in a Chinese sheet
WORDS: Mapping[str, Verdict] = {
    **{
        "accept": "accept",
        "accepted": "accept",
        "add": "accept",
        "y": "accept",
        "采纳": "accept",
        "增加": "accept",
        "是": "accept",
    },
    **{"reject": "reject", "rejected": "reject", "n": "reject", "否决": "reject", "否": "reject"},
    **{"none": "none", "无": "none", "不对应": "none"},
}
RELATIONS = {"primary": "primary", "主要": "primary", "secondary": "secondary", "次要": "secondary", "": None}
OFFERS = """
select
  i.document_id as plan_id, i.id as item_id, coalesce(i.code, '') as item_code, i.text as item_text,
  c.document_id as rubric_id, c.id as clause_id, c.code as clause_code,
  coalesce(nullif(c.title, ''), c.text, '') as clause_title,
  c.points, l.score, l.rank, l.standing, l.relation, l.status,
  json_extract(l.evidence, '$.item') as item_fragment, json_extract(l.evidence, '$.clause') as clause_fragment,
  json_extract(l.evidence, '$.shared') as shared, json_extract(l.evidence, '$.same_indicator') as same_indicator,
  json_extract(l.evidence, '$.decided_by') as decided_by, json_extract(l.evidence, '$.decided_at') as decided_at,
  json_extract(l.evidence, '$.note') as note
from (
  select plan_item_id, clause_id, score, rank, method as standing, relation, status, evidence from links
  union all
  select plan_item_id, clause_id, score, rank, 'candidate', null, 'offered', evidence from link_candidates
) l
join plan_items i on i.id = l.plan_item_id
join clauses c on c.id = l.clause_id
where l.standing <> 'printed'
  and (:plan is null or i.document_id = :plan)
  and (:rubric is null or c.document_id = :rubric)
order by i.document_id, c.document_id, i.id, l.rank
"""
SAID_NONE = "select plan_id, rubric_id, item_hash from link_decisions where verdict = 'none'"
# a clause without points, a veto or a basic condition, weighs as much as the dearest of its rubric
DEAREST = (
    "select document_id, max(points) as points from clauses where kind in ('scored', 'bonus') group by document_id"
)


@dataclass(frozen=True, slots=True)
class Read:
    """What came back: the decisions, and a line for each row that could not be used."""

    decisions: list[Decision]
    refused: list[str]


def review_rows(
    connection: sqlite3.Connection, plan: str | None = None, rubric: str | None = None, every: bool = False
) -> list[dict[str, Any]]:
    """The rows to decide, five an item, the uncertain and consequential items first; `every` adds the decided ones."""
    return [_shown(row) for offers in queue(connection, plan, rubric, every) for row in offers]


def queue(
    connection: sqlite3.Connection, plan: str | None = None, rubric: str | None = None, every: bool = False
) -> list[list[Row]]:
    """What is offered for each item and rubric, by rank; the items in the order of `review_rows`."""
    dearest = {row["document_id"]: row["points"] or 1.0 for row in read_rows(connection, DEAREST)}
    settled = {(row["plan_id"], row["rubric_id"], row["item_hash"]) for row in read_rows(connection, SAID_NONE)}
    groups: list[tuple[float, list[Row]]] = []
    rows = read_rows(connection, OFFERS, {"plan": plan, "rubric": rubric})
    for _, group in groupby(rows, key=lambda row: (row["rubric_id"], row["item_id"])):
        offers = list(group)
        first = offers[0]
        done = (first["plan_id"], first["rubric_id"], item_hash(first["item_text"])) in settled
        done = done or any(row["status"] == "accepted" for row in offers)
        if every or not done:
            groups.append((max(stake(row, dearest.get(row["rubric_id"], 1.0)) for row in offers), offers))
    groups.sort(key=lambda group: -group[0])
    return [offers for _, offers in groups]


def stake(row: Mapping[str, Any], dearest: float) -> float:
    """What a decision is worth: the points behind the clause times how little the score tells; 0 once decided.

    >>> stake({"status": "proposed", "score": 0.5, "points": 20}, 30)
    20.0
    >>> stake({"status": "offered", "score": 0.9, "points": None}, 30)
    6.0
    """
    if row["status"] in ("accepted", "rejected"):
        return 0.0
    points = dearest if row["points"] is None else float(row["points"])
    return round(points * (1 - abs(2 * float(row["score"]) - 1)), 6)


def _shown(row: Row) -> dict[str, Any]:
    """A row of the table under its labels."""
    verdict = {"accepted": "accept", "rejected": "reject"}.get(row["status"], "")
    because = [row["shared"] or "", f"同一指标 {row['same_indicator']}" if row["same_indicator"] else ""]
    values = {name: row[name] for name in COLUMNS if name in row} | {
        "score": round(row["score"], 2),
        "because": "；".join(filter(None, because)).strip("[]").replace('"', "").replace(",", "、"),
        "decision": verdict,
    }
    return {LABELS[name]: "" if values[name] is None else values[name] for name in COLUMNS}


def save_review(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the table as .xlsx or .csv."""
    write_sheet(path, rows, list(LABELS.values()))


def read_review(connection: sqlite3.Connection, path: Path, by: str) -> Read:
    """The decisions of a table that was filled in; rows without one are passed over.

    `by` decided where a row names nobody.
    """
    rows = [
        _unlabelled(row)
        for row in read_sheet(path, [LABELS[name] for name in ("plan_id", "item_text", "rubric_id", "decision")])
    ]
    codes = _codes(connection)
    read = Read([], [])
    for number, row in enumerate(rows, 2):
        if row.get("decision"):
            try:
                read.decisions.append(_decision(row, codes, by))
            except UnreadableReview as error:
                read.refused.append(f"{path.name} row {number}: {error}")
    return read


def _unlabelled(row: Mapping[str, str]) -> dict[str, str]:
    return {label.split(" ")[-1]: value for label, value in row.items()}


def _codes(connection: sqlite3.Connection) -> dict[str, set[str]]:
    codes: dict[str, set[str]] = {}
    for row in read_rows(connection, "select document_id, code from clauses"):
        codes.setdefault(row["document_id"], set()).add(row["code"])
    return codes


def _decision(row: Mapping[str, str], codes: Mapping[str, set[str]], by: str) -> Decision:
    """One row as a decision; raises UnreadableReview, with what is wrong."""
    verdict = WORDS.get(row["decision"].strip().lower())
    if verdict is None:
        raise UnreadableReview(f"“{row['decision']}” is no decision; write accept, reject or none")
    code = "" if verdict == "none" else row.get("clause_code", "").removesuffix(".0").strip()
    if verdict != "none" and code not in codes.get(row["rubric_id"], set()):
        raise UnreadableReview(f"{row['rubric_id']} has no clause {code or '(empty)'}; `zhibiao show` lists its codes")
    relation = row.get("relation", "").strip().lower()
    if relation not in RELATIONS:
        raise UnreadableReview(f"“{relation}” is no relation; write primary, secondary or nothing")
    return Decision(
        row["plan_id"],
        row.get("item_code", ""),
        item_hash(row["item_text"]),
        row["rubric_id"],
        code,
        verdict,
        RELATIONS[relation],
        row.get("note") or None,
        row.get("decided_by") or by,
        row.get("decided_at") or now(),
    )
