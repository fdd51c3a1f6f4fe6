"""A finding that compares: of one document, about another one or about another place of its own."""

from __future__ import annotations

from dataclasses import dataclass

from extract.records import Severity


@dataclass(frozen=True, slots=True)
class Compared:
    """What is wrong between two documents, or between two places of one (`other_id` is its own then)."""

    document_id: str
    other_id: str
    kind: str
    severity: Severity
    message: str
    passage_id: int | None
