"""Rows of a table that say what is to be done → plan items, and who does them → assignments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from extract.dates import read_period
from extract.duty_brackets import first_leads, shared_out
from extract.families.codes import Codes
from extract.layout import Grid, GridCell, Layout, Paragraph
from extract.outline import read_numbering
from extract.records import Assignment, Fact, Finding, PlanItem, Role, Threshold
from extract.regions import Region
from extract.text import compact, squeezed
from extract.thresholds import thresholds

COLUMN_ROLES: dict[str, Role] = {"lead": "lead", "support": "support", "member": "member", "supervise": "supervise"}

DESCRIBING = {"requirement", "explanation", "value", None}  # columns that say more of a task
SHORTEST_DESCRIPTION = 6
ORDINAL = re.compile(r"\d+(?:\.\d+)*[.、]?")
NEAR = 2  # paragraphs before and after a table that speak of it


def is_task_table(grid: Grid) -> bool:
    """A column of tasks, and one of departments or deadlines."""
    return bool(grid.columns("task")) and bool(grid.columns("lead", "support", "deadline")) and bool(grid.rows)


def first_leads_in(layout: Layout, grid: Grid) -> bool:
    """Whether a note in a grid or beside it says that the first body of a list leads."""
    at = next(i for i, item in enumerate(layout.content) if item is grid)
    around = layout.content[max(0, at - NEAR) : at] + layout.content[at + 1 : at + 1 + NEAR]
    texts = [item.text for item in around if isinstance(item, Paragraph)]
    return any(first_leads(text) for text in (*texts, *(cell.text for cell in (*grid.titles, *grid.notes))))


def task_number(text: str) -> str | None:
    """The code a task cell begins with.

    >>> task_number("14.2 1个以上口岸达标"), task_number("开展宣传")
    ('14.2', None)
    """
    numbering = read_numbering(text)
    return numbering.code or None if numbering else None


def task_rows(
    grid: Grid,
    rows: Sequence[tuple[GridCell, ...]],
    clause: str | None,
    section: str | None,
    region: Region | None,
    codes: Codes,
    first: int = 1,
    *,
    leads_first: bool = False,
) -> Iterator[Fact]:
    """The plan items and assignments of some rows of a grid, tied to the `clause` that the table prints beside them.

    A department or date merged over several tasks holds for each of them; a task merged over several rows has the
    departments of all of them.  Tasks beside one merged ordinal are its parts (3.1, 3.2); one without
    a number is counted from `first` on.  `leads_first`: the document says that the first body of a list leads.
    """
    code: str | None = None
    ordinals = list(row_numbers(grid, rows, "task"))
    for index, row in enumerate(rows, first):
        tasks = [row[column] for column in grid.columns("task") if row[column].text]
        if not tasks:
            if code is not None and any(row[column].merged for column in grid.columns("task")):
                yield from row_assignments(grid, row, code, region, own=True, leads_first=leads_first)
            continue
        task = tasks[-1]
        numbering = read_numbering(task.text)
        number = numbering.code if numbering and numbering.code else ordinals[index - first] or str(index)
        # a task and its clause may print the same number: they are codes of different records
        code = codes.take(f"task:{number}", f"task:{clause or section or 'T'}.{number}").removeprefix("task:")
        text = compact(task.text[numbering.end :] if numbering else task.text)
        deadline = next((row[column] for column in grid.columns("deadline") if row[column].whole), None)
        start, end = read_period(deadline.whole) if deadline else (None, None)
        path = section if clause else _path(grid, row, section)
        yield PlanItem(code, text, task.ordinal, path, start, end, clause)
        yield from _described(grid, row, code)
        if deadline and start is None and end is None:
            message = f"task {code}: no date in {compact(deadline.whole)}"
            yield Finding("unread_deadline", "info", message, deadline.ordinal)
        yield from row_assignments(grid, row, code, region, leads_first=leads_first)


def _path(grid: Grid, row: tuple[GridCell, ...], section: str | None) -> str | None:
    """The section of a task with the labels beside it."""
    labels = (compact(row[column].whole) for column in grid.columns("label"))
    return " / ".join(filter(None, (section, *labels))) or None


def _described(grid: Grid, row: tuple[GridCell, ...], code: str) -> Iterator[Threshold]:
    """What the cells beside a task demand: its aims (工作目标) and its description."""
    for column, role in enumerate(grid.roles):
        cell = row[column]
        if role in DESCRIBING and cell.text and not cell.merged and len(squeezed(cell.text)) >= SHORTEST_DESCRIPTION:
            for found in thresholds(cell.text):
                yield replace(found, plan_item=code, passage=cell.ordinal)


def row_numbers(grid: Grid, rows: Sequence[tuple[GridCell, ...]], *roles: str) -> Iterator[str | None]:
    """The running number of every row that has a cell in columns with one of the roles, `None` for the others.

    Where one number is merged over several of them, each is a part of it.
    """
    cells = [_ordinal_cell(grid, row, roles) for row in rows]
    beside = Counter(cell.ordinal for cell in cells if cell)
    parts: Counter[int] = Counter()
    for cell in cells:
        if cell is None:
            yield None
            continue
        number = squeezed(cell.whole).rstrip(".、")
        parts[cell.ordinal] += 1
        yield f"{number}.{parts[cell.ordinal]}" if beside[cell.ordinal] > 1 else number


def _ordinal_cell(grid: Grid, row: tuple[GridCell, ...], roles: Sequence[str]) -> GridCell | None:
    cell = next((row[column] for column in grid.columns("ordinal") if row[column].whole), None)
    states = any(row[column].text for column in grid.columns(*roles))
    return cell if states and cell and ORDINAL.fullmatch(squeezed(cell.whole)) else None


def clause_assignments(
    grid: Grid,
    rows: Sequence[tuple[GridCell, ...]],
    clause: str,
    region: Region | None,
    columns: Collection[int] = (),
    *,
    leads_first: bool = False,
) -> Iterator[Fact]:
    """Who answers for a clause by the departments that stand beside it in a table without tasks.

    `columns` are the only ones that speak of it; none given are all.
    """
    for number, row in enumerate(rows):
        found = row_assignments(grid, row, clause, region, own=number > 0, columns=columns, leads_first=leads_first)
        yield from (
            replace(fact, plan_item=None, clause=clause) if isinstance(fact, Assignment) else fact for fact in found
        )


def row_assignments(
    grid: Grid,
    row: tuple[GridCell, ...],
    item: str,
    region: Region | None,
    *,
    own: bool = False,
    columns: Collection[int] = (),
    leads_first: bool = False,
) -> Iterator[Fact]:
    """Who does an item by the cells of a row, those that cover it included unless only its `own` are asked for.

    `columns` are the only ones to look at; none given are all.
    """
    for column, kind in enumerate(grid.roles):
        role = COLUMN_ROLES.get(kind or "")
        cell = row[column]
        if columns and column not in columns:
            continue
        # a cell that reaches over from the column on the left names nobody
        across = cell.merged and cell.passage is not None and cell.passage.column_no != column + 1
        if role is None or across or not (cell.text if own else cell.whole):
            continue
        for shared, department in shared_out(cell.whole, role, region, leads_first):
            yield Assignment(
                shared, department.raw, department.name, cell.ordinal, plan_item=item, is_group=department.is_group
            )
            if not department.known and not cell.merged:
                message = f"{item}: {department.raw} is in no list of bodies"
                yield Finding("unknown_department", "info", f"task {message}", cell.ordinal)
