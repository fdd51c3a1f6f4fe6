"""A document taken out of the base, with its facts, its history, and its files where no other document has them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kb.base import transaction
from kb.entities.settling import settle, touched_by
from kb.originals import drop_originals
from kb.resolve import resolve_citations
from kb.revise.keeping import delete_facts, delete_rows
from kb.show import counts


def forget(connection: sqlite3.Connection, base: Path, document_id: str) -> dict[str, int]:
    """Remove a document; what went, by kind.  The log of ingestion stays, without the document's id."""
    with transaction(connection):
        connection.execute("pragma defer_foreign_keys = on")
        gone = {kind: number for kind, number in counts(connection, document_id).items() if number}
        (made,) = connection.execute(
            "select count(*) from corrections where document_id = ?", (document_id,)
        ).fetchone()
        digests = own_files(connection, document_id)
        touched = touched_by(connection, document_id)
        citing = connection.execute(
            "select distinct document_id from citations where cited_document_id = ? and document_id <> ?",
            (document_id, document_id),
        ).fetchall()
        connection.execute("delete from findings where other_id = ?", (document_id,))
        delete_facts(connection, document_id)
        delete_rows(connection, "documents", "id", [document_id])
        settle(connection, touched)
        for row in citing:
            resolve_citations(connection, row[0])
    files = drop_originals(base, digests)  # after the commit: a file that is left over harms nobody, a missing one does
    return gone | {kind: number for kind, number in (("corrections", made), ("files", files)) if number}


def own_files(connection: sqlite3.Connection, document_id: str) -> list[str]:
    """The hashes of a document's revisions that are no revision of another one."""
    rows = connection.execute(
        "select distinct sha256 from revisions where document_id = :id"
        " and sha256 not in (select sha256 from revisions where document_id <> :id)",
        {"id": document_id},
    )
    return [str(row[0]) for row in rows]
