"""The command that computes what would be scored: `simulate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.completing import complete_documents
from kb.options import FILE, Refused, database_option, listing_options, opened, print_rows

if TYPE_CHECKING:
    from kb.simulate.clauses import Missing
    from kb.simulate.rubric import Rubric

_MISSING = {"out": "left_out", "full": "full_marks"}


@click.command()
@click.argument("rubric", shell_complete=complete_documents)
@click.argument("values", type=FILE, required=False, metavar="[VALUES]")
@click.option("--template", type=FILE, help="Write the table to fill in to this .csv or .xlsx.")
@click.option(
    "--missing",
    type=click.Choice(sorted(_MISSING)),
    help="Points of 合理缺项 (answer n/a): out of the full marks, or full.  [default: what the rubric says, else out]",
)
@database_option
@listing_options
def simulate(
    rubric: str,
    values: Path | None,
    template: Path | None,
    missing: str | None,
    database: Path,
    form: str,
    output: Path | None,
) -> None:
    """Compute the points that a rubric gives for the answers in VALUES (.csv or .xlsx), as ranges where some lack.

    A row answers a score rule (the keys clause and rule, as the template has them) or gives the figure of an
    indicator (indicator, answer), which counts wherever the rubric asks for it.
    """
    from kb.show import document_named
    from kb.simulate.rubric import read_rubric

    if (values is None) == (template is None):
        raise Refused("give VALUES to compute points, or --template FILE for the table to fill in")
    with opened(database) as connection:
        found = read_rubric(connection, document_named(connection, rubric))
        if template is not None:
            _write_template(found, rubric, template)
            return
        assert values is not None  # one of the two is given
        from kb.simulate.reading import read_values
        from kb.simulate.totals import COLUMNS, simulated, treatment_printed

        printed = treatment_printed(connection, found.id)
        chosen: Missing = (
            "full_marks" if missing == "full" else "left_out" if missing == "out" else printed or "left_out"
        )
        rows = simulated(found, read_values(connection, found, values), chosen, missing is None and printed is None)
    print_rows(rows, form, output, COLUMNS)
    unused = sum(row["part"] == "unused" for row in rows)
    if unused:
        click.echo(f"{unused} answers fit no rule: see the rows “unused”", err=True)


def _write_template(rubric: Rubric, name: str, path: Path) -> None:
    from kb.sheets import write_sheet
    from kb.simulate.template import COLUMNS, template_rows

    rows = template_rows(rubric)
    write_sheet(path, rows, COLUMNS)
    click.echo(f"{len(rows)} rows in {path}; fill in answer, then: zhibiao simulate {name} {path}")
