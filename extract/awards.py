"""The words of a scoring text that give or take points → awards: condition, amount, form, step, cap and floor.

An award is a mark in the text (得20分, （5分）, 每下降0.5%减1分, 不得分) with the words before it as its condition.
What the awards mean together (alternatives or parts) is read in `scoring`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.numbers import read_number
from extract.outline import read_numbering
from extract.text import compact

N = r"(?:\d+(?:\.\d+)?)"
HAN_N = "[一二两三四五六七八九十]"
UNIT = "个百分点|百分点|小时|周岁|%|％|‰|[名个项次例起家人天件份月年岁篇日处户位张批条篇期场部]"
SUBJECT = "(?:本项|此项|该项|单项|同项|同一项目|总|累计|合计)*"
FLOOR = (
    r"(?:直至|直到|扣至|减至|扣到)\s*(?:0|零)\s*分(?:为止)?"
    r"|(?:本项|该项|此项)?(?:分值)?[扣减]完(?:本项|该项|此项)?(?:分值|分)?为止"
)
CAP = (
    rf"{SUBJECT}(?:最高|最多|上限|限|累计|总分|合计|不)(?:可|只)?(?:再?[加得计]?分)?(?:不?超过|不得超过|不高于)?(?:得|加|计|扣|减|为|奖励?)?\s*"
    rf"(?P<cap>{N})\s*分(?:为止|为限)?|[加得]满\s*(?P<cap_full>{N})\s*分为止|以\s*(?P<cap_limit>{N})\s*分为限"
)
ZERO = r"(?:(?<!否)则|均|一律|本项|该项|此项)*(?:不得分|不予?给分|不予得分|不计分|不加分|(?:得|记|计)\s*(?:0|零)\s*分)"
OPEN_END = r"(?=\s*(?:[，,。；;、）)]|$))"  # 扣分 as a verb ends its clause, 扣分比例 is a noun
TAKE = (
    rf"(?:则|均|再|倒|酌情)*(?:扣减?|扣除|扣罚|减去?|少[加得计给])\s*"
    rf"(?:(?P<take>{N})\s*分|(?P<take_open>分{OPEN_END}))"
)
TAKE_OPEN = r"(?P<take_words>酌情(?:扣减?|减)分|视情(?:节|况)?扣分|相应扣分)"
GIVE = rf"(?:可|各|再|均|则|分别)*(?:得|给予?|计|记|加|奖励?|赋|评|折)\s*(?P<give>{N})\s*分(?!以[上下])"
GRADES = (
    rf"(?:分(?:为|成)?{HAN_N}个?(?:档次?|等次|等级)[，,：:]?(?:分别)?(?:是|为|得|给|计)?"
    rf"|分别(?:奖励?|加|得|给予?|计|(?P<grades_take>扣|减))(?=\s*{N}\s*分\s*[、，,和及]))"
    rf"(?P<grades>(?:\s*{N}\s*分[、，,和及]?)+)"
)
BRACKET = r"[（(](?P<inner>[^（()）]*)[）)]"
BARE = rf"(?P<bare>{N})\s*分(?=\s*(?:[，,。；;、]|$))"
MARK = re.compile(
    f"(?P<floor>{FLOOR})|(?P<grade>{GRADES})|(?P<zero>{ZERO})|(?P<cap_mark>{CAP})|{TAKE_OPEN}|{TAKE}|{GIVE}|{BRACKET}|{BARE}"
)
INNER = re.compile(
    rf"\s*(?:共|计|满分|得|各|最高)?\s*(?P<amount>{N})\s*(?P<word>分)?\s*(?:[，,；;、](?P<tail>.+))?$", re.S
)
EACH = re.compile(rf"\s*[，,]?\s*每(?:个|项|条)?[^扣减加得\W\d]{{0,6}}?\s*(?P<each>{N})\s*分")
STEP = re.compile(
    rf"(?P<every>每|少|缺|漏|晚|出现|发现|发生)(?:[^每，,；;。\d]{{0,12}}?)(?P<count>{N}|{HAN_N})?\s*(?P<unit>{UNIT})(?P<rest>[^，,；;。]*)$"
)
SENTENCE_END = re.compile(r"[。\n]")
EDGE = " \t\n，。；、：,;:"

Form = Literal["give", "bracket", "bare_bracket", "take", "zero", "grade", "bare"]


@dataclass(frozen=True, slots=True)
class Award:
    """One mark: its condition as printed, points (`None` where no figure is given), and what limits it.

    `part` counts the numbered parts and sentences of the text, `run` the stretches between ； and 。.
    """

    form: Form
    points: float | None
    condition: str
    part: int = 0
    run: int = 0
    step: float | None = None
    step_unit: str | None = None
    cap: float | None = None
    floor: float | None = None


def awards(text: str) -> Iterator[Award]:
    """The awards of a scoring text in printed order.

    >>> [(a.points, a.condition) for a in awards("已建立的得20分；正在建立的得10分；未建立的不得分。")]
    [(20.0, '已建立'), (10.0, '正在建立'), (0.0, '未建立')]
    >>> [(a.form, a.points, a.step, a.step_unit, a.floor) for a in awards("每下降0.5%减1分，直至0分")]
    [('take', 1.0, 0.5, '%', 0.0)]
    """
    text = "".join(_unwrapped(text.split("\n")))
    pending: Award | None = None
    end = part = run = 0
    for mark in MARK.finditer(text):
        if mark.start() < end:
            continue
        limited = _limited(pending, mark)
        if limited is not None:
            pending, end = limited, mark.end()
            continue
        found = list(_found(mark, text, end))
        if not found:
            continue
        before = text[end : mark.start()]
        if pending is not None and not before.strip() and found[0].form == "bracket":
            found, pending = [*_whole(pending, found[0]), *found[1:]], None
        part += bool(SENTENCE_END.search(before)) or _numbered(before)
        run += bool(re.search(r"[；;。\n]", before)) or _numbered(before)
        if pending is not None:
            yield pending
        *first, pending = (replace(award, part=part, run=run) for award in found)
        yield from first
        end = mark.end() + _spread_length(mark, text)
    if pending is not None:
        yield pending


def _unwrapped(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a cell: a break stays where a sentence ends or a number begins, elsewhere the line was wrapped."""
    for i, line in enumerate(lines):
        breaks = i > 0 and (lines[i - 1].rstrip()[-1:] in "。；;！？" or _numbered(line))
        yield ("\n" if breaks else "") + line


