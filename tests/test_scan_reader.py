"""The scan reader: levelling, ruled tables, paragraphs and slips of recognition, on drawn pages and on real scans."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from extract.errors import UnreadableFile
from extract.pages import Block, Reading, Table
from extract.readers import scan_engines
from extract.readers.scan import ReadPage, assembled, one_text, read_scan, recognised
from extract.readers.scan_engines import Piece, recognition
from extract.readers.scan_grid import GridArea, grids
from extract.readers.scan_ink import Rule, ink, level, rules, turned
from extract.readers.scan_lines import ScanLine, dashes, lines, margins, paragraphs
from extract.readers.scan_pages import ScannedPage, scanned_pages
from extract.readers.scan_words import set_right

PAGE = (1654, 2339)  # A4 at 200 dpi
SCALE = 200 / 72


def engine_or_skip(name: scan_engines.EngineName) -> scan_engines.Engine:
    """The engine, or a skipped test (failed under `CI=true`) where it is not installed."""
    try:
        return recognition(name)
    except UnreadableFile as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))


def drawn(boxes: list[tuple[int, int, int, int]], size: tuple[int, int] = PAGE) -> Any:
    """A page with rectangles drawn as rules, and some print."""
    page = Image.new("L", size, 235)
    draw = ImageDraw.Draw(page)
    for box in boxes:
        draw.rectangle(box, outline=40, width=3)
    for y in range(1700, 2100, 60):  # print: short strokes in level lines
        for x in range(200, 1400, 40):
            draw.rectangle((x, y, x + 22, y + 24), outline=30, width=2)
    return page


TABLE = [
    (200, 300, 500, 400),
    (500, 300, 1400, 400),
    (200, 400, 500, 800),
    (500, 400, 1400, 600),
    (500, 600, 1400, 800),
]


# ---------------------------------------------------------------- pictures


@pytest.mark.parametrize("angle", [0.0, 0.4, -1.3, 3.0, -4.6])
def test_a_turned_page_is_levelled(angle: float) -> None:
    """A page turned by up to five degrees is turned back to within a tenth."""
    page = drawn(TABLE).rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=235)
    assert turned(page) == pytest.approx(-angle, abs=0.11)


def test_a_page_without_lines_is_not_turned() -> None:
    """Where no angle is clearly best the page stays as it is."""
    assert turned(Image.new("L", PAGE, 230)) == 0.0


@pytest.mark.parametrize("angle", [0.0, 0.4, -2.0])
def test_a_ruled_table_is_found(angle: float) -> None:
    """Rules of a levelled page become rows and columns; where no rule parts two slots they are one cell."""
    page = drawn(TABLE).rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=235)
    (grid,) = grids(*rules(ink(level(page, turned(page)))))
    assert (len(grid.ys) - 1, len(grid.xs) - 1) == (3, 2)
    assert grid.begins[2, 0] == (1, 0)
    assert [grid.begins[at] == at for at in ((0, 0), (0, 1), (1, 0), (1, 1), (2, 1))] == [True] * 5


def test_a_frame_is_no_table() -> None:
    """A box around text has one column and parts nothing; strokes of letters are too short for rules."""
    assert grids(*rules(ink(drawn([(200, 300, 1400, 1500)])))) == []


def test_shadows_are_no_ink() -> None:
    """A ground that grows darker over the page has no ink; print on it has."""
    ground = Image.linear_gradient("L").resize(PAGE).point(lambda value: 120 + value // 3)
    assert ink(ground).getbbox() is None
    ImageDraw.Draw(ground).rectangle((500, 500, 520, 540), fill=20)
    assert ink(ground).getbbox() is not None


# ---------------------------------------------------------------- grids


@st.composite
def ruled(draw: st.DrawFn) -> tuple[list[Rule], list[Rule], dict[tuple[int, int], tuple[int, int]]]:
    """The rules of a grid with one merged cell, jittered and cut, and where each slot's cell begins."""
    rows, columns = draw(st.integers(2, 5)), draw(st.integers(3, 5))
    height, width = draw(st.integers(1, rows - 1)), draw(st.integers(1, columns - 1))
    top, left = draw(st.integers(0, rows - height)), draw(st.integers(0, columns - width))
    bottom, right = top + height - 1, left + width - 1
    jitter = st.floats(-3, 3)
    inside = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
    across, down = [], []
    for r in range(rows + 1):
        for c in range(columns):
            if not ((r, c) in inside and (r - 1, c) in inside):
                across.append(Rule(100 * r + draw(jitter), 300 * c, 300 * c + 300))
    for c in range(columns + 1):
        for r in range(rows):
            if not ((r, c) in inside and (r, c - 1) in inside):
                down.append(Rule(300 * c + draw(jitter), 100 * r, 100 * r + 100))
    begins = {(r, c): (top, left) if (r, c) in inside else (r, c) for r in range(rows) for c in range(columns)}
    return across, down, begins


