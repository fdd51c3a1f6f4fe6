"""Tells the numbers and phrases of a clause that demand something from those that merely occur in it.

Points, dates, list counts, ordinals, the steps of a deduction and remarks in brackets demand nothing; a number without
a word of comparison does only after a verb of building, behind the name of a rate, or as an alternative to the one
before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import zip_longest

from extract.terms import terms
from extract.thresholds.fragments import Span, brackets
from extract.thresholds.indicators import DATED, RECURRING, is_measured
from extract.thresholds.predicates import Predicate, enclosed, raised_rates, ranks, relatives, trends, zeros
from extract.thresholds.quantities import Quantity, any_of, quantities

_STEP = re.compile(
    r"(?:每|再)[^，。；年月]{0,5}(?:满|增加|增长|减少|下降|提高|降低|低|高|少|多|超过|超|增|减|缺|出现|发生|发现|上升|降)[^，。；]{0,3}$|每$|(?:少|缺|扣|出现|发现|发生)(?:的)?$"
)
_AWARD = re.compile(r"(?:得|扣|减|加|计|记|奖|扣减|再加|加分|扣分|计分|累计)(?:最高|最多|至多|不超过|到)*$")
_NO_COUNT = re.compile(
    r"(?:从|在|等|共|共计|合计|含|包括|包含|设|分为|分成|第|约|的|和|与|及|其中|现有|已有|设有|下设|上述|以上|这|各|前|后|近"
    r"|分解成|分解为|细化为|划分为|涉及|由|占)$"
)
_OF_PEOPLE = re.compile(r"(?:周岁|岁)的?(?!的)[\u4e00-\u9fff]|个月的[\u4e00-\u9fff]")
_ABOUT = re.compile("(?<![公节签])约$")
_AT_LEAST = re.compile(r"(?:至少|最少|不少于)[^，。；：\d一二两三四五六七八九十]{1,14}$")
_RECURS = re.compile(rf"(?:{RECURRING.pattern})$")
_HOW_OFTEN = re.compile("每(?:年|半年|季度?|月|旬|周|学期)(?!.*发生)")
_THING = re.compile("(?![以内的])[\u4e00-\u9fff]{2}")
_REMARK = re.compile(r"不?含")
_DEADLINE = ("内", "以内", "之内")
_LINKS = r"(?:或者|并且|以及|[或和及并且、与，])*"
_LINKED = re.compile(rf"{_LINKS}$")
_SHARE = re.compile(
    r"(?P<bound>不高于|不超过|不低于|不少于|最高不超过|按照?|给予|低于|高于|超过|达到|[≥≤><])+(?P<whole>[^，。；：]{1,40}?(?:定数|目标值|额|款|费|费用|价|资|金|利率|（[A-Z]+）|收入|投入|支出|成本|总价|标准|部分))的?$"
)
_PART = re.compile(r"(?P<bound>不高于|不超过|不低于|不少于|不得超过|不得低于)(?P<whole>[^，。；：\d]{2,20})的$")


def statements(text: str, clause: Span, follows: bool, counting: str = "") -> list[Predicate]:
    """What a clause demands, from left to right.

    `follows` says that it may go on with a demand before it, `counting` is the unit of things being listed.

    >>> text = "建成2个实验室，共4项，每下降0.5%扣1分"
    >>> [(p.value, p.unit) for p in statements(text, (0, len(text)), False)]
    [(2.0, '个')]
    """
    found: list[Predicate] = []
    for said in sorted(_candidates(text, clause), key=lambda p: p.span):
        if found and said.span[0] < found[-1].span[1]:
            continue
        begin = found[-1].span[1] if found else clause[0]
        said = _after_value(text, said, found)
        if _is_listed(text, clause, found, said) or _is_target(
            text, (begin, clause[1]), said, follows or bool(found), counting
        ):
            found.append(said)
            counting = said.unit if said.kind == "count" else ""
    return _without_attributes(text, found)


def _candidates(text: str, clause: Span) -> Iterator[Predicate]:
    """Every phrase that could be one; of two that overlap only the one with the wider sense."""
    part = text[slice(*clause)]
    insides = [(a + clause[0], b + clause[0]) for a, b in brackets(part, (0, len(part)))]
    taken: list[Span] = []
    for read in (enclosed, ranks, trends, relatives, zeros, raised_rates):
        for said in read(part):
            said = _moved(said, clause[0])
            if not _overlaps(said.span, taken) and not _overlaps(said.span, insides):
                taken.append(said.span)
                yield said
    for quantity in quantities(text, clause):
        if not _overlaps(quantity.span, taken):
            yield _stated(text, clause[0], quantity)


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _moved(said: Predicate, by: int) -> Predicate:
    span = (said.span[0] + by, said.span[1] + by)
    goal = (said.object[0] + by, said.object[1] + by) if said.object else None
    core = (said.core[0] + by, said.core[1] + by) if said.core else None
    return replace(said, span=span, object=goal, core=core)


def _stated(text: str, start: int, quantity: Quantity) -> Predicate:
    """A quantity as a predicate; a share (不高于投资额的30%) keeps what it is a share of as its baseline."""
    said = Predicate(
        quantity.span,
        quantity.kind,
        quantity.comparator or "=",
        quantity.value,
        quantity.high,
        quantity.unit,
        object=quantity.noun,
        bare=quantity.comparator is None,
        core=quantity.core,
    )
    if said.bare and said.kind == "count" and _AT_LEAST.search(text, start, quantity.span[0]):
        return replace(said, comparator=">=", bare=False)  # 至少每季度召开一次
    if said.kind != "rate" or not (said.bare or said.comparator == "between"):
        return said
    share = _SHARE.search(text, start, quantity.span[0]) or _PART.search(text, start, quantity.span[0])
    if share is None:
        return said
    bound = next(quantities(share["bound"] + "1%"), None)
    comparator = "between" if said.high is not None else (bound.comparator if bound else None) or "="
    return replace(said, span=(share.start(), said.span[1]), comparator=comparator, bare=False, baseline=share["whole"])


def _after_value(text: str, said: Predicate, found: list[Predicate]) -> Predicate:
    """The predicate, marked where it only adds a value to the one before (85%、90%和95%) and shares its comparison."""
    if not found or said.core is None or found[-1].core is None or found[-1].unit != said.unit:
        return said
    before = found[-1]
    if not re.fullmatch(_LINKS, text[before.span[1] : said.span[0]]) or (said.kind == "count" and before.object):
        return said
    comparator = before.comparator if said.bare else said.comparator
    return replace(said, series=True, comparator=comparator, bare=False, baseline=said.baseline or before.baseline)


def _is_target(text: str, room: Span, said: Predicate, follows: bool, counting: str) -> bool:
    left, right = text[room[0] : said.span[0]], text[said.span[1] : room[1]]
    if _STEP.search(left) or _REMARK.match(left) or said.series:
        return said.series
    if said.core is None:
        return True
    if text[slice(*said.core)] == "一批":
        return False
    if said.kind == "points":
        return (
            not said.bare
            and bool(said.value)
            and not _AWARD.search(left)
            and said.comparator in (">=", ">", "<", "between")
        )
    if said.kind == "time" and text[said.span[1] - 1] in "上下" and _OF_PEOPLE.match(said.unit + right):
        return False  # 15岁以上人群: who, not how much
    if said.kind == "time" and said.bare and text[said.core[0]].isdigit():
        return is_measured(_ABOUT.sub("", left))  # 预期寿命78岁
    if said.kind == "time":
        deadline = text[: said.span[1]].endswith(_DEADLINE) and said.span[0] == said.core[0]
        return not said.bare and not (deadline and not re.search("时限|时间|时长|周期|期限", left))
    if (
        said.bare
        and counting == said.unit
        and (re.fullmatch(rf"{_LINKS}(?:包括)?", left) or not _NO_COUNT.search(_LINKED.sub("", left)))
    ):
        return True
    return not said.bare or _is_bare_target(text[slice(*said.core)], left, right, said, follows)


def _is_bare_target(number: str, left: str, right: str, said: Predicate, follows: bool) -> bool:
    """Whether a number that nothing bounds is a target: 覆盖率100%, 培育30家企业, 一式5份, or 2个 after 3个以上."""
    head = _ABOUT.sub("", _RECURS.sub("", left.rstrip("“")))
    if (is_measured(head) and (said.kind == "rate" or number[0].isdigit())) or DATED.fullmatch(head.removesuffix("为")):
        return True
    if said.kind == "rate":
        return said.value == 100 and bool(head) and number[0].isdigit()
    if head.endswith("一式") or (said.unit == "次" and _HOW_OFTEN.search(head) and _THING.match(right)):
        return True
    if not left and follows and re.match(r"$|[，。；的或]", right):
        return True
    priced = "/" in said.unit and head.endswith(tuple(terms("indicators")["prices"]["words"]))
    if said.kind == "money" and (priced or re.search("给予|奖励|补助|补贴|资助", head)):
        return True
    if (
        not number[0].isdigit()
        or re.search("每(?![十百千万名户人])[^年月季周度，]{0,8}$", head)
        or _NO_COUNT.search(head)
    ):
        return False
    return bool(re.match("只?有$", head) or re.search(_building(), head))


def _is_listed(text: str, clause: Span, found: list[Predicate], said: Predicate) -> bool:
    """Whether a bare number goes on with what stands before it: 收入超100亿元企业2家; 泊位1万个、充电桩5000个."""
    if not found or not said.bare or said.core is None or said.kind not in ("count", "measure"):
        return False
    before, between = found[-1], text[found[-1].span[1] : said.span[0]]
    if before.kind in ("money", "measure") and before.comparator in (">", ">=") and said.kind == "count":
        return _is_attribute(text, before, said)
    ends = said.span[1] == clause[1] or text[said.span[1]] in "、和"
    return before.kind in ("count", "measure") and ends and bool(re.fullmatch("[、和][^、的]{2,15}", between))


def _is_attribute(text: str, said: Predicate, following: Predicate) -> bool:
    between = text[said.span[1] : following.span[0]]
    ends = following.span[1] == len(text) or text[following.span[1]] in "，。；：、（）"
    return ends and 0 < len(between) <= 20 and not re.search("[或和及且并、，]", between)


@cache
def _building() -> str:
    # 建设了, 建成的 tell what is there already
    return rf"{any_of(terms('indicators')['building']['words'])}(?![了的]|成的)"


def _without_attributes(text: str, found: list[Predicate]) -> list[Predicate]:
    """Without the numbers that only set apart what the next one is said of: 投资1000万元以上项目10个."""
    kept = []
    for said, following in zip_longest(found, found[1:]):
        if following is not None and not following.series:
            counts = following.kind == "count" and said.kind in ("money", "measure", "time")
            pays = following.kind == "money" and said.kind == "count" and said.bare
            if counts and _is_attribute(text, said, following):
                continue
            if pays and re.search("给予|奖励|补助|补贴|资助", text[said.span[1] : following.span[0]]):
                continue
        kept.append(said)
    return kept
