"""A document: its head, and its text as read with every fact marked at its words and every finding at its place."""

from __future__ import annotations

import json
import sqlite3
from itertools import groupby
from pathlib import Path
from typing import Any

from kb.evaluation.rows import Row, read_rows
from kb.originals import kept_original
from kb.revise.corrections import corrections_of
from kb.search.pairs import words
from kb.show import counts
from kb.site.grids import grid
from kb.site.page import Asked, NoSuchPage, Page
from kb.site.placed import SIGNS, passages

PER_PAGE = 200  # passages; a row of a table is not cut
MOST = 200  # citations, relations, headings in a list of the head
DOCUMENT = """
select
  d.*, r.short_name as region, r.name as region_name,
  (select t.percent from text_coverage t where t.document_id = :id) as percent
from documents d
left join regions r on r.code = d.region_code
where d.id = :id
"""
# what it does to others, and others to it
RELATIONS = """
select m.relation, 0 as is_reverse, d.id, d.title, d.origin, p.ordinal, m.document_id as read_in
from document_relations m
join documents d on d.id = m.other_id
left join passages p on p.id = m.passage_id
where m.document_id = :id
union all
select m.relation, 1, d.id, d.title, d.origin, p.ordinal, m.document_id
from document_relations m
join documents d on d.id = m.document_id
left join passages p on p.id = m.passage_id
where m.other_id = :id
union all
select s.relation, 0, null, coalesce(s.cited_title, s.cited_number), null, p.ordinal, s.document_id
from stated_relations s
left join passages p on p.id = s.passage_id
where s.document_id = :id and not exists (
  select 1 from document_relations m where m.document_id = s.document_id and m.passage_id = s.passage_id
)
limit :most
"""
CITES = """
select coalesce(d.title, q.cited_title) as title, q.cited_number, d.id, d.origin, p.ordinal
from citations q
left join documents d on d.id = q.cited_document_id
left join passages p on p.id = q.passage_id
where q.document_id = :id
order by q.position, q.id
limit :most
"""
CITED_BY = """
select d.title, d.id, d.origin, min(p.ordinal) as ordinal
from citations q
join documents d on d.id = q.document_id
left join passages p on p.id = q.passage_id
where q.cited_document_id = :id and q.document_id <> :id
group by d.id
order by d.title
limit :most
"""
HEADINGS = """
select ordinal, text from passages where document_id = :id and kind = 'heading' order by ordinal limit :most
"""
FINDINGS = """
select f.kind, f.severity, f.message, p.ordinal
from findings f
left join passages p on p.id = f.passage_id
where f.document_id = :id
order by case f.severity when 'error' then 0 when 'warning' then 1 else 2 end, p.ordinal, f.id
limit :most
"""
FIRST = """
select p.ordinal
from passages p
where p.document_id = :id and p.ordinal >= :at and p.ordinal < :at + :many and not exists (
  select 1 from passages q
  where q.document_id = p.document_id and q.ordinal = p.ordinal - 1 and q.table_no = p.table_no and q.row_no = p.row_no
)
order by p.ordinal
limit 1
"""
HEADER = "select min(ordinal), max(ordinal) from passages where document_id = ? and table_no = ? and row_no = 0"


def document(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """The head, one page of the text, and what is known of the passage that is asked for."""
    found = head(connection, asked.path["id"])
    key, at = found["id"], asked.number("at", 0)
    page, pages = _page(connection, asked, key)
    first, last = _first(connection, key, page), _first(connection, key, page + 1) - 1
    shown = passages(connection, key, first, last, at if asked.query.get("whole") else 0)
    some = {"id": key, "most": MOST}
    return {
        "document": found,
        "counts": counts(connection, key),
        "relations": read_rows(connection, RELATIONS, some),
        "cites": read_rows(connection, CITES, some),
        "cited_by": read_rows(connection, CITED_BY, some),
        "corrections": corrections_of(connection, key),
        "headings": read_rows(connection, HEADINGS, some),
        "findings": read_rows(connection, FINDINGS, some),
        "blocks": blocks(connection, key, shown),
        "place": _place(connection, asked, found, next((row for row in shown if row["ordinal"] == at), None)),
        **{"page": page, "pages": pages, "at": at, "signs": SIGNS, "words": words(asked.query.get("q", ""))},
    }


def head(connection: sqlite3.Connection, document_id: str) -> Row:
    """The row of a document with its region; raises NoSuchPage."""
    for row in read_rows(connection, DOCUMENT, {"id": document_id}):
        return row
    raise NoSuchPage("库中没有这份文件。 There is no such document in the base.")


def _page(connection: sqlite3.Connection, asked: Asked, key: str) -> tuple[int, int]:
    """Which page is asked for, by its number or by a passage on it, and how many there are."""
    (last,) = connection.execute(
        "select coalesce(max(ordinal), 0) from passages where document_id = ?", [key]
    ).fetchone()
    pages = max(1, -(-last // PER_PAGE))
    at = asked.number("at", 0)
    if at > last or asked.number("page", 1) > pages:
        raise NoSuchPage(f"这份文件只有 {last} 段。 This document has {last} passages.")
    if not at:
        return max(1, asked.number("page", 1)), pages
    page = 1 + (at - 1) // PER_PAGE
    return (page if at >= _first(connection, key, page) else page - 1), pages


def _first(connection: sqlite3.Connection, key: str, page: int) -> int:
    """The ordinal of the first passage of a page, the first of its row where it is a cell."""
    at = (page - 1) * PER_PAGE + 1
    row = connection.execute(FIRST, {"id": key, "at": at, "many": PER_PAGE}).fetchone()
    return int(row[0]) if row else at


def blocks(connection: sqlite3.Connection, key: str, shown: list[Row]) -> list[dict[str, Any]]:
    """Passages outside tables one by one, tables as rows, with the header again where they go on from another page."""
    found: list[dict[str, Any]] = []
    for (number, _), run in groupby(shown, key=lambda row: (row["table_no"], row["table_no"] or row["ordinal"])):
        cells = list(run)
        if number is None:
            found.append({"passage": cells[0]})
            continue
        is_cut = cells[0] is shown[0] and cells[0]["row_no"] > 0
        above = connection.execute(HEADER, [key, number]).fetchone() if is_cut else (None, None)
        header = passages(connection, key, *above) if above[0] else []
        repeated = {row["ordinal"] for row in header}
        found.append({"table": number, "lines": grid([*header, *cells], is_cut), "repeated": repeated})
    return found


def _place(connection: sqlite3.Connection, asked: Asked, found: Row, passage: Row | None) -> Row | None:
    """The passage that is asked for with the pages that it stands on, where these can be shown."""
    if passage is None:
        return None
    pages = list(dict.fromkeys(box["page"] for box in json.loads(passage["boxes"] or "[]")))
    is_kept = kept_original(Path(asked.base), found["sha256"]).suffix == ".pdf"
    return passage | {"pictures": pages if is_kept else []}


PAGES = (Page("/document/(?P<id>[^/]+)", "document.html", document),)
