"""Target tables: numbered rows that state one requirement each, without departments or points → plan items."""

from __future__ import annotations

from collections.abc import Iterator

from extract.families.codes import Codes
from extract.families.scored_table import is_scored
from extract.families.task_rows import is_task_table
from extract.layout import Grid, Layout
from extract.outline import unnumbered
from extract.records import Fact, PlanItem
from extract.sections import section_path, under_headings
from extract.text import compact, squeezed


def is_target_table(grid: Grid) -> bool:
    """A column of requirements beside a running number, and no column that makes it a rubric or a task table."""
    return (
        bool(grid.columns("requirement"))
        and bool(grid.columns("ordinal"))
        and not grid.columns("result")
        and not is_scored(grid)
        and not is_task_table(grid)
    )


def target_tables(layout: Layout, codes: Codes) -> Iterator[Fact]:
    """A plan item for each row of every target table, coded by table and row (T2.3)."""
    number = 0
    for item, headings in under_headings(layout):
        if not isinstance(item, Grid) or not is_target_table(item):
            continue
        number += 1
        column = item.columns("requirement")[0]
        ordinal = item.columns("ordinal")[0]
        for index, row in enumerate(item.rows, 1):
            if row[column].text:
                printed = squeezed(row[ordinal].text).rstrip(".、") or str(index)
                code = codes.take(f"task:T{number}.{printed}").removeprefix("task:")
                yield PlanItem(code, compact(unnumbered(row[column].text)), row[column].ordinal, section_path(headings))
