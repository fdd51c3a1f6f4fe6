"""One reading of a document, from a file or from the base, in what two readings are compared by.

Texts are bare: without white space, width and punctuation.  A fact's print is its record and its words.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from extract.records import Assignment, Clause, Extraction, Finding, PlanItem, ScoreRule, Threshold
from kb.evaluation.rows import read_rows
from kb.evaluation.similarity import bare
from kb.listing import plain
from kb.revise.records import RECORDS

# findings that say: something stood there and was not read
LOST = frozenset({"lost_cell", "unread_page", "unread_table", "ungrounded_fact"})
Print = tuple[str, str, str]  # record, words, figures
# the columns of a print: words, figure
PRINTED = {
    **{"clauses": ("title", "points"), "score_rules": ("condition", "points"), "thresholds": ("text", "value")},
    **{"plan_items": ("text", None), "assignments": ("raw", None)},
}


@dataclass(frozen=True)
class Reading:
    """Passages and facts of one reading; each fact's print with the bare text of its passage."""

    format: str
    passages: tuple[str, ...]  # bare
    facts: tuple[tuple[Print, str], ...]
    recognised: float  # share of the characters that were recognised from pictures
    placed: float  # share of the passages that know their boxes on a page
    lost: int

    @cached_property
    def grams(self) -> Counter[str]:
        """Every pair of neighbouring characters of the passages."""
        return Counter("".join(pair) for text in self.passages for pair in pairwise(text))

    @cached_property
    def texts(self) -> Counter[str]:
        """How often each passage stands there."""
        return Counter(self.passages)

    def overlap(self, other: Reading) -> float:
        """Share of the text that two readings have in common, 0 to 1, in whatever order."""
        total = self.grams.total() + other.grams.total()
        return 2 * (self.grams & other.grams).total() / total if total else 0.0


def reading_of(extraction: Extraction) -> Reading:
    """What was just read from a file."""
    texts = {passage.ordinal: bare(passage.text) for passage in extraction.passages}
    findings = [fact for fact in extraction.facts if isinstance(fact, Finding)]
    return Reading(
        extraction.format,
        tuple(texts.values()),
        tuple(_facts(extraction, texts)),
        _share((len(passage.text), passage.place.confidence is not None) for passage in extraction.passages),
        _share((1, bool(passage.place.boxes)) for passage in extraction.passages),
        sum(finding.kind in LOST for finding in findings),
    )


def _facts(extraction: Extraction, texts: dict[int, str]) -> Iterator[tuple[Print, str]]:
    """The prints of an extraction, as the base would give them."""
    for fact in extraction.facts:
        match fact:
            case Clause(title=words, points=figure, passage=place):
                record = "clauses"
            case ScoreRule(condition=words, points=figure, passage=place):
                record = "score_rules"
            case Threshold(text=words, value=figure, passage=place):
                record = "thresholds"
            case PlanItem(text=words, passage=place):
                record, figure = "plan_items", None
            case Assignment(raw=words, passage=place):
                record, figure = "assignments", None
            case _:
                continue
        yield (record, bare(words), plain(figure)), texts[place]


def reading_in(connection: sqlite3.Connection, document_id: str) -> Reading:
    """What the base holds of a document now."""
    rows = read_rows(
        connection,
        "select id, text, boxes, confidence from passages where document_id = ? order by ordinal",
        [document_id],
    )
    (form,) = connection.execute("select format from documents where id = ?", (document_id,)).fetchone()
    marks = ", ".join(f"'{kind}'" for kind in sorted(LOST))
    (lost,) = connection.execute(
        f"select count(*) from findings where document_id = ? and kind in ({marks})", (document_id,)
    ).fetchone()
    texts = {row["id"]: bare(row["text"]) for row in rows}
    return Reading(
        form,
        tuple(texts.values()),
        tuple(_stored_facts(connection, document_id, texts)),
        # a base that is older than the column knows the format alone
        1.0 if form == "scan" else _share((len(row["text"]), row["confidence"] is not None) for row in rows),
        _share((1, row["boxes"] is not None) for row in rows),
        lost,
    )


def _stored_facts(
    connection: sqlite3.Connection, document_id: str, texts: Mapping[int, str]
) -> Iterator[tuple[Print, str]]:
    """The prints of a document in the base, as they were read: what a person put right was read otherwise."""
    corrections = "select record, fact_id, field, now_read from corrections where document_id = ?"
    read = {
        (row["record"], row["fact_id"], row["field"]): row["now_read"]
        for row in read_rows(connection, corrections, [document_id])
    }
    for record, (words, figure) in PRINTED.items():
        for row in read_rows(connection, RECORDS[record].select, {"id": document_id}):
            printed = [read.get((record, row["id"], name), row[name]) if name else None for name in (words, figure)]
            yield (record, bare(printed[0]), plain(printed[1])), texts.get(row["passage_id"], "")


def _share(weighed: Iterable[tuple[int, bool]]) -> float:
    """The weight of those that are so, of all; 0 of nothing."""
    pairs = list(weighed)
    total = sum(weight for weight, _ in pairs)
    return sum(weight for weight, is_so in pairs if is_so) / total if total else 0.0
