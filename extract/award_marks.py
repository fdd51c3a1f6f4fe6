"""The marks by which a scoring text gives or takes points, as patterns: 得20分, （5分）, 减1分, 不得分, 最高10分."""

from __future__ import annotations

import re
from functools import cache

from extract.terms import terms

N = r"(?:\d+(?:\.\d+)?)"
HAN_N = "[一二两三四五六七八九十]"
SUBJECT = "(?:本项|此项|该项|单项|同项|同一项目|总|累计|合计)*"
WHOSE = r"(?:(?![分每至到得加完满])[\u4e00-\u9fff]){2,12}?"  # 扣责任单位2分
FROM = rf"(?:{N}\s*分?\s*[-—–~～至到]\s*)?"  # 扣2-6分: the most that is taken
FLOOR = (
    r"(?:直至|直到|扣至|减至|扣到)\s*[0０零]\s*分(?:为止)?"
    r"|(?:本项|该项|此项)?(?:分值)?[扣减]完(?:本项|该项|此项)?(?:分值|分)?为止"
)
CAP = (
    rf"{SUBJECT}(?:最高|最多|上限|限|累计|总分|合计|不)(?:可|只)?(?:再?[加得计]?分)?(?:不?超过|不得超过|不高于)?(?:得|加|计|扣|减|为|奖励?)?\s*"
    rf"(?P<cap>{N})\s*分(?:为止|为限)?|[加得]满\s*(?P<cap_full>{N})\s*分为止|以\s*(?P<cap_limit>{N})\s*分为限"
)
ZERO = r"(?:(?<!否)则|均|一律|本项|该项|此项)*(?:不得分|不予?给分|不予得分|不计分|不加分|(?:得|记|计)\s*[0０零]\s*分)"
OPEN_END = r"(?=\s*(?:[，,。；;、）)]|$))"  # 扣分 as a verb ends its clause, 扣分比例 is a noun
TAKE = (
    rf"(?:则|均|再|倒|酌情)*(?:扣减?|扣除|扣罚|减去?|少[加得计给]|扣{WHOSE})\s*"
    rf"(?:{FROM}(?P<take>{N})\s*分(?!以[上下])|(?P<take_open>分{OPEN_END}))"
)
TAKE_OPEN = (
    rf"(?P<take_words>(?:酌情(?:扣减?|减)分|视情(?:节|况)?扣分|相应扣分){OPEN_END}"
    r"|按(?:扣分|完成|所占|同等|相应)?比例(?:相应)?(?:[拆折]算)?(?:扣减?分|扣除分值)(?:分?值)?)"
)
GIVE = (
    rf"(?:可|各|再|均|则|分别)*(?:得|给予?|(?<![共合总])计|记|加|奖励?|赋|评|折)\s*{FROM}(?P<give>{N})\s*分(?!以[上下])"
    rf"|按\s*(?P<rate>{N})\s*分(?:/[^，,。；;]{{1,8}})?(?:计算|计分|计)"
)
GRADES = (
    rf"(?:分(?:为|成)?{HAN_N}个?(?:档次?|等次|等级)[，,：:]?(?:分别)?(?:是|为|得|给|计)?"
    rf"|分别(?:(?P<grades_add>奖励?|加)|得|给予?|计|(?P<grades_take>扣|减))(?=\s*{N}\s*(?:分\s*)?[、，,和及]))"
    rf"(?P<grades>(?:\s*{N}\s*(?:分\s*)?[、，,和及])*\s*{N}\s*分)"
)
BRACKET = r"[（(](?P<inner>[^（()）]*)[）)]"
BARE = rf"(?<![≥≤＞＜><=\d.])(?<!达到|不足|低于|高于|超过|共计|合计|总计)(?P<bare>{N})\s*分(?=\s*(?:[，,。；;、]|$))"
MARK = re.compile(
    f"(?P<floor>{FLOOR})|(?P<grade>{GRADES})|(?P<zero>{ZERO})|(?P<cap_mark>{CAP})|{TAKE_OPEN}|{TAKE}|{GIVE}|{BRACKET}|{BARE}"
)
INNER = re.compile(
    rf"\s*(?:共计?|合计|计|满分|得|各|最高)?\s*(?P<amount>{N})\s*(?P<word>分)?\s*(?:[，,；;、](?P<tail>.+))?$", re.S
)
# 每降低1分扣2分 counts by points and spreads none
EACH = re.compile(rf"\s*[，,]?\s*每(?:个|项|条)?[^扣减加得\W\d]{{0,6}}?\s*(?P<each>{N})\s*分(?!\s*[扣减加得])")

# 每年巡查12次以上 says how often and how many, 每年加1分 what counts: no step begins so unless it ends the condition
OFTEN = re.compile(r"每(?:一?年|年度|半年|一?个?季度?|一?个?月|一?[周日天]|一?个?学期)(?!$)|以[上下内]")


@cache
def step_patterns() -> tuple[re.Pattern[str], ...]:
    """What an award counts by, at the end of its condition: first with a number (每修复2座), then without (每次)."""
    kinds = ("rate", "money", "count", "time", "measure", "points")
    words = {word for kind in kinds for word in terms("units")[kind]["words"]} | {"％", "日", "期", "月", "天", "岁"}
    other = "|".join(map(re.escape, terms("units")["except"]["words"]))  # 条件 counts no 条
    unit = f"(?!{other})(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
    # 每年不低于36天 bounds, it does not count
    every, rest = "(?P<every>每|少|缺|漏|晚|迟|出现|发现|发生)", r"(?P<rest>[^，,；;。\d]*)$"
    between = r"(?:(?!不低|不少|不小|至少|达到)[^每，,；;。\d]){0,12}?"
    numbered = rf"{every}{between}(?P<count>{N}|{HAN_N})\s*(?P<unit>{unit})(?!以[上下内]|及以[上下]){rest}"
    # 发生重大事项 counts no 项: without a number only 每 may stand apart from its unit
    each = rf"(?P<every>每|(?:少|缺|漏)(?={unit}))"
    bare = rf"{each}{between}(?P<count>(?!))?(?P<unit>{unit}){rest}"
    return re.compile(numbered), re.compile(bare)
