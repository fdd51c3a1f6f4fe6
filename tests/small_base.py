"""A small base made by hand: a rubric, a city's plan, and a notice that contradicts the rubric.

Two bodies and a group do three tasks; one clause is left out, one promise is too low, one sum is wrong.
"""

from __future__ import annotations

import sqlite3
from itertools import count
from typing import Any

from gold_base import insert

from kb.base import memory_base

PASSAGES = count(1)


def small_base() -> sqlite3.Connection:
    """The base, in memory."""
    base = memory_base()
    base.execute("pragma foreign_keys = off")
    insert(base, "regions", code="100000", name="全国", short_name="全国", level="national")
    insert(base, "regions", code="990100", name="甲省乙市", short_name="乙市", level="municipal")
    _document(
        base, "rubric", "示范城市考核细则", "100000", kind="rubric", total_points=30, doc_number="甲质〔2013〕1号"
    )
    _document(base, "plan", "乙市创建工作方案", "990100", kind="plan", issuer="乙市人民政府；乙市质监局")
    _document(base, "notice", "乙市经费通知", "990100", kind="notice")
    _rubric(base)
    _plan(base)
    _notice(base)
    _logs(base)
    return base


def _document(base: sqlite3.Connection, key: str, title: str, region: str, **values: Any) -> None:
    given = {"id": key, "title": title, "region_code": region, "source": f"in/{key}.txt", "campaign": "示范城市"}
    rest = {"format": "txt", "sha256": key, "revision": 1, "ingested_at": "2024-01-01T00:00:00Z", "title_key": title}
    insert(base, "documents", **given, **rest, **values)


def _fact(base: sqlite3.Connection, table: str, document: str, printed: str, **values: Any) -> int:
    """A fact of a document, with a passage that holds what is printed."""
    number = next(PASSAGES)
    place = {"ordinal": number, "kind": "cell", "line": number, "table_no": 1, "row_no": number, "column_no": 2}
    passage = insert(base, "passages", document_id=document, text=printed, **place)
    if table not in ("score_rules", "assignments"):
        values["document_id"] = document
    return insert(base, table, passage_id=passage, **values)


def _clause(base: sqlite3.Connection, document: str, code: str, kind: str, title: str, **values: Any) -> int:
    status = values.pop("points_status", "printed" if "points" in values else "none")
    values |= {"code": code, "kind": kind, "title": title, "points_status": status}
    return _fact(base, "clauses", document, title, **values)


def _threshold(base: sqlite3.Connection, document: str, indicator: str, value: float, unit: str, **values: Any) -> None:
    values = {"comparator": ">=", "text": f"{indicator}达到{value:g}{unit}"} | values
    known = base.execute("select id from indicators where name = ?", (indicator,)).fetchone()
    key = known[0] if known else insert(base, "indicators", name=indicator, unit=unit)
    if not known:
        why = {"method": "name", "score": 1, "reason": "its own name"}
        insert(base, "indicator_aliases", printed=indicator, indicator_id=key, comparable=indicator, **why)
    values |= {"indicator_id": key, "indicator": indicator, "value": value, "unit": unit}
    _fact(base, "thresholds", document, values["text"], **values)


def _rubric(base: sqlite3.Connection) -> None:
    section = _clause(base, "rubric", "S1", "section", "质量水平", points=30)
    sampled = _clause(
        *(base, "rubric", "1", "scored", "抽检合格率稳定"),
        parent_id=section,
        points=10,
        verification="查阅文件；现场检查",
    )
    _clause(base, "rubric", "2", "scored", "", parent_id=section, points=15, points_status="inferred", optional=1)
    last = base.execute("select passage_id from clauses where code = '2'").fetchone()[0]
    words = {"document_id": "rubric", "severity": "warning", "message": "points worked out"}
    insert(base, "findings", kind="lost_cell", passage_id=last, **words)
    _clause(base, "rubric", "B1", "basic", "建立奖励制度")
    rules = (("tier", 10, "合格率达到95%"), ("tier", 5, "合格率达到90%"), ("deduction", None, "发生事故酌情扣分"))
    for ordinal, (mode, points, text) in enumerate(rules, 1):
        place = {"clause_id": sampled, "ordinal": ordinal, "mode": mode, "points": points, "condition": text}
        rule = _fact(base, "score_rules", "rubric", text, **place)
        if ordinal == 1:
            owner = {"clause_id": sampled, "score_rule_id": rule}
            _threshold(base, "rubric", "抽检合格率", 95, "%", text="合格率达到95%", **owner)
    _threshold(base, "rubric", "专项经费比例", 1, "%", clause_id=section, baseline=None)
    _threshold(base, "rubric", "投诉率", 0.5, "‰", comparator="<=", period="2016", value_high=None)
    last = base.execute("select id from indicators where name = '投诉率'").fetchone()[0]
    other = {"method": "decided", "score": 1, "reason": "decided by a person", "comparable": "投诉比例"}
    insert(base, "indicator_aliases", printed="投诉比例", indicator_id=last, **other)


