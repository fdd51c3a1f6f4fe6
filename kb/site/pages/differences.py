"""What a document was and became: its revisions, and what changed between two of them, fact by fact."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from kb.evaluation.rows import Row, read_rows
from kb.revise.history import UnknownRevision, changes, revisions
from kb.site import links
from kb.site.page import Asked, NoSuchPage, Page
from kb.site.pages.document import head
from kb.site.paging import span

PER_PAGE = 100
# where the facts of some codes stand now
PLACES = """
select '{record}' as record, f.code, p.ordinal
from {record} f
join passages p on p.id = f.passage_id
where f.document_id = :id and f.code in (select value from json_each(:codes))
"""
CODED = ("clauses", "plan_items")


def differences(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """All revisions, and one page of the changes between the two that are asked for."""
    found = head(connection, asked.path["id"])
    first, last = (asked.number(name, 0) or None for name in ("from", "to"))
    try:
        told = changes(connection, found["id"], first, last)
    except UnknownRevision as error:
        raise NoSuchPage("没有这样的修订。 There are no such revisions, or not in this order.") from error
    start, page, pages = span(len(told), asked.number("page", 1), PER_PAGE)
    shown = told[start : start + PER_PAGE]
    places = _places(connection, found["id"], shown)
    return {
        "document": found,
        "revisions": revisions(connection, found["id"]),
        "changes": [_compared(found["id"], change, places) for change in shown],
        **{"first": first, "last": last, "total": len(told), "page": page, "pages": pages},
    }


def _places(connection: sqlite3.Connection, key: str, told: list[Row]) -> dict[tuple[str, str], int]:
    """The ordinals at which clauses and tasks of the codes in the keys stand."""
    some = {"id": key, "codes": json.dumps([_owner(change) for change in told])}
    sql = " union all ".join(PLACES.format(record=record) for record in CODED)
    return {(row["record"], row["code"]): row["ordinal"] for row in read_rows(connection, sql, some)}


def _owner(change: Row) -> str:
    """The code of the clause or task that a change is about.

    >>> _owner({"key": "28.1 / 市质监局"}), _owner({"key": "6…50"})
    ('28.1', '6')
    """
    return str(change["key"]).partition(" / ")[0].partition("…")[0].partition(" #")[0]


def _compared(key: str, change: Row, places: dict[tuple[str, str], int]) -> Row:
    """A change with both sides cut into what they share and what they do not, and the page and place of its fact."""
    code = _owner(change)
    record = change["record"] if change["record"] in CODED else "clauses" if change["record"] == "score_rules" else ""
    owners = [record] if record else [name for name in CODED if (name, code) in places]
    owner = owners[0] if len(owners) == 1 else ""
    ordinal = places.get((owner, code)) if change["change"] != "removed" else None
    href = ""
    if (owner, code) in places:
        href = links.rubric(key, code) if owner == "clauses" else links.items(key, code)
    return change | {"ordinal": ordinal, "href": href, "sides": _cut(change["before"] or "", change["after"] or "")}


def _cut(before: str, after: str) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """Two texts as what they share at their beginnings, what differs, what they share at their ends.

    >>> _cut("得20分以上", "得25分以上")
    (('得2', '0', '分以上'), ('得2', '5', '分以上'))
    """
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    return _parts(before, start, end), _parts(after, start, end)


def _alike(one: str, other: str) -> int:
    """How many characters two texts share at their beginnings."""
    shortest = min(len(one), len(other))
    return next((place for place in range(shortest) if one[place] != other[place]), shortest)


def _parts(text: str, start: int, end: int) -> tuple[str, str, str]:
    stop = len(text) - end
    return text[:start], text[start:stop], text[stop:]


PAGES = (Page("/document/(?P<id>[^/]+)/diff", "differences.html", differences),)
