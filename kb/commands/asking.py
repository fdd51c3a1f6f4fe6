"""Commands that ask, browse and publish: `query`, `serve`, `publish`."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from kb.completing import complete_questions
from kb.options import FILE, database_option, listing_options, opened, print_rows


@click.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("name", required=False, shell_complete=complete_questions)
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAM VALUE]...")
@database_option
@listing_options
@click.option(
    "-h", "--help", "is_help", is_flag=True, help="Show this message, or what the question NAME takes, and exit."
)
@click.pass_context
def query(
    context: click.Context,
    name: str | None,
    values: tuple[str, ...],
    database: Path,
    form: str,
    output: Path | None,
    is_help: bool,
) -> None:
    """Ask one of the ready questions; without a NAME list them with their parameters."""
    from kb.ask import help_text, parameters, question_rows, with_documents
    from kb.questions import ask, question

    if is_help:
        click.echo(context.get_help() if name is None else help_text(question(name)))
        return
    if name is None:
        print_rows(question_rows(), form, output, ["name", "title", "title_en", "parameters"])
        return
    asked = question(name)
    given = parameters(asked, values)
    with opened(database) as connection:
        rows = ask(connection, name, with_documents(connection, asked, given))
    print_rows(rows, form, output)


@click.command("serve")
@database_option
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="The port to listen on.")
@click.option("--review", is_flag=True, help="Let the browser that opens the printed address accept and reject links.")
@click.option("--with-personal", is_flag=True, help="Show telephone, identity-card and e-mail numbers of persons.")
def serve_command(database: Path, port: int, review: bool, with_personal: bool) -> None:
    """Browse the base at http://127.0.0.1:PORT/ until Ctrl-C."""
    from kb.serve import serve

    with opened(database):
        pass  # a base that cannot be used is told before a server starts
    token = secrets.token_urlsafe(16) if review else ""
    click.echo(f"http://127.0.0.1:{port}/{f'review?token={token}' if review else ''}  (stop with Ctrl-C)")
    serve(database, port, token, with_personal=with_personal)


@click.command("publish")
@click.argument("folder", type=FILE)
@database_option
@click.option("--with-personal", is_flag=True, help="Keep telephone, identity-card and e-mail numbers of persons.")
def publish_command(folder: Path, database: Path, with_personal: bool) -> None:
    """Write the base as a site into FOLDER, which plain Datasette serves: read-only and complete, page pictures too."""
    from kb.site.publish import publish

    with opened(database) as connection:
        publish(connection, database, folder, with_personal=with_personal)
    click.echo(f"{folder}: cd there, then: pip install -r requirements.txt && datasette .")
