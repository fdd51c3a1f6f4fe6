"""Word files: everything that Word shows is read in its order, everything else is left over by name."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import grids, shared_path, texts
from docx import Document
from docx.table import _Cell
from hypothesis import given, settings
from hypothesis import strategies as st
from made_word import cell, level, listed, lists, packed, paragraph, row, run, table, word_file

from extract.document import extract
from extract.errors import UnreadableFile
from extract.pages import Block, Reading, Table
from extract.readers.docx import read_docx
from extract.readers.docx_numerals import numeral

NATIVE = [f"native/{name}.docx" for name in ("changzhou", "guide-2009", "notice-2013", "yancheng", "zhengzhou")]
REAL = [*NATIVE, "others/shicheng-river-chief-departments.docx"]
BOLD = "<w:b/>"
each_real = pytest.mark.parametrize("name", REAL)


def content_of(reading: Reading) -> list[Block | Table]:
    return [item for page in reading.pages for item in page.content]


def left(reading: Reading) -> list[tuple[str, str]]:
    return [(leftover.kind, leftover.text) for leftover in reading.leftovers]


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """Reads a Word file made of this XML."""

    def read(body: str, **parts: str) -> Reading:
        return read_docx(word_file(tmp_path / "made.docx", body, **parts))

    return read


# ---------------------------------------------------------------- numbers of lists


@pytest.mark.parametrize(
    ("kind", "printed"),
    [
        ("decimal", "1 2 9 10 11 20 21 100"),
        ("decimalZero", "01 02 09 10 11 20 21 100"),
        ("chineseCounting", "一 二 九 十 十一 二十 二十一 一〇〇"),
        ("chineseCountingThousand", "一 二 九 十 十一 二十 二十一 一百"),
        ("ideographDigital", "一 二 九 一〇 一一 二〇 二一 一〇〇"),
        ("chineseLegalSimplified", "壹 贰 玖 壹拾 壹拾壹 贰拾 贰拾壹 壹佰"),
        ("ideographTraditional", "甲 乙 壬 癸 11 20 21 100"),
        ("ideographZodiac", "子 丑 申 酉 戌 20 21 100"),
        ("decimalEnclosedCircle", "① ② ⑨ ⑩ ⑪ ⑳ 21 100"),
        ("decimalEnclosedParen", "⑴ ⑵ ⑼ ⑽ ⑾ ⒇ 21 100"),
        ("upperLetter", "A B I J K T U VVVV"),
        ("lowerRoman", "i ii ix x xi xx xxi c"),
        ("decimalFullWidth", "１ ２ ９ １０ １１ ２０ ２１ １００"),
    ],
)
def test_numerals_of_every_format(kind: str, printed: str) -> None:
    """A number is printed in its format, and in Arabic figures beyond the end of a series."""
    assert [numeral(value, kind) for value in (1, 2, 9, 10, 11, 20, 21, 100)] == printed.split()


@pytest.mark.parametrize(
    ("value", "kind", "printed"),
    [
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (1001, "chineseCountingThousand", "一千零一"),
        (4000, "upperRoman", "4000"),
        (999_999_999, "upperLetter", "999999999"),
        (0, "decimalEnclosedCircle", "0"),
        (3, "none", ""),
        (3, "hebrew1", None),
    ],
)
def test_numerals_at_the_edges(value: int, kind: str, printed: str | None) -> None:
    """Zeros inside a Chinese number are read out; no format grows without bound; an unknown format is `None`."""
    assert numeral(value, kind) == printed


OFFICIAL = lists(
    level(0, "chineseCountingThousand", "%1、", '<w:suff w:val="nothing"/>')
    + level(1, "chineseCountingThousand", "（%2）", '<w:suff w:val="nothing"/>')
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%3.%4", "<w:isLgl/>")
    + level(4, "decimalEnclosedCircle", "%5"),
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>',
)


def test_numbers_are_what_word_prints(made: Any) -> None:
    """Levels count on, begin anew under a higher one, and print the levels above them, in Arabic figures if said so."""
    places = [(0,), (1,), (2,), (2,), (3,), (4,), (4,), (1,), (2,), (0,), (1,)]
    body = "".join(listed("目标", level=at) for (at,) in places)
    assert texts(made(body, numbering=OFFICIAL)) == [
        "一、目标", "（一）目标", "1. 目标", "2. 目标", "1.2.1 目标", "① 目标", "② 目标", "（二）目标", "1. 目标",
        "二、目标", "（一）目标",
    ]  # fmt: skip


def test_a_list_with_its_own_start_goes_on_from_there(made: Any) -> None:
    """A start of its own counts once; two lists of one definition count together."""
    body = "".join(listed("目标", number) for number in (1, 2, 2, 1))
    assert texts(made(body, numbering=OFFICIAL)) == ["一、目标", "五、目标", "六、目标", "七、目标"]


@pytest.mark.parametrize(("restart", "last"), [("", "1)甲"), ('<w:lvlRestart w:val="0"/>', "3)甲")])
def test_a_level_may_count_through(made: Any, restart: str, last: str) -> None:
    """A level with `lvlRestart` 0 never begins anew."""
    numbering = lists(level(0, "decimal", "%1.") + level(1, "decimal", "%2)", restart))
    body = "".join(listed("甲", level=at) for at in (0, 1, 1, 0, 1))
    assert texts(made(body, numbering=numbering))[-1] == last


def test_numbers_of_styles(made: Any) -> None:
    """A style may name the list, at the level that names the style; list 0 takes the paragraph out again."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="heading 2"/>'
        '<w:basedOn w:val="A"/></w:style>'
    )
    numbering = lists(
        level(0, "decimal", "%1", '<w:pStyle w:val="A"/>') + level(1, "decimal", "%1.%2", '<w:pStyle w:val="B"/>')
    )
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = "".join(
        paragraph("目标", f'<w:pStyle w:val="{style}"/>{more}')
        for style, more in [("A", ""), ("B", ""), ("B", none), ("B", "")]
    )
    assert texts(made(body, styles=styles, numbering=numbering)) == ["1 目标", "1.1 目标", "目标", "1.2 目标"]


