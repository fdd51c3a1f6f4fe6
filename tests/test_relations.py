"""Drafts, editions, repeals and forwards: documents of the base that are something to each other."""

from __future__ import annotations

import sqlite3
from itertools import permutations
from pathlib import Path

import pytest
from made_extractions import made

from extract.pages import Place
from extract.records import Extraction, Head, Passage, Relation
from extract.relations import relations
from kb.base import memory_base, transaction
from kb.load import load_document
from kb.revise.forget import forget

FINAL = "甲市质量工作考核办法"


def load(connection: sqlite3.Connection, extraction: Extraction) -> str:
    with transaction(connection):
        number = connection.execute("select count(*) from revisions").fetchone()[0]
        return load_document(connection, extraction, source="a", sha256=f"sha-{number}").document_id


def related(connection: sqlite3.Connection, names: dict[str, str]) -> set[tuple[str, str, str]]:
    rows = connection.execute("select document_id, relation, other_id from document_relations").fetchall()
    return {(names[row[0]], row[1], names[row[2]]) for row in rows}


def edition(title: str, year: str, number: str | None = None, region: str = "330100") -> Extraction:
    return made(title, number, issued_on=year, region=region, cites=())


WORKS = {
    "draft": edition(f"{FINAL}（征求意见稿）", "2012-03"),
    "trial": edition(f"甲市人民政府关于印发《{FINAL}（试行）》的通知", "2012-06", "甲政发〔2012〕6号"),
    "final": edition(f"甲市人民政府关于印发{FINAL}的通知", "2014-06", "甲政发〔2014〕6号"),
    "revised": edition(f"{FINAL}（2016年修订）", "2016-06", "甲政发〔2016〕6号"),
    "elsewhere": edition(f"{FINAL}（2016年修订）", "2016-06", "乙政发〔2016〕6号", region="330200"),
    "other": edition("甲市标准化工作考核办法（征求意见稿）", "2012-03"),
}
EXPECTED = {("draft", "draft_of", "trial"), ("final", "replaces", "trial"), ("revised", "replaces", "final")}


@pytest.mark.parametrize("order", list(permutations(WORKS))[::97])
def test_editions_find_each_other_in_every_order(order: tuple[str, ...]) -> None:
    """One core, one region and the marks of the titles say who is whose draft and who came after whom."""
    base = memory_base()
    names = {load(base, WORKS[name]): name for name in order}
    assert related(base, names) == EXPECTED


def saying(relation: str, title: str | None, number: str | None) -> Extraction:
    return made(extra=(Relation(relation, title, number, 6),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "number"), [("乙部质量纲要", "乙质发〔2012〕7号"), (None, "乙质发[2012]7号"), ("乙部《质量纲要》", None)]
)
@pytest.mark.parametrize("relation", ["repeals", "replaces", "forwards"])
def test_what_a_document_says_is_tied_when_the_other_arrives(relation: str, title: str | None, number: str) -> None:
    """By 文号, else by title, whichever of the two comes first; with the passage that says so."""
    other = made("乙部质量纲要", "乙质发〔2012〕7号" if number else None, region="100000", cites=())
    for first, second in ((saying(relation, title, number), other), (other, saying(relation, title, number))):
        base = memory_base()
        names = {load(base, extraction): extraction.head.title for extraction in (first, second)}
        assert related(base, names) == {("甲市质量工作考核方案", relation, "乙部质量纲要")}
        place = "select p.ordinal from document_relations n join passages p on p.id = n.passage_id"
        assert base.execute(place).fetchone()[0] == 6


def test_relations_go_with_what_says_them() -> None:
    """A revision that says it no more, and a document that is forgotten, leave none behind."""
    base = memory_base()
    names = {load(base, made("乙部纲要", "乙质发〔2012〕7号", cites=())): "other"}
    first = load(base, saying("repeals", None, "乙质发〔2012〕7号"))
    assert related(base, {**names, first: "own"}) == {("own", "repeals", "other")}
    assert load(base, made()) == first
    assert related(base, {**names, first: "own"}) == set()
    load(base, saying("repeals", None, "乙质发〔2012〕7号"))
    (other,) = names
    forget(base, Path("none.db"), other)
    assert base.execute("select count(*) from document_relations").fetchone()[0] == 0
    assert base.execute("select count(*) from stated_relations").fetchone()[0] == 1


def test_a_document_is_read_for_what_it_says() -> None:
    """Title and paragraphs, each relation once; cells and the document itself are left out."""
    texts = (
        ("heading", "甲市人民政府转发乙部关于加强质量工作的意见的通知"),
        (
            "paragraph",
            "自2015年起施行。《甲市质量奖办法》（甲政发〔2010〕3号）同时废止；甲政发〔2014〕3号不再执行。",
        ),
        ("paragraph", "再次说明，《甲市质量奖办法》（甲政发〔2010〕3号）同时废止。"),
        ("cell", "推动《甲市旧目录》予以废止"),
    )
    passages = [Passage(n, kind, text, Place()) for n, (kind, text) in enumerate(texts, 1)]  # type: ignore[arg-type]
    head = Head(texts[0][1], "甲政发〔2014〕3号", fields={"title": 1})
    assert list(relations(passages, head)) == [
        Relation("forwards", "乙部关于加强质量工作的意见", None, 1),
        Relation("repeals", "甲市质量奖办法", "甲政发〔2010〕3号", 2),
    ]
