"""Made-up tables in every format come out of the stitcher as they were made: every cell of every row, exactly."""

from __future__ import annotations

import subprocess
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, program
from table_generator import MadeTable, made_table
from table_typesetting import Style, as_reading, drawn_style, write_pdf
from table_writers import WRITERS, write_docx

from extract.layout import Grid, lay_out
from extract.pages import Reading, Table
from extract.readers.docx import read_docx
from extract.readers.html import read_html
from extract.readers.pdf import read_pdf
from extract.readers.text import read_text
from extract.readers.xlsx import read_xlsx

CASES, MANY = range(60), range(60, 500)
READERS: dict[str, Callable[[Path], Reading]] = {
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".xlsx": read_xlsx,
    ".html": read_html,
    ".txt": read_text,
}
FEWEST = 3  # cells by which a column shows what it holds
# read from the looks of values alone; which long text is judged and which groups it is told only with many rows
SHOWN = {"ordinal", "points", "deadline", "lead", "support"}


def plain(text: str) -> str:
    return "".join(text.split())


def grid_of(reading: Reading) -> Grid:
    """The one grid of a reading."""
    (grid,) = [item for item in lay_out(reading).content if isinstance(item, Grid)]
    return grid


def assert_as_made(reading: Reading, made: MadeTable, separator: str = "\n") -> Grid:
    """Every cell in full, true blanks blank, header and section rows where they were made."""
    grid = grid_of(reading)
    truth = [[plain(cell.replace("\n", separator)) for cell in row] for row in made.truth]
    assert [[plain(cell.whole) for cell in row] for row in grid.rows] == truth
    assert [plain(text) for text in grid.header] == [plain(text) for text in made.header]
    sections = [(section.before, plain(section.cells[0][1].text)) for section in grid.sections]
    assert sections == [(before, plain(text)) for before, text in made.sections]
    if made.words == "known":
        assert grid.roles == made.roles
    return grid


def file_of(made: MadeTable, suffix: str, folder: Path) -> Path:
    path = folder / f"{made.seed}{suffix}"
    if suffix == ".pdf":
        write_pdf(made, drawn_style(made.seed), path)
    else:
        WRITERS[suffix](made, path)
    return path


def made_for(seed: int, suffix: str) -> MadeTable:
    """Text prints merged cells like blank ones: there header words tell which columns are merged."""
    return made_table(seed, words="known", merged_lead=False) if suffix == ".txt" else made_table(seed)


@pytest.mark.parametrize("seed", CASES)
def test_pages_are_stitched(seed: int) -> None:
    """Headers repeated or not, merges and rows broken by a page turn, blanks, sections: the table is as it was made."""
    assert_as_made(as_reading(made_table(seed), drawn_style(seed)), made_table(seed))


@pytest.mark.parametrize("seed", CASES)
def test_a_file_reads_as_it_was_made(seed: int, tmp_path: Path) -> None:
    """The same from files, one format a case."""
    suffix = list(READERS)[seed % len(READERS)]
    made = made_for(seed, suffix)
    reading = READERS[suffix](file_of(made, suffix, tmp_path))
    assert_as_made(reading, made, "、" if suffix == ".txt" else "\n")


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY)
def test_every_format_reads_as_it_was_made(seed: int, tmp_path: Path) -> None:
    """Pages and files of all formats for many more tables."""
    assert_as_made(as_reading(made_table(seed), drawn_style(seed)), made_table(seed))
    for suffix, read in READERS.items():
        made = made_for(seed, suffix)
        assert_as_made(read(file_of(made, suffix, tmp_path)), made, "、" if suffix == ".txt" else "\n")


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 120, 40))
def test_what_libreoffice_prints_reads_as_it_was_made(first: int, tmp_path: Path) -> None:
    """Word files printed on small pages by LibreOffice, which breaks rows and merged cells in its own way."""
    made = [made_table(seed) for seed in range(first, first + 40)]
    for table in made:
        write_docx(table, tmp_path / f"{table.seed}.docx", small_page=True)
    files = [str(tmp_path / f"{table.seed}.docx") for table in made]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [program("soffice"), "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    for table in made:
        assert_as_made(read_pdf(tmp_path / f"{table.seed}.pdf"), table)


@pytest.mark.parametrize("seed", range(40))
def test_columns_are_known_by_what_they_hold(seed: int) -> None:
    """Under words that nobody knows, numbers, points, dates and names of bodies have their roles.

    Who leads and who supports looks the same: either may come first.
    """
    made = made_table(seed, words="looks")
    grid = grid_of(as_reading(made, drawn_style(seed)))
    for column, role in enumerate(made.roles):
        cells = {cell.ordinal for row in grid.rows for cell in [row[column]] if cell.passage}
        if role in SHOWN and len(cells) >= FEWEST:
            expected = {"lead", "support"} if role in {"lead", "support"} else {role}
            assert grid.roles[column] in expected


@pytest.mark.parametrize("seed", range(20))
def test_every_cell_knows_all_its_boxes(seed: int) -> None:
    """The boxes of all printed parts are those of the passages and of the headers printed again, each once.

    A carried place shares the passage of the cell that covers it and begins no text of its own.
    """
    reading = as_reading(made_table(seed), drawn_style(seed))
    layout = lay_out(reading)
    tables = [item for page in reading.pages for item in page.content if isinstance(item, Table)]
    printed = Counter(
        box for table in tables for row in table.rows for cell in row if cell.text for box in cell.place.boxes
    )
    kept = Counter(box for passage in layout.passages for box in passage.place.boxes)
    again = sum(len([text for text in leftover.text.split("\t") if text]) for leftover in layout.leftovers)
    assert (printed - kept).total() == again
    assert set(kept.values()) == {1}
    for row in grid_of(reading).rows:
        assert all(cell.text == "" for cell in row if cell.merged)
        assert all(cell.passage.text == cell.text for cell in row if cell.passage and not cell.merged)


def term_words() -> set[str]:
    """The words of extract/terms with two characters or more."""

    def strings(node: object) -> list[str]:
        if isinstance(node, dict):
            return [text for key, below in node.items() if key != "examples" for text in strings(below)]
        if isinstance(node, list):
            return [text for below in node for text in strings(below)]
        return [node] if isinstance(node, str) else []

    files = (ROOT / "extract" / "terms").glob("*.toml")
    return {text for file in files for text in strings(tomllib.loads(file.read_text("utf-8"))) if len(text) > 1}


def test_unknown_words_are_unknown() -> None:
    """Tables that the rules must read without words share none with extract/terms."""
    words = term_words()
    assert "牵头单位" in words
    for seed in CASES:
        made = made_table(seed, words="unknown")
        # dates are what a column of dates is known by
        dates = {column for column, role in enumerate(made.roles) if role == "deadline"}
        text = " ".join(cell.text for cell in made.cells if cell.column not in dates or cell.row < made.titles)
        assert not [word for word in words if word in text]


@pytest.mark.parametrize("seed", range(12))
def test_horizontal_rules_are_enough(seed: int, tmp_path: Path) -> None:
    """A table with horizontal rules only is read from the alignment of its columns."""
    made = made_table(seed, words="known", rubric=False, merged_lead=False, stacked=False)
    path = tmp_path / "table.pdf"
    write_pdf(made, Style(page_height=4000, horizontal_only=True), path)
    assert_as_made(read_pdf(path), made)
