"""Writes the facts of documents as annotations: a base to one folder a document, in the layout that `evaluate` reads.

A reading that was checked by a person becomes an annotation that way, and a base evaluated against its own export is
right in everything.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from kb.errors import UnknownDocument
from kb.evaluation.gold import COLUMNS, LIST_SEPARATOR, GoldRow
from kb.evaluation.gold_facts import FACTS, HEAD
from kb.evaluation.rows import Row, read_rows


def export_gold(connection: sqlite3.Connection, directory: Path, document_id: str | None = None) -> list[Path]:
    """Write every document, or the one with this id, and give the folders that were written.

    A folder is named by the stem of its document's source; where two documents share a stem, by the document's id.
    Raises UnknownDocument.
    """
    wanted = wanted_folders(connection, document_id).items()
    return [export_document(connection, directory / name, name, key) for key, name in wanted]


def wanted_folders(connection: sqlite3.Connection, document_id: str | None) -> dict[str, str]:
    """The folders of all documents, or of one, by the documents' ids; raises UnknownDocument."""
    folders = folder_names(connection)
    if document_id is not None and document_id not in folders:
        raise UnknownDocument(f"{document_id}: no document has this id; `zhibiao query documents` lists them")
    return folders if document_id is None else {document_id: folders[document_id]}


def folder_names(connection: sqlite3.Connection) -> dict[str, str]:
    """The folder of every document, by the document's id."""
    documents = read_rows(connection, "select d.id, d.source from documents d order by d.rowid")
    stems = {row["id"]: Path(row["source"]).stem for row in documents}
    shared = Counter(stems.values())
    # an address that ends with a slash leaves no stem, and `..` would lead out of the directory
    return {key: stem if shared[stem] == 1 and stem.strip(".") else key for key, stem in stems.items()}


def export_document(
    connection: sqlite3.Connection, folder: Path, slug: str, document_id: str, told: Callable[[str], str] = str
) -> Path:
    """Write one document's facts into a folder; `told` says how a text may leave."""
    folder.mkdir(parents=True, exist_ok=True)
    folders = folder_names(connection)
    facts = {kind: read_rows(connection, sql, {"document": document_id}) for kind, sql in FACTS.items()}
    codes = item_codes(
        facts["plan_items"], {row["item"] for row in facts["assignments"] if row["plan_item_id"] is None}
    )
    head = _head(connection, slug, document_id, told)
    (folder / "document.json").write_text(json.dumps(head, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for kind, rows in facts.items():
        table = (_gold_row(kind, row, codes, folders, told) for row in rows)
        _write_table(folder / f"{kind}.csv", COLUMNS[kind], _distinct(table) if kind == "citations" else table)
    return folder


def _head(connection: sqlite3.Connection, slug: str, document_id: str, told: Callable[[str], str]) -> dict[str, Any]:
    """The document's own fields; several issuers or addressees are a list."""
    (read,) = read_rows(connection, HEAD, {"document": document_id})
    head = _told(read, told)
    for field in ("issuer", "addressees"):
        head[field] = [part for part in (head[field] or "").split(LIST_SEPARATOR) if part]
    for field in ("total_points", "bonus_points"):
        head[field] = None if head[field] is None else json.loads(plain(head[field]))
    return {"slug": slug} | head


def item_codes(items: Iterable[Row], taken: Iterable[str] = ()) -> dict[int, str]:
    """A code for every plan item that no other has: its own, `-2` and so on behind it where that is taken.

    `taken` are the codes of clauses that departments are assigned to: an assignment names item or clause by code alone.

    >>> item_codes([{"id": 7, "code": "1"}, {"id": 8, "code": "1"}, {"id": 9, "code": None}], {"1"})
    {7: '1-2', 8: '1-3', 9: 'item'}
    """
    used = set(taken)
    codes: dict[int, str] = {}
    for item in items:
        code = stem = item["code"] or "item"
        number = 2
        while code in used:
            code, number = f"{stem}-{number}", number + 1
        used.add(code)
        codes[item["id"]] = code
    return codes


def _told(row: Row, told: Callable[[str], str]) -> Row:
    return {name: told(value) if isinstance(value, str) else value for name, value in row.items()}


def _gold_row(
    kind: str, row: Row, codes: Mapping[int, str], folders: Mapping[str, str], told: Callable[[str], str]
) -> GoldRow:
    """One row of a file: plain cells, items by their codes, rubrics by their folders."""
    item = codes.get(row.get("plan_item_id") or 0)
    match kind:
        case "plan_items":
            row = row | {"code": codes[row["id"]]}
        case "thresholds" if item is not None:
            row = row | {"owner": item}
        case "assignments" | "links" if item is not None:
            row = row | {"item": item}
        case "clauses":
            # a line break parts two methods in a cell, but not in the annotations
            row = row | {"verification": (row["verification"] or "").replace("\n", LIST_SEPARATOR)}
    if kind == "links":
        why = row["why"] or f"{row['method']} {row['score']:.2f}"
        row = row | {"rubric": folders[row["rubric_id"]], "why": why}
    said = _told(row, told)
    return {column: plain(said[column]) for column in COLUMNS[kind]}


def plain(value: Any) -> str:
    """A value as a cell: nothing is '', figures are plain decimals.

    >>> plain(None), plain(1000.0), plain(0.5), plain(2e10), plain(1e-7)
    ('', '1000', '0.5', '20000000000', '0.0000001')
    """
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return "" if value is None else str(value)


def _distinct(rows: Iterable[GoldRow]) -> Iterator[GoldRow]:
    """One citation a cited document, the first."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        pair = (row["cited_title"], row["cited_number"])
        if pair not in seen:
            seen.add(pair)
            yield row


def _write_table(path: Path, columns: tuple[str, ...], rows: Iterable[GoldRow]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, columns, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