def test_numbers_in_cells(made: Any) -> None:
    """A column of empty numbered paragraphs is a column of numbers; what a merge hides is not counted."""
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    numbered = listed("")
    body = table(
        row(cell(numbered), "甲"),
        row(cell(numbered, down), "乙"),
        row(cell(numbered, on), "丙"),
        row(cell(numbered), "丁"),
    )
    found = made(body, numbering=lists(level(0, "decimal", "%1")))
    assert grids(found) == [[["1", "甲"], ["2", "乙"], [None, "丙"], ["3", "丁"]]]


def test_bullets_and_boxes(made: Any) -> None:
    """A bullet is kept in the source's characters only; a box that asks to be ticked is text."""
    fonts = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    numbering = lists(
        f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0d8"/>{fonts}</w:lvl>'
        f'<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0a8"/>{fonts}</w:lvl>'
    )
    blocks = content_of(made(listed("要求") + listed("直辖市", level=1), numbering=numbering))
    assert [(block.text, block.raw) for block in blocks if isinstance(block, Block)] == [
        ("要求", "\uf0d8要求"),
        ("☐直辖市", "\uf0a8直辖市"),
    ]


def test_an_unknown_number_format_is_reported(made: Any) -> None:
    """A number in an unknown format is given in Arabic figures, with a doubt."""
    found = made(listed("甲") + listed("乙"), numbering=lists(level(0, "hebrew1", "%1.")))
    assert texts(found) == ["1. 甲", "2. 乙"]
    assert [kind for kind, _ in found.doubts] == ["unknown_number"]


@pytest.mark.parametrize("at", ["w:numStyleLink", ""])
def test_damaged_lists_do_no_harm(made: Any, at: str) -> None:
    """A list that is not defined, a level beyond the last and a definition that links to nothing print no number."""
    link = f'<{at} w:val="nowhere"/>' if at else ""
    body = listed("甲", 7) + listed("乙", 1, 8)
    assert texts(made(body, numbering=lists(link))) == ["甲", "乙"]


# ---------------------------------------------------------------- paragraphs

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>{based}'
    f"<w:pPr>{outline}</w:pPr>{more}</w:style>"
    for name, shown, based, outline, more in [
        ("1", "heading 1", "", '<w:outlineLvl w:val="0"/>', ""),
        ("own", "章节", '<w:basedOn w:val="1"/>', "", ""),
        ("two", "标题 2", "", "", ""),
        ("body", "正文小标题", '<w:basedOn w:val="1"/>', '<w:outlineLvl w:val="9"/>', ""),
        ("title", "Title", "", "", ""),
        ("toc", "toc 1", "", "", ""),
        ("loop", "x", '<w:basedOn w:val="loop"/>', "", ""),
        ("strong", "强调", "", "", "<w:rPr><w:b/></w:rPr>"),
    ]
)


