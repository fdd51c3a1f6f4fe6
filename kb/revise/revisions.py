"""The contents that a document has had: counted from 1, one of them current."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from kb.loading import insert


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read: where it came from, as what it was read, and its hash."""

    source: str
    format: str
    sha256: str


def now() -> str:
    """The time for the log: ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def last_revision(connection: sqlite3.Connection, document_id: str) -> int:
    """The highest number of a document's revisions, 0 where it has none."""
    query = "select coalesce(max(revision), 0) from revisions where document_id = ?"
    return int(connection.execute(query, (document_id,)).fetchone()[0])


def add_revision(connection: sqlite3.Connection, document_id: str, file: File, *, current: bool) -> int:
    """Count one more revision; where it is current no other one is any more."""
    number = last_revision(connection, document_id) + 1
    if current:
        connection.execute("update revisions set is_current = 0 where document_id = ?", (document_id,))
    row = {"document_id": document_id, "revision": number, "is_current": int(current), "ingested_at": now()}
    insert(connection, "revisions", [row | asdict(file)])
    return number