@given(ruled())
def test_any_merged_cell_is_read(table: tuple[list[Rule], list[Rule], dict[tuple[int, int], tuple[int, int]]]) -> None:
    """Whatever rectangle of slots is merged, its slots are one cell and all others stand alone."""
    across, down, begins = table
    assert [grid.begins for grid in grids(across, down)] == [begins]


# ---------------------------------------------------------------- words and lines


@pytest.mark.parametrize(
    ("recognised_text", "printed"),
    [
        ("完成得5分(满分10分),否则不得分", "完成得5分（满分10分），否则不得分"),
        ("(区、市)人民政府", "（区、市）人民政府"),
        ("(试行）", "（试行）"),
        ("各省〈区、市)和《办法（试行）》", "各省（区、市）和《办法（试行）》"),
        ("领导小组(以下简称", "领导小组（以下简称"),
        ("工作小组)负责", "工作小组）负责"),
        ("2015 年 3 月", "2015年3月"),
        ("联系人：甲 乙", "联系人：甲 乙"),
        ("噪声≤56dB(A)", "噪声≤56dB(A)"),
        ("GB/T 50362 f(x, y)", "GB/T 50362 f(x, y)"),
        ("1,000万元", "1,000万元"),
        ("比例为3:1", "比例为3:1"),
        ("要求:按时", "要求：按时"),
        ("2.5", "2.5"),
    ],
)
def test_slips_of_recognition(recognised_text: str, printed: str) -> None:
    """Half-width marks and spaces in Chinese text are set right; Latin text and figures stay."""
    assert set_right(recognised_text) == printed


@given(st.text("甲乙,;:()（）A1. ，。", max_size=12))
def test_setting_right_changes_marks_only(text: str) -> None:
    """Letters and figures stay as they are and in order: only marks and spaces change."""
    plain = [c for c in unicodedata.normalize("NFKC", text) if c.isalnum()]
    assert [c for c in unicodedata.normalize("NFKC", set_right(text)) if c.isalnum()] == plain


def line(text: str, x0: float, y: float, x1: float, confidence: float = 1.0) -> Piece:
    return Piece(text, (x0, y, x1, y + 50), confidence)


BODY = [
    line("关于某事的通知", 600, 100, 1000),
    line("　甲" * 9, 276, 180, 1400),
    line("乙" * 20, 200, 260, 1400),
    line("丙。", 200, 340, 280),
    line("丁" * 18, 276, 420, 1400),
    line("戊" * 20, 200, 500, 1400),
    line("己" * 20, 200, 580, 1390),
    line("一、庚" * 5, 200, 660, 1400),
    line("辛" * 20, 200, 740, 1400),
    line("某办公室", 1000, 900, 1300),
]


