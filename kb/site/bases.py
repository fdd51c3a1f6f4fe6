"""Which of Datasette's databases is the knowledge base, and reading from it in bounded time."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from kb.base import APPLICATION_ID
from kb.search import index

T = TypeVar("T")
MOST_SECONDS = 20.0  # of one page; a longer one is broken off
STEPS = 20_000  # of SQLite's machine between two looks at the clock


class TooSlow(Exception):
    """A page took longer than `MOST_SECONDS`."""


def is_base(path: Path) -> bool:
    """Whether a file carries this program's mark (bytes 68 to 71 of SQLite's header)."""
    with path.open("rb") as file:
        return file.read(72)[68:72] == APPLICATION_ID.to_bytes(4, "big")


def the_base(datasette: Any) -> Any:
    """Datasette's database that is the knowledge base, the first where there are several, or None."""
    for database in datasette.databases.values():
        if database.path and is_base(Path(database.path)):
            return database
    return None


async def read(database: Any, reader: Callable[[sqlite3.Connection], T]) -> T:
    """Run a reader in one of the threads that Datasette reads with; raises TooSlow."""
    result: T = await database.execute_fn(lambda connection: bounded(connection, reader))
    return result


def bounded(connection: sqlite3.Connection, reader: Callable[[sqlite3.Connection], T]) -> T:
    """Run a reader, broken off where SQLite has worked too long for it."""
    end = time.monotonic() + MOST_SECONDS
    index.register(connection)
    connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    try:
        return reader(connection)
    except sqlite3.OperationalError as error:
        if str(error) == "interrupted":
            raise TooSlow from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
