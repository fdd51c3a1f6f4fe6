"""Target tables: what is printed over several columns or rows holds for each of them."""

from __future__ import annotations

from pathlib import Path

from extract.document import read_document
from extract.records import Extraction, Finding, PlanItem, Threshold


def table(tmp_path: Path, rows: str) -> Extraction:
    path = tmp_path / "a.html"
    path.write_text(f"<meta charset=utf-8><h1>港口建设目标</h1><table>{rows}</table>", encoding="utf-8")
    return read_document(path)


def test_an_indicator_in_several_rows_has_one_number(tmp_path: Path) -> None:
    """The parts of a numbered indicator are named by both cells, and the numbers printed below stay theirs."""
    rows = (
        "<tr><th>序号</th><th colspan=2>指标名称</th><th>单位</th><th>指标值</th><th>指标属性</th></tr>"
        "<tr><td rowspan=2>1</td><td rowspan=2>岸电覆盖率</td><td>海港</td><td rowspan=2>%</td><td>≥60</td>"
        "<td rowspan=2>约束性</td></tr><tr><td>河港</td><td>≥40</td></tr>"
        "<tr><td>2</td><td colspan=2>清洁船舶占比</td><td>%</td><td>≥30</td><td>参考性</td></tr>"
    )
    found = table(tmp_path, rows)
    items = [(f.code, f.text, f.section, f.nature) for f in found.facts if isinstance(f, PlanItem)]
    assert items == [
        ("T1.1.1", "海港", "港口建设目标 / 岸电覆盖率", "约束性"),
        ("T1.1.2", "河港", "港口建设目标 / 岸电覆盖率", "约束性"),
        ("T1.2", "清洁船舶占比", "港口建设目标", "参考性"),
    ]
    assert [(t.plan_item, t.indicator, t.value) for t in found.facts if isinstance(t, Threshold)] == [
        ("T1.1.1", "岸电覆盖率（海港）", 60),
        ("T1.1.2", "岸电覆盖率（河港）", 40),
        ("T1.2", "清洁船舶占比", 30),
    ]


def test_years_under_one_word_of_promise_are_all_to_be_reached(tmp_path: Path) -> None:
    """预期值 over 2026年 and 2027年: the first year is no baseline; a figure that cannot be read is told."""
    rows = (
        "<tr><th rowspan=2>指标</th><th colspan=2>预期值</th></tr><tr><th>2026年</th><th>2027年</th></tr>"
        "<tr><td>岸电使用率</td><td>40%</td><td>55%</td></tr>"
        "<tr><td>船舶日均用水量</td><td>75L/d</td><td>70L/d</td></tr>"
        "<tr><td>事故起数</td><td colspan=2>低于上年水平</td></tr>"
        "<tr><td>泊位布局</td><td>按1号图</td><td>按2号图</td></tr>"
    )
    found = table(tmp_path, rows)
    assert [(t.value, t.unit, t.period, t.baseline) for t in found.facts if isinstance(t, Threshold)] == [
        (40, "%", "2026", None),
        (55, "%", "2027", None),
        (75, "L/d", "2026", None),
        (70, "L/d", "2027", None),
        (None, None, None, "低于上年水平"),
    ]
    told = [f.message for f in found.facts if isinstance(f, Finding) and f.kind == "unread_target"]
    assert told == ["T1.4: no value in 按1号图", "T1.4: no value in 按2号图"]
