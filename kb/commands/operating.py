"""Commands that keep a base going: `doctor`, `watch`, `completion`."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from extract.pages import Ocr
from kb.options import Refused, database_option, listing_options, print_rows

if TYPE_CHECKING:
    from kb.doctor.line import Line

SHELLS = ("bash", "zsh", "fish")
HEADINGS = {"installed": "Installed", "settings": "Settings", "base": "The base", "order": "Its order"}
COLORS = {"ok": "green", "missing": "yellow", "due": "yellow", "broken": "red"}


@click.command()
@database_option
@click.option("--mend", is_flag=True, help="First build the index of the search anew.")
@listing_options
@click.pass_context
def doctor(ctx: click.Context, database: Path, mend: bool, form: str, output: Path | None) -> None:
    """Say what is installed and what that enables, what the base holds, and whether it is in order.

    Each line is ok, missing (not installed), due (a command brings it up to date) or broken; anything broken makes the
    exit code 1.
    """
    from dataclasses import asdict

    from kb.base import open_base, transaction
    from kb.doctor.examining import examined
    from kb.search.index import build

    if mend:
        with closing(open_base(database, write=True)) as connection, transaction(connection):
            build(connection)
    is_named = ctx.get_parameter_source("database") is not ParameterSource.DEFAULT
    lines = sorted(examined(database, ctx.obj, is_named=is_named), key=lambda line: list(HEADINGS).index(line.part))
    if form == "table" and output is None:
        for text in _laid_out(lines):
            click.echo(text)
    else:
        print_rows([asdict(line) for line in lines], form, output)
    ctx.exit(1 if any(line.status == "broken" for line in lines) else 0)


def _laid_out(lines: list[Line]) -> Iterator[str]:
    """The lines for a screen, below a heading a part."""
    part = ""
    for line in lines:
        if line.part != part:
            yield click.style(("\n" if part else "") + HEADINGS[line.part], bold=True)
            part = line.part
        told = f"{line.name}: {line.found}" if line.found else line.name
        status = click.style(f"{line.status:<7}", fg=COLORS[line.status])
        yield f"  {status}  {told}" + (f" — {line.means}" if line.means else "")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@database_option
@click.option(
    "--every", type=click.FloatRange(0.1, 3600), default=2.0, show_default=True, help="Seconds between two looks."
)
@click.option("--once", is_flag=True, help="Read what is there and has stopped growing, then end.")
@click.option(
    "--ocr",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Recognise pages of a PDF that are pictures (auto), all its pages, or none.",
)
@click.pass_context
def watch(ctx: click.Context, folder: Path, database: Path, every: float, once: bool, ocr: Ocr) -> None:
    """Ingest what lands in the folder DIR and link it, a line a file, until Ctrl-C.

    A file is read when it has stopped growing; hidden and temporary files are left alone; one that cannot be read is
    told once, and tried again when it changes.
    """
    from kb.base import open_base
    from kb.ingest import Outcome
    from kb.watch import Watch, watched
    from kb.workers import read_extraction

    open_base(database, create=True).close()  # a base that cannot be used is told before anything is waited for
    looking, failed = Watch(folder, database), 0
    if not once:
        click.echo(f"watching {folder} every {every:g} s into {database}  (stop with Ctrl-C)", err=True)
    with _ended_by_signals():
        try:
            reader = partial(read_extraction, ocr=ocr)
            for event in watched(looking, partial(time.sleep, every), reader, once=once):
                click.echo(_event_line(event))
                failed += isinstance(event, Outcome) and event.status == "failed"
        except KeyboardInterrupt:
            click.echo("stopped; what was read is in the base", err=True)
    for path in looking.waiting() if once else ():
        click.echo(f"left {path}: still growing; watch again when it is complete", err=True)
    ctx.exit(1 if once and failed else 0)


def _event_line(event: object) -> str:
    from kb.ingest import Outcome
    from kb.link.linking import Linked
    from kb.report import outcome_line

    if isinstance(event, Outcome):
        return outcome_line(event)
    if isinstance(event, Linked):
        return f"linked {event.plan_id} to {event.rubric_id}: {event.links} links, {event.candidates} candidates"
    return f"waiting: {event}"


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Inside, a request to end is what Ctrl-C is: an exception that undoes the open transaction and leaves."""

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what makes SHELL complete commands, options, documents of the base and questions.

    \b
    bash  zhibiao completion bash >> ~/.bashrc
    zsh   zhibiao completion zsh >> ~/.zshrc
    fish  zhibiao completion fish > ~/.config/fish/completions/zhibiao.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise Refused(f"{shell}: no completion is known; name one of {', '.join(SHELLS)}")
    click.echo(kind(ctx.find_root().command, {}, "zhibiao", "_ZHIBIAO_COMPLETE").source())
