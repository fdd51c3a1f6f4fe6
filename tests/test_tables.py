"""The stitcher rule by rule: headers, pieces of one table, merged cells, page turns, section rows, roles by looks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.layout import Grid, Layout, lay_out
from extract.pages import Box, Cell, Page, Place, Reading, Table
from extract.readers.docx import read_docx
from extract.readers.pdf import read_pdf
from extract.tables import column_role, stitched
from extract.tables.looks import Kind, column_kind
from extract.tables.roles import roles_by_looks

HEIGHT = 20.0


def table(*rows: str, page: int = 1, edges: tuple[int, ...] = (), top: float = 0.0, spans_known: bool = True) -> Table:
    """A table from rows whose cells are parted by |; ~ is a cell merged away.  With edges every cell has its box."""
    lines = [row.split("|") for row in rows]
    cells = [
        tuple(Cell(None if text == "~" else text, place(lines, r, c, page, edges, top)) for c, text in enumerate(line))
        for r, line in enumerate(lines)
    ]
    return Table(tuple(cells), Place(page), spans_known)


def place(lines: list[list[str]], row: int, column: int, page: int, edges: tuple[int, ...], top: float) -> Place:
    """Where a printed cell stands: over the merged cells to its right, then over those below it."""
    if not edges or lines[row][column] == "~":
        return Place(page)
    right, bottom = column + 1, row + 1
    while right < len(lines[row]) and lines[row][right] == "~" and (row == 0 or lines[row - 1][right] == "~"):
        right += 1
    while bottom < len(lines) and lines[bottom][column] == "~":
        bottom += 1
    box = (edges[column], top + row * HEIGHT, edges[right], top + bottom * HEIGHT)
    return Place(page, None, (Box(page, box),))


def layout(*tables: Table) -> Layout:
    return lay_out(Reading("pdf", tuple(Page(number, (piece,)) for number, piece in enumerate(tables, 1))))


def grids(*tables: Table) -> list[Grid]:
    return [item for item in layout(*tables).content if isinstance(item, Grid)]


def whole(*tables: Table) -> list[str]:
    """The rows of the only grid, every merged cell in full."""
    (grid,) = grids(*tables)
    return ["|".join(cell.whole.replace("\n", "") for cell in row) for row in grid.rows]


# ---------------------------------------------------------------- headers


@pytest.mark.parametrize(
    ("rows", "header", "roles"),
    [
        (["序号|工作任务|牵头单位", "1|做事|甲局"], ("序号", "工作任务", "牵头单位"), ("ordinal", "task", "lead")),
        (["牵头单位|序号|工作任务", "甲局|1|做事"], ("牵头单位", "序号", "工作任务"), ("lead", "ordinal", "task")),
        (
            ["序号|工作任务|责任单位|~", "~|~|牵头|配合", "1|做事|甲局|乙局"],
            ("序号", "工作任务", "责任单位\n牵头", "责任单位\n配合"),
            ("ordinal", "task", "lead", "support"),
        ),
        (
            ["责任单位|~|序号|工作任务", "牵头|配合|~|~", "甲局|乙局|1|做事"],
            ("责任单位\n牵头", "责任单位\n配合", "序号", "工作任务"),
            ("lead", "support", "ordinal", "task"),
        ),
        (
            ["任务表|~|~", "序号|工作任务|完成时间", "1|做事|2024年"],
            ("序号", "工作任务", "完成时间"),
            ("ordinal", "task", "deadline"),
        ),
        (["1|做事|甲局", "2|做人|乙局"], (), (None, None, None)),
    ],
)
def test_a_header_is_known_by_its_words(rows: list[str], header: tuple[str, ...], roles: tuple[str, ...]) -> None:
    """In any order, below titles, over one row or two; rows without header words are entries."""
    (grid,) = grids(table(*rows))
    assert (grid.header, grid.roles) == (header, roles)


def test_a_two_row_header_of_flattened_text_is_joined() -> None:
    """Where merged cells look blank, a header cell still stretches over the blank beside it."""
    rows = ["序号|工作任务|责任单位||完成时限", "||牵头|配合|", "1|做事|甲局|乙局|2024年"]
    (grid,) = grids(table(*rows, spans_known=False))
    assert grid.header == ("序号", "工作任务", "责任单位\n牵头", "责任单位\n配合", "完成时限")
    assert len(grid.rows) == 1


UNKNOWN = ["甲乙|丙丁|戊己", "1|春雨惊春清谷天，夏满芒夏暑相连|2024年", "2|秋处露秋寒霜降，冬雪雪冬小大寒|2025年"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (UNKNOWN, True),
        (["节气歌|~|~", *UNKNOWN], True),
        (["甲乙|丙丁|", *UNKNOWN[1:]], False),  # a blank cell is no header word
        (["甲乙|3|戊己", *UNKNOWN[1:]], False),  # nor is a number
        (["甲乙|丙丁|~", *UNKNOWN[1:]], False),  # a header cell over two columns that no lower one divides: a form
        (["甲乙|丙丁|戊己", "庚辛|壬癸|子丑", "寅卯|辰巳|午未"], False),  # the cells below look the same
    ],
)
def test_a_header_is_known_by_its_looks(rows: list[str], found: bool) -> None:
    """Short words over cells of another kind are a header even where nobody knows the words."""
    (grid,) = grids(table(*rows))
    assert bool(grid.header) is found


def test_a_first_row_that_comes_back_is_the_header() -> None:
    """A label row that the next page begins with again is no entry, however little stands below it."""
    first, second = table("甲乙|丙丁", "子丑|寅卯"), table("甲乙|丙丁", "辰巳|午未", page=2)
    (grid,) = grids(first, second)
    assert (grid.header, len(grid.rows)) == (("甲乙", "丙丁"), 2)
    assert [left.kind for left in layout(first, second).leftovers] == ["repeated_header"]


@pytest.mark.parametrize(
    ("again", "tables"),
    [
        ("考核内容|分值|考核评分办法", 1),  # a synonym
        ("考核内容|分 值|考核评分方法", 1),
        ("考核内客|分值|考核评分方法", 1),  # a misread character
        ("工作任务|分值|牵头单位", 2),
    ],
)
def test_a_header_printed_again_may_differ_a_little(again: str, tables: int) -> None:
    """Synonyms, spaces and a misread character make no new table; other columns do."""
    found = grids(table("考核内容|分值|考核评分方法", "甲|5|有"), table(again, "乙|6|没有", page=2))
    assert len(found) == tables


def test_a_row_that_counts_the_columns_is_no_entry() -> None:
    """1, 2, 3 under the header words number the columns."""
    assert whole(table("序号|工作任务|牵头单位", "1|2|3", "1|做事|甲局")) == ["1|做事|甲局"]


# ---------------------------------------------------------------- pieces of one table


HEAD = "序号|工作任务|牵头单位"
EDGES = (0, 40, 240, 300)


@pytest.mark.parametrize(
    ("edges", "page", "joined"),
    [
        (EDGES, 2, True),
        ((1, 41, 241, 301), 2, True),  # drawn a point further right
        ((30, 70, 270, 330), 2, True),  # facing pages are shifted as a whole
        ((0, 100, 200, 300), 2, False),  # other columns
        (EDGES, 3, False),  # a page lies between
        (EDGES, 1, False),  # another table further down on the same page
    ],
)
def test_a_piece_without_header_goes_on_where_its_columns_stand(
    edges: tuple[int, ...], page: int, joined: bool
) -> None:
    """The next page goes on with a table whose columns stand at the same places."""
    first = table(HEAD, "1|做事。|甲局", edges=EDGES)
    second = table("2|做人。|乙局", edges=edges, page=page, top=400.0)
    assert len(grids(first, second)) == (1 if joined else 2)


def test_a_page_may_show_fewer_columns() -> None:
    """Columns that no row of a page parts are there all the same: a section row alone at its end."""
    first = table(HEAD, "1|做事。|甲局", edges=EDGES)
    cell = Cell("二、服务", Place(2, None, (Box(2, (0, 0, 300, 20)),)))
    third = table("2|做人。|乙局", edges=EDGES, page=3)
    (grid,) = grids(first, Table(((cell,),), Place(2)), third)
    assert [(section.before, section.cells[0][1].text) for section in grid.sections] == [(1, "二、服务")]
    assert len(grid.rows) == 2


# ---------------------------------------------------------------- merged cells and blanks


def test_merged_cells_are_carried_down_and_across() -> None:
    """A carried place has the passage of its cell and no text of its own; a blank one has no passage."""
    (grid,) = grids(
        table("指标|工作任务|牵头单位|配合单位", "安全|1.1甲。|甲局|~", "~|1.2乙。|乙局|", "环境|2.1丙。|~|丙局")
    )
    assert ["|".join(cell.whole for cell in row) for row in grid.rows] == [
        "安全|1.1甲。|甲局|甲局",
        "安全|1.2乙。|乙局|",
        "环境|2.1丙。|乙局|丙局",
    ]
    carried, blank = grid.rows[1][0], grid.rows[1][3]
    assert carried.merged
    assert carried.text == ""
    assert carried.passage is grid.rows[0][0].passage
    assert not blank.merged
    assert blank.passage is None


def test_blanks_of_flattened_text_are_carried_where_they_must_be_merged() -> None:
    """Clauses and their points go on; a department goes on only where every blank beside a blank clause is its own."""
    head = "考核内容|分值|工作任务|牵头单位|配合单位"
    rows = ["甲类|10|1.1甲。|甲局|乙局", "||1.2乙。||", "乙类|5|2.1丙。||丙局", "||2.2丁。||甲局", "||2.3戊。||"]
    assert whole(table(head, *rows, spans_known=False)) == [
        "甲类|10|1.1甲。|甲局|乙局",
        "甲类|10|1.2乙。|甲局|",
        "乙类|5|2.1丙。||丙局",
        "乙类|5|2.2丁。||甲局",
        "乙类|5|2.3戊。||",
    ]


# ---------------------------------------------------------------- page turns

WIDE = "考核内容|分值|工作任务|完成时间|牵头单位|配合单位"
ABOVE = [
    "1. 食品抽检合格。|10|1.1开展抽检。|2024年|市甲局|市乙局",
    "~|~|1.2公布结果。|2024年|市乙局|",
    "2. 建立追溯体系。|20|2.1选定企业。|2024年|市甲局|市丙局",
    "~|~|2.2建立平台，|2025年|市丙局|市甲局",
]


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        # the rest of a row
        (["||接入数据。|||", "~|~|2.3检查平台。|2025年|市丁局|"], [
            "2. 建立追溯体系。|20|2.2建立平台，接入数据。|2025年|市丙局|市甲局",
            "2. 建立追溯体系。|20|2.3检查平台。|2025年|市丁局|",
        ]),
        # a merge that goes on, and a true blank beside it
        (["||2.3检查平台。|2025年|市丁局|"], [
            "2. 建立追溯体系。|20|2.2建立平台，|2025年|市丙局|市甲局",
            "2. 建立追溯体系。|20|2.3检查平台。|2025年|市丁局|",
        ]),
        (["~|~|2.3检查平台。|2025年|市丁局|"], [
            "2. 建立追溯体系。|20|2.2建立平台，|2025年|市丙局|市甲局",
            "2. 建立追溯体系。|20|2.3检查平台。|2025年|市丁局|",
        ]),
        # a new group, its points lost to the reader of the page: blank, not those of the group above
        (["3. 推广清洁能源。||3.1制定方案。|2025年|市丁局|"], [
            "2. 建立追溯体系。|20|2.2建立平台，|2025年|市丙局|市甲局",
            "3. 推广清洁能源。||3.1制定方案。|2025年|市丁局|",
        ]),
    ],
)  # fmt: skip
def test_a_page_turn_is_read_by_its_signs(below: list[str], expected: list[str]) -> None:
    """A row cut in two is one row, a merge goes on, a new number begins anew, a true blank stays blank."""
    edges = (0, 80, 110, 250, 300, 360, 420)
    for head in ((), (WIDE,)):
        found = whole(table(WIDE, *ABOVE, edges=edges), table(*head, *below, edges=edges, page=2))
        assert found[3:] == expected


def test_the_rest_of_a_merged_cell_may_stand_beside_a_new_row() -> None:
    """Text that returns at the top of the next page in a merged column belongs to the cell above."""
    rows = [row.replace("建立追溯体系。", "建立追溯体系，") for row in ABOVE]
    found = whole(table(WIDE, *rows), table("接入全部企业。||2.3检查平台。|2025年|市丁局|", page=2))
    assert found[-1].startswith("2. 建立追溯体系，接入全部企业。|20|2.3检查平台。")


def test_a_cut_cell_has_the_boxes_of_both_pages() -> None:
    """A passage put together over a page turn points to all its places."""
    edges = (0, 80, 110, 250, 300, 360, 420)
    (grid,) = grids(table(WIDE, *ABOVE, edges=edges), table("||接入数据。|||", edges=edges, page=2))
    passage = grid.rows[-1][2].passage
    assert passage is not None
    assert [box.page for box in passage.place.boxes] == [1, 2]


# ---------------------------------------------------------------- section rows


def test_rows_that_divide_a_table_are_no_entries() -> None:
    """One cell over all columns, or 一、 with a title and points and nothing judged; notes stand apart."""
    head = "序号|考核内容|分值|评分标准"
    rows = [
        "一、基础工作|~|~|~", "1|甲|5|有得5分。", "二|服务能力|20|", "2|乙|20|好得20分。", "合计||25|",
        "注：按年考核。|~|~|~",
    ]  # fmt: skip
    (grid,) = grids(table(head, *rows))
    assert [(s.before, [cell.text for _, cell in s.cells]) for s in grid.sections] == [
        (0, ["一、基础工作"]),
        (1, ["二", "服务能力", "20"]),
    ]
    assert [row[0].text for row in grid.rows] == ["1", "2", "合计"]
    assert [note.text for note in grid.notes] == ["注：按年考核。"]


# ---------------------------------------------------------------- roles


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "2", "3"], "ordinal"),
        (["1", "2", "4", "5", "6", "7"], "ordinal"),  # one gap
        (["10", "20", "10"], "number"),
        (["10分", "（20分）"], "number"),
        (["2024", "2025"], "date"),
        (["2024年6月底前", "2024-2025年"], "date"),
        (["市甲局", "市乙局、丙委", "各县政府"], "names"),
        (["市甲局负责检查。"], "text"),
        (["长期", "2024年", "2025年"], "text"),  # fewer than four in five
        ([], None),
    ],
)
def test_a_column_is_what_its_cells_are(cells: list[str], kind: Kind | None) -> None:
    """Four cells in five decide."""
    assert column_kind(cells) == kind


LONG = ["建好全部站点并且验收完毕。", "更新全部台账并且对外公布。", "每年开会商量两次以上。"]


@pytest.mark.parametrize(
    ("roles", "columns", "expected"),
    [
        ([None] * 4, [["1", "2", "3"], LONG, ["市甲局"] * 3, ["2024年"] * 3], ("ordinal", "task", "lead", "deadline")),
        ([None] * 3, [["市甲局"] * 3, ["市乙局"] * 4, LONG * 2], ("lead", "support", "task")),
        (["lead", None, "task"], [["市甲局"] * 3, ["市乙局"] * 3, LONG], ("lead", "support", "task")),
        (
            [None] * 3,
            [LONG, ["5", "10", "5"], ["有得5分。", "全得10分。", "好得5分。"]],
            ("clause", "points", "scoring"),
        ),
        (["clause", "points"], [LONG, ["满5年得10分，每少1年减2分。"] * 3], ("clause", "scoring")),
        ([None] * 2, [["1", "2"], LONG], (None, None)),  # two cells show nothing, nor does text alone
        ([None] * 2, [["张三", "李四", "王五"], ["主任", "科长", "科员"]], (None, None)),
    ],
)
def test_unknown_columns_have_the_roles_they_look_like(
    roles: list[str | None], columns: list[list[str]], expected: tuple[str | None, ...]
) -> None:
    """Header words come first; what they leave open the cells say, or nobody."""
    assert roles_by_looks(roles, columns) == expected


CELLS = st.sampled_from(["", "~", "甲", "1.1乙。", "1.2丙", "2024年", "市甲局", "一、丁", "序号", "注：戊"])
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6)


@given(st.lists(st.tuples(ROWS, st.booleans(), st.booleans()), min_size=1, max_size=4), st.booleans())
@example([([["甲", "", "甲"]], True, False), ([["", "~", "甲"]], False, False)], False)
def test_no_character_is_lost_or_made(pieces: list[tuple[list[list[str]], bool, bool]], known: bool) -> None:
    """Whatever stands in the pieces of a table, titles, header, rows and repeated headers hold each cell once."""
    made = [
        table(*[HEAD] * headed, *map("|".join, rows), page=page, edges=EDGES if placed else (), spans_known=known)
        for page, (rows, headed, placed) in enumerate(pieces, 1)
        if rows or headed
    ]
    printed = sorted(cell.text for piece in made for row in piece.rows for cell in row if cell.text)
    kept = []
    for found in stitched(made):
        slots = [s for row in found.titles + found.header_rows + found.rows for s in row if not s.carried]
        kept += [plain(slot.cell.text or "") for slot in slots]
        kept += [cell.text or "" for row in found.repeated for cell in row]
    assert sorted("".join(kept)) == sorted("".join(printed))


@pytest.mark.parametrize(("printed", "role"), [("考核\n内容", "clause"), ("牵头", "lead"), ("人口", None), ("", None)])
def test_a_column_has_the_role_of_its_header_word(printed: str, role: str | None) -> None:
    """Header words are compared without white space and brackets; unknown words have no role."""
    assert column_role(printed) == role


# ---------------------------------------------------------------- real documents


def plain(text: str) -> str:
    """Without white space and private-use characters."""
    return "".join(c for c in text if not c.isspace() and not "\ue000" <= c <= "\uf8ff")


def read_rows(reading: Reading) -> list[list[str]]:
    found = [item for item in lay_out(reading).content if isinstance(item, Grid)]
    return [[plain(cell.whole) for cell in row] for grid in found for row in grid.rows]


@pytest.mark.parametrize("name", ["hard-case", pytest.param("big-246-pages", marks=pytest.mark.slow)])
def test_the_stress_files_are_right_in_every_column(name: str, shared: Path) -> None:
    """Merges over page turns, rows cut in two and true blanks: every row is that of the truth."""
    folder = shared / "corpus" / "stress"
    truth = json.loads((folder / f"{name}.truth.json").read_text(encoding="utf-8"))
    keys = ("sec", "title", "score", "how", "task", "time", "lead", "coop")
    rows = [[str(row[key]) for key in keys] if isinstance(row, dict) else row for row in truth]
    assert read_rows(read_pdf(folder / f"{name}.pdf")) == [[plain(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_a_task_table_of_seventeen_pages_is_right_in_every_column(suffix: str, shared: Path) -> None:
    """All 108 tasks with all that stands beside them are as python-docx reads the cells."""
    from docx import Document

    path = shared / "corpus" / "native" / "changzhou.docx"
    rows = [row for found in Document(str(path)).tables for row in found.rows[1:]]
    truth = [[plain(cell.text) for cell in row.cells] for row in rows]
    assert len(truth) == 108
    read = read_docx if suffix == "docx" else read_pdf
    assert read_rows(read(path.with_suffix(f".{suffix}"))) == truth
