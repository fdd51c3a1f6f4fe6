"""Review of names: pairs of bodies or indicators that may be one, for a person to say same or different."""

from __future__ import annotations

import getpass
import sqlite3
from collections.abc import Mapping
from typing import Any, get_args

from kb.base import transaction
from kb.check import check_all
from kb.entities.decisions import VERDICTS, Verdict, decide, department_key, kind_named
from kb.entities.exchange import identity_pairs
from kb.entities.settling import Touched, settle
from kb.evaluation.rows import Row, read_rows
from kb.revise.revisions import now
from kb.site import links
from kb.site.page import Asked, Elsewhere, NoSuchPage, Page
from kb.site.pages.reviews import must_be_open

PER_PAGE = 50
TITLES = "select id, title from documents"


def pairs(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """The open pairs, a page of them; with `?decided=1` those that somebody decided on."""
    must_be_open(asked)
    decided = bool(asked.query.get("decided"))
    kind = kind_named(asked.query.get("kind"))
    rows = [row for row in identity_pairs(connection, kind) if bool(row["verdict"]) == decided]
    page = max(asked.number("page", 1), 1)
    titles = {row["id"]: row["title"] for row in read_rows(connection, TITLES)}
    return {
        "rows": [_with_documents(row, titles) for row in rows[PER_PAGE * (page - 1) : PER_PAGE * page]],
        "count": len(rows),
        "page": page,
        "pages": -(-len(rows) // PER_PAGE),
        "decided": decided,
        "kind": kind or "",
        "told": asked.query.get("told", ""),
    }


def _with_documents(row: Row, titles: Mapping[str, str]) -> Row:
    return row | {
        f"{side}_in": [(key, titles[key]) for key in row[f"{side}_documents"].split() if key in titles]
        for side in ("left", "right")
    }


def settle_pair(connection: sqlite3.Connection, asked: Asked, form: Mapping[str, str]) -> Elsewhere:
    """Keep a verdict on two names, or take it back, and gather anew what it concerns."""
    kind, action = kind_named(form.get("kind")), form.get("action", "")
    if kind is None or action not in (*VERDICTS, "open") or not form.get("left") or not form.get("right"):
        raise NoSuchPage("这不是一个结论。 This is no decision.")
    code = form.get("region", "") or "-"
    keys = (form["left"], form["right"])
    if kind == "department":
        keys = (department_key(code, keys[0]), department_key(code, keys[1]))
    with transaction(connection):
        verdict = next((one for one in get_args(Verdict) if one == action), None)  # `open` takes it back
        decide(
            connection, kind, *keys, verdict, made_by=getpass.getuser(), made_at=now(), reason=form.get("note") or None
        )
        regions = frozenset({None if code == "-" else code}) if kind == "department" else frozenset()
        settle(connection, Touched(regions, frozenset(keys) if kind == "indicator" else frozenset()))
        check_all(connection)
    told = f"{action}: {form['left']} | {form['right']}"
    fields = {"told": told, "kind": form.get("shown", ""), "decided": form.get("decided", "")}
    return Elsewhere(links.with_query("/review/names", **fields))


PAGES = (Page("/review/names", "names.html", pairs, settle_pair),)
