"""Spoils a base in seeded ways, so that a comparison meets every kind of fault."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from gold_base import link

Damage = Callable[[random.Random, Any], Any]


def _cut(chance: random.Random, text: Any) -> str:
    kept = str(text or "")
    return kept[: chance.randint(0, len(kept))] if chance.random() < 0.5 else kept[chance.randint(0, 6) :]


def _garbled(chance: random.Random, text: Any) -> str:
    signs = [sign for sign in str(text or "") if chance.random() > 0.2]
    return "".join(signs) + "，等"


def _one_of(*values: Any) -> Damage:
    return lambda chance, _: chance.choice(values)


def _other(chance: random.Random, _: Any) -> int:
    """The id of some early row, whatever document it belongs to."""
    return chance.randint(1, 60)


TEXTS = {
    **{("clauses", "title"): _cut, ("clauses", "text"): _garbled, ("plan_items", "text"): _cut},
    **{("score_rules", "condition"): _cut, ("thresholds", "text"): _cut, ("thresholds", "indicator"): _garbled},
    **{("citations", "cited_title"): _garbled, ("citations", "cited_number"): _cut, ("departments", "name"): _garbled},
    **{("assignments", "raw"): _garbled, ("documents", "title"): _garbled, ("documents", "issuer"): _cut},
    **{("documents", "campaign"): _cut, ("documents", "doc_number"): _cut, ("passages", "text"): _garbled},
    **{("clauses", "verification"): _garbled, ("thresholds", "baseline"): _garbled, ("thresholds", "period"): _cut},
}
VALUES = {
    ("clauses", "kind"): _one_of("section", "scored", "veto", "basic", "bonus", "catalogue"),
    ("clauses", "points"): _one_of(None, 5, 10, 20.0),
    ("clauses", "parent_id"): _other,
    ("clauses", "optional"): _one_of(0, 1),
    ("clauses", "verification"): _one_of(None, "查阅文件", "查阅文件;听取汇报\n现场检查"),
    ("score_rules", "points"): _one_of(None, 0, 5, 10),
    ("score_rules", "mode"): _one_of("tier", "additive", "deduction"),
    ("score_rules", "clause_id"): _other,
    ("thresholds", "comparator"): _one_of(">=", "=", "<=", ">", "relative"),
    ("thresholds", "value"): _one_of(None, 1, 95, 100, 30),
    ("thresholds", "value_high"): _one_of(None, 5),
    ("thresholds", "unit"): _one_of(None, "％", "‰", "个", "分贝", "µg/m³"),
    ("thresholds", "clause_id"): _other,
    ("thresholds", "plan_item_id"): _other,
    ("plan_items", "starts_on"): _one_of(None, "2016", "2016-05"),
    ("plan_items", "ends_on"): _one_of(None, "2016", "2017-12-31"),
    ("assignments", "role"): _one_of("lead", "support", "member", "supervise"),
    ("assignments", "plan_item_id"): _other,
    ("assignments", "clause_id"): _one_of(None, 3, 9, 70),
    ("assignments", "department_id"): _other,
    ("assignments", "passage_id"): _one_of(None, 1),
    ("links", "status"): _one_of("rejected", "accepted"),
    ("links", "method"): _one_of("printed", "inferred"),
    ("documents", "kind"): _one_of("rubric", "guide", "plan", "task_table", "other", None),
    ("documents", "level"): _one_of("county", "municipal", None),
    ("documents", "total_points"): _one_of(None, 100, 1000),
    ("documents", "issued_on"): _one_of(None, "2014-01-01"),
    ("documents", "doc_number"): _one_of(None, "某政〔2020〕1号"),
}
CODES = (("clauses", "code"), ("plan_items", "code"))
DROPPED = ("clauses", "score_rules", "thresholds", "plan_items", "assignments", "citations", "links")


def damage(connection: sqlite3.Connection, seed: int, share: float = 0.06) -> None:
    """Spoil about this share of every column, move and drop rows, double some, and claim links that are not there."""
    chance = random.Random(seed)
    for (table, column), spoil in [*TEXTS.items(), *VALUES.items()]:
        for key, value in connection.execute(f"select rowid, {column} from {table}").fetchall():
            if chance.random() < share:
                sql = f"update or ignore {table} set {column} = ? where rowid = ?"
                connection.execute(sql, (spoil(chance, value), key))
    for table, column in CODES:
        _swap(connection, chance, table, column, share)
    for table in DROPPED:
        for (key,) in connection.execute(f"select rowid from {table}").fetchall():
            if chance.random() < share / 2:
                connection.execute(f"delete from {table} where rowid = ?", (key,))
            elif chance.random() < share:
                _double(connection, table, key, f"{seed}{key}")
    _claim(connection, chance)
    if seed % 5 == 0:  # now and then a document was never read
        connection.execute("update documents set source = 'elsewhere.txt' where rowid = ?", (chance.randint(1, 7),))


def _swap(connection: sqlite3.Connection, chance: random.Random, table: str, column: str, share: float) -> None:
    rows = connection.execute(f"select rowid, {column}, document_id from {table}").fetchall()
    for (one, code, document), (other, next_code, next_document) in pairwise(rows):
        if document == next_document and chance.random() < share:
            for key, value in ((one, "spare"), (other, code), (one, next_code)):
                connection.execute(f"update or ignore {table} set {column} = ? where rowid = ?", (value, key))


def _double(connection: sqlite3.Connection, table: str, key: int, mark: str) -> None:
    """A second row that says the same; where codes must differ, under another code."""
    columns = [row[1] for row in connection.execute(f"pragma table_info({table})") if row[1] != "id"]
    taken = {"code": f"'{mark}'", "ordinal": f"{mark} + 1000"}
    values = ", ".join(taken.get(column, column) for column in columns)
    sql = f"insert or ignore into {table} ({', '.join(columns)}) select {values} from {table} where rowid = ?"
    connection.execute(sql, (key,))


def _claim(connection: sqlite3.Connection, chance: random.Random) -> None:
    items = [row[0] for row in connection.execute("select id from plan_items")]
    clauses = [row[0] for row in connection.execute("select id from clauses")]
    for _ in range(60):
        relation, method = chance.choice(("primary", "secondary")), chance.choice(("inferred", "inferred", "printed"))
        link(connection, chance.choice(items), chance.choice(clauses), relation, method, chance.randint(0, 5))
