"""The clauses of a rubric by the plans that are held against it: covered, doubtful, probably not."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from kb.coverage.gap import MARKS
from kb.coverage.standing import PARTS
from kb.evaluation.rows import Row, read_rows
from kb.site.held import held, tied, whole
from kb.site.page import Asked, Page
from kb.site.pages.rubrics import ancestors, read_rubric, tree
from kb.site.paging import page_of

ON_A_PAGE = 10  # cities, side by side
ITEMS = """
select i.id, coalesce(i.code, '') as code, substr(i.text, 1, 60) as text, p.ordinal, w.place
from plan_items i
left join passages p on p.id = i.passage_id
left join passage_places w on w.passage_id = i.passage_id
where i.id in (select value from json_each(?))
"""


class Line(NamedTuple):
    """A clause with its standing for each of the plans."""

    clause: Row
    cells: Sequence[Row]


def matrix(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """A page of plans with their standing to every clause; `only=open` leaves out what all of them cover."""
    rubric = read_rubric(connection, asked.path["document"])
    page = page_of(tied(connection, asked, rubric["id"]), asked.number("page", 1), ON_A_PAGE)
    briefs = [held(connection, asked, tie) for tie in page.rows]
    clauses = tree(connection, rubric["id"])
    judged = [one for one in clauses if one["is_judged"] and all(one["id"] in brief.clauses for brief in briefs)]
    lines = [Line(clause, [brief.clauses[clause["id"]] for brief in briefs]) for clause in judged]
    is_open = asked.query.get("only") == "open"
    shown = [line for line in lines if not is_open or any(cell["status"] != "covered" for cell in line.cells)]
    return {
        "rubric": rubric,
        "page": page,
        "wholes": [whole(brief) for brief in briefs],
        "sums": [Counter(line.cells[at]["status"] for line in lines) for at in range(len(briefs))],
        "groups": _groups(shown, {clause["id"]: clause for clause in clauses}),
        "clauses": len(lines),
        "shown": len(shown),
        "items": _items(connection, shown),
        "is_open": is_open,
        "marks": MARKS,
    }


def _groups(lines: Sequence[Line], by_id: dict[int, Row]) -> list[tuple[str, Row | None, list[Line]]]:
    """The lines below their headings: part by part, section by section."""
    groups: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: PARTS.index(line.clause["kind"])):
        tops = [above["id"] for above in ancestors(line.clause, by_id) if above["kind"] == "section"]
        groups[line.clause["kind"], tops[-1] if tops else 0].append(line)
    return [(part, by_id.get(top), found) for (part, top), found in groups.items()]


def _items(connection: sqlite3.Connection, lines: Sequence[Line]) -> dict[int, Row]:
    """The items that come nearest to each clause."""
    ids = {cell["best_item_id"] for line in lines for cell in line.cells} - {None}
    return {row["id"]: row for row in read_rows(connection, ITEMS, [json.dumps(sorted(ids))])}


PAGES = (Page("/matrix/(?P<document>[^/]+)", "matrix.html", matrix),)
