"""The bundled digests say what they are, agree with their originals record by record, and have their own words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import program
from digest_agreement import differences

from corpus.build import built, cells, lines
from extract.document import read_document
from kb.base import open_base
from kb.evaluation.export import export_gold
from kb.evaluation.gold import Gold, read_gold
from kb.ingest import Given, ingest

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
DIGESTS = sorted(path for path in CORPUS.glob("*-digest.*") if path.suffix != ".toml")
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
    "thresholds": ["indicator"],
    "assignments": ["raw", "canonical"],
    "citations": ["cited_number"],
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


def original(digest: Path, shared: Path) -> Path:
    """The text of the real document that a digest was made from: the file of the same name."""
    (path,) = (shared / "corpus" / "text").glob(digest.stem.removesuffix("-digest") + ".*")
    return path


@cache
def text(digest: Path) -> str:
    """What is read of a digest, a passage a line; in a PDF a line break inside a cell is one of the page."""
    broken = "" if digest.suffix == ".pdf" else "\n"
    return "\n".join(passage.text.replace("\n", broken) for passage in read_document(digest).passages)


@cache
def reading(file: Path, folder: Path) -> Gold:
    """The records of one file, as annotations written into `folder`."""
    connection = open_base(folder / f"{file.name}.db", create=True)
    assert [outcome.status for outcome in ingest(connection, folder, [Given(file, str(file))])] == ["added"]
    (written,) = export_gold(connection, folder / "annotations")
    connection.close()
    return read_gold(written)


def annotations(digest: Path, shared: Path, folder: Path) -> Gold:
    """The records of a digest's original: by hand where somebody took them out, else as they are read."""
    by_hand = shared / "gold" / digest.stem.removesuffix("-digest")
    return read_gold(by_hand) if by_hand.is_dir() else reading(original(digest, shared), folder)


def names_in(original: Gold, *, by_hand: bool) -> Iterator[str]:
    """Names that a real document gives to itself, its clauses, its indicators and its bodies.

    Where nobody told names from sentences by hand, only headings count as names of clauses.
    """
    head = original.document
    yield from [head["title"], head["doc_number"] or "", *head["issuer"], *head["addressees"]]
    kinds = NAMED_CLAUSES if by_hand else {"section"}
    yield from (row["title"] for row in original.rows("clauses") if row["kind"] in kinds)
    for kind, columns in NAME_COLUMNS.items():
        yield from (row[column] for row in original.rows(kind) for column in columns)


def names(digest: Path, shared: Path, folder: Path) -> list[str]:
    """Every name that a digest may repeat, the longest first: of its original and of all that was read by hand."""
    golds = [read_gold(path.parent) for path in (shared / "gold").glob("*/document.json")]
    found = {name for gold in golds for name in names_in(gold, by_hand=True)}
    found |= set(names_in(annotations(digest, shared, folder), by_hand=False))
    return sorted({squeezed(name).rstrip("。") for name in found} - {""}, key=len, reverse=True)


def own_words(digest: str, allowed: list[str]) -> Iterator[str]:
    """The pieces of a digest that must be the project's own: lines and cells without numbering, split at names.

    Short names split nothing, or any sentence would fall to pieces; a cell of nothing but names is left out.
    """
    allowed = [part for name in allowed for part in NAMED.sub("\n", name).split("\n") if part]
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
    found = [match for line in text(digest).splitlines()[:12] if (match := NOTE.search(line))]
    assert len(found) == 1
    return found[0]


def test_the_digests_are_found() -> None:
    """The corpus ships five digests, each in a format of its own or as common as PDF."""
    assert sorted(digest.suffix for digest in DIGESTS) == [".docx", ".html", ".pdf", ".pdf", ".xlsx"]


@each_digest
def test_a_digest_says_what_it_is(digest: Path) -> None:
    """Near its top a digest names its original, and the catalogue knows it by the same title and 文号."""
    entry = tomllib.loads((CORPUS / "catalogue.toml").read_text(encoding="utf-8"))[digest.stem]
    assert entry["file"] == digest.name
    assert note(digest)["title"] == entry["original"]["title"]
    assert (note(digest)["number"] or "") == entry["original"]["doc_number"]
    assert entry["left_out"]


@each_digest
def test_a_digest_is_built_from_its_source(digest: Path, tmp_path: Path) -> None:
    """Built anew from the source beside it, a digest reads the same."""
    if digest.suffix == ".pdf":
        program("soffice")
    again = built(digest.with_suffix(".toml"), tmp_path)
    assert again.name == digest.name
    assert text(again) == text(digest)


@each_digest
def test_a_digest_holds_all_of_its_source(digest: Path) -> None:
    """Every line and cell of the source stands in what is built of it: no table is clipped or dropped in print."""
    source = tomllib.loads(digest.with_suffix(".toml").read_text(encoding="utf-8"))
    printed = squeezed(text(digest))
    written = [line for part in source["part"] for _, line in lines(part)]
    written += [cell.text for part in source["part"] for cell in cells(part.get("rows", []))]
    assert [one for one in written if squeezed(one) not in printed] == []


@each_digest
def test_a_digest_repeats_no_wording(digest: Path, shared: Path, tmp_path: Path) -> None:
    """No run of 15 characters stands in a digest and in a real document, names of things aside."""
    pieces = list(own_words(text(digest), names(digest, shared, tmp_path)))
    found = {
        f"{file}: {run}"
        for file, real in originals(shared).items()
        for piece in pieces
        for run in common_runs(piece, real, LONGEST_RUN + 1)
    }
    assert found == set()


@each_digest
def test_a_digest_takes_its_figures_from_its_original(digest: Path, shared: Path) -> None:
    """Every figure of a digest stands in the document it names."""
    printed = squeezed(original(digest, shared).read_text(encoding="utf-8"))
    figures = set(re.findall(r"\d+(?:\.\d+)*", text(digest)))
    assert {figure for figure in figures if figure not in printed} == set()


@each_digest
def test_a_digest_agrees_with_its_original(digest: Path, shared: Path, tmp_path: Path) -> None:
    """Clauses, points, score rules, thresholds, tasks, dates and departments are the original's, record by record.

    Held against the annotations where there are any; what the rules do not read out of the original itself counts
    against them there and not against the digest.
    """
    wanted = annotations(digest, shared, tmp_path)
    unread = differences(wanted, reading(original(digest, shared), tmp_path))
    assert [line for line in differences(wanted, reading(digest, tmp_path)) if line not in unread] == []


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
