"""Addresses of the site's pages: stable, made of printed codes and names and never of row numbers."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlencode


@lru_cache(10_000)
def _quoted(part: str) -> str:
    return quote(part, safe="")


def _path(*parts: object) -> str:
    return "/" + "/".join(_quoted(str(part)) for part in parts)


def with_query(path: str, **fields: object) -> str:
    """A path with a query of the fields that are not empty.

    >>> with_query("/search", q="标准", kind="")
    '/search?q=%E6%A0%87%E5%87%86'
    """
    given = {name: value for name, value in fields.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def documents(**filters: object) -> str:
    """The list of documents; filters as the page names them."""
    return with_query("/documents", **filters)


def document(document_id: str, at: object = None, **more: object) -> str:
    """The text of a document; `at` is the ordinal of the passage to show.

    >>> document("320400-def918", 12)
    '/document/320400-def918?at=12#p12'
    """
    path = _path("document", document_id)
    return with_query(path, **more) if at in (None, "") else f"{with_query(path, at=at, **more)}#p{at}"


def items(document_id: str, code: object = None, **more: object) -> str:
    """The tasks of a document; `code` is the one to show.

    >>> items("320400-def918", "1.1")
    '/document/320400-def918/items?at=1.1#i-1.1'
    """
    path = _path("document", document_id, "items")
    return with_query(path, **more) if code in (None, "") else f"{with_query(path, at=code)}#{item_anchor(code)}"


def findings(**filters: object) -> str:
    """What is wrong or doubtful; filters as the page names them."""
    return with_query("/findings", **filters)


def item_anchor(code: object) -> str:
    """The name of a task's place on its page.

    >>> item_anchor("四（一）1")
    'i-四（一）1'
    """
    return "i-" + "".join(str(code).split())


def differences(document_id: str, before: object = None, after: object = None, **more: object) -> str:
    """What changed between two revisions of a document."""
    return with_query(_path("document", document_id, "diff"), **{"from": before, "to": after}, **more)


def page_picture(document_id: str, page: int, at: object = None) -> str:
    """The picture of a page of a PDF, with the places of a passage outlined."""
    return with_query(_path("document", document_id, "page", f"{page}.png"), at=at)


def rubric(document_id: str, code: object = None) -> str:
    """A rubric's tree of clauses, or one clause of it.

    >>> rubric("100000-2013-0caa09", "B1.1")
    '/rubric/100000-2013-0caa09/B1.1'
    """
    return _path("rubric", document_id) if code in (None, "") else _path("rubric", document_id, code)


def matrix(document_id: str, **more: object) -> str:
    """Clauses of a rubric by cities."""
    return with_query(_path("matrix", document_id), **more)


def city(region_code: str, rubric_id: object = None, plan_id: object = None) -> str:
    """A city: coverage, weak promises, departments, documents; one plan, against one rubric, where they are named."""
    return with_query(_path("city", region_code), rubric=rubric_id, plan=plan_id)


def cities(rubric_id: object = None, **more: object) -> str:
    """The regions with plans, held against one rubric where it is named."""
    return with_query("/cities", rubric=rubric_id, **more)


def departments(**filters: object) -> str:
    """The list of bodies; filters as the page names them."""
    return with_query("/departments", **filters)


def department(region_code: object, name: str, **more: object) -> str:
    """A body of a region; bodies of no known region stand under `-`.

    >>> department("320400", "市质监局")
    '/department/320400/%E5%B8%82%E8%B4%A8%E7%9B%91%E5%B1%80'
    """
    return with_query(_path("department", region_code or "-", name), **more)


def functions() -> str:
    """The list of what bodies do."""
    return "/functions"


def function(name: str, **more: object) -> str:
    """What bodies of several cities do alike."""
    return with_query(_path("function", name), **more)


def indicators(**filters: object) -> str:
    """The list of measured things; filters as the page names them."""
    return with_query("/indicators", **filters)


def indicator(name: str, **more: object) -> str:
    """A measured thing over all documents."""
    return with_query(_path("indicator", name), **more)


def question(name: str, form: str = "", /, **parameters: object) -> str:
    """A ready question with its answer; `form` csv, xlsx or json is the answer as a file."""
    return with_query(_path("ask", f"{name}.{form}" if form else name), **parameters)


def search(words: str, /, **filters: object) -> str:
    """What the search box finds."""
    return with_query("/search", q=words, **filters)


def record(table: str, key: object) -> str:
    """Where a row of a table is shown; for Datasette's own pages, which know no more of it than its key.

    >>> record("clauses", 12)
    '/record/clauses/12'
    """
    return _path("record", table, key)
