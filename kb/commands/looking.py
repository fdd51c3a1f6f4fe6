"""Commands that look at documents: `show`, `findings`, `debug`."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from shutil import get_terminal_size

import click

from kb.completing import complete_documents
from kb.listing import Rows
from kb.options import FILE, Refused, database_option, listing_options, opened, print_rows


@click.command()
@click.argument("name", metavar="[DOC|FILE]", required=False, shell_complete=complete_documents)
@database_option
@listing_options
@click.option("--tables", is_flag=True, help="Print the stitched tables of a FILE instead.")
def show(name: str | None, database: Path, form: str, output: Path | None, tables: bool) -> None:
    """Show one document: head, counts, clauses with points, plan items with who does them; without DOC list all.

    DOC is an id or its beginning, the name of its file, its 文号 or a part of its title; a FILE is read without a base.
    """
    from kb.report import read_into_memory
    from kb.show import COLUMNS, document_named, documents, overview, shown_rows

    if tables:
        _show_tables(name, form, output)
        return
    if name is None:
        with opened(database) as connection:
            print_rows(documents(connection), form, output)
        return
    if Path(name).is_file():
        connection, document_id = read_into_memory(Path(name))
        with closing(connection):
            rows = shown_rows(connection, document_id)
    else:
        with opened(database) as connection:
            rows = shown_rows(connection, document_named(connection, name))
    if form == "table" and output is None:
        click.echo(overview(rows))
    else:
        print_rows(rows, form, output, COLUMNS)


def _show_tables(name: str | None, form: str, output: Path | None) -> None:
    """The tables of a file as they were stitched, a row a line."""
    from kb.tables import table_rows

    if name is None or not Path(name).is_file():
        raise Refused("--tables reads a file: zhibiao show FILE --tables")
    print_rows(table_rows(Path(name)), form, output)


@click.command()
@click.argument("name", metavar="[DOC]", required=False, shell_complete=complete_documents)
@database_option
@click.option("--severity", type=click.Choice(["error", "warning", "info"]), help="Only these.")
@click.option("--kind", help="Only findings of this kind, such as lost_cell.")
@listing_options
def findings(
    name: str | None, database: Path, severity: str | None, kind: str | None, form: str, output: Path | None
) -> None:
    """List what is wrong or doubtful in one document or in all; for one, how much of its text stands in facts."""
    from kb.show import document_named
    from kb.show import findings as read_findings

    with opened(database) as connection:
        document_id = None if name is None else document_named(connection, name)
        rows = read_findings(connection, document_id, severity, kind)
        if document_id is not None and form == "table" and output is None:
            _show_findings(connection, document_id, rows)
            return
    print_rows(rows, form, output, ["severity", "kind", "message", "document_id", "place"])


def _show_findings(connection: sqlite3.Connection, document_id: str, rows: Rows) -> None:
    """The document's coverage, then its findings, fitted to the terminal."""
    from kb.show import finding_lines, title_line
    from kb.text_coverage_strip import coverage_lines, glyphs_for, stretches

    columns = get_terminal_size().columns
    glyphs = glyphs_for(sys.stdout.encoding)
    click.echo(title_line(connection, document_id, columns))
    for line in coverage_lines(stretches(connection, document_id), columns, glyphs):
        click.echo(line)
    for line in finding_lines(rows, columns):
        click.echo(line)


@click.command()
@click.argument("file", type=FILE)
@click.option("--page", type=click.IntRange(1), required=True, help="The page to draw, counted from 1.")
@click.option("--output", type=FILE, help="The PNG to write.  [default: FILE-pN.png in this folder]")
def debug(file: Path, page: int, output: Path | None) -> None:
    """Draw a page of a PDF with what was read on it: tables, cells, paragraphs, leftovers."""
    from extract.formats import drawn_page

    target = output or Path(f"{file.stem}-p{page}.png")
    drawn_page(file, page).save(target)
    click.echo(target)
