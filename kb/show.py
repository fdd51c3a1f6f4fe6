"""What the base knows of one document, and its findings: rows for a listing, and the same laid out for a reader."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kb.errors import UnknownDocument
from kb.evaluation.rows import Row, read_rows
from kb.identity import number_key, title_key
from kb.listing import clipped, plain
from kb.revise.corrections import corrections_of

COUNTED = (
    *("passages", "leftovers", "clauses", "score_rules", "thresholds", "plan_items", "assignments", "links"),
    *("citations", "form_fields", "findings"),
)
HEAD = (
    *("id", "title", "doc_number", "issuer", "addressees", "issued_on", "printed_on", "region", "level", "kind"),
    *("origin", "campaign", "total_points", "bonus_points", "source", "format", "revision", "ingested_at"),
)
COLUMNS = ("part", "code", "text", "points", "detail")
MOST_CANDIDATES = 12


# files of former revisions name a document too
NAMED = """
select
  d.id, d.title, d.source, d.title_key, d.number_key,
  (
    select json_group_array(r.source)
    from revisions r
    where r.document_id = d.id
  ) as sources
from documents d
order by d.id
"""


def document_named(connection: sqlite3.Connection, name: str) -> str:
    """The id of the document that `name` means: an id or its beginning, a source's name, a 文号, part of a title.

    The first of these ways that fits any document decides; raises UnknownDocument where it fits several, or none does.
    """
    documents = read_rows(connection, NAMED)
    for ways in (_exactly, _by_start, _by_source, _by_number, _by_title):
        fitting = [document for document in documents if ways(document, name)]
        if len(fitting) == 1:
            return str(fitting[0]["id"])
        if fitting:
            lines = [f"  {document['id']}  {document['title']}" for document in fitting[:MOST_CANDIDATES]]
            more = ["  …"] if len(fitting) > MOST_CANDIDATES else []
            raise UnknownDocument(
                "\n".join([f"{name}: fits {len(fitting)} documents; name one by its id:", *lines, *more])
            )
    raise UnknownDocument(f"{name}: no such document in the base; `zhibiao show` lists them")


def _exactly(document: Row, name: str) -> bool:
    return bool(document["id"] == name)


def _by_start(document: Row, name: str) -> bool:
    return bool(name) and str(document["id"]).startswith(name)


def _by_source(document: Row, name: str) -> bool:
    sources = [Path(source) for source in (document["source"], *json.loads(document["sources"]))]
    return any(name in (source.name, source.stem) or Path(name).resolve() == source.resolve() for source in sources)


def _by_number(document: Row, name: str) -> bool:
    return document["number_key"] is not None and document["number_key"] == number_key(name)


def _by_title(document: Row, name: str) -> bool:
    return bool(title_key(name)) and title_key(name) in document["title_key"]


def documents(connection: sqlite3.Connection) -> list[Row]:
    """All documents with the number of their facts, region by region."""
    return read_rows(
        connection,
        "select id, title, region, kind, origin, clauses, score_rules, thresholds, plan_items, assignments, citations,"
        " findings from document_facts order by id",
    )


def counts(connection: sqlite3.Connection, document_id: str) -> dict[str, int]:
    """How many records of each kind a document has."""
    row = read_rows(connection, "select * from document_facts where id = ?", [document_id])[0]
    return {kind: row[kind] for kind in COUNTED}


def shown_rows(connection: sqlite3.Connection, document_id: str) -> list[Row]:
    """A document as rows of `COLUMNS`: its head, its counts, its clauses in tree order, its plan items.

    `depth` beside the columns says how deep a clause stands in the tree.
    """
    head = read_rows(
        connection,
        "select d.*, r.name as region from documents d left join regions r on r.code = d.region_code where d.id = ?",
        [document_id],
    )[0]
    return [
        *(_row("document", name, plain(head[name])) for name in HEAD if head[name] is not None),
        *(_row("counts", kind, str(number)) for kind, number in counts(connection, document_id).items()),
        *_clause_rows(connection, document_id),
        *_item_rows(connection, document_id),
        *_correction_rows(connection, document_id),
    ]


def _row(part: str, code: str | None, text: str, points: float | None = None, detail: str = "", depth: int = 0) -> Row:
    return {"part": part, "code": code, "text": text, "points": points, "detail": detail, "depth": depth}


def _clause_rows(connection: sqlite3.Connection, document_id: str) -> Iterator[Row]:
    """Every clause below its parent, children in reading order."""
    corrected = _corrected(connection, document_id, "clauses")
    children: dict[int | None, list[Row]] = defaultdict(list)
    rows = read_rows(connection, "select * from clauses where document_id = ? order by position, id", [document_id])
    for clause in rows:
        children[clause["parent_id"]].append(clause)
    stack = [(clause, 0) for clause in reversed(children[None])]
    while stack:
        clause, depth = stack.pop()
        detail = [clause["kind"], "inferred points" if clause["points_status"] == "inferred" else ""]
        detail += ["optional" if clause["optional"] else "", clause["verification"] or ""]
        detail.append(corrected.get(clause["id"], ""))
        title = clause["title"] or "(title lost)"
        yield _row("clause", clause["code"], title, clause["points"], "; ".join(filter(None, detail)), depth)
        stack += [(child, depth + 1) for child in reversed(children[clause["id"]])]


def _item_rows(connection: sqlite3.Connection, document_id: str) -> Iterator[Row]:
    """Every plan item with its time and who does it."""
    bodies: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    assignments = (
        "select a.plan_item_id, a.role, d.name from assignments a join departments d on d.id = a.department_id"
        " join plan_items i on i.id = a.plan_item_id where i.document_id = ? order by a.position, a.id"
    )
    for row in read_rows(connection, assignments, [document_id]):
        bodies[row["plan_item_id"]][row["role"]].append(row["name"])
    corrected = _corrected(connection, document_id, "plan_items")
    items = "select * from plan_items where document_id = ? order by position, id"
    for item in read_rows(connection, items, [document_id]):
        time = " to ".join(dict.fromkeys(filter(None, (item["starts_on"], item["ends_on"]))))
        roles = [f"{role} {'、'.join(names)}" for role, names in bodies[item["id"]].items()]
        roles.append(corrected.get(item["id"], ""))
        yield _row("plan_item", item["code"], item["text"], None, "; ".join(filter(None, [time, *roles])))


def _corrected(connection: sqlite3.Connection, document_id: str, record: str) -> dict[int, str]:
    """What a person put right in the facts of one record, by row, with what was read."""
    marks: dict[int, list[str]] = defaultdict(list)
    for row in corrections_of(connection, document_id):
        if row["record"] == record and row["fact_id"] is not None:
            marks[row["fact_id"]].append(f"{row['field']} corrected, read: {row['now_read'] or '(nothing)'}")
    return {number: "; ".join(texts) for number, texts in marks.items()}


def _correction_rows(connection: sqlite3.Connection, document_id: str) -> Iterator[Row]:
    """Every correction: the value that stands, what was read, who put it right and why."""
    for row in corrections_of(connection, document_id):
        detail = [f"read: {row['now_read'] or '(nothing)'}", f"by {row['made_by'] or '?'}", row["reason"] or ""]
        code = f"{row['record']} {row['key']} {row['field']}"
        yield _row("correction", code, row["corrected_value"] or "(nothing)", None, "; ".join(filter(None, detail)))


def overview(rows: list[Row], columns: int = 110) -> str:
    """Shown rows laid out for a screen of so many columns: head, counts, the tree, the plan items."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[row["part"]].append(row)
    head = {row["code"]: row["text"] for row in parts["document"]}
    lines = [clipped(head.pop("title", ""), columns)]
    lines += [f"  {name:<13}" + clipped(text, columns - 15) for name, text in head.items()]
    lines.append("  " + ", ".join(f"{row['text']} {str(row['code']).replace('_', ' ')}" for row in parts["counts"]))
    if parts["clause"]:
        lines += ["", "Clauses", *(_clause_line(row, columns) for row in parts["clause"])]
    if parts["plan_item"]:
        lines += ["", "Plan items"]
    for row in parts["plan_item"]:
        lines.append("  " + clipped(f"{row['code'] or '-'} {row['text']}", columns - 2))
        lines += ["      " + clipped(row["detail"], columns - 6)] if row["detail"] else []
    if parts["correction"]:
        lines += ["", "Corrections"]
    for row in parts["correction"]:
        lines.append("  " + clipped(f"{row['code']}: {row['text']} ({row['detail']})", columns - 2))
    return "\n".join(lines)


