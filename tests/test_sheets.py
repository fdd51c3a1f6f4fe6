"""`kb.sheets`: tables that Excel opens, and that come back as they were; what is wrong is one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from kb.sheets import UnreadableSheet, read_sheet, write_sheet, write_workbook

ROWS = [{"name": "=1+1", "count": 2, "note": "第一行\n第二行"}, {"name": "市质监局，某某", "count": None, "note": "-"}]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "CSV"])
def test_a_table_comes_back_as_it_was(tmp_path: Path, ending: str) -> None:
    """Chinese, line breaks, numbers, and text that looks like a formula."""
    file = tmp_path / f"table.{ending}"
    write_sheet(file, ROWS, ["name", "count", "note"])
    assert read_sheet(file, ["name"]) == [
        {"name": "=1+1", "count": "2", "note": "第一行\n第二行"},
        {"name": "市质监局，某某", "count": "", "note": "-"},
    ]


def test_excel_computes_nothing(tmp_path: Path) -> None:
    """A formula in a document is text in both formats; CSV begins with a byte-order mark."""
    write_sheet(tmp_path / "a.csv", ROWS, ["name"])
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfname\r\n'=1+1")
    write_sheet(tmp_path / "a.xlsx", ROWS, ["name"])
    cell = load_workbook(tmp_path / "a.xlsx").worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_share_comes_back_as_it_was_typed(tmp_path: Path) -> None:
    """A workbook keeps 97.5% as 0.975 with a format, and empty cells as nothing."""
    write_sheet(tmp_path / "a.xlsx", [{"name": "率", "share": None}, {"name": "数", "share": 3}], ["name", "share"])
    book = load_workbook(tmp_path / "a.xlsx")
    book.worksheets[0]["B2"] = 0.975
    book.worksheets[0]["B2"].number_format = "0.0%"
    book.save(tmp_path / "a.xlsx")
    assert [row["share"] for row in read_sheet(tmp_path / "a.xlsx", ["name"])] == ["97.5%", "3"]


def test_a_table_that_excel_saved_in_its_code_page(tmp_path: Path) -> None:
    """CSV in GB18030, blank lines and cells left out at the end of a line are read."""
    (tmp_path / "a.csv").write_bytes("name,note\r\n市质监局\r\n,\r\n".encode("gb18030"))
    assert read_sheet(tmp_path / "a.csv", ["name"]) == [{"name": "市质监局", "note": ""}]


def test_a_workbook_of_several_sheets(tmp_path: Path) -> None:
    """Every sheet has its own columns; names that Excel refuses are made fit."""
    file = tmp_path / "a.xlsx"
    write_workbook(file, {"甲/乙": ROWS, "合计": [{"sum": 3}]}, {"甲/乙": ["name", "count"], "合计": ["sum"]})
    book = load_workbook(file)
    assert book.sheetnames == ["甲 乙", "合计"]
    assert [cell.value for cell in book["甲 乙"]["A"]] == ["name", "=1+1", "市质监局，某某"]
    assert book["甲 乙"]["A2"].data_type == "s"
    assert book["合计"]["A2"].value == 3


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"name\n1", "lacks the column note"),
        ("a.csv", b"", "lacks the column note"),
        ("a.txt", b"note", "tables are .csv or .xlsx"),
        ("a.xlsx", b"note", "is no workbook that can be read"),
        ("a.csv", b"note\n\xff\xff", "is neither UTF-8 nor GB18030"),
        ("b.csv", None, "no such file"),
    ],
)
def test_what_cannot_be_read_is_one_line(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    """The line names the file and says what to do."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableSheet, match=message) as error:
        read_sheet(tmp_path / name, ["note"])
    assert "\n" not in str(error.value)
