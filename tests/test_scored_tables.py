"""Scored tables with merged cells or headers that say little: each row keeps its own points, title and values."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.awards import awards
from extract.document import read_document
from extract.records import Assignment, Clause, Extraction, Finding, ScoreRule, Threshold


def table(tmp_path: Path, head: str, *rows: str) -> Extraction:
    """A page with one table; cells are parted by |, and `n*` before a cell says over how many rows it goes."""
    path = tmp_path / "a.html"
    lines = [f"<tr>{''.join(f'<th>{text}</th>' for text in head.split('|'))}</tr>"]
    for row in rows:
        cells = [text.split("*", 1) if text[1:2] == "*" else ["1", text] for text in row.split("|")]
        lines.append(f"<tr>{''.join(f'<td rowspan={span}>{text}</td>' for span, text in cells)}</tr>")
    path.write_text(f"<meta charset=utf-8><h1>港口考核细则</h1><table>{''.join(lines)}</table>", encoding="utf-8")
    return read_document(path)


def clauses(found: Extraction) -> list[tuple[object, ...]]:
    return [(c.code, c.parent, c.title, c.points, c.points_status) for c in found.facts if isinstance(c, Clause)]


def test_rows_below_one_title_keep_their_own_points(tmp_path: Path) -> None:
    """A title merged over rows that each print points and scoring names them all; their whole has the sum."""
    found = table(
        tmp_path,
        "序号|考核重点|考核内容及分值|分值|得分",
        "1|岸电|岸电停用的，每处扣2分，共计10分，扣完为止。|10|",
        "2*2|2*保洁|未建台账的扣5分。共计5分，扣完为止。|5|",
        "码头有垃圾的，每处扣1分，共计15分。|15|",
        "3|防火|未演练的扣4分。|8|",
    )
    assert clauses(found) == [
        ("1", None, "岸电", 10, "printed"),
        ("2", None, "保洁", 20, "inferred"),
        ("2.1", "2", "保洁", 5, "printed"),
        ("2.2", "2", "保洁", 15, "printed"),
        ("3", None, "防火", 8, "printed"),
    ]
    rules = [(r.clause, r.mode, r.points, r.floor) for r in found.facts if isinstance(r, ScoreRule)]
    assert rules == [
        ("1", "deduction", 2, 0),
        ("2.1", "deduction", 5, 0),
        ("2.2", "deduction", 1, None),
        ("3", "deduction", 4, None),
    ]
    assert not [fact.message for fact in found.facts if isinstance(fact, Finding)]


def test_points_over_several_rows_are_those_of_their_whole(tmp_path: Path) -> None:
    """Points merged as far as a label goes are the label's; what stands below has those behind its own title."""
    found = table(
        tmp_path,
        "考核项目|考核要点|分值|考核内容|评分标准",
        "3*一、安全（60分）|2*1.1 巡查|2*20|1.1.1 每月巡查。（12分）|少一次扣1分。",
        "1.1.2 有巡查记录。（8分）|没有记录的不得分。",
        "1.2 演练|40|1.2.1 每年演练。（40分）|没有演练的不得分。",
    )
    assert clauses(found) == [
        ("S1", None, "安全", 60, "printed"),
        ("1.1", "S1", "巡查", 20, "printed"),
        ("1.1.1", "1.1", "每月巡查。", 12, "printed"),
        ("1.1.2", "1.1", "有巡查记录。", 8, "printed"),
        ("1.2", "S1", "演练", None, "none"),
        ("1.2.1", "1.2", "每年演练。", 40, "printed"),
    ]


def test_points_over_the_parts_of_an_ordinal_are_its_own(tmp_path: Path) -> None:
    """One ordinal and one cell of points over two rows: the parts have none, and the whole has what is printed."""
    found = table(
        tmp_path,
        "序号|考核内容|分值|评分标准",
        "2*1|岸电设施|2*10|未建的不得分。",
        "岸电台账|未记的扣2分。",
        "2|防火|5|未演练的扣4分。",
    )
    assert clauses(found) == [
        ("1", None, "", 10, "printed"),
        ("1.1", "1", "岸电设施", None, "none"),
        ("1.2", "1", "岸电台账", None, "none"),
        ("2", None, "防火", 5, "printed"),
    ]


def test_values_beside_a_name_are_what_it_is_to_reach(tmp_path: Path) -> None:
    """考核内容 that holds values is what is asked of the indicator left of it, which is judged."""
    found = table(
        tmp_path,
        "序号|项目|考核内容|评分标准|标准分|责任单位",
        "1|岸电使用率|≥60%|每低5%扣1分。|5|市交通局",
        "2|垃圾回收率|不低于90%|每低2%扣1分。|3|市城管局",
        "3|事故起数|低于上年|高于上年的不得分。|4|市应急局",
    )
    assert [title for _, _, title, *_ in clauses(found)] == ["岸电使用率", "垃圾回收率", "事故起数"]
    asked = [(t.clause, t.indicator, t.comparator, t.value) for t in found.facts if isinstance(t, Threshold) if t.value]
    assert asked == [("1", "岸电使用率", ">=", 60), ("2", "垃圾回收率", ">=", 90)]
    assert [a.name for a in found.facts if isinstance(a, Assignment)] == ["市交通局", "市城管局", "市应急局"]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("每处扣2分，共计10分，扣完为止。", [2.0]),
        ("建成计5分；在建计2分，合计7分。", [5.0, 2.0]),
        ("建成（共计5分）", [5.0]),
        ("未达标的，酌情扣2-6分。", [6.0]),
        ("一件扣责任单位3分；扣分标准为每次2分。", [3.0, 2.0]),
        ("优秀的得8—10分；良好的得5至7分。", [10.0, 7.0]),
        ("发生其他应扣5分以上的事件的，每起扣3分。", [3.0]),
    ],
)
def test_a_sum_in_words_is_no_award(text: str, points: list[float]) -> None:
    """共计10分 tells what a part gives at most, and gives nothing itself; in brackets it is the amount."""
    assert [award.points for award in awards(text)] == points


def test_a_thing_that_happens_counts_no_step() -> None:
    """发生重大事项 ends with a word that is no unit; 每 and a number count, 缺项 does too."""
    texts = ("发生重大事项的扣5分。", "每起事故扣3分。", "发生1起扣2分。", "缺项扣1分。", "发生伤1人以上火灾的扣2分。")
    assert [award.step_unit for text in texts for award in awards(text)] == [None, "起", "起", "项", None]


def test_a_remark_closes_the_award_before_it() -> None:
    """（以台账为准）。 behind an award is no part of the next condition."""
    found = list(awards("每年演练的记8分（以台账为准）。领导没有参加的，扣2分。"))
    assert [award.condition for award in found] == ["每年演练", "领导没有参加"]