@pytest.mark.parametrize(
    ("properties", "text", "expected"),
    [
        ('<w:pStyle w:val="1"/>', "一、目标", 1),
        ('<w:pStyle w:val="own"/>', "一、目标", 1),
        ('<w:pStyle w:val="two"/>', "一、目标", 2),
        ('<w:pStyle w:val="title"/>', "工作方案", 1),
        ('<w:pStyle w:val="body"/>', "一、目标", None),
        ('<w:pStyle w:val="loop"/>', "一、目标", None),
        ('<w:pStyle w:val="gone"/>', "一、目标", None),
        ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', "一、目标", None),
        ('<w:outlineLvl w:val="2"/>', "一、目标", 3),
        ('<w:pStyle w:val="1"/>', "加强领导，落实责任，" * 9, None),
        ("", "一、目标", None),
    ],
)
def test_heading_levels(made: Any, properties: str, text: str, expected: int | None) -> None:
    """The level is the paragraph's outline level, else its style's by inheritance or name; long prose has none."""
    (block,) = content_of(made(paragraph(text, properties), styles=STYLES))
    assert isinstance(block, Block)
    assert (block.text, block.level) == (text, expected)


@pytest.mark.parametrize(
    ("runs", "lead"),
    [
        (run("1、做好宣传。", BOLD) + run("发放手册"), "1、做好宣传。"),
        (run("1、", BOLD) + run("做好宣传。", '<w:b w:val="true"/>') + run("发放手册"), "1、做好宣传。"),
        (run("1、") + run("做好宣传。", BOLD), ""),
        (run("做好", '<w:b w:val="0"/>'), ""),
        (run("做好", '<w:rStyle w:val="strong"/>') + run("宣传"), "做好"),
        (run("做好宣传", BOLD), "做好宣传"),
    ],
)
def test_bold_beginnings(made: Any, runs: str, lead: str) -> None:
    """The bold words at the beginning are the lead, by the runs' own formatting or their style's."""
    (block,) = content_of(made(paragraph(runs=runs), styles=STYLES))
    assert isinstance(block, Block)
    assert block.lead == lead


def test_the_number_of_a_bold_lead_belongs_to_it(made: Any) -> None:
    """A lead is the beginning of the text, the list's number included."""
    properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    (block,) = content_of(
        made(paragraph("", properties, run("做好宣传。", BOLD) + run("发放手册")), numbering=OFFICIAL)
    )
    assert isinstance(block, Block)
    assert (block.text, block.lead) == ("一、做好宣传。发放手册", "一、做好宣传。")


def test_line_breaks(made: Any) -> None:
    """A line break parts two lines of a paragraph and of a cell; a heading stays one."""
    runs = run("市政府") + "<w:r><w:br/></w:r>" + run("关于加强质量工作的意见")
    heading = paragraph("", '<w:outlineLvl w:val="0"/>', runs)
    found = made(paragraph(runs=runs) + heading + table(row(cell(paragraph(runs=runs)), "甲")))
    assert texts(found) == ["市政府", "关于加强质量工作的意见", "市政府关于加强质量工作的意见"]
    assert grids(found) == [[["市政府\n关于加强质量工作的意见", "甲"]]]


def test_every_text_has_its_line(made: Any) -> None:
    """Paragraphs and rows are counted together, empty ones too."""
    found = content_of(made(paragraph("甲") + paragraph() + table(row("a", "b"), row("c", "d")) + paragraph("乙")))
    (_, grid, _) = found
    assert isinstance(grid, Table)
    assert [item.place.line for item in found] == [1, 3, 5]
    assert [cells[0].place.line for cells in grid.rows] == [3, 4]


# ---------------------------------------------------------------- shown and not shown


