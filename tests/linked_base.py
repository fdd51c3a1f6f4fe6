"""A base made by hand for linking: a rubric, a city's plan, and a task table that prints the same clauses."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from gold_base import insert

from kb.base import memory_base, open_base

CLAUSES = {
    "1": ("建立质量工作联席会议制度", ("每年至少召开一次联席会议", "主要领导出席会议")),
    "2": ("安排质量工作专项经费", ("专项经费列入年度财政预算", "经费使用有审计报告")),
    "3": ("推行首席质量官制度", ("骨干企业设首席质量官", "首席质量官经过培训")),
    "4": ("完善投诉热线", ("热线全天有人接听", "投诉在十五日内答复")),
    "5": ("保障农产品安全", ("地产农产品抽检合格率达到95%以上", "建立农药追溯台账")),
    "6": ("推进建筑节能", ("新开工建筑节能标准执行率达到100%", "既有建筑逐年改造")),
    "7": ("开展计量检定", ("强制检定计量器具受检率达到98%以上", "建成一个计量测试中心")),
    "8": ("培育自主品牌", ("组织企业参加品牌价值评价", "对获奖品牌给予奖励")),
    "9": ("开展中小学质量教育", ("建成一个社会实践基地", "基地每年开放三十六天")),
}
VETO = "近三年发生重大特种设备事故"
ITEMS = {
    "1.1": "健全质量工作联席会议制度，每年召开一次联席会议。市长出席会议并讲话。",
    "1.2": "市财政把质量专项经费列入年度预算。",
    "2.1": "在骨干企业推行首席质量官制度，组织首席质量官培训。",
    "2.2": "地产农产品抽检合格率稳定在95%以上，农药追溯台账覆盖全部乡镇。",
    "2.3": "新开工建筑节能标准执行率达到100%。",
    "3.1": "组织企业参加品牌价值评价，奖励获奖品牌。建成中小学质量教育社会实践基地。",
    "3.2": "疏浚内河航道，修建三座码头。",
    "3.3": "投诉热线全天接听，十五日内答复。",
}
TASKS = {"1.1": ("召开质量工作联席会议，请主要领导到会", "1"), "2.1": ("把专项经费写进财政预算", "2")}


def linked_base(path: Path | None = None) -> sqlite3.Connection:
    """The base, in memory or at a path; nothing is inferred yet."""
    base = memory_base() if path is None else open_base(path, create=True)
    document(base, "rubric", "示范城市考核细则", "rubric")
    document(base, "plan", "甲市创建方案", "plan")
    document(base, "table", "乙市任务分解表", "task_table")
    document(base, "foreign", "丙省航运发展意见", "other", campaign="航运")
    for text in ("疏浚内河航道，改造老旧码头，更新助航标志。", "组建航运联盟，开行集装箱班轮。"):
        insert(base, "passages", document_id="foreign", ordinal=len(text), kind="paragraph", text=text)
    rubric(base, "rubric")
    rubric(base, "table")
    plan(base)
    for code, (text, clause) in TASKS.items():
        item = insert(base, "plan_items", document_id="table", code=code, text=text)
        row = base.execute("select id from clauses where document_id = 'table' and code = ?", (clause,)).fetchone()
        claim = {"relation": "primary", "method": "printed", "score": 1.0, "rank": 1, "evidence": '{"why":"printed"}'}
        insert(base, "links", plan_item_id=item, clause_id=row[0], **claim)
    return base


def document(base: sqlite3.Connection, key: str, title: str, kind: str, campaign: str = "示范城市") -> None:
    """One document of a campaign."""
    rest = {"format": "txt", "sha256": key, "revision": 1, "ingested_at": "2024-01-01T00:00:00Z"}
    insert(
        base,
        "documents",
        id=key,
        title=title,
        kind=kind,
        campaign=campaign,
        source=f"in/{key}.txt",
        title_key=title,
        **rest,
    )


def rubric(base: sqlite3.Connection, document_id: str) -> None:
    """The clauses below a section, with conditions and a threshold."""
    common = {"document_id": document_id, "points_status": "printed"}
    section = insert(base, "clauses", code="S1", kind="section", title="质量水平", points=90, **common)
    for code, (title, conditions) in CLAUSES.items():
        own = {"code": code, "kind": "scored", "title": title, "points": 10, "parent_id": section}
        clause = insert(base, "clauses", **own, **common)
        for ordinal, condition in enumerate(conditions, 1):
            rule = {"clause_id": clause, "ordinal": ordinal, "mode": "additive", "points": 5, "condition": condition}
            insert(base, "score_rules", **rule)
        if code == "5":
            threshold(base, document_id, "地产农产品抽检合格率", clause_id=clause)
    insert(base, "clauses", code="V1", kind="veto", title=VETO, document_id=document_id, points_status="none")
    insert(
        base,
        "clauses",
        code="C1",
        kind="catalogue",
        title=CLAUSES["1"][0],
        document_id=document_id,
        points_status="none",
    )


def threshold(base: sqlite3.Connection, document_id: str, indicator: str, **owner: int) -> None:
    """At least 95 % of an indicator."""
    figure = {"comparator": ">=", "value": 95.0, "unit": "%", "text": f"{indicator}95%以上"}
    insert(base, "thresholds", document_id=document_id, indicator=indicator, **figure, **owner)


def plan(base: sqlite3.Connection) -> None:
    """The items of the city's plan."""
    for code, text in ITEMS.items():
        item = insert(base, "plan_items", document_id="plan", code=code, text=text)
        if code == "2.2":
            threshold(base, "plan", "农产品抽检合格率", plan_item_id=item)


def read_anew(base: sqlite3.Connection) -> None:
    """Forget the plan's facts and write them again, under other ids, as a re-reading does."""
    items = "(select id from plan_items where document_id = 'plan')"
    for table in ("links", "link_candidates", "thresholds"):
        base.execute(f"delete from {table} where plan_item_id in {items}")
    base.execute("delete from plan_items where document_id = 'plan'")
    insert(base, "plan_items", id=900, document_id="table", code="9.9", text="占位")
    plan(base)


def linked(base: sqlite3.Connection, status: str = "proposed", rubric_id: str = "rubric") -> set[tuple[str, str]]:
    """The codes of the plan's items and clauses that are linked."""
    return {
        (row[0], row[1])
        for row in base.execute(
            "select i.code, c.code from links l join plan_items i on i.id = l.plan_item_id"
            " join clauses c on c.id = l.clause_id"
            " where i.document_id = 'plan' and c.document_id = ? and l.status = ?",
            (rubric_id, status),
        )
    }
