"""A Datasette plugin: the search box of a table finds exactly the rows that contain every word."""

from __future__ import annotations

import sqlite3

from datasette import hookimpl

from kb.base import APPLICATION_ID
from kb.search.pairs import match_expression


# last, or Datasette's own would win; its package has no types
@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Let `escape_fts` ask for pairs of characters, in a base of this program and in no other database."""
    if conn.execute("pragma application_id").fetchone()[0] == APPLICATION_ID:
        conn.create_function("escape_fts", 1, match_expression, deterministic=True)
