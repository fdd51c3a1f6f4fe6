"""Text files: encodings, the three table shapes, hard-wrapped lines, leftovers."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import UnreadableFile
from extract.pages import Block, Reading, Table
from extract.readers.text import read_text


def read(tmp_path: Path, text: str | bytes, name: str = "a.txt") -> Reading:
    """The reading of a file with this content."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_text(path)


def blocks(reading: Reading) -> list[str]:
    return [block.text for page in reading.pages for block in page.content if isinstance(block, Block)]


def tables(reading: Reading) -> list[list[list[str | None]]]:
    found = [block for page in reading.pages for block in page.content if isinstance(block, Table)]
    return [[[cell.text for cell in row] for row in table.rows] for table in found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    """The same words come out of every encoding, declared by a mark or not."""
    words = "关于开展质量提升行动的通知\r\n\r\n各有关单位：\r\n\r\n现将有关事项通知如下，请认真贯彻执行。"
    assert blocks(read(tmp_path, words.encode(encoding))) == words.split("\r\n\r\n")


@pytest.mark.parametrize("content", [b"", b"  \n", bytes(range(8)) * 50, b"\x89PNG\r\n\x1a\n" + bytes(100)])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    """An empty or binary file raises with one line that says what is wrong."""
    with pytest.raises(UnreadableFile, match=r"\A[^\n]+\Z"):
        read(tmp_path, content)


HEADER = "\t条目\n\t分数\n\t办法\n\t事情\n\t谁办\n\n"
ROW_1 = "\t1. 建立台账\n\t10\n\t翻看台账得10分。\n\t1.1建好台账\n\t甲局\n\n"
ROW_2 = "\t\n\t\n\t\n\t1.2更新台账\n\t甲局\n\n乙局\n\n"
ROW_3 = "\t2. 开会商量\n\t20\n\n\n\t开过会得20分，\n\n没开得0分。\n\t2.1每年开会\n\t丙局\n\n"
LOST = "\n开过会得30分，没开得0分。\n\n\t\n\t3.1每月开会\n\t丙局\n\n"


def test_a_flattened_table_is_rebuilt(tmp_path: Path) -> None:
    """Tab-led cells become rows; a cell runs on over lines without a tab and ends with blank lines of its own."""
    (table,) = tables(read(tmp_path, HEADER + ROW_1 + ROW_2 + ROW_3))
    assert table[1] == ["1. 建立台账", "10", "翻看台账得10分。", "1.1建好台账", "甲局"]
    assert table[2] == ["", "", "", "1.2更新台账", "甲局\n乙局"]
    assert table[3] == ["2. 开会商量", "20", "开过会得20分，\n没开得0分。", "2.1每年开会", "丙局"]


def test_a_row_that_lost_its_first_cells_is_laid_over_the_columns_it_resembles(tmp_path: Path) -> None:
    """What is left of a row stands in the columns whose other cells look like it; the rest is lost, not blank."""
    (table,) = [
        block
        for page in read(tmp_path, HEADER + ROW_1 + ROW_2 + ROW_3 + LOST).pages
        for block in page.content
        if isinstance(block, Table)
    ]
    assert [cell.text for cell in table.rows[-1]] == [None, None, "开过会得30分，没开得0分。", "3.1每月开会", "丙局"]
    assert [cell.lost for cell in table.rows[-1]] == [True, True, False, False, False]


def test_a_heading_parts_two_flattened_tables(tmp_path: Path) -> None:
    """A numbered heading between rows is a paragraph, what follows is another table."""
    reading = read(tmp_path, f"一、前段（30分）。\n{HEADER}{ROW_1}{ROW_2}\n二、后段（50分）。\n\n{HEADER}{ROW_3}")
    assert blocks(reading) == ["一、前段（30分）。", "二、后段（50分）。"]
    assert [len(table) for table in tables(reading)] == [3, 2]


def test_rows_of_tab_separated_cells_are_a_table(tmp_path: Path) -> None:
    """Lines with inner tabs are rows; a line with a leading tab between them has a blank first cell."""
    (table,) = tables(read(tmp_path, "前言。\n\n序号\t要求\t备注\n1\t合格率达标\n\t续写一行\t无\n\n后记。"))
    assert table == [["序号", "要求", "备注"], ["1", "合格率达标", ""], ["", "续写一行", "无"]]


def test_markdown_marks_are_taken_off_and_kept_as_raw(tmp_path: Path) -> None:
    """Headings, bold, tags, check boxes and formulas become words; the source's characters stay beside them."""
    source = (
        "# 标题\n\n**1、宣传。**发放 <b>手册</b>\n\n---\n\n噪声 $\\leqslant 56\\text{dB(A)}$\n\n"
        "|甲|乙|\n|---|---|\n|一|☐|\n"
    )
    reading = read(tmp_path, source, "a.md")
    content = [block for page in reading.pages for block in page.content]
    assert blocks(reading) == ["标题", "1、宣传。发放 手册", "噪声 ≤56dB(A)"]
    assert isinstance(content[0], Block)
    assert isinstance(content[1], Block)
    assert (content[0].level, content[1].lead) == (1, "1、宣传。")
    assert content[1].raw == "**1、宣传。**发放 <b>手册</b>"
    assert tables(reading) == [[["甲", "乙"], ["一", "☐"]]]
    assert [leftover.kind for leftover in reading.leftovers] == ["rule", "rule"]


def test_hard_wrapped_lines_are_joined(tmp_path: Path) -> None:
    """Lines that end at the wrapping width go on; a short line, a number and an indent begin a paragraph."""
    lines = [
        "　　质量工作要坚持改革创新的原则不断前",
        "进把各项任务落到实处同时要加强协调配合形",
        "成合力推动各项工作取得更大的成效让群众满",
        "意放心。",
        "　　各单位要高度重视把质量工作摆上日程",
        "认真组织抓好贯彻落实。",
        "一、加强领导",
    ]
    assert [len(text) for text in blocks(read(tmp_path, "\n".join(lines)))] == [61, 28, 6]


def test_page_numbers_and_private_characters_are_no_text(tmp_path: Path) -> None:
    """A page-number line is a leftover; private-use characters go, and stay in `raw`."""
    reading = read(tmp_path, "正文第一段。\n\n— 3 —\n\n分值\uf03225\uf035\n\n\uf020\n")
    assert blocks(reading) == ["正文第一段。", "分值25"]
    assert [(left.kind, left.text) for left in reading.leftovers] == [("page_number", "— 3 —"), ("symbols", "\uf020")]
