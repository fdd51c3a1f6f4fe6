"""The answers of all ready questions, nothing narrowed, each row with the origin of the documents that it names."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.ask import answer_columns
from kb.exports.tables import Row, masked_row
from kb.questions import Question, put, questions

# columns that name a document, and the column that says of it: digest or original
ORIGINS = {
    "document_id": "origin",
    "document_ids": "origins",
    "plan_id": "plan_origin",
    "rubric_id": "rubric_origin",
    "cited_document_id": "cited_origin",
    "compared_with": "compared_origin",
}
BETWEEN_IDS = re.compile(r"[,，、;；\s]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its answer; `columns` are there without rows too."""

    question: Question
    columns: tuple[str, ...]
    rows: list[Row]


def answers(connection: sqlite3.Connection, *, with_personal: bool = False) -> Iterator[Answer]:
    """Every question by name; personal numbers are masked."""
    origins = {str(row[0]): str(row[1]) for row in connection.execute("select id, origin from documents")}
    for asked in questions():
        empty = {parameter.name: "" for parameter in asked.params}
        columns = answer_columns(connection, asked)
        added = {source: name for source, name in ORIGINS.items() if source in columns and name not in columns}
        rows = [_with_origins(row, added, origins) for row in put(connection, asked, empty)]
        yield Answer(asked, (*columns, *added.values()), rows if with_personal else [masked_row(row) for row in rows])


def _with_origins(row: Mapping[str, object], added: Mapping[str, str], origins: Mapping[str, str]) -> Row:
    """The row with a column beside each that names documents.

    >>> row = {"document_ids": "a,b", "plan_id": None}
    >>> _with_origins(row, {"document_ids": "origins", "plan_id": "plan_origin"}, {"a": "digest", "b": "original"})
    {'document_ids': 'a,b', 'plan_id': None, 'origins': 'digest、original', 'plan_origin': None}
    """
    said: Row = {}
    for source, name in added.items():
        ids = BETWEEN_IDS.split(str(row[source] or ""))
        said[name] = "、".join(sorted({origins[one] for one in ids if one in origins})) or None
    return dict(row) | said
