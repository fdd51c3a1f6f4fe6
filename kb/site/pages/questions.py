"""The ready questions: their list, and each with a form, its answer, a picture, and ways to take it along."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from kb.questions import GROUPS, Parameter, in_two, questions
from kb.site.answers import ON_A_PAGE, Put, TooLong, answer, asked_question
from kb.site.cells import lines
from kb.site.charts import MOST_ROWS as MOST_DRAWN
from kb.site.charts import in_two_words
from kb.site.columns import column_en, column_zh
from kb.site.configuration import canned_name
from kb.site.kept import kept
from kb.site.page import Asked, Page
from kb.site.pages.files import MOST_ROWS

# what boxes offer while one types, by the name of the parameter
SUGGESTED = {
    "department": "departments",
    "indicator": "indicators",
    "city": "regions",
    "clause": "clauses",
    "function": "functions",
    "campaign": "campaigns",
    "kind": "findings",
    **dict.fromkeys(("document", "plan", "rubric", "cited"), "documents"),
}
NEWEST = "select max(ingested_at) from documents"


def listed(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """Every question under what it is about."""
    groups = [(group, [one for one in questions() if one.group == group]) for group in GROUPS]
    return {"groups": [(group, [(one, *in_two(one.description)) for one in held]) for group, held in groups]}


def answered(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """A question with its parameters, a page of its answer, what that can be narrowed to, and a picture of it."""
    put = asked_question(asked)
    context = {
        "question": put.question,
        "description": in_two(put.question.description),
        "fields": [_field(one, put) for one in put.question.params],
        "put": put,
        "words": in_two_words,
        "drawn": MOST_DRAWN,
        "most": MOST_ROWS,
        "canned": canned_name(put.question.name),
        "base": Path(asked.base).stem,
        "newest": (connection.execute(NEWEST).fetchone()[0] or "")[:10],
    }
    number = max(1, asked.number("page", 1))
    address = ("answer", put.question.name, *put.address.items(), number)
    try:
        found = kept(asked.base, address, lambda: answer(connection, put, number))
    except TooLong:
        return context | {"answer": None}
    cells = list(lines(connection, found.rows, found.columns))
    same = [column in found.alike for column in found.columns]
    return context | {
        "answer": found,
        "columns": [column for column, is_same in zip(found.columns, same, strict=True) if not is_same],
        "same": [
            (column, cell)
            for column, cell, is_same in zip(found.columns, next(iter(cells), ()), same, strict=False)
            if is_same
        ],
        "lines": [[cell for cell, is_same in zip(line, same, strict=True) if not is_same] for line in cells],
        "first": (found.number - 1) * ON_A_PAGE + 1,
    }


def _field(parameter: Parameter, put: Put) -> dict[str, Any]:
    """A parameter as a form asks for it: its label, what empty means, choices or suggestions."""
    chinese, english = in_two(parameter.description)
    label, _, empty = chinese.removesuffix("。").partition("；")
    told, _, empty_en = english.partition("; ")
    return {
        "name": parameter.name,
        # a list of words is no label
        "label": column_zh(parameter.name) if parameter.choices else label,
        "label_en": column_en(parameter.name) if parameter.choices else told,
        "empty": empty.removeprefix("留空为"),
        "empty_en": empty_en.removeprefix("empty means ").rstrip("."),
        "choices": parameter.choices,
        "suggest": SUGGESTED.get(parameter.name, ""),
        "value": put.given[parameter.name],
    }


PAGES = (Page("/ask", "questions.html", listed), Page("/ask/(?P<name>[^/.]+)", "question.html", answered))
