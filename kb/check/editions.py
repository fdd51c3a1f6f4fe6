"""Two lists that are one list → findings: what one lost stands in the other, points that they give differently.

Lists are one where the titles that both print under a number agree: a task table that prints the rubric, a draft and
its final form, an original and its digest.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kb.check.demands import ELSEWHERE
from kb.check.findings import Compared
from kb.evaluation.similarity import alike, bare
from kb.listing import plain

ALIKE = 0.6  # two titles of one clause
AGREE = 0.8  # of the titles that both lists print
FEWEST = 5  # titles in common: fewer may agree by chance
_LISTS = {"scored": "judged", "bonus": "judged", "veto": "veto", "basic": "basic", "catalogue": "catalogue"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause as an entry of a list: its number without the letters of its kind."""

    document_id: str
    title_of_document: str
    list: str
    number: str
    code: str
    title: str
    points: float | None
    points_status: str
    passage_id: int | None


Listing = dict[str, Entry]


def editions(connection: sqlite3.Connection, document_id: str) -> Iterator[Compared]:
    """Lost titles and points that disagree, between this document and those of its campaign, in both directions."""
    for one, other, share in same_entries(connection, document_id):
        yield from _lost(one, other, share)
        yield from _lost(other, one, share)
        yield from _points(one, other)


def lost_titles(connection: sqlite3.Connection, document_id: str) -> dict[str, str]:
    """By code the titles that a rubric lost and another printing of its list has; nothing is stored."""
    found: dict[str, str] = {}
    for one, other, _ in same_entries(connection, document_id):
        if other.title and not one.title:
            found.setdefault(one.code, other.title)
    return found


def same_entries(connection: sqlite3.Connection, document_id: str) -> Iterator[tuple[Entry, Entry, str]]:
    """The entries that a list of this document shares with the same list elsewhere, and how far the titles agree."""
    own = _listings(connection, "d.id = ?1", document_id)
    related = (
        f"{ELSEWHERE} and (d.campaign = (select campaign from documents where id = ?1)"
        " or d.title_key = (select title_key from documents where id = ?1)"
        " or d.id in (select cited_document_id from citations where document_id = ?1)"
        " or ?1 in (select cited_document_id from citations where document_id = d.id))"
    )
    for theirs in _listings(connection, related, document_id) if own else []:
        for mine in own:
            both = [(mine[number], theirs[number]) for number in mine if number in theirs]
            printed = [(one, other) for one, other in both if one.title and other.title]
            agreeing = sum(alike(bare(one.title), bare(other.title)) >= ALIKE for one, other in printed)
            if len(printed) >= FEWEST and agreeing >= AGREE * len(printed):
                share = f"{agreeing} of {len(printed)} titles that both print agree"
                yield from ((one, other, share) for one, other in both)


def _lost(one: Entry, other: Entry, share: str) -> Iterator[Compared]:
    """A title that one list lost and the other prints: a reading to be confirmed, not a fact."""
    if not one.title and other.title:
        message = (
            f"clause {one.code}: its lost title may read “{other.title}”, as {other.title_of_document} prints it"
            f" ({other.code}; {share}); to take it over, correct the title"
        )
        kind = "lost_title_elsewhere"
        yield Compared(one.document_id, other.document_id, kind, "info", message, one.passage_id)


def _points(one: Entry, other: Entry) -> Iterator[Compared]:
    """One clause with two values, once a pair: told at the document with the greater id."""
    if one.points is None or other.points is None or one.points == other.points:
        return
    later, earlier = sorted((one, other), key=lambda entry: entry.document_id, reverse=True)
    inferred = " (inferred)" if "inferred" in (one.points_status, other.points_status) else ""
    message = (
        f"clause {later.code}: {plain(later.points)} points here, {plain(earlier.points)} in"
        f" {earlier.title_of_document}{inferred}"
    )
    yield Compared(later.document_id, earlier.document_id, "points_disagree", "warning", message, later.passage_id)


def _listings(connection: sqlite3.Connection, condition: str, document_id: str) -> list[Listing]:
    """The numbered leaves of documents, a listing for each kind; entries in reading order."""
    rows = connection.execute(
        "select d.id as document_id, d.title as title_of_document, c.kind, c.code, c.title, c.points, c.points_status,"
        " c.passage_id from clauses c join documents d on d.id = c.document_id"
        f" where c.kind <> 'section' and {condition} order by c.id",
        (document_id,),
    )
    found: dict[tuple[str, str], Listing] = defaultdict(dict)
    for row in rows:
        values = dict(row)
        letters = re.match("[A-Z]*", row["code"])
        prefix = letters[0] if letters else ""
        name, number = _LISTS[values.pop("kind")] + prefix, row["code"].removeprefix(prefix)
        found[(row["document_id"], name)].setdefault(number, Entry(list=name, number=number, **values))
    return list(found.values())
