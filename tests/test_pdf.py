"""The PDF reader as a whole: nothing lost, places right, scans told apart, bounds kept, tables those of pdfplumber."""

from __future__ import annotations

import time
from collections import Counter
from functools import cache
from itertools import islice
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from conftest import shared_path
from made_pdfs import A4, Paper, printed

from extract.errors import UnreadableFile
from extract.pages import Block, Leftover, Page, Place, Reading, Table
from extract.readers.pdf import read_pdf, render, rendered, scanned_pages
from extract.readers.pdf_picture import outlines, picture
from extract.readers.radicals import unradical

NATIVE = [f"native/{name}.pdf" for name in ("changzhou", "guide-2009", "notice-2013", "yancheng", "zhengzhou")]
OTHERS = [
    f"others/{name}.pdf" for name in ("zj-ai-dataset-action-plan", "zj-ai-support-measures", "zj-humanoid-robot-action")
]
SCANS = ["native/notice-2013.scan.pdf", "others/pingshan-collective-economy-scan.pdf"]
HARD = "stress/hard-case.pdf"
COMPARED_PAGES = 6  # of each document: pdfplumber takes a tenth of a second for each


def real(name: str) -> Path:
    return shared_path() / "corpus" / name


@cache
def reading(name: str) -> Reading:
    return read_pdf(real(name))


def squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def kept(found: Reading) -> Counter[str]:
    """Every character of blocks, cells and leftovers, the source's own where it was changed."""
    characters: Counter[str] = Counter()
    for page in found.pages:
        for item in page.content:
            if isinstance(item, Block):
                characters.update(squeezed(item.text if item.raw is None else item.raw))
            else:
                for cell in (cell for row in item.rows for cell in row):
                    characters.update(squeezed(cell.text if cell.raw is None else cell.raw))
    for left in found.leftovers:
        characters.update(squeezed(left.text))
    return characters


def text_layer(path: Path) -> Counter[str]:
    """The characters of the file by pdfium's own text extraction."""
    characters: Counter[str] = Counter()
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            characters.update(squeezed(page.get_textpage().get_text_range().replace("\ufffe", "-")))
    return characters


@pytest.mark.parametrize("name", [*NATIVE, *OTHERS, HARD])
def test_every_character_is_kept(name: str) -> None:
    """Every non-blank character of the text layer is in a block, a cell or a leftover, and none is made up."""
    source = text_layer(real(name))
    assert (source - kept(reading(name)), kept(reading(name)) - source) == (Counter(), Counter())


@pytest.mark.parametrize("name", [*NATIVE, *OTHERS, HARD])
def test_tables_are_pdfplumbers(name: str) -> None:
    """Tables of real pages have pdfplumber's grid, blanks and merges, and its text without white space and radicals."""
    compared = 0
    with pdfplumber.open(real(name)) as document:
        for page, plumbed in islice(zip(reading(name).pages, document.pages, strict=True), COMPARED_PAGES):
            found = [
                [[None if c.text is None else unradical(squeezed(c.raw or c.text)) for c in row] for row in item.rows]
                for item in page.content
                if isinstance(item, Table)
            ]
            expected = [
                [[None if text is None else unradical(squeezed(text)) for text in row] for row in table]
                for table in plumbed.extract_tables()
            ]
            plumbed.close()
            assert found == expected, page.number
            compared += 1
    assert compared


@pytest.mark.parametrize("name", [*NATIVE, *OTHERS, HARD])
def test_everything_has_its_place(name: str) -> None:
    """Blocks, tables and cells with text have the number of their page and boxes on it."""
    sizes = {}
    with pypdfium2.PdfDocument(real(name)) as document:
        sizes = {number: document[number - 1].get_size() for number in range(1, len(document) + 1)}
    for page in reading(name).pages:
        for item in page.content:
            cells = [cell for row in item.rows for cell in row if cell.text] if isinstance(item, Table) else []
            for place in [item.place, *(cell.place for cell in cells)]:
                assert place.page == page.number
                assert place.boxes
                for box in place.boxes:
                    x0, top, x1, bottom = box.bbox
                    width, height = sizes[box.page]
                    assert -1 <= x0 < x1 <= width + 15
                    assert -15 <= top < bottom <= height + 15


