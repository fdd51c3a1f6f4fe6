"""The bundled documents in a fresh base, and what there is to see in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import as_file, files
from pathlib import Path

from extract.errors import ZhibiaoError
from kb.ask import question_rows
from kb.base import open_base
from kb.evaluation.rows import read_rows
from kb.ingest import Given, Outcome, ingest
from kb.listing import listing
from kb.questions import ask
from kb.show import documents

SOURCE = "corpus/"  # what the sources of bundled documents begin with
SUFFIXES = (".txt", ".md")
FINDINGS = (
    "select severity, kind, count(*) as findings from finding_facts group by severity, kind order by 3 desc, 1, 2"
)


class NoFreshBase(ZhibiaoError):
    """The demonstration would have to overwrite documents of somebody's own."""


def fresh_base(path: Path) -> sqlite3.Connection:
    """An empty base at `path`; one that holds bundled documents alone is replaced, any other is left as it is."""
    if path.exists():
        with closing(open_base(path, write=True)) as connection:  # one of an older version too
            own = connection.execute(
                "select count(*) from ingests where substr(source, 1, ?) <> ?", (len(SOURCE), SOURCE)
            )
            if own.fetchone()[0]:
                raise NoFreshBase(f"{path}: holds other documents than the bundled ones; name another file with --db")
        for suffix in ("-wal", "-shm", ""):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    return open_base(path, create=True)


def ingest_bundled(connection: sqlite3.Connection, base: Path) -> Iterator[Outcome]:
    """Ingest every document of the package `corpus`; sources are its names, wherever it is installed."""
    entries = sorted(files("corpus").iterdir(), key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.endswith(SUFFIXES) and entry.name != "README.md":
            with as_file(entry) as file:
                yield from ingest(connection, base, [Given(file, SOURCE + entry.name)])


def sights(connection: sqlite3.Connection, base: Path) -> Iterator[str]:
    """What the base shows: documents, who leads most, findings, the questions, and what to do next."""
    yield "Documents"
    yield listing(documents(connection), "table")
    yield "\nWho leads most"
    yield listing(ask(connection, "department-ranking")[:10], "table", ["region", "department", "leads", "supports"])
    yield "\nFindings"
    yield listing(read_rows(connection, FINDINGS), "table")
    yield "\nQuestions"
    yield listing(question_rows(), "table")
    yield f"\nNext:\n  zhibiao findings --db {base}\n  zhibiao query --db {base}\n  zhibiao serve --db {base}"
