"""Why a link is believed, in words: out of what was stored with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


def in_words(evidence: str | None, method: str | None, status: str | None) -> str:
    """One line: how the link came about, what both sides say, what they share.

    >>> in_words('{"item": "开展抽检", "clause": "抽检合格率", "shared": ["抽检"]}', "inferred", "proposed")
    'inferred; “开展抽检” ~ “抽检合格率”; shared: 抽检'
    >>> in_words('{"why": "printed in the same row"}', "printed", "accepted")
    'printed in the same row; accepted'
    >>> in_words(None, None, None)
    ''
    """
    said = read_evidence(evidence)
    first = [str(said["why"])] if "why" in said else [method] if method else []
    verdict = [status] if status in ("accepted", "rejected") else []
    return "; ".join([*first, *_parts(said), *verdict])


def clause_fragment(evidence: str | None) -> str:
    """The words of the clause that the link rests on, or ''; a printed link rests on no words."""
    said = read_evidence(evidence)
    return str(said.get("clause", "")) if "item" in said else ""


def read_evidence(evidence: str | None) -> dict[str, Any]:
    """The stored evidence; {} where it is no JSON object."""
    try:
        said = json.loads(evidence or "{}")
    except json.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _parts(said: dict[str, Any]) -> Iterator[str]:
    if said.get("item") and said.get("clause"):
        yield f"“{said['item']}” ~ “{said['clause']}”"
    if said.get("shared"):
        yield f"shared: {'、'.join(map(str, said['shared']))}"
    if said.get("same_indicator"):
        yield f"same indicator: {said['same_indicator']}"
    if said.get("same_threshold"):
        yield f"same threshold: {said['same_threshold']}"
    elif said.get("thresholds"):
        yield f"promised | demanded: {said['thresholds']}"
    if said.get("decided_by"):
        yield f"decided by {said['decided_by']}"
