"""Which document of the base a new reading is a reading of: the measure by which two readings are one document.

Never one document, whatever else agrees:
- origins differ: a digest is not its original;
- one is a draft and the other is not;
- without one 文号 on both: 文号, region or year are known of both and differ, their titles are of different stages
  (试行, 修订), or carry different figures (2014 and 2015, 第一批 and 第二批).

A 文号 that was recognised from a picture counts as unknown beside one that differs from it in one character.

Else they are one document
- by one 文号, where the titles are alike (`NEAR`) and the regions do not differ, or half of the text is the same
  (`HALF`): an annex that prints the 文号 of its notice is neither;
- by one title (its core: without issuer, notice and brackets' style), where region and year are known and the same, or
  `HALF` of the text is the same;
- by alike titles (`ALIKE`), where `MOST` of the text is the same.

A reading that fits two documents equally well is none of them.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from extract.records import Head
from kb.evaluation.rows import Row, read_rows
from kb.evaluation.similarity import alike, bare, dice
from kb.identity import number_key, title_key, year_of
from kb.revise.readings import Reading, reading_in

if TYPE_CHECKING:
    from extract.editions import Edition

NEAR, ALIKE = 0.4, 0.8  # of titles
HALF, MOST = 0.5, 0.75  # of texts


@dataclass(frozen=True)
class Named:
    """What names a document."""

    title: str
    number: str | None
    origin: str
    region: str | None
    year: str

    @cached_property
    def core(self) -> str:
        """The title without issuer, carrying notice and mark of the edition, bare."""
        return bare(self._edition.core) or title_key(self.title)

    @cached_property
    def stage(self) -> str:
        return self._edition.stage

    @cached_property
    def figures(self) -> tuple[str, ...]:
        return self._edition.figures

    @cached_property
    def _edition(self) -> Edition:
        from extract.editions import edition  # brings the terms, which only writing needs

        return edition(self.title)


def named(head: Head) -> Named:
    """What names the document that a head is of."""
    return Named(head.title, number_key(head.doc_number), head.origin, head.region_code, year_of(head))


def known_document(connection: sqlite3.Connection, head: Head, reading: Reading) -> str | None:
    """The id of the document that this is a reading of; None where the base does not hold it or more than one fits."""
    new = named(head)
    rows = read_rows(
        connection,
        "select * from documents where origin = ?"
        " and (region_code is null or ? is null or region_code = ? or number_key = ?)",
        (new.origin, new.region, new.region, new.number),
    )
    read = _read_values(connection)
    found: dict[int, set[str]] = {}
    for row in rows:
        # a file goes on saying what was read in it, whatever a person made of that
        for values in (row, row | read[row["id"]]) if row["id"] in read else (row,):
            if (rank := sameness(connection, row["id"], stored(values), new, reading)) is not None:
                found.setdefault(rank, set()).add(row["id"])
    best = found[min(found)] if found else set()
    return min(best) if len(best) == 1 else None


def stored(row: Row) -> Named:
    """What names a document of the base."""
    dated = row["issued_on"] or row["printed_on"] or ""
    return Named(row["title"], number_key(row["doc_number"]), row["origin"], row["region_code"], dated[:4])


def _read_values(connection: sqlite3.Connection) -> dict[str, Row]:
    """The read values of corrected heads, by document."""
    values: dict[str, Row] = defaultdict(dict)
    query = "select document_id, field, now_read from corrections where record = 'documents'"
    for row in read_rows(connection, query):
        values[row["document_id"]][row["field"]] = row["now_read"]
    return values


def sameness(connection: sqlite3.Connection, document_id: str, old: Named, new: Named, reading: Reading) -> int | None:
    """How well two are one document: 1 by their 文号, 2 or 3 by their titles, 4 by their texts; None: they are two.

    Of two with the same title the one goes first that has a 文号, or none, as this one.
    """
    if misread(connection, document_id, old.number, new.number, reading):
        new = replace(new, number=None)
    one_number = old.number is not None and old.number == new.number
    if differ(old, new, one_number) or not (title_key(old.title) and title_key(new.title)):
        return None

    def shared() -> float:
        return reading_in(connection, document_id).overlap(reading)

    placed = new.region is not None and old.region == new.region and old.year == new.year
    if one_number:
        near = alike(old.core, new.core) >= NEAR and not unlike(old.region, new.region)
        return 1 if near or shared() >= HALF else None
    one_title = old.core == new.core
    if one_title and (placed or shared() >= HALF):
        return 2 if old.number == new.number else 3
    return 4 if dice(old.core, new.core) >= ALIKE and shared() >= MOST else None


def misread(
    connection: sqlite3.Connection, document_id: str, old: str | None, new: str | None, reading: Reading
) -> bool:
    """Whether two 文号 differ in one character, and one of them was recognised from a picture."""
    if old is None or new is None or len(old) != len(new) or sum(map(str.__ne__, old, new)) != 1:
        return False
    (form,) = connection.execute("select format from documents where id = ?", (document_id,)).fetchone()
    return bool(form == "scan" or reading.recognised >= HALF)


def differ(old: Named, new: Named, one_number: bool) -> bool:
    """Whether something that both have says that they are two documents."""
    if old.origin != new.origin or (old.stage != new.stage and "draft" in (old.stage, new.stage)):
        return True
    if one_number:
        return False
    named_apart = any(map(unlike, (old.number, old.region, old.year), (new.number, new.region, new.year)))
    return named_apart or old.stage != new.stage or old.figures != new.figures


def unlike(one: str | None, other: str | None) -> bool:
    """Whether two values are known and differ."""
    return bool(one and other and one != other)
