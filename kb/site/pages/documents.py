"""The list of documents: what is in the base, by region, level, kind, campaign, year, origin and words."""

from __future__ import annotations

import sqlite3
from typing import Any

from kb.evaluation.rows import Row, read_rows
from kb.site.kept import kept
from kb.site.page import Asked, Page
from kb.site.paging import span

PER_PAGE = 50
# what a document is chosen by: name of the filter → the value of a document
CHOSEN_BY = {
    "region": "coalesce(r.short_name, '')",
    "level": "coalesce(d.level, '')",
    "kind": "coalesce(d.kind, '')",
    "campaign": "coalesce(d.campaign, '')",
    "year": "coalesce(substr(d.issued_on, 1, 4), substr(d.printed_on, 1, 4), '')",
    "origin": "d.origin",
}
FROM = "from documents d left join regions r on r.code = d.region_code"
WHERE = (
    " where "
    + " and ".join(f"(:{name} = '' or {value} = :{name})" for name, value in CHOSEN_BY.items())
    + " and (:text = '' or instr(d.title, :text) > 0 or instr(coalesce(d.doc_number, ''), :text) > 0"
    " or instr(coalesce(d.issuer, ''), :text) > 0)"
)
VALUES = "select {value} as value, count(*) as number {rows} group by 1 order by 2 desc, 1"
FOUND = f"""
select
  d.id, d.title, d.doc_number, d.issuer, d.region, d.region_code, d.level, d.kind, d.campaign, d.origin, d.issued_on,
  d.revision,
  (select count(*) from clauses c where c.document_id = d.id) as clauses,
  (select count(*) from plan_items i where i.document_id = d.id) as plan_items,
  (select count(*) from thresholds t where t.document_id = d.id) as thresholds,
  (select count(*) from findings f where f.document_id = d.id) as findings
from (
  select d.*, r.short_name as region, row_number() over (order by r.code, coalesce(d.issued_on, '') desc, d.id) as place
  {FROM}{WHERE}
  order by place
  limit :most offset :start
) d
order by d.place
"""


def documents(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """One page of the documents that the filters leave, and what each filter can be."""
    chosen = {name: asked.query.get(name, "").strip() for name in (*CHOSEN_BY, "text")}
    (total,) = connection.execute(f"select count(*) {FROM}{WHERE}", chosen).fetchone()
    start, page, pages = span(total, asked.number("page", 1), PER_PAGE)
    return {
        "chosen": chosen,
        "choices": {name: _values(connection, asked, chosen, name) for name in CHOSEN_BY},
        "documents": read_rows(connection, FOUND, chosen | {"most": PER_PAGE, "start": start}),
        **{"total": total, "page": page, "pages": pages, "start": start},
    }


def _values(connection: sqlite3.Connection, asked: Asked, chosen: dict[str, str], name: str) -> list[Row]:
    """The values that documents have for one filter, with how many are left by the others."""
    sql, others = VALUES.format(value=CHOSEN_BY[name], rows=FROM + WHERE), chosen | {name: ""}

    def counted() -> list[Row]:
        return [row for row in read_rows(connection, sql, others) if row["value"]]

    return counted() if any(others.values()) else kept(asked.base, ("documents", name), counted)


PAGES = (Page("/documents", "documents.html", documents),)