def _whole(pending: Award, bracket: Award) -> Iterator[Award]:
    """A bracket right behind a deduction or 不得分 gives the points of the whole part that these belong to."""
    first, comma, last = pending.condition.rpartition("，")
    if pending.form == "zero":
        yield replace(bracket, condition=f"{pending.condition}不得分")
    elif pending.form == "take" and comma:
        yield replace(bracket, condition=first)
        yield _stepped(replace(pending, condition=last))
    else:
        yield pending
        yield bracket


def _numbered(before: str) -> bool:
    return read_numbering(before.strip(EDGE)) is not None


def _limited(pending: Award | None, mark: re.Match[str]) -> Award | None:
    """The award before, with the floor or cap that the mark prints; `None` where the mark is something else."""
    if pending is None:
        return None
    if mark["floor"]:
        return replace(pending, floor=0.0)
    if mark["cap_mark"]:
        return replace(pending, cap=float(mark["cap"] or mark["cap_full"] or mark["cap_limit"]))
    return None


def _found(mark: re.Match[str], text: str, start: int) -> Iterator[Award]:
    condition = _condition(text[start : mark.start()])
    if mark["inner"] is not None:
        yield from _bracketed(mark["inner"], condition)
    elif mark["grade"]:
        for amount in re.findall(N, mark["grades"]):
            yield Award("take" if mark["grades_take"] else "grade", float(amount), condition)
    elif mark["zero"]:
        yield Award("zero", 0.0, condition)
    elif mark["give"]:
        yield from _given(mark, text, condition)
    elif mark["take"] or mark["take_open"] or mark["take_words"]:
        points = float(mark["take"]) if mark["take"] else None
        yield _stepped(Award("take", points, condition))
    elif mark["cap_mark"] and condition:
        # 最高得5分 with nothing before it that it could limit: the amount itself
        amount = float(mark["cap"] or mark["cap_full"] or mark["cap_limit"])
        yield Award("give", amount, condition, cap=amount)
    elif mark["bare"] and condition:
        yield Award("bare", float(mark["bare"]), condition)


def _bracketed(inner: str, condition: str) -> Iterator[Award]:
    """（5分）, （3分，少一次扣1分）, （每项2分，最高10分）; other brackets are part of the text."""
    if match := INNER.match(inner):
        if match["word"] or condition:
            # （20） without 分 counts only beside brackets that have it; `scoring` decides
            form: Form = "bracket" if match["word"] else "bare_bracket"
            yield _stepped(Award(form, float(match["amount"]), condition))
            if match["tail"]:
                yield from awards(match["tail"])
    elif "分" in inner:
        inside = list(awards(inner))
        if inside and all(award.form in {"take", "give", "bare"} for award in inside):
            for i, award in enumerate(inside):
                # （首次20分，累加每次5分）: the first words inside go on with those before the bracket
                first = f"{condition}（{award.condition}" if award.condition else condition
                whole = first if i == 0 or not award.condition else award.condition
                yield award if award.form == "take" else _stepped(replace(award, form="bracket", condition=whole))


def _given(mark: re.Match[str], text: str, condition: str) -> Iterator[Award]:
    """得6分，每个环节2分 spreads over the parts of its condition when they are as many as the sum needs."""
    points = float(mark["give"])
    each = EACH.match(text, mark.end())
    shares = [_condition(part) for part in re.split(r"[，,；;、]", condition) if part.strip(EDGE)]
    if each and len(shares) * float(each["each"]) == points:
        for share in shares:
            yield Award("bracket", float(each["each"]), re.sub("^(?:并且|并|且|同时)", "", share))
    else:
        yield _stepped(Award("give", points, condition))


def _spread_length(mark: re.Match[str], text: str) -> int:
    """How far the words 每个环节2分 go on behind a mark; 每少一次扣2分 is a mark of its own."""
    each = EACH.match(text, mark.end()) if mark["give"] else None
    return each.end() - mark.end() if each else 0


def _stepped(award: Award) -> Award:
    """The award with the unit it counts by: each 0.5 %, each case, each place."""
    match = STEP.search(award.condition)
    if match is None or (match["every"] != "每" and award.form != "take"):
        return award
    step = read_number(match["count"]) if match["count"] else 1.0
    return replace(award, step=step, step_unit=match["unit"].replace("％", "%"))


def _condition(text: str) -> str:
    """The words before a mark without numbering, edges and a closing 的."""
    text = text.strip(EDGE)
    numbering = read_numbering(text)
    if numbering is not None and numbering.series != "dash":
        text = text[numbering.end :]
    text = text.strip(EDGE)
    if text.endswith("的"):
        text = text[:-1]
    return compact(text.strip(EDGE))