def test_lines_become_paragraphs() -> None:
    """A full line goes on in the next that begins at the margin; indents, ends, numbers, gaps part paragraphs."""
    page = lines(BODY)
    found = [
        "".join(part.text[:1].strip() or part.text[1:2] for part in group)
        for group in paragraphs(page, margins(page, page))
    ]
    assert found == ["关", "甲乙丙", "丁戊己一辛", "某"]


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        (["一、甲甲甲", "二、乙乙乙", "三、丙丙丙"], 3),
        (["甲甲甲的条件", "一、乙乙乙"], 2),
        (["甲甲甲和第", "九、十条规定"], 1),
        (["甲甲甲的，按", "第三条的标准"], 1),
        (["甲甲甲。", "3.乙乙乙"], 2),
        (["甲甲甲在", "3.5公里以内"], 1),
    ],
)
def test_numbers_at_the_margin(texts: list[str], groups: int) -> None:
    """Full lines under one another are paragraphs by their numbers, but not where a number stands inside a sentence."""
    page = lines([line(text, 200, 100 + 80 * i, 1400) for i, text in enumerate(texts)])
    assert len(list(paragraphs(page, margins(page, page)))) == groups


def test_pieces_of_a_line_are_put_together() -> None:
    """Pieces at one height are a line, left to right; a wide gap parts two lines."""
    pieces = [
        line("乙", 300, 103, 340),
        line("甲", 200, 100, 290),
        line("右", 1200, 101, 1300),
        line("下", 200, 170, 240),
    ]
    assert [found.text for found in lines(pieces)] == ["甲乙", "右", "下"]
    assert lines(pieces)[0].confidence == 1.0


def test_words_of_tesseract_are_put_together() -> None:
    """Chinese words stand side by side, Latin words keep their space."""
    words = [
        line("质量", 200, 100, 290),
        line("强市", 292, 100, 380),
        line("GB/T", 390, 100, 480),
        line("19001", 500, 100, 600),
    ]
    assert ScanLine(tuple(words)).text == "质量强市GB/T 19001"


@pytest.mark.parametrize(
    ("texts", "fixed"),
    [
        (["—甲", "一乙丙", "一丁戊"], ["—甲", "—乙丙", "—丁戊"]),
        (["一甲", "—乙"], ["—甲", "—乙"]),
        (["—甲", "一、乙", "一是丙"], ["—甲", "一、乙", "一是丙"]),
        (["甲", "一乙"], ["甲", "一乙"]),
        ([], []),
    ],
)
def test_dashes_beside_dashes(texts: list[str], fixed: list[str]) -> None:
    """一 at the beginning of an item is a dash only where an item beside it begins with one."""
    assert dashes(texts) == fixed


def test_one_text() -> None:
    """Lines of a paragraph are joined without spaces, but between Latin words."""
    assert one_text(["质量", "强市 A", "B"]) == "质量强市 A B"


# ---------------------------------------------------------------- pages


def page_of(pieces: list[Piece], number: int, tables: tuple[tuple[GridArea, tuple[Piece, ...]], ...] = ()) -> ReadPage:
    return ReadPage(number, PAGE, SCALE, 0.0, tables, tuple(lines(pieces)))


def test_page_numbers_and_running_heads_are_leftovers() -> None:
    """A number at the edge, and a line at the edge that returns on three pages, are left over by name."""
    pages = [
        page_of(
            [line("某市文件", 700, 60, 900), line(f"第{word}段", 200, 1000, 900), line(f"- {n} -", 800, 2200, 900)], n
        )
        for n, word in enumerate("甲乙丙", 1)
    ]
    reading = assembled(pages)
    assert [block.text for page in reading.pages for block in page.content if isinstance(block, Block)] == [
        "第甲段", "第乙段", "第丙段",
    ]  # fmt: skip
    assert Counter(left.kind for left in reading.leftovers) == {"page_number": 3, "running_head": 3}


