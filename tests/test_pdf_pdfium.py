"""Opening PDFs: what cannot be read is refused in one clear line; handles, boxes and turns are those of the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_pdfs import A4, Paper, printed
from reportlab.lib.pdfencrypt import StandardEncryption

from extract.errors import UnreadableFile
from extract.readers.pdf import read_pdf
from extract.readers.pdf_pdfium import MOST_PIXELS, opened


def text_page(paper: Paper) -> None:
    paper.lines(80, 100, ["第一行文字", "第二行文字"])


def damaged(path: Path, what: str) -> Path:
    """A PDF made unreadable in one way."""
    whole = printed(path, *[text_page] * 3).read_bytes()
    broken = {
        "empty": b"",
        "blank": b"\n" * 100,
        "half": whole[: len(whole) // 2],
        "web page": b"<!doctype html><html><body>404</body></html>",
        "word": b"PK\x03\x04" + bytes(2000),
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(500),
        "noise": b"%PDF-1.4\n" + bytes(range(256)) * 40 + b"\n%%EOF",
        "no pages": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    }
    path.write_bytes(broken[what])
    return path


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("empty", "is empty"),
        ("blank", "is empty"),
        ("half", "cut off"),
        ("web page", "web page"),
        ("word", "Office file"),
        ("picture", "picture"),
        ("noise", "damaged"),
        ("no pages", "pages|damaged"),
    ],
)
def test_what_is_no_pdf_is_refused_in_one_line(tmp_path: Path, what: str, says: str) -> None:
    """A damaged, cut off or mislabelled file gives one line that says what is wrong and what to do."""
    with pytest.raises(UnreadableFile, match=says) as refused:
        read_pdf(damaged(tmp_path / "file.pdf", what))
    assert "\n" not in str(refused.value)


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    """A PDF that asks for a password is not read; the line says so."""
    path = printed(tmp_path / "locked.pdf", text_page, encrypt=StandardEncryption("secret", "owner"))
    with pytest.raises(UnreadableFile, match="password"):
        read_pdf(path)


def test_a_file_locked_only_against_changes_is_read(tmp_path: Path) -> None:
    """A PDF with an empty password is as good as an open one."""
    path = printed(tmp_path / "open.pdf", text_page, encrypt=StandardEncryption("", "owner", canModify=0))
    assert [page.number for page in read_pdf(path).pages] == [1]


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_the_page_is_measured_as_it_is_shown(tmp_path: Path, turns: int) -> None:
    """Width and height are those after the page's turn, and its matrix puts the corners of its box there."""
    path = printed(tmp_path / "turned.pdf", lambda paper: paper.canvas.setPageRotation(turns))
    with opened(path) as file, file.page(1) as page:
        assert page.turns == turns // 90
        # reportlab turns the paper too, so that it always shows as A4
        assert page.size == pytest.approx(A4)
        a, b, c, d, e, f = page.matrix
        left, bottom, right, top = page.box
        corners = {(round(a * x + c * y + e), round(b * x + d * y + f)) for x in (left, right) for y in (bottom, top)}
        assert corners == {(x, y) for x in (0, 595) for y in (0, 842)}


def test_a_huge_page_is_rendered_smaller(tmp_path: Path) -> None:
    """A picture never has more pixels than the limit, whatever its scale."""
    path = printed(tmp_path / "huge.pdf", text_page, size=(14_000, 14_000))
    with opened(path) as file:
        picture, scale = file.render(1, 10)
        assert picture.width * picture.height <= MOST_PIXELS * 1.01
        assert scale < 1
