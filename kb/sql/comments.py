"""What the schema says of itself: tables, views and columns with the comments beside them, and what refers to what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

_BEGIN = re.compile(r"create (table|view) (\w+) (?:\(|as)\s*(?:-- (.*))?")
_COLUMN = re.compile(r"  (\w+) (?:text|integer|real)\b")
_REFERENCE = re.compile(r"\breferences (\w+)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what is said of it, and the table it points into."""

    comment: str
    refers_to: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table or a view: what is said of it, and its columns; those of views are not told."""

    name: str
    is_view: bool
    comment: str
    columns: dict[str, Column] = field(default_factory=dict)


@cache
def tables() -> dict[str, Table]:
    """Every table and view of the schema by its name.

    >>> tables()["assignments"].columns["department_id"].refers_to, tables()["function_heirs"].is_view
    ('departments', True)
    >>> tables()["assignments"].columns["role"].comment
    'lead | support | member | supervise'
    """
    found: dict[str, Table] = {}
    now: Table | None = None
    for line in (files("kb.sql") / "schema.sql").read_text(encoding="utf-8").splitlines():
        begin = _BEGIN.match(line)
        if begin:
            now = found[begin[2]] = Table(begin[2], begin[1] == "view", (begin[3] or "").strip())
        elif line.startswith(")"):
            now = None
        elif now is not None and not now.is_view and (column := _COLUMN.match(line)):
            code, _, comment = line.partition("--")
            reference = _REFERENCE.search(code)
            now.columns[column[1]] = Column(comment.strip(), reference[1] if reference else None)
    return found
