"""The list of bodies: whom documents assign what, those that lead most first."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from kb.evaluation.rows import Row, read_rows
from kb.search.pairs import match_expression, words
from kb.site.counted import Duties, duties
from kb.site.kept import kept
from kb.site.page import Asked, Page
from kb.site.paging import page_of

ON_A_PAGE = 80
NOWHERE = "-"  # stands for no known region, as in addresses
MATCHING = """
select b.id
from departments b
where (:region = '' or b.region_code is nullif(:region, '-'))
  and (
    :match = '""'
    or b.id in (select rowid from departments_fts where departments_fts match :match)
    or instr(b.today_name, :text) > 0
    or b.id in (select n.department_id from department_aliases n where instr(n.name, :text) > 0)
  )
"""
BODIES = """
select
  b.id, b.name, b.full_name, b.today_name, b.is_group, b.region_code, r.short_name as region, f.name as function,
  (select count(*) from department_aliases n where n.department_id = b.id) as names
from departments b
left join regions r on r.code = b.region_code
left join functions f on f.id = b.function_id
where b.id in ({ids})
"""
REGIONS = """
select coalesce(b.region_code, '-') as code, r.short_name as name, r.level, count(*) as bodies
from departments b
left join regions r on r.code = b.region_code
group by b.region_code
order by b.region_code
"""


def departments(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """A page of bodies that match, with their duties."""
    text, region = asked.query.get("q", "").strip(), asked.query.get("region", "")
    counts = duties(connection, asked.base)
    kept_bodies: Sequence[int] = list(counts)
    if text or region:
        given = {"region": region, "text": text, "match": match_expression(text)}
        matching = {row[0] for row in connection.execute(MATCHING, given)}
        kept_bodies = [body for body in counts if body in matching]
    page = page_of(kept_bodies, asked.number("page", 1), ON_A_PAGE)
    return {
        "bodies": _bodies(connection, page.rows, counts),
        "most": max((sum(counts[body]) for body in page.rows), default=0),
        "page": page,
        "regions": kept(asked.base, "regions of bodies", lambda: read_rows(connection, REGIONS)),
        "region": region,
        "text": text,
        "words": words(text),
    }


def _bodies(connection: sqlite3.Connection, ids: Sequence[int], counts: Mapping[int, Duties]) -> list[Row]:
    rows = read_rows(connection, BODIES.format(ids=",".join("?" * len(ids))), [*ids])
    by_id = {row["id"]: row | {"duties": counts[row["id"]]} for row in rows}
    return [by_id[body] for body in ids if body in by_id]


PAGES = (Page("/departments", "departments.html", departments),)
