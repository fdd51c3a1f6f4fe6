"""The words of made-up documents stand in no list of the project: nothing can be read for being known."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

from conftest import ROOT
from documents import words
from documents.cues import CUES
from documents.made import made_document
from documents.paper import Grid, Paper

TERMS = ROOT / "extract" / "terms"
CHINESE = re.compile(r"[一-鿿]{2,}")
CHINESE_RUN = re.compile(r"[一-鿿]+")
LONGEST = 40  # characters of the longest word or sentence


def strings(value: Any) -> Iterator[str]:
    """Every text of a list of terms, without the examples."""
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from strings(one)
        case dict():
            for key, one in value.items():
                if not key.startswith("example"):
                    yield key
                    yield from strings(one)


@cache
def known() -> frozenset[str]:
    """Every run of two or more Chinese characters in the lists of terms and in the gazetteers."""
    texts: list[str] = []
    for path in sorted(TERMS.glob("*.toml")):
        texts += strings(tomllib.loads(path.read_text(encoding="utf-8")))
    for path in sorted(TERMS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            texts += (cell for row in csv.reader(file) for cell in row)
    return frozenset(run for text in texts for run in CHINESE.findall(text))


def test_the_lists_are_read() -> None:
    assert len(known()) > 500


def test_no_list_holds_an_invented_word() -> None:
    """Neither stands an invented word in a list, nor a word of the lists in an invented one."""
    clashes = {f"{word} / {term}" for word in words.invented() for term in known() if word in term or term in word}
    assert not clashes, sorted(clashes)


def made_of(run: str, parts: frozenset[str]) -> bool:
    """Whether a run of characters is put together from these parts.

    >>> made_of("市苔径局", frozenset({"市", "苔径", "局"})), made_of("市苔厅", frozenset({"市", "苔径", "局"}))
    (True, False)
    """
    reached = {0}
    for end in range(1, len(run) + 1):
        if any(run[start:end] in parts for start in reached if end - start <= LONGEST):
            reached.add(end)
    return len(run) in reached


def printed(paper: Paper) -> Iterator[str]:
    """Every text of a document."""
    for block in paper.blocks:
        if isinstance(block, Grid):
            yield from (cell.text for cell in block.cells)
        else:
            yield block.text


def test_documents_are_made_of_invented_words_and_cues() -> None:
    """What documents share with others is listed: nothing else that is printed could be known."""
    sentences = {part for word in words.invented() for part in CHINESE_RUN.findall(word)}
    # a name may be put together from a stem and the first character of another
    parts = CUES | sentences | {stem[0] for stem in words.STEMS}
    parts |= {place[:2] for place in (words.PROVINCE, words.CITY, words.COUNTY)}
    strange = {
        run
        for seed in range(100)
        for text in printed(made_document(seed))
        for run in CHINESE_RUN.findall(text)
        if not made_of(run, frozenset(parts))
    }
    assert not strange, sorted(strange)
