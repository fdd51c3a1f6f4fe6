"""Readings laid out: paragraphs over page turns, headings, stitched tables, column roles."""

from __future__ import annotations

import pytest

from extract.layout import Grid, Layout, Paragraph, lay_out
from extract.pages import Block, Cell, Page, Place, Reading, Table
from extract.sections import section_path, under_headings
from extract.tables import column_role


def layout(*content: Block | Table) -> Layout:
    return lay_out(Reading("txt", (Page(None, content),)))


def text(words: str) -> Block:
    return Block(words, Place())


def table(*rows: str, spans_known: bool = False) -> Table:
    """A table from rows whose cells are parted by |; ~ is a cell merged away."""
    cells = [[Cell(None if cell == "~" else cell, Place()) for cell in row.split("|")] for row in rows]
    return Table(tuple(tuple(row) for row in cells), Place(), spans_known)


def paragraphs(laid: Layout) -> list[str]:
    return [item.text for item in laid.content if isinstance(item, Paragraph)]


def grids(laid: Layout) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in grid.rows] for grid in laid.content if isinstance(grid, Grid)]


LONG = "各部门要把这项工作摆上重要位置，统筹人力物力，加强餐饮环节的许可和后续"


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (LONG, "监督管理工作。", True),
        ("12. " + LONG, "监督管理工作。", True),
        ("短句结尾有逗号，", "后面接着说。", True),
        (LONG + "管理。", "下一段另起。", False),
        (LONG, "13. 下一项措施。", False),
        (LONG, "（二）下一节", False),
        (LONG, "抄送：各有关单位。", False),
        ("某某市人民政府关于印发行动方案的通知", "各县区人民政府：", False),
    ],
)
def test_a_paragraph_cut_by_a_page_turn_is_put_together(above: str, below: str, joined: bool) -> None:
    """An unfinished paragraph takes in the next one, unless that begins with a number, a label or a bracket."""
    assert paragraphs(layout(text(above), text(below))) == ([above + below] if joined else [above, below])


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("（三）开展群众满意", "度调查", True),
        ("（三）开展调查", "各地要认真组织。", False),
        ("某某方案", "度调查", False),
    ],
)
def test_a_heading_cut_by_a_page_turn_is_put_together(above: str, below: str, joined: bool) -> None:
    """A few words on the next page that are no sentence go on with the numbered heading above them."""
    laid = layout(Block(above, Place(page=1)), Block(below, Place(page=2)))
    assert paragraphs(laid) == ([above + below] if joined else [above, below])


def test_a_paragraph_stands_under_the_headings_above_it() -> None:
    """A heading closes those of its own and lower levels; figures number items and are no headings."""
    laid = layout(
        text("一、总体要求"),
        text("（一）原则"),
        text("1. 坚持公开。"),
        text("二、主要任务（60分）。这一段说明任务。"),
        text("做好。"),
    )
    paths = [section_path(headings) for _, headings in under_headings(laid)]
    assert paths == [None, "总体要求", "总体要求 / 原则", None, "主要任务"]


def test_tables_with_the_same_header_are_one_table() -> None:
    """A repeated header joins its piece to the table above and is kept as a leftover; another header does not."""
    laid = layout(
        table("序号|指标内容|分数", "1|甲|5"),
        table("序 号|指标内容|分数", "2|乙|6"),
        table("序号|工作任务|牵头单位", "1|丙|甲局"),
    )
    assert grids(laid) == [[["1", "甲", "5"], ["2", "乙", "6"]], [["1", "丙", "甲局"]]]
    assert [left.kind for left in laid.leftovers] == ["repeated_header"]


def test_a_row_cut_in_two_by_the_page_is_put_together() -> None:
    """The first row of a piece without a key goes on with the unfinished cells of the last row above."""
    laid = layout(
        table("序号|指标内容|分数|评分标准", "1|甲|5|建成得5分，在报纸、"),
        table("序号|指标内容|分数|评分标准", "|||电视上宣传得2分。", "2|乙|6|完成得6分。"),
    )
    assert grids(laid) == [[["1", "甲", "5", "建成得5分，在报纸、电视上宣传得2分。"], ["2", "乙", "6", "完成得6分。"]]]


def test_a_finished_row_takes_nothing_in() -> None:
    """A row after a repeated header whose cell above is finished is a row of its own."""
    laid = layout(
        table("序号|指标内容|分数|评分标准", "1|甲|5|建成得5分。"),
        table("序号|指标内容|分数|评分标准", "|||宣传得2分。"),
    )
    assert [len(rows) for rows in grids(laid)] == [2]


def test_a_title_row_may_stand_over_the_header() -> None:
    """The header is found among the first rows; what stands over it is a title and no entry."""
    (grid,) = [
        item for item in layout(table("某表||", "序号|指标内容|分值", "1|甲|5")).content if isinstance(item, Grid)
    ]
    assert grid.roles == ("ordinal", "clause", "points")
    assert [cell.text for cell in grid.titles] == ["某表"]
    assert [[cell.text for cell in row] for row in grid.rows] == [["1", "甲", "5"]]


@pytest.mark.parametrize(
    ("printed", "role"),
    [("考核\n内容", "clause"), ("分值（分）", "points"), ("2023年目标值", "requirement"), ("人口", None), ("", None)],
)
def test_a_column_has_the_role_of_its_header_word(printed: str, role: str | None) -> None:
    """Header words are compared without white space and brackets; unknown words have no role."""
    assert column_role(printed) == role
