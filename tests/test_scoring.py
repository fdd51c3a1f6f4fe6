"""Scoring texts read as score rules: alternatives, parts, deductions, steps, caps, floors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scoring import score_rules, total_points

MODES = [
    ("已经建成的得20分；正在建设的得10分；没有开工的得0分。", 20, [("tier", 20), ("tier", 10), ("tier", 0)]),
    ("比例达到2%的给8分，到达1%的给4分，否则不得分。", 8, [("tier", 8), ("tier", 4), ("tier", 0)]),
    ("建立会议制度（10分）；每年召开会议（5分）。", 15, [("additive", 10), ("additive", 5)]),
    # a falling row of brackets is alternatives only where the clause's points say so
    ("三家及以上（5分），两家（3分），一家（1分）", 5, [("tier", 5), ("tier", 3), ("tier", 1)]),
    ("三家及以上（5分），两家（3分），一家（1分）", 9, [("additive", 5), ("additive", 3), ("additive", 1)]),
    ("已经推行（10分）；仍在研究（5分）", 10, [("tier", 10), ("tier", 5)]),
    ("纳入考核（4分），一般考核（2分）。结果用于评价（2分）", 6, [("tier", 4), ("tier", 2), ("additive", 2)]),
    ("纳入考核（4分）；一般考核（2分）；另有方案（1分）。结果用于评价（2分）", 6,
     [("tier", 4), ("tier", 2), ("tier", 1), ("additive", 2)]),
    # lines wrapped inside a cell are one sentence
    ("纳入考核（4分），一\n般考核（2分），另有方\n案（1分）。结果用于评\n价（2分）", 6,
     [("tier", 4), ("tier", 2), ("tier", 1), ("additive", 2)]),
    ("上报情况，得5分。参加会议（2分）。省级推广，得3分；市级推广，得2分", 10,
     [("additive", 5), ("additive", 2), ("tier", 3), ("tier", 2)]),
    ("人数达到2人（5分），达到1人（5分），不足1人（0分）", 10, [("additive", 5), ("additive", 5), ("tier", 0)]),
    ("由专家酌情打分，分三个档次，分别是20分、10分、5分。", 20, [("tier", 20), ("tier", 10), ("tier", 5)]),
    ("公开征集，集体研究，并由媒体宣传，得6分，每个环节2分", 6, [("additive", 2), ("additive", 2), ("additive", 2)]),
    # ranges of one measure exclude each other
    ("缴纳税款：1万—3万元（含1万元）（4分）；3万—6万元（8分）；6万元以上（12分）。按时申报（2分）", None,
     [("tier", 4), ("tier", 8), ("tier", 12), ("additive", 2)]),
    ("自查评分达到800分以上", None, []),
    ("依据检查情况，酌情打分。", 20, []),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "points", "expected"), MODES)
def test_the_points_of_the_clause_decide_between_alternatives_and_parts(
    printed: str, points: float | None, expected: list[tuple[str, float]]
) -> None:
    """得…分 in a row are alternatives, （…分） parts, unless only another reading reaches the clause's points."""
    assert [(rule.mode, rule.points) for rule in score_rules(printed, points, "1", 1)] == expected


