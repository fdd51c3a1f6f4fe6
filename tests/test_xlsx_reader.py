"""Excel workbooks: sheets as they are printed, merges told from blanks, what is hidden reported."""

from __future__ import annotations

import time
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

import pytest
from conftest import grids, shared_path, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from extract.document import extract
from extract.errors import UnreadableFile
from extract.pages import Reading, Table
from extract.readers.number_formats import printed
from extract.readers.xlsx import read_xlsx
from extract.records import Clause

Fill = Callable[[Worksheet], None]


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """Reads a workbook whose sheets are filled by these functions, or with these rows."""

    def read(*sheets: Fill | list[list[Any]], names: tuple[str, ...] = ()) -> Reading:
        book = Workbook()
        for number, sheet in enumerate(sheets):
            target = book.active if number == 0 else book.create_sheet()
            assert isinstance(target, Worksheet)
            if names:
                target.title = names[number]
            if callable(sheet):
                sheet(target)
            else:
                for row in sheet:
                    target.append(row)
        book.save(tmp_path / "made.xlsx")
        return read_xlsx(tmp_path / "made.xlsx")

    return read


# ---------------------------------------------------------------- numbers as printed

DAY = 42491.5  # noon of 2016-05-01


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (20.0, "General", "20"), (0.1 + 0.2, "General", "0.3"), (89.600000000000009, "General", "89.6"),
        (-5.0, "General", "-5"), (320400198001, "General", "320400198001"), (1e30, "General", "1E+30"),
        (95.456, "0.0", "95.5"), (0.125, "0.00", "0.13"), (2.5, "0", "3"), (-2.5, "0", "-3"), (-0.4, "0", "0"),
        (0.956, "0%", "96%"), (0.9564, "0.00%", "95.64%"), (1.005, "0.00%", "100.50%"),
        (1234567.891, "#,##0.00", "1,234,567.89"), (12, "#,##0", "12"), (0.5, "#.##", ".5"), (7, "000", "007"),
        (30, '0"分"', "30分"), (3, '"第"0"名"', "第3名"), (1.5, "0.0_ ", "1.5"), (5, "0\\年", "5年"),
        (-3, "0;[Red]-0", "-3"), (-3, "0_);(0)", "(3)"), (0, '0;-0;"—"', "—"), (12, "0;0;;@", "12"),
        (1500, '0.0,"千"', "1.5千"), (20, 'G/通用格式"分"', "20分"), (20, "@", "20"), (120, "[$¥-804]#,##0", "¥120"),
        (0.00012, "0.00E+00", "1.20E-04"), (150, '[>=100]"优";[<60]"差";0', "优"),
        (80, '[>=100]"优";[<60]"差";0', "80"),
        (DAY, "yyyy/m/d", "2016/5/1"), (DAY, 'yyyy"年"m"月"d"日"', "2016年5月1日"), (DAY, "yyyy-mm-dd;@", "2016-05-01"),
        (DAY, "yyyy.mm", "2016.05"), (DAY, "yy/m/d h:mm", "16/5/1 12:00"), (DAY, "[$-F800]dddd", "2016年5月1日"),
        (DAY, "[$-804]aaaa", "星期日"), (DAY, "m-d", "5-1"), (0.5, "h:mm AM/PM", "12:00 PM"),
        (0.75, "上午/下午h:mm", "下午6:00"), (0.25, "h:mm:ss", "6:00:00"),
        (1, "yyyy/m/d", "1900/1/1"), (DAY, "d-mmm-yy", "1-May-16"),
        (0.5, "# ?/?", None), (5, "[DBNum1]General", None), (1.5, "[h]:mm", None), (-1, "yyyy/m/d", None),
        (13800000000, "000-0000-0000", None),
    ],
)  # fmt: skip
def test_numbers_as_printed(value: float, code: str, expected: str | None) -> None:
    """Common formats are read as Excel prints them, halves rounded away from zero; what is not read is `None`."""
    assert printed(value, code) == expected


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.text('0#,.%"分;[]@?yE+-\\', max_size=12))
def test_no_format_breaks_the_reader(value: float, code: str) -> None:
    """Any number in any format, sensible or not, gives a text or `None`."""
    assert isinstance(printed(value, code), str | None)