def test_cells_of_a_ruled_table() -> None:
    """Text goes to its cell, in lines; merged-away cells are None, blank ones ''; a piece over a rule is cut."""

    def recognise(picture: Any) -> list[Piece]:
        return [
            line("序号要求", 460, 325, 560, 0.7),
            line("甲乙(1分)", 220, 450, 480),
            line("丙丁", 220, 510, 300, 0.6),
            line("上文", 200, 200, 300),
            line("下文", 200, 900, 300),
            line("戊", 520, 650, 600),
        ]

    page = recognised(ScannedPage(1, drawn(TABLE), SCALE), recognise)
    above, table, below = assembled([page]).pages[0].content
    assert isinstance(above, Block)
    assert isinstance(table, Table)
    assert isinstance(below, Block)
    assert (above.text, below.text) == ("上文", "下文")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["序号", "要求"], ["甲乙（1分）\n丙丁", ""], [None, "戊"],
    ]  # fmt: skip
    assert (table.rows[1][0].place.confidence, table.rows[1][0].raw) == (0.6, "甲乙(1分)\n丙丁")
    assert table.rows[1][1].place.confidence is None
    x0, top, x1, bottom = table.rows[1][0].place.boxes[0].bbox
    assert (x0, top, x1, bottom) == pytest.approx((200 / SCALE, 400 / SCALE, 500 / SCALE, 800 / SCALE), abs=1.0)


def test_boxes_lie_on_the_page_as_it_was_scanned() -> None:
    """A place of a levelled page is turned back to where it stands in the file."""
    page = ReadPage(1, PAGE, SCALE, 3.0, (), ())
    turned_page = drawn([]).rotate(-3.0, fillcolor=235)
    draw = Image.new("L", PAGE, 0)
    ImageDraw.Draw(draw).rectangle((300, 400, 320, 420), fill=255)
    seen = draw.rotate(-3.0).getbbox()
    assert turned_page.size == PAGE
    assert seen is not None
    found = page.place([(300, 400, 320, 420)]).boxes[0].bbox
    assert [value * SCALE for value in found] == pytest.approx(seen, abs=2.0)


# ---------------------------------------------------------------- files that cannot be read


def test_without_recognition_the_message_names_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No engine is no stack trace: one line names the extra and the Debian packages."""
    monkeypatch.setattr(scan_engines, "_rapidocr", lambda: None)
    monkeypatch.setattr(scan_engines, "tesseract", lambda: None)
    drawn([]).save(tmp_path / "a.png")
    with pytest.raises(UnreadableFile, match=r"zhibiao\[ocr\].*tesseract-ocr-chi-sim"):
        read_scan(tmp_path / "a.png")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.pdf", b""),
        ("a.pdf", b"%PDF-1.4\nnothing"),
        ("a.png", b""),
        ("a.jpg", b"\xff\xd8\xff\xe0 cut"),
        ("a.tif", b"II*\0"),
    ],
)
def test_a_damaged_file_says_so_in_one_line(name: str, raw: bytes, tmp_path: Path) -> None:
    """A file that cannot be opened is an UnreadableFile of one line."""
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(UnreadableFile) as error:
        list(scanned_pages(path))
    assert "\n" not in str(error.value)


def test_a_truncated_picture_says_so(tmp_path: Path) -> None:
    """A picture cut off in the middle is damaged, and not half a page."""
    drawn(TABLE).save(tmp_path / "a.png")
    whole = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFile, match="damaged"):
        list(scanned_pages(tmp_path / "a.png"))


def test_a_picture_beyond_the_bounds_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Pages and pixels are bounded before they are unpacked."""
    monkeypatch.setattr("extract.readers.scan_pages.MOST_PIXELS", 1000)
    drawn([]).save(tmp_path / "a.png")
    with pytest.raises(UnreadableFile, match="pixels"):
        list(scanned_pages(tmp_path / "a.png"))


