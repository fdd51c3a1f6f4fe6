"""The objects drawn on a page → edges (pieces of rules and sides of boxes), pictures, and what its text objects tell.

Edges follow pdfplumber: a path of two points is a line, one of four square corners gives four edges, of any other path
its upright and level pieces are edges.  Coordinates are points from the top left of the page as it is shown.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import Any, NamedTuple

from extract.readers.pdf_pdfium import OpenPage, function

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5
CURVE, MOVE = 1, 2
DEEPEST = 15  # forms inside forms
MOST_OBJECTS = 400_000  # of a page; what comes after is not looked at, its text is read all the same
TURNED = 0.02  # share of the side a level line may rise by

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


class Edge(NamedTuple):
    """A piece of a rule; a level one has top = bottom, an upright one (or a slanted one, as pdfplumber has it) not."""

    level: bool
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page; `pictures` holds the share of the page that each picture covers."""

    lines: list[Edge] = field(default_factory=list)
    boxes: list[Edge] = field(default_factory=list)
    curves: list[Edge] = field(default_factory=list)
    pictures: list[float] = field(default_factory=list)
    paths: int = 0
    texts: int = 0
    turned: bool = False
    odd_fonts: bool = False

    @property
    def edges(self) -> list[Edge]:
        """All edges in pdfplumber's order: lines, boxes, curves."""
        return self.lines + self.boxes + self.curves


def multiplied(inner: Matrix, outer: Sequence[float]) -> Matrix:
    """The matrix that applies `inner` first.

    >>> multiplied((2, 0, 0, 2, 1, 0), (1, 0, 0, -1, 0, 10))
    (2, 0, 0, -2, 1, 10)
    """
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def read_objects(page: OpenPage) -> Drawn:
    """Everything drawn on an open page."""
    drawn = Drawn()
    width, height = page.size
    reader = _Objects(drawn, max(width * height, 1.0))
    reader.read(function("FPDFPage_CountObjects"), function("FPDFPage_GetObject"), page.handle, page.matrix)
    drawn.odd_fonts = any(map(_is_odd, reader.fonts))
    return drawn


@dataclass(slots=True)
class _Objects:
    drawn: Drawn
    area: float
    fonts: set[int] = field(default_factory=set)
    left: int = MOST_OBJECTS

    def read(
        self, count: Callable[..., int], get: Callable[..., int], holder: int, outer: Matrix, depth: int = 0
    ) -> None:
        """The objects of a page or a form; `outer` leads from its space to the page as it is shown."""
        number = min(count(holder), self.left)
        self.left -= number
        handles = [handle for handle in map(get, repeat(holder), range(number)) if handle]
        kinds: dict[int, list[int]] = {TEXT: [], PATH: [], IMAGE: [], FORM: []}
        for handle, kind in zip(handles, map(function("FPDFPageObj_GetType"), handles), strict=True):
            kinds.setdefault(kind, []).append(handle)
        self._texts(kinds[TEXT], outer)
        for handle, matrix in zip(kinds[PATH], _matrices(kinds[PATH]), strict=True):
            self.drawn.paths += 1
            for points, closed in _subpaths(handle, multiplied(matrix, outer)):
                _add_edges(points, closed, self.drawn)
        for a, b, c, d, _, _ in (multiplied(matrix, outer) for matrix in _matrices(kinds[IMAGE])):
            self.drawn.pictures.append(abs(a * d - b * c) / self.area)
        counted, got = function("FPDFFormObj_CountObjects"), function("FPDFFormObj_GetObject")
        for handle, matrix in zip(kinds[FORM], _matrices(kinds[FORM]), strict=True):
            if depth < DEEPEST:
                self.read(counted, got, handle, multiplied(matrix, outer), depth + 1)

    def _texts(self, handles: list[int], outer: Matrix) -> None:
        self.drawn.texts += len(handles)
        self.fonts.update(font or 0 for font in map(function("FPDFTextObj_GetFont"), handles))
        if not self.drawn.turned:
            totals = (multiplied(matrix, outer) for matrix in set(_matrices(handles, 4)))
            self.drawn.turned = any(a <= 0 or d >= 0 or abs(b) > TURNED * a for a, b, _, d, _, _ in totals)


