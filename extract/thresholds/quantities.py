"""Numbers with their unit and the words that make them a bound: 不低于36天, 2至3张, 每千人4批次, 排名20名以外.

Words live in `terms/units.toml` and `terms/comparators.toml`.  A number without a unit is a quantity only where such a
word stands beside it (达到80以上).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from extract.numbers import NUMBER, read_number
from extract.terms import terms
from extract.thresholds.fragments import Span, fragment, silenced, without_brackets

SHARED_LOW = re.compile("[≥>][^，。；≤<]{1,12}的$")  # ≥规定数的85%、<90%
KINDS = ("rate", "money", "count", "time", "measure", "points")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands: `span` with the words of comparison, `core` without them, `noun` what they enclose."""

    span: Span
    core: Span
    value: float
    high: float | None
    unit: str
    kind: str
    comparator: str | None  # None: nothing but the number
    before: str = ""  # the word of comparison in front
    after: str = ""  # and the one behind
    noun: Span | None = None  # 部门 of 10个部门以上


@dataclass(frozen=True, slots=True)
class Bound:
    """What a word of comparison means; one that yields is overruled by a word behind the number."""

    comparator: str
    yields: bool


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


@cache
def _units() -> dict[str, str]:
    """Folded unit to kind."""
    return {
        word.replace("(", "（").replace(")", "）"): kind for kind in KINDS for word in terms("units")[kind]["words"]
    }


def is_unit(text: str) -> bool:
    """Whether a text of a reading copy is a unit, with a multiplier and 每 or / or without.

    >>> is_unit("%"), is_unit("万元/人"), is_unit("助理")
    (True, True, False)
    """
    match = _pattern().fullmatch(f"1{text}")
    return match is not None and bool(match["unit"])


@cache
def _bounds(side: str) -> dict[str, Bound]:
    return {
        word: Bound(entry["comparator"], entry.get("yields", False))
        for entry in terms("comparators").values()
        for word in entry.get(side, ())
    }


@cache
def _pattern() -> re.Pattern[str]:
    per = any_of(terms("units")["per"]["words"])
    unit = rf"(?:(?!{any_of(terms('units')['except']['words'])}){any_of(_units())})"
    return re.compile(
        rf"(?:每(?P<per>{per})(?=\d))?(?<![A-Za-z\d.+×/])(?<!\d-)(?P<share>百分之|千分之)?(?P<low>{NUMBER})"
        rf"(?:(?P<unit1>{unit})?(?:（□{{1,2}}）)?(?:-|至|到)(?P<high>{NUMBER}))?"
        rf"(?P<unit>{unit}(?:/{per})?(?:（□）)?)?(?![A-Za-z\d])"
    )


@cache
def _before() -> re.Pattern[str]:
    # 至少召开一次: the verb may stand between, and behind these words alone
    verb = rf"(?<=至少|最少|至多|最多){any_of(terms('indicators')['building']['words'])}"
    return re.compile(rf"(?P<word>{any_of(_bounds('before'))})(?:约|近|了|为|到|有|在|共|人均|户均|每人|每户|{verb})?$")


@cache
def _after(counted: bool) -> re.Pattern[str]:
    # a noun may stand between a counted unit and its bound: 10个部门以上
    noun = r"(?P<noun>[^\W\d_和或及且并的、]{1,6}?)??" if counted else "(?P<noun>)"
    return re.compile(rf"(?:（□+）)?{noun}(?:（□+）)?(?P<word>{any_of(_bounds('after'))}(?<!内(?=[容部外涵地])))")


def quantities(text: str, span: Span | None = None) -> Iterator[Quantity]:
    """The quantities of a reading copy inside a span, from left to right.

    >>> [(q.comparator, q.value, q.high) for q in quantities("80%以上不足85%，或者90%以上")]
    [('between', 80.0, 85.0), ('>=', 90.0, None)]
    >>> [(q.comparator, q.value, q.high, q.unit) for q in quantities("有2至3张，不低于36天，10个部门以上，第3名")]
    [('between', 2.0, 3.0, '张'), ('>=', 36.0, None, '天'), ('>=', 10.0, None, '个')]
    """
    start, end = span or (0, len(text))
    hidden = without_brackets(silenced(text[start:end]))
    waiting: Quantity | None = None
    for match in _pattern().finditer(hidden):
        if (found := _quantity(text[start:end], hidden, match)) is None:
            continue
        if waiting is not None and (whole := _range(hidden, waiting, found)) is not None:
            waiting = whole
            continue
        if waiting is not None:
            yield _moved(waiting, start)
        waiting = found
    if waiting is not None:
        yield _moved(waiting, start)


