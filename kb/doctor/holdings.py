"""What a base holds: documents, facts, revisions, sizes, the schema and the model of its links."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kb.doctor.line import Line
from kb.evaluation.rows import read_rows
from kb.link.model import model_for, own_model
from kb.originals import originals_folder

FACTS = ("clauses", "score_rules", "plan_items", "assignments", "thresholds", "links", "citations", "form_fields")


def holdings(connection: sqlite3.Connection, base: Path) -> Iterator[Line]:
    """The base as it is, without judging it; raises UnreadableModel where the model trained on it is none."""
    documents, revisions, passages, doubts = (
        _count(connection, table) for table in ("documents", "revisions", "passages", "findings")
    )
    version = connection.execute("pragma user_version").fetchone()[0]
    yield Line("base", str(base), "ok", f"{_megabytes(base)}, schema {version}")
    found = f"{documents} in {revisions} revisions, {passages} passages"
    advice = "" if documents else "nothing was read yet: zhibiao ingest FILE"
    yield Line("base", "documents", "ok", found, advice)
    facts = ", ".join(f"{_count(connection, table)} {table.replace('_', ' ')}" for table in FACTS)
    yield Line("base", "facts", "ok", facts)
    yield Line("base", "findings", "ok", str(doubts), "zhibiao findings lists them" if doubts else "")
    folder = originals_folder(base)
    yield Line("base", "kept originals", "ok", f"{folder}, {_megabytes(*folder.glob('*'))}")
    yield _model(connection, base)


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table}").fetchone()[0])


def _megabytes(*files: Path) -> str:
    return f"{sum(file.stat().st_size for file in files if file.is_file()) / 1e6:.1f} MB"


def _model(connection: sqlite3.Connection, base: Path) -> Line:
    """The weights that links are made with now, and those that the last runs used."""
    model, own = model_for(base), own_model(base)
    runs = read_rows(connection, "select model, count(*) as pairs from link_runs where model <> '' group by model")
    used = ", ".join(f"{row['pairs']} pairs linked with {row['model']}" for row in runs) or "nothing linked yet"
    whose = f"trained on this base ({own.name})" if own.is_file() else "as shipped"
    return Line("base", "model of links", "ok", f"{model.name} {whose}; {used}")
