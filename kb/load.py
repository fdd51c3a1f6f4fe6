"""One extraction into the base: the document is recognised or made, its facts are written over the ones it had.

All of it happens inside the caller's transaction, so that a document is in the base as a whole or not at all.
"""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass
from typing import Any, Literal

from extract.records import Extraction, Head
from kb.check import check_across
from kb.entities.regions import ensure_region
from kb.entities.settling import settle, touched_by
from kb.facts import load_facts
from kb.identity import issued_key, new_id, number_key, title_key
from kb.loading import BrokenExtraction, Loading, insert, reject_ungrounded
from kb.recognition import known_document
from kb.relations import load_relations, resolve_relations
from kb.resolve import resolve_citations
from kb.revise.changes import Change, differences, read_facts
from kb.revise.corrections import restored
from kb.revise.keeping import Keeping
from kb.revise.quality import why_worse
from kb.revise.readings import reading_in, reading_of
from kb.revise.revisions import File, add_revision, last_revision, now
from kb.text_coverage import measure_coverage


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one extraction; `note` says why, where the status alone does not."""

    document_id: str
    status: Literal["added", "revised", "unchanged", "kept"]
    note: str | None = None


def seen_before(connection: sqlite3.Connection, sha256: str) -> Loaded | None:
    """The document that these very bytes are a revision of, and which revision is current; None for new bytes."""
    row = connection.execute(
        "select r.document_id, r.revision, d.revision as current, d.source from revisions r"
        " join documents d on d.id = r.document_id where r.sha256 = ?"
        " order by r.is_current desc, r.ingested_at, r.document_id, r.revision desc",
        (sha256,),
    ).fetchone()
    if row is None:
        return None
    note = f"these bytes are revision {row['revision']}; revision {row['current']} is current, from {row['source']}"
    return Loaded(row["document_id"], "unchanged", None if row["revision"] == row["current"] else note)


def load_document(connection: sqlite3.Connection, extraction: Extraction, *, source: str, sha256: str) -> Loaded:
    """Store one document inside the caller's transaction.

    Bytes that are any revision of a document change nothing, and a copy that reads worse becomes a revision that is
    not current.  Raises BrokenExtraction where a fact stands on a passage that is not there.
    """
    reject_ungrounded(extraction)
    if (seen := seen_before(connection, sha256)) is not None:
        return seen
    if not connection.in_transaction:
        raise BrokenExtraction("a document is loaded inside a transaction; begin one with kb.base.transaction")
    file = File(source, extraction.format, sha256)
    reading = reading_of(extraction)
    known = known_document(connection, extraction.head, reading)
    if known is None:
        document_id = new_id(connection, extraction.head, sha256)
        _write_facts(connection, extraction, document_id, file, 1)
        add_revision(connection, document_id, file, current=True)
        return Loaded(document_id, "added")
    worse = why_worse(reading_in(connection, known), reading)
    if worse is not None:
        number = add_revision(connection, known, file, current=False)
        return Loaded(known, "kept", f"{worse}; kept as revision {number}")
    rewrite(connection, extraction, known, file, last_revision(connection, known) + 1)
    add_revision(connection, known, file, current=True)
    return Loaded(known, "revised")


def reload_document(connection: sqlite3.Connection, extraction: Extraction, document_id: str, *, sha256: str) -> Loaded:
    """Write what other rules read of a document's current file; a revision is counted only where a fact changed.

    Where that file is no longer the current one, its reading comes too late and nothing is written.
    """
    reject_ungrounded(extraction)
    row = connection.execute(
        "select source, revision, ingested_at from documents where id = ? and sha256 = ?", (document_id, sha256)
    ).fetchone()
    if row is None:
        return Loaded(document_id, "unchanged", "another process wrote it meanwhile")
    file = File(row["source"], extraction.format, sha256)
    if rewrite(connection, extraction, document_id, file, last_revision(connection, document_id) + 1):
        add_revision(connection, document_id, file, current=True)
        return Loaded(document_id, "revised", "read again by newer rules")
    connection.execute(
        "update documents set revision = ?, ingested_at = ? where id = ?",
        (row["revision"], row["ingested_at"], document_id),
    )
    return Loaded(document_id, "unchanged", "read again by newer rules: the same facts, names resolved anew")


def rewrite(
    connection: sqlite3.Connection, extraction: Extraction, document_id: str, file: File, revision: int
) -> list[Change]:
    """Write the facts of a document over those it has, corrections kept, and tell what the revision changed."""
    with restored(connection, document_id):
        before = read_facts(connection, document_id)
        _write_facts(connection, extraction, document_id, file, revision)
        changes = list(differences(before, read_facts(connection, document_id)))
    settle(connection, touched_by(connection, document_id))
    check_across(connection, document_id)
    insert(connection, "changes", [{"document_id": document_id, "revision": revision, **asdict(c)} for c in changes])
    return changes


def _write_facts(
    connection: sqlite3.Connection, extraction: Extraction, document_id: str, file: File, revision: int
) -> None:
    """The document's row and facts; a row that stays itself keeps its id."""
    connection.execute("pragma defer_foreign_keys = on")
    touched = touched_by(connection, document_id)
    region_code = ensure_region(connection, extraction.head.region_code)
    keeping = Keeping(connection, document_id)
    loading = Loading(connection, document_id, region_code, extraction, keeping)
    if region_code != extraction.head.region_code:
        message = f"no region has the code {extraction.head.region_code}"
        loading.report("unknown_region", message, extraction.head.fields.get("region_code"))
    _write_document(loading, file, revision)
    load_facts(loading)
    load_relations(loading)
    keeping.drop_rest()
    measure_coverage(connection, document_id)
    settle(connection, touched | touched_by(connection, document_id))
    resolve_citations(connection, document_id)
    resolve_relations(connection, document_id)
    check_across(connection, document_id)


def _write_document(loading: Loading, file: File, revision: int) -> None:
    """The row of the document, written anew where it is there."""
    from extract.rules import extractor_version  # only writing needs it

    row = _head_row(loading.extraction.head) | asdict(file)
    row |= {"id": loading.document_id, "revision": revision, "ingested_at": now()}
    row |= {"region_code": loading.region_code, "extractor_version": extractor_version()}
    update = ", ".join(f"{column} = excluded.{column}" for column in row if column != "id")
    loading.connection.execute(
        f"insert into documents ({', '.join(row)}) values ({', '.join(f':{column}' for column in row)})"
        f" on conflict (id) do update set {update}",
        row,
    )


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
