"""What boxes offer while one types: names and words that contain it, as JSON of values and the pages they stand for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping

from kb.evaluation.rows import Row, read_rows
from kb.search.pairs import match_expression, words
from kb.site import links
from kb.site.page import Asked, File, Page
from kb.words.suggestions import words_with

MOST = 12
LOOKED_AT = 200  # names that contain it, of which the shortest are offered
LONGEST = 60  # characters; a longer title is no name to type
USUAL = ("indicators", "departments", "clauses")

# the names of a kind that contain what is typed; :match is for the index, :text for what has none
NAMES = {
    "indicators": (
        "select t.name as value from indicators_fts join indicators t on t.id = indicators_fts.rowid"
        " where indicators_fts match :match"
    ),
    "departments": (
        "select t.name as value, t.region_code from departments_fts join departments t on t.id = departments_fts.rowid"
        " where departments_fts match '{name} : (' || :match || ')'"
    ),
    "clauses": (
        "select t.title as value, t.document_id, t.code from clauses_fts join clauses t on t.id = clauses_fts.rowid"
        " where clauses_fts match '{title} : (' || :match || ')'"
    ),
    "documents": "select title as value, id from documents where instr(title, :text)",
    "regions": (
        "select r.short_name as value, r.code from regions r where instr(r.name, :text)"
        " and exists (select 1 from documents d where d.region_code = r.code)"
    ),
    "functions": "select name as value from functions where instr(name, :text)",
    "campaigns": "select distinct campaign as value from documents where instr(campaign, :text)",
    "findings": "select distinct kind as value from findings where instr(kind, :text)",
}
PAGE: Mapping[str, Callable[[Row], str]] = {
    "indicators": lambda row: links.indicator(row["value"]),
    "departments": lambda row: links.department(row["region_code"], row["value"]),
    "clauses": lambda row: links.rubric(row["document_id"], row["code"]),
    "documents": lambda row: links.document(row["id"]),
    "regions": lambda row: links.city(row["code"]),
    "functions": lambda row: links.function(row["value"]),
    "campaigns": lambda row: links.documents(campaign=row["value"]),
    "findings": lambda row: links.findings(kind=row["value"]),
}


def suggestions(connection: sqlite3.Connection, asked: Asked) -> File:
    """At most `MOST` names, each once, those that begin with what is typed first, then the shortest.

    A box for everything offers words of the passages where names are few; they lead to the search.
    """
    typed = asked.query.get("q", "").strip()
    kind = asked.query.get("kind", "")
    found: dict[str, str] = {}
    for name in (kind,) if kind in NAMES else USUAL if not kind else ():
        for row in _names(connection, name, typed) if typed else ():
            found.setdefault(row["value"], PAGE[name](row))
    best = sorted(found, key=lambda value: (not value.startswith(typed), len(value), value))[:MOST]
    if typed and not kind:
        more = words_with(connection, typed, MOST - len(best))
        found = {word: links.search(word) for word in more} | found
        best += [word for word in more if word not in best]
    body = json.dumps([{"value": value, "href": found[value]} for value in best], ensure_ascii=False)
    return File(body.encode(), "application/json; charset=utf-8")


def _names(connection: sqlite3.Connection, kind: str, typed: str) -> Iterator[Row]:
    """Names of a kind that contain every word that is typed."""
    text = typed if words(typed) else ""
    given = {"match": match_expression(typed), "text": text}
    for row in read_rows(connection, f"{NAMES[kind]} limit {LOOKED_AT}", given):
        if row["value"] and len(row["value"]) <= LONGEST:
            yield row


PAGES = (Page("/suggest", "", suggestions),)
