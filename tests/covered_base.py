"""Two cities against one rubric, made by hand: every status, every kind of clause, an optional part, weak promises.

甲市 prints its own links beside the tasks; 乙市 is linked by inference.  The links and candidates are as linking
would leave them, decisions of people included.
"""

from __future__ import annotations

import json
import sqlite3
from itertools import count
from typing import Any

from gold_base import insert

from kb.base import memory_base

CLAUSES = (
    # code, kind, parent, title, points, optional
    ("S1", "section", None, "组织保障", 50, 0),
    ("S2", "section", None, "质量水平", 50, 0),
    ("1", "scored", "S1", "成立领导小组", 30, 0),
    ("2", "scored", "S1", "公布质量状况", 20, 0),
    ("3", "scored", "S2", "产品抽检合格率稳定", 25, 0),
    ("4", "scored", "S2", "口岸能力建设", 15, 1),
    ("5", "scored", "S2", "开展质量教育", 10, 1),
    ("V1", "veto", None, "发生重大质量事故", None, 0),
    ("B1", "basic", None, "建立奖励制度", None, 0),
    ("6", "bonus", None, "制度创新", 10, 0),
)
RULES = (
    # clause, mode, points, condition
    ("1", "additive", 10, "建立质量工作联席会议制度"),
    ("1", "additive", 20, "市长担任质量强市领导小组组长"),
    ("2", "additive", 20, "每年定期向社会公布质量状况分析结果"),
    ("3", "tier", 25, "产品抽检合格率达到95%"),
    ("3", "tier", 10, "产品抽检合格率达到90%"),
    ("3", "deduction", 2, "发生质量事故"),
    ("4", "additive", 10, "建立口岸信息平台"),
    ("4", "additive", 5, "至少1个口岸达标，无口岸的为合理缺项"),
)
ITEMS = (
    # city, code, text, lead
    ("a", "1.1", "建立质量工作联席会议制度", "市质监局"),
    ("a", "1.2", "市长出任质量强市领导小组第一组长", "市质监局"),
    ("a", "2.1", "定期向社会公布质量状况分析结果", "市统计局"),
    ("a", "3.1", "产品抽检合格率达到93%", "市质监局"),
    ("b", "一、1", "全市产品抽检合格率达到96%", "市市场监管局"),
    ("b", "一、2", "办好质量月活动", None),
)
LINKS = (
    # item, clause, method, score, status
    ("1.1", "1", "printed", 1.0, "proposed"),
    ("1.2", "1", "printed", 1.0, "proposed"),
    ("2.1", "2", "inferred", 0.92, "proposed"),
    ("3.1", "3", "inferred", 0.4, "accepted"),
    ("一、1", "3", "inferred", 0.75, "proposed"),
    ("一、2", "1", "inferred", 0.5, "proposed"),
    ("一、2", "B1", "inferred", 0.9, "rejected"),
)
CANDIDATES = (("一、2", "2", 0.3), ("一、2", "5", 0.1), ("一、1", "6", 0.9))


def covered_base() -> sqlite3.Connection:
    """The base, in memory."""
    base = memory_base()
    base.execute("pragma foreign_keys = off")
    insert(base, "regions", code="100000", name="全国", short_name="全国", level="national")
    for key, name in (("a", "甲"), ("b", "乙")):
        code = f"99{'ab'.index(key)}100"
        insert(base, "regions", code=code, name=f"某省{name}市", short_name=name, level="municipal")
        document(base, key, f"{name}市创建工作方案", code, "plan")
    document(base, "rubric", "示范城市考核细则", "100000", "rubric", issued_on="2013-07-15")
    document(base, "older", "示范城市考核办法", "100000", "rubric", issued_on="2009-01-01")
    _fill(base)
    return base


def document(base: sqlite3.Connection, key: str, title: str, region: str, kind: str, **values: Any) -> None:
    """A document of the campaign."""
    given = {"id": key, "title": title, "region_code": region, "kind": kind, "source": f"in/{key}.txt"}
    rest = {"format": "txt", "sha256": key, "revision": 1, "ingested_at": "2024-01-01", "title_key": title}
    insert(base, "documents", campaign="示范城市", **given, **rest, **values)


def threshold(base: sqlite3.Connection, owner: str, indicator: str, **values: Any) -> int:
    """A threshold with its indicator; `text` is made up of its parts where it is not given."""
    known = base.execute("select id from indicators where name = ?", (indicator,)).fetchone()
    number = known[0] if known else insert(base, "indicators", name=indicator)
    values = {"comparator": ">=", "unit": "%"} | values
    text = values.pop("text", f"{indicator}{values['comparator']}{values.get('value', '')}")
    place = {"document_id": owner, "indicator_id": number, "indicator": indicator, "text": text}
    return insert(base, "thresholds", **place, **values)


def _fill(base: sqlite3.Connection) -> None:
    ordinals = count(1)

    def passage(key: str, text: str) -> int:
        return insert(base, "passages", document_id=key, ordinal=next(ordinals), kind="cell", text=text, line=1)

    clauses: dict[str, int] = {}
    for position, (code, kind, parent, title, points, optional) in enumerate(CLAUSES, 1):
        place = {"position": position, "passage_id": passage("rubric", title), "parent_id": clauses.get(parent or "")}
        values = {"code": code, "kind": kind, "title": title, "points": points, "optional": optional}
        status = "none" if points is None else "printed"
        clauses[code] = insert(base, "clauses", document_id="rubric", points_status=status, **values, **place)
    rules = [
        insert(base, "score_rules", clause_id=clauses[code], ordinal=number, mode=mode, points=points, condition=text)
        for number, (code, mode, points, text) in enumerate(RULES, 1)
    ]
    for value, rule in ((95, rules[3]), (90, rules[4])):
        threshold(base, "rubric", "产品抽检合格率", value=value, clause_id=clauses["3"], score_rule_id=rule)
    items: dict[str, int] = {}
    for key, code, text, lead in ITEMS:
        items[code] = insert(base, "plan_items", document_id=key, code=code, text=text, passage_id=passage(key, text))
        if lead:
            region = "990100" if key == "a" else "991100"
            base.execute("insert or ignore into departments (name, region_code) values (?, ?)", (lead, region))
            body = base.execute("select id from departments where (name, region_code) = (?, ?)", (lead, region))
            who = {"department_id": body.fetchone()[0], "role": "lead", "raw": lead}
            insert(base, "assignments", plan_item_id=items[code], **who)
    base.execute("update departments set today_name = '甲市市场监督管理局' where name = '市质监局'")
    threshold(base, "a", "产品抽检合格率", value=93, plan_item_id=items["3.1"], text="产品抽检合格率达到93%")
    threshold(base, "b", "产品抽检合格率", value=96, plan_item_id=items["一、1"], text="产品抽检合格率达到96%")
    for item, clause, method, score, status in LINKS:
        said = (
            {"item": "开展工作", "clause": "工作", "shared": ["工作"]} if method == "inferred" else {"why": "printed"}
        )
        pair = {"plan_item_id": items[item], "clause_id": clauses[clause], "relation": "primary", "rank": 1}
        evidence = json.dumps(said, ensure_ascii=False)
        insert(base, "links", method=method, score=score, status=status, evidence=evidence, **pair)
    for item, clause, score in CANDIDATES:
        pair = {"plan_item_id": items[item], "clause_id": clauses[clause], "score": score, "rank": 2}
        insert(base, "link_candidates", evidence="{}", **pair)
