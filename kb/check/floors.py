"""Promises that are weaker than the least that the rubric of their campaign gives points for → findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kb.check.demands import Demand
from kb.check.findings import Compared


def below_floors(own: Sequence[Demand], elsewhere: Sequence[Demand]) -> Iterator[Compared]:
    """Promises of plan items below the demands for their indicator: this document's against all, others' against its.

    A rubric's floor is its weakest demand that earns points; a promise at the very border is no finding.
    """
    for promise in (*own, *elsewhere):
        if not promise.is_promise:
            continue
        # what others promise is judged by this document alone: the rest is told when they are read themselves
        judges = (*own, *elsewhere) if promise in own else own
        for floor in _floors(promise, judges):
            if promise.falls_short_of(floor):
                message = (
                    f"{promise.owner}: {promise.indicator} {promise.comparator} {promise.figure} is less than"
                    f" {floor.comparator} {floor.figure} ({floor.title}, {floor.owner or 'text'})"
                )
                yield Compared(
                    *(promise.document_id, floor.document_id, "below_floor", "warning"), message, promise.passage_id
                )


def _floors(promise: Demand, judges: Sequence[Demand]) -> Iterator[Demand]:
    """Of each rubric of the promise's campaign, and of its own document, the weakest demand in each direction."""
    weakest: dict[tuple[str, str | None], list[Demand]] = defaultdict(list)
    for demand in judges:
        near = demand.document_id == promise.document_id or (
            demand.campaign is not None and demand.campaign == promise.campaign
        )
        judged = demand.clause_id is not None and demand.points != 0 and demand.direction is not None
        if near and judged and demand.same_thing(promise):
            weakest[(demand.document_id, demand.direction)].append(demand)
    for found in weakest.values():
        yield min(found, key=lambda demand: demand.strictness)
