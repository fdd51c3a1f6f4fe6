"""The same facts come out whatever the file: every rebuilt document is compared with what its text gives."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from conftest import program, shared_path

from extract.document import read_document
from extract.errors import UnreadableFile
from extract.formats import read_pages
from kb.base import memory_base, transaction
from kb.evaluation.evaluate import evaluate
from kb.evaluation.export import export_gold
from kb.evaluation.scores import Figures
from kb.load import load_document

TEXTS = {
    "changzhou": "changzhou.txt",
    "guide-2009": "guide-2009.txt",
    "notice-2013": "notice-2013.txt",
    "yancheng": "yancheng.md",
    "zhengzhou": "zhengzhou.txt",
}
# what the rebuilt files hold beyond the text (filled titles, a supplied letterhead, a date a web page adds)
FILLED = {
    ("changzhou", "thresholds"),
    ("changzhou", "thresholds_value_unit"),
    ("changzhou", "citations"),
    ("guide-2009", "document_fields"),
}
FILES = [
    *("changzhou.docx", "changzhou.pdf", "guide-2009.docx", "guide-2009.pdf", "guide-2009.xlsx"),
    *("notice-2013.docx", "notice-2013.pdf", "yancheng.docx", "yancheng.pdf"),
    *("zhengzhou.doc", "zhengzhou.docx", "zhengzhou.html", "zhengzhou.pdf"),
]


@cache
def text_facts(slug: str, folder: Path) -> Path:
    """The facts of the text, written out as annotations."""
    connection = memory_base()
    path = shared_path() / "corpus" / "text" / TEXTS[slug]
    with transaction(connection):
        load_document(connection, read_document(path), source=str(path), sha256="")
    return export_gold(connection, folder / slug)[0]


def figures(name: str, folder: Path) -> dict[str, Figures]:
    """How the facts of a rebuilt file agree with those of its text."""
    path = shared_path() / "corpus" / "native" / name
    gold = text_facts(name.split(".")[0], folder)
    connection = memory_base()
    with transaction(connection):
        load_document(connection, read_document(path), source=str(path), sha256="")
    return dict(evaluate(connection, [gold], {gold.name: path.name}).folders[gold.name])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("texts")


@pytest.mark.parametrize("name", FILES)
def test_a_rebuilt_file_gives_the_facts_of_its_text(name: str, folder: Path) -> None:
    """F1 of every kind of record against the text's own facts is at least 0.99, what was filled in excepted."""
    shared_path()
    if name.endswith(".doc"):
        program("soffice")
    slug = name.split(".")[0]
    low = {
        kind: figure.f1
        for kind, figure in figures(name, folder).items()
        if (figure.gold or figure.found) and figure.f1 < 0.99 and (slug, kind) not in FILLED
    }
    assert low == {}


@pytest.mark.slow
def test_a_scan_gives_the_facts_of_its_text(folder: Path) -> None:
    """F1 of every kind of record of the scan is at least 0.97."""
    shared_path()
    low = {k: v.f1 for k, v in figures("notice-2013.scan.pdf", folder).items() if (v.gold or v.found) and v.f1 < 0.97}
    assert low == {}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"", "empty"),
        ("a.docx", b"", "empty"),
        ("a.xlsx", b"", "empty"),
        ("a.doc", b"", "empty"),
        ("a.html", b"", "empty"),
        ("a.txt", b"", "empty"),
        ("a.pdf", b"%PDF-1.7\nnothing", "cut off"),
        ("a.docx", b"PK\x03\x04" + bytes(40), "damaged"),
        ("a.docx", b"%PDF-1.7\n" + bytes(40), "PDF"),
        ("a.pdf", "纯文本。".encode() * 20, "plain text"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "XLSX"),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "DOCX"),
        ("a.ofd", b"PK\x03\x04" + bytes(40), "PDF"),
        ("a.zip", b"PK\x03\x04" + bytes(40), "unpack"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "PDF"),
        ("a.xyz", b"anything", "no format"),
    ],
)
def test_what_cannot_be_read_ends_in_one_line_that_says_what_to_do(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    """Damaged, empty, mislabelled and foreign files raise one line with a word of advice."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as raised:
        read_pages(path)
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
