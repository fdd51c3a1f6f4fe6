"""The list of indicators: what is measured, in which units, how often and in how many documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kb.evaluation.rows import Row, read_rows
from kb.search.pairs import match_expression, words
from kb.site.counted import Measured, conflicting, measured, units
from kb.site.page import Asked, Page
from kb.site.paging import page_of

ON_A_PAGE = 100
MOST_UNITS = 60  # that one can choose from
MATCHING = """
select rowid from indicators_fts where indicators_fts match :match
union
select a.indicator_id from indicator_aliases a where instr(a.printed, :text) > 0
"""
INDICATORS = """
select n.id, n.name, n.unit, (select count(*) from indicator_aliases a where a.indicator_id = n.id) as printings
from indicators n
where n.id in ({ids})
"""
UNITS = """
select t.indicator_id, t.unit
from thresholds t
where t.indicator_id in ({ids}) and t.unit is not null
group by t.indicator_id, t.unit
order by t.indicator_id, count(*) desc, t.unit
"""


def indicators(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """A page of indicators that match, those of most documents first."""
    text, unit, only = (asked.query.get(name, "").strip() for name in ("q", "unit", "conflicts"))
    counts, known = measured(connection, asked.base), units(connection, asked.base)
    torn = conflicting(connection, asked.base)
    kept: Iterable[int] = counts
    if text:
        found = {row[0] for row in connection.execute(MATCHING, {"match": match_expression(text), "text": text})}
        kept = [number for number in kept if number in found]
    if unit:
        kept = [number for number in kept if number in known.indicators.get(unit, frozenset())]
    if only:
        kept = [number for number in kept if number in torn]
    page = page_of([*kept], asked.number("page", 1), ON_A_PAGE)
    return {
        "indicators": _indicators(connection, page.rows, counts, torn),
        "page": page,
        "units": [name for name, _ in known.counts.most_common(MOST_UNITS + 1) if name],
        "text": text,
        "unit": unit,
        "only": only,
        "words": words(text),
        "torn": len(torn),
    }


def _indicators(
    connection: sqlite3.Connection, ids: Sequence[int], counts: Mapping[int, Measured], torn: Collection[int]
) -> list[Row]:
    marks = ",".join("?" * len(ids))
    by_id = {row["id"]: row for row in read_rows(connection, INDICATORS.format(ids=marks), [*ids])}
    printed: dict[int, list[str]] = {number: [] for number in ids}
    for row in read_rows(connection, UNITS.format(ids=marks), [*ids]):
        printed[row["indicator_id"]].append(row["unit"])
    return [
        by_id[number] | counts[number]._asdict() | {"units": printed[number], "is_torn": number in torn}
        for number in ids
        if number in by_id
    ]


PAGES = (Page("/indicators", "indicators.html", indicators),)
