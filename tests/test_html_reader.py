"""The HTML reader: what of a page is the document, how its lines and tables read, and what is left over."""

from __future__ import annotations

import time
from collections import Counter
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import extract
from extract.errors import UnreadableFile
from extract.pages import Block, Leftover, Reading, Table
from extract.readers.html import looks_like_html, read_html, read_page
from extract.readers.html_furniture import is_furniture_text
from extract.readers.html_lists import list_number
from extract.readers.html_tree import page_text, parsed

PROSE = "为落实上级要求，做好本年度各项准备，现就有关事项作如下安排，请各单位认真组织，按期完成。"
ARTICLE = f"<p>各有关单位：</p><p>　　{PROSE}</p><p>　　一、甲类事项</p><p>　　{PROSE}</p><p>某某办公室</p>"
LINKS = "".join(f"<li><a href='/c{i}/'>栏目{i}</a></li>" for i in range(8))


def read(page: str) -> Reading:
    return read_page(page.encode())


def content(page: str) -> list[str | list[list[str | None]]]:
    """Texts of blocks and rows of tables."""
    return [
        block.text if isinstance(block, Block) else [[cell.text for cell in row] for row in block.rows]
        for block in read(page).pages[0].content
    ]


def left(page: str) -> str:
    return "".join(leftover.text for leftover in read(page).leftovers)


class _Characters(HTMLParser):
    """Every character of a page that is no mark-up, by another parser than the reader's."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.handle_comment = self.found.append  # type: ignore[method-assign]
        self.unknown_decl = self.found.append  # type: ignore[method-assign]
        self.handle_data = self.found.append  # type: ignore[method-assign]
        self.feed(page)
        self.close()


def characters(*texts: str) -> Counter[str]:
    return Counter("".join("".join(texts).split()))


def kept(reading: Reading) -> Counter[str]:
    """The source's characters in what a reading gives."""
    found = extract(reading)
    passages = [passage.text if passage.raw is None else passage.raw for passage in found.passages]
    return characters(*passages, *(leftover.text for leftover in found.leftovers))


# ---------------------------------------------------------------- bytes


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("<meta charset=gb2312><p>镕基㐂".encode("gb18030"), "镕基㐂"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=GBK'><p>质量工作".encode("gbk"), "质量工作"),
        ("<?xml version='1.0' encoding='gb2312'?><html><p>质量工作".encode("gb18030"), "质量工作"),
        (("<p>" + PROSE).encode("gb18030"), "现就有关事项"),
        ("<meta charset=gb2312><p>质量工作".encode(), "质量工作"),
        (("<meta charset=utf-8><p>" + PROSE).encode("gb18030"), "现就有关事项"),
        ("<meta charset=big5><p>品質工作".encode("big5"), "品質工作"),
        ("<meta charset=utf-8><p>质量工作".encode("utf-16"), "质量工作"),
        ("<meta charset=no-such><p>质量工作".encode(), "质量工作"),
    ],
    ids=["gb2312", "gbk", "xml", "undeclared", "utf8 under gb2312", "gb under utf8", "big5", "utf16", "unknown name"],
)
def test_a_page_is_decoded_as_it_is(raw: bytes, said: str) -> None:
    """A byte-order mark and valid UTF-8 go before the declared name, GB2312 stands for GB18030, else it is detected."""
    assert said in page_text(raw)


def test_a_single_damaged_byte_does_not_change_the_encoding() -> None:
    """A page of a declared encoding with a damaged character is still read in it."""
    raw = b"<meta charset=gb2312><p>" + "质量工作".encode("gb18030") + b"\xff<p>" + PROSE.encode("gb18030")
    assert "现就有关事项" in page_text(raw)


