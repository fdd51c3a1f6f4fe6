"""Old Word files: read through LibreOffice, cross-checked with antiword, else refused in one line."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import grids, program, texts
from docx import Document
from made_word import level, listed, lists, paragraph, word_file

import extract.readers.doc as doc_reader
from extract.document import extract
from extract.errors import UnreadableFile
from extract.pages import Block, Cell, Page, Place, Reading, Table
from extract.readers import antiword
from extract.readers.doc import convert_docs, read_doc, read_docs
from extract.readers.docx import read_docx
from extract.readers.signatures import signature

RTF = r"{\rtf1\ansi\ansicpg936 Quality 2016\par Target 95%%\par}".replace("%%", "%")


@pytest.fixture
def docx(tmp_path: Path) -> Path:
    """A DOCX with a paragraph and a table."""
    document = Document()
    document.add_paragraph("工作方案")
    table = document.add_table(2, 2)
    for place, text in zip(((0, 0), (0, 1), (1, 0), (1, 1)), ("指标", "分值", "合格率", "20"), strict=True):
        table.cell(*place).text = text
    document.save(str(tmp_path / "plan.docx"))
    return tmp_path / "plan.docx"


@pytest.fixture
def office() -> str:
    """LibreOffice."""
    return program("soffice")


# ---------------------------------------------------------------- with LibreOffice


def test_a_doc_reads_as_its_docx(shared: Path, office: str) -> None:
    """A DOC gives the paragraphs, tables and facts of the DOCX it was saved from, and nothing to doubt."""
    program("antiword")
    native = shared / "corpus" / "native"
    found, wanted = read_doc(native / "zhengzhou.doc"), read_docx(native / "zhengzhou.docx")
    assert (found.format, found.doubts) == ("doc", ())
    assert (texts(found), grids(found)) == (texts(wanted), grids(wanted))
    assert extract(found).facts == extract(wanted).facts


def test_several_files_in_one_run(tmp_path: Path, docx: Path, office: str) -> None:
    """Files of one name from two folders, a damaged one, an RTF and a DOCX by mistake: each its own answer."""
    rtf, named_doc, broken = tmp_path / "a" / "x.doc", tmp_path / "-x.doc", tmp_path / "b" / "x.doc"
    rtf.parent.mkdir()
    broken.parent.mkdir()
    rtf.write_text(RTF, encoding="ascii")
    named_doc.write_bytes(docx.read_bytes())
    broken.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le") + bytes(500))
    found = dict(read_docs([rtf, named_doc, broken]))
    good, other, bad = found[rtf], found[named_doc], found[broken]
    assert isinstance(good, Reading)
    assert (good.format, texts(good)) == ("doc", ["Quality 2016", "Target 95%"])
    assert isinstance(other, Reading)
    assert (other.format, grids(other)) == ("docx", [[["指标", "分值"], ["合格率", "20"]]])
    assert isinstance(bad, UnreadableFile)
    assert "\n" not in str(bad)


def test_a_docx_by_name_that_is_an_rtf(tmp_path: Path, office: str) -> None:
    """The content goes before the ending."""
    path = tmp_path / "x.docx"
    path.write_text(RTF, encoding="ascii")
    assert texts(read_docx(path)) == ["Quality 2016", "Target 95%"]


def test_nothing_is_left_behind(tmp_path: Path, office: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies, profile and results lie in a folder of their own, which is gone afterwards."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = tmp_path / "x.doc"
    path.write_text(RTF, encoding="ascii")
    read_doc(path)
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("zhibiao")] == []


def test_a_run_that_takes_too_long_is_ended(tmp_path: Path, office: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice is given its time and no more."""
    monkeypatch.setattr(doc_reader, "START_SECONDS", 0.05)
    monkeypatch.setattr(doc_reader, "FILE_SECONDS", 0.05)
    path = tmp_path / "x.doc"
    path.write_text(RTF, encoding="ascii")
    with pytest.raises(UnreadableFile, match="too long"):
        read_doc(path)


