"""Puts annotations into a base, as a reader without a fault would."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import count
from typing import Any

from kb.evaluation.gold import LIST_SEPARATOR, Gold, GoldRow

HEAD = ("title", "doc_number", "issued_on", "printed_on", "region_code", "level", "kind", "campaign")


def insert(connection: sqlite3.Connection, table: str, **values: Any) -> int:
    """Add one row and give its id."""
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    row = connection.execute(f"insert into {table} ({names}) values ({marks})", list(values.values()))
    return int(row.lastrowid or 0)


def fill(connection: sqlite3.Connection, golds: Sequence[Gold]) -> None:
    """Store every record that the gold wants, and nothing else."""
    connection.execute("pragma foreign_keys = off")
    codes: dict[str, tuple[dict[str, int], dict[str, int]]] = {}
    for gold in golds:
        codes[gold.slug] = _fill_document(connection, gold)
    for gold in golds:
        for rank, row in enumerate(gold.rows("links"), 1):
            item, clause = codes[gold.slug][1].get(row["item"]), codes[row["rubric"]][0].get(row["clause"])
            if item and clause:
                link(connection, item, clause, row["relation"], "inferred", rank)


def _fill_document(connection: sqlite3.Connection, gold: Gold) -> tuple[dict[str, int], dict[str, int]]:
    head = {field: gold.document.get(field) for field in (*HEAD, "total_points", "bonus_points")}
    insert(
        connection,
        "documents",
        id=f"doc-{gold.slug}",
        source=f"in/{gold.slug}.txt",
        issuer=LIST_SEPARATOR.join(gold.document.get("issuer") or []),
        **{"format": "txt", "sha256": "", "revision": 1, "ingested_at": "2024-01-01"},
        **_keys(connection),
        **head,
    )
    store = _Store(connection, f"doc-{gold.slug}")
    clauses = store.clauses(gold.rows("clauses"))
    items = store.items(gold.rows("plan_items"), clauses)
    store.rules(gold.rows("score_rules"), clauses)
    store.thresholds(gold.rows("thresholds"), clauses, items)
    store.assignments(gold.rows("assignments"), clauses, items)
    for row in gold.rows("citations"):
        store.add("citations", cited_title=row["cited_title"], cited_number=row["cited_number"])
    return clauses, items


def _keys(connection: sqlite3.Connection) -> dict[str, str]:
    """The columns that the project's tables add to the agreed ones and do not let be empty."""
    columns = {row[1] for row in connection.execute("pragma table_info(documents)")}
    return {"title_key": ""} if "title_key" in columns else {}


def link(connection: sqlite3.Connection, item: int, clause: int, relation: str, method: str, rank: int) -> None:
    connection.execute(
        "insert or ignore into links (plan_item_id, clause_id, relation, method, score, rank, evidence)"
        " values (?, ?, ?, ?, 1, ?, '{}')",
        (item, clause, relation, method, rank),
    )


class _Store:
    """Adds facts of one document, each with a passage that holds its words."""

    def __init__(self, connection: sqlite3.Connection, document_id: str) -> None:
        self.connection, self.document_id, self.ordinals = connection, document_id, count(1)

    def add(self, table: str, **values: Any) -> int:
        return insert(self.connection, table, document_id=self.document_id, **values)

    def passage(self, text: str, line: str = "") -> int:
        return self.add("passages", ordinal=next(self.ordinals), kind="paragraph", text=text, line=line or None)

    def clauses(self, rows: list[GoldRow]) -> dict[str, int]:
        ids: dict[str, int] = {}
        for row in rows:
            ids[row["code"]] = self.add(
                "clauses",
                **{column: row[column] for column in ("code", "kind", "title", "points_status")},
                points=row["points"] or None,
                verification=row["verification"] or None,
                optional=int(row["optional"] == "1"),
                passage_id=self.passage(row["title"], row["line"]),
            )
        for row in rows:
            parent, code = ids.get(row["parent"]), ids[row["code"]]
            self.connection.execute("update clauses set parent_id = ? where id = ?", (parent, code))
        return ids

    def items(self, rows: list[GoldRow], clauses: dict[str, int]) -> dict[str, int]:
        ids: dict[str, int] = {}
        for row in rows:
            ids[row["code"]] = self.add(
                "plan_items",
                **{column: row[column] or None for column in ("code", "text", "starts_on", "ends_on")},
                passage_id=self.passage(row["text"], row["line"]),
            )
            if row["clause"]:
                link(self.connection, ids[row["code"]], clauses[row["clause"]], "primary", "printed", 1)
        return ids

    def rules(self, rows: list[GoldRow], clauses: dict[str, int]) -> None:
        for row in rows:
            insert(
                self.connection,
                "score_rules",
                clause_id=clauses[row["clause"]],
                **{column: row[column] for column in ("ordinal", "mode", "condition")},
                points=row["points"] or None,
                passage_id=self.passage(row["condition"]),
            )

    def thresholds(self, rows: list[GoldRow], clauses: dict[str, int], items: dict[str, int]) -> None:
        for row in rows:
            is_clause = row["owner_kind"] in ("clause", "section", "rule")
            self.add(
                "thresholds",
                clause_id=clauses.get(row["owner"]) if is_clause else None,
                plan_item_id=None if is_clause else items.get(row["owner"]),
                **{column: row[column] for column in ("indicator", "comparator", "text")},
                **{column: row[column] or None for column in ("value", "value_high", "unit", "baseline", "period")},
                passage_id=self.passage(row["text"], row["line"]),
            )

    def assignments(self, rows: list[GoldRow], clauses: dict[str, int], items: dict[str, int]) -> None:
        for row in rows:
            insert(
                self.connection,
                "assignments",
                plan_item_id=items.get(row["item"]),
                clause_id=None if row["item"] in items else clauses[row["item"]],
                department_id=self.department(row["canonical"]),
                role=row["role"],
                raw=row["raw"],
                passage_id=self.passage(row["raw"], row["line"]),
            )

    def department(self, name: str) -> int:
        known = self.connection.execute(
            "select id from departments where name = ? and region_code = ?", (name, self.document_id)
        ).fetchone()
        return known[0] if known else insert(self.connection, "departments", name=name, region_code=self.document_id)
