"""The code of a region → its row, made with those above it where the base has none."""

from __future__ import annotations

import sqlite3

from extract.regions import lineage, region


def ensure_region(connection: sqlite3.Connection, code: str | None) -> str | None:
    """Write the region and all that hold it, the widest first; the code, or None where no such region is known."""
    place = None if code is None else region(code)
    if place is None:
        return None
    for entry in reversed(list(lineage(place))):
        connection.execute(
            "insert into regions (code, name, short_name, level, parent_code) values (?, ?, ?, ?, ?)"
            " on conflict do nothing",
            (entry.code, entry.name, entry.short_name, entry.level, entry.parent_code),
        )
    return code
