"""The file of a knowledge base: made, opened, checked; and the transaction in which all writing is done.

A base is a SQLite file that carries this program's `application_id` and, in `user_version`, the version of its schema.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from extract.errors import ZhibiaoError
from kb.search import index

SCHEMA_VERSION = 1
APPLICATION_ID = 0x7A686962  # "zhib"
PATIENCE = 30.0  # seconds that a writer waits for another one


class UnusableBase(ZhibiaoError):
    """There is no base at that path, or the file there is none that this program can use."""


def open_base(path: Path, *, create: bool = False, write: bool = False) -> sqlite3.Connection:
    """The base at `path`, foreign keys on, rows by name; `create` makes it where there is none (and implies `write`).

    Raises UnusableBase, with a one-line message, for a missing file, a file that is no base and a newer base.

    >>> open_base(Path("no-such.db"))
    Traceback (most recent call last):
    kb.base.UnusableBase: no-such.db: no knowledge base there; make one with `zhibiao ingest FILE --db no-such.db`
    """
    if not create and not path.is_file():
        raise UnusableBase(f"{path}: no knowledge base there; make one with `zhibiao ingest FILE --db {path}`")
    if create and not path.parent.is_dir():
        raise UnusableBase(f"{path}: the folder {path.parent} does not exist; make it first")
    connection: sqlite3.Connection | None = None
    try:
        connection = _connect(f"{path.resolve().as_uri()}?mode={'rwc' if create else 'rw'}", uri=True)
        _check(connection, path, create)
        connection.execute(f"pragma query_only = {'off' if create or write else 'on'}")
    except (sqlite3.Error, UnusableBase) as error:
        if connection is not None:
            connection.close()
        if isinstance(error, UnusableBase):
            raise
        raise UnusableBase(f"{path}: cannot be used as a knowledge base ({error}); name another file") from error
    return connection


def memory_base() -> sqlite3.Connection:
    """An empty base in memory, for one reading that is not kept and for tests.

    >>> memory_base().execute("select count(*) from documents").fetchone()[0]
    0
    """
    connection = _connect(":memory:")
    _create(connection)
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: what is written inside is committed at the end, and undone when an exception leaves."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def _connect(target: str, *, uri: bool = False) -> sqlite3.Connection:
    """A connection without implicit transactions: `transaction` is the only way to begin one."""
    connection = sqlite3.connect(target, uri=uri, timeout=PATIENCE, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys = on")
    index.register(connection)
    return connection


def _check(connection: sqlite3.Connection, path: Path, create: bool) -> None:
    """Let a base through, make one of an empty file where asked to, raise for all else."""
    version, application = (
        connection.execute(f"pragma {name}").fetchone()[0] for name in ("user_version", "application_id")
    )
    if application == APPLICATION_ID and version > SCHEMA_VERSION:
        raise UnusableBase(
            f"{path}: made by a newer zhibiao (schema {version}, this one knows {SCHEMA_VERSION}); upgrade zhibiao"
        )
    if application == APPLICATION_ID and version == SCHEMA_VERSION:
        return
    if not create or connection.execute("select count(*) from sqlite_master").fetchone()[0]:
        raise UnusableBase(f"{path}: not a zhibiao knowledge base; name another file with --db")
    connection.execute("pragma journal_mode = wal")
    _create(connection)


def _create(connection: sqlite3.Connection) -> None:
    """Make the schema in one transaction; where another process was faster, its schema stands."""
    schema = (files("kb.sql") / "schema.sql").read_text(encoding="utf-8")
    marks = f"pragma user_version = {SCHEMA_VERSION}; pragma application_id = {APPLICATION_ID};"
    try:
        connection.executescript(f"begin immediate;\n{schema}\n{index.script()}\n{marks}\ncommit;")
    except sqlite3.OperationalError:
        if connection.in_transaction:
            connection.execute("rollback")
        if connection.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
            raise
