"""The bundled digests: they say what they are, take their figures from an original and their words from nobody."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
DIGESTS = sorted(CORPUS.glob("*-digest.*"))
NOTE = re.compile(
    r"摘编说明：本文为.+的摘编，依据《(?P<title>[^《》]+)》(?:（(?P<number>[^（）]+)）)?的.+另行撰写，非原文。"
)
LONGEST_RUN = 14  # characters that may stand in a digest and in an original alike
SHORTEST_NAME = 8  # characters of a name that sets a piece of text apart
NAMED = re.compile(r"《[^《》]*》")
NUMBERING = re.compile(
    r"^(?:[\d.．—–\-]+(?=\D)|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|第[一二三四五六七八九十]+部分)"
)
# where the shared documents list the names that a digest may repeat: titles, indicators, clauses, bodies
NAME_COLUMNS = {
    "thresholds.csv": ["indicator"],
    "assignments.csv": ["raw", "canonical"],
    "citations.csv": ["cited_number"],
}
NAMED_CLAUSES = {"section", "scored", "bonus", "catalogue"}  # titles; veto and basic conditions are sentences

each_digest = pytest.mark.parametrize("digest", DIGESTS, ids=lambda path: path.name)


def squeezed(text: str) -> str:
    """The text without any white space or stray private-use character."""
    return re.sub(r"[\s\ue000-\uf8ff]+", "", text)


@cache
def originals(shared: Path) -> dict[str, str]:
    """The squeezed text of every real document that is kept as text, by file name."""
    files = [*(shared / "corpus" / "text").iterdir(), *(shared / "gold").glob("*/text.txt")]
    return {f"{path.parent.name}/{path.name}": squeezed(path.read_text(encoding="utf-8")) for path in files}


def names_in_folder(folder: Path) -> Iterator[str]:
    """Names that one real document gives to itself, its clauses, its indicators and its bodies."""
    document = json.loads((folder / "document.json").read_text(encoding="utf-8"))
    yield from [document["title"], document["doc_number"] or "", *document["issuer"], *document["addressees"]]
    with (folder / "clauses.csv").open(encoding="utf-8", newline="") as file:
        yield from (row["title"] for row in csv.DictReader(file) if row["kind"] in NAMED_CLAUSES)
    for name, columns in NAME_COLUMNS.items():
        if (folder / name).exists():
            with (folder / name).open(encoding="utf-8", newline="") as file:
                yield from (row[column] for row in csv.DictReader(file) for column in columns)


@cache
def names(shared: Path) -> list[str]:
    """Every name that a digest may repeat, the longest first."""
    folders = [path.parent for path in (shared / "gold").glob("*/document.json")]
    found = {squeezed(name).rstrip("。") for folder in folders for name in names_in_folder(folder)}
    return sorted(found - {""}, key=len, reverse=True)


def own_words(digest: str, allowed: list[str]) -> Iterator[str]:
    """The pieces of a digest that must be the project's own: lines and cells without numbering, split at names.

    Short names split nothing, or any sentence would fall to pieces; a cell of nothing but names is left out.
    """
    for cell in re.split(r"[\n\t]", digest):
        piece = NAMED.sub("\n", NUMBERING.sub("", squeezed(cell)))
        if not re.sub("|".join(map(re.escape, allowed)) + "|[、，；及]", "", piece):
            continue
        for name in allowed:
            if len(name) >= SHORTEST_NAME:
                piece = piece.replace(name, "\n")
        yield from piece.split("\n")


def common_runs(piece: str, original: str, length: int) -> Iterator[str]:
    """The runs of `length` characters that stand in both."""
    return (run for i in range(len(piece) - length + 1) if (run := piece[i : i + length]) in original)


def note(digest: Path) -> re.Match[str]:
    """The line near the top of a digest that says what it is a digest of."""
    top = digest.read_text(encoding="utf-8").splitlines()[:12]
    found = [match for line in top if (match := NOTE.search(line))]
    assert len(found) == 1
    return found[0]


def test_the_digests_are_found() -> None:
    """The corpus ships digests: the rules below judge something."""
    assert len(DIGESTS) >= 2


@each_digest
def test_a_digest_says_what_it_is(digest: Path) -> None:
    """Near its top a digest names its original, and the corpus README lists both."""
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert digest.name in readme
    assert note(digest)["title"] in readme


@each_digest
def test_a_digest_repeats_no_wording(digest: Path, shared: Path) -> None:
    """No run of 15 characters stands in a digest and in a real document, names of things aside."""
    pieces = list(own_words(digest.read_text(encoding="utf-8"), names(shared)))
    found = {
        f"{file}: {run}"
        for file, original in originals(shared).items()
        for piece in pieces
        for run in common_runs(piece, original, LONGEST_RUN + 1)
    }
    assert found == set()


@each_digest
def test_a_digest_takes_its_figures_from_its_original(digest: Path, shared: Path) -> None:
    """Every figure of a digest stands in the document it names."""
    title = squeezed(note(digest)["title"])
    original = next(text for text in originals(shared).values() if title in text[:2000])
    figures = set(re.findall(r"\d+(?:\.\d+)*", digest.read_text(encoding="utf-8")))
    assert {figure for figure in figures if figure not in original} == set()


@pytest.mark.parametrize(
    ("cell", "pieces"),
    [
        ("\t2.1 甲乙丙", ["甲乙丙"]),
        ("—甲乙丙", ["甲乙丙"]),
        ("（一）甲乙丙", ["甲乙丙"]),
        ("第三部分 甲乙丙", ["甲乙丙"]),
        ("甲《丁戊》乙", ["甲", "乙"]),
        ("甲庚辛壬癸子丑寅卯乙", ["甲", "乙"]),
        ("甲市局乙", ["甲市局乙"]),
        ("市局、区局及庚辛壬癸子丑寅卯", []),
    ],
)
def test_names_are_set_aside(cell: str, pieces: list[str]) -> None:
    """Numbering, titles in 《》, long names and lists of names are no wording; what stands between them is."""
    assert list(own_words(cell, ["庚辛壬癸子丑寅卯", "市局", "区局"])) == pieces
