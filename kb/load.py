"""One extraction into the base: the document is recognised or made, its facts replace the ones it had.

All of it happens inside the caller's transaction, so that a document is in the base as a whole or not at all.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from extract.records import Extraction, Head
from kb.check import check_across
from kb.entities.regions import ensure_region
from kb.entities.settling import settle, touched_by
from kb.facts import load_facts
from kb.identity import issued_key, known_document, new_id, number_key, title_key
from kb.loading import BrokenExtraction, Loading, insert, reject_ungrounded
from kb.resolve import resolve_citations

# facts first, then what they stand on: the order in which nothing points at what is deleted
_OF_DOCUMENT = "document_id = :id"
_OF_CLAUSES = "clause_id in (select id from clauses where document_id = :id)"
_OF_ITEMS = "plan_item_id in (select id from plan_items where document_id = :id)"
REPLACED = (
    ("assignments", f"{_OF_CLAUSES} or {_OF_ITEMS}"),
    ("links", f"{_OF_CLAUSES} or {_OF_ITEMS}"),
    ("link_candidates", f"{_OF_CLAUSES} or {_OF_ITEMS}"),
    ("thresholds", _OF_DOCUMENT),
    ("score_rules", _OF_CLAUSES),
    ("findings", f"{_OF_DOCUMENT} or other_id = :id"),
    *((table, _OF_DOCUMENT) for table in ("plan_items", "clauses", "citations", "form_fields")),
    *((table, _OF_DOCUMENT) for table in ("document_fields", "document_relations", "leftovers", "passages")),
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one extraction."""

    document_id: str
    status: Literal["added", "revised", "unchanged"]


def now() -> str:
    """The time for the log: ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def document_with(connection: sqlite3.Connection, sha256: str) -> str | None:
    """The document whose current facts come from these very bytes, or None."""
    row = connection.execute("select id from documents where sha256 = ? order by ingested_at, id", (sha256,)).fetchone()
    return None if row is None else str(row["id"])


def load_document(connection: sqlite3.Connection, extraction: Extraction, *, source: str, sha256: str) -> Loaded:
    """Store one document inside the caller's transaction.

    Bytes that supply a document's facts already change nothing.  Raises BrokenExtraction where a fact stands on a
    passage that is not there.
    """
    reject_ungrounded(extraction)
    same = document_with(connection, sha256)
    if same is not None:
        return Loaded(same, "unchanged")
    if not connection.in_transaction:
        raise BrokenExtraction("a document is loaded inside a transaction; begin one with kb.base.transaction")
    connection.execute("pragma defer_foreign_keys = on")
    known = known_document(connection, extraction.head)
    document_id = known or new_id(connection, extraction.head, sha256)
    touched = touched_by(connection, document_id)
    if known is not None:
        forget_facts(connection, known)
    region_code = ensure_region(connection, extraction.head.region_code)
    loading = Loading(connection, document_id, region_code, extraction)
    if region_code != extraction.head.region_code:
        message = f"no region has the code {extraction.head.region_code}"
        loading.report("unknown_region", message, extraction.head.fields.get("region_code"))
    _write_document(loading, source, sha256)
    load_facts(loading)
    settle(connection, touched | touched_by(connection, document_id))
    resolve_citations(connection, document_id)
    check_across(connection, document_id)
    return Loaded(document_id, "added" if known is None else "revised")


def forget_facts(connection: sqlite3.Connection, document_id: str) -> None:
    """Delete all that was read out of a document, links of other documents to its clauses included."""
    for table, condition in REPLACED:
        connection.execute(f"delete from {table} where {condition}", {"id": document_id})


def _write_document(loading: Loading, source: str, sha256: str) -> None:
    """The row of the document and its new revision, which is the current one from now on."""
    from extract.document import extractor_version

    connection, document_id = loading.connection, loading.document_id
    last = connection.execute("select max(revision) from revisions where document_id = ?", (document_id,)).fetchone()[0]
    file = {"source": source, "format": loading.extraction.format, "sha256": sha256}
    moment = {"revision": (last or 0) + 1, "ingested_at": now()}
    row = _head_row(loading.extraction.head) | file | moment
    row |= {"region_code": loading.region_code, "extractor_version": extractor_version()}
    if last is None:
        insert(connection, "documents", [row | {"id": document_id}])
    else:
        assignments = ", ".join(f"{column} = :{column}" for column in row)
        connection.execute(f"update documents set {assignments} where id = :id", row | {"id": document_id})
        connection.execute("update revisions set is_current = 0 where document_id = ?", (document_id,))
    insert(connection, "revisions", [{"document_id": document_id, "is_current": 1} | file | moment])


def _head_row(head: Head) -> dict[str, Any]:
    """The document's own columns; lists as printed, joined with ；, null where there is none."""
    plain = (
        "doc_number",
        "issued_on",
        "printed_on",
        "level",
        "kind",
        "origin",
        "campaign",
        "total_points",
        "bonus_points",
    )
    return {
        "title": head.title,
        **{name: getattr(head, name) for name in plain},
        "issuer": "；".join(head.issuers) or None,
        "addressees": "；".join(head.addressees) or None,
        "title_key": title_key(head.title),
        "number_key": number_key(head.doc_number),
        "issued_key": issued_key(head.title),
    }