@pytest.mark.parametrize(
    ("runs", "text", "leftover"),
    [
        ("<w:ins>" + run("新增") + "</w:ins>" + run("任务"), "新增任务", []),
        (run("任务") + "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "任务", [("deleted", "旧")]),
        ("<w:moveFrom>" + run("甲") + "</w:moveFrom>" + run("乙"), "乙", [("deleted", "甲")]),
        ("<w:moveTo>" + run("甲") + "</w:moveTo>" + run("乙"), "甲乙", []),
        (run("批注", "<w:vanish/>") + run("任务"), "任务", [("hidden", "批注")]),
        ('<w:hyperlink r:id="x">' + run("网址") + "</w:hyperlink>", "网址", []),
        ("<w:r><w:noBreakHyphen/></w:r>" + run("1") + "<w:r><w:tab/></w:r>" + run("2"), "-1 2", []),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("请填写") + "</w:sdtContent></w:sdt>"
            + run("任务"), "任务", [("prompt", "请填写")],
        ),
        (
            "<w:r><w:ruby><w:rt>" + run("zhì") + "</w:rt><w:rubyBase>" + run("质") + "</w:rubyBase></w:ruby></w:r>",
            "质", [("ruby", "zhì")],
        ),
    ],
)  # fmt: skip
def test_revisions_and_hidden_text(made: Any, runs: str, text: str, leftover: list[tuple[str, str]]) -> None:
    """Insertions are in; deletions, hidden text and prompts that nobody answered are left over."""
    found = made(paragraph(runs=runs))
    assert (texts(found), left(found)) == ([text], leftover)


def test_a_deleted_end_of_paragraph_joins_two(made: Any) -> None:
    """A paragraph whose end is deleted goes on with the next, and neither counts twice in a list."""
    mark = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>'
    found = made(paragraph("前半", mark) + listed("后半") + listed("另一条"), numbering=OFFICIAL)
    assert texts(found) == ["一、前半后半", "二、另一条"]


def test_deleted_and_hidden_rows(made: Any) -> None:
    """A row that a revision deletes or that is hidden is no row."""
    body = table(row("甲", "乙"), row("旧", "行", properties="<w:del/>"), row("藏", "行", properties="<w:hidden/>"))
    found = made(body)
    assert grids(found) == [[["甲", "乙"]]]
    assert [kind for kind, _ in left(found)] == ["deleted", "hidden"]


BOXED = "<w:txbxContent>" + paragraph("框中文字") + "</w:txbxContent>"
SHAPE = f"<a:graphicData><wps:wsp><wps:txbx>{BOXED}</wps:txbx></wps:wsp></a:graphicData>"
NEW = f"<w:drawing><wp:inline><a:graphic>{SHAPE}</a:graphic></wp:inline></w:drawing>"
OLD = f"<w:pict><v:shape><v:textbox>{BOXED}</v:textbox></v:shape></w:pict>"


@pytest.mark.parametrize(
    "drawing",
    [
        NEW,
        OLD,
        f"<mc:AlternateContent><mc:Choice>{NEW}</mc:Choice><mc:Fallback>{OLD}</mc:Fallback></mc:AlternateContent>",
        f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{OLD}</mc:Fallback></mc:AlternateContent>",
    ],
)
def test_text_boxes(made: Any, drawing: str) -> None:
    """The words of a text box follow the paragraph it hangs on, once, whatever versions of it the file holds."""
    assert texts(made(paragraph("甲", "", f"<w:r>{drawing}</w:r>") + paragraph("乙"))) == ["甲", "框中文字", "乙"]
    found = made(table(row(cell(paragraph("甲", "", f"<w:r>{drawing}</w:r>")), "乙")))
    assert grids(found) == [[["甲\n框中文字", "乙"]]]


def test_what_is_not_read_is_reported(made: Any) -> None:
    """Pictures, charts, objects and embedded documents are doubts; the words of word art are left over."""
    pictures = "".join(
        f'<w:r><w:drawing><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{kind}"/></w:drawing></w:r>'
        for kind in ("picture", "picture", "chart", "diagram")
    )
    art = '<w:r><w:pict><v:shape><v:textpath string="样本"/></v:shape></w:pict></w:r>'
    embedded = "<w:r><w:object><o:OLEObject/></w:object></w:r>"
    found = made(paragraph("甲", "", pictures + art + embedded) + '<w:altChunk r:id="x"/>')
    assert [kind for kind, _ in found.doubts] == [
        "unread_picture", "unread_chart", "unread_diagram", "unread_object", "unread_part",
    ]  # fmt: skip
    assert "2 pictures" in found.doubts[0][1]
    assert left(found) == [("word_art", "样本")]


