"""Paragraphs from printed lines, over lines and over pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_pdfs import Paper, printed

from extract.pages import Block
from extract.readers.pdf import read_pdf

FULL = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛"  # 30 characters, the width of a line
BODY = ["　　" + FULL[:28], FULL, FULL, "　　" + FULL[:28], FULL[:9] + "。"]  # two paragraphs that set the margins


def blocks(tmp_path: Path, *pages: list[str], size: float = 12) -> list[str]:
    """The paragraphs of pages of lines; the body above sets the margins."""
    draws = [lambda paper, texts=texts: paper.lines(80, 80, texts, size) for texts in pages]
    reading = read_pdf(printed(tmp_path / "p.pdf", *draws))
    return [item.text for page in reading.pages for item in page.content if isinstance(item, Block)]


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        # full lines go on, an indented one begins anew
        (["　　" + FULL[:28], FULL, "完。"], [FULL[:28] + FULL + "完。"]),
        (["　　" + FULL[:28], "　　" + FULL[:20] + "。"], [FULL[:28], FULL[:20] + "。"]),
        # a short line is finished, whatever follows
        (["各有关单位：", FULL[:10]], ["各有关单位：", FULL[:10]]),
        # a figure at the left margin under a full line is no numbering
        (["　　" + FULL[:28], "1.5亿元。"], [FULL[:28] + "1.5亿元。"]),
        # a word that did not fit leaves a gap on the line above
        (["　　" + FULL[:24], "（2011—2020年）》。"], [FULL[:24] + "（2011—2020年）》。"]),
        (["　　" + FULL[:20], "www.abcdef.gov.cn/index"], [FULL[:20] + "www.abcdef.gov.cn/index"]),
        (["　　" + FULL[:16], "“12345”、“12315”、“12331”等。"], [FULL[:16] + "“12345”、“12315”、“12331”等。"]),
        # a list without stops keeps its entries apart
        (["　　一、" + FULL[:26], "　　二、" + FULL[:26]], ["一、" + FULL[:26], "二、" + FULL[:26]]),
        # Latin words are parted by a space
        (["　　" + FULL[:18] + "quality supervision ", "and law。"], [FULL[:18] + "quality supervision and law。"]),
    ],
)
def test_lines_of_a_paragraph(tmp_path: Path, lines: list[str], paragraphs: list[str]) -> None:
    """A line goes on with a full one above it and begins a paragraph where it is indented."""
    found = blocks(tmp_path, BODY + lines)
    assert found[2:] == paragraphs


def test_paragraphs_without_indents_are_told_by_their_numbers(tmp_path: Path) -> None:
    """Where nothing is indented, a number under a finished full line begins a paragraph."""
    lines = ["1." + FULL[:28] + "。", "2." + FULL[:28], FULL[:9] + "。"]
    assert blocks(tmp_path, [*[FULL] * 4, *lines])[1:] == [lines[1] + lines[2]]


def test_a_wider_space_parts_paragraphs(tmp_path: Path) -> None:
    """Lines further apart than the usual leading are two paragraphs, though the first is full."""

    def page(paper: Paper) -> None:
        paper.lines(80, 80, [FULL] * 4)
        paper.lines(80, 200, [FULL] * 4)

    (read,) = read_pdf(printed(tmp_path / "p.pdf", page)).pages
    assert [len(item.text) for item in read.content if isinstance(item, Block)] == [120, 120]


def test_a_title_keeps_its_lines(tmp_path: Path) -> None:
    """Large centred lines are one block whose lines stay lines, a heading of the highest level."""

    def page(paper: Paper) -> None:
        paper.text(180, 80, "甲市关于印发某某", 20)
        paper.text(200, 110, "方案的通知书", 20)
        paper.lines(80, 160, BODY)

    (read,) = read_pdf(printed(tmp_path / "p.pdf", page)).pages
    (first, *_) = read.content
    assert isinstance(first, Block)
    assert (first.text, first.level) == ("甲市关于印发某某\n方案的通知书", 1)
    assert [box.page for box in first.place.boxes] == [1, 1]


def test_an_imprint_laid_out_left_and_right_is_not_full(tmp_path: Path) -> None:
    """A line with pieces at both margins reaches the right one and is finished all the same."""

    def page(paper: Paper) -> None:
        paper.lines(80, 80, BODY)
        paper.text(80, 220, "甲市办公室")
        paper.text(80 + 22 * 12, 220, "某年某月某日印发")
        paper.text(80, 240, "校对：某人")

    (read,) = read_pdf(printed(tmp_path / "p.pdf", page)).pages
    assert [item.text for item in read.content if isinstance(item, Block)][2:] == [
        "甲市办公室 某年某月某日印发",
        "校对：某人",
    ]


def test_a_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    """What stands at the margin of the next page under a full line is the rest of the paragraph, even after a stop."""
    cut = [*BODY, "　　" + FULL[:28], FULL[:29] + "。"]
    found = blocks(tmp_path, cut, ["“子丑”" + FULL[:9] + "。", *BODY])
    assert found[2] == FULL[:28] + FULL[:29] + "。“子丑”" + FULL[:9] + "。"


@pytest.mark.parametrize("first", ["　　" + FULL[:10] + "。", "一、" + FULL[:10]])
def test_a_new_paragraph_on_the_next_page(tmp_path: Path, first: str) -> None:
    """An indented or numbered first line is no rest of the page before."""
    cut = [*BODY, "　　" + FULL[:28], FULL[:29] + "。"]
    assert blocks(tmp_path, cut, [first, *BODY])[3] == first.strip("　")
