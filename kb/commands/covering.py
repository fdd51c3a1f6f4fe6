"""Commands on plans against rubrics: `coverage`, `weak`, `compare`, `gap`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import click

from kb.completing import complete_documents
from kb.options import Refused, database_option, listing_options, opened, print_rows

COLUMNS = 80  # of a screen that nobody watches
TABLES = {"sums": "合计 sums", "gap": "对照 side by side"}  # sheets beside those of the cities
cities_argument = click.argument("names", metavar="CITY...", nargs=-1, required=True)
rubric_option = click.option(
    "--rubric", metavar="DOC", help="Hold it against this document.", shell_complete=complete_documents
)
Sheets = Mapping[str, Sequence[Mapping[str, Any]]]


@click.command()
@cities_argument
@rubric_option
@click.option("--sums", "only_sums", is_flag=True, help="List the sums by section instead of the clauses.")
@database_option
@listing_options
def coverage(
    names: tuple[str, ...], rubric: str | None, only_sums: bool, database: Path, form: str, output: Path | None
) -> None:
    """Show how far the plan of CITY covers a rubric, clause by clause, what is probably uncovered first.

    CITY is a city, a region or a document.  Without --rubric: the one that the plan prints itself, else the one that it
    cites, else the newest of its campaign.  --output FILE.xlsx has a sheet for each city and one of sums.
    """
    from kb.coverage.layout import clause_lines, head, sum_lines
    from kb.coverage.reading import read_each
    from kb.coverage.standing import COLUMNS as CLAUSE_COLUMNS
    from kb.coverage.sums import COLUMNS as SUM_COLUMNS
    from kb.coverage.sums import sums

    with opened(database) as connection:
        readings = read_each(connection, names, rubric)
    added = {reading.label: sums(reading.rows) for reading in readings}
    totals = [row for rows in added.values() for row in rows]
    if _is_workbook(output):
        sheets: Sheets = {reading.label: reading.rows for reading in readings} | {TABLES["sums"]: totals}
        _save(output, sheets, {TABLES["sums"]: SUM_COLUMNS}, CLAUSE_COLUMNS)
    elif form != "table" or output is not None:
        clauses = [row for reading in readings for row in reading.rows]
        print_rows(totals if only_sums else clauses, form, output, SUM_COLUMNS if only_sums else CLAUSE_COLUMNS)
    else:
        for reading in readings:
            _print(head(reading.plan, reading.rubric, reading.others, _width()))
            _print(("", *sum_lines(added[reading.label]), *(() if only_sums else clause_lines(reading.rows, _width()))))


@click.command()
@cities_argument
@rubric_option
@database_option
@listing_options
def weak(names: tuple[str, ...], rubric: str | None, database: Path, form: str, output: Path | None) -> None:
    """List where the plan of CITY promises less than the clause it answers: both fragments, and what is less.

    A figure that is lower, vague or missing, an amount for a ratio, a rarer rhythm, a lesser post or level, a narrower
    scope, a shorter list.  Only clauses that count as covered are looked at; CITY and DOC as for `coverage`.
    """
    from kb.coverage.layout import head
    from kb.coverage.reading import read_each
    from kb.coverage.weak import COLUMNS as WEAK_COLUMNS
    from kb.coverage.weak import lines, weak_promises

    with opened(database) as connection:
        readings = read_each(connection, names, rubric)
    found = {reading.label: weak_promises(reading.answers, reading.plan, reading.rubric) for reading in readings}
    if _is_workbook(output):
        _save(output, found, {}, WEAK_COLUMNS)
    elif form != "table" or output is not None:
        print_rows([row for rows in found.values() for row in rows], form, output, WEAK_COLUMNS)
    else:
        for reading in readings:
            _print(head(reading.plan, reading.rubric, reading.others, _width()))
            rows = found[reading.label]
            _print((f"\n{len(rows) or 'no'} weak promise{'' if len(rows) == 1 else 's'}", *lines(rows, _width())))


@click.command()
@click.argument("name", metavar="INDICATOR")
@rubric_option
@database_option
@listing_options
def compare(name: str, rubric: str | None, database: Path, form: str, output: Path | None) -> None:
    """Show what every document prints for INDICATOR: stricter, equal, weaker than each rubric demands, or missing.

    INDICATOR is a name as any document prints it, or a part of one; `zhibiao query compare-thresholds` has them all.
    """
    from kb.coverage.compare import COLUMNS as COMPARED
    from kb.coverage.compare import comparison, lines
    from kb.show import document_named

    with opened(database) as connection:
        rows = comparison(connection, name, "" if rubric is None else document_named(connection, rubric))
    if form != "table" or output is not None:
        print_rows(rows, form, output, COMPARED)
    else:
        _print(lines(rows, _width()))


@click.command()
@cities_argument
@rubric_option
@click.option("--sums", "only_sums", is_flag=True, help="List the sums of each city instead of the clauses.")
@database_option
@listing_options
def gap(
    names: tuple[str, ...], rubric: str | None, only_sums: bool, database: Path, form: str, output: Path | None
) -> None:
    """Hold the plans of several cities against one rubric side by side, what most of them lack first.

    Without --rubric: one that all plans are tied to, rather one that none of them prints itself.  --output FILE.xlsx
    has the comparison, a sheet for each city, and one of sums.
    """
    from kb.coverage.gap import columns, gaps, lines
    from kb.coverage.layout import head, sum_lines
    from kb.coverage.reading import read_together
    from kb.coverage.standing import COLUMNS as CLAUSE_COLUMNS
    from kb.coverage.sums import COLUMNS as SUM_COLUMNS
    from kb.coverage.sums import sums

    if len(set(names)) < 2:
        raise Refused("gap holds cities side by side; name two or more, or see: zhibiao coverage CITY")
    with opened(database) as connection:
        readings = read_together(connection, names, rubric)
    cities = [reading.label for reading in readings]
    rows = gaps({one.label: one.rows for one in readings}, {one.label: one.answers for one in readings})
    added = [sums(reading.rows) for reading in readings]
    totals = [row for found in added for row in found]
    if _is_workbook(output):
        sheets = {TABLES["gap"]: rows} | {one.label: one.rows for one in readings} | {TABLES["sums"]: totals}
        _save(output, sheets, {TABLES["gap"]: columns(cities), TABLES["sums"]: SUM_COLUMNS}, CLAUSE_COLUMNS)
    elif form != "table" or output is not None:
        print_rows(totals if only_sums else rows, form, output, SUM_COLUMNS if only_sums else columns(cities))
    else:
        for reading, found in zip(readings, added, strict=True):
            _print((*head(reading.plan, reading.rubric, reading.others, _width()), *sum_lines(found), ""))
        _print(() if only_sums else lines(rows, cities, _width()))


def _width() -> int:
    return get_terminal_size((COLUMNS, 24)).columns


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _is_workbook(output: Path | None) -> bool:
    return output is not None and output.suffix.lower() == ".xlsx"


def _save(output: Path | None, sheets: Sheets, own: Mapping[str, Sequence[str]], others: Sequence[str]) -> None:
    """Write a workbook; sheets have `others` as columns but for those that have their `own`."""
    from kb.sheets import write_workbook

    assert output is not None
    write_workbook(output, sheets, dict.fromkeys(sheets, others) | dict(own))
    click.echo(f"{output}: {', '.join(sheets)}")
