"""Tables that go out to a person and come back: CSV or XLSX, as Excel opens them.

Only this module knows the library for workbooks, and loads it when a workbook is written or read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from extract.errors import ZhibiaoError
from kb.listing import BYTE_ORDER_MARK, plain, width

ENDINGS = (".csv", ".xlsx")
# how a cell begins that a spreadsheet would compute, in full width too where the system is Chinese or Japanese
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


# what Excel takes: rows and links of a sheet, characters of a cell
MOST_ROWS, MOST_LINKS, MOST_CHARACTERS = 1_048_576, 65_530, 32_767
NARROWEST, WIDEST_COLUMN, MEASURED = 6, 60, 500  # digits, digits, rows whose texts are measured


class TooLongSheet(ZhibiaoError):
    """An answer has more rows than a sheet can hold."""


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
    writer.writerows([harmless(row[name]) for name in columns] for row in rows)
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


def harmless(value: Any) -> str:
    """A value as a cell that no spreadsheet computes."""
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
    names = sheet_names(sheets)
    write_book(file, [Sheet(name, columns[key], rows) for name, (key, rows) in zip(names, sheets.items(), strict=True)])


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


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook; `above` are lines over the header.

    `link` gives the address of a cell by its column and its row: a URL, `#` and a place in the workbook, or None.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    above: Sequence[str] = ()
    link: Callable[[str, Mapping[str, Any]], str | None] = lambda _column, _row: None

    def row_number(self, index: int) -> int:
        """The number that Excel gives the row at this index."""
        return len(self.above) + 2 + index


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Names that Excel takes, each once whatever the case.

    >>> sheet_names(["甲/乙", "甲:乙", "A", "a"])
    ['甲 乙', '甲 乙 2', 'A', 'a 2']
    """
    found: dict[str, str] = {}
    for title in titles:
        name, number = _sheet_name(title), 2
        while name.lower() in found:
            name, number = f"{_sheet_name(title)[:28]} {number}", number + 1
        found[name.lower()] = name
    return list(found.values())


def write_book(file: Path | BinaryIO, sheets: Sequence[Sheet], title: str = "", made_by: str = "zhibiao") -> None:
    """Write a workbook to look around in: headers frozen and filtered, columns as wide as their texts, cells linked.

    Raises TooLongSheet where a sheet has more rows than Excel takes.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator, book.properties.lastModifiedBy = title, made_by, made_by
    fonts = {"header": Font(bold=True), "link": Font(color="0563C1", underline="single")}
    for sheet in sheets:
        if len(sheet.rows) + len(sheet.above) + 1 > MOST_ROWS:
            raise TooLongSheet(f"{sheet.name}: {len(sheet.rows)} rows are more than Excel takes; export --to csv")
        _write_sheet_of_book(book.create_sheet(sheet.name), sheet, fonts)
    book.save(file)


def _write_sheet_of_book(page: Any, sheet: Sheet, fonts: Mapping[str, Any]) -> None:
    from openpyxl.utils import get_column_letter

    header = len(sheet.above) + 1
    last = f"{get_column_letter(max(1, len(sheet.columns)))}{header + len(sheet.rows)}"
    page.freeze_panes = f"A{header + 1}"
    page.auto_filter.ref = f"A{header}:{last}"
    for number, name in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = _width(name, sheet.rows)
    for line in sheet.above:
        page.append([_text_cell(page, line)])
    page.append([_text_cell(page, name, fonts["header"]) for name in sheet.columns])
    links = 0
    for number, row in enumerate(sheet.rows, header + 1):
        cells = [_text_cell(page, row[name]) for name in sheet.columns]
        for place, name in enumerate(sheet.columns, 1):
            target = sheet.link(name, row) if links < MOST_LINKS else None
            if target is not None and row[name] is not None:
                cells[place - 1] = _linked(page, row[name], target, f"{get_column_letter(place)}{number}", fonts)
                links += 1
        page.append(cells)


def _text_cell(page: Any, value: Any, font: Any = None) -> Any:
    """A value as a cell: a text is never a formula, a figure stays a figure."""
    from openpyxl.cell import WriteOnlyCell

    text = _printable(value)[:MOST_CHARACTERS] if isinstance(value, str) else value
    if font is None and not (isinstance(value, str) and value.startswith(("=", "#"))):
        return text  # only those two signs make it anything else
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell


def _linked(page: Any, value: Any, target: str, place: str, fonts: Mapping[str, Any]) -> Any:
    from openpyxl.worksheet.hyperlink import Hyperlink

    inside = target.startswith("#")
    link = Hyperlink(ref=place, location=target[1:] if inside else None, target=None if inside else target)
    cell = _text_cell(page, plain(value), fonts["link"])
    cell._hyperlink = link  # its own setter takes every target for a URL
    return cell


def _width(name: str, rows: Sequence[Mapping[str, Any]]) -> float:
    """How wide a column is to be, in digits: as its longest text among the first rows, within bounds."""
    longest = max((width(plain(row[name])[:WIDEST_COLUMN]) for row in rows[:MEASURED]), default=0)
    return min(max(longest, width(name) + 3, NARROWEST), WIDEST_COLUMN) + 1.0