def test_numbers_of_lists_are_those_libreoffice_prints(tmp_path: Path, office: str) -> None:
    """The numbers the DOCX reader resolves are those LibreOffice writes into plain text."""
    numbering = lists(
        level(0, "chineseCountingThousand", "第%1条")
        + level(1, "chineseCountingThousand", "（%2）")
        + level(2, "decimal", "%3.")
        + level(3, "decimal", "%3.%4")
        + level(4, "decimalEnclosedCircle", "%5")
        + level(5, "ideographTraditional", "%6、")
        + level(6, "upperLetter", "%7.")
        + level(7, "lowerRoman", "%8)"),
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride>',
    )
    places = [(0, 1), (1, 1), (1, 1), (2, 1), (3, 1), (3, 1), (4, 1), (4, 1), (5, 1), (5, 1), (6, 1), (7, 1), (7, 1)]
    places += [(0, 1)] * 11 + [(1, 1), (2, 1), (0, 2), (0, 2), (1, 2)]
    body = "".join(listed("目标", number, at) for at, number in places)
    path = word_file(tmp_path / "lists.docx", body + paragraph("完"), numbering=numbering)
    command = [office, f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to"]
    command += ["txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    printed = (tmp_path / "lists.txt").read_text(encoding="utf-8-sig").splitlines()
    assert [_plain(text) for text in texts(read_docx(path))] == [_plain(line) for line in printed if line.strip()]


def _plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    "length", [26_000, pytest.param(600, marks=pytest.mark.slow), pytest.param(50_000, marks=pytest.mark.slow)]
)
def test_a_truncated_doc_is_refused(shared: Path, office: str, tmp_path: Path, length: int) -> None:
    """A DOC cut off anywhere ends in one line; LibreOffice does not read its bytes as plain text."""
    path = tmp_path / "x.doc"
    path.write_bytes((shared / "corpus" / "native" / "zhengzhou.doc").read_bytes()[:length])
    with pytest.raises(UnreadableFile) as raised:
        read_doc(path)
    assert "\n" not in str(raised.value)


# ---------------------------------------------------------------- without


def test_without_libreoffice_the_message_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says what to install, and what to do instead."""
    monkeypatch.setattr("shutil.which", lambda name: None)
    path = tmp_path / "x.doc"
    path.write_text(RTF, encoding="ascii")
    with pytest.raises(UnreadableFile, match=r"libreoffice-writer.*DOCX"):
        read_doc(path)
    assert isinstance(convert_docs([path])[path], UnreadableFile)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
FIB = b"\xec\xa5" + bytes(8)


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        (b"", "empty", "is empty"),
        (bytes(4096), "empty", "is empty"),
        (OLE + "EncryptedPackage\0".encode("utf-16-le"), "encrypted", "password"),
        (OLE + FIB + b"\x00\x01" + "WordDocument\0".encode("utf-16-le"), "encrypted", "password"),
        (OLE + "Workbook\0".encode("utf-16-le"), "xls", "XLSX"),
        (OLE + "PowerPoint Document\0".encode("utf-16-le"), "ppt", "PDF"),
        (OLE + "Bookmarks\0".encode("utf-16-le"), "ole", "damaged"),
        (b"%PDF-1.4", "pdf", r"ending \.pdf"),
        ("<!DOCTYPE html><html><body>质量".encode("gb18030"), "html", r"ending \.html"),
        ("\ufeff<html><body>质量".encode("utf-16-le"), "html", r"ending \.html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", "mhtml", "MHTML"),
        ("质量工作要点".encode(), "text", r"ending \.txt"),
        (b"\x89PNG\r\n", "image", "picture"),
        (b"Rar!\x1a\x07", "archive", "unpack"),
        (b"PK\x03\x04" + bytes(100), "zip", "damaged"),
    ],
)
def test_other_files_are_refused_in_one_line(tmp_path: Path, content: bytes, kind: str, message: str) -> None:
    """What is no Word file is told by its first bytes, whatever its name says, by both Word readers."""
    for name, reader in (("x.doc", read_doc), ("x.docx", read_docx)):
        path = tmp_path / name
        path.write_bytes(content)
        assert signature(path) == kind
        with pytest.raises(UnreadableFile, match=message) as raised:
            reader(path)
        assert "\n" not in str(raised.value)


def test_a_docx_named_doc_is_read(tmp_path: Path, docx: Path) -> None:
    """A DOCX named .doc needs no LibreOffice."""
    path = docx.rename(tmp_path / "plan.doc")
    assert (read_doc(path).format, texts(read_doc(path))) == ("docx", ["工作方案"])


# ---------------------------------------------------------------- the cross-check

ROWS = "|指标    |分值    |\n|合格率  |20      |\n"


def reading_of(*content: Block | Table) -> Reading:
    return Reading("doc", (Page(None, content),))


def table_of(*rows: tuple[str | None, ...]) -> Table:
    return Table(tuple(tuple(Cell(text, Place()) for text in cells) for cells in rows), Place())


@pytest.mark.parametrize(
    ("printed", "tables"),
    [(ROWS, 1), (f"{ROWS}说明\n{ROWS}", 2), ("|一格|\n|两格|\n", 0), ("第一|第二\n", 0), ("", 0)],
)
def test_tables_that_antiword_prints(printed: str, tables: int) -> None:
    """Rows of two cells at least, with text between one table and the next."""
    assert antiword.tables(printed) == tables


GIVEN = table_of(("指标", "分值"), ("合格率", "20"))
LOOSE = tuple(Block(text, Place()) for text in ("指标", "分值", "合格率", "20"))


@pytest.mark.parametrize(
    ("content", "doubts"),
    [((GIVEN,), []), (LOOSE, ["lost_table"]), ((GIVEN, GIVEN), [])],
)
def test_lost_tables_are_doubts(content: tuple[Block | Table, ...], doubts: list[str]) -> None:
    """Fewer tables than antiword prints are reported; the text is still there."""
    assert [kind for kind, _ in antiword.lost_tables(ROWS, reading_of(*content))] == doubts


def test_lost_text_is_a_doubt() -> None:
    """Missing characters are reported from a share of the text on; white space and rules do not count."""
    printed = "质量强市工作方案" * 50
    whole = reading_of(Block(printed, Place()))
    assert list(antiword.lost_text(f"| {printed} |\n----", whole)) == []
    half = reading_of(Block("质量强市工作方案" * 25, Place()))
    ((kind, message),) = antiword.lost_text(printed, half)
    assert (kind, message[:32]) == ("lost_text", "LibreOffice lost 200 of 400 char")


def test_the_cross_check_runs_on_a_doc(shared: Path, office: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What antiword prints of the file itself is compared with what LibreOffice gave of it."""
    program("antiword")
    path = shared / "corpus" / "native" / "zhengzhou.doc"
    text = antiword.printed(path)
    assert text is not None
    assert antiword.tables(text) == 5
    loose = word_file_bytes(paragraph("郑州市人民政府文件"))
    monkeypatch.setattr(doc_reader, "convert_docs", lambda paths: dict.fromkeys(paths, loose))
    assert [kind for kind, _ in read_doc(path).doubts] == ["lost_table", "lost_text"]


def word_file_bytes(body: str) -> bytes:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        return word_file(Path(folder, "x.docx"), body).read_bytes()


def test_antiword_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without antiword, or for a file it cannot read, there is nothing to compare."""
    path = tmp_path / "x.doc"
    path.write_bytes(OLE)
    assert antiword.printed(path) is None

    def nothing(name: str) -> Any:
        return None

    monkeypatch.setattr("shutil.which", nothing)
    assert antiword.printed(path) is None
