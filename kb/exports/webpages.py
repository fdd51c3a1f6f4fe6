"""Cells of an answer as addresses of the site's pages: documents, clauses, the very place of a fact."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from kb.site import links

OF_DOCUMENT = ("document_id", "plan_id", "rubric_id", "cited_document_id")


class Webpages:
    """The pages of a site for the documents and passages of a base."""

    def __init__(self, connection: sqlite3.Connection, site: str) -> None:
        self._site = site.rstrip("/")
        self._passages = {
            row[0]: (row[1], row[2]) for row in connection.execute("select id, document_id, ordinal from passages")
        }
        self._clauses = {(row[0], row[1]) for row in connection.execute("select document_id, code from clauses")}

    def link(self, column: str, row: Mapping[str, Any]) -> str | None:
        """The page of a cell, or None where the site has none for it."""
        value = row[column]
        if column in OF_DOCUMENT and value is not None:
            return self._site + links.document(value)
        if column == "clause":
            clause = (row.get("rubric_id") or row.get("document_id"), value)
            return self._site + links.rubric(*clause) if clause in self._clauses else None
        if column == "place" and row.get("passage_id") in self._passages:
            document, ordinal = self._passages[row["passage_id"]]
            return self._site + links.document(document, ordinal)
        return None