@pytest.mark.parametrize(
    ("raw", "is_page"),
    [
        (b"<!DOCTYPE html><p>", True),
        (b'\xef\xbb\xbf<html xmlns:o="urn:schemas-microsoft-com:office:office">', True),
        (b"<table border=1><tr><td>1", True),
        ("<!doctype html>".encode("utf-16"), True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1<html>\0", False),
        ("标题<正文>，p < 0.5".encode(), False),
        (b"%PDF-1.7", False),
    ],
)
def test_pages_are_known_by_their_bytes(raw: bytes, is_page: bool) -> None:
    """A page is one by its tags, whatever its file is called."""
    assert looks_like_html(raw) is is_page


# ---------------------------------------------------------------- the document on its page

NAVIGATION = f"<ul>{LINKS}</ul>"
SITES = {
    "divs": f"<div>{NAVIGATION}</div><div><div>您现在的位置：<a href='/'>首页</a> > <a href='/a'>公开</a></div>"
    f"<div>{ARTICLE}</div><div>分享到：</div></div><div>主办单位：某办 <a href='/m'>网站地图</a> 版权所有</div>",
    "layout tables": f"<table width=980><tr><td>{NAVIGATION}</td></tr><tr><td><table><tr><td width=200>"
    f"<table><tr><td><a href='/1'>文件一</a></td></tr><tr><td><a href='/2'>文件二</a></td></tr></table></td>"
    f"<td width=780>{ARTICLE}</td></tr></table></td></tr><tr><td>版权所有：某办</td></tr></table>",
    "one form around all": f"<form action='x.aspx'><div>{NAVIGATION}<input type=text><button>搜索</button></div>"
    f"<div>{ARTICLE}</div><div><span>字号：大 中 小</span> <a href='javascript:print()'>打印</a></div></form>",
    "landmarks": f"<header><nav>{NAVIGATION}</nav></header><main><article>{ARTICLE}</article><aside><h3>热点</h3>"
    f"<p>{PROSE}</p></aside></main><footer><p>本站声明，未经许可，不得转载。</p></footer>",
    "frame inside the document": f"<div>{NAVIGATION}</div><div>{ARTICLE[:-4]}</p><p>打印 关闭</p>"
    f"<ul>{LINKS}</ul><p>上一篇：<a href='/p'>某通知</a></p></div>",
    "unclosed fonts": f"<div>{NAVIGATION}</div><font><font size=3><div>{ARTICLE}</div>",
}


@pytest.mark.parametrize("site", SITES)
def test_the_frame_of_a_site_is_left_over(site: str) -> None:
    """Links, the way through the site, share bars and the foot are left over; the document is whole."""
    page = f"<html><body>{SITES[site]}</body></html>"
    assert content(page) == ["各有关单位：", PROSE, "一、甲类事项", PROSE, "某某办公室"]
    assert "栏目3" in left(page)


def test_names_of_classes_decide_nothing() -> None:
    """A document in a part that is called navigation or footer is a document."""
    assert content(f"<div class=nav>{NAVIGATION}</div><div class='footer nav' id=menu>{ARTICLE}</div>")[1] == PROSE


def test_a_page_without_a_frame_is_the_document() -> None:
    """Where nothing speaks of a site, everything is kept: a short part beside a heavy one too."""
    page = f"<h1>某某工作方案</h1><div>{ARTICLE * 5}</div><div align=right>某某办公室<br>2020年3月1日</div>"
    assert content(page)[0] == "某某工作方案"
    assert content(page)[-2:] == ["某某办公室", "2020年3月1日"]


METADATA = {
    "table": "<table><tr><th>索引号</th><td>A-1</td><th>文号</th><td>某发〔2020〕3号</td></tr>"
    "<tr><th>标题</th><td colspan=3>某某通知</td></tr></table>",
    "list": "<ul><li><b>索引号：</b>A-1</li><li><b>文号：</b><span>某发〔2020〕3号</span></li></ul>",
    "one line each": "<div><p>索 引 号：A-1</p><p>文　　号：某发〔2020〕3号</p></div>",
}


@pytest.mark.parametrize("shape", METADATA)
def test_the_table_above_a_document_is_kept(shape: str) -> None:
    """索引号, 文号 and the like stand outside the document on a page, and are kept, as cells where they are cells."""
    line = "<div><a href=/>首页</a> 浏览次数：3</div>"
    page = f"<div>{NAVIGATION}</div><div>{METADATA[shape]}{line}<div>{ARTICLE}</div></div>"
    assert "某发〔2020〕3号" in str(content(page)[:2])
    assert extract(read(page)).head.doc_number == "某发〔2020〕3号"
    assert "浏览次数" in left(page)


TITLE = "某市人民政府关于印发某某工作方案的通知"


@pytest.mark.parametrize(
    ("beside", "first"),
    [
        (f"<h1>{TITLE}</h1>", TITLE),
        (f"<div class=x>{TITLE}</div>", TITLE),
        ("<h1>某市人民政府门户网站</h1>", "各有关单位："),
        (f"<a href=/>{TITLE}</a>", "各有关单位："),
    ],
)
def test_the_title_above_the_document_is_kept(beside: str, first: str) -> None:
    """A line above the document that the page's own title names is the document's title."""
    page = f"<title>{TITLE}_文件_某市</title><div>{NAVIGATION}{beside}<p>来源：某办 打印</p></div><div>{ARTICLE}</div>"
    assert content(page)[0] == first


def test_a_title_that_the_document_repeats_is_left_over_once() -> None:
    """The site's copy of the title is a leftover where the document prints its own."""
    page = (
        f"<title>{TITLE}</title><div>{NAVIGATION}<h1>{TITLE}</h1></div>"
        f"<div><p align=center>某市人民政府关于印发<br>某某工作方案的通知</p>{ARTICLE}</div>"
    )
    assert content(page)[0] == "某市人民政府关于印发\n某某工作方案的通知"
    assert [leftover.text for leftover in read(page).leftovers if leftover.kind == "page_title"][1:] == [TITLE]


def test_attachments_are_no_navigation() -> None:
    """A list of links to files stays, inside the document and below it."""
    files = "".join(f"<p>{i}.<a href='P0{i}.docx'>某表{i}</a></p>" for i in range(1, 5))
    page = f"<div>{NAVIGATION}</div><div>{ARTICLE}<div>附件：{files}</div></div>"
    assert "1.某表1" in content(page)


def test_a_hidden_part_is_left_over_unless_it_is_the_document() -> None:
    """What is hidden is left over by that name; a hidden part with most of the sentences is what a script will open."""
    assert content(f"{ARTICLE}<div hidden>摘要</div>")[-1] == "某某办公室"
    assert Leftover("hidden", "摘要") in [
        Leftover(leftover.kind, leftover.text) for leftover in read(f"{ARTICLE}<p style='display: none'>摘要").leftovers
    ]
    assert content(f"<div>正在打开</div><div style='display:none'>{ARTICLE}</div>")[1:3] == ["各有关单位：", PROSE]


@pytest.mark.parametrize(
    ("line", "is_frame"),
    [
        ("字体：[大 中 小]", True),
        ("发布时间：2020-01-02 10:00 来源：某局 浏览：3", True),
        ("扫一扫在手机打开当前页", True),
        ("网站标识码：4400000001　粤ICP备00000001号", True),
        ("（一）审核。", False),
        ("编辑、审核、打印、保存", False),
        ("主办单位：市质监局", False),
        ("来源于财政的投入逐年增加，编辑出版物三种", False),
        ("", False),
    ],
)
def test_words_of_the_frame(line: str, is_frame: bool) -> None:
    """A short line of a site's words and little else is furniture; a sentence that uses one is not."""
    assert is_furniture_text(line) is is_frame


# ---------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("inner", "paragraphs"),
    [
        ("<p>第一段</p><p>第二段</p>", ["第一段", "第二段"]),
        ("第一段<br><br>第二段", ["第一段", "第二段"]),
        ("　　第一段<br>　　第二段", ["第一段", "第二段"]),
        ("&nbsp;&nbsp;&nbsp;&nbsp;第一段<br/>&nbsp;&nbsp;&nbsp;&nbsp;第二段", ["第一段", "第二段"]),
        ("<div>第一段</div>余下<div>第二段</div>", ["第一段", "余下", "第二段"]),
        ("质<b>量</b><span>强</span>市<font>建设</font>", ["质量强市建设"]),
        ("质量\n      强市\n  GDP\n  growth", ["质量强市 GDP growth"]),
        ("<p>标　　题：&nbsp;某某</p>", ["标 题： 某某"]),
        ("<h2>某某<br>方案</h2>", ["某某\n方案"]),
        ("<pre>一行\n二行</pre>", ["一行", "二行"]),
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        ("<ol start=3 type=A><li><p>甲</p></li><li>乙</ol>", ["C. 甲", "D. 乙"]),
        ("<ol><li>1.甲</li><li>2.乙</li></ol>", ["1.甲", "2.乙"]),
        ("<ul><li>甲</li><li>乙</li></ul>", ["甲", "乙"]),
        ("<p>甲\u200b乙\ue004丙</p>", ["甲乙丙"]),
        ("<p><input type=checkbox checked>是<input type=checkbox>否</p>", ["☑是☐否"]),
        ("<p><!--[if !supportLists]-->1、<!--[endif]-->甲<o:p>&nbsp;</o:p></p>", ["1、甲"]),
        ("<p><![if !supportLists]><span>1、</span><![endif]>甲<o:p></o:p></p>", ["1、甲"]),
        ("<p>&nbsp;</p><p>甲<p>　</p>", ["甲"]),
        ("<p>a&#150;b</p>", ["a–b"]),
    ],
)
def test_lines_of_a_page(inner: str, paragraphs: list[str]) -> None:
    """Blocks, two line breaks, and a line break before an indent part paragraphs; inline elements part nothing."""
    assert content(inner) == paragraphs


