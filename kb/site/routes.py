"""The site's own pages: their addresses, and how one is answered."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from extract.errors import ZhibiaoError
from kb.base import open_base
from kb.errors import UnknownDocument
from kb.site import review
from kb.site.bases import TooSlow, read, the_base
from kb.site.datasette_door import Response
from kb.site.page import Answer, Asked, Elsewhere, File, NoSuchPage, Page
from kb.site.rendering import rendered
from kb.site.texts import seen
from kb.site.wrapper import OWN

# modules of kb.site.pages, each with its PAGES
MODULES = (
    *("cities", "city", "clause", "department", "departments", "differences", "document", "documents", "files"),
    *("findings", "functions", "home", "indicator", "indicators", "items", "matrix", "names", "pictures"),
    *("questions", "reconcile", "records", "reviews", "rubrics", "search", "suggestions"),
)
TOO_LONG = "这一页算得太久，请缩小范围。 This page takes too long; narrow it down."
CLOSED = "这里不能写入。 Nothing can be written here; see: zhibiao serve --review"
TOO_MUCH = "一次问得太多。 That is too much at once."
MOST_SENT = 1_000_000  # bytes of a form
HTML = "text/html; charset=utf-8"
KEPT_FOR = "public, max-age=3600"  # an immutable base may be shown from the browser's memory for an hour


def pages() -> Iterator[Page]:
    """Every page of the site."""
    for name in MODULES:
        yield from import_module(f"kb.site.pages.{name}").PAGES


def routes() -> list[tuple[str, Callable[..., Any]]]:
    """What Datasette is told: an address and the coroutine that answers it."""
    return [(f"^{page.route}$", _view(page)) for page in pages()]


def _view(page: Page) -> Callable[..., Any]:
    async def view(datasette: Any, request: Any) -> Any:
        return await answer(datasette, request, page)

    return view


async def answer(datasette: Any, request: Any, page: Page) -> Any:
    """The response to one request: the page, a file, another address, or one line that says what is wrong."""
    base = the_base(datasette)
    if base is None:
        return _told(datasette, request, 404, "这里没有知识库。 There is no knowledge base here.")
    asked = _asked(datasette, request, base)
    is_sent = request.method == "POST"
    if is_sent and not page.is_question:
        return await _written(datasette, request, page, base, asked)
    if is_sent and int(request.headers.get("content-length") or MOST_SENT + 1) > MOST_SENT:
        return _told(datasette, request, 413, TOO_MUCH)
    asked = replace(asked, query={**asked.query, **await request.post_vars()}) if is_sent else asked
    tag = "" if is_sent else await _tag(base, request)
    if tag and request.headers.get("if-none-match") == tag:
        return Response("", status=304, headers={"etag": tag, "cache-control": KEPT_FOR})
    headers = {OWN.decode(): "1"} | dict(page.vary) | ({"etag": tag, "cache-control": KEPT_FOR} if tag else {})
    try:
        found: Answer = await read(base, lambda connection: page.read(connection, asked))
    except (NoSuchPage, UnknownDocument) as error:
        return _told(datasette, request, 404, str(error))
    except TooSlow:
        return _told(datasette, request, 503, TOO_LONG)
    match found:
        case Elsewhere(path, cookie):
            return Response.redirect(datasette.urls.path(path), headers={"set-cookie": cookie} if cookie else None)
        case File(body, content_type, name):
            if name:
                headers["content-disposition"] = _attachment(name)
            return Response(body, content_type=content_type, headers=headers)
        case _:
            html = _rendered(datasette, request, page.template, found)
            return Response(html, content_type=HTML, headers=headers)


async def _written(datasette: Any, request: Any, page: Page, base: Any, asked: Asked) -> Any:
    """What a form does that was sent, by somebody who may decide; then another page."""
    if page.write is None or not asked.is_writable:
        return _told(datasette, request, 403, CLOSED)
    form = await request.post_vars()
    write = page.write

    def done() -> Elsewhere:
        with closing(open_base(Path(base.path), write=True)) as connection:
            return write(connection, asked, form)

    try:
        found = await asyncio.get_running_loop().run_in_executor(None, done)
    except (NoSuchPage, ZhibiaoError) as error:
        return _told(datasette, request, 409, str(error))
    return Response.redirect(datasette.urls.path(found.path))


def _asked(datasette: Any, request: Any, base: Any) -> Asked:
    """The request's own parts, decoded, and whether the browser may decide."""
    may = base.is_mutable and review.is_open(request.cookies.get(review.COOKIE, ""))
    path = {name: unquote(value) for name, value in (request.url_vars or {}).items() if value is not None}
    query = {name: str(request.args.get(name)) for name in request.args}
    site = str(datasette.absolute_url(request, datasette.urls.path("/")))
    return Asked(path, query, base.path, site, may)


async def _tag(base: Any, request: Any) -> str:
    """An ETag for a base that nobody can change: its content and the address."""
    if base.is_mutable:
        return ""
    address = f"{base.hash or Path(base.path).stat().st_mtime_ns} {request.path} {request.query_string}"
    return f'"{hashlib.sha256(address.encode()).hexdigest()[:32]}"'


def _told(datasette: Any, request: Any, status: int, message: str) -> Any:
    html = _rendered(datasette, request, "told.html", {"title": f"{status}", "message": message})
    return Response(html, status=status, content_type=HTML, headers={OWN.decode(): "1"})


def _rendered(datasette: Any, request: Any, template: str, context: Mapping[str, Any]) -> str:
    shown = {"review_on": review.is_on(), "base_name": base.name if (base := the_base(datasette)) else ""}
    return seen(rendered(datasette, request, template, shown | dict(context)))


def _attachment(name: str) -> str:
    """The header by which a browser saves a file; names in Chinese go in the second form."""
    from urllib.parse import quote

    plain = re.sub(r"[^\w.-]", "_", name, flags=re.ASCII)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
