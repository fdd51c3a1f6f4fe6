"""Functions of bodies as rows, each with who took it over, when, and which decision says so."""

from __future__ import annotations

import sqlite3


def function_id(connection: sqlite3.Connection, name: str) -> int:
    """The id of a function, written with all that took it over since; what newer rules know replaces the old."""
    row = connection.execute("select id from functions where name = ?", (name,)).fetchone()
    if row is not None:
        number = int(row[0])
    else:
        number = int(connection.execute("insert into functions (name) values (?)", (name,)).lastrowid or 0)
    _write_successions(connection, number, name)
    return number


def _write_successions(connection: sqlite3.Connection, number: int, name: str) -> None:
    from extract.departments.identities import successions  # brings the gazetteer, which only writing needs

    known = {
        (number, function_id(connection, later.successor), later.on, later.source, int(later.part))
        for later in successions()
        if later.function == name
    }
    columns = "function_id, successor_id, succeeded_on, source, part"
    written = connection.execute(f"select {columns} from function_successions where function_id = ?", (number,))
    if {tuple(row) for row in written} != known:
        connection.execute("delete from function_successions where function_id = ?", (number,))
        connection.executemany(f"insert into function_successions ({columns}) values (?, ?, ?, ?, ?)", sorted(known))
