"""The rows of a scored table → groups, one a clause: its number, points, scoring and verification cells.

The rows of one clause are the row that names it and those below whose clause cell was merged away; a row whose clause
cell was lost still begins one where its scoring text stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise, zip_longest

from extract.conditions import holds, verification_methods
from extract.families.judged_columns import leaf_column, level_of
from extract.families.task_rows import task_number
from extract.layout import Grid, GridCell, GridSection
from extract.numbers import chinese_ordinal
from extract.outline import read_numbering
from extract.text import squeezed

AMOUNT = re.compile(r"[（(]?(?:[^\d（(]{0,4}[：:])?(\d+(?:\.\d+)?)分?[）)]?")
GLUED_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.．、]?(?=[\u4e00-\u9fff“])(?!\d+[年月日个项次名%])")
ORDINAL = re.compile(r"\d+(?:\.\d+)*")

FEWEST_NAMED = 3  # clauses that show that each has a label of its own

Row = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one clause; with it begin `sections` (rows that divide the table) and `labels` (cells, by column).

    `part` is which of the clauses under one merged ordinal it is, 0 where it has its own; `parts` are all of them;
    `points_above`: the points beside it are those of a whole that it belongs to.
    """

    rows: list[Row] = field(default_factory=list)
    labels: list[tuple[int, GridCell]] = field(default_factory=list)
    sections: list[GridSection] = field(default_factory=list)
    part: int = 0
    parts: tuple[Group, ...] = ()
    points_above: bool = False

    def cells(self, columns: Sequence[int]) -> list[GridCell]:
        """The filled cells of some columns, row by row."""
        return [row[column] for row in self.rows for column in columns if row[column].text]


def clause_groups(grid: Grid) -> Iterator[Group]:
    """The clauses of a scored table with their rows; rows before the first clause keep only their labels."""
    leaf = leaf_column(grid)
    label_columns = [column for column in grid.columns("label", "clause") if column < leaf]
    group = Group()
    labels: list[tuple[int, GridCell]] = []
    sections: list[GridSection] = []
    for index, row in enumerate(grid.rows):
        sections += [section for section in grid.sections if section.before == index]
        labels += [(c, row[c]) for c in label_columns if row[c].text and not holds("total", row[c].text)]
        if _begins(grid, row, leaf, group):
            if group.rows:
                yield group
            group, labels, sections = Group([row], labels, sections), [], []
        elif group.rows:
            group.rows.append(row)
            # a label printed again inside a merged cell (on a new page) begins nothing
            labels = []
    if group.rows:
        yield group


def _begins(grid: Grid, row: Row, leaf: int, above: Group) -> bool:
    if row[leaf].text:
        return not holds("total", row[leaf].text)
    if row[leaf].merged and above.rows and _is_part(grid, row) and _is_part(grid, above.rows[-1]):
        return True
    is_lost = row[leaf].lost or _is_blank_clause(grid, row, leaf, above)
    return is_lost and any(row[column].text for column in grid.columns("scoring"))


def _is_part(grid: Grid, row: Row) -> bool:
    """Whether a row has points and a scoring text of its own under an ordinal: a part of the clause that covers it."""
    own = all(any(row[column].text for column in grid.columns(role)) for role in ("points", "scoring"))
    return own and merged_number(grid, Group([row])) is not None and clause_points(grid, Group([row])) is not None


def _is_blank_clause(grid: Grid, row: Row, leaf: int, above: Group) -> bool:
    """Whether a cell of its own is blank where another clause begins: its title was lost.

    The row's own ordinal says so, or the number of its tasks (34.1 below 33).
    """
    if not grid.spans_known or row[leaf].merged:
        return False
    if any(ORDINAL.fullmatch(squeezed(row[column].text).rstrip(".、")) for column in grid.columns("ordinal")):
        return True
    tasks = (task_number(row[column].text) for column in grid.columns("task"))
    number = next((task.rpartition(".")[0] for task in tasks if task), None)
    return bool(number) and (not above.rows or number != (clause_number(grid, above) or ("",))[0])


def clause_number(grid: Grid, group: Group) -> tuple[str, int] | None:
    """The clause's number and how much of its cell it takes: its own, else the ordinal's, else its tasks' (34.1).

    Clauses under one merged ordinal are its parts (2.1, 2.2).
    """
    first = group.rows[0]
    if own := cell_number(first[leaf_column(grid)].text):
        return own
    if printed := merged_number(grid, group):
        return printed + (f".{group.part}" if group.part else ""), 0
    for column in grid.columns("task"):
        if task := task_number(first[column].text):
            return task.rpartition(".")[0] or task, 0
    return None


def merged_number(grid: Grid, group: Group) -> str | None:
    """The number in the ordinal cell that stands beside the group or covers it, in Arabic figures."""
    for column in grid.columns("ordinal"):
        text = squeezed(group.rows[0][column].whole)
        if printed := ORDINAL.fullmatch(text.rstrip(".、")):
            return printed[0]
        if (value := _numeral(text)) is not None:
            return str(value)
    return None


