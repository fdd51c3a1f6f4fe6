"""The record of one thing the doctor looked at: how it stands, what was found, what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "missing", "due", "broken"]


@dataclass(frozen=True, slots=True)
class Line:
    """What was looked at and how it stands.

    `missing` is not installed, `due` wants a command that brings it up to date, `broken` makes the exit code 1.
    `means` is what the thing is for, and what to do where it is not `ok`.
    """

    part: str  # installed | settings | base | order
    name: str
    status: Status
    found: str
    means: str = ""
