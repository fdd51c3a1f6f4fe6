"""One indicator over all documents: what each demands or promises of it, and where that does not agree."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from extract.text import compact
from kb.evaluation.rows import Row, read_rows
from kb.site import links
from kb.site.conflicts import read_findings, told
from kb.site.counted import conflicting
from kb.site.figures import figures
from kb.site.page import Asked, Elsewhere, NoSuchPage, Page
from kb.site.paging import span

ON_A_PAGE = 80
MOST_CONFLICTS = 30
NAMED = "select id, name, unit from indicators where name = ?"
CALLED = "select n.name from indicator_aliases a join indicators n on n.id = a.indicator_id where a.printed = ?"
COUNTS = """
select count(*) as thresholds, count(distinct document_id) as documents
from thresholds
where indicator_id = ?
"""
THRESHOLDS = """
select
  t.id, t.document_id, d.title as document, d.kind, d.origin, d.region_code, r.short_name as region,
  t.indicator, t.comparator, t.value, t.value_high, t.unit, t.baseline, t.period, t.text, t.passage_id,
  coalesce(i.code, c.code, '') as owner, i.id is not null as is_promise, i.code as item, i.text as item_text,
  c.id is not null as is_of_clause, c.code as clause, c.title as clause_title, s.mode, s.points,
  b.direction, b.size, b.measure,
  exists (select 1 from demanded_thresholds q where q.threshold_id = t.id) as is_demand,
  p.ordinal, w.place
from (
  select id from thresholds where indicator_id = :indicator
  order by document_id, position, id
  limit :most offset :start
) k
join thresholds t on t.id = k.id
join documents d on d.id = t.document_id
left join regions r on r.code = d.region_code
left join plan_items i on i.id = t.plan_item_id
left join clauses c on c.id = t.clause_id
left join score_rules s on s.id = t.score_rule_id
left join threshold_bounds b on b.threshold_id = t.id
left join passages p on p.id = t.passage_id
left join passage_places w on w.passage_id = t.passage_id
order by d.region_code, d.issued_on, d.id, t.position, t.id
"""
PRINTINGS = """
select a.printed, a.method, a.score, a.reason
from indicator_aliases a
where a.indicator_id = ?
order by a.method <> 'name', a.printed
"""
PRINTED = """
select indicator, count(*) as thresholds, count(distinct document_id) as documents, min(document_id) as document_id
from thresholds
where indicator_id = ?
group by indicator
"""


def indicator(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any] | Elsewhere:
    """Its thresholds as charts and as a table, its printings, its contradictions."""
    name = asked.path["name"]
    found = next(iter(read_rows(connection, NAMED, [name])), None)
    if found is None:
        return _elsewhere(connection, name)
    counts = read_rows(connection, COUNTS, [found["id"]])[0]
    start, number, pages = span(counts["thresholds"], asked.number("page", 1), ON_A_PAGE)
    torn = conflicting(connection, asked.base)
    findings = read_findings(connection, torn.get(found["id"], [])[:MOST_CONFLICTS])
    given = {"indicator": found["id"], "most": ON_A_PAGE, "start": start}
    thresholds = [row | {"told": told(findings, row)} for row in read_rows(connection, THRESHOLDS, given)]
    return {
        "indicator": found,
        "counts": counts,
        "thresholds": [row | {"rows": rows} for row, rows in zip(thresholds, _spans(thresholds), strict=True)],
        "figures": figures(thresholds),
        "findings": findings,
        "torn": len(torn.get(found["id"], [])),
        "against": _against(connection, torn, found["id"], {row["id"] for row in findings}),
        "printings": _printings(connection, found["id"]),
        "number": number,
        "pages": pages,
    }


def _elsewhere(connection: sqlite3.Connection, name: str) -> Elsewhere:
    """The page of the indicator that has this among its printings."""
    row = connection.execute(CALLED, [compact(name)]).fetchone()
    if row is None:
        raise NoSuchPage("没有这个指标。 There is no such indicator.")
    return Elsewhere(links.indicator(row[0]))


def _against(
    connection: sqlite3.Connection, torn: Mapping[int, Sequence[int]], own: int, findings: set[int]
) -> dict[int, list[str]]:
    """The names of other indicators that the findings speak of too, by finding."""
    found: dict[int, list[str]] = defaultdict(list)
    for other, ids in torn.items():
        shared = findings.intersection(ids) if other != own else ()
        for finding in shared:
            found[finding].append(connection.execute("select name from indicators where id = ?", [other]).fetchone()[0])
    return found


def _spans(thresholds: Sequence[Row]) -> Iterator[int]:
    """How many rows the cell of a document takes, 0 where the one above reaches."""
    for _, rows in groupby(thresholds, key=lambda row: row["document_id"]):
        count = len(list(rows))
        yield from (count, *(0 for _ in range(count - 1)))


def _printings(connection: sqlite3.Connection, number: int) -> list[Row]:
    """Every printing, why it is this indicator, how often and in how many documents it stands."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in read_rows(connection, PRINTED, [number]):
        counts[compact(row["indicator"])] += Counter(thresholds=row["thresholds"], documents=row["documents"])
    return [row | {**counts[row["printed"]]} for row in read_rows(connection, PRINTINGS, [number])]


PAGES = (Page("/indicator/(?P<name>[^/]+)", "indicator.html", indicator),)
