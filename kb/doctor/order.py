"""Whether a base is in order: the file, its references, its index, the kept originals, and what is out of date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from extract.rules import extractor_version
from kb.doctor.line import Line
from kb.evaluation.rows import read_rows
from kb.link.decisions import decisions_of, settled
from kb.link.linking import due
from kb.link.model import Model
from kb.link.texts import read_plan, read_rubric
from kb.originals import file_digest, kept_original

MOST_TOLD = 3
CONTENTS = "select document_id, sha256, source from revisions order by document_id, revision"
REVIEWED = "select distinct plan_id, rubric_id from link_decisions order by plan_id, rubric_id"
FROM_COPY = "take the base from a copy, or ingest its documents into a fresh one"


def broken_places(connection: sqlite3.Connection) -> Iterator[Line]:
    """The file as SQLite sees it: its pages and indexes, and references that lead nowhere."""
    told = [str(row[0]) for row in connection.execute(f"pragma integrity_check({MOST_TOLD})")]
    if told == ["ok"]:
        yield Line("order", "file", "ok", "SQLite's integrity check passes")
    else:
        yield Line("order", "file", "broken", "; ".join(told), FROM_COPY)
    lost = [f"{row[0]} row {row[1]} → {row[2]}" for row in connection.execute("pragma foreign_key_check")]
    if lost:
        yield Line("order", "references", "broken", _several(lost), FROM_COPY)
    else:
        yield Line("order", "references", "ok", "every reference leads to a row")


def originals(connection: sqlite3.Connection, base: Path) -> Line:
    """The kept file of every revision, compared with its hash."""
    missing: list[str] = []
    changed: list[str] = []
    rows = read_rows(connection, CONTENTS)
    for row in rows:
        file = kept_original(base, row["sha256"])
        if not file.is_file():
            missing.append(f"{row['document_id']} ({row['source']})")
        elif file_digest(file) != row["sha256"]:
            changed.append(str(file))
    if changed:
        return Line("order", "originals", "broken", f"changed: {_several(changed)}", "delete them, ingest them again")
    if missing:
        return Line("order", "originals", "broken", f"missing: {_several(missing)}", "ingest those files again")
    return Line("order", "originals", "ok", f"{len(rows)} kept files are what was read")


def out_of_date(connection: sqlite3.Connection, model: Model) -> Iterator[Line]:
    """What a command brings up to date: readings, links, decisions, corrections."""
    yield _readings(connection)
    waiting = [f"{one.plan.document_id} to {one.rubric.document_id}" for one in due(connection, model)]
    if waiting:
        yield Line("order", "links", "due", f"not up to date: {_several(waiting)}", "zhibiao link")
    else:
        yield Line("order", "links", "ok", "up to date with texts, decisions and model")
    yield _reviews(connection)
    yield _corrections(connection)


def _readings(connection: sqlite3.Connection) -> Line:
    older = "select id from documents where extractor_version is not ? order by id"
    found = [str(row[0]) for row in connection.execute(older, [extractor_version()])]
    if found:
        return Line("order", "readings", "due", f"by other rules: {_several(found)}", "zhibiao ingest --refresh")
    return Line("order", "readings", "ok", "all documents were read by these rules")


def _reviews(connection: sqlite3.Connection) -> Line:
    """Decisions about items or clauses that the documents no longer have."""
    count, lost = 0, []
    for row in read_rows(connection, REVIEWED):
        decisions = decisions_of(connection, row["plan_id"], row["rubric_id"])
        codes = {"", *(clause.code for clause in read_rubric(connection, row["rubric_id"]).clauses)}
        _, without_item = settled(read_plan(connection, row["plan_id"]), decisions)
        count += len(decisions)
        for one in decisions:
            if one in without_item or one.clause_code not in codes:
                lost.append(f"{one.plan_id}:{one.item_code} {one.verdict} {one.rubric_id}:{one.clause_code}")
    if lost:
        advice = "they are kept; review the items again: zhibiao review export FILE"
        return Line("order", "reviews", "due", f"without item or clause: {_several(lost)}", advice)
    return Line("order", "reviews", "ok", f"{count} decisions, each with its item and clause")


def _corrections(connection: sqlite3.Connection) -> Line:
    kinds = "('correction_outdated', 'correction_without_fact')"
    count, outdated = (
        connection.execute(f"select count(*) from {what}").fetchone()[0]
        for what in ("corrections", f"findings where kind in {kinds}")
    )
    if outdated:
        found = f"{outdated} of {count} were made for what the source no longer reads"
        return Line("order", "corrections", "due", found, "zhibiao findings --kind correction_outdated")
    return Line("order", "corrections", "ok", f"{count}, each on what it was made for")


def _several(things: list[str]) -> str:
    """The number of things and the first of them.

    >>> _several(["a", "b", "c", "d"]), _several(["a"])
    ('4 (a, b, c …)', '1 (a)')
    """
    more = " …" if len(things) > MOST_TOLD else ""
    return f"{len(things)} ({', '.join(things[:MOST_TOLD])}{more})"