def field(code: str, result: str = "") -> str:
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}' if result else ""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return f'{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def test_headers_and_footers(made: Any) -> None:
    """Headers are running heads and page numbers, left over once however many pages they stand on."""
    references = '<w:headerReference r:id="rId_header"/><w:footerReference r:id="rId_footer"/>'
    body = paragraph("甲") + f"<w:sectPr>{references}</w:sectPr>" * 2
    header = paragraph("质量工作简报") + table(row("内部", "1/3"))
    footer = paragraph("第", "", field("PAGE", "3") + run("页")) + paragraph("机密")
    found = made(body, header=header, footer=footer)
    assert texts(found) == ["甲"]
    assert left(found) == [
        ("running_head", "质量工作简报"), ("running_head", "内部"), ("page_number", "1/3"),
        ("page_number", "第3页"), ("running_head", "机密"),
    ]  # fmt: skip


def test_footnotes(made: Any) -> None:
    """A note follows the paragraph or table that its mark stands in; a separator is none."""
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = (
        '<w:footnote w:type="separator" w:id="0">' + paragraph("——") + "</w:footnote>"
        '<w:footnote w:id="2">' + paragraph("注：以年报为准。") + "</w:footnote>"
    )
    assert texts(made(paragraph("甲", "", mark) + paragraph("乙"), footnotes=notes)) == ["甲", "注：以年报为准。", "乙"]
    found = content_of(made(table(row(cell(paragraph("甲", "", mark)), "乙")), footnotes=notes))
    assert [type(item).__name__ for item in found] == ["Table", "Block"]


def test_comments_and_contents_are_left_over(made: Any) -> None:
    """Comments and the table of contents that Word makes are no passages."""
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent>" + paragraph("目录") + "</w:sdtContent></w:sdt>"
    )
    body = control + paragraph("一、目标 1", '<w:pStyle w:val="toc"/>') + paragraph("甲")
    comments = "<w:comment>" + paragraph("请核实") + "</w:comment>"
    found = made(body, styles=STYLES, comments=comments)
    assert texts(found) == ["甲"]
    assert left(found) == [("contents", "目录"), ("contents", "一、目标 1"), ("comment", "请核实")]


FORM = '<w:ffData><w:checkBox><w:default w:val="0"/>%s</w:checkBox></w:ffData>'


def form_box(state: str) -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{FORM % state}</w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return begin + "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>" + end


def control_box(checked: int) -> str:
    state = f'<w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox>'
    return f"<w:sdt><w:sdtPr>{state}</w:sdtPr><w:sdtContent>{run('☒' if checked else '☐')}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (control_box(1) + run("省会"), "☑省会"),
        (control_box(0) + run("省会"), "☐省会"),
        (form_box("<w:checked/>") + run("省会"), "☑省会"),
        (form_box("") + run("省会"), "☐省会"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("省会"), "☑省会"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="00A3"/></w:r>' + run("省会"), "☐省会"),
        (run("R", '<w:rFonts w:ascii="Wingdings 2"/>') + run("省会"), "☑省会"),
        (run("\uf0b3", '<w:rFonts w:ascii="Symbol"/>') + run("95%"), "≥95%"),
        (run("20\uf020分"), "20分"),
        ('<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>' + run("省会"), "省会"),
        (field(r"eq \o\ac(○,12)") + run("落实"), "⑫落实"),
        (field("PAGEREF x", "7"), "7"),
        ('<w:fldSimple w:instr="DATE">' + run("5月1日") + "</w:fldSimple>", "5月1日"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>合格数</m:t></m:r></m:num><m:den><m:r><m:t>总数</m:t></m:r></m:den></m:f></m:oMath>"
            + run("×100%"), "合格数/总数×100%",
        ),
    ],
)  # fmt: skip
def test_signs(made: Any, runs: str, text: str) -> None:
    """Check boxes of every kind, signs of symbol fonts, circled figures, fields and formulas are read as they look."""
    assert texts(made(paragraph(runs=runs))) == [text]


def test_dropped_signs_are_kept_in_raw(made: Any) -> None:
    """The source's own characters stay beside a text that cleaning changed, and only there."""
    sign = '<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>'
    found = made(paragraph("20\uf020分") + paragraph("20 分") + paragraph(runs=sign) + table(row("1\uf030", "a")))
    first, second, grid = content_of(found)
    assert isinstance(grid, Table)
    assert (first.raw, second.raw, grid.rows[0][0].raw) == ("20\uf020分", None, "1\uf030")  # type: ignore[union-attr]
    assert left(found) == [("symbols", "\uf061")]


# ---------------------------------------------------------------- tables


def spanned(text: str, columns: int, merge: str | None = None) -> str:
    down = "" if merge is None else f'<w:vMerge w:val="{merge}"/>'
    return cell(text, f'<w:gridSpan w:val="{columns}"/>{down}')


