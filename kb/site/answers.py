"""Answers to ready questions as the site gives them: narrowed, page by page, with what they can be narrowed to."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from kb.errors import FailedQuestion, UnknownQuestion
from kb.evaluation.rows import Row
from kb.questions import Question, part, question
from kb.site.bases import STEPS
from kb.site.cells import YES_OR_NO, Column, alike, columns
from kb.site.charts import Picture, picture
from kb.site.page import Asked, NoSuchPage
from kb.site.paging import span

ON_A_PAGE = 100
LOOKED_AT = 5000  # rows that are counted, and gathered by their values
MOST_VALUES = 12  # of a column that an answer can be narrowed by
MOST_FACETS = 6
MOST_SECONDS = 8.0
REGIONS = "select name, short_name from regions"
NO_FACETS = ("place", "rubric_place", "evidence", "document_ids")


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it was asked: its parameters, and columns with the value that they must have."""

    question: Question
    given: Mapping[str, str]
    narrowed: Mapping[str, str]

    @property
    def address(self) -> dict[str, str]:
        """Its fields in an address."""
        return {**self.given, **{f"_{column}": value for column, value in self.narrowed.items()}}


@dataclass(frozen=True, slots=True)
class Facet:
    """A column of few values: how often each is there."""

    column: Column
    values: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of an answer, and what is told of its first rows: all of them where `is_whole`."""

    rows: Sequence[Row]
    counted: int
    is_whole: bool
    number: int
    pages: int  # the next one at least, where there are more rows than were counted
    columns: Sequence[Column]
    alike: Sequence[Column]
    facets: Sequence[Facet]
    picture: Picture | None


class TooLong(Exception):
    """The answer takes longer than anybody waits for."""


def asked_question(asked: Asked) -> Put:
    """The question of an address; fields that it does not take are left aside."""
    try:
        found = question(asked.path["name"])
    except UnknownQuestion:
        raise NoSuchPage(f"没有这个问题：{asked.path['name']}。 There is no such question.") from None
    given = {param.name: asked.query.get(param.name, "").strip() for param in found.params}
    narrowed = {name[1:]: value for name, value in asked.query.items() if name.startswith("_") and len(name) > 1}
    return Put(found, given, narrowed)


def first_rows(connection: sqlite3.Connection, put: Put, most: int, after: int = 0) -> list[Row]:
    """Rows of the answer in its order."""
    try:
        return part(connection, put.question, put.given, put.narrowed, most, after)
    except FailedQuestion as error:
        if put.narrowed and "no such column" in str(error):
            named = "、".join(put.narrowed)
            raise NoSuchPage(f"这个问题的答案没有这一列：{named}。 The answer has no such column.") from None
        if isinstance(error.__cause__, sqlite3.OperationalError):
            raise error.__cause__ from None  # broken off: it took too long
        raise


def answer(connection: sqlite3.Connection, put: Put, number: int) -> Answer:
    """The page of the answer that was asked for; a page beyond the last is the last.  Raises TooLong."""
    with _within(connection, MOST_SECONDS):
        first = first_rows(connection, put, LOOKED_AT + 1)
        is_whole, first = len(first) <= LOOKED_AT, first[:LOOKED_AT]
        if is_whole:
            start, number, pages = span(len(first), number, ON_A_PAGE)
            rows = first[start : start + ON_A_PAGE]
        else:
            start = (number - 1) * ON_A_PAGE
            is_there = start + ON_A_PAGE <= LOOKED_AT
            found = first[start:] if is_there else first_rows(connection, put, ON_A_PAGE + 1, start)
            rows, pages = found[:ON_A_PAGE], number + (is_there or len(found) > ON_A_PAGE)
    shown = columns(first)
    same = alike(first, shown) if is_whole else []
    short = dict(tuple(row) for row in connection.execute(REGIONS))
    drawn = [row | {"region": short.get(row["region"], row["region"])} if "region" in row else row for row in first]
    chart = picture(put.question.chart, drawn, put.given, is_whole) if number == 1 else None
    return Answer(rows, len(first), is_whole, number, pages, shown, same, facets(first, put.narrowed), chart)


@contextmanager
def _within(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Break off what takes longer: whoever asks can still be told to ask for less."""
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        raise (TooLong() if str(error) == "interrupted" else error) from None
    finally:
        connection.set_progress_handler(None, 0)


def facets(rows: Sequence[Row], narrowed: Mapping[str, str]) -> list[Facet]:
    """The columns of few values that the rows can be narrowed by, those of fewest values first."""
    found = list(_facets(rows, narrowed))
    return sorted(found, key=lambda facet: len(facet.values))[:MOST_FACETS]


def _facets(rows: Sequence[Row], narrowed: Mapping[str, str]) -> Iterator[Facet]:
    for column in columns(rows):
        if column.name in narrowed or column.name in NO_FACETS or column.is_number:
            continue
        counts = Counter(row[column.name] for row in rows if row[column.name] not in (None, ""))
        is_word = column.name in YES_OR_NO or all(isinstance(value, str) and len(value) <= 60 for value in counts)
        if 1 < len(counts) <= MOST_VALUES and counts.total() >= 2 * len(counts) and is_word:
            yield Facet(column, [(str(value), count) for value, count in counts.most_common()])
