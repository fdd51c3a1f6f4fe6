"""The command that finds words: `search`."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from pathlib import Path

import click

from kb.completing import complete_documents
from kb.options import Refused, database_option, listing_options, opened, print_rows

KINDS = ("passages", "clauses", "plan_items", "indicators", "departments")
ON_SCREEN = 50
NARROWEST, UNWATCHED = 60, 110  # columns of a line


@click.command()
@click.argument("text", nargs=-1, required=True)
@database_option
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Only these; may be given again.")
@click.option("--doc", "name", help="Only in this document.", shell_complete=complete_documents)
@click.option(
    "--limit", type=click.IntRange(0), help=f"So many hits, 0 for all.  [default: {ON_SCREEN} on a screen, else all]"
)
@listing_options
def search(
    text: tuple[str, ...],
    database: Path,
    kinds: tuple[str, ...],
    name: str | None,
    limit: int | None,
    form: str,
    output: Path | None,
) -> None:
    """Find what contains every word of TEXT: departments, indicators, clauses, plan items, passages.

    A word of any length is found wherever it stands; width and case of letters and figures make no difference.
    """
    from kb.search.hits import COLUMNS, hits
    from kb.search.pairs import words
    from kb.search.screen import screen
    from kb.show import document_named

    query = " ".join(text)
    if not words(query):
        raise Refused("nothing to search for; name a word: zhibiao search 标准")
    with opened(database) as connection:
        document_id = None if name is None else document_named(connection, name)
        found = hits(connection, query, kinds or KINDS, document_id)
    if form == "table" and output is None:
        columns = max(shutil.get_terminal_size().columns, NARROWEST) if sys.stdout.isatty() else UNWATCHED
        shown = ON_SCREEN if limit is None else limit
        for line in screen(found, words(query), shown, columns, partial(click.style, bold=True)):
            click.echo(line)
    else:
        print_rows(found[:limit] if limit else found, form, output, COLUMNS)
