"""One group of rows of a scored table → its clause, rules, thresholds, doubts, and the bodies beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from extract.conditions import holds
from extract.duties import partners
from extract.families.clause_groups import Group, clause_points
from extract.families.judged_columns import leaf_column, requirement_columns
from extract.families.section_clauses import Section
from extract.families.task_rows import clause_assignments
from extract.families.value_columns import LONGEST_VALUE, ValueColumn, nature, row_thresholds, value_columns
from extract.layout import Grid, GridCell
from extract.outline import read_numbering
from extract.records import Assignment, Clause, Fact, Finding, ScoreRule, Threshold
from extract.regions import Region
from extract.scoring import only_highest, score_rules, total_points
from extract.sections import Heading, read_heading
from extract.text import compact, squeezed
from extract.thresholds import thresholds

CLOSING_POINTS = re.compile(r"[（(](\d+(?:\.\d+)?)分[)）](?=$|注[：:])")
BROKEN_NUMBER = re.compile(r"(?<=\d)\n(?=\d)")  # （1 + 0分） in a narrow column
Kind = Literal["scored", "bonus", "veto"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands: its code, its parent's, and what kind the sections above make it."""

    code: str
    parent: str | None
    kind: Kind


def kind_below(parent: Section | None) -> Kind:
    """The kind of what stands below a section."""
    return "scored" if parent is None else "veto" if parent.veto else "bonus" if parent.bonus else "scored"


@dataclass(frozen=True)
class ClauseRow:
    """The rows of one clause; its number takes `length` characters of the cell of what is judged."""

    grid: Grid
    group: Group
    place: Place
    length: int
    region: Region | None
    leads_first: bool = False

    @cached_property
    def leaf(self) -> GridCell:
        """The cell of what is judged."""
        return self.group.rows[0][leaf_column(self.grid)]

    @cached_property
    def heading(self) -> Heading:
        """What that cell prints without its number; points stand there where they close it."""
        printed = compact(BROKEN_NUMBER.sub("", self.leaf.whole[self.length :]))
        read = read_heading(printed)
        if read.points is None and (closing := CLOSING_POINTS.search(printed)):
            return Heading(compact(printed[: closing.start()]), float(closing[1]))
        return Heading(printed) if read.points is None or read.text else read

    @cached_property
    def points(self) -> float | None:
        """The points as printed, in a cell of their own or behind the title."""
        own = clause_points(self.grid, self.group)
        return self.heading.points if own is None else own

    @cached_property
    def scoring(self) -> list[GridCell]:
        """The cells that say how points are given."""
        return self.group.cells(self.grid.columns("scoring"))

    @cached_property
    def required(self) -> list[GridCell]:
        """The cells that say what is asked."""
        return self.group.cells(requirement_columns(self.grid))

    @cached_property
    def rules(self) -> list[ScoreRule]:
        """The rules of all scoring cells, numbered through."""
        highest = any(only_highest(cell.text) for row in self.group.rows for cell in row if cell.text)
        found = [
            rule
            for cell in self.scoring
            for rule in score_rules(cell.text, self.points, self.place.code, cell.ordinal, highest)
        ]
        return [replace(rule, ordinal=ordinal) for ordinal, rule in enumerate(found, 1)]

    def facts(self, verification: str | None, *, infers: bool) -> Iterator[Fact]:
        """The clause, its rules, its doubts and what it demands in cells of values."""
        sums = infers and (bool(self.grid.columns("points")) or _adds_up(self.rules))
        inferred = total_points(self.rules) if self.points is None and sums else None
        passage = self.leaf if self.leaf.whole else (self.scoring or self.group.cells(range(len(self.grid.roles))))[0]
        cells = [cell for row in self.group.rows for cell in row if cell.text]
        clause = Clause(
            code=self.place.code, kind=self.place.kind, title=self.heading.title, parent=self.place.parent,
            text=_joined([*self.group.cells(self.grid.columns("explanation")), *self.required, *self.scoring]),
            points=inferred if self.points is None else self.points,
            points_status="printed" if self.points is not None else "none" if inferred is None else "inferred",
            verification=verification, passage=passage.ordinal,
            optional=any(holds("optional", cell.text) for cell in cells),
            nature=nature(self.grid, self.group.rows[0]),
        )  # fmt: skip
        yield clause
        yield from self.rules
        yield from _doubts(clause, self.rules, self.leaf)
        yield from (replace(threshold, clause=self.place.code) for threshold in self._asked())

    def _asked(self) -> Iterator[Threshold]:
        """What the cells beside the clause demand: values of its indicator, or sentences that name their own."""
        sentences = [cell for cell in self.required if len(squeezed(cell.text)) > LONGEST_VALUE]
        for cell in sentences:
            for part in numbered_parts(cell.text):
                yield from (replace(found, passage=cell.ordinal) for found in thresholds(part))
        stated = {column for row in self.group.rows for column, cell in enumerate(row) if cell in sentences}
        values = [value for value in value_columns(self.grid, None) if value.column not in stated]
        content = set(requirement_columns(self.grid)) - {value.column for value in values} - stated
        values += [ValueColumn(column, "requirement", None) for column in sorted(content)]
        yield from row_thresholds(self.grid, self.group.rows[0], self.heading.title, values)

    def bodies(self, columns: set[int], *, is_part: bool) -> Iterator[Fact]:
        """Who answers for the clause by some columns, and whom its rules tell them to work with.

        The bodies of a part may stand at its whole.
        """
        of = (self.grid, self.group.rows, self.place.code, self.region, columns)
        named = list(clause_assignments(*of, leads_first=self.leads_first)) if columns else []
        yield from named
        names = {fact.name for fact in named if isinstance(fact, Assignment)}
        for rule in self.rules if names or is_part else ():
            for body in partners(rule.condition, self.region):
                if body.name not in names and not body.is_group:
                    names.add(body.name)
                    yield Assignment("support", body.raw, body.name, rule.passage, clause=self.place.code)


def numbered_parts(text: str) -> list[str]:
    """The lines of a cell that number their parts, each with what goes on below it; else the whole text.

    >>> numbered_parts("1.大专以上学历\\n2.有3年以上\\n经历"), numbered_parts("有3年以上\\n经历")
    (['1.大专以上学历', '2.有3年以上\\n经历'], ['有3年以上\\n经历'])
    """
    parts: list[str] = []
    for line in text.split("\n"):
        if parts and read_numbering(line) is None:
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
    return parts


def _adds_up(rules: Sequence[ScoreRule]) -> bool:
    """Whether the rules are parts without limits: in a table without points others may count as often as met."""
    return all(rule.mode == "additive" and rule.step is None and rule.cap is None for rule in rules)


def _joined(cells: Sequence[GridCell]) -> str | None:
    return compact("\n".join(cell.text for cell in cells)) or None


def _doubts(clause: Clause, rules: Sequence[ScoreRule], leaf: GridCell) -> Iterator[Finding]:
    if leaf.lost or not leaf.whole:
        message = f"clause {clause.code}: its title was lost in the source"
        if clause.points_status == "inferred":
            message += f"; {clause.points:g} points are inferred from its scoring text"
        yield Finding("lost_cell", "warning", message, clause.passage)
    total = total_points(rules)
    if total is not None and clause.points is not None and total != clause.points:
        message = f"clause {clause.code}: its scoring adds up to {total:g}, printed are {clause.points:g} points"
        yield Finding("points_do_not_sum", "warning", message, clause.passage)