@given(st.integers(1, 60_000))
def test_dates_are_the_days_excel_counts(serial: int) -> None:
    """Day 61 is 1 March 1900: Excel believes in a 29 February before it."""
    day = date(1899, 12, 30 if serial > 60 else 31) + timedelta(days=serial)
    if serial != 60:
        assert printed(serial, "yyyy-mm-dd") == day.isoformat()
    assert printed(serial, "yyyy-mm-dd", True) == (date(1904, 1, 1) + timedelta(days=serial)).isoformat()


def test_values_of_every_kind(made: Any) -> None:
    """Texts, numbers, dates, truths, errors and rich text are read as the sheet shows them."""

    def fill(sheet: Worksheet) -> None:
        bold = TextBlock(InlineFont(b=True), "质量")
        box = TextBlock(InlineFont(rFont="Wingdings 2"), "R")
        sheet.append(["指标", "甲", "乙", "丙"])
        sheet.append([95.5, True, "#DIV/0!", datetime(2016, 5, 1)])
        sheet.append([0.956, date(2016, 5, 1), CellRichText(bold, "强市"), CellRichText(box, "省会")])
        sheet.append(["20\ue000分", "第一行\n第二行", time_of_day(8, 30), " "])
        sheet["A3"].number_format = "0.0%"
        sheet["D2"].number_format = 'yyyy"年"m"月"'
        sheet["B3"].number_format = "yyyy/m/d"
        sheet["C4"].number_format = "h:mm"

    found = made(fill)
    assert grids(found) == [
        [["指标", "甲", "乙", "丙"], ["95.5", "TRUE", "#DIV/0!", "2016年5月"],
         ["95.6%", "2016/5/1", "质量强市", "☑省会"], ["20分", "第一行\n第二行", "8:30", ""]]
    ]  # fmt: skip
    (table,) = (item for page in found.pages for item in page.content)
    assert [(one.raw, one.place.page, one.place.line) for one in table.rows[3][:2]] == [
        ("20\ue000分", 1, 4),
        (None, 1, 4),
    ]


def test_formulas(made: Any) -> None:
    """A formula gives the value Excel stored; without one it is reported and nothing is calculated."""
    found = made([["项目", "分值"], ["合计", "=1+1"]])
    assert grids(found) == [[["项目", "分值"], ["合计", ""]]]
    assert [kind for kind, _ in found.doubts] == ["formula_without_value"]


