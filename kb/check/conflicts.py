"""Demands of two rubrics of one campaign on one indicator → findings where their figures differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from extract.records import Severity
from kb.check.demands import Demand
from kb.check.findings import Compared


def conflicts(own: Sequence[Demand], elsewhere: Sequence[Demand]) -> Iterator[Compared]:
    """What two rubrics of one campaign demand of one indicator at most, where that differs."""
    for mine in _strictest(demand for demand in own if demand.clause_id is not None):
        for theirs in _strictest(demand for demand in elsewhere if demand.clause_id is not None):
            if not mine.comparable(theirs) or mine.campaign is None or mine.campaign != theirs.campaign:
                continue
            if mine.value == theirs.value and mine.unit != theirs.unit:
                yield from _told("conflicting_unit", mine, theirs)
            elif mine.strictness != theirs.strictness:
                yield from _told("conflicting_threshold", mine, theirs)


def _strictest(found: Iterable[Demand]) -> Iterator[Demand]:
    """Of each document the strictest demand for an indicator in its circumstances; lower tiers contradict nothing."""
    groups: dict[tuple[object, ...], list[Demand]] = defaultdict(list)
    for demand in found:
        if demand.direction is not None and demand.points != 0:
            groups[(demand.document_id, demand.indicator_id, demand.direction, demand.circumstances)].append(demand)
    for group in groups.values():
        yield max(group, key=lambda demand: demand.strictness)


def _told(kind: str, mine: Demand, theirs: Demand) -> Iterator[Compared]:
    """One finding a pair, whichever of the two was read last: it stands at the document with the greater id."""
    later, earlier = sorted((mine, theirs), key=lambda demand: demand.document_id, reverse=True)
    message = (
        f"{later.indicator}: {later.comparator} {later.figure} here ({later.owner or 'text'}),"
        f" {earlier.comparator} {earlier.figure} in {earlier.title} ({earlier.owner or 'text'})"
    )
    severity: Severity = "info" if mine.size == theirs.size else "warning"  # only the border of one figure
    yield Compared(later.document_id, earlier.document_id, kind, severity, message, later.passage_id)
