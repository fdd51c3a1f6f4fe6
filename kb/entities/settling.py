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
        "select distinct d.region_code from assignments a join departments d on d.id = a.department_id"
        " left join plan_items i on i.id = a.plan_item_id left join clauses c on c.id = a.clause_id"
        " where i.document_id = :id or c.document_id = :id",
        {"id": document_id},
    )
    return Touched(frozenset(row[0] for row in regions), frozenset(used_printings(connection, document_id)))


def settle(connection: sqlite3.Connection, touched: Touched) -> None:
    """Gather bodies and indicators anew after a document, or a decision, has changed."""
    settle_departments(connection, touched.regions)
    settle_indicators(connection, touched.printings)
