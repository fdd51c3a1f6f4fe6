"""Reads the quantified or comparable requirements of one short text: a title, a scoring condition, a task, a paragraph.

Gives `Threshold` records without an owner (passage 0): the caller fills in whose they are.  A sentence is cut into
clauses at commas, a clause into its statements; the indicator leads up to a statement, or follows it where things are
counted (拥有1个以上基地).  A statement that names no indicator takes that of the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.dates import read_date
from extract.records import Threshold
from extract.thresholds.changes import Change, read_change
from extract.thresholds.fragments import Fragment, Span, brackets, fragment, pieces
from extract.thresholds.indicators import DATED, is_incomplete, is_measured, phrase
from extract.thresholds.joined_names import paired, parts
from extract.thresholds.naming import Named, Told, named, words_behind
from extract.thresholds.predicates import Predicate
from extract.thresholds.targets import statements

# no clause of prose is longer; the patterns take time in the square of its length
_LONGEST = 1000
# what parts sentences, and clauses inside them
_SENTENCES, _CLAUSES = "。！？", "，；："


def thresholds(text: str, previous: Threshold | None = None) -> Iterator[Threshold]:
    """The requirements of a text, in reading order; `previous` is the last one of the fragment before it.

    >>> [(t.indicator, t.comparator, t.value, t.unit) for t in thresholds("开放时间不低于36天，拥有1个以上基地")]
    [('开放时间', '>=', 36.0, '天'), ('基地', '>=', 1.0, '个')]
    >>> [(t.indicator, t.baseline) for t in thresholds("事故死亡率低于全国平均水平")]
    [('事故死亡率', '低于全国平均水平')]
    >>> first = next(thresholds("每年证书数达到2张以上"))
    >>> [(t.indicator, t.value, t.period) for t in thresholds("达到1张以上", first)]
    [('证书数', 1.0, '每年')]
    >>> list(thresholds("共4项（10分），每下降0.5%扣1分"))
    []
    """
    copy = fragment(text)
    for sentence in pieces(copy.text, _SENTENCES):
        told = Told(copy, previous)
        for clause in pieces(copy.text, _CLAUSES, sentence):
            _read_clause(told, clause, told.before is not None)
            for inside in brackets(copy.text, clause):
                for part in pieces(copy.text, _CLAUSES, inside):
                    # a remark shares what was found, but takes and leaves nothing unsaid
                    _read_clause(replace(told, prior=None), part, False)
        yield from told.found
        previous = told.before


def is_too_long(text: str) -> bool:
    """Whether a text has a clause so long that it is not searched for thresholds.

    >>> is_too_long("达到95%以上，" * 1000), is_too_long("长" * 1001)
    (False, True)
    """
    copy = fragment(text)
    clauses = pieces(copy.text, _SENTENCES + _CLAUSES)
    return any(end - start > _LONGEST for start, end in clauses)


def _read_clause(told: Told, clause: Span, follows: bool) -> None:
    """Adds what one clause demands to the sentence; `follows` says that it may go on with a demand before it."""
    text = told.copy.text
    if clause[1] - clause[0] > _LONGEST:
        return
    if (dated := DATED.match(text, *clause)) is not None:
        told.date = read_date(dated["date"]) or told.date
    if (change := read_change(text, clause)) is not None and _add_change(told, clause, change):
        return
    said = statements(text, clause, follows, told.unit)
    begin, i = clause[0], 0
    while i < len(said):
        group = _group(said, i)
        i += len(group)
        limit = said[i].span[0] if i < len(said) else clause[1]
        behind, after = words_behind(text, group[-1], limit, i == len(said))
        _read_group(told, group, begin, behind)
        begin = after
    told.prior = None if said else clause
    told.unit = said[-1].unit if said and said[-1].kind == "count" else ""
    told.period = None if said else phrase(told.copy, clause).period or told.period


def _add_change(told: Told, clause: Span, change: Change) -> bool:
    """Adds what changes from one value to another; False where nothing is named that could."""
    lead = phrase(told.copy, (clause[0], change.span[0]))
    name = told.copy.shown(*lead.span)
    if name:
        made = Threshold(name, change.comparator, told.copy.shown(clause[0], change.span[1]), 0, change.value)
        baseline, period = told.copy.shown(*change.first), change.date or lead.period or told.date or told.period
        told.found.append(replace(made, unit=change.unit or None, baseline=baseline, period=period))
        told.prior = None
    return bool(name)


def _group(said: list[Predicate], i: int) -> list[Predicate]:
    """A statement and the values that follow it under the same indicators: 85%、90%和95%."""
    end = i + 1
    while end < len(said) and said[end].series:
        end += 1
    return said[i:end]


def _read_group(told: Told, group: list[Predicate], begin: int, behind: Span | None) -> None:
    """Adds one statement, or several values under the same indicators."""
    whose = named(told, group[0], begin, behind)
    if whose is None:
        return
    value = _dated_value(told.copy, group[0], begin)
    shares = [whose.names] * len(group) if whose.paid else shared_out(whose.names, len(group))
    for said, names in zip(group, shares, strict=True):
        for name in names:
            if len(name) > 1 and (said.needs != "measured" or (is_measured(name) and not is_incomplete(name))):
                _add(told, _threshold(told, replace(whose, names=[name]), said), value)
    told.dated_value = value


def shared_out(names: list[str], count: int) -> list[list[str]]:
    """The names under each of several values: one each where they are as many, else all of them under every value.

    >>> shared_out(["优良率", "达标率"], 2), shared_out(["合格率"], 2), shared_out(["甲、乙"], 2)
    ([['优良率'], ['达标率']], [['合格率'], ['合格率']], [['甲'], ['乙']])
    >>> shared_out(["城乡居民收入"], 2)
    [['城镇居民收入'], ['农村居民收入']]
    """
    if count == 2 and len(names) == 1:
        names = paired(names[0])
    if count > 1 and len(names) == 1 and len(parts(names[0])) == count:
        names = parts(names[0])
    if count > 1 and len(names) == count:
        return [[name] for name in names]
    return [names] * count


def _dated_value(copy: Fragment, said: Predicate, begin: int) -> str:
    """The statement as printed where it is a year and a number: 2013年108微克/立方米."""
    if not said.bare or said.core is None:
        return ""
    end = said.core[0] - copy.text.endswith("为", begin, said.core[0])
    return copy.shown(begin, said.span[1]) if DATED.fullmatch(copy.text, begin, end) else ""


def _threshold(told: Told, whose: Named, said: Predicate) -> Threshold:
    baseline = [part for part in (said.baseline, *whose.lead.baseline) if part]
    return Threshold(
        indicator=whose.names[0],
        comparator=said.comparator,
        text=told.copy.shown(whose.start, whose.end),
        passage=0,
        value=said.value,
        value_high=said.high,
        unit=said.unit or None,
        baseline="；".join(baseline) or None,
        period=whose.lead.period or told.date or told.period,
    )


def _add(told: Told, made: Threshold, value: str) -> None:
    """Adds a threshold to the sentence; of two dated values the later is the target and the earlier its baseline."""
    earlier = told.last if value and told.dated_value else None
    if earlier and made.value is not None and earlier.value is not None and earlier.unit == made.unit:
        comparator = "<=" if made.value < earlier.value else ">="
        made = replace(made, comparator=comparator, baseline=told.dated_value)
        told.found.pop()
    told.found.append(made)