def stands_for_section(grid: Grid, group: Group) -> bool:
    """Whether a row is judged that has a section's number: 三、 among rows with 1, 2, 3."""
    columns = grid.columns("ordinal")[:1]
    own = [_numeral(squeezed(group.rows[0][column].text)) for column in columns]
    return own not in ([], [None]) and any(
        ORDINAL.fullmatch(squeezed(row[column].text).rstrip(".、")) for row in grid.rows for column in columns
    )


def with_section_rows(grid: Grid, groups: Sequence[Group]) -> list[Group]:
    """The groups without the rows that have a section's number and clauses below: they divide, whatever they print."""
    kept: list[Group] = []
    dividing: list[GridSection] = []
    for group, below in zip_longest(groups, groups[1:]):
        divides = stands_for_section(grid, group) and below is not None and not stands_for_section(grid, below)
        if divides:
            titles = {*grid.columns("ordinal", "label", "points"), leaf_column(grid)}
            cells = ((column, cell) for column, cell in enumerate(group.rows[0]) if cell.text and column in titles)
            dividing += [*group.sections, GridSection(0, tuple(cells))]
        else:
            kept.append(replace(group, sections=[*dividing, *group.sections]))
            dividing = []
    return kept


def _numeral(text: str) -> int | None:
    return chinese_ordinal(text.strip("、（）()")) if text else None


def with_parts(grid: Grid, groups: Sequence[Group]) -> Iterator[Group]:
    """The groups, numbered through where several of them stand under one merged ordinal."""
    columns = grid.columns("ordinal")
    for ordinal, under in groupby(groups, key=lambda group: [group.rows[0][column].passage for column in columns]):
        parts = list(under)
        if len(parts) == 1 or not any(ordinal):
            yield from parts
            continue
        yield from (replace(group, part=number, parts=tuple(parts)) for number, group in enumerate(parts, 1))


def shared_columns(group: Group) -> set[int]:
    """The columns in which one cell covers all parts of a merged ordinal."""
    first = group.rows[0]
    return {
        column
        for column, cell in enumerate(first)
        if group.parts and all(part.rows[0][column].passage is cell.passage for part in group.parts)
    }


def whole_label(grid: Grid, group: Group) -> tuple[int, GridCell] | None:
    """The label that covers the parts of a merged ordinal and no row more: it names their whole, not a section."""
    if not group.parts:
        return None
    last = group.parts[-1].rows[-1]
    below = next((row for above, row in pairwise(grid.rows) if above is last), None)
    shared = shared_columns(group)
    leaf = leaf_column(grid)
    for column, cell in [*reversed(group.labels), (leaf, group.rows[0][leaf])]:
        if column in shared and (below is None or below[column].passage is not cell.passage):
            return column, cell
    return None


def without_names(grid: Grid, groups: Sequence[Group]) -> Iterator[Group]:
    """The groups without the labels of a column that gives each of them its own: those name clauses, not sections.

    A column left of the running number, or under 一级指标, holds sections, however few clauses each of them has.
    """
    ordinal = min(grid.columns("ordinal"), default=-1)
    runs: list[list[Group]] = []
    for group in groups:
        if group.sections or not runs:
            runs.append([])
        runs[-1].append(group)
    for run in runs:
        columns = [
            {column for column, _ in group.labels if column > ordinal and not level_of(grid, column)} for group in run
        ]
        naming = set.intersection(*columns) if len(run) >= FEWEST_NAMED else set()
        for group in run:
            yield replace(group, labels=[(column, cell) for column, cell in group.labels if column not in naming])


def cell_number(text: str) -> tuple[str, int] | None:
    """The number a cell begins with, also glued to its words, and its length.

    >>> cell_number("1领导重视"), cell_number("4. 提炼质量精神"), cell_number("领导重视")
    (('1', 1), ('4', 3), None)
    """
    numbering = read_numbering(text)
    if numbering is not None and numbering.code:
        return numbering.code, numbering.end
    glued = GLUED_NUMBER.match(text)
    return (glued[1], glued.end()) if glued else None


def clause_points(grid: Grid, group: Group) -> float | None:
    """The points a clause prints in a cell of their own.

    Nothing but a number counts, with 分 and brackets or without.
    """
    for cell in group.cells(grid.columns("points")) if not group.points_above else ():
        if match := AMOUNT.fullmatch(squeezed(cell.text)):
            return float(match[1])
    return None


def clause_verification(grid: Grid, group: Group, above: str | None) -> str | None:
    """The methods of a clause joined with ；: a cell merged away has those of the clause above, a lost one none."""
    columns = grid.columns("verification")
    first = [group.rows[0][column] for column in columns]
    if not first or any(cell.lost for cell in first):
        return None
    if printed := [method for cell in group.cells(columns) for method in verification_methods(cell.text)]:
        return "；".join(printed)
    return above if first[0].merged or not grid.spans_known else None
