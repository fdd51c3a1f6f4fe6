"""The file of a knowledge base: made, opened, checked; and the transaction in which all writing is done.

A base is a SQLite file that carries this program's `application_id` and, in `user_version`, the version of its schema.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

from extract.errors import ZhibiaoError
from kb.search import index

SCHEMA_VERSION = 4
APPLICATION_ID = 0x7A686962  # "zhib"
PATIENCE = 30.0  # seconds that a writer waits for another one


class UnusableBase(ZhibiaoError):
    """There is no base at that path, or the file there is none that this program can use."""


class UnwritableBase(ZhibiaoError):
    """Nothing can be written now: the disk is full, or another process keeps the base for itself."""


def open_base(path: Path, *, create: bool = False, write: bool = False) -> sqlite3.Connection:
    """The base at `path`, foreign keys on, rows by name; `create` makes it where there is none (and implies `write`).

    A base of an older version is brought up to date for writing, with a copy beside it first.  Raises UnusableBase,
    with a one-line message, for a missing file, a file that is no base, a newer base, and an older one for reading.

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
        _check(connection, path, create, write)
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
    """All or nothing: what is written inside is committed at the end, and undone when an exception leaves.

    Another writer is waited for; raises UnwritableBase where it takes too long, and where the disk is full.
    """
    try:
        connection.execute("begin immediate")
        yield
        connection.execute("commit")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("rollback")
        raise_unwritable(error)
        raise


def raise_unwritable(error: BaseException) -> None:
    """Raise UnwritableBase for an error after which no other document can be written either."""
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_FULL or getattr(error, "errno", None) == errno.ENOSPC:
        raise UnwritableBase(
            "the disk is full; free some space and run the same command again: what was committed stays"
        ) from error
    if code == sqlite3.SQLITE_BUSY:
        raise UnwritableBase(
            f"another process has been writing for {PATIENCE:g} s; run the same command again when it has ended"
        ) from error


def _connect(target: str, *, uri: bool = False) -> sqlite3.Connection:
    """A connection without implicit transactions: `transaction` is the only way to begin one."""
    connection = sqlite3.connect(target, uri=uri, timeout=PATIENCE, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys = on")
    index.register(connection)
    return connection


def _check(connection: sqlite3.Connection, path: Path, create: bool, write: bool) -> None:
    """Let a base through, bring an older one up to date for writing, make one of an empty file where asked to.

    Raises UnusableBase for all else.
    """
    # counted first: a base that another process makes meanwhile has its marks by the time they are read
    tables, version, application = (
        connection.execute(asked).fetchone()[0]
        for asked in ("select count(*) from sqlite_master", "pragma user_version", "pragma application_id")
    )
    if application == APPLICATION_ID and version > SCHEMA_VERSION:
        raise UnusableBase(
            f"{path}: made by a newer zhibiao (schema {version}, this one knows {SCHEMA_VERSION}); upgrade zhibiao"
        )
    if application == APPLICATION_ID and version < SCHEMA_VERSION:
        if not (create or write):
            raise UnusableBase(
                f"{path}: made by an older zhibiao (schema {version}, this one reads {SCHEMA_VERSION});"
                f" bring it up to date with `zhibiao ingest --refresh --db {path}`"
            )
        from kb.upgrade import upgrade  # hardly ever needed

        with closing(memory_base()) as fresh:
            upgrade(connection, path, fresh, SCHEMA_VERSION)
    if application == APPLICATION_ID:
        return
    if not create or tables:
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
