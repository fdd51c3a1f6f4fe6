"""Which plan item, clause or document a person means: `document:code`, or the code alone where one fits."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from kb.errors import UnknownRecord
from kb.evaluation.rows import Row, read_rows
from kb.link.texts import LEAF
from kb.listing import clipped
from kb.show import document_named

MOST_CANDIDATES = 12
ITEMS = "select i.id, i.document_id, coalesce(i.code, '') as code, i.text as words from plan_items i order by i.id"
CLAUSES = f"select c.id, c.document_id, c.code, c.title as words from clauses c where {LEAF} order by c.id"


@dataclass(frozen=True, slots=True)
class Named:
    """A record that was found by its name."""

    id: int
    document_id: str
    code: str
    words: str

    def __str__(self) -> str:
        return f"{self.document_id}:{self.code}"


def items_named(connection: sqlite3.Connection, name: str) -> list[Named]:
    """The plan items that a name fits; raises UnknownRecord where there is none."""
    return _named(connection, name, ITEMS, "plan item")


def clauses_named(connection: sqlite3.Connection, name: str) -> list[Named]:
    """The clauses that can be served and that a name fits; raises UnknownRecord where there is none."""
    return _named(connection, name, CLAUSES, "clause")


def _named(connection: sqlite3.Connection, name: str, sql: str, what: str) -> list[Named]:
    document, _, code = unicodedata.normalize("NFKC", name).strip().rpartition(":")
    owner = document_named(connection, document) if document else None
    rows = [row for row in read_rows(connection, sql) if owner in (None, row["document_id"])]
    ways: tuple[Callable[[Row], bool], ...] = (
        lambda row: _plain(row["code"]) == _plain(code),
        lambda row: _plain(row["code"]).endswith(_plain(code)) and not _plain(row["code"])[: -len(code)][-1:].isdigit(),
        lambda row: len(code) > 1 and code in row["words"],
    )
    for way in ways if code else ():
        found = [Named(row["id"], row["document_id"], row["code"], row["words"]) for row in rows if way(row)]
        if found:
            return found
    raise UnknownRecord(f"{name}: no {what} is called that; `zhibiao show DOC` lists the codes of a document")


def _plain(code: str) -> str:
    return unicodedata.normalize("NFKC", code).lower()


def one_pair(pairs: list[tuple[Named, Named]], names: str) -> tuple[Named, Named]:
    """The only pair; raises UnknownRecord, which lists them, where there are several."""
    if len(pairs) == 1:
        return pairs[0]
    lines = [f"  {item} {clause}  {clipped(item.words, 30)} | {clipped(clause.words, 30)}" for item, clause in pairs]
    more = ["  …"] if len(lines) > MOST_CANDIDATES else []
    raise UnknownRecord("\n".join([f"{names}: fits {len(pairs)} pairs; name one:", *lines[:MOST_CANDIDATES], *more]))
