"""The state of one document on its way into the base: which row each of its passages and facts became.

Facts name each other by passage ordinal and by code; here those names are looked up.  A name that leads nowhere is a
finding of the document, because the fact beside it is still worth keeping; only a missing passage rejects the whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from extract.errors import ZhibiaoError
from extract.records import Extraction, Fact, Finding, Severity

if TYPE_CHECKING:
    from kb.revise.keeping import Keeping

F = TypeVar("F", bound=Fact)
K = TypeVar("K", bound=Hashable)
Row = dict[str, Any]


class BrokenExtraction(ZhibiaoError):
    """The facts of a document do not stand on its passages."""


@dataclass(slots=True)
class Loading:
    """One document being loaded; the maps lead from the extraction's names to row ids."""

    connection: sqlite3.Connection
    document_id: str
    region_code: str | None
    extraction: Extraction
    keeping: Keeping
    passages: dict[int, int] = field(default_factory=dict)
    clauses: dict[str, int] = field(default_factory=dict)
    score_rules: dict[tuple[str, int], int] = field(default_factory=dict)
    plan_items: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def facts(self, kind: type[F]) -> Iterator[F]:
        """The facts of one kind, family by family."""
        return (fact for fact in self.extraction.facts if isinstance(fact, kind))

    def in_order(self, kind: type[F]) -> list[F]:
        """The facts of one kind in the order of their passages, whichever family read them."""
        return sorted(self.facts(kind), key=lambda fact: fact.passage or 0)

    def find(self, rows: Mapping[K, int], name: K | None, passage: int, seeker: str) -> int | None:
        """The row that `name` became; None for no name, None and a finding for a name that leads nowhere."""
        if name is None:
            return None
        if name not in rows:
            self.report("dangling_reference", f"{seeker} names {name}, which this document does not have", passage)
        return rows.get(name)

    def report(self, kind: str, message: str, passage: int | None, severity: Severity = "error") -> None:
        """Keep a finding that loading itself made."""
        self.findings.append(Finding(kind, severity, message, passage))


def reject_ungrounded(extraction: Extraction) -> None:
    """Raise BrokenExtraction where a fact, a finding or a field of the head stands on a passage that is not there."""
    ordinals = [passage.ordinal for passage in extraction.passages]
    known = set(ordinals)
    if len(known) < len(ordinals):
        raise BrokenExtraction(
            "two passages have one ordinal; nothing was stored, report this as a defect of the reader"
        )
    named = [(type(fact).__name__, fact.passage) for fact in extraction.facts]
    named += [(f"head field {name}", passage) for name, passage in extraction.head.fields.items()]
    for what, passage in named:
        if passage not in known and not (passage is None and what == Finding.__name__):
            raise BrokenExtraction(
                f"{what} stands on passage {passage}, which does not exist;"
                " nothing was stored, report this as a defect of the reader"
            )


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows that all have the same columns."""
    if rows:
        columns = ", ".join(rows[0])
        marks = ", ".join(f":{name}" for name in rows[0])
        connection.executemany(f"insert into {table} ({columns}) values ({marks})", rows)


def printed(fact: object, *names: str) -> Row:
    """The named attributes of a record, under columns of the same names.

    >>> from extract.records import Citation
    >>> printed(Citation("某纲要", None, passage=3), "cited_title", "cited_number")
    {'cited_title': '某纲要', 'cited_number': None}
    """
    return {name: getattr(fact, name) for name in names}