def _range(hidden: str, low: Quantity, high: Quantity) -> Quantity | None:
    """Two bounds of one range, 80%以上不足85%, 5000万元以上至1亿元; `None` for two quantities that stand apart."""
    between = hidden[low.span[1] : high.span[0]]
    from_low = low.comparator in (">=", ">") or (
        low.comparator is None and SHARED_LOW.search(hidden, 0, low.span[0]) is not None
    )
    to_high = high.comparator in ("<", "<=") or (between in ("至", "到", "-") and high.comparator is None)
    single = high.high is None and low.high is None and low.unit == high.unit and low.value < high.value
    if not (from_low and to_high and single and re.fullmatch("（□+）|[、，但且至到-]?", between)):
        return None
    span = (low.span[0], high.span[1])
    return replace(low, span=span, high=high.value, comparator="between", after=high.after, noun=None)


def _quantity(text: str, hidden: str, match: re.Match[str]) -> Quantity | None:
    low, high = _values(match["low"], match["high"])
    printed = text[slice(*match.span("unit"))] if match["unit"] else ""
    unit, kind = (
        ("%" if match["share"] == "百分之" else "‰", "rate") if match["share"] else _unit(printed, match["per"])
    )
    if low is None or (match["unit1"] and match["unit1"] not in printed) or hidden[match.end() :][:1] in ("多", "余"):
        return None
    left = _before().search(hidden, 0, match.start())
    if left and hidden.endswith(tuple(terms("comparators")["nouns"]["words"]), 0, left.end("word")):
        left = None
    right = _after(kind == "count").match(hidden, match.end())
    if right and right["noun"] and (right["word"] != "以上" or right["noun"].endswith("级")):
        right = None
    comparator = _comparator(left["word"] if left else "", right["word"] if right else "", low, unit)
    if not unit and (comparator is None or not _stands_alone(hidden, match, right)):
        return None
    return Quantity(
        (left.start() if left else match.start(), right.end() if right else match.end()),
        match.span(),
        low,
        high,
        unit,
        kind,
        "between" if high is not None else comparator,
        left["word"] if left else "",
        right["word"] if right else "",
        right.span("noun") if right and right["noun"] else None,
    )


def _values(low: str, high: str | None) -> tuple[float | None, float | None]:
    first, second = read_number(low), read_number(high) if high else None
    if first is not None and second is not None and high is not None:
        # 3-5万元: the first number shares the multiplier of the second
        multiplier = re.search(r"[百千万亿]+$", high)
        if multiplier and high[0].isdigit() and not re.search(r"[百千万亿]$", low) and first < second:
            shared = read_number(low + multiplier[0])
            first = shared if shared is not None and shared < second else first
    return first, second


def _unit(printed: str, per: str | None) -> tuple[str, str]:
    head, _, gloss = printed.partition("（")
    if gloss and printed not in _units():
        inside = gloss.rstrip("）")
        if inside not in _units():  # 3个（含）以上: a remark, not a second unit
            printed = head
    base = re.split(r"[/（]", printed)[0] if printed not in _units() else printed
    kind = _units().get(printed) or _units().get(base, "")
    plain = printed if printed not in _units() else printed.replace("（", "(").replace("）", ")")
    return (f"{plain}/{per}" if per else plain), kind


def _comparator(before: str, after: str, value: float, unit: str) -> str | None:
    left, right = _bounds("before").get(before), _bounds("after").get(after)
    if left and not (left.yields and right):
        whole = left.yields and left.comparator == ">=" and value == 100 and unit == "%"
        return "=" if whole else left.comparator
    return right.comparator if right else None


def _stands_alone(hidden: str, match: re.Match[str], right: re.Match[str] | None) -> bool:
    """Whether a number without a unit ends its phrase (达到80以上，): 达到5G水平 does not."""
    return bool(match["low"][0].isdigit() and re.match(r"$|[，。；、）者的且并和]", hidden[(right or match).end() :]))


def _moved(found: Quantity, by: int) -> Quantity:
    noun = (found.noun[0] + by, found.noun[1] + by) if found.noun else None
    span, core = (found.span[0] + by, found.span[1] + by), (found.core[0] + by, found.core[1] + by)
    return replace(found, span=span, core=core, noun=noun)


def read_quantity(text: str) -> str | None:
    """Comparator, value and unit of the first quantity of a text, in one line.

    >>> read_quantity("不少于每千人4批次"), read_quantity("1万—3万元"), read_quantity("92. 5%"), read_quantity("若干")
    ('>= 4 批次/千人', '10000-30000 元', '92.5 %', None)
    """
    found = next(quantities(fragment(text).text), None)
    if found is None:
        return None
    value = f"{found.value:g}" if found.value < 1e6 else f"{found.value:.0f}"
    high = "" if found.high is None else f"-{found.high:.0f}"
    sign = f"{found.comparator} " if found.comparator and found.high is None else ""
    return f"{sign}{value}{high} {found.unit}".strip()
