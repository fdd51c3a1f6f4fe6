"""The lattice against pdfplumber's own table finder, and the tables that pdfplumber cannot close."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber.table import TableFinder

from extract.readers.pdf_lattice import MOST_CROSSINGS, Lattice, lattices, open_sides
from extract.readers.pdf_objects import Edge


def level(y: float, x0: float, x1: float) -> Edge:
    return Edge(True, x0, y, x1, y)


def upright(x: float, top: float, bottom: float) -> Edge:
    return Edge(False, x, top, x, bottom)


def box(x0: float, top: float, x1: float, bottom: float) -> list[Edge]:
    return [level(top, x0, x1), level(bottom, x0, x1), upright(x0, top, bottom), upright(x1, top, bottom)]


def oracle(edges: list[Edge]) -> list[Any]:
    """Rows of cells of every table as pdfplumber finds them on a page that has nothing but these edges."""
    drawn = [
        {
            "object_type": "line",
            "orientation": "h" if edge.level else "v",
            "x0": edge.x0,
            "x1": edge.x1,
            "top": edge.top,
            "bottom": edge.bottom,
            "doctop": edge.top,
            "width": edge.x1 - edge.x0,
            "height": edge.bottom - edge.top,
        }
        for edge in edges
    ]
    page: Any = SimpleNamespace(edges=drawn, chars=[], bbox=(0, 0, 600, 800))
    return [tuple(tuple(row.cells) for row in table.rows) for table in TableFinder(page).tables]


def rows(found: list[Lattice]) -> list[Any]:
    return [table.rows for table in found]


place = st.integers(0, 40).map(lambda step: step * 3.5)
length = st.integers(0, 25).map(lambda step: step * 3.5)
edge = st.one_of(
    st.builds(lambda y, x, long: level(y, x, x + long), place, place, length),
    st.builds(lambda x, y, long: upright(x, y, y + long), place, place, length),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(edge, max_size=40), st.lists(st.tuples(place, place, length, length), max_size=8))
def test_every_grid_is_pdfplumbers(edges: list[Edge], boxes: list[tuple[float, float, float, float]]) -> None:
    """Whatever the rules, tables, rows, cells and merged-away places are those of pdfplumber's default settings."""
    edges = edges + [side for x, y, wide, high in boxes for side in box(x, y, x + wide, y + high)]
    assert rows(lattices(edges)) == oracle(edges)


GRID = [level(y, 0, 90) for y in (0, 20, 40)] + [upright(x, 0, 40) for x in (0, 30, 90)]
MERGED = [level(0, 0, 90), level(20, 30, 90), level(40, 0, 90)] + [upright(x, 0, 40) for x in (0, 30, 90)]


@pytest.mark.parametrize(
    ("edges", "shape"),
    [
        (GRID, [(2, 2)]),
        (box(0, 0, 90, 40), []),  # a frame around text is no table
        (GRID + [Edge(edge.level, *(side + 200 for side in edge[1:])) for edge in GRID], [(2, 2), (2, 2)]),
        ([upright(i * 5.0, 0, 9) for i in range(9)], []),
    ],
)
def test_tables_are_what_shares_corners(edges: list[Edge], shape: list[tuple[int, int]]) -> None:
    """Cells that share a corner are one table; a single cell is none."""
    assert [(len(table.rows), len(table.rows[0])) for table in lattices(edges)] == shape


def test_a_merged_cell_is_none_below() -> None:
    """The rows that a merged cell covers have it once, above, and `None` below."""
    (table,) = lattices(MERGED)
    assert table.rows == (((0, 0, 30, 40), (30, 0, 90, 20)), (None, (30, 20, 90, 40)))


def test_open_sides_are_closed() -> None:
    """A table printed without its outer upright rules has its outer columns only where that is asked for."""
    edges = [level(y, 0, 300) for y in (0, 20, 40)] + [upright(x, 0, 40) for x in (100, 200)]
    assert rows(lattices(edges)) == oracle(edges)
    (closed,) = lattices(edges, close_sides=True)
    assert [cell and (cell[0], cell[2]) for cell in closed.rows[0]] == [(0, 100), (100, 200), (200, 300)]


@pytest.mark.parametrize(
    "edges",
    [
        [level(y, 0, 300) for y in (0, 20, 40)],  # no upright rule at all: read from alignment, not here
        [level(y, 0, 300) for y in (0, 40)] + [upright(100, 0, 40)],
        [level(y, 0, 300) for y in (0, 20, 40)] + [upright(x, 0, 40) for x in (0, 100, 300)],
    ],
)
def test_closed_tables_get_no_sides(edges: list[Edge]) -> None:
    """Sides are added only to three or more level rules with upright rules between and none at their ends."""
    ups = sorted((e.x0, e.top, e.bottom) for e in edges if not e.level)
    downs = sorted((e.top, e.x0, e.x1) for e in edges if e.level)
    assert list(open_sides(ups, downs)) == []


def test_a_drawing_is_no_table() -> None:
    """A page with more crossings than any table has is a drawing, and the search for cells is not begun."""
    side = int(MOST_CROSSINGS**0.5) + 10
    edges = [level(i * 7.0, 0, 7.0 * side) for i in range(side)] + [
        upright(i * 7.0, 0, 7.0 * side) for i in range(side)
    ]
    assert lattices(edges) == []
