"""The ready questions: files of `queries/`, each a header and one select, put to a base that cannot be written to.

A header line is `-- title:` (Chinese), `-- title_en:`, `-- description:` (Chinese, then English) or, once a parameter,
`-- param: name: what it is and what empty means`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kb.errors import FailedQuestion, UnknownParameter, UnknownQuestion
from kb.evaluation.rows import read_rows

HEADER_LINE = re.compile(r"-- (title|title_en|description|param): (.+)")
HARMLESS = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
NOTHING_GIVEN: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be narrowed to; `description` says what empty means."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Question:
    """A ready question: its name (that of its file), what pages and listings show of it, and its select."""

    name: str
    title: str
    title_en: str
    description: str
    params: tuple[Parameter, ...]
    sql: str


@cache
def questions() -> list[Question]:
    """All ready questions by name."""
    found = (entry for entry in files("queries").iterdir() if entry.name.endswith(".sql"))
    read = (read_question(entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8")) for entry in found)
    return sorted(read, key=lambda question: question.name)


def question(name: str) -> Question:
    """The question of this name; UnknownQuestion names them all."""
    known = {one.name: one for one in questions()}
    if name not in known:
        raise UnknownQuestion(f"{name}: no such question; there are {', '.join(known)}")
    return known[name]


def ask(
    connection: sqlite3.Connection, name: str, parameters: Mapping[str, str] = NOTHING_GIVEN
) -> list[dict[str, object]]:
    """Put a question to the base: its rows, each from column to value; a parameter not given is empty.

    Raises UnknownQuestion, UnknownParameter, and FailedQuestion where the base cannot answer.
    """
    asked = question(name)
    names = [parameter.name for parameter in asked.params]
    unknown = [given for given in parameters if given not in names]
    if unknown:
        raise UnknownParameter(f"{name}: no parameter {', '.join(unknown)}; it takes {', '.join(names) or 'none'}")
    return put(connection, asked, dict.fromkeys(names, "") | dict(parameters))


def put(connection: sqlite3.Connection, asked: Question, values: Mapping[str, str]) -> list[dict[str, object]]:
    """Run a question that has a value for every parameter; it can read and nothing else."""
    try:
        with _reading_only(connection):
            return read_rows(connection, asked.sql, values)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise FailedQuestion(
            f"{asked.name}: cannot be answered ({error}); correct it, or look at the base with `zhibiao doctor`"
        ) from error


def read_question(name: str, text: str) -> Question:
    """Take a query file apart; the header ends with the first line that is no header line.

    >>> text = "-- title: 文件\\n-- title_en: Documents\\n-- param: city: all\\nselect 1 where :city = ''"
    >>> read_question("documents", text).params
    (Parameter(name='city', description='all'),)
    """
    header: dict[str, list[str]] = {"title": [], "title_en": [], "description": [], "param": []}
    lines = text.splitlines()
    while lines and (line := HEADER_LINE.fullmatch(lines[0])):
        header[line[1]].append(line[2].strip())
        lines.pop(0)
    parameters = tuple(Parameter(*_parts(parameter)) for parameter in header["param"])
    title, title_en, description = (" ".join(header[key]) for key in ("title", "title_en", "description"))
    return Question(name, title, title_en, description, parameters, "\n".join(lines).strip())


def _parts(parameter: str) -> tuple[str, str]:
    name, _, description = parameter.partition(":")
    return name.strip(), description.strip()


@contextmanager
def _reading_only(connection: sqlite3.Connection) -> Iterator[None]:
    """Let only selects through, whatever the connection may do otherwise."""

    def permit(action: int, *_: str | None) -> int:
        return sqlite3.SQLITE_OK if action in HARMLESS else sqlite3.SQLITE_DENY

    connection.set_authorizer(permit)
    try:
        yield
    finally:
        connection.set_authorizer(None)
