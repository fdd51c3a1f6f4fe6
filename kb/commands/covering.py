"""Commands on plans against rubrics: `coverage`, `weak`, `compare`, `gap`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import click

from kb.options import database_option, listing_options, opened, print_rows

COLUMNS = 80  # of a screen that nobody watches
SUMS_SHEET = "合计 sums"
cities_argument = click.argument("names", metavar="CITY...", nargs=-1, required=True)
rubric_option = click.option("--rubric", metavar="DOC", help="Against this document.  [default: see below]")


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
    from kb.coverage.answers import read_answers
    from kb.coverage.layout import clause_lines, head, sum_lines
    from kb.coverage.naming import plan_named, rubric_for
    from kb.coverage.standing import COLUMNS as CLAUSE_COLUMNS
    from kb.coverage.standing import standings
    from kb.coverage.sums import COLUMNS as SUM_COLUMNS
    from kb.coverage.sums import sums

    found: dict[str, list[dict[str, Any]]] = {}
    added: list[dict[str, Any]] = []
    width = get_terminal_size((COLUMNS, 24)).columns
    with opened(database) as connection:
        for name in names:
            plan = plan_named(connection, name)
            against, others = rubric_for(connection, [plan], rubric)
            rows = standings(read_answers(connection, plan.id, against.id), plan, against)
            found[_sheet(plan.city, plan.id, found)] = rows
            added += sums(rows)
            if form == "table" and output is None:
                click.echo("\n".join([*head(plan, against, others, width), "", *sum_lines(sums(rows))]))
                if not only_sums:
                    click.echo("\n".join(clause_lines(rows, width)) + "\n")
    if output is not None and output.suffix.lower() == ".xlsx":
        _save(output, found | {SUMS_SHEET: added}, dict.fromkeys(found, CLAUSE_COLUMNS) | {SUMS_SHEET: SUM_COLUMNS})
    elif form != "table" or output is not None:
        if only_sums:
            print_rows(added, form, output, SUM_COLUMNS)
        else:
            print_rows([row for rows in found.values() for row in rows], form, output, CLAUSE_COLUMNS)


def _sheet(city: str, plan_id: str, taken: Mapping[str, object]) -> str:
    """The name of a city's sheet; its plan's id where the city has none or two plans."""
    return city if city and city not in taken else plan_id


def _save(
    output: Path, sheets: Mapping[str, Sequence[Mapping[str, Any]]], columns: Mapping[str, Sequence[str]]
) -> None:
    from kb.sheets import write_workbook

    write_workbook(output, sheets, columns)
    click.echo(f"{output}: {', '.join(sheets)}")
