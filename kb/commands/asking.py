"""Commands that ask and browse: `query` and `serve`."""

from __future__ import annotations

from pathlib import Path

import click

from kb.completing import complete_questions
from kb.options import database_option, listing_options, opened, print_rows


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("name", required=False, shell_complete=complete_questions)
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAM VALUE]...")
@database_option
@listing_options
def query(name: str | None, values: tuple[str, ...], database: Path, form: str, output: Path | None) -> None:
    """Ask one of the ready questions; without a NAME list them with their parameters."""
    from kb.ask import parameters, question_rows
    from kb.questions import ask, question

    if name is None:
        print_rows(question_rows(), form, output, ["name", "title", "title_en", "parameters"])
        return
    given = parameters(question(name), values)
    with opened(database) as connection:
        rows = ask(connection, name, given)
    print_rows(rows, form, output)


@click.command("serve")
@database_option
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="The port to listen on.")
def serve_command(database: Path, port: int) -> None:
    """Browse the base at http://127.0.0.1:PORT/ until Ctrl-C."""
    from kb.serve import serve

    with opened(database):
        pass  # a base that cannot be used is told before a server starts
    click.echo(f"http://127.0.0.1:{port}/  (stop with Ctrl-C)")
    serve(database, port)
