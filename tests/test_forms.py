"""Forms: labels with what was filled in, check boxes, forms nobody filled in."""

from __future__ import annotations

from pathlib import Path

from extract.document import read_document
from extract.records import Finding, FormField

FORM = """申报表

申报单位\t名称\t滨河县\t\t
\t类别\t市 ☐ 县 ☑ 区 ☐\t\t
\t负责人\t李四\t职务：县长\t电话：（空）
\t备用栏\t\t\t
工作情况\t开展情况\t已经召开会议，形成报告。\t\t
"""
BLANK = "登记表\n\n申报单位\t名称\t\t\n\t类别\t甲 ☐ 乙 ☐\t\n\t负责人\t\t职务：\n"
LIST = "名单\n\n张三\t甲所\t研究员\n李四\t乙所\t工程师\n"


def facts(tmp_path: Path, text: str) -> list[object]:
    path = tmp_path / "form.txt"
    path.write_text(text, encoding="utf-8")
    return list(read_document(path).facts)


def test_a_form_gives_its_filled_fields(tmp_path: Path) -> None:
    """A label behind its group label, its value, pairs in one cell, and the options that are checked."""
    found = [(field.label, field.value) for field in facts(tmp_path, FORM) if isinstance(field, FormField)]
    assert found == [
        ("名称", "滨河县"),
        ("类别", "县"),
        ("负责人", "李四"),
        ("职务", "县长"),
        ("电话", "（空）"),
        ("开展情况", "已经召开会议，形成报告。"),
    ]


def test_a_form_that_is_not_filled_in_says_so(tmp_path: Path) -> None:
    """Labels without values are no facts: the form is a finding."""
    found = facts(tmp_path, BLANK)
    assert [fact.kind for fact in found if isinstance(fact, Finding)] == ["blank_form"]
    assert not [fact for fact in found if isinstance(fact, FormField)]


def test_a_list_is_no_form(tmp_path: Path) -> None:
    """Rows with several values behind their first cell are a table that nobody reads."""
    assert [fact.kind for fact in facts(tmp_path, LIST) if isinstance(fact, Finding)] == ["no_family", "unread_table"]
