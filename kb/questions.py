"""The ready questions: files of `queries/`, each a header and one select, put to a base that cannot be written to.

A header line is `-- title:` (Chinese), `-- title_en:`, `-- description:` (Chinese, then English), once a parameter
`-- param: name: what it is and what empty means`, `-- group:` (the part of the list it stands in), or the picture that
says more than the table: `-- chart: bar x=leads,supports y=region+department`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kb.errors import FailedQuestion, UnknownParameter, UnknownQuestion
from kb.evaluation.rows import read_rows

HEADER_LINE = re.compile(r"-- (title|title_en|description|param|group|chart): (.+)")
CHOICE = re.compile(r"[a-z]+(?:_[a-z]+)*")
# parts of the list, in its order
GROUPS = ("coverage", "departments", "clauses", "indicators", "plan_items", "documents", "findings")
HARMLESS = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
NOTHING_GIVEN: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be narrowed to; `description` says what empty means."""

    name: str
    description: str

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that it can be, as the description lists them; () where any text will do.

        >>> Parameter("role", "lead（牵头）或 support（配合）；留空为全部。One of the two; empty means all.").choices
        ('lead', 'support')
        >>> Parameter("record", "clauses、thresholds 等；留空为全部。A kind; empty means all.").choices
        ()
        """
        listed = in_two(self.description)[0].partition("；留空")[0]
        found = tuple(CHOICE.findall(listed))
        return found if len(found) > 1 and not listed.endswith("等") else ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of an answer: its mark, and the columns of each channel, several side by side or as one label."""

    mark: str  # bar | point | rect
    x: tuple[str, ...]
    y: tuple[str, ...]
    color: str = ""
    when: str = ""  # parameter that must be given, or the picture would mix what cannot be compared


@dataclass(frozen=True, slots=True)
class Question:
    """A ready question: its name (that of its file), what pages and listings show of it, and its select."""

    name: str
    title: str
    title_en: str
    description: str
    params: tuple[Parameter, ...]
    sql: str
    group: str = ""
    chart: Chart | None = None


@cache
def questions() -> list[Question]:
    """All ready questions by name; raises FailedQuestion for a file without titles."""
    found = (entry for entry in files("queries").iterdir() if entry.name.endswith(".sql"))
    read = (read_question(entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8")) for entry in found)
    return sorted(map(_titled, read), key=lambda question: question.name)


def _titled(found: Question) -> Question:
    if not found.title or not found.title_en:
        raise FailedQuestion(f"queries/{found.name}.sql: begins with no `-- title:` and `-- title_en:`; give it both")
    return found


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
    with answering(connection, asked):
        return read_rows(connection, asked.sql, values)


@contextmanager
def answering(connection: sqlite3.Connection, asked: Question) -> Iterator[None]:
    """Let only selects through; raises FailedQuestion, with the question's name, where the base cannot answer."""
    try:
        with _reading_only(connection):
            yield
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise FailedQuestion(
            f"{asked.name}: cannot be answered ({error}); correct queries/{asked.name}.sql, or look at the base with"
            " `zhibiao doctor`"
        ) from error


def part(
    connection: sqlite3.Connection,
    asked: Question,
    values: Mapping[str, str],
    narrowed: Mapping[str, str],
    most: int,
    after: int = 0,
) -> list[dict[str, object]]:
    """Rows of an answer in its order, at most so many after so many; `narrowed` are columns with the text they have.

    Raises FailedQuestion, also for a column that the answer has not.
    """
    wanted = "".join(
        f"\n{'and' if number else 'where'} cast(answer.{_quoted(column)} as text) = :_{number}"
        for number, column in enumerate(narrowed)
    )
    sql = f"select answer.*\nfrom (\n{asked.sql}\n) answer{wanted}\nlimit :_most offset :_after"
    given = {f"_{number}": value for number, value in enumerate(narrowed.values())}
    whole = replace(asked, sql=sql)
    return put(connection, whole, {**values, **given, "_most": most, "_after": after})  # type: ignore[dict-item]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def read_question(name: str, text: str) -> Question:
    """Take a query file apart; the header ends with the first line that is no header line.

    >>> text = "-- title: 文件\\n-- title_en: Documents\\n-- param: city: all\\nselect 1 where :city = ''"
    >>> read_question("documents", text).params
    (Parameter(name='city', description='all'),)
    """
    names = ("title", "title_en", "description", "param", "group", "chart")
    header: dict[str, list[str]] = {name: [] for name in names}
    lines = text.splitlines()
    while lines and (line := HEADER_LINE.fullmatch(lines[0])):
        header[line[1]].append(line[2].strip())
        lines.pop(0)
    parameters = tuple(Parameter(*_parts(parameter)) for parameter in header["param"])
    title, title_en, description, group = (" ".join(header[key]) for key in (*names[:3], "group"))
    chart = read_chart(header["chart"][0]) if header["chart"] else None
    return Question(name, title, title_en, description, parameters, "\n".join(lines).strip(), group, chart)


def read_chart(text: str) -> Chart:
    """A chart as the header declares it: commas part columns that are drawn side by side, a plus those of one label.

    >>> read_chart("bar x=leads,supports y=region+department")
    Chart(mark='bar', x=('leads', 'supports'), y=('region', 'department'), color='', when='')
    """
    mark, *channels = text.split()
    given = dict(channel.split("=", 1) for channel in channels)
    x, y = (tuple(re.split("[,+]", given.pop(name))) for name in ("x", "y"))
    return Chart(mark, x, y, **given)


def in_two(text: str) -> tuple[str, str]:
    """A line of a header as its Chinese and its English half.

    >>> in_two("各部门的任务。via 是依据。 What each is to do.")
    ('各部门的任务。via 是依据。', 'What each is to do.')
    """
    chinese, stop, english = text.rpartition("。")
    return chinese + stop, english.strip()


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
