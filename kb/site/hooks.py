"""The hooks by which Datasette, 0.65 and 1.0, shows a base: own pages, exact search, safe answers."""

from __future__ import annotations

import os
import sqlite3
from functools import partial
from types import SimpleNamespace
from typing import Any

from kb.base import APPLICATION_ID
from kb.personal import WITH_PERSONAL
from kb.search.pairs import match_expression
from kb.site import links, rendering, stock, texts, wording
from kb.site.columns import column_zh
from kb.site.datasette_door import hookimpl
from kb.site.routes import routes
from kb.site.wrapper import App, wrapped

LINKED = (
    *("documents", "document", "items", "findings", "differences", "page_picture"),
    *("rubric", "matrix", "city", "cities", "departments", "department", "functions", "function"),
    *("indicators", "indicator", "question", "search"),
)  # names of functions in kb.site.links

ASKED_FROM_ANYWHERE = "/reconcile"


# last, or Datasette's own would win; its package has no types
@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Let `escape_fts` ask for pairs of characters, in a base of this program and in no other database."""
    if conn.execute("pragma application_id").fetchone()[0] == APPLICATION_ID:
        conn.create_function("escape_fts", 1, match_expression, deterministic=True)


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """The site's own pages."""
    return routes()


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Any:
    """Headers, masks and marks on every answer."""

    def wrapper(app: App) -> App:
        shown = bool(os.environ.get(WITH_PERSONAL))
        return wrapped(app, with_personal=shown, open_to_all=str(datasette.urls.path(ASKED_FROM_ANYWHERE)))

    return wrapper


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """What templates may call: `to.document(…)` and its like, texts and words as pages print them."""

    def linked(name: str, /, *parts: Any, **fields: Any) -> str:
        return str(datasette.urls.path(getattr(links, name)(*parts, **fields)))

    # no mapping: `to.items` would be its method
    env.globals["to"] = SimpleNamespace(**{name: partial(linked, name) for name in LINKED})
    env.globals["path"] = lambda path: str(datasette.urls.path(path))
    env.globals["absolute"] = lambda request, path: str(datasette.absolute_url(request, path))
    env.globals["item_anchor"] = links.item_anchor
    env.globals["demand"] = wording.demand
    env.filters |= {
        "shown": texts.shown,
        "highlighted": texts.highlighted,
        "figure": texts.figure,
        "share": texts.share,
        "zh": wording.chinese,
        "en": wording.english,
        "column_zh": column_zh,
    }
    rendering.keep(datasette, env)


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Ids on Datasette's own pages as links with labels."""
    return stock.rendered(row, value, column, table, database, datasette)


@hookimpl(optionalhook=True)  # type: ignore[untyped-decorator]  # of 0.65; 1.0 looks at headers instead of tokens
def skip_csrf(datasette: Any, scope: Any) -> bool:
    """A question of another program brings no token, and changes nothing."""
    return bool(scope["path"] == str(datasette.urls.path(ASKED_FROM_ANYWHERE)))
