"""Datasette's own pages of tables, rows and queries: ids become links with labels to the pages about them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from kb.listing import clipped
from kb.site import links
from kb.site.bases import is_base
from kb.site.cells import Part, linked
from kb.site.labels import Labels
from kb.site.pages.records import WAYS
from kb.site.texts import shown
from kb.site.wording import chinese
from kb.sql.comments import tables

LABEL = 80  # columns of a label
# columns of views that refer to what a column of a table has another name for
MORE = {
    **dict.fromkeys(("plan_id", "rubric_id", "compared_with"), "documents"),
    **{
        "best_item_id": "plan_items",
        "threshold_id": "thresholds",
        "assignment_id": "assignments",
        "heir_id": "functions",
    },
}
UNKNOWN = Labels({}, {}, {}, {}, (), ())
LINK = Markup('<a href="{}">{}</a>')


def rendered(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Markup | None:
    """The cell of a table, view or query as a link; None leaves it to Datasette."""
    path = datasette.databases[database].path
    if value is None or value == "" or not path or not is_ours(str(path)):
        return None
    target = target_of(table, column)
    if target is not None and target in WAYS:
        key, label = (value["value"], value["label"]) if isinstance(value, dict) else (value, _called(target, value))
        text = label if label not in (None, "") else f"（无题 untitled） {key}"
        return LINK.format(datasette.urls.path(links.record(target, key)), shown(clipped(str(text), LABEL)))
    if isinstance(value, str) and column != "id" and not is_table(table):
        parts = list(linked(_plain(row), column, value, UNKNOWN))
        if any(part.href for part in parts):
            return Markup("、").join(_anchor(part, datasette) for part in parts)
    return None


def _called(target: str, key: Any) -> str:
    """A row of another table by its key, where no name stands beside it.

    >>> _called("passages", 12), _called("documents", "320400-2014-bdca41")
    ('原文 12', '320400-2014-bdca41')
    """
    return f"{chinese(target)} {key}" if isinstance(key, int) else str(key)


@cache
def is_ours(path: str) -> bool:
    """Whether a file is a base of this program; it does not become another while it is served."""
    return is_base(Path(path))


def is_table(name: str | None) -> bool:
    """Whether the schema has a table of this name, which tells itself what its columns refer to."""
    return name in tables() and not tables()[name].is_view


@cache
def target_of(table: str | None, column: str) -> str | None:
    """The table that a column refers to, by the schema; in views and queries by the column's name.

    >>> target_of("clauses", "parent_id"), target_of(None, "rubric_id"), target_of("clause_facts", "id")
    ('clauses', 'documents', 'clauses')
    """
    if table is not None and is_table(table):
        columns = tables()[table].columns
        return columns[column].refers_to if column in columns else None
    if table is not None and column == "id" and table.endswith("_facts"):
        return f"{table.removesuffix('_facts')}s"
    return MORE.get(column) or _by_name().get(column)


@cache
def _by_name() -> Mapping[str, str]:
    """What columns refer to, by their names; `parent_id` and its like mean another table in each."""
    found: dict[str, set[str]] = {}
    for table in tables().values():
        for name, column in table.columns.items():
            if column.refers_to is not None:
                found.setdefault(name, set()).add(column.refers_to)
    return {name: targets.pop() for name, targets in found.items() if len(targets) == 1 and name != "parent_id"}


def _plain(row: Any) -> dict[str, Any]:
    """A row of Datasette's with its own values, also where labels were put beside them."""
    values = {name: row[name] for name in row.keys()}  # noqa: SIM118  a row of sqlite3 gives values
    return {name: value["value"] if isinstance(value, dict) else value for name, value in values.items()}


def _anchor(part: Part, datasette: Any) -> Markup:
    text = shown(clipped(part.text, LABEL * 2))
    return LINK.format(datasette.urls.path(part.href), text) if part.href else Markup("{}").format(text)
