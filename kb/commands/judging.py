"""The command that compares a base with annotations: `evaluate`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.options import FILE, Refused, database_option, listing_options, opened, print_rows

if TYPE_CHECKING:
    from kb.evaluation.gate import Judged, Lowering


@click.command()
@click.argument("folders", nargs=-1, required=True, type=FILE, metavar="GOLD...")
@database_option
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--misses", type=click.IntRange(0), default=0, help="Show so many misses of each kind.")
@click.option(
    "--match", "matches", multiple=True, metavar="SLUG=FILE", help="The document's file, where its name differs."
)
@click.option("--floors", type=FILE, help="Read the files that this JSON file names and hold their F1 against it.")
@click.option("--corpus", type=FILE, help="The folder of those files.  [default: the nearest above GOLD that fits]")
@click.option("--update-floors", is_flag=True, help="Raise the floors, and add those of a --match SLUG=FILE.")
@click.option(
    "--lower",
    nargs=2,
    multiple=True,
    metavar="SLUG KIND",
    help="Lower this floor to what is measured, raise all others.",
)
@click.option("--because", default="", help="Why: kept in the file of floors beside what is lowered.")
@listing_options
@click.pass_context
def evaluate(
    ctx: click.Context,
    folders: tuple[Path, ...],
    database: Path,
    as_json: bool,
    misses: int,
    matches: tuple[str, ...],
    floors: Path | None,
    corpus: Path | None,
    update_floors: bool,
    lower: tuple[tuple[str, str], ...],
    because: str,
    form: str,
    output: Path | None,
) -> None:
    """Compare the base with hand-made annotations: precision, recall and F1 of each kind of record.

    With --floors no base is read: the files themselves are, and the command fails where a figure is below its floor.
    """
    from kb.evaluation.evaluate import evaluate as compare
    from kb.report import figure_rows, miss_lines, pairs

    if floors is not None:
        from kb.evaluation.gate import Lowering, judged

        files = judged(floors, folders, corpus, pairs(matches), update_floors)
        if update_floors or lower:
            files = _updated(floors, files, Lowering(lower, because))
        ctx.exit(_report_floors(files, "json" if as_json else form, output))
    if update_floors or lower or because:
        raise Refused("--update-floors, --lower and --because go with --floors; name the file of floors with it")
    with opened(database) as connection:
        scores = compare(connection, folders, pairs(matches))
    print_rows(figure_rows(scores), "json" if as_json else form, output)
    for line in miss_lines(scores, misses):
        click.echo(line, err=as_json or form != "table")


def _updated(floors: Path, files: Sequence[Judged], lowering: Lowering) -> list[Judged]:
    """Bring the file of floors up to date."""
    from kb.evaluation.floors import write_floors
    from kb.evaluation.gate import updated

    changed = list(updated(files, lowering))
    write_floors(floors, [file.floor for file in changed])
    return changed


def _report_floors(files: Sequence[Judged], form: str, output: Path | None) -> int:
    """Print figures beside floors, what is wrong on standard error; the exit code."""
    from kb.evaluation.floors import floor_rows

    rows = [row for file in files if file.scored is not None for row in floor_rows(file.floor, file.scored)]
    print_rows(rows, form, output, ["slug", "file", "kind", "figure", "floor", "difference"])
    for file in files:
        if file.scored is None and not file.changed:
            click.echo(f"{file.floor.slug} {file.floor.file}: not judged, its annotations are not given", err=True)
    problems = [problem for file in files for problem in file.problems()]
    for problem in problems:
        click.echo(problem, err=True)
    return 1 if problems else 0
