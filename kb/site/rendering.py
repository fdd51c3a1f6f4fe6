"""Own pages as text.  Their templates await nothing: rendered without a loop of events they take a third less time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

_environments: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()  # Jinja's, by the Datasette they belong to


def keep(datasette: Any, environment: Any) -> None:
    """Remember how templates are rendered; filters and globals that are added later are the same ones."""
    _environments[datasette] = environment.overlay(enable_async=False)


def rendered(datasette: Any, request: Any, template: str, context: Mapping[str, Any]) -> str:
    """The page, with what Datasette gives to templates that ours ask for."""
    given = {
        "request": request,
        "urls": datasette.urls,
        "csrftoken": request.scope.get("csrftoken", str),
    }
    page: str = _environments[datasette].get_template(f"zhibiao/{template}").render({**given, **context})
    return page
