"""What a made-up document says: the records that a careful human would write down.

A field may hold `OneOf` where the conventions of annotation accept several readings, or `OPEN` where they fix none.
Owners and parents are named by title or text: codes are compared only where they are printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class OneOf(tuple[Any, ...]):
    """Readings of which any will do."""

    def __new__(cls, *readings: Any) -> OneOf:
        """The readings, each once."""
        return super().__new__(cls, dict.fromkeys(readings))


OPEN = object()  # a field that no convention fixes


@dataclass(frozen=True)
class Clause:
    """What somebody is judged by."""

    title: str
    kind: str
    points: Any = None
    points_status: Any = "none"
    parent: str | None = None
    code: Any = OPEN
    verification: str | None = None
    optional: bool = False


@dataclass(frozen=True)
class Rule:
    """How points are awarded inside the clause of this title."""

    clause: str
    condition: str
    mode: Any
    points: float | None
    step: float | None = None
    step_unit: Any = None
    cap: float | None = None
    floor: float | None = None


@dataclass(frozen=True)
class Threshold:
    """A requirement; the owner is a clause's title, a plan item's text, or None for the document's own text."""

    owner: Any
    indicator: Any
    comparator: Any
    value: float | None = None
    value_high: float | None = None
    unit: Any = None
    baseline: Any = None
    period: Any = None


@dataclass(frozen=True)
class Item:
    """What somebody will do."""

    text: Any
    starts_on: Any = None
    ends_on: Any = None
    code: Any = OPEN


@dataclass(frozen=True)
class Assignment:
    """Who answers for the clause or plan item of this title or text."""

    owner: Any
    role: Any
    raw: str
    name: Any


@dataclass(frozen=True)
class Citation:
    """Another document that is named."""

    title: str | None
    number: str | None


@dataclass(frozen=True)
class Head:
    """The document itself."""

    title: str
    kind: str
    number: str | None = None
    issued_on: str | None = None
    addressees: tuple[str, ...] = ()
    total_points: float | None = None


@dataclass
class Truth:
    """All that a document says, in reading order."""

    head: Head = field(default_factory=lambda: Head("", ""))
    clauses: list[Clause] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    thresholds: list[Threshold] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
