"""A base as a folder of tables: CSV for Excel, Parquet for programs, a data package of the Frictionless standard."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kb.exports.answers import answers
from kb.exports.csv_file import write_csv
from kb.exports.parquet_door import write_parquet
from kb.exports.tables import Column, Reference, Table, digests, masked_row, read_tables, rows_of
from kb.revise.revisions import now

NOTE = (
    "The texts of the documents are their issuers'; what may be passed on is for whoever passes it on to check."
    " A document of origin digest was written after an original and must not be cited as it."
)


def write_csv_folder(connection: sqlite3.Connection, folder: Path, *, with_personal: bool = False) -> None:
    """A file a question in `questions`, a file a table in `tables`; `documents.csv` says which are digests."""
    for part in ("questions", "tables"):
        (folder / part).mkdir()
    for answer in answers(connection, with_personal=with_personal):
        write_csv(folder / "questions" / f"{answer.question.name}.csv", answer.columns, answer.rows)
    for table in read_tables(connection):
        rows = rows_of(connection, table, with_personal=with_personal)
        write_csv(folder / "tables" / f"{table.name}.csv", table.names, rows)


def write_parquet_folder(
    connection: sqlite3.Connection, base: Path, folder: Path, *, with_personal: bool = False
) -> None:
    """A file a table, columns typed; every file carries the base, the time and the digests as metadata."""
    known = digests(connection)
    about = {"zhibiao.base": base.name, "zhibiao.exported_at": now(), "zhibiao.digests": json.dumps([*known])}
    for table in read_tables(connection):
        rows = rows_of(connection, table, with_personal=with_personal)
        write_parquet(folder / f"{table.name}.parquet", table.columns, rows, about)


def write_package(connection: sqlite3.Connection, base: Path, folder: Path, *, with_personal: bool = False) -> None:
    """`datapackage.json` beside `data/*.csv`: schemas with keys, hashes, sources, which of them are digests."""
    (folder / "data").mkdir()
    resources = []
    for table in read_tables(connection):
        file = folder / "data" / f"{table.name}.csv"
        count = write_csv(file, table.names, rows_of(connection, table, with_personal=with_personal), for_excel=False)
        resources.append(_resource(table, file, count))
    package = {
        "profile": "data-package",
        "name": "zhibiao",
        "title": f"指标 zhibiao {base.name}",
        "description": f"{NOTE} Personal numbers are {'shown' if with_personal else 'masked'}.",
        "created": now(),
        "licenceNote": NOTE,
        "sources": _sources(connection, with_personal),
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _resource(table: Table, file: Path, count: int) -> dict[str, Any]:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "name": table.name,
        "path": f"data/{file.name}",
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest}",
        "rowCount": count,
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    """The table's schema; null and the empty text are both an empty cell, so no text is called required but a key."""
    schema: dict[str, Any] = {"fields": [_field(column, table.key) for column in table.columns]}
    schema["missingValues"] = [""]
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [_foreign_key(table, reference) for reference in table.references]
    return schema


def _field(column: Column, key: Sequence[str]) -> Mapping[str, Any]:
    is_certain = column.is_required and (column.kind != "string" or [*key] == [column.name])
    return {"name": column.name, "type": column.kind} | ({"constraints": {"required": True}} if is_certain else {})


def _foreign_key(table: Table, reference: Reference) -> Mapping[str, Any]:
    """A reference as the standard writes it: a table that points at itself is ''."""
    target = "" if reference.table == table.name else reference.table
    return {"fields": list(reference.columns), "reference": {"resource": target, "fields": list(reference.targets)}}


def _sources(connection: sqlite3.Connection, with_personal: bool) -> list[dict[str, Any]]:
    """Every document: title, 文号, origin, sha256, and its address where it came from the web."""
    rows = connection.execute("select id, title, doc_number, origin, sha256, source from documents order by id")
    found = [dict(row) if with_personal else masked_row(dict(row)) for row in rows]
    for row in found:
        source = row.pop("source")
        if source.startswith(("http://", "https://")):
            row["path"] = source
    return [{name: value for name, value in row.items() if value is not None} for row in found]