@pytest.mark.parametrize("name", NATIVE)
def test_page_numbers_are_leftovers(name: str) -> None:
    """The page numbers that the rebuilt documents print are leftovers, each page's once at most."""
    numbers = [left.place.page for left in reading(name).leftovers if left.kind == "page_number"]
    pages = len(reading(name).pages)
    assert len(numbers) == len(set(numbers)) >= pages - 1


@pytest.mark.parametrize("name", SCANS)
def test_a_scan_asks_for_recognition(name: str) -> None:
    """A document of pictures is refused with what to install, and all its pages are named as scanned."""
    with pytest.raises(UnreadableFile, match=r"zhibiao\[ocr\]"):
        read_pdf(real(name))
    with pypdfium2.PdfDocument(real(name)) as document:
        assert scanned_pages(real(name)) == list(range(1, len(document) + 1))


def mixed(tmp_path: Path) -> Path:
    """Three pages: text, a picture with a scanner's mark, nothing at all."""
    from PIL import Image

    Image.new("L", (60, 80), 200).save(tmp_path / "scan.png")

    def scan(paper: Paper) -> None:
        paper.canvas.drawImage(str(tmp_path / "scan.png"), 0, 0, *A4)
        paper.text(450, 830, "扫描软件", 8)

    return printed(
        tmp_path / "mixed.pdf", lambda paper: paper.text(80, 100, "正文"), scan, lambda paper: paper.text(0, 0, "")
    )


def test_scanned_pages_of_a_mixed_file_are_named(tmp_path: Path) -> None:
    """Without recognition a scanned page is empty and named; a scanner's mark on it is a leftover and no text."""
    found = read_pdf(mixed(tmp_path))
    assert [len(page.content) for page in found.pages] == [1, 0, 0]
    assert [(left.kind, left.place.page) for left in found.leftovers] == [("scan_mark", 2), ("scanned_page", 2)]


def test_recognition_gets_the_scanned_pages(tmp_path: Path) -> None:
    """What `ocr` reads of the scanned pages stands in their places, its leftovers beside the others."""
    asked: list[tuple[Path, list[int]]] = []

    def ocr(path: Path, numbers: list[int]) -> Reading:
        asked.append((path, list(numbers)))
        page = Page(2, (Block("认出的字", Place(2)),))
        return Reading("scan", (page,), (Leftover("page_number", "2", Place(2)),))

    path = mixed(tmp_path)
    found = read_pdf(path, ocr)  # type: ignore[arg-type]
    assert asked == [(path, [2])]
    assert [[item.text for item in page.content if isinstance(item, Block)] for page in found.pages] == [
        ["正文"],
        ["认出的字"],
        [],
    ]
    assert [left.kind for left in found.leftovers] == ["scan_mark", "page_number"]


def test_pages_are_rendered_for_recognition(tmp_path: Path) -> None:
    """Pages come in grey at 200 dpi with their pixels a point, all of them or those asked for."""
    (number, image, scale), *rest = rendered(mixed(tmp_path), [2])
    assert (number, image.mode, rest) == (2, "L", [])
    assert image.width == pytest.approx(A4[0] * scale, abs=1)
    assert [number for number, _, _ in rendered(mixed(tmp_path))] == [1, 2, 3]


def test_a_page_lying_on_its_side_is_read(tmp_path: Path) -> None:
    """Text that lies on its side all over a page is read as it is held; its boxes are those on the page as shown."""

    def page(paper: Paper) -> None:
        for index, text in enumerate(("躺着的题名", "第二行文字")):
            paper.text(500 - 40 * index, 80, text, turned=90)

    (found,) = read_pdf(printed(tmp_path / "side.pdf", page)).pages
    assert [item.text for item in found.content if isinstance(item, Block)] == ["躺着的题名", "第二行文字"]
    x0, top, x1, bottom = found.content[0].place.boxes[0].bbox
    assert (x0, x1) == pytest.approx((500, 512), abs=5)
    assert (top, bottom) == pytest.approx((80, 140), abs=5)


def test_a_rule_of_signs_is_a_leftover(tmp_path: Path) -> None:
    """A rule of one sign over and over is a leftover and no paragraph."""
    (page,) = (found := read_pdf(printed(tmp_path / "r.pdf", lambda p: p.lines(80, 80, ["正文", "＝" * 20])))).pages
    assert len(page.content) == 1
    assert [(left.kind, left.text) for left in found.leftovers] == [("rule", "＝" * 20)]


