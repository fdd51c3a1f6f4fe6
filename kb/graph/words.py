"""What relations and kinds are called, for pictures and paths: Chinese first."""

from __future__ import annotations

from typing import NamedTuple


class Relation(NamedTuple):
    """A relation in words: its source … its target."""

    chinese: str
    english: str


class Kind(NamedTuple):
    """A kind of node in words, and the colour it is drawn in."""

    chinese: str
    english: str
    colour: str


RELATIONS = {
    "part_of": Relation("属于", "is part of"),
    "in_region": Relation("位于", "is in"),
    "in_document": Relation("载于", "stands in"),
    "printed_at": Relation("见于", "is printed at"),
    "about": Relation("关于", "is about"),
    "draft_of": Relation("征求意见稿", "is a draft of"),
    "replaces": Relation("代替", "replaces"),
    "repeals": Relation("废止", "repeals"),
    "forwards": Relation("转发", "forwards"),
    "annex_of": Relation("附于", "is an annex of"),
    "cites": Relation("引用", "cites"),
    "scores": Relation("计分", "scores"),
    "tests": Relation("检验", "tests"),
    "demands": Relation("要求", "demands"),
    "promises": Relation("承诺", "promises"),
    "measures": Relation("衡量", "measures"),
    "has_function": Relation("承担", "has the function"),
    "succeeded_by": Relation("划入", "was taken over by"),
    "lead": Relation("牵头", "leads"),
    "support": Relation("配合", "supports"),
    "member": Relation("参与", "takes part in"),
    "supervise": Relation("督办", "supervises"),
    "works_with": Relation("协作", "works with"),
    "serves": Relation("落实", "serves"),
    "contributes_to": Relation("部分落实", "contributes to"),
    "may_serve": Relation("可能落实", "may serve"),
}
KINDS = {
    "department": Kind("部门", "department", "#1d4ed8"),
    "function": Kind("职能", "function", "#0e7490"),
    "plan_item": Kind("任务", "plan item", "#15803d"),
    "clause": Kind("条款", "clause", "#c2410c"),
    "score_rule": Kind("评分标准", "score rule", "#a16207"),
    "threshold": Kind("目标值", "threshold", "#be185d"),
    "indicator": Kind("指标", "indicator", "#7e22ce"),
    "document": Kind("文件", "document", "#374151"),
    "region": Kind("地区", "region", "#57534e"),
    "passage": Kind("原文", "passage", "#64748b"),
    "form_field": Kind("表单项", "form field", "#64748b"),
    "finding": Kind("疑点", "finding", "#b91c1c"),
    "leftover": Kind("余文", "leftover", "#94a3b8"),
}


def relation_words(name: str) -> str:
    """A relation in both languages; one that has no words yet by its name.

    >>> relation_words("lead"), relation_words("new_one")
    ('牵头 leads', 'new one')
    """
    known = RELATIONS.get(name)
    return name.replace("_", " ") if known is None else f"{known.chinese} {known.english}"


def kind_words(name: str) -> str:
    """A kind in both languages.

    >>> kind_words("plan_item")
    '任务 plan item'
    """
    known = KINDS.get(name)
    return name.replace("_", " ") if known is None else f"{known.chinese} {known.english}"
