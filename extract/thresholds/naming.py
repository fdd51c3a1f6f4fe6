"""Finds whom a statement is about: the words in front of it or behind it, in the clause or the statement before.

Names are printed words; where a text leaves out what two statements share (城镇污水处理率达到98%，县城达到95%), the
name is put together from both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extract.records import Threshold
from extract.terms import terms
from extract.thresholds.fragments import Fragment, Span
from extract.thresholds.grants import grant_noun, grantee
from extract.thresholds.indicators import Phrase, counted, is_incomplete, is_measured, is_named, measured_thing, phrase
from extract.thresholds.joined_names import joined, parts, scoped, scoped_out
from extract.thresholds.predicates import Predicate, trend_words

_LINK = re.compile("或者|并且|以及|同时|[或和及并且、与]")
_FURTHER = re.compile("并且|(?<!合)并(?!网|购|发|联)|且")
# where the words behind a counted thing go on to say something else
_TURN = re.compile(
    rf"[，。；：）]|（(?=[^（）]{{5,}}）)|{_FURTHER.pattern}|进行|(?<=.)给予|(?<=.)用于"
    r"|的(?=$|不得|不计|[得给加扣记计可（，；])|者(?=每)"
)
# what has been done to the thing counted, whose name stands earlier: 2个以上批准筹建
_DONE = re.compile("获得|获|批准|通过|达到|被|以上|为")
_JOINT = ("rate", "rank", "relative", "trend")


@dataclass
class Told:
    """What a sentence has said so far."""

    copy: Fragment
    previous: Threshold | None = None  # the last statement before the sentence
    found: list[Threshold] = field(default_factory=list)
    date: str | None = None  # 到2025年 governs the rest of the sentence
    period: str | None = None  # 每年 of a clause that demands nothing itself governs the next
    prior: Span | None = None  # the clause before, where it demanded nothing
    unit: str = ""  # the unit of the things that are being listed: 2个…，2个…
    payee: str = ""  # who is paid, for the sums that follow
    dated_value: str = ""  # 2013年108微克/立方米, where that is all the last statement said

    @property
    def last(self) -> Threshold | None:
        """The last statement of this sentence."""
        return self.found[-1] if self.found else None

    @property
    def before(self) -> Threshold | None:
        """The last statement of this sentence or of those before."""
        return self.last or self.previous


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a statement is about: the names, what stands with them, and where the printed fragment begins and ends."""

    names: list[str]
    lead: Phrase
    start: int
    end: int
    paid: bool = False  # sums under one name, not values of joined indicators


def words_behind(text: str, said: Predicate, limit: int, last: bool) -> tuple[Span | None, int]:
    """The words behind a statement that may name what is counted, and where those of the next statement begin.

    >>> from extract.thresholds.targets import statements
    >>> text = "拥有1个以上基地并每年开放"
    >>> span, _ = words_behind(text, statements(text, (0, len(text)), False)[0], len(text), True)
    >>> text[slice(*span)]
    '基地'
    """
    if said.object is not None:
        turn = _TURN.search(text, *said.object) if said.kind == "zero" else None
        return (said.object[0], turn.start() if turn else said.object[1]), max(said.object[1], said.span[1])
    start, end, after = said.span[1], limit, limit
    if not last:
        links = list(_LINK.finditer(text, start, limit))
        if not links or links[0].start() == start:
            return None, start
        end, after = links[-1].span()
    start += text.startswith("的", start)
    turn = _TURN.search(text, start, end)
    end = turn.start() if turn else end
    if text.count("（", start, end) > text.count("）", start, end) and text.startswith("）", end):
        end += 1  # 乡（镇）
    # 按不低于2元的标准落实: a standard of what stands before
    named = start < end and not text.startswith(("（", "标准"), start) and not _DONE.match(text, start)
    return ((start, end) if named else None), after


def named(told: Told, said: Predicate, begin: int, behind: Span | None) -> Named | None:
    """Whom the statement is about; `begin` is where its words begin, `behind` the words that follow it."""
    copy = told.copy
    while begin < said.span[0] and (link := _LINK.match(copy.text, begin)):
        begin = link.end()
    if (paid := grant_noun(copy, begin, said)) is not None:
        told.payee = grantee(copy, begin, said.span[0], told.prior) or told.payee
        return Named([told.payee + paid], phrase(copy, (begin, said.span[0])), begin, said.span[1], paid=True)
    lead = _lead(copy, begin, said.span[0], behind)
    name = copy.shown(*lead.span)
    if behind is not None and _stands_behind(copy.text, said, name):
        inner = phrase(copy, behind)
        thing = copy.shown(*inner.span)
        joint = Phrase(inner.span, lead.period or inner.period, lead.baseline)
        return Named([thing], joint, begin, max(said.span[1], behind[1])) if thing else None
    if not name:
        return _inherited(told, said, lead, begin)
    if said.kind == "zero":
        event = copy.text[said.span[0]] == "零" and said.value == 0 and said.comparator == "="
        tail = copy.shown(said.span[0] + 1, said.span[1]) if event else ""  # 安全生产零事故
        return Named([name + tail], lead, begin, said.span[1])
    if said.kind == "count":
        name = copy.shown(*counted(copy.text, lead.span))
    return _completed(told, said, Named([name], lead, begin, said.span[1]))


