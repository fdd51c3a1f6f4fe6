"""Provenance is total and nothing is dropped: proved over every text document in reach."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from conftest import ROOT, shared_path
from documents.made import made_document
from documents.writers import WRITERS

from extract.document import read_document
from extract.readers.decode import decode
from extract.records import Assignment, Citation, Clause, Extraction, PlanItem, ScoreRule, Threshold
from extract.text import contains

DIGESTS = sorted(path.name for path in (ROOT / "corpus").glob("*-digest.*") if path.suffix != ".toml")
MADE = ["made.txt"]
TEXTS = ["changzhou.txt", "guide-2009.txt", "notice-2013.txt", "yancheng.md", "zhengzhou.txt"]


def path_of(name: str) -> Path:
    """A bundled digest, a made-up document, or a real one."""
    if name in DIGESTS:
        return ROOT / "corpus" / name
    return made(name) if name in MADE else shared_path() / "corpus" / "text" / name


@cache
def made(name: str) -> Path:
    """A made-up document as a text file."""
    path = Path(mkdtemp()) / name
    WRITERS[path.suffix](made_document(7), path)
    return path


@cache
def read(path: Path) -> Extraction:
    return read_document(path)


everywhere = pytest.mark.parametrize("name", [*DIGESTS, *MADE, *TEXTS])
in_texts = pytest.mark.parametrize("name", [*MADE, *TEXTS])  # other formats have tests of their own


@in_texts
def test_every_character_is_in_a_passage_or_a_leftover(name: str) -> None:
    """The non-blank characters of the source are those of the passages (`raw` where set) and the leftovers together."""
    found = read(path_of(name))
    source = Counter("".join(decode(path_of(name).read_bytes()).split()))
    kept = Counter("".join("".join((passage.raw or passage.text).split()) for passage in found.passages))
    kept += Counter("".join("".join(leftover.text.split()) for leftover in found.leftovers))
    assert (source - kept, kept - source) == (Counter(), Counter())


@everywhere
def test_every_printed_fragment_stands_in_its_passage(name: str) -> None:
    """Titles, conditions, item texts, names as printed and threshold fragments are words of the passage they name."""
    found = read(path_of(name))
    passages = {passage.ordinal: passage.text for passage in found.passages}
    for fact in found.facts:
        match fact:
            case Clause(title=printed) | PlanItem(text=printed) | Threshold(text=printed):
                pass
            case ScoreRule(condition=printed) | Assignment(raw=printed):
                pass
            case Citation(cited_title=title, cited_number=number):
                printed = title or number or ""
            case _:
                continue
        assert contains(passages[fact.passage], printed), (fact, passages[fact.passage])


@everywhere
def test_every_owner_is_a_record_of_the_document(name: str) -> None:
    """Codes of clauses and plan items are unique; parents, owners and rules that facts name exist."""
    found = read(path_of(name))
    clauses = [fact.code for fact in found.facts if isinstance(fact, Clause)]
    items = [fact.code for fact in found.facts if isinstance(fact, PlanItem)]
    rules = {(fact.clause, fact.ordinal) for fact in found.facts if isinstance(fact, ScoreRule)}
    assert (len(set(clauses)), len(set(items))) == (len(clauses), len(items))
    for fact in found.facts:
        match fact:
            case Clause(parent=clause) | PlanItem(clause=clause):
                assert clause is None or clause in clauses, fact
            case Threshold(clause=clause, plan_item=item, rule=rule):
                assert clause is None or clause in clauses, fact
                assert item is None or item in items, fact
                assert rule is None or (clause, rule) in rules, fact
            case Assignment(clause=clause, plan_item=item):
                assert (clause in clauses) != (item in items), fact
            case _:
                pass


@everywhere
def test_passages_count_from_one_and_place_their_text(name: str) -> None:
    """Ordinals are the reading order without gaps; a passage has a line or page, a cell its table, row and column."""
    found = read(path_of(name))
    assert [passage.ordinal for passage in found.passages] == list(range(1, len(found.passages) + 1))
    for passage in found.passages:
        assert (passage.place.line or passage.place.page or 0) >= 1
        assert (passage.kind == "cell") == (passage.table_no is not None and passage.column_no is not None)