def test_wrapped_lines_are_joined() -> None:
    """Lines that all break at one width are one paragraph, as in a text file."""
    text = "甲乙丙丁戊己庚辛壬癸" * 2
    assert content("<div>　　" + "<br>".join([text] * 5) + "<br>戊己。</div>") == [text * 5 + "戊己。"]


def test_headings_and_bold_beginnings() -> None:
    """h1 to h6 and Word's outline give the level, bold words the lead; a long h3 is a paragraph."""
    page = (
        f"<h2>一、目标</h2><p><strong>（一）宣传。</strong>发放手册</p><h3>{PROSE}</h3>"
        "<p style='mso-outline-level:3'><span style='font-weight:bold'>要求</span></p>"
    )
    blocks = [block for block in read(page).pages[0].content if isinstance(block, Block)]
    assert [(block.level, block.lead) for block in blocks] == [(2, ""), (None, "（一）宣传。"), (None, ""), (3, "要求")]


def test_lines_are_those_of_the_source() -> None:
    """A block says in which line of the source it begins."""
    found = (
        read(f"<p>甲</p>\n\n<p>乙</p>\n<table border=1><tr><td>丙</td>\n<td>丁</td></tr></table>{ARTICLE}")
        .pages[0]
        .content
    )
    assert [block.place.line for block in found[:3]] == [1, 3, 4]
    assert isinstance(found[2], Table)
    assert [cell.place.line for cell in found[2].rows[0]] == [4, 5]


