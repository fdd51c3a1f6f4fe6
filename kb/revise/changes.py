"""What a new reading changed, fact by fact: two readings of one document's facts, told apart by their row ids.

Spelling that layout decides (white space, width, punctuation) is no change.  Neighbours that changed alike are told in
one row, and so are facts that only moved to other numbers because one was put in before them: `7…51`, code, `6…50`,
`7…51`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal

from kb.evaluation.similarity import bare, same_number
from kb.listing import plain
from kb.revise.records import RECORDS, Fact, Kind, facts

Read = Mapping[str, Sequence[Fact]]  # by record


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what changed."""

    record: str
    key: str
    change: Literal["added", "removed", "changed"]
    field: str | None = None
    before: str | None = None
    after: str | None = None


def read_facts(connection: sqlite3.Connection, document_id: str) -> Read:
    """All facts of a document as they stand in the base now."""
    return {record: facts(connection, document_id, record) for record in RECORDS}


def differences(before: Read, after: Read) -> Iterator[Change]:
    """What became of every fact, record by record; unchanged ones are not told."""
    for record, shape in RECORDS.items():
        old = {fact.id: fact for fact in before[record]}
        new = {fact.id for fact in after[record]}
        for fact in before[record]:
            if fact.id not in new:
                yield Change(record, fact.key, "removed", before=plain(fact.values[shape.words]) or None)
        for fact in after[record]:
            if fact.id not in old:
                yield Change(record, fact.key, "added", after=plain(fact.values[shape.words]) or None)
        kept = [(old.get(fact.id), fact) for fact in after[record]]
        for name, kind in shape.fields.items():
            yield from _in_runs(_changed(record, name, kind, kept))
        if shape.coded:
            yield from _renumbered(record, kept)


def _changed(record: str, name: str, kind: Kind, kept: Sequence[tuple[Fact | None, Fact]]) -> Iterator[Change | None]:
    """One field of every fact in reading order: how it reads differently, None where it does not."""
    for old, new in kept:
        if old is None or _same(kind, before := old.values[name], after := new.values[name]):
            yield None
        else:
            yield Change(record, new.key, "changed", name, plain(before) or None, plain(after) or None)


def _same(kind: Kind, one: Any, other: Any) -> bool:
    """Whether two values are one but for layout; signs alone (%, >=) are compared as they are."""
    if kind in ("number", "flag"):
        return same_number(one, other)
    if kind == "path":  # the nearest heading; one further up is not the fact's own
        one, other = (str(value or "").rpartition(" / ")[2] for value in (one, other))
    return bool(one == other or (bare(one) == bare(other) != ""))


def _in_runs(changes: Iterable[Change | None]) -> Iterator[Change]:
    """Neighbours that changed alike are told in one row, under the first and the last key."""
    for alike, run in groupby(changes, lambda change: change and (change.before, change.after)):
        told = [change for change in run if change is not None]
        if alike is not None:
            yield replace(told[0], key=_span([change.key for change in told]))


def _renumbered(record: str, kept: Sequence[tuple[Fact | None, Fact]]) -> Iterator[Change]:
    """One row for each run of neighbours with new numbers."""
    moved = [(old.values["code"], new.values["code"]) if old is not None else None for old, new in kept]
    for is_moved, run in groupby(moved, lambda codes: codes is not None and codes[0] != codes[1]):
        codes = [pair for pair in run if pair is not None]
        if is_moved:
            before, after = (_span([pair[side] for pair in codes]) for side in (0, 1))
            yield Change(record, after, "changed", "code", before, after)


def _span(codes: Sequence[str | None]) -> str:
    """A run of keys by its first and last.

    >>> _span(["6", "7", "8"]), _span(["6"])
    ('6…8', '6')
    """
    first, last = str(codes[0]), str(codes[-1])
    return first if len(codes) == 1 else f"{first}…{last}"
