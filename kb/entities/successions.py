"""Functions of bodies as rows, each with who took it over, when, and which decision says so."""

from __future__ import annotations

import sqlite3


def function_id(connection: sqlite3.Connection, name: str) -> int:
    """The id of a function; a new one is written together with all that took it over since."""
    row = connection.execute("select id from functions where name = ?", (name,)).fetchone()
    if row is not None:
        return int(row[0])
    cursor = connection.execute("insert into functions (name) values (?)", (name,))
    number = int(cursor.lastrowid or 0)
    _write_successions(connection, number, name)
    return number


def _write_successions(connection: sqlite3.Connection, number: int, name: str) -> None:
    from extract.departments.identities import successions  # brings the gazetteer, which only writing needs

    for later in successions():
        if later.function == name:
            connection.execute(
                "insert into function_successions (function_id, successor_id, succeeded_on, source, part)"
                " values (?, ?, ?, ?, ?)",
                (number, function_id(connection, later.successor), later.on, later.source, int(later.part)),
            )


def refresh_successions(connection: sqlite3.Connection) -> None:
    """Write the successions of every function anew, after what is known of them has changed."""
    connection.execute("delete from function_successions")
    for row in connection.execute("select id, name from functions").fetchall():
        _write_successions(connection, row["id"], row["name"])