@pytest.mark.parametrize(
    ("value", "kind", "printed"),
    [
        (3, "decimal", "3. "),
        (2, "lower-alpha", "b. "),
        (9, "lower-roman", "ix. "),
        (20, "cjk-ideographic", "二十、"),
        (1, "disc", ""),
    ],
)
def test_numbers_of_lists(value: int, kind: str, printed: str) -> None:
    """A number stands before an item as a browser shows it."""
    assert list_number(value, kind) == printed


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "<tr><td rowspan=2>甲<td>1<tr><td>2<tr><td colspan=2>乙",
            [["甲", "1"], [None, "2"], ["乙", None]],
        ),
        ("<tr><td>甲<td><tr><td>乙<td>1", [["甲", ""], ["乙", "1"]]),
        ("<tr><td>甲<td>1<td>2<tr><td>乙", [["甲", "1", "2"], ["乙", "", ""]]),
        ("<tr><td rowspan=0>甲<td>1<tr><td>2", [["甲", "1"], [None, "2"]]),
        ("<tr><td rowspan=99>甲<td>1<tr><td>2", [["甲", "1"], [None, "2"]]),
        ("<tr><td colspan=2>甲<td>1<tr><td colspan=2>乙<td>2", [["甲", "1"], ["乙", "2"]]),
        ("<tr><td>甲<td>1<tr style='display:none'><td>隐<td>3<tr><td>乙<td>2", [["甲", "1"], ["乙", "2"]]),
        (
            "<tfoot><tr><td>计<td>3</tfoot><tbody><tr><td>甲<td>1</tbody><thead><tr><td>名<td>数</thead>",
            [["名", "数"], ["甲", "1"], ["计", "3"]],
        ),
        ("<tr><td><p>甲局</p><p>乙局</p><td>一<br>二", [["甲局\n乙局", "一\n二"]]),
        ("<tr><td>甲<td><table><tr><td>内<td>层</table><tr><td>乙<td>2", [["甲", "内\n层"], ["乙", "2"]]),
    ],
)
def test_grids(table: str, rows: list[list[str | None]]) -> None:
    """Rows are equally wide, a merged-away cell is None, a blank one ''; columns of nothing but spans vanish."""
    assert content(f"{ARTICLE}<table border=1>{table}</table>")[-1] == rows