@pytest.mark.parametrize(
    ("rows", "widths", "expected"),
    [
        # merged across and down; a blank beside them stays a blank
        (
            [row(spanned("表", 2), "丙"), row(cell("甲", '<w:vMerge w:val="restart"/>'), "", "1"),
             row(cell("", "<w:vMerge/>"), "乙", "2")],
            (500, 500, 500), [["表", None, "丙"], ["甲", "", "1"], [None, "乙", "2"]],
        ),
        # a merge that goes on with nothing above it begins anew
        ([row(cell("甲", "<w:vMerge/>"), "1"), row("乙", "2")], (500, 500), [["甲", "1"], ["乙", "2"]]),
        # and one that was broken by a cell of its own
        (
            [row(cell("甲", '<w:vMerge w:val="restart"/>'), "1"), row("乙", "2"), row(cell("丙", "<w:vMerge/>"), "3")],
            (500, 500), [["甲", "1"], ["乙", "2"], ["丙", "3"]],
        ),
        # a row that begins later, and one that ends sooner
        (
            [row("甲", "乙", "丙"), row("1", "2", properties='<w:gridBefore w:val="1"/>'), row("3", "4")],
            (500, 500, 500), [["甲", "乙", "丙"], ["", "1", "2"], ["3", "4", ""]],
        ),
        # edges a hair apart are one edge
        (
            [row(spanned("甲", 2), "乙"), row("丙", spanned("丁", 2))],
            (1000, 12, 988), [["甲", "乙"], ["丙", "丁"]],
        ),
        # but a cell that stands in a narrow column keeps it
        ([row("甲", "1", "乙"), row("丙", "2", "丁")], (1000, 90, 988), [["甲", "1", "乙"], ["丙", "2", "丁"]]),
        # a column in which no cell begins is none
        ([row(spanned("甲", 3), "乙"), row(spanned("丙", 3), "丁")], (), [["甲", "乙"], ["丙", "丁"]]),
        # the old way to merge across
        (
            [row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "乙"), row("1", "2", "3")],
            (), [["甲", None, "乙"], ["1", "2", "3"]],
        ),
        # a span beyond Word's own limit is cut to it
        ([row(spanned("甲", 999_999_999), "乙"), row("丙", "丁")], (), [["甲", None, "乙"], ["丙", "丁", ""]]),
        # rows and cells inside content controls
        (
            ["<w:sdt><w:sdtContent>" + row("甲", "<w:sdt><w:sdtContent>" + cell("乙") + "</w:sdtContent></w:sdt>")
             + "</w:sdtContent></w:sdt>"],
            (), [["甲", "乙"]],
        ),
        # paragraphs of a cell are lines, blank ones left out
        ([row(cell(paragraph("甲") + paragraph() + paragraph("乙")), "丙")], (), [["甲\n乙", "丙"]]),
        # what looks like a page number is a value in a cell
        ([row("甲", "1/3")], (), [["甲", "1/3"]]),
    ],
)  # fmt: skip
def test_grids(made: Any, rows: list[str], widths: tuple[int, ...], expected: list[list[str | None]]) -> None:
    """Every row is as wide as the widest; `None` is merged away, `''` a true blank."""
    found = made(table(*rows, widths=widths))
    assert grids(found) == [expected]
    assert all(item.spans_known for item in content_of(found) if isinstance(item, Table))


def test_text_under_a_merge_is_left_over(made: Any) -> None:
    """What stands in a cell that is merged away is not shown."""
    found = made(table(row(cell("甲", '<w:vMerge w:val="restart"/>'), "1"), row(cell("藏", "<w:vMerge/>"), "2")))
    assert (grids(found), left(found)) == ([[["甲", "1"], [None, "2"]]], [("merged_away", "藏")])


def test_a_table_inside_a_cell_follows(made: Any) -> None:
    """A table in a cell is a table of its own after the one it stands in, with a doubt."""
    inner = paragraph("见表") + table(row("项目", "分值"), row("甲", "20")) + paragraph()
    found = made(table(row(cell(inner), "乙")) + paragraph("完"))
    assert grids(found) == [[["见表", "乙"]], [["项目", "分值"], ["甲", "20"]]]
    assert [kind for kind, _ in found.doubts] == ["nested_table"]


