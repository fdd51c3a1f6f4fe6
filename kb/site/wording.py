"""Words of the contract as pages print them: Chinese, with the English beside it."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # documents
    "rubric": ("评分标准", "rubric"), "guide": ("评价指南", "guide"), "plan": ("工作方案", "plan"),
    "task_table": ("任务分解表", "task table"), "application": ("申报材料", "application"), "notice": ("通知", "notice"),
    "other": ("其他", "other"), "original": ("原件", "original"), "digest": ("摘编", "digest"),
    "national": ("国家级", "national"), "provincial": ("省级", "provincial"), "municipal": ("市级", "municipal"),
    "county": ("县级", "county"),
    # clauses
    "section": ("部分", "section"), "scored": ("评分条款", "scored"), "veto": ("否决条件", "veto"),
    "basic": ("基本条件", "basic"), "bonus": ("加分项", "bonus"), "catalogue": ("目录", "catalogue"),
    "printed": ("印出", "printed"), "inferred": ("推出", "inferred"), "none": ("无", "none"),
    "tier": ("分档", "tier"), "additive": ("分项", "additive"), "deduction": ("扣分", "deduction"),
    # duties
    "lead": ("牵头", "lead"), "support": ("配合", "support"), "member": ("成员", "member"),
    "supervise": ("督导", "supervise"),
    # coverage
    "covered": ("已覆盖", "covered"), "doubtful": ("存疑", "doubtful"), "uncovered": ("可能未覆盖", "probably uncovered"),
    "stricter": ("更严", "stricter"), "equal": ("相同", "equal"), "weaker": ("更宽", "weaker"),
    "missing": ("未提", "missing"), "unclear": ("无法比较", "cannot be compared"),
    # links
    "primary": ("主要对应", "primary"), "secondary": ("相关", "secondary"), "reviewed": ("人工确认", "reviewed"),
    "proposed": ("建议", "proposed"), "accepted": ("已采纳", "accepted"), "rejected": ("已否决", "rejected"),
    # findings
    "info": ("提示", "info"), "warning": ("警告", "warning"), "error": ("错误", "error"),
    # kinds of records
    "documents": ("文件", "documents"), "clauses": ("条款", "clauses"), "score_rules": ("评分细则", "score rules"),
    "thresholds": ("目标值", "thresholds"), "plan_items": ("任务", "plan items"), "assignments": ("责任分工", "assignments"),
    "citations": ("引用", "citations"), "links": ("对应关系", "links"), "findings": ("问题", "findings"),
    "passages": ("原文", "passages"), "indicators": ("指标", "indicators"), "departments": ("部门", "departments"),
    "functions": ("职能", "functions"), "corrections": ("更正", "corrections"), "form_fields": ("表格项", "form fields"),
    "document_fields": ("文件信息", "document fields"),
    # changes
    "added": ("新增", "added"), "removed": ("删除", "removed"), "changed": ("修改", "changed"),
    "revised": ("修订", "revised"), "unchanged": ("未变", "unchanged"), "kept": ("留存", "kept"), "failed": ("失败", "failed"),
}  # fmt: skip
COMPARATORS = {
    ">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "=": "＝", "between": "介于 between", "rank<=": "前…名 rank ≤",
    "increase": "提高 ↑", "decrease": "下降 ↓", "relative": "相对 relative",
}  # fmt: skip


def chinese(word: object) -> str:
    """The Chinese for a word of the contract; the word itself where there is none."""
    return WORDS.get(str(word), (str(word), ""))[0]


def english(word: object) -> str:
    """The English for a word of the contract; the word itself where there is none."""
    return WORDS.get(str(word), ("", str(word)))[1]


def demand(comparator: str, value: object, high: object, unit: object) -> str:
    """What a threshold asks for, on one line.

    >>> demand(">=", 30.0, None, "%"), demand("between", 2.0, 3.0, "张"), demand("increase", None, None, None)
    ('≥ 30%', '2–3张', '提高 ↑')
    """
    from kb.site.texts import figure

    if value is None:
        return COMPARATORS.get(comparator, comparator)
    amount = f"{figure(value)}–{figure(high)}" if comparator == "between" else figure(value)
    sign = "" if comparator == "between" else f"{'前 ' if comparator == 'rank<=' else COMPARATORS[comparator] + ' '}"
    return f"{sign}{amount}{unit or ''}" + ("名" if comparator == "rank<=" and not unit else "")
