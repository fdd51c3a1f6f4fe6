"""Cuts the name of an indicator out of the words around it, and reads what those words say of period and baseline.

Words live in `terms/indicators.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.dates import read_date
from extract.terms import terms
from extract.thresholds.fragments import Fragment, Span
from extract.thresholds.predicates import QUALIFIER
from extract.thresholds.quantities import any_of

_NUMERAL = r"[\d一二两三四五六七八九十]+"
DATED = re.compile(
    r"(?:力争|争取|确保)?(?:到|至|截至|在|于)?(?P<date>(?:19|20)\d\d年(?:\d{1,2}月)?)(?:年?底|年?末|初)?(?:前|以前|之前|止|期间|度)?"
    r"(?![^，。；]{0,6}基础上|水平|同期|以来|起)，?"
)
RECURRING = re.compile(
    rf"每年度?|每月|每季度|每半年|每学期|每{_NUMERAL}年|当年|全年|年内|本年度|本年|上年度|近{_NUMERAL}年(?:来|内)?|近{_NUMERAL}个[纳会][税计]年度"
    rf"|(?<![连\d]){_NUMERAL}年内|未来{_NUMERAL}年内?|今后{_NUMERAL}年内?|“[^”]{{2,4}}”(?:期间|期末|末)|规划期(?:内|末)"
)
_OPENING = re.compile(rf"年度(?!财政|公共|预算)|(?:{RECURRING.pattern})")
_CLOSING = re.compile(rf"(?:{RECURRING.pattern}|(?P<date>(?:19|20)\d\d年))$")
# 按常住人口: what a number for each is counted over
_SINCE = re.compile(rf"(?:{QUALIFIER}|(?<=.)按(?:照)?[^，。；按的]{{0,8}}(?:人口|人数|户数|面积|总数))$")
_GLOSS = re.compile(r"（[^（）]*）$")
_SYMBOL = re.compile(r"（[A-Za-z0-9.]+）$")
_STEERED = re.compile(
    r"(?:鼓励|支持|允许|引导|推动)[^，]*?对(?=.)|(?:按照?|根据|依据|参照)?《[^》]*》(?:的?(?:要求|规定|标准))?|每(?:条|项|个|家)(?=要|需|应|提供)"
    # what is set up before it is another thing: 建立…制度产品抽检合格率不低于95%, its comma lost
    r"|(?:建立|健全|完善|实行)[^，；。]*制度、?(?=[^，；。的]{7,}[率度数量]$)"
    r"|[-•·]+(?=.)|(?:（[\d一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+[.、](?!\d)|\d+(?:\.\d+)+(?=[^\W\d_]))"
)
_EDGES = "，、：；。“”的"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Where the indicator stands, and what the words around it say."""

    span: Span
    period: str | None = None
    baseline: tuple[str, ...] = ()


