"""Who is who, out to a person and back: merges that rules made, pairs that may be one, what people decided.

A row is a pair of names.  `suggestion` says what rules did or propose; `verdict` is what a person decides: same,
different, or nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.regions import region
from kb.entities.decisions import KINDS, Kind, Verdict, decide, department_key
from kb.entities.identity_sets import Pair, pair
from kb.entities.proposals import department_proposals, indicator_proposals
from kb.entities.settling import Touched, settle
from kb.loading import Row
from kb.sheets import UnreadableSheet, read_sheet, write_sheet

COLUMNS = (
    *("kind", "region", "left", "right", "suggestion", "score", "reason", "left_documents", "right_documents"),
    *("verdict", "made_by", "because"),
)
Merged = tuple[str, str, str, float | None, str]  # two keys, what was suggested, how sure, why
_VERDICTS: dict[str, Verdict | None] = {
    "same": "same", "相同": "same", "同一": "same", "different": "different", "不同": "different", "": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """What a table changed: decisions written or changed, taken back, and rows that change nothing."""

    written: int
    withdrawn: int
    unchanged: int


def export_identities(connection: sqlite3.Connection, path: Path, kind: Kind | None = None) -> int:
    """Write the pairs of one kind or both to a table, open ones first; how many there are."""
    rows = identity_pairs(connection, kind)
    write_sheet(path, rows, COLUMNS)
    return len(rows)


def identity_pairs(connection: sqlite3.Connection, kind: Kind | None = None) -> list[Row]:
    """The pairs of names that are, may be or were decided to be one, open ones first, the likeliest before others."""
    rows = [row for one in _kinds(kind) for row in _pairs(connection, one)]
    return sorted(rows, key=lambda row: (row["verdict"] != "", row["suggestion"] != "proposed", -(row["score"] or 0)))


def _kinds(kind: Kind | None) -> tuple[Kind, ...]:
    return ("department", "indicator") if kind is None else (kind,)


def _pairs(connection: sqlite3.Connection, kind: Kind) -> Iterator[Row]:
    """Decisions first, then what rules did and propose where nobody has decided."""
    decided = {
        (row["left_key"], row["right_key"]): row
        for row in connection.execute("select * from decisions where kind = ? order by id", (kind,))
    }
    told: set[Pair] = set()
    for left, right, suggestion, score, reason in (*_merged(connection, kind), *_proposed(connection, kind)):
        keys = pair(left, right)
        told.add(keys)
        yield _row(connection, kind, keys, suggestion, score, reason, decided.get(keys))
    for keys, decision in decided.items():
        if keys not in told:
            yield _row(connection, kind, keys, "", None, "", decision)


def _merged(connection: sqlite3.Connection, kind: Kind) -> list[Merged]:
    """The names that rules brought together, each with the one its thing is called by."""
    if kind == "indicator":
        rows = connection.execute(
            "select n.name as left, a.printed as right, a.score, a.reason from indicator_aliases a"
            " join indicators n on n.id = a.indicator_id where a.method <> 'name' order by a.printed"
        )
        return [(row["left"], row["right"], "merged", row["score"], row["reason"]) for row in rows]
    rows = connection.execute(
        "select d.region_code, d.name as left, a.name as right, a.reason from department_aliases a"
        " join departments d on d.id = a.department_id where a.method <> 'name' order by d.region_code, a.name"
    )
    found: list[Merged] = []
    for row in rows:
        left, right = (department_key(row["region_code"], row[side]) for side in ("left", "right"))
        found.append((left, right, "merged", None, row["reason"]))
    return found


def _proposed(connection: sqlite3.Connection, kind: Kind) -> list[Merged]:
    found = department_proposals(connection) if kind == "department" else indicator_proposals(connection)
    return [(same.left, same.right, "proposed", same.score, same.reason) for same in found]


def _row(
    connection: sqlite3.Connection,
    kind: Kind,
    keys: Pair,
    suggestion: str,
    score: float | None,
    reason: str,
    decision: sqlite3.Row | None,
) -> Row:
    code, names = "", keys
    if kind == "department":
        code = keys[0].partition(" ")[0]
        names = (keys[0].partition(" ")[2], keys[1].partition(" ")[2])
    left, right = (_documents(connection, kind, code, name) for name in names)
    return {
        **{"kind": kind, "region": code, "left": names[0], "right": names[1], "suggestion": suggestion},
        **{"score": score, "reason": reason, "left_documents": left, "right_documents": right},
        "verdict": "" if decision is None else decision["verdict"],
        "made_by": "" if decision is None else decision["made_by"] or "",
        "because": "" if decision is None else decision["reason"] or "",
    }


def _documents(connection: sqlite3.Connection, kind: Kind, code: str, name: str) -> str:
    """The documents that print a name, by their ids."""
    if kind == "indicator":
        sql = (
            "select distinct t.document_id from indicator_aliases a join thresholds t"
            " on t.indicator_id = a.indicator_id where a.printed = :name and t.indicator = :name order by 1"
        )
    else:
        sql = (
            "select distinct coalesce(i.document_id, c.document_id) from assignments a"
            " join departments d on d.id = a.department_id left join plan_items i on i.id = a.plan_item_id"
            " left join clauses c on c.id = a.clause_id where coalesce(d.region_code, '-') = :code"
            " and coalesce(a.name, d.name) = :name order by 1"
        )
    return " ".join(row[0] for row in connection.execute(sql, {"name": name, "code": code}))


# ---------------------------------------------------------------- back again


def import_identities(connection: sqlite3.Connection, path: Path, *, made_by: str | None, made_at: str) -> Imported:
    """Keep the verdicts of a table and gather what they concern anew, inside the caller's transaction.

    An empty verdict takes a decision back.  Raises UnreadableSheet, and changes nothing, where a row makes no sense.
    """
    written = withdrawn = unchanged = 0
    regions: set[str | None] = set()
    printings: set[str] = set()
    for number, row in enumerate(read_sheet(path, ("kind", "region", "left", "right", "verdict")), 2):
        kind, keys, verdict = _read(path, number, row)
        before = connection.execute(
            "select verdict, made_by, reason from decisions where kind = ? and left_key = ? and right_key = ?",
            (kind, *keys),
        ).fetchone()
        author, reason = row.get("made_by") or made_by, row.get("because") or None
        old = None if before is None else before["verdict"]
        if old == verdict and (before is None or (before["made_by"], before["reason"]) == (author, reason)):
            unchanged += 1
            continue
        decide(connection, kind, *keys, verdict, made_by=author, made_at=made_at, reason=reason)
        written, withdrawn = written + (verdict is not None), withdrawn + (verdict is None)
        if kind == "department":
            regions.add(None if row["region"] == "-" else row["region"])
        else:
            printings.update(keys)
    settle(connection, Touched(frozenset(regions), frozenset(printings)))
    return Imported(written, withdrawn, unchanged)


def _read(path: Path, number: int, row: dict[str, str]) -> tuple[Kind, Pair, Verdict | None]:
    """Kind, keys and verdict of one row."""
    where = f"{path} line {number}"
    if row["kind"] not in KINDS:
        raise UnreadableSheet(f"{where}: kind is {row['kind'] or 'empty'}; it is department or indicator")
    if not row["left"] or not row["right"] or row["left"] == row["right"]:
        raise UnreadableSheet(f"{where}: needs two different names in left and right; keep the exported ones")
    word = row["verdict"].lower()
    if word not in _VERDICTS:
        raise UnreadableSheet(f"{where}: verdict is {row['verdict']}; it is same, different or empty")
    if row["kind"] == "indicator":
        return "indicator", pair(row["left"], row["right"]), _VERDICTS[word]
    if row["region"] != "-" and region(row["region"]) is None:
        raise UnreadableSheet(f"{where}: no region has the code {row['region'] or '(empty)'}; keep the exported one")
    code = None if row["region"] == "-" else row["region"]
    keys = pair(department_key(code, row["left"]), department_key(code, row["right"]))
    return "department", keys, _VERDICTS[word]
