"""What Datasette is told of a base, from one source: titles, descriptions, labels, the questions as canned queries.

`metadata` is the whole of it in the words of 0.65, and what 1.0 reads as metadata; `configuration` is what 1.0 reads
from `datasette.yaml`: settings, canned queries, and how tables are shown.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from kb.questions import in_two, questions
from kb.search.index import INDEXED
from kb.site import SETTINGS
from kb.site.columns import column_zh
from kb.site.wording import chinese
from kb.sql.comments import Table, tables

TITLE = "指标 zhibiao"
DESCRIPTION = (
    "政策文件中的条款、分值、目标值、任务与责任部门，每条都可点开出处。"
    " Clauses, points, thresholds, tasks and bodies out of policy documents, each with its place."
)
# how tables and views are shown: what a row is called, the order (by an index, or of few rows), what to narrow by; the
# tables that hold millions of rows have no facets of their own, for these are counted anew for every page
SHOWN: dict[str, dict[str, Any]] = {
    "regions": {"label_column": "short_name", "sort": "code", "facets": ["level"]},
    "documents": {"label_column": "title", "sort_desc": "issued_on", "facets": ["kind", "level", "origin", "campaign"]},
    "revisions": {"sort_desc": "ingested_at", "facets": ["is_current", "format"]},
    "passages": {"label_column": "text", "size": 50},
    "document_relations": {"facets": ["relation"]},
    "stated_relations": {"facets": ["relation"]},
    "clauses": {"label_column": "title"},
    "score_rules": {"label_column": "condition"},
    "indicators": {"label_column": "name", "sort": "name"},
    "thresholds": {"label_column": "text"},
    "plan_items": {"label_column": "text"},
    "functions": {"label_column": "name", "sort": "name"},
    "function_successions": {"sort": "succeeded_on", "facets": ["part"]},
    "departments": {"label_column": "name", "sort": "name"},
    "indicator_aliases": {"sort": "printed"},
    "assignments": {"label_column": "raw"},
    "links": {"size": 50},
    "link_candidates": {"size": 50},
    "citations": {"label_column": "cited_title"},
    "form_fields": {"label_column": "label"},
    "findings": {"label_column": "message", "facets": ["severity", "kind"]},
    "ingests": {"sort_desc": "started_at", "facets": ["status"]},
    "document_facts": {"facets": ["region", "kind", "origin"]},
    "link_facts": {"size": 50},
}
# the address is relative to that of the canned query, so that it holds below any prefix
ABOUT = Markup(
    '<p>{}<br><span lang="en">{}</span></p><p><a href="../ask/{name}">有表单、图和出处的页面'
    ' <span lang="en">The page with a form, a chart and sources</span></a></p>'
)
HIDDEN = ("decisions", "link_runs", "link_decisions", *(f"{table}_fts" for table in INDEXED))


def metadata(base_name: str) -> dict[str, Any]:
    """Datasette's metadata of a base that is served under this name."""
    described = {name: _described(table) | _shown(name) for name, table in tables().items()}
    hidden = {name: {"hidden": True} for name in HIDDEN if name not in described}
    own = {"tables": described | hidden, "queries": _queries()}
    return {"title": TITLE, "description": DESCRIPTION, "databases": {base_name: {"title": TITLE, **own}}}


def configuration(base_name: str) -> dict[str, Any]:
    """`datasette.yaml` of 1.0 for a base that is served under this name."""
    names = dict.fromkeys([*tables(), *HIDDEN])
    shown = {name: found for name in names if (found := _shown(name))}
    return {"settings": dict(SETTINGS), "databases": {base_name: {"queries": _queries(), "tables": shown}}}


def canned_name(name: str) -> str:
    """The name of a question as a canned query: one of a table's name would hide the table.

    >>> canned_name("coverage"), canned_name("documents")
    ('coverage', 'documents-question')
    """
    return f"{name}-question" if name in tables() else name


def _queries() -> dict[str, dict[str, Any]]:
    """The questions, Chinese title first."""
    return {
        canned_name(question.name): {
            "sql": question.sql,
            "title": f"{question.title} / {question.title_en}",
            "description_html": str(ABOUT.format(*in_two(question.description), name=question.name)),
            "params": [param.name for param in question.params],
            "hide_sql": True,
        }
        for question in questions()
    }


def _shown(name: str) -> dict[str, Any]:
    return SHOWN.get(name, {}) | ({"hidden": True} if name in HIDDEN else {})


def _described(table: Table) -> dict[str, Any]:
    """Title, description and columns of a table or view: Chinese words, and what the schema says in English."""
    word = chinese(table.name)
    said = " ".join(filter(None, ("" if word == table.name else word, table.comment)))
    columns = {
        name: "：".join(filter(None, (column_zh(name), column.comment))) for name, column in table.columns.items()
    }
    return {key: value for key, value in {"description": said, "columns": columns}.items() if value}
