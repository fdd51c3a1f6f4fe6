"""What somebody says will be done, as rows: plan items, who does them, and the links that the document prints."""

from __future__ import annotations

import json
from collections.abc import Iterator

from extract.records import Assignment, Clause, PlanItem
from extract.text import compact
from kb.entities.departments import department_ids
from kb.loading import Loading, Row, printed

# what a plan item can serve: links never go to sections, to the catalogue or to what only holds other clauses
JUDGED = frozenset({"scored", "veto", "basic", "bonus"})


def load_plan_items(loading: Loading) -> None:
    """The plan items; where two share a code, facts that name it go to the first, and a finding says so."""
    items = loading.in_order(PlanItem)
    rows: list[Row] = [
        {
            "document_id": loading.document_id,
            **printed(item, "code", "section", "text", "starts_on", "ends_on", "nature"),
            "passage_id": loading.passages[item.passage],
            "position": position,
        }
        for position, item in enumerate(items, 1)
    ]
    for item, number in zip(items, loading.keeping.keep("plan_items", rows), strict=True):
        if loading.plan_items.setdefault(item.code, number) != number:
            loading.report("duplicate_code", f"a second plan item has the code {item.code}: {item.text}", item.passage)


def load_assignments(loading: Loading) -> None:
    """Who does what; a name that stands at no plan item and no clause of the document is a finding."""
    assignments = list(loading.facts(Assignment))
    departments = department_ids(loading.connection, loading.region_code, [(a.name, a.is_group) for a in assignments])
    rows: list[Row] = []
    for assignment in assignments:
        seeker, passage = f"assignment “{assignment.raw}”", assignment.passage
        item = loading.find(loading.plan_items, assignment.plan_item, passage, seeker)
        clause = loading.find(loading.clauses, assignment.clause, passage, seeker)
        if item is None and clause is None:
            loading.report("unattached_assignment", f"{seeker} ({assignment.role}) belongs to nothing", passage)
            continue
        rows.append(
            {
                "plan_item_id": item,
                "clause_id": clause,
                "department_id": departments[compact(assignment.name)],
                **printed(assignment, "role", "raw"),
                "passage_id": loading.passages[passage],
                "position": len(rows) + 1,
                "name": compact(assignment.name),
            }
        )
    loading.keeping.keep("assignments", rows)


def load_printed_links(loading: Loading) -> None:
    """The links that the document prints itself; even these are proposed, for only people accept.

    What a person decided about a link stays; a link that is printed no more and was decided about is the person's own.
    """
    connection, rows = loading.connection, list(_printed_links(loading))
    printed_now = {(row["plan_item_id"], row["clause_id"]) for row in rows}
    before = connection.execute(
        "select id, plan_item_id, clause_id, status from links where method = 'printed'"
        " and plan_item_id in (select id from plan_items where document_id = ?)",
        (loading.document_id,),
    ).fetchall()
    for link in before:
        if (link["plan_item_id"], link["clause_id"]) not in printed_now:
            decided = link["status"] != "proposed"
            gone = "update links set method = 'reviewed' where id = ?" if decided else "delete from links where id = ?"
            connection.execute(gone, (link["id"],))
    for row in rows:
        connection.execute(
            "insert into links (plan_item_id, clause_id, relation, method, score, rank, evidence)"
            " values (:plan_item_id, :clause_id, 'primary', 'printed', 1.0, 1, :evidence)"
            " on conflict (plan_item_id, clause_id) do update set relation = excluded.relation,"
            " method = excluded.method, score = excluded.score, rank = excluded.rank, evidence = excluded.evidence"
            " where method <> excluded.method or evidence <> excluded.evidence",
            row,
        )


def _printed_links(loading: Loading) -> Iterator[Row]:
    clauses = {clause.code: clause for clause in loading.facts(Clause)}
    holders = {clause.parent for clause in clauses.values()}
    linked: set[str] = set()
    for item in loading.facts(PlanItem):
        clause_id = loading.find(loading.clauses, item.clause, item.passage, f"plan item {item.code}")
        if clause_id is None or item.clause is None or item.code in linked:
            continue
        clause = clauses[item.clause]
        if clause.kind not in JUDGED or clause.code in holders:
            message = f"plan item {item.code} names {clause.code}, not a leaf that is judged"
            loading.report("link_to_no_leaf", message, item.passage, "info")
            continue
        linked.add(item.code)
        evidence = {"why": "printed in the same row", "plan_item": item.code, "clause": clause.code}
        yield {
            "plan_item_id": loading.plan_items[item.code],
            "clause_id": clause_id,
            "evidence": json.dumps(evidence, ensure_ascii=False),
        }
