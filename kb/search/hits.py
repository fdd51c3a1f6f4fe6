"""What a search finds, fact or passage, with its document and place: facts first, the best of each kind first."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from kb.evaluation.rows import Row, read_rows
from kb.search.pairs import match_expression

COLUMNS = ("document_id", "document", "kind", "code", "text", "place", "id", "passage_id")

# what stands in one document: its code, and the texts that are searched as one line
OF_DOCUMENT = {
    "clauses": ("t.code", "t.title || coalesce(' · ' || t.text, '') || coalesce(' · ' || t.verification, '')"),
    "plan_items": ("t.code", "t.text || coalesce(' · ' || t.section, '')"),
    "passages": ("null", "t.text"),
}
# what documents share: its name, and the documents that speak of it
SHARED = {
    "departments": (
        "t.name || coalesce(' · ' || t.full_name, '')",
        "select coalesce(i.document_id, c.document_id) as document_id from assignments a"
        " left join plan_items i on i.id = a.plan_item_id left join clauses c on c.id = a.clause_id"
        " where a.department_id = t.id",
    ),
    "indicators": ("t.name", "select h.document_id from thresholds h where h.indicator_id = t.id"),
}
KINDS = (*SHARED, *OF_DOCUMENT)  # in the order in which hits are shown


def hits(
    connection: sqlite3.Connection, query: str, kinds: Collection[str] = KINDS, document_id: str | None = None
) -> list[Row]:
    """Every row that contains all words of the query, of these kinds, in one document or in all; see COLUMNS.

    What documents share comes first, then document by document, the one with the best hit first.
    """
    given = {"query": match_expression(query), "document": document_id}
    found: list[Row] = []
    for kind in (kind for kind in KINDS if kind in kinds):
        found += read_rows(connection, _select(kind), given)
    places = {row["document_id"]: place for place, row in reversed(list(enumerate(sorted(found, key=_worth))))}
    return sorted(found, key=lambda row: (places[row["document_id"]], _worth(row)))


def _worth(row: Row) -> tuple[int, float, int]:
    """Facts before passages, then by BM25, which is the smaller the better."""
    return KINDS.index(row["kind"]), row["rank"], row["id"]


def _select(kind: str) -> str:
    return _select_shared(kind) if kind in SHARED else _select_of_document(kind)


def _select_of_document(kind: str) -> str:
    code, text = OF_DOCUMENT[kind]
    passage = "t.id" if kind == "passages" else "t.passage_id"
    return (
        f"select t.document_id, d.title as document, '{kind}' as kind, {code} as code, {text} as text, w.place,"
        f" t.id, {passage} as passage_id, bm25({kind}_fts) as rank"
        f" from {kind}_fts join {kind} t on t.id = {kind}_fts.rowid join documents d on d.id = t.document_id"
        f" left join passage_places w on w.passage_id = {passage}"
        f" where {kind}_fts match :query and (:document is null or t.document_id = :document)"
    )


def _select_shared(kind: str) -> str:
    text, documents = SHARED[kind]
    return (
        f"select null as document_id, null as document, '{kind}' as kind, null as code, {text} as text,"
        f" 'documents: ' || (select count(distinct document_id) from ({documents})) as place,"
        f" t.id, null as passage_id, bm25({kind}_fts) as rank"
        f" from {kind}_fts join {kind} t on t.id = {kind}_fts.rowid"
        f" where {kind}_fts match :query and (:document is null or :document in ({documents}))"
    )
