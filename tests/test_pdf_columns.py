"""Tables without upright rules, and what looks like one and must stay text."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_pdfs import Paper, printed

from extract.pages import Block, Table
from extract.readers.pdf import read_pdf

HEADER = ("编号", "事由", "数值", "主办")
XS = (90, 160, 330, 430)
ROWS = [("1", "甲乙丙丁", "10%", "戊己"), ("2", "庚辛壬癸子丑", "20%", "寅卯"), ("3", "未申酉", "30%", "戌亥")]
PROSE = [
    "　　甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁",
    "戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚。",
]


def read(path: Path) -> list[str | list[list[str | None]]]:
    """Texts of paragraphs and grids of tables in reading order."""
    items = [item for page in read_pdf(path).pages for item in page.content]
    return [
        [[cell.text for cell in row] for row in item.rows] if isinstance(item, Table) else item.text for item in items
    ]


def row_at(paper: Paper, y: float, texts: tuple[str, ...]) -> None:
    for x, text in zip(XS, texts, strict=True):
        paper.text(x, y, text, 10)


def around(paper: Paper) -> None:
    """A paragraph above and one below the table."""
    paper.lines(80, 80, PROSE)
    paper.lines(80, 330, PROSE)


def three_rules(paper: Paper) -> None:
    """Rules above and below the header and at the foot; the second row's text runs over two lines."""
    for y in (150, 175, 280):
        paper.rule(80, y, 500, y)
    row_at(paper, 168, HEADER)
    for index, row in enumerate((*ROWS[:2], ("", "辰巳午", "", ""), ROWS[2])):
        row_at(paper, 192 + 18 * index, row)


def rule_under_each_row(paper: Paper) -> None:
    """A rule under every row, rows of two lines in two columns, one of them the first."""
    for y in (150, 175, 215, 235, 255):
        paper.rule(80, y, 500, y)
    row_at(paper, 168, HEADER)
    row_at(paper, 190, ("1甲", *ROWS[0][1:]))
    row_at(paper, 206, ("乙", "续行文字", "", ""))
    row_at(paper, 230, ROWS[1])
    row_at(paper, 250, ROWS[2])


def no_rules(paper: Paper) -> None:
    row_at(paper, 168, HEADER)
    for index, row in enumerate(ROWS):
        row_at(paper, 186 + 18 * index, row)


@pytest.mark.parametrize(
    ("draw", "grid"),
    [
        (three_rules, [HEADER, ROWS[0], ("2", "庚辛壬癸子丑\n辰巳午", "20%", "寅卯"), ROWS[2]]),
        (rule_under_each_row, [HEADER, ("1甲\n乙", "甲乙丙丁\n续行文字", "10%", "戊己"), ROWS[1], ROWS[2]]),
        (no_rules, [HEADER, *ROWS]),
    ],
)
def test_tables_are_read_from_alignment(tmp_path: Path, draw: object, grid: list[tuple[str, ...]]) -> None:
    """Pieces under each other make columns; a row goes on where its first column is blank, or up to the next rule."""
    path = printed(tmp_path / "t.pdf", lambda paper: (around(paper), draw(paper)))  # type: ignore[operator]
    above, table, below = read(path)
    assert table == [list(row) for row in grid]
    assert above == below == "".join(line.strip("　") for line in PROSE)


def imprint(paper: Paper) -> None:
    for y in (600, 620, 640, 660):
        paper.rule(80, y, 500, y)
    paper.text(80, 616, "抄送：甲乙丙，丁戊己，庚辛。")
    paper.text(80, 636, "主办：甲局")
    paper.text(80, 656, "甲乙办公室")
    paper.text(380, 656, "某年某月某日印发")


def form_of_labels(paper: Paper) -> None:
    for index in range(5):
        for x, text in zip((80, 220, 360), ("姓名：", "单位：", "电话："), strict=True):
            paper.text(x, 100 + 20 * index, text)


def contents(paper: Paper) -> None:
    for index in range(6):
        paper.text(80, 100 + 20 * index, f"第{'一二三四五六'[index]}章甲乙丙丁")
        paper.text(480, 100 + 20 * index, str(3 * index + 1))


def signatures(paper: Paper) -> None:
    paper.text(300, 100, "甲市人民政府")
    paper.text(320, 120, "二〇一六年三月一日")


def prose_with_blanks(paper: Paper) -> None:
    for index in range(6):
        paper.text(
            80, 100 + 20 * index, "甲乙丙丁　　　戊己庚辛壬癸" if index % 2 else "子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己"
        )


@pytest.mark.parametrize("draw", [imprint, form_of_labels, contents, signatures, prose_with_blanks, around])
def test_what_is_doubtful_stays_text(tmp_path: Path, draw: object) -> None:
    """Imprint blocks, forms of labels, tables of contents, signatures and prose never become tables."""
    path = printed(tmp_path / "t.pdf", draw)  # type: ignore[arg-type]
    items = [item for page in read_pdf(path).pages for item in page.content]
    assert items
    assert all(isinstance(item, Block) for item in items)


def test_cells_know_the_boxes_of_their_pieces(tmp_path: Path) -> None:
    """Each piece of a cell has its box; what is blank is not known to be merged or not."""
    (page,) = read_pdf(printed(tmp_path / "t.pdf", three_rules)).pages
    (table,) = page.content
    assert isinstance(table, Table)
    assert not table.spans_known
    assert [len(cell.place.boxes) for cell in table.rows[2]] == [1, 2, 1, 1]
