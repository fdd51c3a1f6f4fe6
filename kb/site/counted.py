"""Counts for which a whole index is walked, of bodies and of indicators; made once for each state of a base."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from kb.site import conflicts
from kb.site.kept import kept

T = TypeVar("T", bound=tuple[int, ...])
DUTIES = """
select department_id, role, count(distinct plan_item_id) + count(distinct clause_id)
from assignments
group by department_id, role
"""
MEASURED = """
select indicator_id, count(*), count(distinct document_id)
from thresholds
where indicator_id is not null
group by indicator_id
"""
UNITS = """
select indicator_id, unit, count(*)
from thresholds
where indicator_id is not null
group by indicator_id, unit
"""


class Duties(NamedTuple):
    """On how many tasks, and clauses that name it themselves, a body has each role."""

    lead: int = 0
    support: int = 0
    other: int = 0  # takes part or supervises


class Measured(NamedTuple):
    """In how many documents an indicator has thresholds, and how many."""

    documents: int = 0
    thresholds: int = 0


@dataclass(frozen=True, slots=True)
class Units:
    """The units of thresholds: how often each is printed, and for which indicators."""

    counts: Counter[str]
    indicators: Mapping[str, frozenset[int]]


def duties(connection: sqlite3.Connection, base: str) -> dict[int, Duties]:
    """The duties of every body by its id, those that lead most first, then those that support most."""

    def counted() -> dict[int, Duties]:
        found = {row[0]: Duties() for row in connection.execute("select id from departments")}
        for body, role, tasks in connection.execute(DUTIES):
            field = role if role in Duties._fields else "other"
            found[body] = found[body]._replace(**{field: getattr(found[body], field) + tasks})
        return _ranked(found)

    return kept(base, "duties", counted)


def measured(connection: sqlite3.Connection, base: str) -> dict[int, Measured]:
    """The thresholds of every indicator by its id, those of most documents first."""

    def counted() -> dict[int, Measured]:
        return _ranked({number: Measured(documents, all_) for number, all_, documents in connection.execute(MEASURED)})

    return kept(base, "measured", counted)


def units(connection: sqlite3.Connection, base: str) -> Units:
    """The units that thresholds are printed in; those without one are under the empty string."""

    def counted() -> Units:
        counts: Counter[str] = Counter()
        indicators: dict[str, set[int]] = defaultdict(set)
        for indicator, unit, thresholds in connection.execute(UNITS):
            counts[unit or ""] += thresholds
            indicators[unit or ""].add(indicator)
        return Units(counts, {unit: frozenset(ids) for unit, ids in indicators.items()})

    return kept(base, "units", counted)


def conflicting(connection: sqlite3.Connection, base: str) -> Mapping[int, list[int]]:
    """The findings that say of an indicator's figures that they contradict each other, by its id."""
    return kept(base, "conflicting", lambda: conflicts.conflicting(connection))


def _ranked(found: dict[int, T]) -> dict[int, T]:
    """The same with the greatest counts first."""
    return {key: found[key] for key in sorted(found, key=lambda key: (*(-count for count in found[key]), key))}