def fallen_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unmapped: int) -> str:
    """The text of a page on which pdfium misses glyphs, and pdfplumber as many as given."""
    from extract.readers import pdf_sheet
    from extract.readers.pdf_chars import Char, Chars

    def poor(*_: object) -> Chars:
        return Chars(kept=[Char("甲", 80 + 12 * i, 90, 92 + 12 * i, 102, 100) for i in range(7)], unmapped=2)

    def plumbed(*_: object) -> Chars:
        return Chars(kept=[Char("乙", 80 + 12 * i, 90, 92 + 12 * i, 102, 100) for i in range(7)], unmapped=unmapped)

    monkeypatch.setattr(pdf_sheet, "read_chars", poor)
    monkeypatch.setattr(pdf_sheet, "plumbed_chars", plumbed)
    (page,) = read_pdf(printed(tmp_path / "x.pdf", lambda paper: paper.text(80, 100, "甲乙"))).pages
    (block,) = page.content
    assert isinstance(block, Block)
    return block.text


def test_unmapped_glyphs_fall_back_to_pdfplumber(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with glyphs that pdfium cannot name is read by pdfplumber, but only where that misses fewer."""
    assert fallen_back(tmp_path, monkeypatch, unmapped=1) == "乙" * 7
    assert "甲" in fallen_back(tmp_path, monkeypatch, unmapped=2)


def test_a_page_of_many_lines_ends(tmp_path: Path) -> None:
    """A page of 50,000 pieces of text, and one of 50,000 rules, end within a minute."""

    def pieces(paper: Paper) -> None:
        for index in range(50_000):
            paper.text(80 + index % 20 * 24, 10 + index // 20 * 0.33, "甲", 0.3)

    def rules(paper: Paper) -> None:
        for index in range(25_000):
            paper.rule(50, 10 + index * 0.03, 550, 10 + index * 0.03)
            paper.rule(50 + index * 0.02, 10, 50 + index * 0.02, 760)
        paper.text(80, 800, "图例")

    begun = time.monotonic()
    found = read_pdf(printed(tmp_path / "many.pdf", pieces, rules))
    assert time.monotonic() - begun < 60
    assert sum(kept(found).values()) == 50_002


def test_too_many_characters_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with more characters than the limit, a file with more pages, are refused in one line."""
    from extract.readers import pdf_chars, pdf_pdfium

    path = printed(tmp_path / "p.pdf", *[lambda paper: paper.text(80, 100, "甲乙丙")] * 3)
    monkeypatch.setattr(pdf_chars, "MOST_CHARS", 2)
    with pytest.raises(UnreadableFile, match="characters"):
        read_pdf(path)
    monkeypatch.setattr(pdf_pdfium, "MOST_PAGES", 2)
    with pytest.raises(UnreadableFile, match="3 pages"):
        read_pdf(path)


def test_a_picture_shows_what_was_read(tmp_path: Path) -> None:
    """Cells, paragraphs and leftovers of the page asked for are outlined on it; another page has its own."""

    def page(paper: Paper) -> None:
        paper.text(80, 60, "正文")
        paper.grid([80, 200, 300], [100, 140, 180], [["甲", "乙"], ["", "丙"]])
        paper.text(280, 810, "— 1 —", 10)

    path = printed(tmp_path / "p.pdf", page, lambda paper: paper.text(80, 60, "另页"))
    found = read_pdf(path)
    drawn = Counter(kind for kind, _, _ in outlines(found, 1))
    assert drawn == {"table": 1, "cell": 4, "paragraph": 1, "leftover": 1}
    assert [kind for kind, _, _ in outlines(found, 2)] == ["paragraph"]
    image = picture(path, 1, found)
    assert image.getpixel((160, 240)) in {(0, 90, 220), (200, 0, 160)}
    plain = render(path, 1, 2.0)
    assert image.size == plain.size
    assert image.tobytes() != plain.tobytes()


def test_a_page_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Asking for a page beyond the last names the pages there are."""
    path = printed(tmp_path / "p.pdf", lambda paper: paper.text(80, 60, "正文"))
    with pytest.raises(UnreadableFile, match="1 to 1"):
        render(path, 2)
