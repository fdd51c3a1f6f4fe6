"""Judges the document itself against the gold: fields of its head, citations, and whether every fact is grounded."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from typing import Any

from kb.evaluation.gold import LIST_SEPARATOR, Gold, GoldRow
from kb.evaluation.matching import match
from kb.evaluation.rows import Row, read_rows
from kb.evaluation.scores import Count, Judgement, Miss
from kb.evaluation.similarity import bare, containment, dice, same_number

FIELDS = (
    *("title", "doc_number", "issuer", "issued_on", "printed_on", "region_code", "level", "kind", "campaign"),
    *("total_points", "bonus_points"),
)
# a figure or a 文号 that the document does not have is an invention; the other fields may know more than the print
NEVER_INVENTED = ("doc_number", "total_points")
# both words of a group are in use for one and the same document
KINDS_ALIKE = ({"rubric", "guide"}, {"plan", "task_table", "application"})

PRINTED_FACTS = {
    "clauses": "select f.title as printed, p.text as passage from clauses f"
    " left join passages p on p.id = f.passage_id where f.document_id = :id and f.title <> ''",
    "plan_items": "select f.text as printed, p.text as passage from plan_items f"
    " left join passages p on p.id = f.passage_id where f.document_id = :id",
    "thresholds": "select f.text as printed, p.text as passage from thresholds f"
    " left join passages p on p.id = f.passage_id where f.document_id = :id",
    "score_rules": "select f.condition as printed, p.text as passage from score_rules f"
    " join clauses c on c.id = f.clause_id left join passages p on p.id = f.passage_id where c.document_id = :id",
    "assignments": "select f.raw as printed, p.text as passage from assignments f"
    " left join plan_items i on i.id = f.plan_item_id left join clauses c on c.id = f.clause_id"
    " left join passages p on p.id = f.passage_id where i.document_id = :id or c.document_id = :id",
}


def judge_head(gold: Gold, document: Row) -> Iterator[Judgement]:
    """Whether each field of the document reads as the gold says, and that the document was found."""
    for field in FIELDS:
        wanted, got = gold.document.get(field), document.get(field)
        if isinstance(wanted, list):
            wanted = LIST_SEPARATOR.join(wanted)
        is_read = got not in (None, "")
        if wanted in (None, ""):
            if is_read and field in NEVER_INVENTED:
                yield Count("document_fields", 0, 0, 1)
                yield Miss("document_fields", "+", f"{field}: {got!r} where the document has none")
            continue
        is_right = same_field(field, wanted, got)
        yield Count("document_fields", is_right, 1, is_read)
        if not is_right:
            yield Miss("document_fields", "-", f"{field}: {wanted!r} read as {got!r}")
    yield Count("document", 1, 1, 1)


def same_field(field: str, wanted: Any, got: Any) -> bool:
    """Whether a field of the head counts as read rightly.

    >>> same_field("campaign", "全国质量强市示范城市", "质量强市"), same_field("level", "municipal", "county")
    (True, False)
    >>> same_field("kind", "guide", "rubric"), same_field("total_points", 100, 100.0)
    (True, True)
    """
    left, right = bare(wanted), bare(got)
    match field:
        case "total_points" | "bonus_points":
            return same_number(wanted, got)
        case "title":  # a title is long: a sign more or less is no other title
            return dice(left, right) >= 0.95
        case "campaign" | "issuer":
            return left == right or (min(len(left), len(right)) >= 3 and containment(left, right) == 1.0)
        case "kind":
            return left == right or any({wanted, got} <= words for words in KINDS_ALIKE)
        case _:
            return left == right


def judge_citations(gold: list[GoldRow], found: list[Row]) -> Iterator[Judgement]:
    """Which cited documents were found: by the same number, or by nearly the same title."""
    matching = match(gold, found, _citation_likeness, 0.85)
    yield Count("citations", len(matching.pairs), len(gold), len(found))
    for row in matching.missed():
        yield Miss("citations", "-", f"{row['cited_title']} {row['cited_number']}")
    for extra in matching.extra():
        yield Miss("citations", "+", f"{extra['cited_title']} {extra['cited_number']}")


def _citation_likeness(gold: GoldRow, found: Row) -> float:
    number = bare(gold["cited_number"])
    if number and number == bare(found["cited_number"]):
        return 1.0
    titles = bare(gold["cited_title"]), bare(found["cited_title"])
    return dice(*titles) if all(titles) else 0.0


def judge_grounding(connection: sqlite3.Connection, document_id: str) -> Iterator[Judgement]:
    """How many facts have their printed words in the passage they point to, white space aside."""
    for table, sql in PRINTED_FACTS.items():
        facts = read_rows(connection, sql, {"id": document_id})
        astray = [fact for fact in facts if not _is_grounded(fact)]
        yield Count("grounded", len(facts) - len(astray), len(facts), len(facts))
        for fact in astray:
            yield Miss("grounded", "-", f"{table}: {fact['printed'][:40]}")


def _is_grounded(fact: Row) -> bool:
    return fact["passage"] is not None and _squeezed(fact["printed"]) in _squeezed(fact["passage"])


def _squeezed(text: str | None) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))
