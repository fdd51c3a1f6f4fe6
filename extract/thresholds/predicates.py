"""What is said of an indicator without a bound on a number: ranks, comparisons, trends, events that must not occur.

Words live in `terms/references.toml` and `terms/trends.toml`.  Whether the thing in front is measured at all is for the
caller to ask: `needs` says how much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extract.numbers import NUMBER, read_number
from extract.terms import terms
from extract.thresholds.fragments import Span, fragment, silenced
from extract.thresholds.quantities import any_of, quantities

Needs = Literal["nothing", "group", "measured"]
_END = r"(?=$|[，。；、：）的或且并和]|以上)"
# anything but another mark; kept short so that a phrase does not run through the sentence
_SOME = r"[^，。；：]"
# the noun that a phrase stands before, but not what is awarded for it (低于平均水平的不得分)
_FOLLOWING = re.compile(r"[^，。；：]*的(?P<noun>(?!不?得|按比例|酌情|视|[扣加给记计予可])[^，。；：]+)")
YEARS = r"连续(?:近)?[\d一二两三四五六七八九十]+年(?:以上)?"
SINCE = (
    r"在?(?:(?:19|20)\d\d年(?:末|底)?|上一?年度?|现有|原有|去年|基期)(?:的|水平|基数|实际)*基础上"
    r"|(?:比|较|与)(?:上一?年度?(?:同期)?|去年(?:同期)?|前一年|上年末|(?:19|20)\d\d年(?:末|底|同期)?|“[^”]+”(?:期?末)?)(?:相比)?|同比|环比"
)
QUALIFIER = rf"(?:{YEARS}|{SINCE})"


ENCLOSED = re.compile(
    rf"(?P<low>{NUMBER}[^\d，。；≤<]{{0,4}})[≤<](?P<noun>[^，。；\d≤<]{{2,20}})"
    rf"[≤<](?P<high>{NUMBER}[%‰\u4e00-\u9fff]{{0,4}})"
)


@dataclass(frozen=True, slots=True)
class Predicate:
    """One statement: `span` is what the indicator does not reach into, `needs` what the indicator must be for it."""

    span: Span
    kind: str  # a kind of quantity, or rank, relative, trend, zero
    comparator: str
    value: float | None = None
    high: float | None = None
    unit: str = ""
    baseline: str = ""
    needs: Needs = "nothing"
    object: Span | None = None  # where the indicator stands, when it follows
    bare: bool = False  # a number that no word of comparison bounds
    core: Span | None = None  # the number and its unit alone
    series: bool = False  # one more value after the one before: 85%、90%和95%


@cache
def _words(table: str) -> str:
    return any_of(terms("references")[table]["words"])


@cache
def _rank_pattern() -> re.Pattern[str]:
    verbs = _words("verbs")
    return re.compile(
        rf"(?:{verbs}(?P<ref>(?:(?!{verbs}){_SOME}){{0,14}}?)|(?P<place>{_words('places')}{_SOME}{{0,8}}?))"
        rf"前(?P<value>{NUMBER})(?P<unit>名|位|强|%)?(?:以内|之内)?{_END}"
    )


def ranks(text: str) -> Iterator[Predicate]:
    """Places counted from the first: 位居全国同等城市前10名.

    >>> [(p.value, p.unit, p.baseline) for p in ranks("满意度位居全国同等城市前10名")]
    [(10.0, '名', '全国同等城市')]
    """
    for match in _rank_pattern().finditer(silenced(text)):
        value = read_number(match["value"])
        if value is not None and not text[: match.start()].endswith(("未", "没有")):
            place = "ref" if match["ref"] is not None else "place"
            group = re.sub(r"(?:的|中|排名|排|综合)+$", "", text[slice(*match.span(place))])
            yield Predicate(match.span(), "rank", "rank<=", value, unit=match["unit"] or "", baseline=group)


@cache
def _relative_patterns() -> tuple[tuple[re.Pattern[str], Needs], ...]:
    places, verbs, rank = _words("places"), _words("verbs"), _words("ranks")
    standing = r"(?:达到或接近|接近或达到|达到或超过|达到|接近)"
    group = r"(?:同级|同等|同类|同规模|同行业|创建|参评)"
    apart = rf"(?:(?!{verbs}){_SOME})"
    return (
        # the direction is part of the phrase: 达到国际先进水平
        (re.compile(rf"(?P<ref>{standing}{apart}{{0,8}}?先进水平)(?=$|[，。；）或且])"), "nothing"),
        (
            re.compile(rf"(?P<ref>{_words('directions')}[^，。；：\d]{{0,14}}?{_words('levels')})(?:以上|以下)?{_END}"),
            "nothing",
        ),
        # 全国城市中居领先水平, 居全国同级城市前列: ranked among named peers
        (re.compile(rf"在?(?P<ref>{places}{_SOME}{{0,8}}?中(?:位居|居于|居|处于|保持){rank}){_END}"), "nothing"),
        (re.compile(rf"{verbs}+(?P<ref>{apart}{{0,10}}?{group}{apart}{{0,6}}?{rank}){_END}"), "nothing"),
        (re.compile(rf"(?P<ref>{places}{apart}{{0,6}}?{group}{apart}{{0,6}}?{rank}){_END}"), "nothing"),
        (re.compile(rf"{verbs}+(?P<ref>{apart}{{0,12}}?{rank})(?=$|[，。；、）或且])"), "measured"),
        (re.compile(rf"(?P<ref>{places}{apart}{{0,8}}?{rank})(?=$|[，。；、）或且])"), "measured"),
        (
            re.compile(
                rf"(?:达到|达){apart}{{0,0}}(?P<ref>[^，。；、\d]{{0,8}}?{_words('demands')})(?=$|[，。；）或且])"
            ),
            "measured",
        ),
    )


def relatives(text: str) -> Iterator[Predicate]:
    """Comparisons with others; `baseline` is the whole phrase.

    >>> [p.baseline for p in relatives("满意度居全国同级城市前列，投诉率低于全国平均水平")]
    ['低于全国平均水平', '全国同级城市前列']
    """
    taken: list[Span] = []
    for pattern, needs in _relative_patterns():
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            follows = _FOLLOWING.match(text, match.end())
            yield Predicate(
                match.span(),
                "relative",
                "relative",
                baseline=match["ref"],
                needs=needs,
                object=follows.span("noun") if follows else None,
            )


@cache
def trend_words() -> tuple[str, ...]:
    """Every word of rising or falling.

    >>> "提高" in trend_words(), "回落" in trend_words(), "建设" in trend_words()
    (True, True, False)
    """
    return (*terms("trends")["increase"]["words"], *terms("trends")["decrease"]["words"])


@cache
def _trend_pattern() -> re.Pattern[str]:
    manner = any_of(terms("trends")["manner"]["words"])
    words = any_of(trend_words())
    return re.compile(rf"(?P<lead>(?<!每)(?:{QUALIFIER}|{manner})*)(?P<word>{words})(?P<by>了|约|近)?")


def _direction(word: str) -> str:
    return "increase" if word in terms("trends")["increase"]["words"] else "decrease"


def trends(text: str) -> Iterator[Predicate]:
    """Trends that end a phrase, with or without a number: 连续3年不断提高, 在2010年基础上削减14.8%.

    >>> [(p.comparator, p.value, p.unit, p.baseline) for p in trends("总量在2010年基础上削减14.8%，投诉率不断下降")]
    [('decrease', 14.8, '%', '2010年基础上'), ('decrease', None, '', '')]
    """
    for match in _trend_pattern().finditer(text):
        baseline = "；".join(re.sub("^在", "", b[0]) for b in re.finditer(rf"{QUALIFIER}|年均", match["lead"]))
        amount = next((q for q in quantities(text, (match.end(), len(text))) if q.core[0] == match.end()), None)
        plain = amount is not None and amount.before == "" and amount.comparator in (None, "=")  # 左右 is no bound
        if amount and plain and amount.kind not in ("points", "time"):
            span, way = (match.start(), amount.span[1]), _direction(match["word"])
            yield Predicate(span, "trend", way, amount.value, amount.high, amount.unit, baseline, core=amount.core)
        elif re.match(_END, text[match.end() :]):
            # what fell since last year was measured last year, whatever it is called
            needs: Needs = "nothing" if re.search(SINCE, match["lead"]) else "measured"
            yield Predicate(match.span(), "trend", _direction(match["word"]), baseline=baseline, needs=needs)


@cache
def _verb_first_pattern() -> re.Pattern[str]:
    manner = any_of(terms("trends")["manner"]["words"])
    words = any_of(trend_words())
    rates = any_of(terms("indicators")["rates"]["words"])
    return re.compile(rf"^(?:{manner}|切实|要|努力|着力)*(?P<word>{words})(?P<noun>{_SOME}+{rates})$")


def raised_rates(text: str) -> Iterator[Predicate]:
    """A rate as the object of a trend word; the text is one clause: 提高公共服务标准覆盖率.

    >>> [(p.comparator, p.object) for p in raised_rates("不断提高标准覆盖率")]
    [('increase', (4, 9))]
    """
    match = _verb_first_pattern().match(text)
    if match and not text.endswith(tuple(terms("indicators")["rates"]["except"])):
        span = (0, match.start("noun"))
        yield Predicate(span, "trend", _direction(match["word"]), needs="measured", object=match.span("noun"))


def enclosed(text: str) -> Iterator[Predicate]:
    """An indicator between its two bounds: 80%≤完成率<85%.

    >>> [(p.value, p.high, p.unit, "80%≤完成率<85%"[slice(*p.object)]) for p in enclosed("80%≤完成率<85%")]
    [(80.0, 85.0, '%', '完成率')]
    """
    for match in ENCLOSED.finditer(text):
        low, high = (next(quantities(f"≥{match[side]}"), None) for side in ("low", "high"))
        if low is not None and high is not None and low.value < high.value:
            unit = high.unit or low.unit
            yield Predicate(
                match.span(), high.kind, "between", low.value, high.value, unit, object=match.span("noun"),
            )  # fmt: skip


def zeros(text: str) -> Iterator[Predicate]:
    """Events that must not occur, and goals of none: 未发生重大事故, 零投诉.

    >>> [(p.comparator, p.value, text[slice(*p.object)]) for text in ["当年未发生重大事故"] for p in zeros(text)]
    [('=', 0.0, '重大事故')]
    """
    for match in re.finditer(rf"{_words('zero')}(?P<noun>[^，。；：]+)", text):
        yield Predicate((match.start(), match.start("noun")), "zero", "=", 0.0, object=match.span("noun"))
    events = any_of(terms("references")["zero_events"]["events"])
    for match in re.finditer(
        rf"{_words('zero_events')}(?P<noun>[^，。；：]*{events})(?:发生)?(?=$|[，。；：）])", text
    ):
        yield Predicate((match.start(), match.start("noun")), "zero", "=", 0.0, object=match.span("noun"))
    for match in re.finditer(rf"零(?P<noun>{_words('zero_goals')})(?=$|[，。；：）、”])", text):
        yield Predicate(match.span(), "zero", "=", 0.0)  # its name goes on with the event
    for match in re.finditer(r"(?:为|保持|等于)[零0](?=$|[，。；：）、的])", text):
        yield Predicate(match.span(), "zero", "=", 0.0)
    for match in re.finditer(r"(?:动态|全部|实现)*清零(?=$|[，。；：）、])", text):
        yield Predicate(match.span(), "zero", "=", 0.0)
    for match in re.finditer(rf"{_words('zero_scopes')}无(?P<noun>[^，。；：无的]{{2,12}})(?=$|[，。；：）])", text):
        yield Predicate((match.start(), match.start("noun")), "zero", "=", 0.0, object=match.span("noun"))
    for match in re.finditer(r"(?:零的突破|“零”的突破)", text):
        yield Predicate(match.span(), "zero", ">", 0.0)


def read_predicate(text: str) -> str | None:
    """Comparator, value, unit and baseline of the first such statement of a text, in one line.

    >>> read_predicate("居全国城市前十位"), read_predicate("能耗较2020年下降15%"), read_predicate("建立机制")
    ('rank<= 10 位; 全国城市', 'decrease 15 %; 较2020年', None)
    """
    copy = fragment(text).text
    found = next((p for read in (ranks, relatives, trends, zeros) for p in read(copy)), None)
    if found is None:
        return None
    value = "" if found.value is None else f"{found.value:g}"
    return " ".join(filter(None, (found.comparator, value, found.unit))) + (
        f"; {found.baseline}" if found.baseline else ""
    )