def test_what_stands_in_a_table_beside_its_cells() -> None:
    """A caption and stray text come before the table, as browsers show them."""
    found = content("<table border=1><caption>表一</caption>散<tr><td>甲<td>1</table>")
    assert found == ["表一", "散", [["甲", "1"]]]


LONG_CELL = "".join(f"<p>　　{PROSE}</p>" for _ in range(7))


@pytest.mark.parametrize(
    ("table", "is_data"),
    [
        ("<table><tr><td>甲<td>1<tr><td>乙<td>2</table>", True),
        ("<table border=1><tr><td>甲<td>1</table>", True),
        ("<table><tr><th>甲<td>1</table>", True),
        ("<table><tr><td style='border:solid windowtext 1pt'>甲<td style='border-top:1px solid'>1</table>", True),
        ("<table border=0><tr><td>甲<td>1</table>", False),
        ("<table border=1><tr><td>甲</table>", False),
        ("<table border=1><tr><td>甲<tr><td>乙</table>", False),
        (f"<table><tr><td>目录<td>{LONG_CELL}<tr><td>左<td>右</table>", False),
        (f"<table border=1><tr><td>目录<td>{LONG_CELL}<tr><td>左<td>右</table>", True),
        ("<table><tr><td>左<td><table border=1><tr><td>甲甲甲<td>1111</table></table>", False),
        ("<table role=presentation border=1><tr><td>甲<td>1</table>", False),
    ],
)
def test_layout_and_data(table: str, is_data: bool) -> None:
    """Data stand in two columns with rules, header cells or rows; one cell, one column, a page inside are layout."""
    first = content(ARTICLE + table)[5]
    assert isinstance(first, list) is (is_data)


texts = st.text("甲乙丙丁0123456789", max_size=4)


@st.composite
def grids(draw: st.DrawFn) -> tuple[str, list[list[str | None]]]:
    """A table with random spans as HTML, and the rows that it shows."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(2, 5))
    rows: list[list[str | None]] = [["?"] * width for _ in range(height)]
    page = ""
    for y in range(height):
        page += "<tr>"
        for x in range(width):
            if rows[y][x] != "?":
                continue
            free = next((i for i in range(x, width) if rows[y][i] != "?"), width)
            # the first row and column stay single cells, so that no column or row consists of spans alone
            across = draw(st.integers(1, free - x)) if x and y else 1
            down = draw(st.integers(1, height - y)) if x and y else 1
            text = draw(texts)
            for j in range(y, y + down):
                for i in range(x, x + across):
                    rows[j][i] = None
            rows[y][x] = text
            page += f"<td rowspan={down} colspan={across}>{text}</td>"
        page += "</tr>"
    return page, rows


@given(grids())
@settings(max_examples=60, deadline=None)
def test_any_grid_reads_back(grid: tuple[str, list[list[str | None]]]) -> None:
    """Whatever the spans, the grid that is read is the grid that was written."""
    page, rows = grid
    rows[0][:2] = ["首", "行"]
    page = page.replace("<td rowspan=1 colspan=1>", "<td>")
    cells = page.split("<td>", 2)
    page = f"<td>首{cells[1][cells[1].index('<') :]}<td>行{cells[2][cells[2].index('<') :]}"
    assert content(f"{ARTICLE}<table border=1><tr>{page}</table>")[-1] == rows


# ---------------------------------------------------------------- nothing is lost


names = st.sampled_from(
    ["div", "p", "span", "b", "td", "tr", "table", "ul", "ol", "li", "h2", "a", "nav", "br", "form", "script"]
)


@st.composite
def pages(draw: st.DrawFn, depth: int = 0) -> str:
    """Nested and sometimes unclosed elements with text, in any order."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        name = draw(names)
        if name == "script":
            parts.append(f"<{name}>{draw(texts)}</{name}>")
            continue
        inner = escape(draw(texts)) + (draw(pages(depth + 1)) if depth < 4 else "")  # type: ignore[call-arg]
        mark = draw(st.sampled_from(["", "", " href='/x'", " style='display:none'", " border=1"]))
        parts.append(f"<{name}{mark}>{inner}" + draw(st.sampled_from([f"</{name}>", ""])))
    return "".join(parts)


