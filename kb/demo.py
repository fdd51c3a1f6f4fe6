"""The bundled documents in a fresh base, and what there is to see in it."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import as_file, files
from pathlib import Path

from extract.errors import ZhibiaoError
from kb.ask import question_rows
from kb.base import open_base
from kb.coverage.layout import head, sum_lines
from kb.coverage.reading import read_each
from kb.coverage.sums import sums
from kb.evaluation.rows import read_rows
from kb.ingest import Given, Outcome, ingest
from kb.listing import listing
from kb.questions import ask
from kb.show import documents

SOURCE = "corpus/"  # what the sources of bundled documents begin with
FINDINGS = "select kind, severity, count(*) as found from finding_facts group by kind, severity order by 3 desc, 1"
CONTRADICTIONS = "select document, message from finding_facts where substr(kind, 1, 11) = 'conflicting' order by 1, 2"
# a document whose tasks stand beside a rubric needs no coverage by the links of a machine
PLANS = "select plan_id from link_facts group by plan_id having max(method = 'printed') = 0 order by plan_id"
WIDTH = 100
NEXT = (
    "coverage 郑州",
    "compare 农业标准化生产普及率",
    "search 首席质量官",
    "query department-clauses --department 国检局",
    "simulate changzhou-digest --template values.csv",
    "review export review.xlsx",
    "serve",
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


def bundled() -> list[str]:
    """The names of the bundled documents' files, in the order of the catalogue."""
    catalogue = tomllib.loads((files("corpus") / "catalogue.toml").read_text(encoding="utf-8"))
    return [entry["file"] for entry in catalogue.values()]


def ingest_bundled(connection: sqlite3.Connection, base: Path) -> Iterator[Outcome]:
    """Ingest every document of the package `corpus`; sources are its names, wherever it is installed."""
    for name in bundled():
        with as_file(files("corpus") / name) as file:
            yield from ingest(connection, base, [Given(file, SOURCE + name)])


def sights(connection: sqlite3.Connection, base: Path) -> Iterator[str]:
    """What the base shows: documents, who leads most, coverage, contradictions, doubts, and what to do next."""
    yield "Documents (digests written for this project; corpus/catalogue.toml names their originals)"
    yield listing(documents(connection), "table")
    yield "\nWho leads most"
    yield listing(ask(connection, "department-ranking")[:10], "table", ["region", "department", "leads", "supports"])
    for plan in [row["plan_id"] for row in read_rows(connection, PLANS)]:
        (reading,) = read_each(connection, [plan], None)
        yield f"\nCoverage: {reading.label}"
        yield from head(reading.plan, reading.rubric, reading.others, WIDTH)
        yield from sum_lines(sums(reading.rows))
    yield "\nContradictions"
    yield from (f"{row['document']}\n  {row['message']}" for row in read_rows(connection, CONTRADICTIONS))
    yield "\nFindings"
    yield listing(read_rows(connection, FINDINGS), "table")
    yield f"\nNext ({len(question_rows())} ready questions: zhibiao query --db {base})"
    yield from (f"  zhibiao {command} --db {base}" for command in NEXT)
