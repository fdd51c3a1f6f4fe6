"""What people decided about names: this and that are the same, or are not.  Kept by the names themselves.

A key is the text of a name (for a body behind the code of its region), so a decision lasts whatever is ingested again.
"""

from __future__ import annotations

import sqlite3
from typing import Literal, get_args

from extract.text import compact
from kb.entities.identity_sets import Verdicts, pair

Kind = Literal["department", "indicator"]
Verdict = Literal["same", "different"]
KINDS: tuple[str, ...] = get_args(Kind)
VERDICTS: tuple[str, ...] = get_args(Verdict)


def kind_named(word: str | None) -> Kind | None:
    """The kind of names that a word says; None for all."""
    return next((kind for kind in get_args(Kind) if kind == word), None)


def department_key(region_code: str | None, name: str) -> str:
    """The key of a name of a body.

    >>> department_key("320400", "市质监局"), department_key(None, "财政部")
    ('320400 市质监局', '- 财政部')
    """
    return f"{region_code or '-'} {compact(name)}"


def decide(
    connection: sqlite3.Connection,
    kind: Kind,
    one: str,
    other: str,
    verdict: Verdict | None,
    *,
    made_by: str | None,
    made_at: str,
    reason: str | None,
) -> None:
    """Write a decision on two keys over the one there was; a verdict of None takes it back."""
    left, right = pair(one, other)
    if verdict is None:
        connection.execute(
            "delete from decisions where kind = ? and left_key = ? and right_key = ?", (kind, left, right)
        )
        return
    connection.execute(
        "insert into decisions (kind, left_key, right_key, verdict, made_by, made_at, reason)"
        " values (?, ?, ?, ?, ?, ?, ?) on conflict (kind, left_key, right_key) do update set"
        " verdict = excluded.verdict, made_by = excluded.made_by, made_at = excluded.made_at, reason = excluded.reason",
        (kind, left, right, verdict, made_by, made_at, reason),
    )


def verdicts(connection: sqlite3.Connection, kind: Kind) -> Verdicts:
    """All decisions of one kind."""
    found = Verdicts()
    for row in connection.execute("select * from decisions where kind = ? order by left_key, right_key", (kind,)):
        why = f"decided by {row['made_by'] or 'a person'}" + (f": {row['reason']}" if row["reason"] else "")
        sides = found.same if row["verdict"] == "same" else found.different
        sides[(row["left_key"], row["right_key"])] = why
    return found
