"""Rows as a CSV file, written as they come: for Excel, or exactly for programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kb.listing import plain
from kb.sheets import harmless


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, for_excel: bool = True) -> int:
    """Write rows under a header and tell how many there were.

    For Excel with a byte-order mark, and text that looks like a formula stays text; else as RFC 4180 has it, exactly.
    """
    count = 0
    cell = harmless if for_excel else exactly
    with path.open("w", encoding="utf-8-sig" if for_excel else "utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\r\n")
        writer.writerow(columns)
        for count, row in enumerate(rows, 1):  # noqa: B007  how many there were is told
            writer.writerow([cell(row[name]) for name in columns])
    return count


def exactly(value: Any) -> str:
    """A value as a cell that reads back to the same value.

    >>> exactly(0.1 + 0.2), exactly(20.0), exactly(None)
    ('0.30000000000000004', '20', '')
    """
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return plain(value)
