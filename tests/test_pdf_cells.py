"""Tables with their text: grids, blanks and merges as pdfplumber extracts them, characters in the right cells."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_pdfs import Paper, printed

from extract.pages import Table
from extract.readers.pdf import read_pdf
from extract.readers.pdf_cells import THIN
from extract.text import squeezed

Texts = list[list[str | None]]


def tables(path: Path) -> list[Table]:
    return [item for page in read_pdf(path).pages for item in page.content if isinstance(item, Table)]


def grid(table: Table) -> Texts:
    return [[cell.text for cell in row] for row in table.rows]


def compact(found: list[Texts]) -> list[Texts]:
    return [[[cell if cell is None else squeezed(cell) for cell in row] for row in table] for table in found]


def plumbed(path: Path) -> list[Texts]:
    with pdfplumber.open(path) as document:
        return [table for page in document.pages for table in page.extract_tables()]


MERGED: Texts = [["甲", "乙", "丙"], ["子丑", "一行\n两行", "1"], [None, "", "2"], ["寅", "卯", None]]


def test_cells_keep_blanks_merges_and_line_breaks(tmp_path: Path) -> None:
    """A blank cell is '', a merged one `None`; the printed lines of a cell are lines of its text."""
    path = printed(tmp_path / "t.pdf", lambda paper: paper.grid([50, 150, 300, 350], [100, 140, 180, 220, 260], MERGED))
    (table,) = tables(path)
    assert grid(table) == MERGED
    assert table.spans_known


def test_every_cell_has_its_box(tmp_path: Path) -> None:
    """A cell's box is the rectangle between its rules; a cell merged away has none."""
    path = printed(tmp_path / "t.pdf", lambda paper: paper.grid([50, 150, 300, 350], [100, 140, 180, 220, 260], MERGED))
    (table,) = tables(path)
    assert table.rows[1][0].place.boxes[0].bbox == (50, 140, 150, 220)
    assert [[len(cell.place.boxes) for cell in row] for row in table.rows[2:]] == [[0, 1, 1], [1, 1, 0]]


text = st.text(alphabet="甲乙丙丁子丑寅卯12AB，", max_size=6)


@st.composite
def printed_grids(draw: st.DrawFn) -> tuple[list[float], list[float], Texts]:
    """Columns, rows and texts of a table; some cells are merged with the one above."""
    columns, rows = draw(st.integers(2, 5)), draw(st.integers(2, 6))
    widths = draw(st.lists(st.integers(70, 95), min_size=columns, max_size=columns))
    heights = draw(st.lists(st.integers(16, 60), min_size=rows, max_size=rows))
    xs = [40.0 + sum(widths[:i]) for i in range(columns + 1)]
    ys = [60.0 + sum(heights[:i]) for i in range(rows + 1)]
    merged = draw(st.lists(st.booleans(), min_size=columns * rows, max_size=columns * rows))
    texts: Texts = [[draw(text) for _ in range(columns)] for _ in range(rows)]
    for row in range(1, rows):
        for column in range(columns):
            # a row of merged cells alone would be no row
            if merged[row * columns + column] and column < columns - 1:
                texts[row][column] = None
    return xs, ys, texts


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(printed_grids())
def test_printed_tables_are_read_as_pdfplumber_reads_them(
    tmp_path: Path, table: tuple[list[float], list[float], Texts]
) -> None:
    """Grid, blanks and merges, and text without white space, are what was printed and what pdfplumber extracts."""
    xs, ys, texts = table
    path = printed(tmp_path / "t.pdf", lambda paper: paper.grid(xs, ys, texts))
    found = compact([grid(item) for item in tables(path)])
    assert found == compact([texts])
    assert found == compact(plumbed(path))


def test_double_rules_make_no_thin_rows(tmp_path: Path) -> None:
    """The space inside double rules is no row or column; pdfplumber makes one of it."""

    def page(paper: Paper) -> None:
        for shift in (0, THIN - 1):
            for y in (100, 140, 180):
                paper.rule(50, y + shift, 250, y + shift)
            for x in (50, 150, 246):
                paper.rule(x + shift, 100, x + shift, 184)
        for x, y, text in ((60, 125, "甲"), (160, 125, "乙"), (60, 165, "丙"), (160, 165, "丁")):
            paper.text(x, y, text)

    path = printed(tmp_path / "double.pdf", page)
    assert [grid(table) for table in tables(path)] == [[["甲", "乙"], ["丙", "丁"]]]
    assert len(plumbed(path)[0]) == 5


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_cell_with_turned_text_is_read(tmp_path: Path, degrees: int) -> None:
    """Text turned by a quarter inside a cell is read in its direction; pdfplumber gives it reversed or in pieces."""

    def page(paper: Paper) -> None:
        paper.grid([50, 90, 300], [100, 200, 240], [["", "正文一"], ["转", "正文二"]])
        paper.text(65 if degrees == 90 else 75, 110 if degrees == 90 else 190, "转向文字", 10, turned=degrees)

    (table,) = tables(printed(tmp_path / "turned.pdf", page))
    assert grid(table) == [["转向文字", "正文一"], ["转", "正文二"]]


def test_a_frame_in_a_frame_is_text(tmp_path: Path) -> None:
    """One text in a frame is no table but text, its lines rejoined like any other."""
    path = printed(tmp_path / "frame.pdf", lambda paper: (paper.box(50, 90, 300, 160), paper.text(60, 120, "框内文字")))
    (page,) = read_pdf(path).pages
    assert [getattr(item, "text", None) for item in page.content] == ["框内文字"]