def _matrices(handles: list[int], parts: int = 6) -> list[Matrix]:
    """The matrix of every object; with `parts` 4 without its place, so that equal ones are few."""
    values = (ctypes.c_float * (6 * len(handles)))()
    at = ctypes.addressof(values)
    told = list(map(function("FPDFPageObj_GetMatrix"), handles, range(at, at + 24 * len(handles), 24)))
    one = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    columns: list[Any] = [values[part::6] if part < parts else repeat(0.0, len(handles)) for part in range(6)]
    return [matrix if known else one for known, matrix in zip(told, zip(*columns, strict=True), strict=True)]


def _is_odd(font: int) -> bool:
    """Whether the font's heights are of no use whatever they say: a Type 3 font has no name."""
    return not font or int(function("FPDFFont_GetBaseFontName")(font, None, 0)) <= 1


def _subpaths(handle: int, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
    """The points of every piece of a path, and whether it is closed; of a Bézier curve only its end."""
    count = min(function("FPDFPath_CountSegments")(handle), MOST_OBJECTS)
    segments = list(map(function("FPDFPath_GetPathSegment"), repeat(handle), range(count)))
    values = (ctypes.c_float * (2 * count))()
    at = ctypes.addressof(values)
    places: Any = (range(at, at + 8 * count, 8), range(at + 4, at + 4 + 8 * count, 8))
    if not all(segments) or not all(map(function("FPDFPathSegment_GetPoint"), segments, *places)):
        return
    a, b, c, d, e, f = matrix
    points = [(a * x + c * y + e, b * x + d * y + f) for x, y in zip(values[0::2], values[1::2], strict=True)]
    kinds = list(map(function("FPDFPathSegment_GetType"), segments))
    closes = list(map(function("FPDFPathSegment_GetClose"), segments))
    starts = [i for i, kind in enumerate(kinds) if kind == MOVE and i] if kinds.count(MOVE) > 1 else []
    for start, end in pairwise([0, *starts, count]):
        yield _ends(points[start:end], kinds[start:end]), any(closes[start:end])


def _ends(points: list[Point], kinds: list[int]) -> list[Point]:
    """The points without the two that bend each Bézier curve."""
    if CURVE not in kinds:
        return points
    ends, bent = [], 0
    for point, kind in zip(points, kinds, strict=True):
        bent = (bent + 1) % 3 if kind == CURVE else 0
        if bent == 0:
            ends.append(point)
    return ends


def _add_edges(points: list[Point], closed: bool, drawn: Drawn) -> None:
    if closed and len(points) > 2 and points[-1] == points[0]:
        points = points[:-1]
    if len(points) == 2:
        (x0, y0), (x1, y1) = points
        drawn.lines.append(Edge(y0 == y1, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        return
    if (corners := _corners(points, closed)) is not None:
        x0, top, x1, bottom = corners
        drawn.boxes += (
            Edge(True, x0, top, x1, top),
            Edge(True, x0, bottom, x1, bottom),
            Edge(False, x0, top, x0, bottom),
            Edge(False, x1, top, x1, bottom),
        )
        return
    ring = [*points, points[0]] if closed else points
    for (x0, y0), (x1, y1) in pairwise(ring):
        if x0 == x1:
            drawn.curves.append(Edge(False, x0, min(y0, y1), x0, max(y0, y1)))
        elif y0 == y1:
            drawn.curves.append(Edge(True, min(x0, x1), y0, max(x0, x1), y0))


def _corners(points: list[Point], closed: bool) -> tuple[float, float, float, float] | None:
    """The box that four square corners make, `None` for any other path."""
    if not (len(points) == 4 and closed) and not (len(points) == 5 and points[0] == points[4]):
        return None
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points[:4]
    if (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0):
        return min(x0, x2), min(y0, y2), max(x0, x2), max(y0, y2)
    return None
