"""Two pages on one sheet and two columns of print are read one after the other; tables and lists are not."""

from __future__ import annotations

from pathlib import Path

from conftest import texts
from made_pdfs import Paper, printed

from extract.readers.pdf import read_pdf

LETTERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def prose(first: str, count: int, width: int = 20) -> list[str]:
    """Lines of one paragraph, told from others by its first character; the first line is indented."""
    text = first + (LETTERS if first == "左" else LETTERS[::-1]) * 40
    return ["　　" + text[: width - 2], *(text[width * i - 2 : width * (i + 1) - 2] for i in range(1, count))]


def sheet(paper: Paper, numbers: tuple[str, str] = ("— 3 —", "— 4 —")) -> None:
    for x, number, first in ((50, numbers[0], "左"), (470, numbers[1], "右")):
        paper.lines(x, 60, prose(first, 6), size=14, leading=24)
        paper.text(x + 120, 560, number, 10)


def test_two_pages_on_one_sheet(tmp_path: Path) -> None:
    """A landscape sheet with two page numbers that follow each other is read left, then right; both are leftovers."""
    reading = read_pdf(printed(tmp_path / "two.pdf", sheet, size=(842, 595)))
    assert [(text[0], len(text)) for text in texts(reading)] == [("左", 118), ("右", 118)]
    assert [left.text for left in reading.leftovers if left.kind == "page_number"] == ["—3—", "—4—"]
    assert [page.number for page in reading.pages] == [1]


def test_a_sheet_without_its_numbers_is_read_by_its_columns(tmp_path: Path) -> None:
    """Without two page numbers only columns of print, many full lines, are read one after the other."""

    def short(paper: Paper) -> None:
        for x, first in ((50, "左"), (470, "右")):
            for i in range(4):
                paper.text(x, 60 + 30 * i, f"{first}{i}短")

    reading = read_pdf(printed(tmp_path / "short.pdf", short, size=(842, 595)))
    assert texts(reading)[0].startswith("左0短 右0短")


def test_two_columns_of_print(tmp_path: Path) -> None:
    """A page of two columns under a title that goes across: the title, the left column, the right one."""

    def page(paper: Paper) -> None:
        paper.text(220, 60, "题名", 20)
        for x, first in ((50, "左"), (310, "右")):
            paper.lines(x, 100, prose(first, 30))

    found = texts(read_pdf(printed(tmp_path / "gazette.pdf", page)))
    assert [text[0] for text in found] == ["题", "左", "右"]
    assert [len(text) for text in found] == [2, 598, 598]


def test_names_side_by_side_are_no_columns(tmp_path: Path) -> None:
    """Short pieces left and right, a list of names, are lines of text and not columns of print."""

    def names(paper: Paper) -> None:
        for i in range(12):
            paper.text(80, 100 + 20 * i, "甲乙")
            paper.text(320, 100 + 20 * i, "丙丁戊")

    found = texts(read_pdf(printed(tmp_path / "names.pdf", names)))
    assert found[0].startswith("甲乙 丙丁戊")
