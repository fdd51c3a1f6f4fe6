"""What a document touches of that which documents share, and the gathering of it anew."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kb.entities.departments import settle_departments
from kb.entities.indicators import settle_indicators, used_printings


@dataclass(frozen=True, slots=True)
class Touched:
    """Regions whose bodies, and indicators as printed, that some documents speak of."""

    regions: frozenset[str | None]
    printings: frozenset[str]

    def __or__(self, other: Touched) -> Touched:
        return Touched(self.regions | other.regions, self.printings | other.printings)


def touched_by(connection: sqlite3.Connection, document_id: str) -> Touched:
    """What one document speaks of."""
    regions = connection.execute(
        "select d.region_code from plan_items i join assignments a on a.plan_item_id = i.id"
        " join departments d on d.id = a.department_id where i.document_id = :id"
        " union select d.region_code from clauses c join assignments a on a.clause_id = c.id"
        " join departments d on d.id = a.department_id where c.document_id = :id",
        {"id": document_id},
    )
    return Touched(frozenset(row[0] for row in regions), frozenset(used_printings(connection, document_id)))


def settle(connection: sqlite3.Connection, touched: Touched) -> None:
    """Gather bodies and indicators anew after a document, or a decision, has changed."""
    settle_departments(connection, touched.regions)
    settle_indicators(connection, touched.printings)
