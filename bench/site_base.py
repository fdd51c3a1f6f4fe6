"""A base of a million generated assignments: one rubric, five hundred cities' plans tied to it; the same every time.

The rubric has ten sections of nine scored clauses, then vetoes, conditions and bonuses; a plan has tasks in the order
of the sections, each with four of the city's forty bodies, two links and three candidates.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from site_rows import Made, common, plan, rubric

from extract.regions import Region, regions
from kb.base import SCHEMA_VERSION, memory_base, open_base, transaction
from kb.search import index


def base(folder: Path, cities: int = 500, tasks: int = 500) -> Path:
    """The base of that size in the folder, made where it is missing; else its indexes and views are renewed."""
    path = folder / f"site-{cities}x{tasks}-{SCHEMA_VERSION}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        _make(part, cities, tasks)
        part.replace(path)
    with closing(open_base(path, write=True)) as connection, closing(memory_base()) as fresh:
        if _renew(connection, fresh):
            connection.execute("analyze")
    return path


def _make(path: Path, cities: int, tasks: int) -> None:
    with closing(open_base(path, create=True)) as connection:
        connection.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -1000000;")
        made = Made(connection)
        with transaction(connection):
            # searched texts are indexed at the end, all at once
            for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
                connection.execute(f"drop trigger {name}")
            common(made)
            rubric(made)
            for place in islice(_places(), cities):
                plan(made, place, tasks)
                made.write()
            index.build(connection)
        connection.executescript("analyze; pragma journal_mode = wal;")


def _renew(connection: sqlite3.Connection, fresh: sqlite3.Connection) -> bool:
    """Bring indexes and views to those of today; whether an index is new."""
    asked, new = "select name, sql from sqlite_master where type = ? and sql is not null", False
    for kind in ("index", "view"):
        have, wanted = ({row[0]: row[1] for row in one.execute(asked, (kind,))} for one in (connection, fresh))
        for name in have:
            if have[name] != wanted.get(name):
                connection.execute(f"drop {kind} {name}")
        for name, text in wanted.items():
            if have.get(name) != text:
                connection.execute(text)
                new |= kind == "index"
    return new


def _places() -> Iterator[Region]:
    """Cities, then counties."""
    for level in ("municipal", "county"):
        yield from (place for place in regions().values() if place.level == level and place.until is None)
