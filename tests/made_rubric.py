"""A rubric made up for simulated scores: every way of giving and taking points, as a text to be read and ingested."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kb.base import memory_base
from kb.ingest import Given, ingest
from kb.simulate.rubric import Rubric, read_rubric

RUBRIC = """# 甲市绿色港城考核细则

## 一、否决条件

1. 发生特别重大污染事故的。
2. 因污染事故造成10人以上死亡的。

## 二、基本条件

1. 全市森林覆盖率应达到30%以上。
2. 须成立绿色港城工作领导小组。

## 三、考核内容（160分）

| 序号 | 考核内容 | 分值 | 评分标准 |
| --- | --- | --- | --- |
| 1 | 工程质量 | 20 | 重点工程合格率达到100%的得20分，未达到100%的每下降0.5%扣1分，扣完为止。 |
| 2 | 巡查 | 10 | 全市巡查每年不少于12次，每少1次扣2分，扣完为止。 |
| 3 | 湿地 | 10 | 每修复1处湿地得2分，最高不超过10分。 |
| 4 | 信访 | 10 | 信访办结率达到98%以上的，得10分；95%以上不足98%的，得6分；90%以上不足95%的，得2分。 |
| 5 | 防火 | 15 | 全年无火灾的得15分；发生火灾的，每起扣5分。 |
| 6 | 制度 | 10 | 建立巡查制度（4分）；每年开展培训3次以上（6分）。 |
| 7 | 机构 | 10 | 未成立机构的扣5分；违规用火每发现1起扣2分，最多扣6分。 |
| 8 | 港口监测 | 5 | 有港口的城市建立监测站的得5分（无港口的城市此项为合理缺项）。 |
| 9 | 满意度 | 10 | 群众满意度位居全省前10名的得10分，排名10至15名的，排名每下降一名减1分，排名15名以外的得0分。 |
| 10 | 成效 | 10 | 工作成效显著的得10分，较好的得6分，其余得2分。 |
| 11 | 创新 | 5 | 由专家组根据现场情况打分。 |
| 12 | 经费 | 5 | 安排专项经费，且专项经费占财政收入比例达到1‰的得5分，达到0.5‰的得3分，未安排的得0分。 |
| 13 | 执法 | 10 | 行政处罚立案率低于20%的，扣3分；全年零处罚的，本项不得分。 |
| 14 | 材料 | 10 | 申报材料齐全的得10分，每缺一项扣1分。 |
| 15 | 投资 | 10 | 完成投资占计划的100%得10分，不足100%的按比例得分。 |
| 16 | 群众评价 | 10 | 群众评价得分85分以上的得10分，每降低1分扣2分，扣完为止。 |

## 四、加分项（5分）

| 序号 | 考核内容 | 分值 | 评分标准 |
| --- | --- | --- | --- |
| 17 | 推广 | 5 | 经验被省级推广的，每项加2分，累计加分不超过5分。 |
"""


def made_rubric(folder: Path, text: str = RUBRIC) -> tuple[sqlite3.Connection, Rubric]:
    """The rubric in a base in memory, by way of a file in a folder."""
    file = folder / "rubric.md"
    file.write_text(text, encoding="utf-8")
    base = memory_base()
    (outcome,) = ingest(base, None, [Given(file, file.name)])
    assert outcome.document_id is not None, outcome.error
    return base, read_rubric(base, outcome.document_id)
