"""The passages of a document with the spans that are recognised in them and the facts that stand on them.

What a cell holds and what its clause measures is taken from the base; what stands in its text is read by
`extract.spans`, the recogniser of extraction, and by nothing else.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from extract.dates import read_period
from extract.errors import ZhibiaoError
from extract.families.value_columns import indicator_name
from extract.regions import Region, region
from extract.spans import Context, Label, Mark, Words
from extract.text import squeezed
from kb.evaluation.rows import Row, read_rows
from kb.personal import masked_text

if TYPE_CHECKING:
    from extract.spans.pipeline import Marked

COLUMNS = ("document_id", "passage", "label", "text", "start", "end", "reading", "fact")
_FACTS = {
    "assignments": "select passage_id, 'DEPARTMENT' as label, raw as words, name as reading, id from assignments",
    "thresholds": "select passage_id, 'THRESHOLD' as label, text as words, indicator as reading, id from thresholds",
    "citations": "select passage_id, 'CITATION' as label, coalesce(cited_title, cited_number) as words,"
    " coalesce(cited_number, cited_title) as reading, id from citations",
}
_MEASURED = "select passage_id, 'INDICATOR' as label, indicator as words, indicator as reading, id from thresholds"


class MissingSpacy(ZhibiaoError):
    """The optional package is not installed."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with words of its own: what the base says now, corrections included."""

    label: Label
    words: str
    reading: str
    key: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage, what is recognised in it, and the facts that stand on it."""

    id: int
    document_id: str
    ordinal: int
    text: str
    marks: Sequence[Mark]
    facts: Sequence[Fact]


def need_spacy() -> None:
    """Raise MissingSpacy where spaCy is not installed."""
    if find_spec("spacy") is None:
        raise MissingSpacy("spaCy is not installed; install it with: pip install 'zhibiao[spans]'")


def passages(connection: sqlite3.Connection, document_id: str) -> Iterator[Passage]:
    """Every passage of a document in reading order."""
    from extract.spans.pipeline import marks_of, pipeline, read

    nlp = pipeline()
    known, contexts = _facts(connection, document_id), _Contexts(connection, document_id)
    rows = read_rows(
        connection, "select id, ordinal, kind, text from passages where document_id = ? order by ordinal", [document_id]
    )
    for row in rows:
        here = known[row["id"]]
        marks = marks_of(read(nlp, row["text"], contexts.of(row, here)))
        yield Passage(row["id"], document_id, row["ordinal"], row["text"], marks, here)


def _facts(connection: sqlite3.Connection, document_id: str) -> dict[int, list[Fact]]:
    """The facts of a document's passages."""
    found: dict[int, list[Fact]] = defaultdict(list)
    for record, query in (*_FACTS.items(), ("thresholds", _MEASURED)):
        there = " where passage_id in (select id from passages where document_id = ?) order by id"
        for row in read_rows(connection, query + there, [document_id]):
            if row["words"]:
                fact = Fact(row["label"], row["words"], row["reading"] or "", f"{record} {row['id']}")
                found[row["passage_id"]].append(fact)
    return found


class _Contexts:
    """What the base knows of each passage beyond its text."""

    def __init__(self, connection: sqlite3.Connection, document_id: str) -> None:
        self._read = partial(self._rows, connection, document_id)
        code = connection.execute("select region_code from documents where id = ?", [document_id]).fetchone()[0]
        self._region: Region | None = region(code) if code else None
        items = self._read("select passage_id, text, starts_on, ends_on from plan_items where document_id = ?")
        clauses = self._read("select id, passage_id, title, text, kind from clauses where document_id = ?")
        self._dates = {(row["starts_on"], row["ends_on"]) for row in items} - {(None, None)}
        self._parts: dict[int, list[str]] = defaultdict(list)
        for row in (*items, *clauses):
            self._parts[row["passage_id"]] += [row["text"]] if "kind" not in row else [row["title"]]
            if row.get("kind") == "section" and row["text"]:
                self._parts[row["passage_id"]].append(row["text"])
        self._titles = {
            row["passage_id"]: indicator_name(row["title"])[0]
            for row in self._read(
                "select s.passage_id, c.title from score_rules s join clauses c on c.id = s.clause_id"
                " where c.document_id = ? order by s.id desc"
            )
        }

    @staticmethod
    def _rows(connection: sqlite3.Connection, document_id: str, query: str) -> list[Row]:
        return read_rows(connection, query, [document_id])

    def of(self, passage: Row, here: Sequence[Fact]) -> Context:
        """The context of one passage with the facts that stand on it."""
        text, number = passage["text"], passage["id"]
        parts, title = tuple(filter(None, self._parts[number])), self._titles.get(number)
        if passage["kind"] != "cell":
            return Context(self._region, "prose", title, parts)
        whole = next((f for f in here if f.label == "THRESHOLD" and squeezed(f.words) == squeezed(text)), None)
        if whole is not None:
            return Context(self._region, "value", whole.reading, parts)
        if any(fact.label == "DEPARTMENT" for fact in here) and not parts and title is None:
            return Context(self._region, "names", title, parts)
        return Context(self._region, "date" if read_period(text) in self._dates else "prose", title, parts)


