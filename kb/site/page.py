"""What a page of the site is: an address, what is read from the base for it, the template that shows it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as pages see it: the named parts of the address and the fields of the query, first values, decoded."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    base: str = ""  # path of the base's file; the kept originals lie beside it
    site: str = ""  # address of the site's root, as the browser has it
    is_writable: bool = False  # review is on, and this browser may decide

    def number(self, name: str, otherwise: int) -> int:
        """A whole number of the query, not negative; `otherwise` where it is missing or none."""
        value = self.query.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else otherwise


@dataclass(frozen=True, slots=True)
class File:
    """What is sent as it is: a picture, a workbook; `name` makes the browser save it."""

    body: bytes
    content_type: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The page has another address; `cookie` is a header by which the browser may come back to it."""

    path: str
    cookie: str = ""


class NoSuchPage(Exception):
    """Nothing has that address; the message says what is not there, and is shown."""


Answer = Mapping[str, Any] | File | Elsewhere


@dataclass(frozen=True, slots=True)
class Page:
    """`route` is a regular expression without anchors for the path; `read` runs in a thread that may only read."""

    route: str
    template: str
    read: Callable[[sqlite3.Connection, Asked], Answer]
    write: Callable[[sqlite3.Connection, Asked, Mapping[str, str]], Elsewhere] | None = None  # what a form sent does
    is_question: bool = False  # a form that is sent asks only: its fields count as those of the address do
    vary: Mapping[str, str] = field(default_factory=dict)  # headers of its own
