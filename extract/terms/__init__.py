"""The words of the domain, one TOML file a subject, every entry with its examples."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def terms(name: str) -> dict[str, Any]:
    """The parsed file `extract/terms/<name>.toml`.

    >>> sorted(terms("units"))[:1] != []
    True
    """
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
