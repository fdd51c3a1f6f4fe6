"""The kind of a document: rubric, guide, plan, task_table, application, notice or other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.head.own_titles import issued_title
from extract.records import Clause, Fact, Passage, PlanItem, ScoreRule
from extract.terms import terms

_FORM_LINES = 40
_FEWEST_CLAUSES = 3  # fewer judged clauses are an example inside another document
_JUDGED = frozenset({"scored", "veto", "basic", "bonus"})


def title_kind(title: str) -> str | None:
    """What a title says about the kind; a notice is the kind of what it issues.

    >>> title_kind("甲市人民政府关于印发《甲市创建工作任务分解表》的通知"), title_kind("某某情况")
    ('task_table', None)
    """
    subject = re.sub(r"[（(][^（()）]*[）)]|[《》]", "", issued_title(title) or title)
    return next((entry["name"] for entry in terms("kinds")["kind"] if re.search(entry["pattern"], subject)), None)


def form_mark(text: str) -> str | None:
    """The label of a form to be filled in that a line begins with, or None.

    >>> form_mark("填表日期　　年　月"), form_mark("各申报单位要认真填写")
    ('填表日期', None)
    """
    bare = re.sub(r"\s", "", text)
    return next((word for word in terms("forms")["mark"][0]["words"] if bare.startswith(word)), None)


def is_form(passages: Sequence[Passage]) -> bool:
    """Whether the first lines carry the labels of a form to be filled in: 填表日期, 申报城市."""
    return len({mark for passage in passages[:_FORM_LINES] if (mark := form_mark(passage.text))}) >= 2


def printed_kind(title: str, passages: Sequence[Passage]) -> str:
    """The kind before any fact is known: by the title, else by the labels of a form."""
    named = title_kind(title)
    if named in {None, "notice"} and is_form(passages):
        return "application"
    return named or "other"


def kind_of(facts: Sequence[Fact], hint: str | None) -> str:
    """The kind by what the document holds; the title's hint decides where the facts leave room.

    Tasks tied to printed clauses are a task table; judged clauses are a rubric (guide where the title says so), unless
    a plan's tasks outnumber them and no points are given; tasks are a plan, a task table or an application by title.
    Where nobody is judged no title makes a rubric (实施细则 lays down rules of any kind).
    """
    judged = [fact for fact in facts if isinstance(fact, Clause) and fact.kind in _JUDGED]
    tasks = [fact for fact in facts if isinstance(fact, PlanItem)]
    tied = sum(task.clause is not None for task in tasks)
    scored = any(clause.points is not None for clause in judged) or any(isinstance(fact, ScoreRule) for fact in facts)
    if tasks and (2 * tied >= len(tasks) or (hint == "task_table" and len(tasks) >= len(judged))):
        return "task_table"
    if len(judged) >= _FEWEST_CLAUSES and (scored or len(judged) >= len(tasks)):
        return "guide" if hint == "guide" else "rubric"
    if tasks:
        return hint if hint in {"application", "task_table"} else "plan"
    if judged and hint in {"rubric", "guide"}:
        return hint
    return hint if hint in {"application", "notice"} else "other"