def test_an_unknown_format_is_reported(made: Any) -> None:
    """A number in a format that is not read is given without it, with a doubt."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["项目", 0.5])
        sheet["B1"].number_format = "# ?/?"

    found = made(fill)
    assert (grids(found), [kind for kind, _ in found.doubts]) == ([[["项目", "0.5"]]], ["unknown_number_format"])


# ---------------------------------------------------------------- the shape of a sheet


def merged(rows: list[list[Any]], *ranges: str) -> Fill:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)
        for one in ranges:
            sheet.merge_cells(one)

    return fill


HEAD = ["序号", "项目", "分值"]


@pytest.mark.parametrize(
    ("rows", "ranges", "blocks", "tables"),
    [
        # titles above, a note below
        ([["考核表"], ["单位：分"], HEAD, [1, "甲", 20], ["注：以年报为准，另行通知。"]], ["A1:C1"],
         ["考核表", "单位：分", "注：以年报为准，另行通知。"], [[HEAD, ["1", "甲", "20"]]]),
        # merged down and across, a blank beside them stays a blank
        ([HEAD, [1, "甲", 20], ["", "乙", ""], ["合计", "", 30]], ["A2:A3", "A4:B4"], [],
         [[HEAD, ["1", "甲", "20"], [None, "乙", ""], ["合计", None, "30"]]]),
        # a merge beyond the last filled row and column does not widen the table
        ([HEAD, [1, "甲", 20]], ["A2:A9", "C2:H2"], [], [[HEAD, ["1", "甲", "20"]]]),
        # a header of two rows, the first merged
        ([["序号", "考核", ""], ["", "项目", "分值"], [1, "甲", 20]], ["A1:A2", "B1:C1"], [],
         [[["序号", "考核", None], [None, "项目", "分值"], ["1", "甲", "20"]]]),
        # a blank row parts two tables, a row inside a merge does not
        ([HEAD, [1, "甲", 20], [], HEAD, [1, "乙", 30]], [], [],
         [[HEAD, ["1", "甲", "20"]], [HEAD, ["1", "乙", "30"]]]),
        ([HEAD, [1, "甲", 20], [], [2, "乙", 30]], ["A2:A3"], [],
         [[HEAD, ["1", "甲", "20"], [None, "", ""], ["2", "乙", "30"]]]),
        # a section row inside a table stays in it; blank columns are none
        ([HEAD, ["一、基本条件"], [1, "甲", 20]], ["A2:C2"], [],
         [[HEAD, ["一、基本条件", None, None], ["1", "甲", "20"]]]),
        ([["序号", None, "项目"], [1, None, "甲"]], [], [], [[["序号", "项目"], ["1", "甲"]]]),
        # a short value alone in the last row is a cell
        ([HEAD, [1, "甲", 20], [2]], [], [], [[HEAD, ["1", "甲", "20"], ["2", "", ""]]]),
        # a letter typed into a sheet is text, line by line
        ([["关于开展考核的通知"], [], ["各单位：\n现将有关事项通知如下。"]], ["A1:F1"],
         ["关于开展考核的通知", "各单位：", "现将有关事项通知如下。"], []),
        ([], [], [], []),
    ],
)  # fmt: skip
def test_sheets(
    made: Any, rows: list[list[Any]], ranges: list[str], blocks: list[str], tables: list[list[list[str | None]]]
) -> None:
    """Texts that stand alone above and below are blocks; between them are tables, `None` merged away, `''` blank."""
    found = made(merged(rows, *ranges))
    assert (texts(found), grids(found)) == (blocks, tables)


def test_several_sheets(made: Any) -> None:
    """Each sheet is a page; a name that somebody gave it stands before it."""
    found = made([["甲", "1"]], [["乙", "2"]], names=("指标体系", "Sheet2"))
    assert [page.number for page in found.pages] == [1, 2]
    assert texts(found) == ["指标体系"]
    assert [(one.kind, one.text) for one in found.leftovers] == [("sheet_name", "Sheet2")]


def test_what_is_hidden_is_reported(made: Any) -> None:
    """Hidden rows and columns are read and reported; a hidden sheet is left over and reported."""

    def fill(sheet: Worksheet) -> None:
        for row in (HEAD, [1, "甲", 20], [2, "乙", 30]):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["C"].hidden = True

    def conceal(sheet: Worksheet) -> None:
        sheet.append(["旧", "表"])
        sheet.sheet_state = "hidden"

    found = made(fill, conceal, names=("表", "底稿"))
    assert grids(found) == [[HEAD, ["1", "甲", "20"], ["2", "乙", "30"]]]
    assert [kind for kind, _ in found.doubts] == ["hidden_row", "hidden_column", "hidden_sheet"]
    assert found.doubts[0][1] == "row 3 of the sheet 表 is hidden but read"
    assert [(one.kind, one.text) for one in found.leftovers] == [("sheet_name", "表"), ("hidden_sheet", "底稿\t旧\t表")]


def test_heads_comments_and_text_under_merges_are_left_over(made: Any, tmp_path: Path) -> None:
    """Page headers, comments, and what Excel hides under a merge are no cells."""

    def fill(sheet: Worksheet) -> None:
        for row in (HEAD, [1, "甲", 20], ["藏", "乙", 30]):
            sheet.append(row)
        sheet.oddHeader.center.text = "内部资料"
        sheet["B2"].comment = Comment("请核实", "某")

    made(fill)
    path = tmp_path / "made.xlsx"
    rewrite(
        path,
        "xl/worksheets/sheet1.xml",
        b"</sheetData>",
        b'</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
    )
    found = read_xlsx(path)
    assert grids(found) == [[HEAD, ["1", "甲", "20"], [None, "乙", "30"]]]
    left = {(one.kind, one.text) for one in found.leftovers if one.kind != "sheet_name"}
    assert left == {("merged_away", "藏"), ("running_head", "内部资料"), ("comment", "请核实")}


def rewrite(path: Path, member: str, old: bytes, new: bytes) -> None:
    """The same package with some bytes of a member changed."""
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    assert old in members[member]
    members[member] = members[member].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)


@st.composite
def merged_sheets(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """Rows, columns and rectangles of a sheet that do not touch each other."""
    height, width = draw(st.integers(2, 7)), draw(st.integers(2, 6))
    taken: set[tuple[int, int]] = set()
    merges = []
    for _ in range(draw(st.integers(0, 5))):
        top, left = draw(st.integers(1, height)), draw(st.integers(1, width))
        bottom, right = draw(st.integers(top, height)), draw(st.integers(left, width))
        places = {(i, j) for i in range(top, bottom + 1) for j in range(left, right + 1)}
        if len(places) > 1 and not places & taken:
            taken |= places
            merges.append((top, left, bottom, right))
    return height, width, merges


@settings(max_examples=40, deadline=None)
@given(merged_sheets())
def test_every_merge_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[int, int, list[tuple[int, int, int, int]]]
) -> None:
    """A sheet with any merges, written by openpyxl, keeps every text once, in its row and below nothing else's."""
    height, width, merges = case
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    expected: dict[tuple[int, int], str | None] = {}
    for i in range(1, height + 1):
        for j in range(1, width + 1):
            sheet.cell(i, j, f"文{i}.{j}")
            expected[i, j] = f"文{i}.{j}"
    for top, left, bottom, right in merges:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        expected |= {(i, j): None for i in range(top, bottom + 1) for j in range(left, right + 1)}
        expected[top, left] = f"文{top}.{left}"
    path = tmp_path_factory.mktemp("merges") / "sheet.xlsx"
    book.save(path)
    found = read_xlsx(path)
    items = [item for page in found.pages for item in page.content]
    kept = [j for j in range(1, width + 1) if any(expected[i, j] for i in range(1, height + 1))]
    for item in items:
        if isinstance(item, Table):
            for cells in item.rows:
                line = cells[0].place.line
                assert line is not None
                assert [one.text for one in cells] == [expected[line, j] for j in kept]
    shown = Counter(text for text in expected.values() if text)
    assert Counter([*texts(found), *(text for grid in grids(found) for row in grid for text in row if text)]) == shown


