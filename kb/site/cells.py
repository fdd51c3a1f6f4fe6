"""Values of an answer as cells of a page: names for ids, links to the pages about them, words for codes.

What a column holds is told by its name, which the questions use alike: `document_id` beside `document`, `clause` beside
`rubric_id` or `document_id`, `passage_id` beside `place`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kb.coverage.evidence import in_words
from kb.evaluation.rows import Row
from kb.site import links
from kb.site.columns import column_en, column_zh
from kb.site.labels import Labels, Spoken, labels
from kb.site.wording import COMPARATORS, words

# columns of ids of documents, each with the columns that may hold its title
TITLES = {
    "document_id": ("document", "title"),
    "rubric_id": ("rubric",),
    "plan_id": ("plan",),
    "cited_document_id": ("cited_document",),
    "other_id": ("other",),
    "compared_with": (),
}
CLAUSES = ("clause", "parent", "clause_codes")
ITEMS = ("plan_item", "best_item", "plan_items")
BODIES = (
    *("department", "lead_department", "partner", "closest", "body"),
    *("leads", "others", "departments", "printed_names"),
)
FUNCTIONS = ("function", "present_function", "successor", "read_as")
SEVERAL = 3  # rows
YES_OR_NO = ("is_group", "optional")
TAGS = (
    *("covered", "doubtful", "uncovered", "stricter", "equal", "weaker", "missing", "unclear"),
    *("error", "warning", "info"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as a page heads it."""

    name: str
    zh: str
    en: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a cell, with the address of the page about it; `word` is a word of the contract before it."""

    text: str
    href: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: how it is shown, its pieces, and for the place of a fact the document and passage to open."""

    kind: str  # text | number | points | word | tag | source | yes | code
    parts: tuple[Part, ...] = ()
    value: Any = None
    beside: Any = None


def columns(rows: Sequence[Row]) -> list[Column]:
    """The columns that are shown: an id whose name stands beside it is not, nor is the number of a passage."""
    names = list(rows[0]) if rows else []
    shown = [name for name in names if name != "passage_id" and not _titled(name, names)]
    return [Column(name, column_zh(name), column_en(name), _is_number(rows, name)) for name in shown]


def alike(rows: Sequence[Row], shown: Sequence[Column]) -> list[Column]:
    """The columns that hold the same in every one of several rows, or nothing in any: they need no column."""
    if len(rows) < SEVERAL:
        return []
    return [column for column in shown if column.name != "place" and len({row[column.name] for row in rows}) == 1]


def _title(titles: Sequence[str], row: Row) -> str | None:
    """The column that holds the title: where a document stands beside it, `title` is that of something else."""
    return next((title for title in titles if title in row), None)


def _titled(name: str, names: Sequence[str]) -> bool:
    return any(title in names for title in TITLES.get(name, ()))


def _is_number(rows: Sequence[Row], name: str) -> bool:
    values = [row[name] for row in rows if row[name] is not None]
    return bool(values) and name not in YES_OR_NO and all(isinstance(value, int | float) for value in values)


def lines(connection: sqlite3.Connection, rows: Sequence[Row], shown: Sequence[Column]) -> Iterator[list[Cell]]:
    """The cells of each row, one for each of the columns."""
    found = labels(connection, _spoken(rows))
    for row in rows:
        yield [_cell(row, column.name, found) for column in shown]


def _spoken(rows: Sequence[Row]) -> Spoken:
    """What the rows speak of that has a name or a page."""
    spoken = Spoken()
    for row in rows:
        for name, value in row.items():
            if value is None:
                continue
            if name == "passage_id":
                spoken.passages.add(value)
            elif name == "region":
                spoken.regions.add(value)
            elif name == "indicator":
                spoken.indicators.add(value)
            elif name == "document_ids" or name in TITLES:
                spoken.documents |= set(value.split(","))
            elif name in FUNCTIONS:
                spoken.functions |= set(value.split(","))
            elif name in BODIES and isinstance(value, str):
                spoken.bodies |= {(row.get("region") or "", _role_and_name(one)[1]) for one in _several(value)}
    return spoken


def _cell(row: Row, name: str, found: Labels) -> Cell:
    value = row[name]
    if value is None or value == "":
        return Cell("text")
    if name == "place":
        return Cell("source", (Part(str(value)),), beside=found.passages.get(row.get("passage_id") or 0))
    if name == "points" and row.get("points_status"):
        return Cell("points", value=value, beside=row["points_status"])
    if name in YES_OR_NO:
        return Cell("yes", value=bool(value))
    if isinstance(value, int | float):
        return Cell("number", value=value)
    if name == "sha256":
        return Cell("code", (Part(value[:12]),))
    if name == "comparator":
        return Cell("text", (Part(COMPARATORS.get(str(value), str(value))),))
    if name == "evidence":
        return Cell("text", (Part(in_words(value, row.get("method"), row.get("link_status", row.get("status")))),))
    if parts := tuple(linked(row, name, str(value), found)):
        return Cell("text", parts)
    return Cell("tag" if value in TAGS else "word" if value in words() else "text", (Part(str(value)),), value=value)


def linked(row: Row, name: str, value: str, found: Labels) -> Iterator[Part]:
    """The pieces of a value that stands for something with a page; nothing for any other."""
    id_column = next((held for held, titles in TITLES.items() if name == _title(titles, row) and row.get(held)), None)
    rubric, plan = row.get("rubric_id") or row.get("document_id"), row.get("plan_id") or row.get("document_id")
    if id_column is not None:
        yield Part(value, links.document(row[id_column]))
    elif name in TITLES or name == "document_ids":
        yield from (Part(found.documents.get(one, one), links.document(one)) for one in value.split(","))
    elif name in CLAUSES and rubric:
        yield from (Part(code, links.rubric(rubric, code)) for code in _several(value))
    elif name in ITEMS and plan:
        yield from (Part(code, links.items(plan, code)) for code in value.split(","))
    elif name == "owner" and row.get("document_id"):
        page = {"plan_item": links.items, "clause": links.rubric}.get(str(row.get("owner_kind")))
        yield Part(value, page(row["document_id"], value) if page else "")
    elif name in BODIES:
        yield from (_body(row, one, found) for one in _several(value))
    elif name in FUNCTIONS:
        yield from (Part(one, links.function(one) if one in found.functions else "") for one in value.split(","))
    elif name == "region":
        place = found.regions.get(value)
        yield Part(place.short_name, links.city(place.code)) if place else Part(value)
    elif name == "indicator" and value in found.indicators:
        yield Part(value, links.indicator(value))


def _several(value: str) -> list[str]:
    return value.replace("、", ",").split(",")


def _role_and_name(text: str) -> tuple[str, str]:
    """A body with the role that may stand before it.

    >>> _role_and_name("lead 市质监局"), _role_and_name("市质监局")
    (('lead', '市质监局'), ('', '市质监局'))
    """
    word, _, name = text.partition(" ")
    return (word, name) if name and word in words() else ("", text)


def _body(row: Row, text: str, found: Labels) -> Part:
    """A body, with its page where it is known which one is meant."""
    word, name = _role_and_name(text)
    pair = (row.get("region") or "", name)
    return Part(name, links.department(found.bodies[pair], name) if pair in found.bodies else "", word)
