"""All that the doctor looks at, in the order in which it is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from extract.errors import ZhibiaoError
from extract.patterns import using
from kb.base import SCHEMA_VERSION, UnusableBase, open_base
from kb.doctor.holdings import holdings
from kb.doctor.installed import installed
from kb.doctor.line import Line
from kb.doctor.order import broken_places, originals, out_of_date
from kb.doctor.searching import search_index
from kb.link.model import model_for
from kb.patterns import kept_patterns
from kb.settings import NAME, VARIABLE, Settings


def examined(base: Path, settings: Settings, *, is_named: bool) -> Iterator[Line]:
    """What is installed, what was set, what the base holds and whether it is in order.

    A base that is not there is broken only where it `is_named`: nobody has made the usual one yet.
    """
    yield from installed()
    yield from _settings(settings)
    if not base.is_file():
        advice = f"make one: zhibiao ingest FILE --db {base}"
        yield Line("base", str(base), "broken" if is_named else "missing", "no knowledge base there", advice)
        return
    try:
        with closing(open_base(base)) as connection:
            yield from _of_base(connection, base)
    except UnusableBase as error:
        status = _is_older(base)
        yield Line("base", str(base), "due" if status else "broken", str(error).removeprefix(f"{base}: "))


def _settings(found: Settings) -> Iterator[Line]:
    """The file of defaults and what was taken from it and from the environment."""
    if found.error is not None:
        yield Line("settings", str(found.file or VARIABLE), "broken", str(found.error))
    elif not found.taken:
        yield Line("settings", NAME, "ok", "empty" if found.file else "none in this folder: built-in defaults hold")
    for one in found.taken:
        yield Line("settings", one.key, "ok", f"{one.value} for {one.command or 'all commands'} ({one.origin})")


def _of_base(connection: sqlite3.Connection, base: Path) -> Iterator[Line]:
    """What the base holds, then its order; a base too damaged to be asked ends with one line more."""
    try:
        yield from broken_places(connection)
        yield search_index(connection)
        yield originals(connection, base)
        yield from holdings(connection, base)
        with using(kept_patterns(base)):  # they are a part of the rules
            late = list(out_of_date(connection, model_for(base)))
        yield from late
    except (sqlite3.DatabaseError, ZhibiaoError) as error:
        yield Line("order", "base", "broken", str(error))


def _is_older(base: Path) -> bool:
    """Whether the file is a base of an older schema, which writing brings up to date."""
    from kb.base import APPLICATION_ID

    try:
        with closing(sqlite3.connect(f"{base.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            marks = [connection.execute(f"pragma {name}").fetchone()[0] for name in ("application_id", "user_version")]
    except sqlite3.Error:
        return False
    return bool(marks[0] == APPLICATION_ID and marks[1] < SCHEMA_VERSION)
