"""What commands print of linking, and which reader a file of decisions takes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from kb.link.annotated import NAME, read_annotated
from kb.link.linking import link_due
from kb.link.model import Model
from kb.link.review import Read, read_review


def link_with_report(connection: sqlite3.Connection, model: Model) -> int:
    """Bring the links up to date, a line for each plan and rubric on standard error; the number of pairs linked."""
    count = 0
    for linked in link_due(connection, model):
        count += 1
        what = f"{linked.links} links, {linked.candidates} candidates"
        click.echo(f"linked {linked.plan_id} to {linked.rubric_id}: {what}", err=True)
        if linked.lost:
            click.echo(
                f"  {len(linked.lost)} decisions are about items that the plan no longer has; they are kept", err=True
            )
    return count


def read_decisions(connection: sqlite3.Connection, file: Path, by: str) -> Read:
    """The decisions of a file: the links of a folder of annotations, else a table that was exported."""
    if file.name == NAME and (file.parent / "plan_items.csv").is_file():
        return Read(read_annotated(connection, file, by), [])
    return read_review(connection, file, by)