def fact_of(mark: Mark, text: str, facts: Sequence[Fact]) -> str:
    """The fact that a span shows, as record and row; '' for what is recognised and became none."""
    words = squeezed(text[mark.start : mark.end])
    ways = (fact.key for fact in facts if fact.label == mark.label and squeezed(fact.words) in words)
    return next(ways, "")


def span_rows(found: Sequence[Passage], *, personal: bool) -> Iterator[dict[str, Any]]:
    """The spans as rows of `COLUMNS`; `start` and `end` count characters of the passage's text."""
    for passage in found:
        text, marks = _leaving(passage.text, passage.marks, personal)
        for mark, seen in zip(passage.marks, marks, strict=True):
            yield {
                "document_id": passage.document_id, "passage": passage.ordinal, "label": mark.label,
                "text": text[mark.start : mark.end], "start": mark.start, "end": mark.end, "reading": seen.name,
                "fact": fact_of(mark, passage.text, passage.facts),
            }  # fmt: skip


def shown(found: Sequence[Passage], *, personal: bool) -> Iterator[Marked]:
    """The passages for displaCy."""
    from extract.spans.pipeline import Marked

    for passage in found:
        yield Marked(f"{passage.ordinal}", *_leaving(passage.text, passage.marks, personal))


def _leaving(text: str, marks: Sequence[Mark], personal: bool) -> tuple[str, Sequence[Mark]]:
    """A text and the readings of its spans as they may leave the base; masking moves no character."""
    return (text, marks) if personal else (masked_text(text), [replace(m, name=masked_text(m.name)) for m in marks])


# ---------------------------------------------------------------- training data

_TOUCHED = """
select passage_id from thresholds where id in (select fact_id from corrections where record = 'thresholds')
union select passage_id from assignments where id in (select fact_id from corrections where record = 'assignments')
union select passage_id from citations where id in (select fact_id from corrections where record = 'citations')
union select passage_id from clauses where id in (select fact_id from corrections where record = 'clauses')
union select passage_id from plan_items where id in (select fact_id from corrections where record = 'plan_items')
union select i.passage_id from plan_items i join links l on l.plan_item_id = i.id where l.status = 'accepted'
union select c.passage_id from clauses c join links l on l.clause_id = c.id where l.status = 'accepted'
"""
_DOUBTED = """
select passage_id from findings where severity in ('warning', 'error') or kind in ('unknown_department')
union select passage_id from clauses where points_status = 'inferred'
"""


def reviewed(connection: sqlite3.Connection, found: Sequence[Passage], *, personal: bool) -> Iterator[Marked]:
    """The passages with a fact about which nothing is doubtful, or which a person has put right or accepted.

    Thresholds and their indicators are those of the base, corrections applied, and no others; of the other labels what
    is recognised is kept too, but where it contradicts a fact.
    """
    from extract.spans.pipeline import Marked

    touched, doubted = ({row[0] for row in connection.execute(query)} for query in (_TOUCHED, _DOUBTED))
    for passage in found:
        if not passage.facts or (passage.id in doubted and passage.id not in touched):
            continue
        yield Marked(f"{passage.document_id} {passage.ordinal}", *_leaving(passage.text, _settled(passage), personal))


def _settled(passage: Passage) -> list[Mark]:
    """The spans of a passage as the base has them now."""
    words, stated = Words.of(passage.text), set[Mark]()
    for fact in passage.facts:
        own = [mark for mark in passage.marks if mark.label == fact.label and _shows(mark, passage.text, fact)]
        place = words.place(fact.words)
        if own:
            stated.update(own)
        elif place is not None:
            stated.add(Mark(*place, fact.label, fact.reading))
    for mark in passage.marks:
        against = any(o.label == mark.label and o.start < mark.end and mark.start < o.end for o in stated)
        if mark.label not in ("THRESHOLD", "INDICATOR") and not against:
            stated.add(mark)
    return sorted(stated)


def _shows(mark: Mark, text: str, fact: Fact) -> bool:
    """Whether a span is the place of a fact's words; a citation's is wider, it holds the number too."""
    words, shown = squeezed(fact.words), squeezed(text[mark.start : mark.end])
    return words in shown if mark.label == "CITATION" else words == shown
