"""The one module that imports Datasette: what the hooks and the pages take of it, on both of its lines."""

from __future__ import annotations

from datasette import Response, hookimpl

__all__ = ["Response", "hookimpl"]
