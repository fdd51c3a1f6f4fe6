"""Target tables: rows that state one requirement each, without points or tasks → plan items and their thresholds.

A row is a sentence (要求), or an indicator beside the values that it is to reach (2020年 | 2025年 | 年均增长).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.families.codes import Codes
from extract.families.scored_table import is_scored
from extract.families.section_rows import divided
from extract.families.task_rows import is_task_table, row_assignments
from extract.families.value_columns import LONGEST_VALUE, ValueColumn, nature, row_thresholds, value_columns
from extract.layout import Grid, GridCell, Layout
from extract.outline import unnumbered
from extract.records import Fact, PlanItem
from extract.regions import Region
from extract.sections import section_path, under_headings
from extract.text import compact, squeezed


def is_target_table(grid: Grid) -> bool:
    """Requirements beside a running number or an indicator, and no column that makes it a rubric or a task table."""
    named = grid.columns("requirement") and grid.columns("ordinal")
    valued = grid.columns("clause", "label") and grid.columns("requirement", "value", "growth")
    return bool(named or valued) and not grid.columns("result") and not is_scored(grid) and not is_task_table(grid)


def target_tables(layout: Layout, region: Region | None, codes: Codes, issued: str | None) -> Iterator[Fact]:
    """A plan item for each row of every target table, coded by table and row (T2.3).

    `issued` is the year of the document.
    """
    number = 0
    for item, headings in under_headings(layout):
        if isinstance(item, Grid) and is_target_table(item):
            number += 1
            yield from _TargetTable(item, number, section_path(headings), region, codes, issued).facts()


@dataclass(frozen=True, slots=True)
class _TargetTable:
    grid: Grid
    number: int
    section: str | None
    region: Region | None
    codes: Codes
    issued: str | None

    def facts(self) -> Iterator[Fact]:
        values = value_columns(self.grid, self.issued)
        names = self.grid.columns("clause") or self.grid.columns("label")
        for first, last, titles in divided(self.grid):
            labels: dict[int, str] = {}
            for index in range(first, last):
                row = self.grid.rows[index]
                labels |= {c: compact(row[c].text) for c in self.grid.columns("label", "clause") if row[c].text}
                above = [label for column, label in sorted(labels.items()) if column < max(names, default=0)]
                yield from self._row(index, [*titles, *above], names, values)

    def _row(self, index: int, titles: list[str], names: list[int], values: list[ValueColumn]) -> Iterator[Fact]:
        row = self.grid.rows[index]
        sentence = self._sentence(row, names)
        stated = sentence or next((row[column] for column in reversed(names) if row[column].text), None)
        if stated is None:
            return
        section = " / ".join([self.section, *titles] if self.section else titles) or None
        text = compact(unnumbered(stated.text))
        code = self.codes.take(f"task:T{self.number}.{self._printed(row, index)}").removeprefix("task:")
        yield PlanItem(code, text, stated.ordinal, section, nature=nature(self.grid, row))
        yield from row_assignments(self.grid, row, code, self.region)
        if stated is not sentence:
            yield from (replace(found, plan_item=code) for found in row_thresholds(self.grid, row, text, values))

    def _sentence(self, row: tuple[GridCell, ...], names: list[int]) -> GridCell | None:
        """The cell that states the requirement itself, rather than a value of the indicator beside it."""
        cells = [row[column] for column in self.grid.columns("requirement") if row[column].text]
        return next((cell for cell in cells if not names or len(squeezed(cell.text)) > LONGEST_VALUE), None)

    def _printed(self, row: tuple[GridCell, ...], index: int) -> str:
        printed = [squeezed(row[column].text).rstrip(".、") for column in self.grid.columns("ordinal")]
        return next((number for number in printed if number), str(index + 1))
