"""Answers as files to take along: CSV and workbooks for Excel, JSON for programs; and the graph as GraphML."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kb.evaluation.rows import Row
from kb.graph.files import save_graph
from kb.graph.network import read_network
from kb.personal import WITH_PERSONAL, masked
from kb.sheets import csv_text, write_workbook
from kb.site.answers import Put, asked_question, first_rows
from kb.site.page import Asked, File, NoSuchPage, Page

MOST_ROWS = {"csv": 100_000, "json": 100_000, "xlsx": 10_000}
MOST_EDGES = 300_000  # of a graph that is made while somebody waits
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "graphml": "application/xml; charset=utf-8",
}
# about how many there will be, counted where that is fast
EDGES = """
select
  (select count(*) from assignments) + 4 * (select count(*) from clauses) + 5 * (select count(*) from thresholds)
"""


def taken(connection: sqlite3.Connection, asked: Asked) -> File:
    """The answer to a question as a file: its columns as the question names them, at most `MOST_ROWS` rows."""
    put, form = asked_question(asked), asked.path["form"]
    rows = first_rows(connection, put, MOST_ROWS[form])
    names = list(rows[0]) if rows else []
    match form:
        case "csv":
            body = csv_text(rows, names).encode()
        case "json":
            body = json.dumps(rows, ensure_ascii=False, indent=1).encode()
        case _:
            body = _workbook(put, rows, names)
    return File(body, TYPES[form], "" if form == "json" else f"{put.question.name}.{form}")


def _workbook(put: Put, rows: Sequence[Row], names: Sequence[str]) -> bytes:
    """A workbook of one sheet; what leaves as text is masked on its way out, this is not, so it is masked here."""
    if not os.environ.get(WITH_PERSONAL):
        rows = [
            {name: masked(value.encode()).decode() if isinstance(value, str) else value for name, value in row.items()}
            for row in rows
        ]
    file = io.BytesIO()
    write_workbook(file, {put.question.title: rows}, {put.question.title: names})
    return file.getvalue()


def graph(connection: sqlite3.Connection, asked: Asked) -> File:
    """The whole graph, without passages, for Gephi and its like."""
    if connection.execute(EDGES).fetchone()[0] > MOST_EDGES:
        raise NoSuchPage("图太大，请用命令 zhibiao graph。 The graph is too large for a page; use: zhibiao graph")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.graphml"
        save_graph(read_network(connection), file, "graphml", None, 1)
        return File(file.read_bytes(), TYPES["graphml"], "zhibiao.graphml")


PAGES = (
    Page(r"/ask/(?P<name>[^/.]+)\.(?P<form>csv|xlsx|json)", "", taken),
    Page(r"/graph\.graphml", "", graph),
)
