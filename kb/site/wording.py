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
    "proposed": ("建议", "proposed"), "accepted": ("已采纳", "accepted"), "rejected": ("已否决", "rejected"), "candidate": ("候选", "candidate"),
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
    # fields of records
    "title": ("标题", "title"), "doc_number": ("文号", "number"), "issuers": ("发文机关", "issuer"),
    "issuer": ("发文机关", "issuer"), "addressees": ("主送机关", "addressees"), "issued_on": ("成文日期", "issued on"),
    "printed_on": ("印发日期", "printed on"), "region_code": ("地区", "region"), "level": ("级别", "level"),
    "campaign": ("专项", "campaign"), "total_points": ("总分", "total points"), "kind": ("类型", "kind"),
    "bonus_points": ("加分", "bonus points"), "points": ("分值", "points"), "points_status": ("分值依据", "points are"),
    "text": ("内容", "text"), "verification": ("验收方式", "verification"), "nature": ("性质", "nature"),
    "optional": ("合理缺项", "optional"), "condition": ("条件", "condition"), "mode": ("计分方式", "mode"),
    "step": ("每", "step"), "step_unit": ("步长单位", "step unit"), "cap": ("上限", "cap"), "floor": ("下限", "floor"),
    "starts_on": ("开始", "starts on"), "ends_on": ("完成时间", "ends on"),
    "indicator": ("指标", "indicator"), "comparator": ("比较", "comparator"), "value": ("数值", "value"),
    "value_high": ("上值", "upper value"), "unit": ("单位", "unit"), "baseline": ("基准", "baseline"),
    "period": ("时段", "period"), "department": ("部门", "department"), "role": ("角色", "role"),
    "cited_title": ("所引标题", "cited title"), "cited_number": ("所引文号", "cited number"), "code": ("编号", "code"),
    # figures held against each other, and promises that say less
    "incomparable": ("无法比较", "cannot be compared"), "lower_figure": ("数值更低", "lower figure"),
    "other_measure": ("口径不同", "another measure"), "vaguer": ("更含糊", "vaguer"),
    "no_figure": ("没有数值", "no figure"), "no_comparison": ("没有比较", "no comparison"),
    "rarer": ("次数更少", "rarer"), "lesser_post": ("职务更低", "lesser post"),
    "lower_level": ("级别更低", "lower level"), "narrower": ("范围更窄", "narrower"),
    "shorter_list": ("列举不全", "shorter list"),
    # relations
    "replaces": ("代替", "replaces"), "repeals": ("废止", "repeals"), "forwards": ("转发", "forwards"),
    "draft_of": ("是草案，正式文本为", "is a draft of"), "annex_of": ("附于", "is an annex of"),
    # answers to questions
    "coverage": ("覆盖", "coverage"), "undemanded": ("考核未要求", "not demanded"), "named": ("条款写明", "named"),
    "whole": ("全部", "as a whole"), "part": ("部分", "in part"), "yes": ("是", "yes"), "no": ("否", "no"),
    "today": ("现名", "names of today"), "plan_item": ("任务", "plan item"), "clause": ("条款", "clause"),
    "document": ("文件", "document"), "offered": ("候选", "offered"), "ceiling": ("上限", "ceiling"),
    "exact": ("等于", "exactly"),
    # kinds of findings
    "blank_form": ("空白表格", "blank form"), "lost_cell": ("缺失单元格", "lost cell"),
    "lost_title_elsewhere": ("缺失标题见他处", "lost title found elsewhere"), "lost_table": ("缺失表格", "lost table"),
    "lost_text": ("缺失文字", "lost text"), "low_confidence": ("识别存疑", "uncertain recognition"),
    "no_family": ("未识别文件类型", "no known kind of document"), "numbering_gap": ("编号不连续", "gap in numbering"),
    "points_do_not_sum": ("分值合计不符", "points do not sum"), "points_disagree": ("分值不一致", "points disagree"),
    "ungrounded_fact": ("无原文依据", "ungrounded fact"), "unknown_department": ("未知部门", "unknown department"),
    "unknown_region": ("未知地区", "unknown region"), "unnamed_sign": ("字体未注明的符号", "unnamed sign"),
    "unread_deadline": ("未读出期限", "unread deadline"), "unread_page": ("未读页面", "unread page"),
    "unread_text": ("未读文字", "unread text"), "unread_table": ("未读表格", "unread table"),
    "unread_duty": ("未读出责任", "unread duty"), "unread_points": ("未读出分值", "unread points"),
    "unread_target": ("未读出目标", "unread target"), "unread_task": ("未读出任务", "unread task"),
    "unread_picture": ("未读图片", "unread picture"), "unread_chart": ("未读图表", "unread chart"),
    "unread_diagram": ("未读示意图", "unread diagram"), "unread_object": ("未读对象", "unread object"),
    "unread_part": ("未读部分", "unread part"), "hidden_sheet": ("隐藏工作表", "hidden sheet"),
    "hidden_row": ("隐藏行", "hidden row"), "hidden_column": ("隐藏列", "hidden column"),
    "dangling_reference": ("引用无对象", "dangling reference"), "duplicate_code": ("编号重复", "duplicate code"),
    "link_to_no_leaf": ("对应非末级条款", "link to no leaf"),
    "unattached_assignment": ("责任无归属", "unattached assignment"),
    "below_floor": ("低于下限", "below floor"), "conflicting_threshold": ("目标值冲突", "conflicting threshold"),
    "conflicting_unit": ("单位冲突", "conflicting unit"), "count_not_kept": ("数目不符", "count not kept"),
    "correction_outdated": ("更正已过时", "outdated correction"),
    "correction_without_fact": ("更正无对象", "correction without fact"),
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
