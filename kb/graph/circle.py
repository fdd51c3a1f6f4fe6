"""Who works with whom around one body: it stands in the middle, its partners on a ring, those that meet most abreast.

Partners stand on two sides of an ellipse at even heights, so that the names beside them never overlap; communities
(networkx) stay together on the ring.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.evaluation.rows import Row
from kb.graph.networkx_door import Shared, communities

MOST = 20  # partners in a picture; a table has them all
MOST_CHORDS = 60  # lines between partners, the thickest
WIDE, STEP, MARGIN = 920, 42, 34
REACH = 265  # of the ring to either side
LEAST, LARGEST = 12.0, 22.0  # radius of a partner


@dataclass(frozen=True, slots=True)
class Spot:
    """A partner in its place; `is_right` says on which side its name has room."""

    partner: Row
    x: float
    y: float
    radius: float
    width: float  # of the line to the middle
    is_right: bool


@dataclass(frozen=True, slots=True)
class Chord:
    """A line between two partners that meet on so many tasks; `path` bends towards the middle."""

    one: Spot
    other: Spot
    tasks: int
    path: str


@dataclass(frozen=True, slots=True)
class Circle:
    """The picture of a body among its partners."""

    width: int
    height: int
    x: float
    y: float
    spots: Sequence[Spot]
    chords: Sequence[Chord]


def circle(partners: Sequence[Row], shared: Shared) -> Circle:
    """Places for partners, as `partners_of` gives them, and for how often they meet each other.

    >>> rows = [{"id": number, "tasks": 10 - number} for number in range(4)]
    >>> drawn = circle(rows, {(0, 3): 2})
    >>> [(spot.partner["id"], spot.is_right) for spot in drawn.spots], len(drawn.chords)
    ([(0, True), (3, True), (2, False), (1, False)], 1)
    """
    rows = _in_communities(partners[:MOST], shared)
    right = rows[: math.ceil(len(rows) / 2)]
    height = max(len(right), 3) * STEP + 2 * MARGIN
    most = max((row["tasks"] for row in rows), default=1)
    spots = [*_side(right, height, most, is_right=True), *_side(rows[len(right) :][::-1], height, most, is_right=False)]
    places = {spot.partner["id"]: spot for spot in spots}
    return Circle(WIDE, height, WIDE / 2, height / 2, spots, list(_chords(places, shared, height)))


def _in_communities(rows: Sequence[Row], shared: Shared) -> list[Row]:
    """The partners so that those that work together stand together, then those that meet none of the others."""
    ids = {row["id"] for row in rows}
    inner = {pair: tasks for pair, tasks in shared.items() if set(pair) <= ids}
    place = {body: number for number, bodies in enumerate(communities(inner) if inner else ()) for body in bodies}
    return sorted(rows, key=lambda row: (place.get(row["id"], len(place)), -row["tasks"], row["id"]))


def _side(rows: Sequence[Row], height: int, most: int, *, is_right: bool) -> Iterator[Spot]:
    """One side of the ring from above; the last of the left side stands beside the first of the right one."""
    first = (height - (len(rows) - 1) * STEP) / 2
    for number, row in enumerate(rows):
        y = first + number * STEP
        out = REACH * math.sqrt(max(0.0, 1 - ((y - height / 2) / (height / 2)) ** 2))
        share = row["tasks"] / most
        radius = LEAST + (LARGEST - LEAST) * math.sqrt(share)
        x = WIDE / 2 + (out if is_right else -out)
        yield Spot(row, round(x, 1), round(y, 1), round(radius, 1), round(1 + 6 * share, 1), is_right)


def _chords(places: Mapping[int, Spot], shared: Shared, height: int) -> Iterator[Chord]:
    found = sorted((-tasks, pair) for pair, tasks in shared.items() if set(pair) <= places.keys())
    for tasks, (one, other) in found[:MOST_CHORDS]:
        ends = places[one], places[other]
        # half-way between the straight line and the middle
        bends = [((a + b) / 2 + middle) / 2 for a, b, middle in _axes(*ends, height)]
        path = f"M{ends[0].x:g} {ends[0].y:g}Q{bends[0]:g} {bends[1]:g} {ends[1].x:g} {ends[1].y:g}"
        yield Chord(*ends, -tasks, path)


def _axes(one: Spot, other: Spot, height: int) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    return (one.x, other.x, WIDE / 2), (one.y, other.y, height / 2)
