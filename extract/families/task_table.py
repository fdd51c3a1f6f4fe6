"""Tables of tasks that print no rubric beside them → plan items and assignments."""

from __future__ import annotations

from collections.abc import Iterator

from extract.families.codes import Codes
from extract.families.scored_table import is_scored
from extract.families.section_rows import divided
from extract.families.task_rows import first_leads_in, is_task_table, task_rows
from extract.layout import Grid, Layout
from extract.records import Fact
from extract.regions import Region
from extract.sections import section_path, under_headings


def task_tables(layout: Layout, region: Region | None, codes: Codes) -> Iterator[Fact]:
    """The rows of every table with a column of tasks and one of departments or deadlines, under its section rows."""
    for item, headings in under_headings(layout):
        if isinstance(item, Grid) and is_task_table(item) and not is_scored(item):
            above, leading = section_path(headings), first_leads_in(layout, item)
            for first, last, titles in divided(item):
                section = " / ".join([above, *titles] if above else titles) or None
                rows = item.rows[first:last]
                yield from task_rows(item, rows, None, section, region, codes, first + 1, leads_first=leading)
