"""Target tables: rows that state one requirement each, without points or tasks → plan items and their thresholds.

A row is a sentence (要求), or an indicator beside the values that it is to reach (2020年 | 2025年 | 年均增长).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.families.codes import Codes
from extract.families.scored_table import is_scored
from extract.families.section_rows import divided
from extract.families.task_rows import is_task_table, row_assignments, row_numbers
from extract.families.value_columns import LONGEST_VALUE, ValueColumn, nature, row_thresholds, value_columns
from extract.layout import Grid, GridCell, Layout
from extract.outline import unnumbered
from extract.records import Fact, Finding, PlanItem
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
            yield from _TargetTable(item, number, section_path(headings), region, codes, issued, _covered(item)).facts()


def _covered(grid: Grid) -> dict[int, list[int]]:
    """The rows that each passage of a grid covers."""
    found: dict[int, list[int]] = {}
    for index, row in enumerate(grid.rows):
        for passage in {cell.passage.ordinal for cell in row if cell.passage is not None}:
            found.setdefault(passage, []).append(index)
    return found


@dataclass(frozen=True, slots=True)
class _TargetTable:
    grid: Grid
    number: int
    section: str | None
    region: Region | None
    codes: Codes
    issued: str | None
    covered: dict[int, list[int]]

    def facts(self) -> Iterator[Fact]:
        values = value_columns(self.grid, self.issued)
        names = self.grid.columns("clause") or self.grid.columns("label")
        numbers = list(row_numbers(self.grid, self.grid.rows, "clause", "label", "requirement"))
        for first, last, titles in divided(self.grid):
            labels: dict[int, str] = {}
            for index in range(first, last):
                row = self.grid.rows[index]
                labels |= {c: compact(row[c].text) for c in self.grid.columns("label", "clause") if row[c].text}
                stating = max((column for column in names if row[column].text), default=0)
                above = [label for column, label in sorted(labels.items()) if column < stating]
                yield from self._row(index, numbers[index] or str(index + 1), [*titles, *above], names, values)

    def _row(
        self, index: int, number: str, titles: list[str], names: list[int], values: list[ValueColumn]
    ) -> Iterator[Fact]:
        row = self.grid.rows[index]
        sentence = self._sentence(row, names)
        stated = sentence or next((row[column] for column in reversed(names) if row[column].text), None)
        if stated is None:
            return
        section = " / ".join([self.section, *titles] if self.section else titles) or None
        text = compact(unnumbered(stated.text))
        code = self.codes.take(f"task:T{self.number}.{number}").removeprefix("task:")
        yield PlanItem(code, text, stated.ordinal, section, nature=nature(self.grid, row))
        yield from row_assignments(self.grid, row, code, self.region)
        if stated is not sentence:
            name = self._variant(row, stated, text)
            read = [replace(found, plan_item=code) for found in row_thresholds(self.grid, row, name, values)]
            yield from read
            yield from self._unread(row, code, values, {found.passage for found in read})

    def _unread(
        self, row: tuple[GridCell, ...], code: str, values: list[ValueColumn], read: set[int]
    ) -> Iterator[Finding]:
        """The cells of values with figures that gave no threshold."""
        cells = [row[value.column] for value in values if value.role != "baseline"]
        for cell in cells:
            if cell.text and cell.ordinal not in read and re.search(r"\d", cell.text):
                yield Finding("unread_target", "info", f"{code}: no value in {compact(cell.text)}", cell.ordinal)

    def _variant(self, row: tuple[GridCell, ...], stated: GridCell, text: str) -> str:
        """The name of an indicator; of one that stands in several rows under one number, with what sets it apart."""
        ordinal = next((row[column] for column in self.grid.columns("ordinal") if row[column].whole), None)
        rows = self.covered[ordinal.ordinal] if ordinal else []
        named = [row[column] for column in self.grid.columns("clause", "label") if row[column].passage]
        same = [cell for cell in named if self.covered[cell.ordinal] == rows and cell is not stated]
        return f"{compact(same[-1].whole)}（{text}）" if len(rows) > 1 and same else text

    def _sentence(self, row: tuple[GridCell, ...], names: list[int]) -> GridCell | None:
        """The cell that states the requirement itself, rather than a value of the indicator beside it."""
        cells = [row[column] for column in self.grid.columns("requirement") if row[column].text]
        return next((cell for cell in cells if not names or len(squeezed(cell.text)) > LONGEST_VALUE), None)
