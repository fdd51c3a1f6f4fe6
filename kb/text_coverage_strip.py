"""How much of a document stands in facts, drawn for a terminal: a strip in reading order, and a line a section.

One glyph is a slice of the text, shaded by the share that stands in facts; below it stand the findings: ! for
warnings and errors, · for hints.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.outline import read_numbering
from kb.evaluation.rows import read_rows
from kb.listing import clipped, width

NARROWEST, WIDEST = 20, 80  # slices
BAR = 10  # slices of a section
MOST_SECTIONS = 20
STRETCHES = """
select p.kind, p.table_no is not null as is_cell, p.text, coalesce(p.characters, 0) as characters,
  coalesce(p.covered, 0) as covered,
  (select count(*) from findings f where f.passage_id = p.id) as findings,
  (select count(*) from findings f where f.passage_id = p.id and f.severity <> 'info') as warnings
from passages p
where p.document_id = ?
order by p.ordinal
"""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What the strip is drawn with: the shades from none to all, the marks of a warning and of a hint."""

    shades: str
    warning: str = "!"
    hint: str = "·"


BLOCKS = Glyphs(" ░▒▓█")
ASCII = Glyphs(" .:*#", hint="'")


def glyphs_for(encoding: str | None) -> Glyphs:
    """Blocks where the terminal's encoding has them, else plain characters.

    >>> glyphs_for("utf-8") is BLOCKS, glyphs_for("gbk") is ASCII, glyphs_for(None) is ASCII
    (True, True, True)
    """
    try:
        BLOCKS.shades.encode(encoding or "ascii")
    except UnicodeEncodeError:
        return ASCII
    return BLOCKS


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage or a run of them: its heading, characters, those that stand in facts, findings, warnings among them."""

    heading: str
    characters: int
    covered: int
    findings: int = 0
    warnings: int = 0

    def __add__(self, other: Stretch) -> Stretch:
        return Stretch(
            self.heading,
            self.characters + other.characters,
            self.covered + other.covered,
            self.findings + other.findings,
            self.warnings + other.warnings,
        )

    @property
    def share(self) -> float:
        return self.covered / self.characters if self.characters else 0.0


def stretches(connection: sqlite3.Connection, document_id: str) -> list[Stretch]:
    """The passages of a document in reading order; those that begin a section have its heading."""
    return [
        Stretch(
            row["text"] if not row["is_cell"] and row["kind"] == "heading" and _is_top(row["text"]) else "",
            *(row[name] for name in ("characters", "covered", "findings", "warnings")),
        )
        for row in read_rows(connection, STRETCHES, [document_id])
    ]


def _is_top(text: str) -> bool:
    """Whether a heading is a 第一章 or a 一、"""
    numbering = read_numbering(text)
    return numbering is not None and numbering.level <= 1


def coverage_lines(passages: Sequence[Stretch], columns: int, glyphs: Glyphs = BLOCKS) -> Iterator[str]:
    """The percentage, the strip with its marks, and a line for each section where there are some.

    >>> for line in coverage_lines([Stretch("", 30, 30), Stretch("", 10, 0, 1, 1)], 22, ASCII): print(line)
    75 % of 40 characters stand in facts
    [###############     ]
                    !
    """
    whole = sum(passages, Stretch("", 0, 0))
    if not whole.characters:
        yield "how much of the text stands in facts was not measured; ingest the document again"
        return
    yield f"{whole.share * 100:.0f} % of {whole.characters:,} characters stand in facts"
    slices = max(NARROWEST, min(WIDEST, columns - 2))
    yield f"[{strip(passages, slices, glyphs)}]"
    if whole.findings:
        yield f" {marks(passages, slices, glyphs)}".rstrip()
    sections = list(_sections(passages))
    if 1 < len(sections) <= MOST_SECTIONS:
        yield from (_section_line(section, columns, glyphs) for section in sections)


def strip(passages: Sequence[Stretch], slices: int, glyphs: Glyphs = BLOCKS) -> str:
    """So many slices of the text in reading order, each shaded by its share; only nothing is blank, only all is full.

    >>> strip([Stretch("", 10, 10), Stretch("", 10, 5), Stretch("", 20, 0)], 4, ASCII)
    '#:  '
    """
    covered = [0.0] * slices
    total = sum(passage.characters for passage in passages)
    start = 0.0
    for passage in passages:
        end = start + passage.characters * slices / total
        for number in range(int(start), min(slices, int(end) + 1)):
            overlap = min(end, number + 1) - max(start, number)
            covered[number] += passage.share * max(0.0, overlap)
        start = end
    return "".join(_shade(share, glyphs) for share in covered)


def _shade(share: float, glyphs: Glyphs) -> str:
    last = len(glyphs.shades) - 1
    if share < 0.01:
        return glyphs.shades[0]
    return glyphs.shades[last] if share > 0.99 else glyphs.shades[min(last - 1, 1 + int(share * (last - 1)))]


def marks(passages: Sequence[Stretch], slices: int, glyphs: Glyphs = BLOCKS) -> str:
    """A mark below each slice in which the passage of a finding begins; the gravest counts."""
    found = [" "] * slices
    total = sum(passage.characters for passage in passages)
    before = 0
    for passage in passages:
        place = min(slices - 1, before * slices // total)
        if passage.warnings:
            found[place] = glyphs.warning
        elif passage.findings and found[place] == " ":
            found[place] = glyphs.hint
        before += passage.characters
    return "".join(found)


def _sections(passages: Sequence[Stretch]) -> Iterator[Stretch]:
    """The runs of passages from one top heading to the next; what stands before the first is the head."""
    section = Stretch("(head)", 0, 0)
    for passage in passages:
        if not passage.heading:
            section += passage
            continue
        if section.characters:
            yield section
        section = passage
    yield section


def _section_line(section: Stretch, columns: int, glyphs: Glyphs) -> str:
    """Percentage, bar, heading, and the number of findings at the right."""
    full = round(section.share * BAR)
    bar = glyphs.shades[-1] * full + glyphs.shades[1] * (BAR - full)
    found = f"{section.findings} {glyphs.warning if section.warnings else glyphs.hint}" if section.findings else ""
    line = f"{section.share:4.0%}  {bar}  "
    room = min(columns, WIDEST + 2) - len(line) - 6
    heading = clipped(section.heading, room)
    return f"{line}{heading}{' ' * (room - width(heading))}{found:>6}".rstrip()
