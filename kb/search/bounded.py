"""Search in a base of any size: what is rare is ranked, of what is frequent the first hits are taken, all is counted.

To rank a word that stands in 200,000 passages takes seconds and tells nothing; so hits are ranked only where at most
`MOST` of a kind are found.  Filters are those of the documents that hits stand in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.search.hits import KINDS, SHARED
from kb.search.pairs import match_expression

MOST = 1000  # hits of a kind that are looked at
YEAR = "substr(coalesce(d.issued_on, d.printed_on), 1, 4)"
FILTERS = {
    "region": "d.region_code",
    "level": "d.level",
    "doc_kind": "d.kind",
    "campaign": "d.campaign",
    "year": YEAR,
    "document": "d.id",
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many hits of a kind there are; `more` says that it is at least so many."""

    number: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that contains all words: where to find it again, and how well it fits (the smaller the better)."""

    kind: str
    id: int
    document_id: str | None
    passage_id: int | None
    rank: float

    @property
    def worth(self) -> tuple[int, float, int]:
        """Facts before passages, then by fit, then as they came."""
        return KINDS.index(self.kind), self.rank, self.id


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: counts of every kind, and the hits of the kinds asked for, document by document."""

    counts: Mapping[str, Count]
    hits: Sequence[Hit]

    @property
    def is_whole(self) -> bool:
        """Whether all hits were looked at, and ranked."""
        return not any(count.more for count in self.counts.values()) and all(
            count.number <= MOST for count in self.counts.values()
        )


def search(
    connection: sqlite3.Connection, query: str, kinds: Sequence[str] = KINDS, filters: Mapping[str, str] | None = None
) -> Found:
    """Hits of these kinds in the documents that the filters leave; what documents share comes first.

    A body is of its region; bodies and indicators are of no document, so other filters leave none of them.
    """
    kept = {name: value for name, value in (filters or {}).items() if value}
    asked = match_expression(query)
    counts: dict[str, Count] = {}
    hits: list[Hit] = []
    for kind in KINDS:
        if kind in kinds or kept:
            counts[kind], found = _of_kind(connection, kind, asked, kept)
            hits += found if kind in kinds else ()
        else:
            counts[kind] = Count(_total(connection, kind, asked))
    return Found(counts, _by_document(hits))


def _total(connection: sqlite3.Connection, kind: str, asked: str) -> int:
    """How many hits of a kind there are in the whole base: the index alone tells."""
    row = connection.execute(f"select count(*) from {kind}_fts where {kind}_fts match ?", (asked,)).fetchone()
    return int(row[0])


def _by_document(hits: list[Hit]) -> list[Hit]:
    """Shared things first, then the document with the best hit; a passage that a hit stands on is not repeated."""
    told = {hit.passage_id for hit in hits if hit.kind != "passages"}
    listed = sorted((hit for hit in hits if hit.kind != "passages" or hit.id not in told), key=lambda hit: hit.worth)
    places: dict[str | None, int] = {}
    for hit in listed:
        places.setdefault(hit.document_id, len(places))
    return sorted(listed, key=lambda hit: (hit.document_id is not None, places[hit.document_id]))


def _of_kind(connection: sqlite3.Connection, kind: str, asked: str, kept: Mapping[str, str]) -> tuple[Count, list[Hit]]:
    """How many hits of one kind there are, and at most `MOST` of them."""
    total = _total(connection, kind, asked)
    where = _where(connection, kind, kept, total)
    if not total or where is None:
        return Count(0), []
    rank = f"bm25({kind}_fts)" if total <= MOST else "0.0"
    rows = connection.execute(
        f"select t.id, {_document(kind)}, {passage_column(kind)}, {rank} from {kind}_fts"
        f" join {kind} t on t.id = {kind}_fts.rowid"
        f" where {kind}_fts match :asked {where} limit {MOST + 1}",
        {"asked": asked, **kept},
    ).fetchall()
    hits = [Hit(kind, *row) for row in rows[:MOST]]
    return (Count(min(len(rows), MOST), len(rows) > MOST) if kept else Count(total)), hits


def _document(kind: str) -> str:
    return "null" if kind in SHARED else "t.document_id"


def passage_column(kind: str) -> str:
    """What says on which passage a row of a kind stands."""
    return "null" if kind in SHARED else "t.id" if kind == "passages" else "t.passage_id"


def _where(connection: sqlite3.Connection, kind: str, kept: Mapping[str, str], total: int) -> str | None:
    """The condition that the filters make for a kind; None where nothing of the kind can pass."""
    if not kept:
        return ""
    if kind in SHARED:
        own = f"and +{kind}_fts.rowid in (select o.id from {kind} o where o.region_code = :region)"
        return own if kind == "departments" and set(kept) == {"region"} else None
    chosen = "select d.id from documents d where " + " and ".join(f"{FILTERS[name]} = :{name}" for name in kept)
    share, rows = connection.execute(
        f"select (select count(*) from ({chosen})) * 1.0 / max((select count(*) from documents), 1), max(id)"
        f" from {kind}",
        kept,
    ).fetchone()
    # a row is looked up for each hit till there are enough, or hits are held against all rows of few documents
    looked_up = min(total, MOST / share) if share else 0
    if looked_up > 0.2 * share * (rows or 0) + 0.03 * total:
        return f"and +{kind}_fts.rowid in (select o.id from {kind} o where o.document_id in ({chosen}))"
    return f"and t.document_id in ({chosen})"