def _lead(copy: Fragment, begin: int, end: int, behind: Span | None) -> Phrase:
    """The words in front of a statement, from the last 并 or 且 on if they name anything."""
    # 命名并授牌的数量 is one name
    turns = [m for m in _FURTHER.finditer(copy.text, begin, end) if "的" not in copy.text[m.end() : end]]
    lead = phrase(copy, (turns[-1].end() if turns else begin, end))
    if turns and lead.span[0] >= lead.span[1] and behind is None:
        return phrase(copy, (begin, turns[-1].start()))
    return lead


def _stands_behind(text: str, said: Predicate, name: str) -> bool:
    """Whether the thing measured stands behind the statement: where it is counted, or where nothing stands in front."""
    if said.object is not None and said.kind != "relative":
        return True
    leads_on = text.startswith("的", said.span[1])
    if said.kind == "rate":
        return not name and leads_on
    if said.kind != "count":
        return not name and said.kind in ("money", "measure", "time", "zero", "relative")
    verb = name.endswith(tuple(terms("indicators")["building"]["words"]))
    return not is_measured(name) and not (name and leads_on and not verb)


def _inherited(told: Told, said: Predicate, lead: Phrase, begin: int) -> Named | None:
    """A statement without a name is about the clause before it, else about what the statement before it was about."""
    if told.last is None and told.prior is not None:
        outer = phrase(told.copy, told.prior)
        if name := told.copy.shown(*outer.span):
            joint = Phrase(outer.span, lead.period or outer.period, lead.baseline + outer.baseline)
            return Named(joined(name, said.kind == "rate"), joint, told.prior[0], said.span[1])
    if told.before is None:
        stands = _stands_for(said.unit)
        return Named([stands], lead, begin, said.span[1]) if stands else None
    return Named([told.before.indicator], _like(lead, said, told.before), begin, said.span[1])


def _stands_for(unit: str) -> str:
    """What a number of this unit measures by itself: 周岁 an age."""
    names: dict[str, str] = dict(entry.split(" = ") for entry in terms("units")["stands_for"]["words"])
    return names.get(unit, "")


def _like(lead: Phrase, said: Predicate, before: Threshold) -> Phrase:
    """The words around a statement that leans on the one before: its period, and its peers where both are ranks."""
    peers = before.baseline if {said.unit, before.unit} <= {"名", "位"} else None
    return Phrase(lead.span, lead.period or before.period, lead.baseline or ((peers,) if peers else ()))


def _completed(told: Told, said: Predicate, whole: Named) -> Named:
    """The names that are printed in front of a statement, each made whole from the words around it."""
    copy, name, last, before = told.copy, whole.names[0], told.last, told.before
    if is_named(name):
        return whole
    scope, base = scoped(name)
    if scope and base:
        return replace(whole, names=[scope + base])
    # 用房面积，小学达到4平方米: the clause before names what is measured in each part
    if scope and told.prior is not None:
        thing = copy.shown(*phrase(copy, told.prior).span)
        if is_measured(thing):
            return replace(whole, names=[name + thing], start=told.prior[0])
    # 县城达到95% after 城镇污水处理率达到98%: a part of what was measured before
    if last and (scope or (said.kind == "rate" and _is_part(name) and is_measured(last.indicator))):
        return replace(whole, names=[name + scoped_out(last.indicator)])
    between = copy.text[whole.lead.span[1] : said.span[0]]
    if _measures_itself(name, said, between):
        return replace(whole, names=[_stands_for(said.unit)])
    if is_incomplete(name) and told.prior is not None:
        thing = copy.shown(*measured_thing(copy.text, phrase(copy, told.prior).span))
        return replace(whole, names=[thing + name], start=told.prior[0])
    if before is not None and (name == "排名" or (len(name) <= 6 and before.indicator.endswith(name))):
        return replace(whole, names=[before.indicator], lead=_like(whole.lead, said, before))
    if "分别" in between and not is_measured(name):
        return replace(whole, names=parts(name))
    return replace(whole, names=joined(name, said.kind in _JOINT or "分别" in between))


def _measures_itself(name: str, said: Predicate, between: str) -> bool:
    """Whether the unit says more than the name: 年满18周岁, 可附照片、字数限2万字, 此表一式5份."""
    stands = _stands_for(said.unit)
    if stands == "年龄":
        return not name.endswith(("年龄", "寿命"))
    return bool(stands) and (parts(name)[-1] == stands or between.startswith("一式"))


def _is_part(name: str) -> bool:
    """Whether a name in front of a rate is no indicator but a part of what was measured before: 县城, 建制镇."""
    return len(name) <= 8 and not is_measured(name) and not name.endswith(trend_words())
