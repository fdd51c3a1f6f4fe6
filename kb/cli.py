"""The command line `zhibiao`: options in, one call into `kb`, rows or one-line messages out.

Everything heavy is imported inside the commands, so that `--help` answers at once.  Exit codes: 0 done, 1 some file
failed, 2 the command could not be carried out.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from extract.pages import Ocr
from kb.options import FILE, Commands, Refused, database_option, listing_options, opened, print_rows


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhibiao")
def cli() -> None:
    """Chinese policy documents as a knowledge base of indicators, points, thresholds and departments."""


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=FILE)
@database_option
@click.option(
    "--jobs", type=click.IntRange(1), help="Processes that read.  [default: one for two files, at most one a core]"
)
@click.option(
    "--ocr",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Recognise pages of a PDF that are pictures (auto), all its pages, or none.",
)
@click.pass_context
def ingest(ctx: click.Context, paths: tuple[Path, ...], database: Path, jobs: int | None, ocr: Ocr) -> None:
    """Read files and folders into the knowledge base.

    A file that was read before is recognised: unchanged bytes are skipped, new content replaces the old facts.
    """
    from kb.base import open_base
    from kb.ingest import given_files, readable
    from kb.report import ingest_with_report, usual_jobs

    files, passed_over = readable(given_files(paths))
    if passed_over:
        endings = ", ".join(sorted({file.path.suffix or "no ending" for file in passed_over}))
        click.echo(f"passed over {len(passed_over)} files of other formats ({endings})", err=True)
    if not files:
        raise Refused("no files to read there; name files, or folders that hold some")
    with closing(open_base(database, create=True)) as connection:
        failed = ingest_with_report(connection, database, files, jobs or usual_jobs(len(files)), ocr)
    ctx.exit(1 if failed else 0)


@cli.command()
@click.option("--db", "database", type=FILE, default="zhibiao-demo.db", show_default=True, help="The base to make.")
@click.pass_context
def demo(ctx: click.Context, database: Path) -> None:
    """Make a fresh base of the bundled documents and show what is in it."""
    from kb.demo import fresh_base, ingest_bundled, sights

    with closing(fresh_base(database)) as connection:
        failed = [outcome for outcome in ingest_bundled(connection, database) if outcome.status == "failed"]
        for outcome in failed:
            click.echo(f"failed {outcome.source}: {outcome.error}", err=True)
        for sight in sights(connection, database):
            click.echo(sight)
    ctx.exit(1 if failed else 0)


@cli.command()
@click.argument("name", metavar="[DOC|FILE]", required=False)
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


@cli.command()
@click.argument("file", type=FILE)
@click.option("--page", type=click.IntRange(1), required=True, help="The page to draw, counted from 1.")
@click.option("--output", type=FILE, help="The PNG to write.  [default: FILE-pN.png in this folder]")
def debug(file: Path, page: int, output: Path | None) -> None:
    """Draw a page of a PDF with what was read on it: tables, cells, paragraphs, leftovers."""
    from extract.formats import drawn_page

    target = output or Path(f"{file.stem}-p{page}.png")
    drawn_page(file, page).save(target)
    click.echo(target)


@cli.command()
@click.argument("name", metavar="[DOC]", required=False)
@database_option
@click.option("--severity", type=click.Choice(["error", "warning", "info"]), help="Only these.")
@click.option("--kind", help="Only findings of this kind, such as lost_cell.")
@listing_options
def findings(
    name: str | None, database: Path, severity: str | None, kind: str | None, form: str, output: Path | None
) -> None:
    """List what is wrong or doubtful in one document or in all."""
    from kb.show import document_named
    from kb.show import findings as read_findings

    with opened(database) as connection:
        document_id = None if name is None else document_named(connection, name)
        rows = read_findings(connection, document_id, severity, kind)
    print_rows(rows, form, output, ["severity", "kind", "message", "document_id", "place"])


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("name", required=False)
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


@cli.command()
@click.argument("directory", type=FILE)
@click.option("--to", "kind", type=click.Choice(["gold"]), required=True, help="The layout to write.")
@click.option("--doc", "name", help="Only this document.")
@database_option
def export(directory: Path, kind: str, name: str | None, database: Path) -> None:
    """Write documents into a folder as annotations, one folder each."""
    from kb.evaluation.export import export_gold
    from kb.show import document_named

    with opened(database) as connection:
        document_id = None if name is None else document_named(connection, name)
        for path in export_gold(connection, directory, document_id):
            click.echo(path)


@cli.command()
@click.argument("folders", nargs=-1, required=True, type=FILE, metavar="GOLD...")
@database_option
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--misses", type=click.IntRange(0), default=0, help="Show so many misses of each kind.")
@click.option(
    "--match", "matches", multiple=True, metavar="SLUG=FILE", help="The document's file, where its name differs."
)
@listing_options
def evaluate(
    folders: tuple[Path, ...],
    database: Path,
    as_json: bool,
    misses: int,
    matches: tuple[str, ...],
    form: str,
    output: Path | None,
) -> None:
    """Compare the base with hand-made annotations: precision, recall and F1 of each kind of record."""
    from kb.evaluation.evaluate import evaluate as compare
    from kb.report import figure_rows, miss_lines, pairs

    with opened(database) as connection:
        scores = compare(connection, folders, pairs(matches))
    print_rows(figure_rows(scores), "json" if as_json else form, output)
    for line in miss_lines(scores, misses):
        click.echo(line, err=as_json or form != "table")


@cli.command("serve")
@database_option
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="The port to listen on.")
def serve_command(database: Path, port: int) -> None:
    """Browse the base at http://127.0.0.1:PORT/ until Ctrl-C."""
    from kb.serve import serve

    with opened(database):
        pass  # a base that cannot be used is told before a server starts
    click.echo(f"http://127.0.0.1:{port}/  (stop with Ctrl-C)")
    serve(database, port)


def main() -> None:
    """The entry point of the installed command."""
    cli(prog_name="zhibiao")


if __name__ == "__main__":
    main()
