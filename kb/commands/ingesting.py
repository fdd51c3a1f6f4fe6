"""Commands that fill a base: `ingest` and `demo`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from extract.pages import Ocr
from extract.patterns import patterns_in
from kb.options import FILE, Refused, database_option

if TYPE_CHECKING:
    from kb.ingest import Given


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH|URL]...")
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
    "--patterns",
    type=FILE,
    help="JSONL of spaCy's SpanRuler (DEPARTMENT, INDICATOR): kept beside the base, takes part from now on; with"
    " --refresh in what was read before too.  An empty file takes the kept ones away.",
)
@click.option("--refresh", "again", is_flag=True, help="Then read again what older rules read, from the kept files.")
@click.option("--allow-private", "private", is_flag=True, help="Fetch pages inside a private network too.")
@click.option(
    "--no-link", "is_linked", is_flag=True, flag_value=False, default=True, help="Tie no plan item to clauses."
)
@click.pass_context
def ingest(
    ctx: click.Context,
    paths: tuple[str, ...],
    database: Path,
    jobs: int | None,
    ocr: Ocr,
    patterns: Path | None,
    again: bool,
    private: bool,
    is_linked: bool,
) -> None:
    """Read files, folders and web pages into the knowledge base.

    A file that was read before is recognised: known bytes are skipped, new content is written over the old facts, and
    a copy that reads worse is kept beside.
    """
    from kb.base import open_base
    from kb.ingest import fetched
    from kb.link.model import model_for
    from kb.link.report import link_with_report
    from kb.patterns import keep_patterns
    from kb.report import ingest_with_report, refresh_with_report, usual_jobs

    if patterns is not None:
        patterns_in(patterns)  # a broken line leaves no empty base behind
    files, urls = _given(paths)
    if not (is_given := bool(files or urls)) and (paths or not again):
        raise Refused("no files to read there; name files, or folders that hold some")
    with TemporaryDirectory() as folder, closing(open_base(database, create=is_given, write=True)) as connection:
        failed = 0
        if patterns is not None:
            keep_patterns(database, patterns)
        if is_given:
            files += fetched(urls, Path(folder), private=private)
            failed = ingest_with_report(connection, database, files, jobs or usual_jobs(len(files)), ocr)
        if again:
            failed += refresh_with_report(connection, database, jobs or 1, ocr)
        if is_linked:
            link_with_report(connection, model_for(database))
    ctx.exit(1 if failed else 0)


def _given(paths: Sequence[str]) -> tuple[list[Given], list[str]]:
    """The files that can be read and the addresses; says how many files of other formats are passed over."""
    from kb.fetch import is_address
    from kb.ingest import given_files, readable

    files, passed_over = readable(given_files(Path(path) for path in paths if not is_address(path)))
    if passed_over:
        endings = ", ".join(sorted({file.path.suffix or "no ending" for file in passed_over}))
        click.echo(f"passed over {len(passed_over)} files of other formats ({endings})", err=True)
    return files, [path for path in paths if is_address(path)]


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
