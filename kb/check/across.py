"""The findings of one document that compare, made anew whenever it or the other document changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict

from kb.check.boundaries import boundaries
from kb.check.conflicts import conflicts
from kb.check.counts import broken_counts
from kb.check.demands import demands, demands_elsewhere
from kb.check.editions import editions
from kb.check.findings import Compared
from kb.check.floors import below_floors
from kb.check.units import other_units
from kb.loading import insert


def check_across(connection: sqlite3.Connection, document_id: str) -> None:
    """Replace the findings that compare this document with itself and with others, theirs with it included."""
    connection.execute(
        "delete from findings where other_id is not null and (document_id = :id or other_id = :id)",
        {"id": document_id},
    )
    found = list(dict.fromkeys(_compared(connection, document_id)))
    insert(connection, "findings", [asdict(finding) for finding in found])


def check_all(connection: sqlite3.Connection) -> None:
    """Replace the findings that compare of every document, as after decisions on what is one indicator."""
    for row in connection.execute("select id from documents order by id").fetchall():
        check_across(connection, row["id"])


def _compared(connection: sqlite3.Connection, document_id: str) -> Iterator[Compared]:
    own, elsewhere = demands(connection, document_id), demands_elsewhere(connection, document_id)
    yield from boundaries(own)
    yield from broken_counts(connection, document_id)
    stepwise = list(other_units(connection, document_id))
    yield from stepwise
    told = {(finding.document_id, finding.other_id, finding.passage_id) for finding in stepwise}
    for finding in conflicts(own, elsewhere):
        if (finding.document_id, finding.other_id, finding.passage_id) not in told:
            yield finding
    yield from below_floors(own, elsewhere)
    yield from editions(connection, document_id)