def test_a_table_of_one_column_is_a_frame(made: Any) -> None:
    """What stands in a frame is read as if the frame were not there, tables inside it too."""
    inner = paragraph("一、目标", '<w:outlineLvl w:val="0"/>') + table(row("项目", "分值"), row("甲", "20"))
    found = made(table(row(cell(inner)), row(cell("抄送：市委"))))
    assert (texts(found), grids(found)) == (["一、目标", "抄送：市委"], [[["项目", "分值"], ["甲", "20"]]])
    assert found.doubts == ()


@st.composite
def merged_grids(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """Rows, columns and rectangles of a grid that do not touch each other."""
    height, width = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    taken: set[tuple[int, int]] = set()
    merges = []
    for _ in range(draw(st.integers(0, 4))):
        top, left_ = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        bottom, right = draw(st.integers(top, height - 1)), draw(st.integers(left_, width - 1))
        places = {(i, j) for i in range(top, bottom + 1) for j in range(left_, right + 1)}
        if not places & taken:
            taken |= places
            merges.append((top, left_, bottom, right))
    return height, width, merges


@settings(max_examples=25, deadline=None)
@given(merged_grids())
def test_every_merge_is_read_back(tmp_path_factory: pytest.TempPathFactory, case: Any) -> None:
    """A grid with any merges, written by python-docx, is read back: a text a rectangle, `None` in its other places."""
    height, width, merges = case
    document = Document()
    written = document.add_table(height, width)
    for i in range(height):
        for j in range(width):
            written.cell(i, j).text = f"{i}.{j}"
    expected: list[list[str | None]] = [[f"{i}.{j}" for j in range(width)] for i in range(height)]
    for top, left_, bottom, right in merges:
        written.cell(top, left_).merge(written.cell(bottom, right)).text = f"{top}.{left_}"
        for i in range(top, bottom + 1):
            for j in range(left_, right + 1):
                expected[i][j] = f"{top}.{left_}" if (i, j) == (top, left_) else None
    path = tmp_path_factory.mktemp("merges") / "grid.docx"
    document.save(str(path))
    # a column in which no cell begins cannot be told from none
    kept = [
        j
        for j in range(width)
        if any(cells[j] is not None or _down(cells, j, merges, i) for i, cells in enumerate(expected))
    ]
    found = read_docx(path)
    if len(kept) > 1:
        assert grids(found) == [[[cells[j] for j in kept] for cells in expected]]
    else:
        assert texts(found)


def _down(cells: list[str | None], column: int, merges: list[tuple[int, int, int, int]], at: int) -> bool:
    """Whether a cell of the file begins at this place though it is merged away: the first column of a merge."""
    return any(left_ == column and top <= at <= bottom for top, left_, bottom, _ in merges)


# ---------------------------------------------------------------- real files


def shown_by_python_docx(path: Path) -> Iterator[str]:
    """Every text python-docx finds in body and tables, each merged cell once."""
    document = Document(str(path))
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            for cells in item.rows:
                yield from (one.text for one in _own(cells))
        else:
            yield item.text


def _own(cells: Any) -> Iterator[_Cell]:
    for one in cells._tr.tc_lst:
        if one.vMerge != "continue":
            yield _Cell(one, cells)


@each_real
def test_every_character_word_shows_is_kept(name: str) -> None:
    """The characters python-docx finds are those of blocks, cells and page numbers in the body together."""
    path = shared_path() / "corpus" / name
    found = read_docx(path)
    there = Counter("".join("".join(shown_by_python_docx(path)).split()))
    kept: Counter[str] = Counter()
    for item in content_of(found):
        cells = [item] if isinstance(item, Block) else [one for cells in item.rows for one in cells]
        for one in cells:
            kept += Counter("".join((one.raw or one.text or "").split()))
    assert (there - kept, kept - there) == (Counter(), Counter())


@each_real
def test_cells_are_those_of_python_docx(name: str) -> None:
    """A cell has the text python-docx gives it where that cell first stands, and is `None` where it stands again."""
    path = shared_path() / "corpus" / name
    theirs = [_cells(one) for one in Document(str(path)).tables if len(one.columns) > 1]
    ours = [
        [[None if one.text is None else _plain(one.text) for one in cells] for cells in item.rows]
        for item in content_of(read_docx(path))
        if isinstance(item, Table)
    ]
    assert ours == theirs


def _cells(table_: Any) -> list[list[str | None]]:
    seen: set[Any] = set()
    return [[_plain(one.text) if _is_new(one, seen) else None for one in cells.cells] for cells in table_.rows]


def _is_new(one: _Cell, seen: set[Any]) -> bool:
    new = one._tc not in seen
    seen.add(one._tc)
    return new


def _plain(text: str) -> str:
    return "".join(text.split())


def test_a_native_file_gives_facts(shared: Path) -> None:
    """A Word file goes through layout and families like a text."""
    found = extract(read_docx(shared / "corpus" / "native" / "changzhou.docx"))
    assert sum(type(fact).__name__ == "PlanItem" for fact in found.facts) == 108


# ---------------------------------------------------------------- files that are no Word file, or a hostile one


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    """A DOCX cut off anywhere ends in one line."""
    whole = word_file(tmp_path / "x.docx", paragraph("甲")).read_bytes()
    for length in range(4, len(whole) - 1, 97):
        (tmp_path / "x.docx").write_bytes(whole[:length])
        with pytest.raises(UnreadableFile, match="damaged") as raised:
            read_docx(tmp_path / "x.docx")
        assert "\n" not in str(raised.value)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 255))
