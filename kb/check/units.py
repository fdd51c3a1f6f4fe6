"""The same figures in another unit (1‰、0.6‰、0.3‰ in one rubric, 1%、0.6%、0.3% in another) → findings."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from extract.indicator_names import unit_family
from kb.check.demands import ELSEWHERE
from kb.check.findings import Compared
from kb.evaluation.similarity import bare, dice
from kb.listing import plain

ALIKE = 0.5  # of the names: the figures in a row say the rest


@dataclass(frozen=True, slots=True)
class Steps:
    """The figures that one clause prints for one unit, from the strictest down."""

    document_id: str
    title: str
    code: str
    indicator: str
    unit: str
    values: tuple[float, ...]
    passage_id: int | None

    @property
    def printed(self) -> str:
        """The figures with their unit."""
        return "、".join(f"{plain(value)}{self.unit}" for value in self.values)


def other_units(connection: sqlite3.Connection, document_id: str) -> Iterator[Compared]:
    """Clauses of this and of other documents that print the same figures, two or more, in units of one family."""
    own = _steps(connection, "t.document_id = ?1", document_id)
    figures = (
        "select o.clause_id from thresholds m join thresholds o on o.value = m.value and o.unit <> m.unit"
        " where m.document_id = ?1 and m.clause_id is not null and m.unit in ('%', '‰', '‱')"
    )
    others = _steps(connection, f"{ELSEWHERE} and t.clause_id in ({figures})", document_id) if own else []
    by_values: dict[tuple[float, ...], list[Steps]] = defaultdict(list)
    for theirs in others:
        by_values[theirs.values].append(theirs)
    for mine in own:
        for theirs in by_values[mine.values]:
            same_kind = unit_family(mine.unit) == unit_family(theirs.unit)
            if mine.unit != theirs.unit and same_kind and dice(bare(mine.indicator), bare(theirs.indicator)) >= ALIKE:
                yield _told(mine, theirs)


def _told(mine: Steps, theirs: Steps) -> Compared:
    """One finding a pair, whichever of the two was read last: it stands at the document with the greater id."""
    later, earlier = sorted((mine, theirs), key=lambda steps: steps.document_id, reverse=True)
    message = (
        f"{later.code}: {later.indicator} {later.printed} here, {earlier.printed} in {earlier.title}"
        f" ({earlier.code}: {earlier.indicator})"
    )
    return Compared(later.document_id, earlier.document_id, "conflicting_unit", "warning", message, later.passage_id)


def _steps(connection: sqlite3.Connection, condition: str, document_id: str) -> list[Steps]:
    rows = connection.execute(
        "select t.document_id, d.title, c.id as clause, c.code, t.indicator, t.unit, t.value, t.passage_id"
        " from thresholds t join documents d on d.id = t.document_id join clauses c on c.id = t.clause_id"
        f" where t.value is not null and t.unit in ('%', '‰', '‱') and {condition} order by t.id",
        (document_id,),
    )
    groups: dict[tuple[int, str], list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        groups[(row["clause"], row["unit"])].append(row)
    found = []
    for (_, unit), group in groups.items():
        values = tuple(sorted({row["value"] for row in group}, reverse=True))
        if len(values) > 1:
            first = group[0]
            place = (first["document_id"], first["title"], first["code"], first["indicator"])
            found.append(Steps(*place, unit, values, first["passage_id"]))
    return found
