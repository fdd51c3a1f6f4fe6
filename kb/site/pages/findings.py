"""What is wrong or doubtful in the base, the gravest first, each with the place that it is about."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from extract.text import compact
from kb.evaluation.rows import Row, read_rows
from kb.site.kept import kept
from kb.site.page import Asked, Page
from kb.site.paging import span

PER_PAGE = 100
SEVERITIES = ("error", "warning", "info")
# as the index findings_gravity has it
GRAVITY = "case severity when 'error' then 0 when 'warning' then 1 else 2 end"
# only what is asked for is asked of the base: with `or` for what is not, no index would help
CHOSEN_BY = {
    # a finding about one document that compares it with another is found under both
    "document": "(document_id = :document or other_id = :document)",
    "severity": "severity = :severity",
    "kind": "kind = :kind",
}
FOUND = f"""
select
  f.kind, f.severity, f.message, d.id as document_id, d.title, d.origin, o.id as other_id, o.title as other,
  o.origin as other_origin, p.ordinal, substr(p.text, 1, 120) as text, length(p.text) > 120 as is_cut, w.place
from (select id from findings {{where}} order by {GRAVITY}, document_id, id limit :most offset :start) s
join findings f on f.id = s.id
left join documents d on d.id = f.document_id
left join documents o on o.id = f.other_id and o.id <> f.document_id
left join passages p on p.id = f.passage_id
left join passage_places w on w.passage_id = f.passage_id
order by case f.severity when 'error' then 0 when 'warning' then 1 else 2 end, f.document_id, f.id
"""
COUNTS = "select kind, severity, count(*) as number from findings {where} group by kind, severity"
DOCUMENTS = """
select d.id, d.title, count(*) as number
from findings f
join documents d on d.id = f.document_id
group by d.id
order by d.title, d.id
limit 500
"""


def findings(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """One page of the findings that the filters leave, and how many there are of each kind."""
    chosen = {name: asked.query.get(name, "") for name in CHOSEN_BY}
    counts = _counts(connection, asked, chosen)
    every = _counts(connection, asked, {"document": chosen["document"]})
    sums = _sums(every, "severity")
    total = sum(row["number"] for row in counts)
    start, page, pages = span(total, asked.number("page", 1), PER_PAGE)
    found = read_rows(connection, FOUND.format(where=_where(chosen)), chosen | {"most": PER_PAGE, "start": start})
    return {
        "chosen": chosen,
        "kinds": _sums(every, "kind"),
        "severities": {name: sums[name] for name in SEVERITIES if name in sums},
        "documents": kept(asked.base, "documents with findings", lambda: read_rows(connection, DOCUMENTS)),
        "findings": [_told(row) for row in found],
        **{"total": total, "page": page, "pages": pages, "titles": _titles(connection, chosen["document"])},
    }


def _titles(connection: sqlite3.Connection, key: str) -> list[Row]:
    """The document that is chosen: it may have no finding of its own, or the list of documents be cut before it."""
    return read_rows(connection, "select id, title from documents where id = ?", [key])


def _counts(connection: sqlite3.Connection, asked: Asked, chosen: Mapping[str, str]) -> list[Row]:
    """How many there are of each kind and severity; for the whole base that is counted once."""
    sql = COUNTS.format(where=_where(chosen))
    if any(chosen.values()):
        return read_rows(connection, sql, chosen)
    return kept(asked.base, "findings", lambda: read_rows(connection, sql))


def _where(chosen: Mapping[str, str]) -> str:
    conditions = [CHOSEN_BY[name] for name, value in chosen.items() if value]
    return "where " + " and ".join(conditions) if conditions else ""


def _told(row: Row) -> Row:
    """A finding without the words of its passage where its message holds their beginning."""
    is_said = compact(row["text"] or "")[:20] in compact(row["message"])
    return row | ({"text": None} if is_said else {})


def _sums(rows: list[dict[str, Any]], column: str) -> dict[str, int]:
    """How many there are of each value, the most first."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row[column]] = sums.get(row[column], 0) + row["number"]
    return dict(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))


PAGES = (Page("/findings", "findings.html", findings),)
