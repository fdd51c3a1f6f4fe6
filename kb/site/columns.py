"""Columns of tables and answers as pages print them: the Chinese for each name; the English is the name itself."""

from __future__ import annotations

COLUMNS: dict[str, str] = {
    # documents
    "document": "文件", "document_id": "文件编号", "document_ids": "文件", "documents": "文件数", "title": "标题",
    "doc_number": "文号", "issuer": "发文机关", "addressees": "主送机关", "issued_on": "成文日期",
    "printed_on": "印发日期", "dated": "日期", "region": "地区", "region_code": "区划代码", "level": "级别",
    "origin": "来源性质", "campaign": "创建活动", "total_points": "总分", "bonus_points": "加分", "source": "来源",
    "format": "格式", "sha256": "文件指纹", "revision": "修订", "extractor_version": "读取规则",
    "ingested_at": "收录时间", "title_key": "标题键", "number_key": "文号键", "issued_key": "印发标题键",
    "is_current": "是否现行", "other": "另一文件", "other_id": "另一文件", "relation": "关系",
    "compared_with": "对照文件", "cited_title": "被引标题", "cited_number": "被引文号", "cited_document": "被引文件",
    "cited_document_id": "被引文件编号", "cited_origin": "被引文件性质", "in_base": "是否在库",
    # places
    "passage": "原文", "passage_id": "原文编号", "place": "出处", "rubric_place": "考核文件出处", "ordinal": "次序",
    "page": "页", "line": "行", "table_no": "表", "row_no": "表行", "column_no": "表列", "boxes": "页面位置",
    "characters": "字数", "covered": "已覆盖", "confidence": "识别把握", "raw": "印出的名称", "percent": "百分比",
    "unread": "未读处", "leftovers": "余文", "passages": "段落",
    # clauses
    "rubric": "考核文件", "rubric_id": "考核文件编号", "clause": "条款", "clause_id": "条款",
    "clause_title": "条款内容", "clause_codes": "条款编号", "clause_code": "条款编号", "clauses": "条款数",
    "code": "编号", "kind": "种类", "parent": "上级条款", "parent_id": "上级条款", "parent_code": "上级编号",
    "parent_title": "上级标题", "parent_points": "上级分值", "points": "分值", "points_status": "分值来历",
    "clause_points": "条款分值", "verification": "验收方式", "optional": "合理缺项", "nature": "性质",
    "depth": "层级", "position": "阅读次序", "sum_below": "下级合计", "parts": "下级数", "part": "是否部分",
    "difference": "差额", "mode": "给分办法", "step": "每档", "step_unit": "每档单位", "cap": "上限",
    "floor": "下限", "condition": "条件", "score_rule": "评分细则", "score_rule_id": "评分细则",
    "score_rules": "评分细则数",
    # thresholds
    "indicator": "指标", "indicator_id": "指标", "comparator": "比较", "value": "数值", "value_high": "上值",
    "unit": "单位", "baseline": "基准", "period": "期限", "direction": "方向", "compared": "参比数",
    "verdict": "结论", "demanded": "考核要求", "offered": "目标值", "demand_text": "考核原文",
    "owner": "所属条款或任务", "owner_kind": "所属种类", "thresholds": "目标值数", "threshold_id": "目标值",
    "size": "折算值", "measure": "量纲", "excludes_border": "不含边界", "printed": "印出的写法",
    "comparable": "比较用写法",
    # plans
    "plan": "规划文件", "plan_id": "规划文件编号", "plan_item": "任务", "plan_item_id": "任务", "plan_items": "任务",
    "plan_item_text": "任务内容", "item_code": "任务编号", "item_hash": "任务指纹", "text": "内容",
    "section": "章节", "starts_on": "开始", "ends_on": "期限", "tasks": "任务数", "best_item": "最接近的任务",
    "best_item_id": "最接近的任务", "best_item_text": "最接近的任务内容", "duty": "事项", "duty_text": "事项内容",
    "duties": "事项",
    # departments
    "department": "部门", "department_id": "部门", "departments": "部门", "lead_department": "牵头部门",
    "partner": "协作部门", "partner_role": "协作角色", "partners": "协作部门数", "meetings": "共事次数",
    "closest": "共事最多", "shared": "共同事项", "shared_with_closest": "与其共事", "leads": "牵头",
    "supports": "配合", "takes_part": "参加", "supervises": "督办", "others": "其他部门", "role": "角色",
    "body": "机构", "printed_name": "印出的名称", "printed_names": "文件中的名称", "name_of_the_time": "当时全称",
    "full_name": "全称", "name": "名称", "names": "名称口径", "short_name": "简称", "today_name": "现名",
    "is_group": "是否群体", "function": "职能", "function_id": "职能", "present_function": "现行职能",
    "read_as": "原职能", "successor": "承接职能", "successor_id": "承接职能", "heir_id": "承接职能",
    "taken_over": "承接范围", "succeeded_on": "承接时间", "authority": "依据", "regions": "地区数",
    "assignments": "责任分工数", "assignment_id": "责任分工", "via": "依据",
    # links and coverage
    "status": "状态", "score": "把握", "weight": "分量", "rank": "名次", "method": "方式", "evidence": "理由",
    "link_status": "人工结论", "at_risk": "风险分值", "excusable": "可缺分值", "claims": "对应数",
    "is_claim": "是否对应", "doubtful": "存疑", "uncovered": "可能未覆盖", "points_covered": "已覆盖分值",
    "points_doubtful": "存疑分值", "points_uncovered": "未覆盖分值", "points_excused": "可缺分值",
    "conditions_open": "未满足的条件", "least_sure_link": "最弱的对应", "links": "对应关系数",
    # findings, changes, corrections, the log
    "findings": "疑点", "severity": "程度", "message": "说明", "record": "记录种类", "key": "键", "fact": "事实",
    "fact_id": "事实", "field": "字段", "change": "变化", "before": "改前", "after": "改后", "correction": "更正",
    "read_value": "原读数", "now_read": "现读数", "corrected_value": "更正值", "made_by": "更正人",
    "made_at": "更正时间", "reason": "理由", "decided_by": "决定人", "decided_at": "决定时间", "note": "附注",
    "error": "错误", "started_at": "开始时间", "finished_at": "结束时间", "linked_at": "关联时间", "model": "模型",
    "fingerprint": "指纹", "left_key": "名称一", "right_key": "名称二", "label": "标签", "citations": "引用数",
    "form_fields": "表格项数", "target": "终点", "id": "编号",
}  # fmt: skip


def column_zh(name: str) -> str:
    """A column in Chinese; its name where there is no word.

    >>> column_zh("department"), column_zh("x")
    ('部门', 'x')
    """
    return COLUMNS.get(name, name)


def column_en(name: str) -> str:
    """A column in English.

    >>> column_en("best_item")
    'best item'
    """
    return name.replace("_", " ")
