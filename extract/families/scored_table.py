"""Scored tables: what is judged, for how many points and how → clauses, score rules, and the tasks beside them.

A table is scored where it has a column of what is judged and one of points or scoring.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.conditions import combined_methods, holds
from extract.families.clause_groups import (
    Group,
    clause_groups,
    clause_number,
    clause_points,
    clause_verification,
    leaf_column,
    with_parts,
    without_names,
)
from extract.families.codes import Codes
from extract.families.section_clauses import Section, Sections
from extract.families.section_rows import read_section
from extract.families.task_rows import clause_assignments, task_rows
from extract.layout import Grid, GridCell, Layout, Paragraph
from extract.records import Clause, Fact, Finding, ScoreRule
from extract.regions import Region
from extract.scoring import only_highest, score_rules, total_points
from extract.sections import section_path, under_headings
from extract.text import compact

LEVELS = 10  # more than numbering has


def is_scored(grid: Grid) -> bool:
    """A column of what is judged, and one of points or scoring."""
    return bool(grid.columns("clause", "label")) and bool(grid.columns("points", "scoring")) and bool(grid.rows)


def scored_tables(layout: Layout, region: Region | None, codes: Codes) -> Iterator[Fact]:
    """The clauses, score rules, plan items and assignments of every scored table."""
    sections = Sections(codes)
    positions = {id(item): i for i, item in enumerate(layout.content)}
    for item, headings in under_headings(layout):
        if isinstance(item, Grid) and is_scored(item):
            before, after = _neighbours(layout, positions[id(item)])
            yield from _ScoredTable(item, headings, region, codes, sections).facts(before, after)


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
    last: int = 0  # the last whole number that a clause of this table has
    restarted: set[str] = field(default_factory=set)  # the prefixes of sections that number from 1 again

    def facts(self, before: Paragraph | None, after: Paragraph | None) -> Iterator[Fact]:
        groups = list(without_names(list(with_parts(self.grid, list(clause_groups(self.grid))))))
        if not groups:
            return
        # a note under the table speaks of all its clauses where it has no column for it
        noted = combined_methods(after.text) if after and not self.grid.columns("verification") else []
        verification: str | None = None
        section = yield from self.sections.of_headings(self.headings, before)
        levels: dict[int, Section | None] = {}
        for group in groups:
            for row in group.sections:
                read = read_section(row, self.grid)
                rank = read.level - LEVELS  # section rows stand above all label columns
                levels = {left: level for left, level in levels.items() if left < rank}
                levels[rank] = yield from self.sections.of_row(read, _lowest(levels, section))
            for column, cell in group.labels:
                levels = {left: level for left, level in levels.items() if left < column}
                levels[column] = yield from self.sections.of_label(cell, _lowest(levels, section))
            verification = clause_verification(self.grid, group, verification)
            yield from self._clause(group, _lowest(levels, section), "；".join(noted) or verification)

    def _clause(self, group: Group, parent: Section | None, verification: str | None) -> Iterator[Fact]:
        leaf = group.rows[0][leaf_column(self.grid)]
        number, length = clause_number(self.grid, group) or (str(self.last + 1), 0)
        self.last = int(number) if number.isdigit() else self.last
        points = clause_points(self.grid, group)
        code = self._code(number, parent)
        scoring = group.cells(self.grid.columns("scoring"))
        highest = any(only_highest(cell.text) for row in group.rows for cell in row if cell.text)
        rules = list(_rules(scoring, points, code, highest))
        inferred = total_points(rules) if points is None else None
        passage = leaf if leaf.text else (scoring or group.cells(range(len(group.rows[0]))))[0]
        clause = Clause(
            code=code, kind="bonus" if parent and parent.bonus else "scored", title=compact(leaf.text[length:]),
            parent=parent.clause.code if parent else None, text=_joined(scoring),
            points=inferred if points is None else points,
            points_status="printed" if points is not None else "none" if inferred is None else "inferred",
            verification=verification, passage=passage.ordinal,
            optional=any(holds("optional", cell.text) for row in group.rows for cell in row if cell.text),
        )  # fmt: skip
        yield clause
        yield from rules
        yield from _doubts(clause, rules, leaf)
        if self.grid.columns("task"):
            yield from task_rows(self.grid, group.rows, code, section_path(self.headings), self.region, self.codes)
        else:
            yield from clause_assignments(self.grid, group.rows, code, self.region)

    def _code(self, number: str, parent: Section | None) -> str:
        """The number as printed; where numbering restarts, the section's in front of it, for all that follow there."""
        if parent is None:
            return self.codes.take(number)
        below = f"{parent.prefix}.{number}"
        if parent.prefix in self.restarted:
            return self.codes.take(below)
        code = self.codes.take(number, below)
        if code == below != number:
            self.restarted.add(parent.prefix)
        return code


def _lowest(levels: dict[int, Section | None], section: Section | None) -> Section | None:
    known = [levels[column] for column in sorted(levels) if levels[column] is not None]
    return known[-1] if known else section


def _joined(cells: Sequence[GridCell]) -> str | None:
    return compact("\n".join(cell.text for cell in cells)) or None


def _rules(scoring: Sequence[GridCell], points: float | None, code: str, highest: bool) -> Iterator[ScoreRule]:
    """The rules of all scoring cells of one clause, numbered through."""
    ordinal = 0
    for cell in scoring:
        for rule in score_rules(cell.text, points, code, cell.ordinal, highest):
            ordinal += 1
            yield replace(rule, ordinal=ordinal)


def _doubts(clause: Clause, rules: Sequence[ScoreRule], leaf: GridCell) -> Iterator[Finding]:
    if leaf.lost:
        message = f"clause {clause.code}: its title was lost in the source"
        if clause.points_status == "inferred":
            message += f"; {clause.points:g} points are inferred from its scoring text"
        yield Finding("lost_cell", "warning", message, clause.passage)
    total = total_points(rules)
    if total is not None and total != clause.points:
        message = f"clause {clause.code}: its scoring adds up to {total:g}, printed are {clause.points:g} points"
        yield Finding("points_do_not_sum", "warning", message, clause.passage)