def test_every_picture_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    """A TIFF of two pictures has two pages, transparent ground is white paper."""
    first = Image.new("RGBA", (595, 800), (0, 0, 0, 0))
    first.save(tmp_path / "a.tif", save_all=True, append_images=[first])
    pages = list(scanned_pages(tmp_path / "a.tif"))
    assert [page.number for page in pages] == [1, 2]
    assert pages[0].picture.getpixel((5, 5)) == 255


def test_a_page_without_text_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A scan in which nothing was recognised holds no document."""
    monkeypatch.setattr("extract.readers.scan.recognition", lambda name: lambda picture: [])
    drawn([]).save(tmp_path / "a.png")
    with pytest.raises(UnreadableFile, match="no text was recognised"):
        read_scan(tmp_path / "a.png")


# ---------------------------------------------------------------- real scans


def printed_words(text: str) -> str:
    """Text as scans are compared: without white space, page numbers' dashes and the blanks of forms."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c not in "—-_＿")


def words_of(reading: Reading, number: int) -> str:
    texts = []
    for block in reading.pages[number - 1].content:
        if isinstance(block, Block):
            texts.append(block.text)
        else:
            texts += [cell.text or "" for row in block.rows for cell in row]
    texts += [left.text for left in reading.leftovers if left.place.page == number]
    return printed_words("".join(texts))


def pdf_words(path: Path, number: int) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return printed_words(document[number - 1].get_textpage().get_text_range())
    finally:
        document.close()


def likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@pytest.mark.parametrize(("engine", "least"), [("rapidocr", 0.995), ("tesseract", 0.97)])
def test_a_scanned_page_reads_as_it_was_printed(
    engine: scan_engines.EngineName, least: float, shared: Path, tmp_path: Path
) -> None:
    """One page of print, turned and noisy, reads as the text of the file it was printed from."""
    recognise = engine_or_skip(engine)
    native = shared / "corpus" / "native"
    page = next(page for page in scanned_pages(native / "notice-2013.scan.pdf") if page.number == 3)
    reading = assembled([recognised(ScannedPage(1, page.picture, page.scale), recognise)])
    assert likeness(words_of(reading, 1), pdf_words(native / "notice-2013.pdf", 3)) >= least
    assert {left.kind for left in reading.leftovers} <= {"page_number"}
    confidences = [block.place.confidence for block in reading.pages[0].content]
    assert all(confidence is not None and 0 < confidence <= 1 for confidence in confidences)


@pytest.mark.slow
def test_a_whole_scan_reads_as_it_was_printed(shared: Path) -> None:
    """Every page of the scanned notice has the characters of the print, its scored table all its rows."""
    engine_or_skip("rapidocr")
    native = shared / "corpus" / "native"
    reading = read_scan(native / "notice-2013.scan.pdf")
    missing = total = 0
    for page in reading.pages:
        assert page.number is not None
        truth = Counter(pdf_words(native / "notice-2013.pdf", page.number))
        missing += sum((truth - Counter(words_of(reading, page.number))).values())
        total += sum(truth.values())
    assert missing <= 0.003 * total
    tables = [block for page in reading.pages[6:8] for block in page.content if isinstance(block, Table)]
    assert [[row[0].text for row in table.rows] for table in tables] == [
        ["序号", *map(str, range(1, 5))], ["序号", *map(str, range(5, 18))],
    ]  # fmt: skip


@pytest.mark.slow
def test_a_real_scan_reads(shared: Path) -> None:
    """A scan as an office published it: articles begin paragraphs, page numbers are leftovers."""
    engine_or_skip("rapidocr")
    reading = read_scan(shared / "corpus" / "others" / "pingshan-collective-economy-scan.pdf")
    texts = [block.text for page in reading.pages for block in page.content if isinstance(block, Block)]
    assert sum(text.startswith(("第", "（")) for text in texts) > 20
    assert sum(left.kind == "page_number" for left in reading.leftovers) == len(reading.pages)