# ---------------------------------------------------------------- real files


def test_every_value_of_a_real_workbook_is_kept(shared: Path) -> None:
    """The characters openpyxl finds are those of blocks and cells together."""
    path = shared / "corpus" / "native" / "guide-2009.xlsx"
    there: Counter[str] = Counter()
    for sheet in load_workbook(path, data_only=True).worksheets:
        there += Counter("".join(sheet.title.split()))
        for row in sheet.iter_rows(values_only=True):
            there += Counter("".join("".join(str(value).split()) for value in row if value is not None))
    found = read_xlsx(path)
    kept = Counter("".join("".join(texts(found)).split()))
    kept += Counter("".join("".join(text or "" for grid in grids(found) for row in grid for text in row).split()))
    assert (there - kept, kept - there) == (Counter(), Counter())


def test_a_real_workbook_gives_facts() -> None:
    """A workbook goes through layout and families like a text."""
    found = extract(read_xlsx(shared_path() / "corpus" / "native" / "guide-2009.xlsx"))
    assert sum(isinstance(fact, Clause) and fact.kind == "scored" for fact in found.facts) == 98


# ---------------------------------------------------------------- files that are no workbook, or a hostile one


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
        (b"%PDF-1.4", r"ending \.pdf"),
        ("指标,分值".encode(), "plain text"),
        (b"<html><table>", r"ending \.html"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook\0".encode("utf-16-le"), "save it as XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage\0".encode("utf-16-le"), "password"),
    ],
)
def test_other_files_are_refused_in_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    """What is no workbook is told by its first bytes."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=message) as raised:
        read_xlsx(path)
    assert "\n" not in str(raised.value)


def test_a_truncated_workbook_is_refused(made: Any, tmp_path: Path) -> None:
    """A workbook cut off anywhere ends in one line."""
    made([HEAD, [1, "甲", 20]])
    path = tmp_path / "made.xlsx"
    whole = path.read_bytes()
    for length in range(4, len(whole) - 1, 397):
        path.write_bytes(whole[:length])
        with pytest.raises(UnreadableFile, match="damaged"):
            read_xlsx(path)


MERGE = b"</sheetData><mergeCells>%s</mergeCells>"


@pytest.mark.parametrize(
    ("member", "old", "new", "message"),
    [
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<a>" * 300, "deeper"),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"", "no valid XML"),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", MERGE % (b'<mergeCell ref="A1:B2"/>' * 50_001), "merges more"),
        ("xl/workbook.xml", b"<workbook ", b"<other ", "damaged"),
        ("_rels/.rels", b"xl/workbook.xml", b"xl/workbook.bin", "XLSB"),
    ],
)
def test_hostile_workbooks_are_refused(
    made: Any, tmp_path: Path, member: str, old: bytes, new: bytes, message: str
) -> None:
    """Deep XML, broken XML, merges without end, and other kinds of workbook end in one line."""
    made([HEAD, [1, "甲", 20]])
    path = tmp_path / "made.xlsx"
    if b"</other>" not in new and new.startswith(b"<other"):
        rewrite(path, member, b"</workbook>", b"</other>")
    rewrite(path, member, old, new)
    with pytest.raises(UnreadableFile, match=message):
        read_xlsx(path)


@pytest.mark.parametrize(
    ("change", "grid"),
    [
        (MERGE % b'<mergeCell ref="A1:XFD1048576"/>', [["序号"]]),
        (MERGE % b'<mergeCell ref="B2:XFD1048576"/>', None),
        (MERGE % b'<mergeCell ref="nonsense"/><mergeCell ref="A1"/>', None),
        (b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>', None),
        (b'<row r="99999999999"><c r="ZZZ1" t="s"><v>77777</v></c></row></sheetData>', None),
    ],
)
def test_far_cells_and_wide_merges_cost_nothing(
    made: Any, tmp_path: Path, change: bytes, grid: list[list[str]] | None
) -> None:
    """A merge over the whole sheet, a cell in its last corner and nonsense references are read at once."""
    made([HEAD, [1, "甲", 20]])
    path = tmp_path / "made.xlsx"
    rewrite(path, "xl/worksheets/sheet1.xml", b"</sheetData>", change)
    begin = time.process_time()
    found = read_xlsx(path)
    assert time.process_time() - begin < 2
    assert "序号" in [*texts(found), *(text for rows in grids(found) for row in rows for text in row)]


def long_workbook(path: Path, rows: int, columns: int) -> Path:
    """A sheet of so many rows, written without a library."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        relations = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
        )
        package.writestr(
            "_rels/.rels", relations % f'<Relationship Id="a" Type="{r}/officeDocument" Target="xl/workbook.xml"/>'
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            relations % f'<Relationship Id="a" Type="{r}/worksheet" Target="worksheets/sheet1.xml"/>',
        )
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{ns}" xmlns:r="{r}"><sheets><sheet name="表" sheetId="1" r:id="a"/></sheets></workbook>',
        )
        row = "<row>" + "<c><v>7</v></c>" * columns + "</row>"
        sheet = f'<worksheet xmlns="{ns}"><sheetData>{row * rows}</sheetData></worksheet>'
        package.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


def test_a_sheet_of_100_000_rows(tmp_path: Path) -> None:
    """A sheet that is no document any more is refused within seconds, in one line that says what to do."""
    path = long_workbook(tmp_path / "long.xlsx", 100_000, 8)
    begin = time.process_time()
    with pytest.raises(UnreadableFile, match="200,000 filled cells"):
        read_xlsx(path)
    assert time.process_time() - begin < 20


@pytest.mark.slow
def test_a_long_sheet_below_the_bound_is_read(tmp_path: Path) -> None:
    """100,000 rows of two columns are read whole."""
    found = read_xlsx(long_workbook(tmp_path / "long.xlsx", 100_000, 2))
    assert [len(grid) for grid in grids(found)] == [100_000]


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    """A sheet that unpacks to more than any document is not unpacked."""
    path = long_workbook(tmp_path / "bomb.xlsx", 1, 1)
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["xl/worksheets/sheet1.xml"] = bytes(300 * 2**20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    assert path.stat().st_size < 2**20
    with pytest.raises(UnreadableFile, match="300 MB"):
        read_xlsx(path)
