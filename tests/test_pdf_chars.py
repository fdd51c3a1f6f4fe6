"""Characters of a page: where they stand, and which are no part of its text."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
from made_pdfs import FONT, Paper, printed

from extract.readers.pdf_chars import Chars, read_chars
from extract.readers.pdf_objects import read_objects
from extract.readers.pdf_pdfium import opened
from extract.readers.pdf_plumber import plumbed_chars
from extract.readers.radicals import unradical


def chars_of(path: Path, number: int = 1) -> Chars:
    with opened(path) as file, file.page(number) as page:
        drawn = read_objects(page)
        return read_chars(page, drawn.turned, drawn.odd_fonts)


def text_of(path: Path) -> str:
    return "".join(char.text for char in chars_of(path).kept)


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_characters_stand_where_pdfplumber_sees_them(tmp_path: Path, turns: int) -> None:
    """The middle of every character agrees with pdfplumber's, on turned pages too."""

    def page(paper: Paper) -> None:
        paper.canvas.setPageRotation(turns)
        paper.canvas.setFont(FONT, 12)
        paper.canvas.drawString(150, 300, "甲乙丙丁")
        paper.canvas.drawString(150, 320, "ABC 123")

    path = printed(tmp_path / "text.pdf", page)
    with pdfplumber.open(path) as document:
        expected = {c["text"]: c for c in document.pages[0].chars if c["text"].strip()}
    found = {char.text: char for char in chars_of(path).kept if char.text != " "}
    assert set(found) == set(expected) == set("甲乙丙丁ABC123")
    for text, char in found.items():
        other = expected[text]
        middle = (other["x0"] + other["x1"]) / 2, (other["top"] + other["bottom"]) / 2
        assert ((char.x0 + char.x1) / 2, (char.top + char.bottom) / 2) == pytest.approx(middle, abs=2)


@pytest.mark.parametrize(("degrees", "turn"), [(0, 0), (90, 1), (180, 2), (270, 3)])
def test_turns_are_counted_clockwise(tmp_path: Path, degrees: float, turn: int) -> None:
    """A character knows by how many quarters it is turned."""

    def page(paper: Paper) -> None:
        paper.text(300, 100, "立")
        paper.text(300, 400, "转", turned=degrees)

    found = {char.text: char.turn for char in chars_of(printed(tmp_path / "turned.pdf", page)).kept}
    assert found == {"立": 0, "转": turn}


def test_slanted_and_outlying_characters_are_set_apart(tmp_path: Path) -> None:
    """A watermark that lies slanted, and what is printed beside the paper, are no text of the page but kept."""

    def page(paper: Paper) -> None:
        paper.text(80, 100, "正文")
        paper.text(200, 500, "样稿", size=60, turned=-45)
        paper.text(700, 100, "旁")

    chars = chars_of(printed(tmp_path / "marked.pdf", page))
    found = (chars.kept, chars.slanted, chars.outside)
    assert ["".join(char.text for char in group) for group in found] == ["正文", "样稿", "旁"]


def test_a_page_printed_twice_is_read_once(tmp_path: Path) -> None:
    """Second copies at the same spot, the bold of poor printers, are set apart."""

    def page(paper: Paper) -> None:
        for shift in (0, 0.2):
            paper.lines(80 + shift, 100, ["加粗的题名", "又一行字"])

    path = printed(tmp_path / "bold.pdf", page)
    assert text_of(path) == "加粗的题名又一行字"


def test_letters_that_come_again_beside_each_other_stay(tmp_path: Path) -> None:
    """Equal characters beside each other are no copies: only the same spot makes one."""
    assert (
        text_of(printed(tmp_path / "iii.pdf", lambda paper: paper.text(80, 100, "iiill 一一", size=8))) == "iiill 一一"
    )


def test_the_fall_back_reads_the_same_characters(tmp_path: Path) -> None:
    """pdfplumber's reading stands in where pdfium's glyphs are unmapped, and has the same places."""
    path = printed(tmp_path / "text.pdf", lambda paper: paper.lines(80, 100, ["甲乙", "丙丁"]))
    other = plumbed_chars(path, 1)
    assert other is not None
    assert [char.text for char in other.kept] == [char.text for char in chars_of(path).kept]
    for mine, theirs in zip(chars_of(path).kept, other.kept, strict=True):
        assert mine.base == pytest.approx(theirs.base, abs=0.5)
        assert mine.x0 == pytest.approx(theirs.x0, abs=0.5)


def test_a_page_that_pdfplumber_cannot_read_gives_none(tmp_path: Path) -> None:
    """The fall-back answers `None` where it fails, and never an error."""
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 no more")
    assert plumbed_chars(tmp_path / "broken.pdf", 1) is None


@pytest.mark.parametrize(
    ("printed_text", "expected"),
    [("⼈⺠⻔⻓", "人民门长"), ("\uf967\ufa66", "不辶"), ("ＡＢ１２", "ＡＢ１２"), ("①㎡…", "①㎡…"), ("", "")],
)
def test_radicals_become_the_characters_they_are(printed_text: str, expected: str) -> None:
    """Radicals and compatibility characters are folded; full-width signs, circled figures and units are not."""
    assert unradical(printed_text) == expected
