"""Review: what a machine links, item by item beside its five likeliest clauses, for a person to accept or reject."""

from __future__ import annotations

import getpass
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb.base import transaction
from kb.evaluation.rows import Row, read_rows
from kb.link.decisions import VERDICTS, Decision, decisions_on, item_hash, restore, save_decisions
from kb.link.linking import link_pair
from kb.link.model import model_for
from kb.link.review import queue
from kb.revise.revisions import now
from kb.site import links, review
from kb.site.page import Asked, Elsewhere, NoSuchPage, Page

CANDIDATES = 5
# by this process, the last at the end: what stood before each decision, so that it can be undone
_UNDO: list[tuple[str, str, str, list[Decision]]] = []
ITEM = """
select i.code, i.text, i.section, i.ends_on, d.id as document_id, d.title as document, d.origin, p.ordinal, w.place
from plan_items i
join documents d on d.id = i.document_id
left join passages p on p.id = i.passage_id
left join passage_places w on w.passage_id = i.passage_id
where i.id = ?
"""
RULES = "select points, condition from score_rules where clause_id = ? order by ordinal"
CLAUSE = """
select c.text, p.ordinal, w.place
from clauses c
left join passages p on p.id = c.passage_id
left join passage_places w on w.passage_id = c.passage_id
where c.id = ?
"""
OTHERS = """
select code, coalesce(nullif(title, ''), text, '') as title
from clauses
where document_id = ? and kind in ('scored', 'veto', 'basic', 'bonus')
order by position, id
"""
TITLES = "select id, title from documents where id in (?, ?)"


def links_to_review(connection: sqlite3.Connection, asked: Asked) -> Mapping[str, Any] | Elsewhere:
    """The item that is to be decided next, or the one asked for, with what is offered for it."""
    if token := asked.query.get("token"):
        if not review.is_open(token):
            raise NoSuchPage("口令不对。 The token is not the one that zhibiao serve --review printed.")
        return Elsewhere("/review", f"{review.COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/")
    must_be_open(asked)
    waiting = queue(connection, asked.query.get("plan") or None, asked.query.get("rubric") or None)
    place = _place(connection, asked, waiting)
    offers, number = place
    context: dict[str, Any] = {
        "waiting": len(waiting),
        "number": number,
        "told": asked.query.get("told", ""),
        "can_undo": bool(_UNDO),
        "asked": asked.query,
    }
    if offers is None:
        return context
    first = offers[0]
    (item,) = read_rows(connection, ITEM, [first["item_id"]])
    titles = {row["id"]: row["title"] for row in read_rows(connection, TITLES, [first["plan_id"], first["rubric_id"]])}
    return context | {
        "item": item | {"words": item_hash(item["text"])},
        "rubric": {"id": first["rubric_id"], "title": titles[first["rubric_id"]]},
        "offers": [_offer(connection, row) for row in offers[:CANDIDATES]],
        "others": read_rows(connection, OTHERS, [first["rubric_id"]]),
    }


def must_be_open(asked: Asked) -> None:
    """Raise NoSuchPage for a browser that may not decide."""
    if not asked.is_writable:
        raise NoSuchPage(
            "复核未开启：用 zhibiao serve --review 启动，并打开它给出的地址。"
            " Review is closed: start zhibiao serve --review and open the address it prints."
        )


def _place(connection: sqlite3.Connection, asked: Asked, waiting: list[list[Row]]) -> tuple[list[Row] | None, int]:
    """The offers of the item that is asked for by its words and rubric, else those at a place of the queue."""
    words, rubric = asked.query.get("item"), asked.query.get("against")
    if words and rubric:
        plan = asked.query.get("of") or None
        for offers in queue(connection, plan, rubric, every=True):
            if item_hash(offers[0]["item_text"]) == words:
                return offers, asked.number("at", 0)
    number = min(asked.number("at", 0), max(len(waiting) - 1, 0))
    return (waiting[number] if waiting else None), number


def _offer(connection: sqlite3.Connection, row: Row) -> dict[str, Any]:
    """A candidate with its clause's text and rules, and the words that it shares with the item."""
    (clause,) = read_rows(connection, CLAUSE, [row["clause_id"]])
    shared = (row["shared"] or "").strip("[]").replace('"', "").split(",")
    return (
        row
        | clause
        | {"words": [word for word in shared if word], "rules": read_rows(connection, RULES, [row["clause_id"]])}
    )


def decide(connection: sqlite3.Connection, asked: Asked, form: Mapping[str, str]) -> Elsewhere:
    """Keep one decision, or take the last one back, and link that plan and rubric anew."""
    if form.get("action") == "undo":
        return _undo(connection, asked)
    decision = _decision(form)
    before = decisions_on(connection, decision.plan_id, decision.item_hash, decision.rubric_id)
    with transaction(connection):
        save_decisions(connection, [decision])
    _UNDO.append((decision.plan_id, decision.item_hash, decision.rubric_id, before))
    link_pair(connection, model_for(Path(asked.base)), decision.plan_id, decision.rubric_id)
    kept = {name: form[name] for name in ("plan", "rubric", "at") if form.get(name)}
    if decision.verdict == "reject":  # the item still waits for its clause
        kept |= {"item": decision.item_hash, "against": decision.rubric_id, "of": decision.plan_id}
    told = f"{decision.verdict} {decision.item_code} {decision.clause_code}"
    return Elsewhere(links.with_query("/review", **kept, told=told))


def _undo(connection: sqlite3.Connection, asked: Asked) -> Elsewhere:
    if not _UNDO:
        return Elsewhere("/review?told=nothing")
    plan, words, rubric, before = _UNDO.pop()
    with transaction(connection):
        restore(connection, plan, words, rubric, before)
    link_pair(connection, model_for(Path(asked.base)), plan, rubric)
    return Elsewhere(links.with_query("/review", item=words, against=rubric, of=plan, told="undone"))


def _decision(form: Mapping[str, str]) -> Decision:
    """A form as a decision; raises NoSuchPage for one that no page of ours sends."""
    verdict = form.get("action", "")
    if verdict not in VERDICTS or not form.get("plan_id") or not form.get("rubric_id") or not form.get("words"):
        raise NoSuchPage("这不是一个结论。 This is no decision.")
    clause = "" if verdict == "none" else form.get("clause", "").split(" ")[0]
    if verdict != "none" and not clause:
        raise NoSuchPage("请选定条款。 Name a clause.")
    return Decision(
        form["plan_id"],
        form.get("item_code", ""),
        form["words"],
        form["rubric_id"],
        clause,
        verdict,  # type: ignore[arg-type]  # one of VERDICTS
        form.get("relation") if form.get("relation") in ("primary", "secondary") else None,
        form.get("note") or None,
        getpass.getuser(),
        now(),
    )


PAGES = (Page("/review", "review.html", links_to_review, decide),)
