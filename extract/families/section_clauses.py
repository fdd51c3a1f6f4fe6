"""The levels above what is judged → section clauses: numbered headings over a table, and its label cells."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from extract.conditions import condition_kind, holds
from extract.families.clause_groups import cell_number
from extract.families.codes import Codes
from extract.families.section_rows import ReadSection
from extract.layout import GridCell, Paragraph
from extract.outline import read_numbering
from extract.records import Clause, Fact
from extract.sections import Heading, read_heading
from extract.text import compact, squeezed

TOTAL = re.compile(r"(?:共计|总计|合计|满分|总分)(?:为|是)?[：:]?(\d+(?:\.\d+)?)分")


@dataclass(frozen=True, slots=True)
class Section:
    """A section clause, what codes below it begin with where their own number is taken, and what stands below it."""

    clause: Clause
    prefix: str
    bonus: bool
    veto: bool


Made = Generator[Fact, None, Section | None]


class Sections:
    """The sections of one document, by the passage of the heading or label cell each was read from."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._made: dict[int, Section] = {}

    def of_headings(self, headings: Sequence[Paragraph], before: Paragraph | None) -> Made:
        """The numbered headings above a table, each under the one before.

        The lowest takes its points from the paragraph before the table (共计：100分) where it prints none itself.
        """
        section: Section | None = None
        numbered = [heading for heading in headings if heading.numbering and heading.numbering.code]
        for heading in numbered:
            passage = heading.passage.ordinal
            if passage not in self._made:
                read = read_heading(heading.body)
                points = read.points
                if points is None and heading is numbered[-1] and before is not None:
                    total = TOTAL.search(squeezed(before.text))
                    points = float(total[1]) if total else None
                number = heading.numbering.code if heading.numbering else ""
                code = f"{section.clause.code}.{number}" if section else f"S{number}"
                yield from self._make(code, "" if section else number, read, points, section, passage)
            section = self._made[passage]
        return section

    def of_label(self, cell: GridCell, above: Section | None, points: float | None = None) -> Made:
        """A label cell: a section of its own, unless it repeats the heading that it stands under.

        `points` are those that the table prints beside it.
        """
        read, number = read_label(cell.text)
        if above is not None and squeezed(read.title) in (squeezed(above.clause.title), ""):
            return above
        parent = above.clause.code if above else None
        count = 1 + sum(1 for made in self._made.values() if made.clause.parent == parent)
        numbering = read_numbering(compact(cell.text))
        numeral = numbering is not None and numbering.series in {"han", "han_paren"}
        code = f"S{number}" if number and numeral and not parent else number if number and not numeral else ""
        code = code or (f"{parent}.{number or count}" if parent else f"S{count}")
        # a label without a number lends the one it stands under: 二、… | 重点部门 | 1 → 2.1
        prefix = number or (above.prefix if above else "")
        yield from self._make(code, prefix, read, points if read.points is None else read.points, above, cell.ordinal)
        return self._made[cell.ordinal]

    def of_row(self, read: ReadSection, above: Section | None) -> Made:
        """A row that divides the table: a section of its own, unless it repeats the heading that it stands under."""
        title, passage = read.heading.title, read.cell.ordinal
        if above is not None and squeezed(title) in (squeezed(above.clause.title), ""):
            return above
        parent = above.clause.code if above else None
        count = 1 + sum(1 for made in self._made.values() if made.clause.parent == parent)
        number = read.number or str(count)
        code = f"{parent}.{number}" if parent else f"S{number}"
        yield from self._make(code, "" if above else read.number, read.heading, read.heading.points, above, passage)
        return self._made[passage]

    def _make(
        self, code: str, prefix: str, read: Heading, points: float | None, above: Section | None, passage: int
    ) -> Generator[Fact, None, None]:
        bonus = holds("bonus", read.title + read.about_points) or (above is not None and above.bonus)
        clause = Clause(
            code=self._codes.take(code), kind="section", title=read.title, text=read.text or None, points=points,
            points_status="none" if points is None else "printed", passage=passage,
            parent=above.clause.code if above else None,
        )  # fmt: skip
        veto = condition_kind(read.title) == "veto" or (above is not None and above.veto)
        self._made[passage] = Section(clause, prefix or clause.code.removeprefix("S"), bonus, veto)
        yield clause


def read_label(text: str) -> tuple[Heading, str]:
    """A label cell, which may print its name several times (once a page): the heading it is, and its number.

    >>> read_label("3措施到位\\n（465分）\\n3措施到位\\n（465分）")
    (Heading(title='措施到位', points=465.0, about_points='', text=''), '3')
    """
    pieces: list[str] = []
    for piece in text.split("\n"):
        if piece in pieces:
            break
        pieces.append(piece)
    printed = compact("".join(pieces))
    number = cell_number(printed)
    return read_heading(printed[number[1] :] if number else printed), number[0] if number else ""
