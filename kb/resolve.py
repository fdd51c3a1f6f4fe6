"""Citations tied to the documents of the base that they name, whichever came first."""

from __future__ import annotations

import sqlite3
from itertools import product


def resolve_citations(connection: sqlite3.Connection, document_id: str) -> None:
    """Tie citations to documents of the base: those of this document, and those of others that name it or did so.

    A 文号 decides; without one in the base the title does, where the document it names does not print another 文号;
    last the title that a notice issues (关于印发《…》的通知).
    An original goes before a digest; of two that fit equally well neither is taken.
    """
    affected = connection.execute(
        "select q.id, q.document_id, q.title_key, q.number_key from citations q join documents d on d.id = ?"
        " where q.document_id = d.id or q.cited_document_id = d.id"
        " or q.number_key = d.number_key or q.title_key in (d.title_key, d.issued_key)",
        (document_id,),
    ).fetchall()
    for citation in affected:
        cited = cited_document(connection, citation)
        connection.execute("update citations set cited_document_id = ? where id = ?", (cited, citation["id"]))


def cited_document(connection: sqlite3.Connection, citation: sqlite3.Row) -> str | None:
    """The document that a citation means, or None."""
    number, title = citation["number_key"], citation["title_key"]
    rows = connection.execute(
        "select id, origin, case when number_key = :number then 'number' when title_key = :title then 'title'"
        " else 'issued' end as way from documents where id <> :citing and (number_key = :number"
        " or (:title in (title_key, issued_key) and (:number is null or number_key is null)))",
        {"number": number, "title": title, "citing": citation["document_id"]},
    ).fetchall()
    for way, origin in product(("number", "title", "issued"), ("original", "digest")):
        fitting = [row for row in rows if row["way"] == way and row["origin"] == origin]
        if fitting:
            return str(fitting[0]["id"]) if len(fitting) == 1 else None
    return None