@cache
def listed(table: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a table of `terms/indicators.toml`, the longest first, and its exceptions."""
    entry = terms("indicators")[table]
    return tuple(sorted(entry["words"], key=len, reverse=True)), tuple(entry.get("except", ()))


def is_measured(name: str) -> bool:
    """Whether a name is that of a rate, a ratio, a degree or a count.

    >>> is_measured("农业标准化生产普及率"), is_measured("细颗粒物（PM2.5）浓度"), is_measured("监管效率")
    (True, True, False)
    """
    words, others = listed("measured")
    plain = _GLOSS.sub("", name)
    word = next((w for w in words if plain.endswith(w)), "")
    # the longer ending decides: 节能效率 is measured, 效率 is not
    return bool(word) and not any(plain.endswith(other) and len(other) >= len(word) for other in others)


def phrase(copy: Fragment, span: Span) -> Phrase:
    """The indicator inside the words that lead up to a predicate.

    >>> from extract.thresholds.fragments import fragment
    >>> copy = fragment("每年基地开放时间均")
    >>> found = phrase(copy, (0, 9))
    >>> copy.shown(*found.span), found.period
    ('基地开放时间', '每年')
    """
    start, end = span
    period: str | None = None
    baseline: list[str] = []
    while (opening := _cut_start(copy.text, start, end)) is not None:
        start, when = opening
        period = when or period
    while (cut := _cut_end(copy.text, start, end)) is not None:
        end, since, when = cut
        baseline[:0] = [since] if since else []
        period = period or when
    if period is None and (inside := list(RECURRING.finditer(copy.text, start, end))):
        period = inside[-1][0]
    return Phrase((start, end), period, tuple(baseline))


def _cut_end(text: str, start: int, end: int) -> tuple[int, str, str | None] | None:
    """A shorter end, with the baseline or the period that was cut away."""
    if start >= end:
        return None
    if (since := _SINCE.search(text, start, end)) and since.start() < end:
        return since.start(), re.sub(r"^(?:在|按照?)|相比$", "", since[0]), None
    if (when := _CLOSING.search(text, start, end)) is not None:
        return when.start(), "", read_date(when[0]) if when["date"] else when[0]
    if (gloss := _GLOSS.search(text, start, end)) and gloss.start() > start and not _SYMBOL.search(text, start, end):
        return (gloss.start(), "", None) if len(gloss[0]) > 6 or "/" in gloss[0] else None
    words, others = listed("trailing")
    head = text[start:end]
    if head.endswith(others):
        return None
    word = next((w for w in words if head.endswith(w)), "")
    if not word and head[-1] in _EDGES and head[-1] not in "”":
        word = head[-1]
    return (end - len(word), "", None) if word else None


def _cut_start(text: str, start: int, end: int) -> tuple[int, str | None] | None:
    """A later start, with the period that was cut away."""
    if start >= end:
        return None
    if (dated := DATED.match(text, start, end)) is not None:
        return dated.end(), read_date(dated["date"])
    if (opening := _OPENING.match(text, start, end)) is not None:
        return opening.end(), opening[0]
    if (steered := _STEERED.match(text, start, end)) is not None:
        return steered.end(), None
    words, others = listed("leading")
    tail = text[start:end]
    if tail.startswith(others):
        return None
    word = next((w for w in words if tail.startswith(w)), "")
    if len(word) > 1 and tail.startswith(f"{word}的"):  # 认定的企业: no verb before its object
        return None
    if not word and tail[0] in "，、：；。”的":
        word = tail[0]
    return (start + len(word), None) if word else None


def counted(text: str, span: Span) -> Span:
    """What is counted in words that lead up to a number: without the verb it is the object of.

    >>> text = "旅游区中获得“示范区”称号"
    >>> text[slice(*counted(text, (0, len(text))))]
    '“示范区”称号'
    """
    start, end = span
    # 每千名老人拥有养老床位: the verb is part of the measure
    if is_measured(text[start:end]) or re.match("每[^年月季周]|[百千万]人", text[start:end]):
        return span
    quoted = "".join("□" if d else c for c, d in depths(text[start:end]))
    verbs = any_of([*listed("building")[0], "获得"])
    last = None
    for match in re.finditer(verbs, quoted):
        # 培训基地, 检测中心: a verb right before the last noun is part of its name
        if match.end() <= len(quoted) - 4:
            last = match
    return (start + last.end(), end) if last and last.start() > 0 else span


def depths(text: str) -> list[tuple[str, int]]:
    """Every character with the number of quotation marks, titles and brackets it stands in."""
    depth, out = 0, []
    for char in text:
        depth += char in "“《（"
        out.append((char, depth))
        depth -= char in "”》）"
    return out


def is_incomplete(name: str) -> bool:
    """Whether a name says nothing without the thing that is measured: 建档率, 评分."""
    return name in listed("incomplete")[0]


def measured_thing(text: str, span: Span) -> Span:
    """The object that a clause ends in: 企业质量信用档案 of 建立以实名制为基础的企业质量信用档案.

    >>> text = "建立以实名制为基础的企业质量信用档案"
    >>> text[slice(*measured_thing(text, (0, len(text))))]
    '企业质量信用档案'
    """
    start, end = span
    # what is named first is what is archived: 企业质量信用档案 of 企业质量信用档案以实名建立
    if subject := re.match("[^，以按通过的]{4,}?(?=(?:以(?![上下内外前后及来])|按|通过|实行)[^的]*$)", text[start:end]):
        return start, start + subject.end()
    last = max((m.end() for m in re.finditer("的", text[start:end]) if m.end() < end - start), default=0)
    if last:
        return start + last, end
    return counted(text, span)
