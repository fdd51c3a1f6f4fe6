"""Commands that say which names are one body or one indicator: `resolve export` and `resolve import`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from kb.options import FILE, database_option, opened


@click.group()
def resolve() -> None:
    """Look at which names are held to be one, and decide otherwise."""


@resolve.command("export")
@click.argument("file", type=FILE)
@click.option("--kind", type=click.Choice(["department", "indicator"]), help="Only these names.")
@database_option
def export_command(file: Path, kind: str | None, database: Path) -> None:
    """Write pairs of names to FILE (.csv or .xlsx): merged by rules, proposed, decided.

    Fill in `verdict` (same or different; empty takes a decision back) and give the file to `resolve import`.
    """
    from kb.entities.decisions import kind_named
    from kb.entities.exchange import export_identities

    with opened(database) as connection:
        pairs = export_identities(connection, file, kind_named(kind))
    click.echo(f"{pairs} pairs in {file}; fill in verdict, then: zhibiao resolve import {file}")


@resolve.command("import")
@click.argument("file", type=FILE)
@click.option("--by", "made_by", help="Who decided, where the table does not say.")
@database_option
def import_command(file: Path, made_by: str | None, database: Path) -> None:
    """Keep the verdicts in FILE; they last over every re-ingestion, and no rule overrides them."""
    from kb.base import open_base, transaction
    from kb.check import check_all
    from kb.entities.exchange import import_identities
    from kb.revise.revisions import now

    with closing(open_base(database, write=True)) as connection, transaction(connection):
        done = import_identities(connection, file, made_by=made_by, made_at=now())
        if done.written or done.withdrawn:
            check_all(connection)
    click.echo(f"{done.written} decisions kept, {done.withdrawn} taken back, {done.unchanged} rows as before")
