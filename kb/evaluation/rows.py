"""Rows of a query as dictionaries, whatever row factory the connection carries."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]


def read_rows(
    connection: sqlite3.Connection, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[Row]:
    """All rows of a query, each a dictionary from column to value, in the order the query gives.

    >>> read_rows(sqlite3.connect(":memory:"), "select 1 as one, ? as two", ["二"])
    [{'one': 1, 'two': '二'}]
    """
    cursor = connection.cursor()
    cursor.row_factory = None
    cursor.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor]
