"""Commands that link plans to rubrics: `link`, `why`, `review export`, `review import`."""

from __future__ import annotations

import getpass
from contextlib import closing
from pathlib import Path

import click

from kb.completing import complete_documents
from kb.options import FILE, database_option, listing_options, opened, print_rows

model_option = click.option(
    "--model", "chosen", type=FILE, help="The weights.  [default: those trained on this base, else the shipped ones]"
)


@click.command()
@database_option
@click.option("--train", is_flag=True, help="First learn from the printed and reviewed links of this base.")
@model_option
def link(database: Path, train: bool, chosen: Path | None) -> None:
    """Tie plan items to the clauses they serve, where texts, decisions or weights changed since the last time."""
    from kb.base import open_base
    from kb.link.model import model_for, own_model, save_model
    from kb.link.report import link_with_report
    from kb.link.training import train as learn

    with closing(open_base(database, write=True)) as connection:
        if train:
            model = learn(connection)
            save_model(model, chosen or own_model(database))
            click.echo(f"learnt from {model.trained_on['links']} of {model.trained_on['pairs']} pairs", err=True)
        count = link_with_report(connection, model_for(database, chosen))
    click.echo(f"{count} pairs of plan and rubric linked; the others are as they were")


@click.command("why")
@click.argument("item", metavar="ITEM")
@click.argument("clause", metavar="CLAUSE")
@database_option
@model_option
@listing_options
def why_command(item: str, clause: str, database: Path, chosen: Path | None, form: str, output: Path | None) -> None:
    """Say why ITEM is tied to CLAUSE or is not: fragments, shared words, same indicator and threshold, features.

    Both are document:code, or a code alone (or the end of one, or words of the text) where only one pair fits.
    """
    from kb.link.model import model_for
    from kb.link.why import in_words, why

    with opened(database) as connection:
        found = why(connection, model_for(database, chosen), item, clause)
    if form == "table" and output is None:
        for line in in_words(found):
            click.echo(line)
    print_rows(found.features, form, output, ["adds", "weight", "value", "feature", "meaning"])


@click.group()
def review() -> None:
    """Give links to people to decide, and take their decisions back."""


@review.command("export")
@click.argument("file", type=FILE)
@database_option
@click.option("--plan", help="Only the items of this document.", shell_complete=complete_documents)
@click.option("--rubric", help="Only the clauses of this document.", shell_complete=complete_documents)
@click.option("--all", "every", is_flag=True, help="Decided items too.")
def export_review(file: Path, database: Path, plan: str | None, rubric: str | None, every: bool) -> None:
    """Write what is to be decided to FILE (.xlsx or .csv): five clauses an item, the dear and doubtful items first.

    Write accept or reject into the column of decisions, or none where no clause fits; to add a clause, put its code
    and accept. Take .xlsx for Excel: it keeps codes as they are, where a CSV's 1.10 becomes 1.1.
    """
    from kb.link.review import review_rows, save_review
    from kb.show import document_named

    with opened(database) as connection:
        plan_id, rubric_id = (None if name is None else document_named(connection, name) for name in (plan, rubric))
        rows = review_rows(connection, plan_id, rubric_id, every)
    save_review(file, rows)
    click.echo(f"{file}: {len(rows)} rows")


@review.command("import")
@click.argument("file", type=FILE)
@database_option
@click.option("--by", help="Who decided, where the table does not say.  [default: the name you are logged in by]")
@click.pass_context
def import_review(ctx: click.Context, file: Path, database: Path, by: str | None) -> None:
    """Take the decisions of FILE: a table of `review export`, or the links.csv of a folder of annotations."""
    from kb.base import open_base, transaction
    from kb.link.decisions import save_decisions
    from kb.link.model import model_for
    from kb.link.report import link_with_report, read_decisions

    with closing(open_base(database, write=True)) as connection:
        read = read_decisions(connection, file, by or getpass.getuser())
        with transaction(connection):
            save_decisions(connection, read.decisions)
        for line in read.refused:
            click.echo(line, err=True)
        click.echo(f"{len(read.decisions)} decisions taken, {len(read.refused)} rows refused")
        link_with_report(connection, model_for(database))
    ctx.exit(1 if read.refused else 0)
