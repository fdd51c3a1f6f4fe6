"""Tables that go out to a person and come back: CSV or XLSX, as Excel opens them.

Only this module knows the library for workbooks, and loads it when a workbook is written or read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from extract.errors import ZhibiaoError
from kb.listing import BYTE_ORDER_MARK, plain

ENDINGS = (".csv", ".xlsx")
# how a cell begins that a spreadsheet would compute, in full width too where the system is Chinese or Japanese
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class UnreadableSheet(ZhibiaoError):
    """A table that somebody filled in cannot be read."""


def write_sheet(path: Path, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Write rows under a header to a .csv or .xlsx; text that looks like a formula stays text."""
    if path.suffix.lower() == ".xlsx":
        write_workbook(path, {"Sheet": rows}, {"Sheet": columns})
        return
    _check_ending(path)
    path.write_text(BYTE_ORDER_MARK + csv_text(rows, columns), encoding="utf-8", newline="")


def csv_text(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Rows under a header as CSV, without a byte-order mark; text that looks like a formula stays text.

    >>> csv_text([{"name": "=1+1", "less": -2.0}], ["name", "less"])
    "name,less\\r\\n'=1+1,-2\\r\\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_harmless(row[name]) for name in columns] for row in rows)
    return out.getvalue()


def read_sheet(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    """The rows of a .csv or .xlsx that has these columns, cells as trimmed text; blank rows are left out."""
    _check_ending(path)
    if not path.is_file():
        raise UnreadableSheet(f"{path}: no such file; name the table that was filled in")
    lines = _workbook_lines(path) if path.suffix.lower() == ".xlsx" else _csv_lines(path)
    header = [cell.strip() for cell in lines[0]] if lines else []
    missing = [name for name in columns if name not in header]
    if missing:
        raise UnreadableSheet(f"{path}: lacks the column {', '.join(missing)}; keep the header of the exported table")
    cells = (dict(zip(header, [_shown(cell) for cell in line], strict=False)) for line in lines[1:])
    return [{name: row.get(name, "") for name in header} for row in cells if any(row.values())]


def _check_ending(path: Path) -> None:
    if path.suffix.lower() not in ENDINGS:
        raise UnreadableSheet(f"{path}: tables are .csv or .xlsx; choose one of these endings")


def _harmless(value: Any) -> str:
    text = plain(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _shown(cell: str) -> str:
    """A cell as it was before it was made harmless."""
    text = cell.strip()
    return text[1:] if text.startswith(tuple(f"'{sign}" for sign in _FORMULA)) else text


def _csv_lines(path: Path) -> list[list[str]]:
    """The lines of a CSV in UTF-8, or in the Chinese code page in which Excel saves one without a mark."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))
        except UnicodeDecodeError:
            continue
        except csv.Error as error:
            raise UnreadableSheet(f"{path}: {error}; save it as CSV or XLSX again") from error
    raise UnreadableSheet(f"{path}: is neither UTF-8 nor GB18030; save it as “CSV UTF-8” or as XLSX")


def write_workbook(
    file: Path | BinaryIO, sheets: Mapping[str, Sequence[Mapping[str, Any]]], columns: Mapping[str, Sequence[str]]
) -> None:
    """Write a workbook of several sheets, each with its own rows and columns; names are made fit for Excel."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(_sheet_name(name))
        sheet.freeze_panes = "A2"
        sheet.append(list(columns[name]))
        for row in rows:
            cells = []
            for field in columns[name]:
                value = row[field]
                if isinstance(value, str):
                    value = WriteOnlyCell(sheet, _printable(value))
                    value.data_type = "s"  # never a formula, whatever the document prints
                cells.append(value)
            sheet.append(cells)
    book.save(file)


def _printable(text: str) -> str:
    """The text as a workbook can hold it: a control character, which XML has no place for, as the sign for that.

    >>> _printable("甲\\x00乙")
    '甲\ufffd乙'
    """
    return _CONTROL.sub("\ufffd", text)


def _sheet_name(name: str) -> str:
    """A name that Excel takes: 31 characters, none of those that it forbids.

    >>> _sheet_name("甲/乙[1]"), len(_sheet_name("市" * 40))
    ('甲 乙 1 ', 31)
    """
    return re.sub(r"[\\/*?:\[\]]", " ", name)[:31] or "Sheet"


def _workbook_lines(path: Path) -> list[list[str]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return [[_typed(cell) for cell in line] for line in sheet.iter_rows()]
    except Exception as error:  # whatever the library stumbles over, the file is to blame
        raise UnreadableSheet(f"{path}: is no workbook that can be read; save it as XLSX again") from error


def _typed(cell: Any) -> str:
    """A cell as it was typed: 95% is kept in a workbook as 0.95 and a format."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and str(cell.number_format).endswith("%"):
        return f"{plain(round(value * 100.0, 9))}%"
    return plain(value)