@given(pages())
@settings(max_examples=150, deadline=None)
def test_no_character_of_a_page_is_lost(page: str) -> None:
    """Every non-blank character, of scripts and comments too, is in a passage or a leftover, exactly once."""
    page = f"<title>某页</title><!--注-->{ARTICLE}{page}"
    assert kept(read(page)) == characters(*_Characters(page).found)


# ---------------------------------------------------------------- files that cannot be read


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("", "empty"),
        ("<html><head><title>某页</title></head><body></body></html>", "no text"),
        ("<frameset cols='20%,80%'><frame src=a.htm><frame src=b.htm></frameset>", "set of frames"),
        ("<div id=app></div><noscript>请打开脚本。</noscript><script src=/app.js></script>", "JavaScript"),
        ("<div>正在加载…</div><script src=/app.js></script>", "JavaScript"),
        (f"<ul>{LINKS}</ul>", "links"),
        ("<p><img src=1.jpg><p><img src=2.jpg>", "pictures"),
        ("<iframe src=doc.htm></iframe>", "inner frame"),
        ("From: <x>\nSubject: y\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n<html><p>某", "MHT"),
        ("<div>" * 100_000 + "某", "nested too deep"),
        ("<p " + " ".join(f"a{i}=1" for i in range(50_000)) + ">某", "attributes"),
        ("<table border=1>" + "<tr><td rowspan=9999 colspan=1000>甲<td>乙" * 2000 + "</table>", "cells"),
    ],
    ids=lambda value: value if len(value) < 20 else "page",
)
def test_what_is_no_document_says_so_in_one_line(page: str, says: str) -> None:
    """A page without a document is an UnreadableFile with one line that says what to do, in a moment."""
    start = time.process_time()
    with pytest.raises(UnreadableFile, match=says) as error:
        read(page)
    assert "\n" not in str(error.value)
    assert time.process_time() - start < 5


def test_a_page_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size is bounded before anything is parsed."""
    monkeypatch.setattr("extract.readers.html_tree.LARGEST", 10)
    with pytest.raises(UnreadableFile, match="larger"):
        read_page(b"<p>" + b"a" * 20)


def test_deep_nesting_below_the_parsers_bound_loses_nothing() -> None:
    """Old editors leave hundreds of elements open; what is deeper than is kept hangs at the bound, in order."""
    page = "<div>" * 900 + "<p>甲</p><!--注--><p>乙</p>" + "</div>" * 900 + "<p>丙</p>"
    assert "".join(node.text for node in parsed(page).walk()) == "甲注乙丙"
    assert content(page) == ["甲", "乙", "丙"]


# ---------------------------------------------------------------- real pages

REAL = {
    "native/zhengzhou.html": ("索引号", "2014年5月8日印发", 5, "您当前的位置"),
    "others/comprehensive-bonded-zones.html": ("索 引 号：", "（此件公开发布）", 0, "扫一扫"),
    "others/free-trade-zone-measures.html": ("索 引 号：", "（此件公开发布）", 0, "扫一扫"),
    "others/guangzhou-points-settlement.html": ("穗府办规〔2025〕8号", "2025年7月4日印发", 1, "市财政局"),
    "others/innovation-reform-second-batch.html": ("索 引 号：", "全国", 1, "扫一扫"),
    "others/shicheng-river-chief-departments.html": ("石城县", "", 1, "石城县"),
    "others/tertiary-hospital-performance.html": ("索 引 号：", "成交金额总数。", 1, "扫一扫"),
}


@pytest.mark.parametrize("name", REAL)
def test_real_pages(name: str, shared: Path) -> None:
    """The document begins and ends where a reader sees it do so, tables of data are tables, nothing is lost."""
    path = shared / "corpus" / name
    first, last, tables, stripped = REAL[name]
    reading = read_html(path)
    metadata = first in {"索引号", "索 引 号："}
    passages = extract(reading).passages
    assert passages[0].text.startswith(first)
    assert passages[-1].text.endswith(last)
    assert sum(isinstance(block, Table) for block in reading.pages[0].content) == tables + metadata
    assert any(stripped in leftover.text for leftover in reading.leftovers)
    assert kept(reading) == characters(*_Characters(page_text(path.read_bytes())).found)
