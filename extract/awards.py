"""The words of a scoring text that give or take points → awards: condition, amount, form, step, cap and floor.

An award is a mark in the text (得20分, （5分）, 每下降0.5%减1分, 不得分) with the words before it as its condition.
What the awards mean together (alternatives or parts) is read in `scoring`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.award_marks import EACH, INNER, MARK, OFTEN, N, step_patterns
from extract.numbers import read_number
from extract.outline import read_numbering
from extract.text import compact

SENTENCE_END = re.compile(r"。|(?<![；;\s])\s*\n")  # a line that ends with ； goes on
OPENS_PART = "：:；;。，,\n"
LEAD = re.compile(r"[：:]\s*(?:[（(]\d{1,2}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳])|(?:以下|下列|如下)[^，。；：:]*[：:]")
REMARK = re.compile(r"^[（(][^（()）]*[)）][。；;]")  # it closes the award before
ADDED = re.compile("累加|再加|另加|追加")
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
    lead: str = ""  # the words, up to the number of the part, under which the condition stands with others
    numbered: bool = False  # it stands in a numbered part
    adds: bool = False  # it comes on top of others, even where only the highest of them counts
    start: int = 0  # where the mark stands in the text, the line breaks of wrapped lines not counted
    end: int = 0


def awards(text: str) -> Iterator[Award]:
    """The awards of a scoring text in printed order.

    >>> [(a.points, a.condition) for a in awards("已建立的得20分；正在建立的得10分；未建立的不得分。")]
    [(20.0, '已建立'), (10.0, '正在建立'), (0.0, '未建立')]
    >>> [(a.form, a.points, a.step, a.step_unit, a.floor) for a in awards("每下降0.5%减1分，直至0分")]
    [('take', 1.0, 0.5, '%', 0.0)]
    """
    text = unwrapped(text)
    pending: Award | None = None
    end = part = run = 0
    numbered = False
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
        numbered = _numbered(before) or (numbered and not SENTENCE_END.search(before))
        part += bool(SENTENCE_END.search(before)) or _numbered(before)
        run += bool(re.search(r"[；;。\n]", before)) or _numbered(before)
        if pending is not None:
            yield pending
        lead = compact(_lead(before).strip(EDGE))
        first = [
            replace(award, part=part, run=run, lead=lead, numbered=numbered, start=mark.start(), end=mark.end())
            for award in found
        ]
        pending = first.pop()
        yield from first
        end = mark.end() + _spread_length(mark, text)
    if pending is not None:
        yield pending


def unwrapped(text: str) -> str:
    """A cell's text without the line breaks at which its lines were wrapped; nothing else is taken away."""
    return "".join(_unwrapped(text.split("\n")))


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
        yield from _bracketed(mark["inner"], condition, text[start : mark.start()].rstrip()[-1:] in OPENS_PART)
    elif mark["grade"]:
        for amount in re.findall(N, mark["grades"]):
            form: Form = "take" if mark["grades_take"] else "bracket" if mark["grades_add"] else "grade"
            yield Award(form, float(amount), condition)
    elif mark["zero"]:
        yield Award("zero", 0.0, condition)
    elif mark["give"] or mark["rate"]:
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


def _bracketed(inner: str, condition: str, opens_part: bool) -> Iterator[Award]:
    """（5分）, （3分，少一次扣1分）, （每项2分，最高10分）; other brackets are part of the text."""
    if match := INNER.match(inner):
        # the number of a part (甲：（1）…) is no amount
        if match["word"] or (condition and not opens_part):
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
                adds = any(ADDED.search(other.condition) for other in inside)
                yield (
                    award
                    if award.form == "take"
                    else _stepped(replace(award, form="bracket", condition=whole, adds=adds))
                )


def _given(mark: re.Match[str], text: str, condition: str) -> Iterator[Award]:
    """得6分，每个环节2分 spreads over the parts of its condition when they are as many as the sum needs."""
    points = float(mark["give"] or mark["rate"])
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
    match = next((found for pattern in step_patterns() if (found := pattern.search(award.condition))), None)
    if match is None or (award.form != "take" and (match["every"] != "每" or OFTEN.search(match[0]))):
        return award
    step = read_number(match["count"]) if match["count"] else 1.0
    return replace(award, step=step, step_unit=match["unit"].replace("％", "%"))


def _lead(text: str) -> str:
    """The words of a text that stand over a list: 近3年累计纳税：（1）…, 按以下标准计分：…."""
    found = [*LEAD.finditer(text)]
    return text[: found[-1].end()] if found else ""


def _condition(text: str) -> str:
    """The words before a mark without what stands over them, numbering, edges and a closing 的."""
    text = REMARK.sub("", text[len(_lead(text)) :].strip(EDGE)).strip(EDGE)
    numbering = read_numbering(text)
    if numbering is not None and numbering.series != "dash":
        text = text[numbering.end :]
    text = text.strip(EDGE)
    if text.endswith("的"):
        text = text[:-1]
    return compact(text.strip(EDGE))