def _clause_line(row: Mapping[str, Any], columns: int) -> str:
    """One clause, indented by its depth, with its points."""
    indent = "  " * (int(row["depth"]) + 1)
    points = "" if row["points"] is None else f" [{plain(row['points'])}]"
    line = f"{row['code']}{points} {row['text']} ({row['detail']})"
    return indent + clipped(line, columns - len(indent))


def findings(
    connection: sqlite3.Connection, document_id: str | None = None, severity: str | None = None, kind: str | None = None
) -> list[Row]:
    """The findings, the gravest first, of one document (those that compare it with others included) or all."""
    return read_rows(
        connection,
        "select severity, kind, message, document_id, place from finding_facts"
        " where (:document is null or :document in (document_id, other_id))"
        " and (:severity is null or severity = :severity) and (:kind is null or kind = :kind)"
        " order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, document_id, id",
        {"document": document_id, "severity": severity, "kind": kind},
    )


def title_line(connection: sqlite3.Connection, document_id: str, columns: int) -> str:
    """The id and the title of a document on one line of the screen."""
    title = connection.execute("select title from documents where id = ?", [document_id]).fetchone()[0]
    return clipped(f"{document_id} {title}", columns)


def finding_lines(rows: Sequence[Mapping[str, Any]], columns: int) -> Iterator[str]:
    """The findings of one document for a screen of so many columns: what and where, below it the message."""
    yield f"\n{len(rows) or 'no'} finding{'' if len(rows) == 1 else 's'}"
    for row in rows:
        yield f"\n{row['severity']:<7}  {row['kind']}" + (f"  ({row['place']})" if row["place"] else "")
        yield "  " + clipped(str(row["message"]), columns - 2)
