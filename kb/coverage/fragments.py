"""Texts in the pieces that are compared: what stands between commas and stops."""

from __future__ import annotations

import re

STOPS = re.compile(r"[，,；;。！？\n]+")
LEAST = 4  # characters: a shorter piece says nothing of its own


def fragments(text: str) -> list[str]:
    """The pieces of a text that are long enough to be told apart.

    >>> fragments("制定方案，定期开展整治；并公布。")
    ['制定方案', '定期开展整治']
    """
    return [piece.strip() for piece in STOPS.split(text) if len(piece.strip()) >= LEAST]
