"""`kb.listing`: one set of rows in four formats, aligned for wide characters, safe to print."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.listing import clipped, listing, save_listing, visible, width

cells = st.one_of(st.none(), st.integers(), st.text(st.sampled_from("ab 质量，％|\\\n\"',\x1b"), max_size=50))
tables = st.lists(st.fixed_dictionaries({"name": cells, "值": cells}), min_size=1, max_size=5)


@given(tables)
def test_the_columns_of_a_table_stand_below_each_other(rows: list[dict[str, object]]) -> None:
    """The rule below the heads is as wide as the widest line, counted in columns of the screen."""
    lines = listing(rows, "table").split("\n")
    assert len(lines) == len(rows) + 2
    assert max(map(width, lines)) == width(lines[1])


@given(tables)
def test_csv_and_json_keep_every_character(rows: list[dict[str, object]]) -> None:
    """What was listed can be read back; CSV has texts alone, and nothing for None."""
    assert json.loads(listing(rows, "json")) == rows
    read = list(csv.DictReader(io.StringIO(listing(rows, "csv") + "\n", newline="")))
    assert read == [{name: "" if value is None else str(value) for name, value in row.items()} for row in rows]


@given(tables)
def test_a_row_is_one_line_of_a_markdown_table(rows: list[dict[str, object]]) -> None:
    """No value opens a column or a line of its own."""
    lines = listing(rows, "md").split("\n")
    assert len(lines) == len(rows) + 2
    for line in lines:
        assert line.replace("\\\\", "").replace("\\|", "").count("|") == 3


@given(st.text(max_size=40), st.integers(1, 30))
def test_a_clipped_text_fits(text: str, columns: int) -> None:
    """Cutting respects the columns of the screen, and leaves alone what fits."""
    assert width(clipped(text, columns)) <= columns
    if width(visible(text)) <= columns:
        assert clipped(text, columns) == visible(text)


@pytest.mark.parametrize(
    ("form", "printed"),
    [("table", "(none)"), ("json", "[]"), ("csv", "code,title"), ("md", "| code | title |\n| --- | --- |")],
)
def test_no_rows_are_a_listing_too(form: str, printed: str) -> None:
    """With columns named, an empty listing still has its heads."""
    assert listing([], form, ["code", "title"]) == printed  # type: ignore[arg-type]


def test_a_file_has_a_byte_order_mark_for_csv_alone(tmp_path: Path) -> None:
    """Excel reads Chinese in a CSV file by its mark; JSON must not have one."""
    rows = [{"name": "市质监局"}]
    save_listing(rows, "csv", tmp_path / "a.csv")
    save_listing(rows, "json", tmp_path / "a.json")
    assert (tmp_path / "a.csv").read_bytes() == "\ufeffname\n市质监局\n".encode()
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == rows
    assert not listing(rows, "csv").startswith("\ufeff")
