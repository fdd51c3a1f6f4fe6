"""Made-up documents are read as they were written: every record of every kind, in every format."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from documents.compare import differences
from documents.made import made_document
from documents.writers import WRITERS, formats, two_formats

from extract.document import read_document

SEEDS, ALL_SEEDS = range(40), range(300)
FEWEST = 3  # seeds in which every shape and every format occurs
SHOWN = 30  # differences that a failure prints

ORDINARY = [(seed, ending) for seed in SEEDS for ending in two_formats(made_document(seed))]
REST = [
    (seed, ending) for seed in ALL_SEEDS for ending in formats(made_document(seed)) if (seed, ending) not in ORDINARY
]

SHAPES = {
    # how points are given and taken
    "deduction per step", "deduction above a limit", "deduction per case", "part with deductions",
    "discretionary deduction", "additive parts", "tiers by range", "tiers by grade", "points per unit",
    "count demanded", "bonus", "optional", "weights", "total row",
    # where a rubric prints what
    "points in title", "points in cell", "section in merged cell", "section in row cell", "rubric in prose",
    "numbering through", "numbering restarts", "numbering none", "verification", "merged checks",
    "clause departments", "merged lead", "merged support",
    "note column", "header of two rows", "two levels of sections",
    # targets
    "target table", "growth column", "targets in prose", "at least", "more than", "everything", "at most",
    "growth a year", "change since", "share", "raised to", "range", "relative", "rank", "shared predicate",
    "year for all",
    # measures and who does them
    "labelled bracket", "bracket sentence", "duty in a sentence", "first leads, said at the first",
    "first leads, said before", "all by their duties", "all by their duties, said before", "marked lead",
    "lines below", "hosts and watchers", "承办", "deadline in the text",
    "deadline in bracket", "deadline below", "measures （一）", "groups （一） of measures 1.",
    "body below its heading", "articles", "sub-items of an article", "annex with a table", "two annexes",
    "task table", "merged task group", "deadline column", "period from to",
    # bodies
    "level 省", "level 市", "level 县", "party", "township", "enterprise", "institute", "group", "all of a kind",
    "department as printed", "no office in a list", "shared sign", "separator '、'", "separator ' '", r"separator '\n'",
    # the rest of a document
    "notice", "title of two lines", "paper alone", "citation", "filler", "principles", "signature at the end",
    "half-width brackets", "full-width figures",
}  # fmt: skip


def read_as_written(seed: int, ending: str, folder: Path) -> None:
    """Write the document of a seed, read it, and compare."""
    paper = made_document(seed)
    path = folder / f"made-{seed}{ending}"
    WRITERS[ending](paper, path)
    found = differences(paper.truth, read_document(path))
    assert not found, "\n".join([f"seed {seed} as {ending}: {len(found)} differences", *found[:SHOWN]])


@pytest.mark.parametrize(("seed", "ending"), ORDINARY)
def test_reads_what_was_written(seed: int, ending: str, tmp_path: Path) -> None:
    """What is extracted from a made-up document equals what was written."""
    read_as_written(seed, ending, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "ending"), REST)
def test_reads_what_was_written_in_every_format(seed: int, ending: str, tmp_path: Path) -> None:
    """The same for many more documents, each in every format that can hold it."""
    read_as_written(seed, ending, tmp_path)


def test_every_shape_occurs() -> None:
    """Every shape is written in at least three of the ordinary seeds, and no shape goes unnamed."""
    seen = Counter(shape for seed in SEEDS for shape in made_document(seed).shapes)
    assert set(seen) == SHAPES
    assert not {shape: count for shape, count in seen.items() if count < FEWEST}


def test_every_format_occurs() -> None:
    """Every format is written in at least three of the ordinary seeds."""
    seen = Counter(ending for _, ending in ORDINARY)
    assert set(seen) == set(WRITERS)
    assert not {ending: count for ending, count in seen.items() if count < FEWEST}


def test_a_seed_makes_the_same_document() -> None:
    """Nothing but the seed decides what a document says."""
    assert [made_document(7).blocks, made_document(7).truth] == [made_document(7).blocks, made_document(7).truth]
