"""Titles that a document lost, taken from another list of the same clauses, for comparing only: nothing is stored.

Two documents of a campaign list the same clauses where the titles that both print under a number agree.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict

from kb.evaluation.rows import read_rows
from kb.evaluation.similarity import alike, bare

ALIKE = 0.6  # two printings of one title
AGREEING = 0.8  # of the titles that both lists print
FEWEST = 5  # titles in common: fewer may agree by chance
PREFIX = re.compile(r"^C(?=\d)")  # entries of a catalogue; its parts have numbers of their own
LISTS = """
select d.id as document_id, c.kind = 'catalogue' as is_catalogue, c.code, c.title
from clauses c
join documents d on d.id = c.document_id
join documents own on own.id = ?
where (d.id = own.id or d.campaign = own.campaign) and c.kind in ('scored', 'bonus', 'catalogue')
order by d.id, c.id
"""


def lost_titles(connection: sqlite3.Connection, document_id: str) -> dict[str, str]:
    """By code the titles that a rubric lost and another list of its campaign prints."""
    lists: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for row in read_rows(connection, LISTS, [document_id]):
        lists[row["document_id"], row["is_catalogue"]].setdefault(PREFIX.sub("", row["code"]), row["title"])
    own = lists.pop((document_id, 0), {})
    lost = {number for number, title in own.items() if not title}
    found: dict[str, str] = {}
    for other in lists.values() if lost else ():
        if _is_same_list(own, other):
            found |= {number: other[number] for number in lost - found.keys() if other.get(number)}
    return found


def _is_same_list(own: dict[str, str], other: dict[str, str]) -> bool:
    both = [(title, other[number]) for number, title in own.items() if title and other.get(number)]
    agreeing = sum(alike(bare(one), bare(two)) >= ALIKE for one, two in both)
    return len(both) >= FEWEST and agreeing >= AGREEING * len(both)
