"""Writes docs/data-dictionary.md from kb/sql/schema.sql: every table and view with its columns and what they mean.

Run `python docs/dictionary.py` after a change of the schema; a test compares the file with what this writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from kb.base import memory_base
from kb.site.columns import column_zh
from kb.site.wording import chinese
from kb.sql.comments import Column, Table, tables

DICTIONARY = Path(__file__).parent / "data-dictionary.md"
HEAD = """# Data dictionary

What stands in a base, table by table. This page is written by `docs/dictionary.py` from the comments in
`kb/sql/schema.sql`; do not edit it. Ask any base the same with `sqlite3 zhibiao.db .schema`.

How the tables hang together, and what the values mean:

- A **document** has **passages**. Every fact has a `passage_id`: the text it was read from, with its place.
- A rubric has **clauses**, a clause has **score rules**.
- A plan has **plan items**, an item has **assignments** to departments.
- A **threshold** belongs to a clause or to a plan item; with neither it belongs to the document.
- A **link** says that a plan item serves a clause. A **link candidate** is the next best, for a reviewer.
- `points` are points of the rubric, `score` is a probability or likeness from 0 to 1.
- Dates are ISO 8601 and may stop at the year or the month. A column that ends in `_key` is its neighbour without
  brackets' style, width, spaces and punctuation.
- Row numbers (`id`, integer) may change when a base is made anew. A document's `id` and a clause's `code` do not.
- The views `…_facts` have the same rows as their tables with labels in place of numbers: start with those.
- 中文 is the heading under which the site shows a column of that name, in whichever table it stands.
- The tables of the full-text search, `…_fts`, are declared in `kb/search/index.py` and are not listed.
"""


def dictionary() -> str:
    """The page, as Markdown."""
    found = tables()
    with closing(memory_base()) as base:
        parts = [HEAD, *_contents(found.values())]
        for table in found.values():
            parts += [*_heading(table), *_columns(base, table), ""]
    return "\n".join(parts).rstrip() + "\n"


def _contents(found: Iterable[Table]) -> Iterator[str]:
    everything = list(found)
    for title, is_view in (("Tables", False), ("Views", True)):
        names = [f"[{one.name}](#{one.name})" for one in everything if one.is_view is is_view]
        yield f"**{title}**: {', '.join(names)}.\n"


def _heading(table: Table) -> Iterator[str]:
    word = chinese(table.name)
    said = [*([] if word == table.name else [word]), *([table.comment] if table.comment else [])]
    yield f"## {table.name}\n"
    yield f"{'View' if table.is_view else 'Table'}{': ' if said else ''}{'; '.join(said)}.\n"


def _columns(base: sqlite3.Connection, table: Table) -> Iterator[str]:
    """A row a column, in the order of the base itself; those of views have no comments of their own."""
    yield "| column | type | 中文 | meaning |"
    yield "| --- | --- | --- | --- |"
    for _, name, kind, is_needed, _, key in base.execute(f"pragma table_info({table.name})").fetchall():
        chinese_name = column_zh(name) or ""
        column = table.columns.get(name, Column("", None))
        told = "; ".join(filter(None, [column.comment, *_marks(column, bool(is_needed), key)])).replace("|", "\\|")
        yield f"| `{name}` | {kind.lower()} | {'' if chinese_name == name else chinese_name} | {told} |"


def _marks(column: Column, is_needed: bool, key: int) -> Iterator[str]:
    """What the declaration says: key, needed, where it points."""
    if key:
        yield "key"
    elif is_needed:
        yield "never null"
    if column.refers_to:
        yield f"→ [{column.refers_to}](#{column.refers_to})"


if __name__ == "__main__":
    DICTIONARY.write_text(dictionary(), encoding="utf-8")
