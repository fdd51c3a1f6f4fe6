"""The words of the domain, one TOML file a subject, every entry with its examples."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from extract.errors import ZhibiaoError


class UnreadableTerms(ZhibiaoError):
    """A file of words is no TOML."""


@cache
def terms(name: str) -> dict[str, Any]:
    """The parsed file `extract/terms/<name>.toml`; UnreadableTerms where it is no TOML.

    >>> sorted(terms("units"))[:1] != []
    True
    """
    try:
        return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise UnreadableTerms(f"extract/terms/{name}.toml is no TOML: {error}") from error
