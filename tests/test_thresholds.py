"""Requirements of short texts: what is measured, how it is compared, with what, until when."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.records import Threshold
from extract.thresholds import thresholds

COMPARATORS = {">=", ">", "<=", "<", "=", "between", "rank<=", "increase", "decrease", "relative"}


def said(found: Sequence[Threshold]) -> list[str]:
    """Every requirement as "indicator comparator value-high unit; baseline; period", without what is not there."""
    lines = []
    for one in found:
        number = "" if one.value is None else f"{one.value:g}"
        number += "" if one.value_high is None else f"-{one.value_high:g}"
        line = " ".join(filter(None, (one.indicator, one.comparator, number, one.unit)))
        lines.append("; ".join(filter(None, (line, one.baseline, one.period))))
    return lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # rates
        ("设备完好率达到95%以上", ["设备完好率 >= 95 %"]),
        ("设备完好率应超过30%", ["设备完好率 > 30 %"]),
        ("确保村镇供水率达 到 ９２. 5 ％", ["村镇供水率 >= 92.5 %"]),
        ("垃圾清运率100%", ["垃圾清运率 = 100 %"]),
        ("溺水起数和触电人数分别下降5%和10%", ["溺水起数 decrease 5 %", "触电人数 decrease 10 %"]),
        ("城乡居民储蓄余额分别增长6%和7%", ["城镇居民储蓄余额 increase 6 %", "农村居民储蓄余额 increase 7 %"]),
        ("返贫率每年降低0.5个百分点", ["返贫率 decrease 0.5 个百分点; 每年"]),
        ("每季度通报1次整改情况", ["整改情况 = 1 次; 每季度"]),
        ("库存养护费每年90元/吨", ["库存养护费 = 90 元/吨/年"]),
        ("次品率控制在3%以内", ["次品率 <= 3 %"]),
        ("回访率稳定在90%左右", ["回访率 = 90 %"]),
        ("未达到98%的", []),
        ("噪声 $\\leqslant 56\\text{dB(A)}$，达标率 $\\geqslant 98\\%$", ["噪声 <= 56 dB(A)", "达标率 >= 98 %"]),
        ("顾客满意度达到80以上", ["顾客满意度 >= 80"]),
        # counts: the thing counted may follow or lead
        ("拥有1个以上示范基地，每年开放时间不低于36天", ["示范基地 >= 1 个", "开放时间 >= 36 天; 每年"]),
        ("每年至少召开一次联席会议并且形成纪要", ["联席会议 >= 1 次; 每年"]),
        ("10个部门以上联合行文", ["部门 >= 10 个"]),
        ("获得“老字号”称号在3个以上", ["“老字号”称号 >= 3 个"]),
        ("建成2个检测中心、5个实验室", ["检测中心 = 2 个", "实验室 = 5 个"]),
        ("培育小巨人企业50家以上，其中国家级5家", ["小巨人企业 >= 50 家", "国家级小巨人企业 = 5 家"]),
        ("抽检批次按常住人口不少于每千人4批次", ["抽检批次 >= 4 批次/千人; 常住人口"]),
        ("投资1000万元以上项目20个", ["投资1000万元以上项目 = 20 个"]),
        ("每千名老人拥有床位40张", ["每千名老人拥有床位 = 40 张"]),
        # from one value to another
        ("研发占比由2020年的2.1%提高到2025年的3%", ["研发占比 >= 3 %; 2020年的2.1%; 2025"]),
        ("细颗粒物浓度从40微克/立方米降至35微克/立方米", ["细颗粒物浓度 <= 35 微克/立方米; 40微克/立方米"]),
        ("森林面积，2015年为10万亩，到2020年为12万亩", ["森林面积 >= 120000 亩; 2015年为10万亩; 2020"]),
        ("质量档案以实名建立，建档率大于80%", ["质量档案建档率 > 80 %"]),
        # numbers between, multipliers
        ("新增3-5个生产基地", ["生产基地 between 3-5 个"]),
        ("年纳税额1万—3万元（含1万元）", ["年纳税额 between 10000-30000 元"]),
        ("拆迁住宅2万户左右，完成投资200亿元以上", ["住宅 = 20000 户", "投资 >= 2e+10 元"]),
        # several indicators, several values
        ("检出率和处置率均达到100%", ["检出率 = 100 %", "处置率 = 100 %"]),
        ("许可证、认证证书覆盖率达到100%", ["许可证覆盖率 = 100 %", "认证证书覆盖率 = 100 %"]),
        ("优良率、达标率分别达到85%、90%", ["优良率 >= 85 %", "达标率 >= 90 %"]),
        ("供水率市区不低于95%，县（市）不低于85%", ["市区供水率 >= 95 %", "县（市）供水率 >= 85 %"]),
        ("建立企业信用档案，建档率大于80%", ["企业信用档案建档率 > 80 %"]),
        ("细颗粒物浓度，2013年108微克/立方米，2016年95微克/立方米",
         ["细颗粒物浓度 <= 95 微克/立方米; 2013年108微克/立方米; 2016"]),
        # ranks and comparisons
        ("满意度位居全国同等城市前10名", ["满意度 rank<= 10 名; 全国同等城市"]),
        ("检出率连续3年居全国城市前10位", ["检出率 rank<= 10 位; 全国城市；连续3年"]),
        ("获奖企业数量居全国同级城市前列", ["获奖企业数量 relative; 全国同级城市前列"]),
        ("死亡率低于全国平均水平的得满分", ["死亡率 relative; 低于全国平均水平"]),
        ("服务质量达到国际先进水平", ["服务质量 relative; 达到国际先进水平"]),
        ("经费比例达到考核要求", ["经费比例 relative; 考核要求"]),
        ("产业发展走在全国前列", []),
        ("各项工作全面达到考核要求", []),
        # trends
        ("服务满意度不断提高", ["服务满意度 increase"]),
        ("投诉率连续3年不断递减", ["投诉率 decrease; 连续3年"]),
        ("排放总量在2010年基础上削减14.8%", ["排放总量 decrease 14.8 %; 2010年基础上"]),
        ("到2025年，生产总值年均增长6.5%左右", ["生产总值 increase 6.5 %; 年均; 2025"]),
        ("提高服务标准覆盖率", ["服务标准覆盖率 increase"]),
        ("产品质量显著提升，大力提升服务水平", []),
        # events that must not occur
        ("当年未发生较大事故", ["较大事故 = 0; 当年"]),
        ("确保不出区域性安全事故", ["区域性安全事故 = 0"]),
        ("消除劣V类水体", ["劣V类水体 = 0"]),
        ("消除安全隐患", []),
        # sums that are paid
        ("对新认定的企业，给予最高20万元奖励", ["新认定的企业奖励 <= 200000 元"]),
        ("按不高于合同金额的30%给予补助", ["补助 <= 30 %; 合同金额"]),
        # periods
        ("到2027年，培育30家企业，建成5个园区", ["企业 = 30 家; 2027", "园区 = 5 个; 2027"]),
        ("近两年投诉率不超过2‰", ["投诉率 <= 2 ‰; 近两年"]),
        # an indicator that only the unit names
        ("18—40周岁（含40周岁）", ["年龄 between 18-40 周岁"]),
        ("此表一式5份", ["份数 = 5 份"]),
    ],
)  # fmt: skip
def test_requirement(text: str, expected: list[str]) -> None:
    """A text gives each of its requirements once, in reading order, and nothing else."""
    assert said(list(thresholds(text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "得20分；得10分",
        "组织实施（10分）",
        "每下降0.5%扣1分，扣完为止",
        "每少一次扣2分，最多扣10分",
        "最高不超过20分",
        "共4项内容，分解成121项指标",
        "抓好三个环节、七大产业",
        "2016年9月开展质量月活动",
        "贯彻《纲要（2011—2020年）》",
        "甲政发〔2012〕91号文件",
        "拨打12315热线或0519-86660000",
        "加强PM2.5治理，推行3C认证",
        "第十二条第3款",
        "收到后5个工作日内答复",
        "检查人次数/总人次数×100%",
        "培育一批省级以上企业",
        "成立9个专责小组",
        "分为两部分",
        "",
    ],
)
def test_no_requirement(text: str) -> None:
    """Points, steps, list counts, dates, titles, numbers of documents and telephones demand nothing."""
    assert said(list(thresholds(text))) == []


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("每年经费占收入比例达到1‰", "达到0.6‰", ["经费占收入比例 >= 0.6 ‰; 每年"]),
        ("获奖企业数量居全国同级城市前列", "居全国同级城市中游", ["获奖企业数量 relative; 全国同级城市中游"]),
        ("重点实验室数量在3个以上", "2个", ["重点实验室数量 = 2 个"]),
        ("人均拥有证书数达到2张以上", "证书数不足1张", ["人均拥有证书数 < 1 张"]),
        ("满意度得分位居全国同等城市前10名", "排名10至20位的", ["满意度得分 between 10-20 位; 全国同等城市"]),
        ("设备完好率达到98%", "未达到98%的，每低1%扣1分", ["设备完好率 < 98 %"]),
    ],
)
def test_alternative(first: str, then: str, expected: list[str]) -> None:
    """A lower tier takes the indicator of the tier before it, and its period and peers."""
    previous = list(thresholds(first))[-1]
    assert said(list(thresholds(then, previous))) == expected


def test_text_is_printed() -> None:
    """The fragment keeps the characters of the print, white space aside, and reaches from the name to the number."""
    (found,) = thresholds("１. 质 量 合格率\n达 到 ９２. 5％以上；其他")
    assert found.text == "１.质量合格率达到９２.5％以上"
    assert (found.indicator, found.value, found.unit) == ("质量合格率", 92.5, "%")


WORDS = st.sampled_from(
    [
        *(
            "合格率",
            "达到",
            "不低于",
            "超过",
            "以上",
            "以内",
            "左右",
            "居",
            "全国同级城市",
            "前列",
            "前10名",
            "低于",
            "平均水平",
        ),
        *(
            "不断提高",
            "连续3年",
            "下降",
            "未发生",
            "事故",
            "每年",
            "到2027年",
            "企业",
            "个",
            "家",
            "%",
            "‰",
            "元",
            "万元",
            "分",
            "次",
        ),
        *(
            "3",
            "95",
            "0.5",
            "10",
            "一",
            "两",
            "2万",
            "给予",
            "奖励",
            "补助",
            "建成",
            "拥有",
            "分别",
            "其中",
            "市区",
            "的",
            "并",
            "或",
            "和",
        ),
        *"、，。（）；：“”《》",
    ]
)


@given(st.lists(WORDS, max_size=14).map("".join) | st.text(max_size=40))
def test_every_requirement_is_grounded(text: str) -> None:
    """Whatever the text, a requirement is printed in it, names something, and has a number unless it compares."""
    plain = re.sub(r"\s+", "", text)
    for found in thresholds(text):
        assert found.text in plain
        assert found.indicator
        assert found.comparator in COMPARATORS
        assert found.value is not None or found.comparator in {"relative", "increase", "decrease"}
        assert (found.value_high is not None) <= (found.comparator in {"between", "increase", "decrease"})
