"""Names the indicator of a sum or share that is paid: 对认定的企业，给予最高20万元奖励 is the 奖励 of 认定的企业.

The one who is paid stands in the clause itself, in a clause before that ends in 的 or begins with 对, or is the thing
that clause speaks of.
"""

from __future__ import annotations

import re
from functools import cache

from extract.terms import terms
from extract.thresholds.fragments import Fragment, Span
from extract.thresholds.indicators import measured_thing, phrase
from extract.thresholds.predicates import Predicate
from extract.thresholds.quantities import any_of

_GIVE = "给予|予以|奖励|补助|补贴|资助|发放|安排|奖补"
_WHO = re.compile(rf"(?P<who>.*?)(?:可以?|将|分别|一次性|按照?|{_GIVE}|最高|不超过|不高于|每年|$)")
# those who are asked to pay are not those who are paid
_PAYER = re.compile(r"(?:鼓励|支持|允许|引导)?[^，的]*的?(?:地方|地区|单位|各地|财政|联动|市县)")


@cache
def _paid_noun() -> re.Pattern[str]:
    words = any_of(terms("indicators")["grants"]["words"])
    return re.compile(
        rf"(?:的(?:标准|比例|额度|幅度)?)?(?:以内|以下)?，?(?:一次性)?(?:给予|予以)?(?:一次性)?(?:的)?(?P<noun>[^，。；：、\d给]{{0,8}}?{words}(?:支持)?)(?=$|[，。；：、）的])"
    )


def grant_noun(copy: Fragment, begin: int, said: Predicate) -> str | None:
    """What is paid, where a statement is about money that is given: 补助, 贷款贴息.

    >>> from extract.thresholds.fragments import fragment
    >>> copy = fragment("给予最高20万元奖励")
    >>> grant_noun(copy, 0, Predicate((2, 8), "money", "<="))
    '奖励'
    """
    if said.kind not in ("money", "rate"):
        return None
    behind = _paid_noun().match(copy.text, said.span[1])
    if behind:
        return copy.shown(*behind.span("noun"))
    before = re.search(rf"(?:{_GIVE})[^，。；]{{0,4}}$", copy.text[begin : said.span[0]])
    if not before and not said.baseline:
        return None
    end = min((i for i in (copy.text.find("。", said.span[1]), len(copy.text)) if i >= 0), default=0)
    later = re.search("奖励|补助|补贴|资助|贴息", copy.text[begin:end])
    return later[0] if later else None


def grantee(copy: Fragment, begin: int, end: int, prior: Span | None) -> str:
    """Who or what is paid, as far as the clause and the one before it say; empty where neither does.

    >>> from extract.thresholds.fragments import fragment
    >>> copy = fragment("对新认定的企业，给予最高20万元")
    >>> grantee(copy, 8, 10, (0, 7))
    '新认定的企业'
    """
    told = _prior_thing(copy, prior) if prior else ""
    if prior and told and (copy.text[prior[0]] == "对" or copy.text[prior[1] - 1] == "的"):
        return told
    who = _WHO.match(copy.text, begin, end)
    if who and who["who"] and not _PAYER.match(who["who"]):
        return re.sub("^每[个家项人户]", "", copy.shown(*phrase(copy, who.span("who")).span))
    return told


def _prior_thing(copy: Fragment, prior: Span) -> str:
    start, end = prior
    if copy.text[end - 1] == "的":
        return copy.shown(phrase(copy, (start, end - 1)).span[0], end)
    span = phrase(copy, prior).span
    if copy.text[start] == "对":
        return copy.shown(*span)
    given = re.search(r"(?:发放|设立|开展)(?P<thing>[^，。；]+)$", copy.text[start:end])
    if given:
        return copy.shown(start + given.start("thing"), end)
    thing = measured_thing(copy.text, span)
    # a clause that is not cut down to a thing is what the sum is paid for
    return copy.shown(*thing) if thing != span else copy.shown(*prior) + "的"
