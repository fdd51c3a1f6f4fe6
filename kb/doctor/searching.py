"""Whether the index of the search has what the tables have: rows counted, and texts of a sample looked up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kb.doctor.line import Line
from kb.search.index import INDEXED
from kb.search.pairs import match_expression

SAMPLED = 200  # rows of a table, spread over it
LONGEST = 60  # characters of a text that are looked up
ADVICE = "build it anew: zhibiao doctor --mend"


def search_index(connection: sqlite3.Connection) -> Line:
    """The index of all searched tables on one line."""
    wrong = [problem for table in INDEXED for problem in _wrong(connection, table)]
    if wrong:
        return Line("order", "search", "broken", "; ".join(wrong), ADVICE)
    return Line("order", "search", "ok", f"the index has every row of {', '.join(INDEXED)}")


def _wrong(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """What is wrong with the index of one table."""
    made = {
        str(row[0])
        for row in connection.execute("select name from sqlite_master where name like ? || '_fts%'", [table])
    }
    if f"{table}_fts" not in made:
        yield f"{table} has none"
        return
    wanted = {f"{table}_fts", *(f"{table}_fts_{event}" for event in ("insert", "delete", "update"))}
    if wanted - made:
        yield f"{table}: lacks {', '.join(sorted(wanted - made))}"
        return
    unindexed, gone = (
        connection.execute(f"select count(*) from (select id from {one} except select id from {other})").fetchone()[0]
        for one, other in ((table, f"{table}_fts_docsize"), (f"{table}_fts_docsize", table))
    )
    if unindexed or gone:
        yield f"{table}: {unindexed} rows not indexed, {gone} indexed that are gone"
    elif unfound := sum(not found for found in _looked_up(connection, table)):
        yield f"{table}: {unfound} of {SAMPLED} rows at most are not found by their own text"


def _looked_up(connection: sqlite3.Connection, table: str) -> Iterator[bool]:
    """For each text of a sample, whether a search for its beginning finds its row."""
    count = connection.execute(f"select count(*) from {table}").fetchone()[0]
    step = max(1, count // SAMPLED)
    columns = INDEXED[table]
    query = f"select 1 from {table}_fts where rowid = ? and {table}_fts match ?"
    for row in connection.execute(f"select id, {', '.join(columns)} from {table} where id % ? = 0", [step]):
        for column, text in zip(columns, tuple(row)[1:], strict=True):
            if begins := (text or "")[:LONGEST].strip():
                asked = match_expression(begins)
                yield connection.execute(query, [row[0], f"{{{column}}}: ({asked})"]).fetchone() is not None
