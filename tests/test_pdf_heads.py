"""Page numbers and running heads against what only looks like them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.readers.pdf_heads import heads, marked_number
from extract.readers.pdf_lines import Line
from extract.readers.pdf_strips import Strip

HEIGHT = 800.0
TOP, BODY, FOOT = 40.0, 400.0, 770.0


def line(text: str, base: float, size: float = 12) -> Line:
    return Line(text, 100, base - size, 300, base + 2, base, size)


def pages(*texts: Sequence[tuple[str, float]]) -> list[Strip]:
    return [
        Strip(number, 600, HEIGHT, tuple(line(text, base) for text, base in page), ())
        for number, page in enumerate(texts, 1)
    ]


def found(strips: Sequence[Strip]) -> list[list[str]]:
    """The texts taken out of each page, in order."""
    return [[strip.lines[i].text for i in sorted(taken)] for strip, taken in zip(strips, heads(strips), strict=True)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("— 3 —", 3),
        ("－１２－", 12),
        ("- 7 -", 7),
        ("第 3 页", 3),
        ("第3页 共9页", 3),
        ("共 9 页 第 3 页", 3),
        ("Page 3 of 9", 3),
        ("3/9", 3),
        ("3", None),
        ("第3页起执行", None),
        ("—3", None),
        ("2016—2017", None),
        ("3.5%", None),
    ],
)
def test_the_form_of_a_page_number(text: str, number: int | None) -> None:
    """A page number with its marks is known by its form; a bare figure and a period are none."""
    assert marked_number(text) == number


def test_marked_numbers_are_taken_from_the_margins_alone() -> None:
    """A page number stands in the margin; the same signs in the middle of the page are text."""
    assert found(pages([("— 1 —", FOOT), ("正文", BODY)], [("正文", BODY), ("— 2 —", BODY + 50)])) == [["— 1 —"], []]


def test_bare_figures_count_with_the_pages() -> None:
    """A bare figure is a page number where it counts with the pages, and text where it does not."""
    assert found(pages([("正文", BODY), ("5", FOOT)], [("正文", BODY), ("6", FOOT)])) == [["5"], ["6"]]
    assert found(pages([("正文", BODY), ("95", FOOT)], [("正文", BODY), ("60", FOOT)])) == [[], []]


def test_heads_come_again_at_the_same_height() -> None:
    """A line at the same height of most pages is a running head, also with the page's number in it."""
    texts = [[(f"某市文件 第{n}页", TOP), ("正文" * n, BODY)] for n in range(1, 6)]
    assert found(pages(*texts)) == [[f"某市文件 第{n}页"] for n in range(1, 6)]


@pytest.mark.parametrize(
    "texts",
    [
        [[("附件1", TOP), ("甲", BODY)], [("附件2", TOP), ("乙", BODY)], [("附件3", TOP)], [("附件4", TOP)]],
        [[("续表", TOP + 60 * n), ("甲", BODY)] for n in range(4)],
        [[("注：同上", BODY)] for _ in range(4)],
    ],
)
def test_what_only_looks_alike_stays(texts: list[list[tuple[str, float]]]) -> None:
    """Lines that count, that move, or that stand in the middle of the page are text."""
    assert found(pages(*texts)) == [[] for _ in texts]


def test_the_first_copy_of_a_title_stays() -> None:
    """A head printed as large as a title is text once, a head only on the pages after."""
    strips = [
        Strip(n, 600, HEIGHT, (line("某市工作任务表", TOP, size=18), line("正文" * 9, BODY)), ()) for n in range(1, 6)
    ]
    assert found(strips) == [[], *[["某市工作任务表"]] * 4]


def test_a_number_named_nowhere_else_stays_once() -> None:
    """A head with the document's 文号 stays on the first page where no other line names it."""
    texts = [[("甲质发〔2016〕5号", TOP), ("正文", BODY)] for _ in range(5)]
    assert [len(page) for page in found(pages(*texts))] == [0, 1, 1, 1, 1]
    texts[1].append(("按甲质发〔2016〕5号执行", BODY + 20))
    assert [len(page) for page in found(pages(*texts))] == [1, 1, 1, 1, 1]


def test_on_few_pages_the_first_copy_stays() -> None:
    """Two or three pages do not tell a head from a title: the first copy is kept as text."""
    assert found(pages(*[[("申报表", TOP), ("正文", BODY)]] * 2)) == [[], ["申报表"]]
