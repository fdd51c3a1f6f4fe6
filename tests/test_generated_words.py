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

TERMS = ROOT / "extract" / "terms"
CHINESE = re.compile(r"[一-鿿]{2,}")


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
    clashes = {
        f"{word} / {term}"
        for word in words.invented()
        for term in known() - words.CUES
        if word in term or term in word
    }
    assert not clashes, sorted(clashes)
