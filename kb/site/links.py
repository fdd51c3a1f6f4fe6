"""Addresses of the site's pages: stable, made of printed codes and names and never of row numbers."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def _path(*parts: object) -> str:
    return "/" + "/".join(quote(str(part), safe="") for part in parts)


def with_query(path: str, **fields: object) -> str:
    """A path with a query of the fields that are not empty.

    >>> with_query("/search", q="标准", kind="")
    '/search?q=%E6%A0%87%E5%87%86'
    """
    given = {name: value for name, value in fields.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def document(document_id: str, at: object = None) -> str:
    """The text of a document; `at` is the ordinal of the passage to show.

    >>> document("320400-def918", 12)
    '/document/320400-def918?at=12#p12'
    """
    path = _path("document", document_id)
    return path if at in (None, "") else f"{with_query(path, at=at)}#p{at}"


def items(document_id: str, code: object = None) -> str:
    """The tasks of a document; `code` is the one to show."""
    path = _path("document", document_id, "items")
    return path if code in (None, "") else f"{path}#{item_anchor(code)}"


def item_anchor(code: object) -> str:
    """The name of a task's place on its page.

    >>> item_anchor("四（一）1")
    'i-四（一）1'
    """
    return "i-" + "".join(str(code).split())


def differences(document_id: str, before: object = None, after: object = None) -> str:
    """What changed between two revisions of a document."""
    return with_query(_path("document", document_id, "diff"), **{"from": before, "to": after})


def page_picture(document_id: str, page: int, at: object = None) -> str:
    """The picture of a page of a PDF, with the places of a passage outlined."""
    return with_query(_path("document", document_id, "page", f"{page}.png"), at=at)


def rubric(document_id: str, code: object = None) -> str:
    """A rubric's tree of clauses, or one clause of it.

    >>> rubric("100000-2013-0caa09", "B1.1")
    '/rubric/100000-2013-0caa09/B1.1'
    """
    return _path("rubric", document_id) if code in (None, "") else _path("rubric", document_id, code)


def matrix(document_id: str) -> str:
    """Clauses of a rubric by cities."""
    return _path("matrix", document_id)


def city(region_code: str, rubric_id: object = None) -> str:
    """A city: coverage, weak promises, departments, documents; held against one rubric where it is named."""
    return with_query(_path("city", region_code), rubric=rubric_id)


def department(region_code: object, name: str) -> str:
    """A body of a region; bodies of no known region stand under `-`.

    >>> department("320400", "市质监局")
    '/department/320400/%E5%B8%82%E8%B4%A8%E7%9B%91%E5%B1%80'
    """
    return _path("department", region_code or "-", name)


def function(name: str) -> str:
    """What bodies of several cities do alike."""
    return _path("function", name)


def indicator(name: str) -> str:
    """A measured thing over all documents."""
    return _path("indicator", name)


def question(name: str, form: str = "", **parameters: object) -> str:
    """A ready question with its answer; `form` csv, xlsx or json is the answer as a file."""
    return with_query(_path("ask", f"{name}.{form}" if form else name), **parameters)


def search(words: str, **filters: object) -> str:
    """What the search box finds."""
    return with_query("/search", q=words, **filters)
