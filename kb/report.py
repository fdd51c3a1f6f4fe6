"""What commands print of a run: progress and summary of an ingestion, figures and misses of an evaluation."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from extract.errors import UnreadableFile, ZhibiaoError
from extract.pages import Ocr
from kb.base import memory_base
from kb.ingest import Given, Outcome, ingest, refresh, shown
from kb.revise.history import change_line, changes
from kb.show import counts
from kb.workers import read_extraction

if TYPE_CHECKING:
    from kb.evaluation.scores import Scores


def usual_jobs(files: int) -> int:
    """How many processes read so many files: starting one costs as much as reading a short document.

    >>> usual_jobs(1), usual_jobs(3)
    (1, 1)
    """
    return max(1, min(os.cpu_count() or 1, files // 2))


def ingest_with_report(
    connection: sqlite3.Connection, base: Path, files: Sequence[Given], jobs: int, ocr: Ocr = "auto"
) -> int:
    """Ingest, a line a file on standard error, the summary on standard output; the number of files that failed."""
    started = monotonic()
    outcomes: list[Outcome] = []
    for outcome in ingest(connection, base, files, jobs=jobs, reader=partial(read_extraction, ocr=ocr)):
        outcomes.append(outcome)
        click.echo(f"[{len(outcomes)}/{len(files)}] {outcome_line(outcome)}", err=True)
    click.echo(f"{summary(connection, outcomes)} in {monotonic() - started:.1f} s; base {base}")
    return sum(outcome.status == "failed" for outcome in outcomes)


def outcome_line(outcome: Outcome) -> str:
    """What became of one file, and why where the status alone does not tell."""
    what = f"{outcome.source}: {outcome.error}" if outcome.error else f"{outcome.document_id} {outcome.source}"
    return f"{outcome.status} {what}" + (f" ({outcome.note})" if outcome.note else "")


def refresh_with_report(connection: sqlite3.Connection, base: Path, jobs: int, ocr: Ocr = "auto") -> int:
    """Read again what other rules read: a line a document and each of its changes; the number that failed."""
    outcomes: list[Outcome] = []
    for outcome in refresh(connection, base, jobs=jobs, reader=partial(read_extraction, ocr=ocr)):
        outcomes.append(outcome)
        click.echo(outcome_line(outcome), err=True)
        if outcome.status == "revised" and outcome.document_id is not None:
            for change in changes(connection, outcome.document_id):
                click.echo(f"  {change_line(change)}")
    revised, failed = (sum(outcome.status == status for outcome in outcomes) for status in ("revised", "failed"))
    click.echo(f"{len(outcomes)} documents read again: {revised} revised, {failed} failed; base {base}")
    return failed


def summary(connection: sqlite3.Connection, outcomes: Iterable[Outcome]) -> str:
    """Counts per status, and the facts that the documents added or revised have now."""
    statuses: Counter[str] = Counter()
    facts: Counter[str] = Counter()
    written: dict[str, None] = {}
    for outcome in outcomes:
        statuses[outcome.status] += 1
        if outcome.document_id is not None and outcome.status in ("added", "revised"):
            written[outcome.document_id] = None
    for document_id in written:
        facts.update(counts(connection, document_id))
    always = ("added", "revised", "unchanged", "failed")
    told = (
        status for status in ("added", "revised", "unchanged", "kept", "failed") if status in always or statuses[status]
    )
    files = ", ".join(f"{statuses[status]} {status}" for status in told)
    found = ", ".join(f"{number} {kind.replace('_', ' ')}" for kind, number in facts.items())
    return f"{files}; {found}" if found else files


def read_into_memory(file: Path) -> tuple[sqlite3.Connection, str]:
    """One file read as it would be ingested, into a base that is not kept; raises UnreadableFile."""
    connection = memory_base()
    outcome = next(ingest(connection, None, [Given(file, shown(file))]))
    if outcome.document_id is None:
        connection.close()
        raise UnreadableFile(f"{file}: {outcome.error}")
    return connection, outcome.document_id


def figure_rows(scores: Scores) -> list[dict[str, Any]]:
    """The pooled figures, one row a kind of record."""
    return [{"kind": kind, **figures} for kind, figures in scores.as_json().items()]


def miss_lines(scores: Scores, most: int) -> Iterator[str]:
    """Up to so many misses of each kind, below the kind's name."""
    if not most:
        return
    for kind in dict.fromkeys(miss.kind for miss in scores.misses):
        yield f"\n{kind}"
        yield from (f"  {miss}" for miss in [miss for miss in scores.misses if miss.kind == kind][:most])


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """Options of the form SLUG=FILE.

    >>> pairs(["plan=plan-2014.txt"])
    {'plan': 'plan-2014.txt'}
    """
    parted = [text.partition("=") for text in texts]
    for text in parted:
        if not (text[0] and text[2]):
            raise ZhibiaoError(f"{''.join(text)}: is no pair; --match takes SLUG=FILE")
    named = {slug: name for slug, _, name in parted}
    if len(named) < len(parted):
        raise ZhibiaoError("--match names a SLUG twice; give one file at a time")
    return named
