"""The ready questions on the command line: their list, and their parameters out of free options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kb.errors import UnknownParameter

if TYPE_CHECKING:
    import sqlite3

    from kb.questions import Question

DOCUMENTS = frozenset({"document", "plan", "rubric"})  # parameters that name one
TITLED = "select 1 from documents where id = ? or instr(title, ?) > 0"


def question_rows() -> list[dict[str, str]]:
    """The questions that come with the project, one row each."""
    from kb.questions import questions

    return [
        {
            "name": question.name,
            "title": question.title,
            "title_en": question.title_en,
            "parameters": ", ".join(param.name for param in question.params),
        }
        for question in questions()
    ]


def parameters(question: Question, words: Sequence[str]) -> dict[str, str]:
    """Values out of `--name value` and `--name=value`, a hyphen in a name being as good as an underscore."""
    right = [param.name for param in question.params]
    known = f"{question.name} takes {', '.join(f'--{name}' for name in right) or 'no parameters'}"
    values: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        option, equals, value = word.partition("=")
        name = option.removeprefix("--").replace("-", "_")
        if not option.startswith("--") or name not in right:
            raise UnknownParameter(f"{word}: {known}")
        found = value if equals else next(rest, None)
        if found is None:
            raise UnknownParameter(f"{word}: needs a value; {known}")
        values[name] = found
    return values


def with_documents(connection: sqlite3.Connection, asked: Question, given: Mapping[str, str]) -> dict[str, str]:
    """The values, a document that is named by its file, its 文号 or the beginning of its id becoming that id.

    A part of a title stays, for it may mean several.  Raises UnknownDocument where a name fits none.
    """
    from kb.show import document_named

    def means(name: str, value: str) -> str:
        is_document = name in DOCUMENTS and any(param.name == name for param in asked.params)
        if not value or not is_document or connection.execute(TITLED, (value, value)).fetchone():
            return value
        return document_named(connection, value)

    return {name: means(name, value) for name, value in given.items()}


def help_text(asked: Question) -> str:
    """What a question tells, and what each of its parameters narrows."""
    from kb.questions import in_two

    told = [f"{asked.title}  {asked.title_en}", *in_two(asked.description)]
    return "\n".join([*told, *(f"  --{param.name} TEXT  {param.description}" for param in asked.params)])


def answer_columns(connection: sqlite3.Connection, asked: Question) -> tuple[str, ...]:
    """The columns of a question's answer, which it has without rows too."""
    from kb.questions import answering

    values = dict.fromkeys((parameter.name for parameter in asked.params), "")
    with answering(connection, asked):
        cursor = connection.execute(f"select * from (\n{asked.sql}\n) limit 0", values)
    return tuple(column[0] for column in cursor.description)
