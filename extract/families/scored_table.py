"""Scored tables: what is judged, for how many points and how → clauses, score rules, and the tasks beside them.

A table is scored where it has a column of what is judged and one of points or scoring.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass

from extract.conditions import combined_methods, holds
from extract.families.clause_groups import (
    Group,
    clause_groups,
    clause_number,
    clause_points,
    clause_verification,
    merged_number,
    shared_columns,
    stands_for_section,
    whole_label,
    with_parts,
    with_section_rows,
    without_names,
)
from extract.families.codes import Codes
from extract.families.judged_columns import leaf_column
from extract.families.merged_points import points_of_wholes
from extract.families.section_clauses import Section, Sections, read_label
from extract.families.section_rows import read_section
from extract.families.table_clauses import ClauseRow, Place, kind_below
from extract.families.task_rows import COLUMN_ROLES, clause_assignments, first_leads_in, task_rows
from extract.layout import Grid, GridCell, Layout, Paragraph
from extract.records import Clause, Fact
from extract.regions import Region
from extract.sections import section_path, under_headings

LEVELS = 10  # more than numbering has


def is_scored(grid: Grid) -> bool:
    """A column of what is judged, and one of points or scoring; or indicators in levels that are only explained."""
    judged = grid.columns("clause", "label")
    if not judged or not grid.rows:
        return False
    explained = grid.columns("explanation", "nature", "verification") or len(grid.columns("clause")) > 1
    others = grid.columns("task", "requirement", "value", "growth")
    in_levels = len(judged) > 1 and bool(grid.columns("clause")) and bool(explained) and not others
    return bool(grid.columns("points", "scoring")) or in_levels


def scored_tables(layout: Layout, region: Region | None, codes: Codes) -> Iterator[Fact]:
    """The clauses, score rules, plan items and assignments of every scored table."""
    sections = Sections(codes)
    positions = {id(item): i for i, item in enumerate(layout.content)}
    for item, headings in under_headings(layout):
        if isinstance(item, Grid) and is_scored(item):
            before, after = _neighbours(layout, positions[id(item)])
            yield from _ScoredTable(item, headings, region, codes, sections, first_leads_in(layout, item)).facts(
                before, after
            )


def _neighbours(layout: Layout, at: int) -> tuple[Paragraph | None, Paragraph | None]:
    """The paragraphs directly before and after a grid."""
    around = [layout.content[i] if 0 <= i < len(layout.content) else None for i in (at - 1, at + 1)]
    before, after = (item if isinstance(item, Paragraph) else None for item in around)
    return before, after


@dataclass
class _ScoredTable:
    grid: Grid
    headings: tuple[Paragraph, ...]
    region: Region | None
    codes: Codes
    sections: Sections
    leads_first: bool
    last: int = 0  # the last whole number that a clause of this table has

    def facts(self, before: Paragraph | None, after: Paragraph | None) -> Iterator[Fact]:
        groups = with_section_rows(self.grid, list(clause_groups(self.grid)))
        groups, whole_points = points_of_wholes(self.grid, groups)
        groups = list(without_names(self.grid, list(with_parts(self.grid, groups))))
        if not groups:
            return
        # a note under the table speaks of all its clauses where it has no column for it
        noted = combined_methods(after.text) if after and not self.grid.columns("verification") else []
        verification: str | None = None
        section = yield from self.sections.of_headings(self.headings, before)
        levels: dict[int, Section | None] = {}
        whole: str | None = None
        for group in groups:
            for row in group.sections:
                read = read_section(row, self.grid)
                rank = read.level - LEVELS  # section rows stand above all label columns
                levels = {left: level for left, level in levels.items() if left < rank}
                levels[rank] = yield from self.sections.of_row(read, _lowest(levels, section))
            if stands_for_section(self.grid, group):
                yield from self._clause(group, None, None, verification)
                levels = {}
                continue
            named = whole_label(self.grid, group) if group.part == 1 else None
            for column, cell in group.labels:
                if named is not None and column == named[0]:
                    continue
                levels = {left: level for left, level in levels.items() if left < column}
                levels[column] = yield from self.sections.of_label(
                    cell, _lowest(levels, section), whole_points.get(cell.ordinal)
                )
            verification = clause_verification(self.grid, group, verification)
            above = _lowest(levels, section)
            if group.part == 1:
                whole = yield from self._whole(group, named[1] if named else None, above, whole_points)
            if not group.part:
                whole = None
            yield from self._clause(group, above, whole, "；".join(noted) or verification)

    def _whole(
        self, group: Group, label: GridCell | None, parent: Section | None, printed: Mapping[int, float]
    ) -> Generator[Fact, None, str | None]:
        """The clause that one ordinal over several judged cells makes of them; points are `printed` or their sum."""
        number = merged_number(self.grid, group)
        if number is None:
            return None
        points = [clause_points(self.grid, part) for part in group.parts]
        ordinals = [group.rows[0][column].passage for column in self.grid.columns("ordinal")]
        whole = [
            printed[p.ordinal] for p in (label.passage if label else None, *ordinals) if p and p.ordinal in printed
        ]
        total = whole[0] if whole else None if None in points else sum(value for value in points if value is not None)
        code = (
            self.codes.below(parent.prefix, number, parent.clause.code.removeprefix("S"))
            if parent
            else self.codes.take(number)
        )
        cell = label or next(group.rows[0][column] for column in self.grid.columns("ordinal"))
        yield Clause(
            code=code, kind=kind_below(parent), title=read_label(label.text)[0].title if label else "",
            parent=parent.clause.code if parent else None, points=total,
            points_status="printed" if whole else "none" if total is None else "inferred", passage=cell.ordinal,
        )  # fmt: skip
        columns = shared_columns(group) & set(self.grid.columns(*COLUMN_ROLES))
        if columns and not self.grid.columns("task"):
            yield from clause_assignments(
                self.grid, group.rows[:1], code, self.region, columns, leads_first=self.leads_first
            )
        return code

    def _clause(
        self, group: Group, parent: Section | None, whole: str | None, verification: str | None
    ) -> Iterator[Fact]:
        """The clause of a group with all that stands beside it."""
        number, length = clause_number(self.grid, group) or (str(self.last + 1), 0)
        self.last = int(number) if number.isdigit() else self.last
        alone = stands_for_section(self.grid, group)
        code = (
            self.codes.take(f"S{number}")
            if alone
            else self.codes.below(parent.prefix, number, parent.clause.code.removeprefix("S"))
            if parent
            else self.codes.take(number)
        )
        titles = [cell for _, cell in group.labels] + [group.rows[0][leaf_column(self.grid)]]
        bonus = alone and any(holds("bonus", cell.text) for cell in titles)
        above = whole or (parent.clause.code if parent else None)
        place = Place(code, above, "bonus" if bonus else kind_below(parent))
        row = ClauseRow(self.grid, group, place, length, self.region, self.leads_first)
        yield from row.facts(verification, infers=not alone)
        if self.grid.columns("task"):
            of = (self.grid, group.rows, code, section_path(self.headings), self.region, self.codes)
            yield from task_rows(*of, leads_first=self.leads_first)
        else:
            shared = shared_columns(group) if whole else set()
            yield from row.bodies(set(self.grid.columns(*COLUMN_ROLES)) - shared, is_part=bool(whole))


def _lowest(levels: dict[int, Section | None], section: Section | None) -> Section | None:
    known = [levels[column] for column in sorted(levels) if levels[column] is not None]
    return known[-1] if known else section
