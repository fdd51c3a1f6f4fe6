"""How much of a document's text stands in its facts: counted passage by passage, and summed by slice and by section.

A character counts when it is part of the printed words of a fact of its passage; so do short gaps between such words
(numbers, points, 、 and the like), headings and head lines whose words are kept, column heads of tables that were read,
and cells whose whole text is a value of the document's facts (points, dates, how it is verified).
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.dates import read_period
from extract.outline import unnumbered
from extract.sections import read_heading
from kb.evaluation.rows import Row, read_rows

LONGEST_GAP = 12  # characters between two printed fragments, or beside one, that go with them: （每项2分，最高5分）
LONGEST_LINE = 40  # a line of the head: 文号, date, issuer
PRINTED = """
select passage_id, title as words from clauses where document_id = :id
union all
select passage_id, text from clauses where document_id = :id
union all
select s.passage_id, s.condition from score_rules s join clauses c on c.id = s.clause_id where c.document_id = :id
union all
select passage_id, text from thresholds where document_id = :id
union all
select passage_id, text from plan_items where document_id = :id
union all
select a.passage_id, a.raw from assignments a join plan_items i on i.id = a.plan_item_id where i.document_id = :id
union all
select a.passage_id, a.raw from assignments a join clauses c on c.id = a.clause_id where c.document_id = :id
union all
select passage_id, cited_title from citations where document_id = :id
union all
select passage_id, cited_number from citations where document_id = :id
union all
select passage_id, label from form_fields where document_id = :id
union all
select passage_id, value from form_fields where document_id = :id
union all
select f.passage_id, d.title from document_fields f join documents d on d.id = f.document_id where d.id = :id
"""
PASSAGES = "select id, kind, text, table_no, row_no from passages where document_id = ? order by ordinal"


@dataclass(frozen=True, slots=True)
class _Values:
    """What the document's facts hold beside the words at their own passages."""

    headings: frozenset[str]
    words: frozenset[str]
    figures: frozenset[float]
    periods: frozenset[tuple[str | None, str | None]]
    head: frozenset[int]
    tables: frozenset[int]  # from which something was read

    def holds(self, passage: Row) -> bool:
        """Whether the whole text of a passage is kept in a fact, though not at this passage."""
        text = _plain(passage["text"])
        if passage["table_no"] is None:
            title = _plain(read_heading(unnumbered(passage["text"])).title)
            return title in self.headings or (passage["id"] in self.head and len(text) <= LONGEST_LINE)
        if passage["row_no"] == 0:
            return passage["table_no"] in self.tables
        return text in self.words or _figure(text) in self.figures or read_period(text) in self.periods


def measure_coverage(connection: sqlite3.Connection, document_id: str) -> None:
    """Write into every passage of a document its characters and how many of them stand in facts."""
    fragments: dict[int, list[str]] = defaultdict(list)
    for row in read_rows(connection, PRINTED, {"id": document_id}):
        if row["passage_id"] is not None and row["words"]:
            fragments[row["passage_id"]].append(row["words"])
    passages = read_rows(connection, PASSAGES, [document_id])
    values = _values(connection, document_id, passages, fragments)
    counted = [
        {
            "id": passage["id"],
            "characters": len(_plain(passage["text"])),
            "covered": _covered(passage, fragments, values),
        }
        for passage in passages
    ]
    connection.executemany("update passages set characters = :characters, covered = :covered where id = :id", counted)


def _covered(passage: Row, fragments: dict[int, list[str]], values: _Values) -> int:
    if values.holds(passage):
        return len(_plain(passage["text"]))
    return covered_characters(passage["text"], fragments.get(passage["id"], ()))


def covered_characters(text: str, fragments: Iterable[str]) -> int:
    """How many non-blank characters of a text stand in one of the fragments, or in a short gap beside one.

    >>> covered_characters("1. 巡查河道（5分）", ["巡查河道"])
    10
    >>> covered_characters("由县水务局牵头，其余事项按上级另行印发的通知和本县有关规定办理", ["县水务局"])
    5
    >>> covered_characters("巡查河道", [])
    0
    """
    plain = _plain(text)
    spans = sorted(_spans(plain, fragments))
    if not spans:
        return 0
    covered, end = 0, 0
    for start, stop in [*spans, (len(plain), len(plain))]:
        gap = start - end
        covered += max(0, gap if gap <= LONGEST_GAP else 0) + max(0, stop - max(start, end))
        end = max(end, stop)
    return covered


def _spans(plain: str, fragments: Iterable[str]) -> Iterator[tuple[int, int]]:
    for fragment in {_plain(words) for words in fragments} - {""}:
        start = plain.find(fragment)
        while start >= 0:
            yield start, start + len(fragment)
            start = plain.find(fragment, start + len(fragment))


def _values(
    connection: sqlite3.Connection, document_id: str, passages: Sequence[Row], fragments: dict[int, list[str]]
) -> _Values:
    clauses = read_rows(
        connection, "select code, title, points, verification from clauses where document_id = ?", [document_id]
    )
    items = read_rows(
        connection, "select code, section, starts_on, ends_on from plan_items where document_id = ?", [document_id]
    )
    lines = read_rows(connection, "select passage_id from document_fields where document_id = ?", [document_id])
    titles = {_plain(clause["title"]) for clause in clauses}
    sections = {_plain(part) for item in items for part in (item["section"] or "").split(" / ")}
    methods = {_plain(clause["verification"] or "").replace("；", "") for clause in clauses}
    methods |= {_plain(part) for clause in clauses for part in (clause["verification"] or "").split("；")}
    return _Values(
        headings=frozenset((titles | sections) - {""}),
        words=frozenset((titles | methods | {_plain(row["code"] or "") for row in (*clauses, *items)}) - {""}),
        figures=frozenset(clause["points"] for clause in clauses if clause["points"] is not None),
        periods=frozenset((item["starts_on"], item["ends_on"]) for item in items) - {(None, None)},
        head=frozenset(line["passage_id"] for line in lines),
        tables=frozenset(
            passage["table_no"]
            for passage in passages
            if passage["table_no"] is not None and passage["id"] in fragments
        ),
    )


class _Plain(dict[int, str]):
    """What each character is without its width; white space is nothing.  Filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = "" if char.isspace() else unicodedata.normalize("NFKC", char)
        return self[code]


_PLAIN = _Plain()


def _plain(text: str) -> str:
    """Without white space, wide characters made plain one by one."""
    return text.translate(_PLAIN)


def _figure(text: str) -> float | None:
    try:
        return float(text.removesuffix("分"))
    except ValueError:
        return None
