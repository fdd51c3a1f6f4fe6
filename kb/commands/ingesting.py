"""Commands that fill a base: `ingest` and `demo`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from extract.pages import Ocr
from kb.options import FILE, Refused, database_option


@click.command()
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
@click.option(
    "--no-link", "is_linked", is_flag=True, flag_value=False, default=True, help="Tie no plan item to clauses."
)
@click.pass_context
def ingest(
    ctx: click.Context, paths: tuple[Path, ...], database: Path, jobs: int | None, ocr: Ocr, is_linked: bool
) -> None:
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
        if is_linked:
            from kb.link.model import model_for
            from kb.link.report import link_with_report

            link_with_report(connection, model_for(database))
    ctx.exit(1 if failed else 0)


@click.command()
@click.option("--db", "database", type=FILE, default="zhibiao-demo.db", show_default=True, help="The base to make.")
@click.pass_context
def demo(ctx: click.Context, database: Path) -> None:
    """Make a fresh base of the bundled documents and show what is in it."""
    from kb.demo import fresh_base, ingest_bundled, sights
    from kb.link.model import model_for
    from kb.link.report import link_with_report

    with closing(fresh_base(database)) as connection:
        failed = [outcome for outcome in ingest_bundled(connection, database) if outcome.status == "failed"]
        for outcome in failed:
            click.echo(f"failed {outcome.source}: {outcome.error}", err=True)
        link_with_report(connection, model_for(database))
        for sight in sights(connection, database):
            click.echo(sight)
    ctx.exit(1 if failed else 0)
