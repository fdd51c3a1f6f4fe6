"""Texts in the pieces that are compared: what stands between stops, and between commas inside that."""

from __future__ import annotations

import re

COMMAS = re.compile(r"[，,]+")
STOPS = re.compile(r"[；;。！？\n]+")
LEAST = 4  # characters: a shorter piece says nothing of its own


def statements(text: str) -> list[str]:
    """The pieces between stops.

    >>> statements("制定方案，定期开展整治；并公布。")
    ['制定方案，定期开展整治', '并公布']
    """
    return [piece.strip() for piece in STOPS.split(text) if piece.strip()]


def fragments(text: str) -> list[str]:
    """The pieces between commas and stops that are long enough to be told apart.

    >>> fragments("制定方案，定期开展整治；并公布。")
    ['制定方案', '定期开展整治']
    """
    pieces = (piece.strip() for statement in statements(text) for piece in COMMAS.split(statement))
    return [piece for piece in pieces if len(piece) >= LEAST]
