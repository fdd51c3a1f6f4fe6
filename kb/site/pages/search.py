"""The search page: one box over passages, clauses, plan items, indicators and departments, exact for Chinese."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from kb.evaluation.rows import Row
from kb.search.beside import Choice, documents, facets, texts
from kb.search.bounded import FILTERS, MOST, Found, Hit, search
from kb.search.hits import KINDS, SHARED
from kb.search.pairs import words
from kb.search.screen import around
from kb.site.kept import kept
from kb.site.page import Asked, Page
from kb.site.paging import page_of

ON_A_PAGE = 40  # hits
BESIDE = 8  # bodies, and indicators, above the documents' hits
CHOICES = 12  # values of a filter
EXCERPT = 280  # columns of a screen, two for a Chinese character


def found(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """What the box finds, a page of it, document by document; help where nothing was asked."""
    query = asked.query.get("q", "").strip()
    kind = asked.query.get("kind", "")
    kind = kind if kind in KINDS else ""
    filters = {name: asked.query.get(name, "") for name in FILTERS}
    context = {"q": query, "words": words(query), "kind": kind, "kinds": KINDS}
    if not context["words"]:
        return context
    hits = search(connection, query, (kind,) if kind else KINDS, filters)
    shared = [hit for hit in hits.hits if hit.kind in SHARED]
    listed = shared if kind in SHARED else [hit for hit in hits.hits if hit.kind not in SHARED]
    page = page_of(listed, asked.number("page", 1), ON_A_PAGE)
    beside = list(_first(shared, BESIDE)) if not kind and page.number == 1 else []
    return context | {
        "counts": hits.counts,
        "is_whole": hits.is_whole,
        "most": MOST,
        "total": sum(count.number for count in hits.counts.values()),
        "page": page,
        "beside": _shown(connection, beside, context["words"]),
        "groups": _groups(connection, hits, page.rows, context["words"]),
        "facets": _facets(connection, asked, hits, filters),
        "given": {"kind": kind} | filters,
        "chosen": _chosen(connection, filters),
        "alone": list(_alone(connection, context["words"])) if not listed and not beside else [],
    }


def _facets(
    connection: sqlite3.Connection, asked: Asked, hits: Found, filters: Mapping[str, str]
) -> Mapping[str, list[Choice]]:
    """What the search can be narrowed to; where that is told by the documents alone, it is kept."""
    if hits.is_whole:
        return facets(connection, hits, filters, CHOICES)
    return kept(asked.base, ("facets", *filters.values()), lambda: facets(connection, hits, filters, CHOICES))


def _first(hits: Sequence[Hit], most: int) -> Iterator[Hit]:
    """So many hits of each kind, those that are first."""
    seen: Counter[str] = Counter()
    for hit in hits:
        seen[hit.kind] += 1
        if seen[hit.kind] <= most:
            yield hit


def _shown(connection: sqlite3.Connection, hits: Sequence[Hit], asked: Sequence[str]) -> list[Row]:
    """Hits with their texts, cut around the first word found."""
    rows = texts(connection, hits)
    shown = [{"hit": hit.kind} | rows[hit.kind, hit.id] for hit in hits if (hit.kind, hit.id) in rows]
    return [row | {"excerpt": around(row["text"] or "", asked, EXCERPT)} if "text" in row else row for row in shown]


def _groups(
    connection: sqlite3.Connection, hits: Found, page: Sequence[Hit], asked: Sequence[str]
) -> list[tuple[Row | None, Mapping[str, int], list[Row]]]:
    """The hits of a page under their documents, with how many each document has of every kind."""
    counts: dict[str | None, Counter[str]] = {}
    for hit in hits.hits:
        counts.setdefault(hit.document_id, Counter())[hit.kind] += 1
    held = documents(connection, [hit.document_id for hit in page if hit.document_id is not None])
    groups: list[tuple[Row | None, Mapping[str, int], list[Row]]] = []
    for document_id, group in groupby(_shown(connection, page, asked), key=lambda row: row.get("document_id")):
        groups.append((held.get(document_id or ""), counts[document_id], list(group)))
    return groups


def _chosen(connection: sqlite3.Connection, filters: Mapping[str, str]) -> list[tuple[str, str]]:
    """The filters that are set, each with the name of its value."""
    asked = {
        "region": "select short_name from regions where code = ?",
        "document": "select title from documents where id = ?",
    }
    named = []
    for name, value in filters.items():
        row = connection.execute(asked[name], (value,)).fetchone() if name in asked and value else None
        named.append((name, row[0] if row else value))
    return [(name, label) for name, label in named if label]


def _alone(connection: sqlite3.Connection, asked: Sequence[str]) -> Iterator[tuple[str, int]]:
    """How often each word is found by itself, where all together are not."""
    for word in asked[:6] if len(asked) > 1 else ():
        yield word, sum(count.number for count in search(connection, word, ()).counts.values())


PAGES = (Page("/search", "search.html", found),)
