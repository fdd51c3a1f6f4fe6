"""`kb.recognition`: which readings are one document, and which look alike and are two."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from made_extractions import made

from extract.document import read_document
from extract.records import Extraction, Head, Passage
from kb.base import memory_base, transaction
from kb.load import load_document

TITLE = "甲市人民政府关于印发甲市质量提升行动方案（2014—2016年）的通知"
NUMBER = "甲政发〔2014〕3号"


def load(connection: sqlite3.Connection, extraction: Extraction) -> tuple[str, str]:
    with transaction(connection):
        number = connection.execute("select count(*) from revisions").fetchone()[0]
        loaded = load_document(connection, extraction, source="in/a.txt", sha256=f"sha-{number}")
    return loaded.status, loaded.document_id


def other_text(extraction: Extraction) -> Extraction:
    """The same head over another text: every character is another one."""

    def turned(passage: Passage) -> Passage:
        return replace(passage, text="".join(chr(ord(char) + 777) for char in passage.text))

    return replace(extraction, passages=tuple(map(turned, extraction.passages)), facts=())


def plan(title: str = TITLE, number: str | None = NUMBER, text: bool = True, **head: str | None) -> Extraction:
    extraction = made(title, number, **head)  # type: ignore[arg-type]
    return extraction if text else other_text(extraction)


SAME = {
    "another style of brackets": plan(number="甲政发[2014]3号"),
    "full width and spaces": plan(
        "甲市人民政府 关于印发甲市质量提升行动方案（２０１４—２０１６年）的通知", "甲政发（２０１４）３ 号"
    ),
    "no 文号 in this copy": plan(number=None),
    "the plan without its notice": plan("甲市质量提升行动方案（2014-2016年）", None),
    "the plan in 《》": plan(
        "甲市人民政府关于印发《甲市质量提升行动方案（2014—2016年）》的通知", None, issued_on="2014"
    ),
    "a character misread": plan("甲市人民政府关于印发甲市质星提升行动方案（2014—2016年）的通知", None),
    "no date and no 文号, the same text": plan(number=None, issued_on=None),
    "no region, the same text": plan(number=None, region=None),
    "another text under one 文号 and title": plan(text=False),
    "another text, title, region and year the same": plan(number=None, text=False),
}
OTHER = {
    "another 文号": plan(number="甲政发〔2014〕13号"),
    "the plan of another district": plan(number=None, region="330200"),
    "of another year": plan(number=None, issued_on="2015-01"),
    "for other years": plan("甲市人民政府关于印发甲市质量提升行动方案（2017—2019年）的通知", None),
    "a draft": plan("甲市质量提升行动方案（2014—2016年）（征求意见稿）", None),
    "a draft that asks opinions": plan("关于公开征求《甲市质量提升行动方案（2014—2016年）》意见的公告", None),
    "on trial": plan("甲市质量提升行动方案（2014—2016年）（试行）", None),
    "a digest": plan(origin="digest"),
    "an annex under the 文号 of its notice": plan("甲市重点企业名单", text=False),
    "no date, no 文号, another text": plan(number=None, issued_on=None, text=False),
    "a title somewhat alike, another text": plan("甲市质量提升行动计划（2014—2016年）", None, text=False),
    "forwarded by another body": plan("乙县人民政府转发甲市人民政府关于质量提升行动方案的通知", None, region="330102"),
    "no title": plan("", None),
}


@pytest.mark.parametrize("again", SAME.values(), ids=SAME.keys())
def test_one_document(again: Extraction) -> None:
    """However its 文号 and title are spelled, a document is known again, in either order."""
    for one, other in ((plan(), again), (again, plan())):
        base = memory_base()
        (_, first), (status, second) = load(base, one), load(base, other)
        assert (status in ("revised", "kept"), first) == (True, second)


@pytest.mark.parametrize("again", OTHER.values(), ids=OTHER.keys())
def test_two_documents(again: Extraction) -> None:
    """What something known of both tells apart is never merged, in either order."""
    for one, other in ((plan(), again), (again, plan())):
        base = memory_base()
        (_, first), (status, second) = load(base, one), load(base, other)
        assert (status, first != second) == ("added", True)


def test_districts_without_a_known_region_are_told_apart_by_their_text() -> None:
    """Plans of one name and year, region unread: another text is another plan."""
    base = memory_base()
    head = {"number": None, "region": None}
    load(base, plan("质量工作计划", **head))  # type: ignore[arg-type]
    assert load(base, plan("质量工作计划", text=False, **head))[0] == "added"  # type: ignore[arg-type]
    assert load(base, plan("质量工作计划", **head))[0] == "revised"  # type: ignore[arg-type]


def scan(extraction: Extraction) -> Extraction:
    """The same words, recognised from pictures."""
    passages = tuple(replace(p, place=replace(p.place, confidence=0.9)) for p in extraction.passages)
    return replace(extraction, format="scan", passages=passages)


def test_a_misread_number_is_no_other_number() -> None:
    """In a scan one wrong character of the 文号 does not make another document; in texts it does."""
    other = plan(number="甲政发〔2014〕8号")
    for one, two in ((plan(), scan(other)), (scan(other), plan())):
        base = memory_base()
        (_, first), (status, second) = load(base, one), load(base, two)
        assert (first == second, status) == (True, "kept" if two.format == "scan" else "revised")
    base = memory_base()
    load(base, plan())
    assert load(base, other)[0] == "added"
    assert load(base, scan(plan(number="甲政发〔2015〕5号")))[0] == "added"


NATIVE = {
    "changzhou": ("docx", "pdf"),
    "guide-2009": ("docx", "pdf", "xlsx"),
    "notice-2013": ("docx", "pdf"),
    "yancheng": ("docx", "pdf"),
    "zhengzhou": ("docx", "pdf", "html"),
}


def test_the_real_documents_are_known_in_every_format(shared: Path) -> None:
    """Eleven rebuilt files are readings of five texts, and no other file is any of them or of another one."""
    base = memory_base()
    texts = sorted((shared / "corpus" / "text").iterdir())
    known = {file.stem: load(base, read_document(file))[1] for file in texts}
    assert len(set(known.values())) == 5
    for name, suffixes in NATIVE.items():
        for suffix in suffixes:
            _, document_id = load(base, read_document(shared / "corpus" / "native" / f"{name}.{suffix}"))
            assert document_id == known[name], (name, suffix)
    others = [
        file
        for file in sorted((shared / "corpus" / "others").iterdir())
        if "scan" not in file.name and file.suffix != ".docx"
    ]
    added = [load(base, read_document(file)) for file in others]
    assert [status for status, _ in added] == ["added"] * len(others)
    copy = shared / "corpus" / "others" / "shicheng-river-chief-departments.docx"
    assert load(base, read_document(copy))[1] in {document_id for _, document_id in added}


def test_an_extraction_names_its_document() -> None:
    """The made documents differ in what the test says alone."""
    assert plan().head == Head(**{name: getattr(plan().head, name) for name in Head.__slots__})
    assert other_text(plan()).passages[0].text != plan().passages[0].text
