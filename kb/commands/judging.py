"""Commands that write annotations and compare with them: `export` and `evaluate`."""

from __future__ import annotations

from pathlib import Path

import click

from kb.options import FILE, database_option, listing_options, opened, print_rows


@click.command()
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


@click.command()
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
