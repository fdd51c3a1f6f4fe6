"""Rows of a listing as an aligned table, CSV, JSON or a Markdown table."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

Format = Literal["table", "csv", "json", "md"]
FORMATS: tuple[str, ...] = get_args(Format)
WIDEST = 60  # columns of the screen for one cell of a table: the other formats give the whole text
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes a CSV file for the system's code page

Rows = Sequence[Mapping[str, Any]]


def listing(rows: Rows, form: Format, columns: Sequence[str] | None = None) -> str:
    """The rows in one of the four formats, without a line break at the end; `columns` chooses and orders.

    >>> print(listing([{"name": "市质监局", "leads": 3}, {"name": "市府", "leads": None}], "table"))
    name      leads
    --------  -----
    市质监局      3
    市府
    >>> print(listing([{"name": "市府", "leads": 0.5}], "md"))
    | name | leads |
    | --- | ---: |
    | 市府 | 0.5 |
    """
    names = list(columns if columns is not None else rows[0] if rows else ())
    match form:
        case "json":
            return json.dumps([{name: row[name] for name in names} for row in rows], ensure_ascii=False, indent=2)
        case "csv":
            return _csv(rows, names)
        case "md":
            return _markdown(rows, names)
        case "table":
            return _table(rows, names)


def save_listing(rows: Rows, form: Format, file: Path, columns: Sequence[str] | None = None) -> None:
    """Write a listing to a file; CSV begins with a byte-order mark there."""
    text = listing(rows, form, columns) + "\n"
    file.write_text((BYTE_ORDER_MARK if form == "csv" else "") + text, encoding="utf-8", newline="")


def width(text: str) -> int:
    """The columns of the screen that a text takes: wide characters take two, combining ones none.

    >>> width("市质监局ab"), width("e\\u0301")
    (10, 1)
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def clipped(text: str, columns: int) -> str:
    """The text on one line of at most `columns` columns, with … where it was cut.

    >>> clipped("全市产品质量\\n监督抽查", 10)
    '全市产品…'
    """
    line = visible(text)
    if width(line) <= columns:
        return line
    kept, used = [], 1
    for char in line:
        used += width(char)
        if used > columns:
            break
        kept.append(char)
    return "".join(kept) + "…"


def visible(text: str) -> str:
    """The text on one line, without characters that steer a terminal: documents are not to be trusted.

    >>> visible("a\\x1b[31m\\nb")
    'a[31m b'
    """
    spaced = " ".join(text.split())
    return "".join(char for char in spaced if unicodedata.category(char) not in ("Cc", "Cf"))


def plain(value: Any) -> str:
    """A value as it is printed: nothing for None, no `.0` behind whole numbers.

    >>> [plain(value) for value in (None, 20.0, 0.5, "—", 1)]
    ['', '20', '0.5', '—', '1']
    """
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _table(rows: Rows, names: Sequence[str]) -> str:
    if not rows:
        return "(none)"
    cells = [list(names), *([clipped(plain(row[name]), WIDEST) for name in names] for row in rows)]
    widths = [max(width(line[n]) for line in cells) for n in range(len(names))]
    right = [_is_number(rows, name) for name in names]
    cells.insert(1, ["-" * columns for columns in widths])
    return "\n".join(_line(line, widths, right) for line in cells)


def _line(cells: Iterable[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    """One line of a table, numbers to the right, no spaces at the end."""
    padded = []
    for cell, columns, is_right in zip(cells, widths, right, strict=True):
        space = " " * (columns - width(cell))
        padded.append(space + cell if is_right else cell + space)
    return "  ".join(padded).rstrip()


def _is_number(rows: Rows, name: str) -> bool:
    """Whether a column holds numbers and nothing else."""
    values = [row[name] for row in rows if row[name] is not None]
    return bool(values) and all(isinstance(value, int | float) for value in values)


def _csv(rows: Rows, names: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([plain(row[name]) for name in names] for row in rows)
    return out.getvalue().removesuffix("\n")


def _markdown(rows: Rows, names: Sequence[str]) -> str:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cells) + " |"

    rule = ("---:" if _is_number(rows, name) else "---" for name in names)
    body = (line(visible(plain(row[name])).replace("\\", "\\\\").replace("|", "\\|") for name in names) for row in rows)
    return "\n".join((line(names), line(rule), *body))