# printed → (mode, points, step, unit, cap, floor, condition) of its last rule
LIMITS = [
    ("达到100%的得20分，未达到者每下降0.5%减1分，直至0分。", ("deduction", 1, 0.5, "%", None, 0, "未达到者每下降0.5%")),
    ("每低1个百分点扣0.5分，扣完为止", ("deduction", 0.5, 1, "个百分点", None, 0, "每低1个百分点")),
    ("每发现一例扣2分，扣至0分", ("deduction", 2, 1, "例", None, 0, "每发现一例")),
    ("按月上报得5分，每少一次扣0.5分，扣完本项分值为止", ("deduction", 0.5, 1, "次", None, 0, "每少一次")),
    ("会议记录齐全（3分，少一次扣1分）", ("deduction", 1, 1, "次", None, None, "少一次")),
    ("每增加一项加2分，最高不超过10分", ("additive", 2, 1, "项", 10, None, "每增加一项")),
    ("获奖每次得3分，累计不超过9分", ("additive", 3, 1, "次", 9, None, "获奖每次")),
    ("每满1年计5分，最多加20分", ("additive", 5, 1, "年", 20, None, "每满1年")),
    ("满意度得分85分以上的得20分，每降低1分扣2分", ("deduction", 2, 1, "分", None, None, "每降低1分")),
    ("按时报送得10分，迟报1次扣1分", ("deduction", 1, 1, "次", None, None, "迟报1次")),
    ("排名每下降一名减1分", ("deduction", 1, 1, "名", None, None, "排名每下降一名")),
    ("每增加1岁少加2分", ("deduction", 2, 1, "岁", None, None, "每增加1岁")),
    ("工作每满1年再加5分，最高再加分不超过20分", ("additive", 5, 1, "年", 20, None, "工作每满1年")),
    ("志愿服务（每满50小时计2分）", ("additive", 2, 50, "小时", None, None, "志愿服务（每满50小时")),
    ("参加献血（首次2分，累加每次1分），累计不超过6分", ("additive", 1, 1, "次", 6, None, "累加每次")),
    ("被省、市通报的分别扣5分、3分", ("deduction", 3, None, None, None, None, "被省、市通报")),
    ("工作不力的酌情扣分", ("deduction", None, None, None, None, None, "工作不力")),
    ("连续获奖的每年加1分", ("additive", 1, 1, "年", None, None, "连续获奖的每年")),
    # how often, and at least how many, is no step
    ("每年巡查12次以上的得10分", ("tier", 10, None, None, None, None, "每年巡查12次以上")),
    ("每月开展一次检查（2分）", ("additive", 2, None, None, None, None, "每月开展一次检查")),
    ("完成任务，加满5分为止", None),
]


@pytest.mark.parametrize(("printed", "expected"), LIMITS)
def test_steps_caps_and_floors_belong_to_the_award_before_them(
    printed: str, expected: tuple[object, ...] | None
) -> None:
    """每… gives the step and its unit, 最高/累计 the cap, 直至0分 and 扣完为止 the floor of the rule they follow."""
    rules = list(score_rules(printed, None, "1", 1))
    if expected is None:
        assert not any(rule.floor is not None or rule.step for rule in rules)
        return
    last = rules[-1]
    assert (last.mode, last.points, last.step, last.step_unit, last.cap, last.floor, last.condition) == expected


CONDITIONS = [
    ("1.清查台账（15分）; 2.完善体系，，运行正常（20分）", ["清查台账", "完善体系，，运行正常"]),
    ("查处违法行为，出现一例未查处扣10分（20分）", ["查处违法行为", "出现一例未查处"]),
    ("处理率达八成以上，否则不得分（10分）", ["处理率达八成以上，否则不得分"]),
    ("水质监测（20） 编制方案（30分）", ["水质监测", "编制方案"]),
    ("出台政策的（2分）；形成报告。（3分）", ["出台政策", "形成报告"]),
]


@pytest.mark.parametrize(("printed", "expected"), CONDITIONS)
def test_a_condition_is_the_printed_words_without_those_that_give_the_points(printed: str, expected: list[str]) -> None:
    """Numbering, closing stops and 的 before the points are left off; a deduction in a part does not take its words."""
    assert [rule.condition for rule in score_rules(printed, None, "1", 1)] == expected


@given(st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_parts_sum_to_the_points_of_their_clause(amounts: list[int]) -> None:
    """The total of bracketed parts is the sum that was printed."""
    printed = "；".join(f"措施{'甲乙丙丁戊己'[i]}落实（{amount}分）" for i, amount in enumerate(amounts))
    rules = list(score_rules(printed, sum(amounts), "1", 1))
    assert [rule.points for rule in rules] == amounts
    assert total_points(rules) == sum(amounts)
