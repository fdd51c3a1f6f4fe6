"""One indicator over all documents: what each prints, held against what each rubric demands."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.text import compact
from kb.coverage.layout import indented
from kb.errors import UnknownIndicator
from kb.evaluation.rows import Row, read_rows
from kb.evaluation.similarity import bare, dice
from kb.listing import clipped
from kb.questions import ask

COLUMNS = (
    *("indicator", "verdict", "demanded", "offered", "region", "owner", "period", "text", "document", "document_id"),
    *("place", "clause", "demand_text", "rubric", "rubric_id", "rubric_place"),
)
NEAREST = 3  # names that are offered where none fits


def comparison(connection: sqlite3.Connection, name: str, rubric_id: str = "") -> list[Row]:
    """The rows of the question compare-thresholds for an indicator: its name, another printing of it, or a part.

    Raises UnknownIndicator, with the nearest names, where there is none.
    """
    names = [row["name"] for row in read_rows(connection, "select name from indicators order by name")]
    exact = connection.execute(
        "select n.name from indicator_aliases a join indicators n on n.id = a.indicator_id where a.printed = ?1"
        " union select name from indicators where name = ?1",
        (compact(name),),
    ).fetchone()
    wanted = name.strip() if exact is None else str(exact[0])
    rows: list[Row] = [*ask(connection, "compare-thresholds", {"indicator": wanted, "rubric": rubric_id})]
    if exact is not None:
        rows = [row for row in rows if row["indicator"] == wanted]
    if not rows:
        near = sorted(names, key=lambda one: -dice(bare(one), bare(name)))[:NEAREST]
        hint = f"the nearest are {'、'.join(near)}" if near else "the base has none"
        raise UnknownIndicator(f"{name}: no figures of an indicator of this name; {hint}")
    return rows


def lines(rows: Sequence[Row], columns: int) -> Iterator[str]:
    """The comparison for a screen: each demand, below it the documents."""
    for indicator, of_indicator in groupby(rows, key=lambda row: row["indicator"]):
        yield clipped(str(indicator), columns)
        for demand, found in groupby(of_indicator, key=lambda row: (row["demanded"], row["clause"], row["rubric_id"])):
            demanded, clause, rubric_id = demand
            if demanded is not None:
                yield indented(f"{demanded} demanded by {rubric_id} {clause}", 2, columns)
            for row in found:
                yield " " * 4 + _line(row, columns - 4)
        yield ""


def _line(row: Row, columns: int) -> str:
    """The verdict, then where, what and by whom."""
    period = f" ({row['period']})" if row["period"] else ""
    parts = (row["region"] or "-", f"{row['offered'] or ''}{period}", row["document_id"], row["owner"] or "")
    return f"{row['verdict']:<13}" + clipped(" ".join(filter(None, parts)), columns - 13)