def _plan(base: sqlite3.Connection) -> None:
    old = insert(base, "functions", name="质量技术监督")
    new = insert(base, "functions", name="市场监督管理")
    insert(base, "function_successions", function_id=old, successor_id=new, succeeded_on="2018", source="机构改革方案")
    bureau, commission, group = (
        insert(base, "departments", name=name, region_code="990100", function_id=function, is_group=is_group)
        for name, function, is_group in (("市质监局", old, 0), ("市发改委", None, 0), ("领导小组成员单位", None, 1))
    )
    base.execute("update departments set today_name = '乙市市场监督管理局' where id = ?", (bureau,))
    items = [
        _fact(base, "plan_items", "plan", text, code=code, text=text, section="一、目标", ends_on=ends)
        for code, text, ends in (
            *(("1", "加强产品抽检", "2016"), ("2", "开展宣传活动", "2017-06")),
            *((None, "召开会议", None), ("2", "开展宣传活动", None)),
        )
    ]
    for item, department, role, raw in (
        *((items[0], bureau, "lead", "市质监局"), (items[0], commission, "support", "发改委")),
        *((items[1], commission, "lead", "市发改委"), (items[3], group, "member", "成员单位")),
    ):
        place = {"plan_item_id": item, "department_id": department, "role": role, "raw": raw}
        _fact(base, "assignments", "plan", raw, **place)
    _threshold(base, "plan", "抽检合格率", 93, "%", plan_item_id=items[0])
    sampled, lost, reward = (
        base.execute("select id from clauses where document_id = 'rubric' and code = ?", (code,)).fetchone()[0]
        for code in ("1", "2", "B1")
    )
    for item, clause, score, status in ((items[0], sampled, 0.9, "proposed"), (items[1], lost, 0.4, "accepted")):
        claim = {"relation": "primary", "method": "inferred", "score": score, "status": status, "evidence": "{}"}
        insert(base, "links", plan_item_id=item, clause_id=clause, rank=1, **claim)
    insert(base, "link_candidates", plan_item_id=items[2], clause_id=reward, score=0.2, rank=1, evidence="{}")
    for title, number, cited in (("示范城市考核细则", "甲质〔2013〕1号", "rubric"), ("质量纲要", None, None)):
        _fact(base, "citations", "plan", title, cited_title=title, cited_number=number, cited_document_id=cited)


def _notice(base: sqlite3.Connection) -> None:
    """A task table that prints its own clause, with the same code as the task that it ties to it."""
    clause = _clause(base, "notice", "1", "scored", "安排专项经费", points=5)
    own = _fact(base, "plan_items", "notice", "落实经费", code="1", text="落实经费", starts_on="2015-01")
    claim = {"relation": "primary", "method": "printed", "score": 1, "evidence": "{}", "rank": 1}
    insert(base, "links", plan_item_id=own, clause_id=clause, **claim)
    office = insert(base, "departments", name="市财政局", region_code="990100")
    for owner in ({"clause_id": clause}, {"plan_item_id": own}):
        _fact(base, "assignments", "notice", "市财政局", department_id=office, role="lead", raw="市财政局", **owner)
    _threshold(base, "notice", "专项经费比例", 1, "‰", clause_id=clause, baseline=None)


def _logs(base: sqlite3.Connection) -> None:
    passage = base.execute("select min(id) from passages where document_id = 'notice'").fetchone()[0]
    insert(base, "document_relations", document_id="notice", relation="repeals", other_id="plan", passage_id=passage)
    insert(
        base, "changes", document_id="plan", revision=2, record="plan_items", key="1", change="changed", field="text"
    )
    fix = {"record": "plan_items", "key": "1", "field": "text", "read_value": "抽捡", "corrected_value": "抽检"}
    insert(base, "corrections", document_id="plan", made_at="2024-01-02", **fix)
    for status, error in (("added", None), ("failed", "damaged file")):
        insert(base, "ingests", source="in/plan.txt", status=status, error=error, started_at="2024-01-01T00:00:00Z")
