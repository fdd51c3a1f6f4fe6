"""Documents of the base that are drafts, new editions, repeals or forwards of each other.

Two sources: what a document says it does to others (`stated_relations`, tied as soon as the other one is in the base),
and titles: one core, one region, and the marks of different editions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.records import Relation
from kb.evaluation.rows import Row, read_rows
from kb.evaluation.similarity import bare
from kb.identity import number_key, title_key
from kb.loading import Loading, insert, printed
from kb.recognition import Named, stored, unlike
from kb.resolve import cited_document

OWN = ("draft_of", "replaces", "repeals", "forwards")  # the relations that are found here


class Related(NamedTuple):
    """One relation between two documents of the base."""

    document_id: str
    relation: str
    other_id: str
    passage_id: int | None


def load_relations(loading: Loading) -> None:
    """What the document says it does to others, for good; then who it is to those that are there."""
    loading.connection.execute("delete from stated_relations where document_id = ?", (loading.document_id,))
    rows = [
        {
            "document_id": loading.document_id,
            **printed(relation, "relation", "cited_title", "cited_number"),
            "title_key": title_key(relation.cited_title) or None,
            "number_key": number_key(relation.cited_number),
            "passage_id": loading.passages[relation.passage],
        }
        for relation in loading.facts(Relation)
    ]
    insert(loading.connection, "stated_relations", rows)


def resolve_relations(connection: sqlite3.Connection, document_id: str) -> None:
    """Tie a document to those it names, to those that name it, and all editions of its title to each other."""
    editions = _editions(connection, document_id)
    for affected in sorted({document_id, *(row["id"] for row in editions), *_speakers(connection, document_id)}):
        names = ", ".join(f"'{name}'" for name in OWN)
        connection.execute(
            f"delete from document_relations where relation in ({names}) and document_id = ?", (affected,)
        )
        for related in (*_by_words(connection, affected), *_by_titles(connection, affected, editions)):
            connection.execute("insert or ignore into document_relations values (?, ?, ?, ?)", related)


def _speakers(connection: sqlite3.Connection, document_id: str) -> list[str]:
    """The documents that say something of this one, or were taken to do so."""
    rows = connection.execute(
        "select s.document_id from stated_relations s join documents d on d.id = :id"
        " where s.number_key = d.number_key or s.title_key = d.title_key"
        " union select document_id from document_relations where other_id = :id",
        {"id": document_id},
    )
    return [str(row[0]) for row in rows]


def _by_words(connection: sqlite3.Connection, document_id: str) -> Iterator[Related]:
    """What a document says of others that are in the base."""
    query = (
        "select document_id, relation, title_key, number_key, passage_id from stated_relations where document_id = ?"
    )
    for row in connection.execute(query, (document_id,)).fetchall():
        other = cited_document(connection, row)
        if other is not None:
            yield Related(document_id, row["relation"], other, row["passage_id"])


def _by_titles(connection: sqlite3.Connection, document_id: str, editions: Sequence[Row]) -> Iterator[Related]:
    """What a document is to the other editions of its title."""
    for row in editions:
        if row["id"] == document_id and (found := _final_of(row, editions) or _before(row, editions)):
            yield Related(document_id, found[0], found[1], _title_passage(connection, document_id))


def _editions(connection: sqlite3.Connection, document_id: str) -> list[Row]:
    """The originals with the title of this one, itself among them; none for a digest or without a title."""
    rows = read_rows(connection, "select * from documents where origin = 'original' order by id")
    own = next((row for row in rows if row["id"] == document_id), None)
    if own is None or not stored(own).core:
        return []
    return [row for row in rows if _one_work(stored(row), stored(own))]


def _one_work(one: Named, other: Named) -> bool:
    """Whether two titles have one core, the same figures in it, and no two regions."""
    return bare(one.core) == bare(other.core) and one.figures == other.figures and not unlike(one.region, other.region)


def _dated(row: Row) -> str:
    return str(row["issued_on"] or row["printed_on"] or "")


def _final_of(row: Row, editions: Sequence[Row]) -> tuple[str, str] | None:
    """The document that a draft became: the first one that is not older; None for what is no draft."""
    if stored(row).stage != "draft":
        return None
    finals = [final for final in editions if stored(final).stage != "draft"]
    later = [final for final in finals if not (_dated(final) and _dated(row)) or _dated(final) >= _dated(row)]
    first = min(later, key=lambda final: (_dated(final) or "9", final["id"]), default=None)
    return None if first is None else ("draft_of", str(first["id"]))


def _before(row: Row, editions: Sequence[Row]) -> tuple[str, str] | None:
    """The edition that one marked as new, or one that follows a trial, replaces: the last one before it."""
    stage = stored(row).stage
    earlier = [
        old
        for old in editions
        if stored(old).stage != "draft" and _dated(old) and _dated(row) and _dated(old) < _dated(row)
        if stage == "revised" or (stage == "" and stored(old).stage == "trial")
    ]
    last = max(earlier, key=lambda old: (_dated(old), old["id"]), default=None)
    return None if last is None or stage == "draft" else ("replaces", str(last["id"]))


def _title_passage(connection: sqlite3.Connection, document_id: str) -> int | None:
    """Where the title stands that says which edition a document is."""
    row = connection.execute(
        "select passage_id from document_fields where document_id = ? and field = 'title'", (document_id,)
    ).fetchone()
    return None if row is None else int(row[0])