def test_a_damaged_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, at: int, byte: int) -> None:
    """Whatever byte is wrong, the file is read or refused in one line; nothing else is raised."""
    path = word_file(tmp_path_factory.mktemp("damaged") / "x.docx", paragraph("甲" * 50))
    content = bytearray(path.read_bytes())
    content[4 + at % (len(content) - 4)] = byte
    path.write_bytes(content)
    answer: Reading | UnreadableFile
    try:
        answer = read_docx(path)
    except UnreadableFile as error:
        answer = error
    assert isinstance(answer, Reading) or "\n" not in str(answer)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"word/document.xml": "<w:document"}, "no valid XML"),
        ({"word/document.xml": "<p>" * 300 + "</p>" * 300}, "deeper"),
        ({"word/document.xml": '<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'}, "entities"),
        ({"word/document.xml": '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'}, "entities"),
        ({"word/document.xml": "<workbook xmlns='x'/>"}, r"ending \.xlsx"),
        ({"word/document.xml": "<presentation xmlns='x'/>"}, "presentation"),
        ({"word/document.xml": "<d/>"}, "damaged"),
        ({"_rels/.rels": "<Relationships/>"}, "archive"),
        ({"_rels/.rels": "<Relationships/>", "OFD.xml": "<x/>"}, "OFD"),
        ({"_rels/.rels": "<Relationships/>", "mimetype": "x"}, "OpenDocument"),
        ({"word/document.xml": " " * (65 * 2**20)}, "65 MB"),
        ({f"word/media/{number}.png": "" for number in range(20_001)}, "20,000"),
    ],
)
def test_hostile_packages_are_refused(tmp_path: Path, members: dict[str, str], message: str) -> None:
    """A ZIP bomb, a deep or endless XML, entities, and packages of other programs end in one line."""
    path = packed(tmp_path / "x.docx", members)
    with pytest.raises(UnreadableFile, match=message) as raised:
        read_docx(path)
    assert "\n" not in str(raised.value)


def test_a_password_on_the_package(tmp_path: Path) -> None:
    """A member that is encrypted inside the ZIP is named as such."""
    path = word_file(tmp_path / "x.docx", paragraph("甲"))
    content = bytearray(path.read_bytes())
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        content[at + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="password"):
        read_docx(path)


def test_many_members_and_bombs_that_are_not_opened(tmp_path: Path) -> None:
    """Pictures are not unpacked, however large they say they are."""
    document = word_file(tmp_path / "x.docx", paragraph("甲"))
    with zipfile.ZipFile(document, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/image1.png", bytes(200 * 2**20))
    assert texts(read_docx(document)) == ["甲"]


def test_deep_tables_are_read_or_refused(made: Any) -> None:
    """Tables inside tables, to the depth that the XML may have, end in a reading."""
    body = paragraph("甲")
    for _ in range(40):
        body = table(row(cell(body + paragraph()), "乙"))
    assert len(grids(made(body))) == 40


def test_strict_files(tmp_path: Path) -> None:
    """A file in the strict variety of the format names its elements by other addresses."""
    path = word_file(tmp_path / "x.docx", paragraph("甲"))
    members = {}
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            text = package.read(name).decode()
            text = text.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/",
                "http://purl.oclc.org/ooxml/wordprocessingml/",
            )
            members[name] = text.replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
            )
    assert texts(read_docx(packed(tmp_path / "strict.docx", members))) == ["甲"]
