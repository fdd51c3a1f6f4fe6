"""Words by which a promise says less than the demand it answers.  Reads `terms/promises.toml`.

Each reader of two texts gives what is promised for what, or None where the promise is no weaker in that way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from extract.terms import terms
from extract.text import compact

FEWEST = 4  # members that make a list: three with 、 are as often words of one thing (国内、国际的大型展会)
JOINTS = re.compile(r"、|以及|和|及|与")
MARKS = re.compile(r"[“”\"《》‘’]")
STOP = re.compile(r"[，,；;。：:（）()]")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often: times a year, 0 for a rhythm without a number."""

    per_year: float
    word: str


def rhythm(text: str) -> Rhythm | None:
    """The most frequent rhythm that a text states, or None.

    >>> rhythm("每年定期开展整治")
    Rhythm(per_year=1, word='每年')
    >>> rhythm("不定期抽查") is None
    True
    """
    plain = compact(text)
    found = [
        Rhythm(entry["per_year"], word)
        for entry in _entries("interval")
        for word in entry["words"]
        if re.search(rf"(?<!不){word}", plain)
    ]
    return max(found, key=lambda one: (one.per_year, len(one.word)), default=None)


def rarer(demand: str, promise: str) -> str | None:
    """A rhythm that is lost or slower: what is promised for what.

    >>> rarer("每年定期开展整治", "定期开展整治"), rarer("定期公布结果", "公布结果"), rarer("公布结果", "公布结果")
    ('定期 for 每年', 'nothing for 定期', None)
    """
    asked, given = rhythm(demand), rhythm(promise)
    if asked is None or (given is not None and given.per_year >= asked.per_year):
        return None
    return f"{given.word if given else 'nothing'} for {asked.word}"


def lesser_post(demand: str, promise: str) -> str | None:
    """A lesser or another post than the one that is asked for.

    >>> lesser_post("市长担任领导小组组长", "市长出任领导小组第一组长")
    '第一组长 for 组长'
    """
    asked, given = compact(demand), compact(promise)
    for entry in _entries("post"):
        prefixes = sorted(entry["lesser"], key=len, reverse=True)
        for post in entry["words"]:
            in_full = re.compile(f"(?<!{')(?<!'.join(prefixes)}){post}")
            less = re.search(f"(?:{'|'.join(prefixes)}){post}", given)
            if less and in_full.search(asked) and not in_full.search(given):
                return f"{less[0]} for {post}"
    return None


def lower_level(demand: str, promise: str) -> str | None:
    """A level that is lower than all that the demand names, beside the named one or in its place.

    >>> lower_level("建成国家级实验室", "建设国家级或省级实验室")
    '省级 for 国家级'
    """
    asked, given = (dict(_levels(compact(text))) for text in (demand, promise))
    if not asked or not given or max(given) <= max(asked):
        return None
    return f"{given[max(given)]} for {asked[max(asked)]}"


def _levels(text: str) -> Iterator[tuple[int, str]]:
    """The ranks and words of the levels that a text names; a word inside a longer one (省级 in 副省级) is not meant."""
    for rank, entry in enumerate(_entries("level")):
        for word in sorted(entry["words"], key=len):
            if re.search(rf"(?<![副乡县辖]){word}", text):
                yield rank, word


def narrower_scope(demand: str, promise: str) -> str | None:
    """A part where the demand takes in everything.

    >>> narrower_scope("对所有企业建立档案", "对重点企业建立档案")
    '重点 for 所有'
    """
    asked, given, words = compact(demand), compact(promise), terms("promises")["scope"]
    whole = next((word for word in words["whole"] if word in asked), None)
    part = next((word for word in words["part"] if word in given and word not in asked), None)
    if whole is None or part is None or any(word in given for word in words["whole"]):
        return None
    return f"{part} for {whole}"


def lacking_members(demand: str, promise: str) -> list[str]:
    """Members of a closed list of the demand that the promise leaves out, where it names two others of them or more.

    A list that ends with 等 only gives examples, one with 或 alternatives; neither asks for all its members.

    >>> lacking_members("检查学校、医院、车站和市场", "检查学校、医院和市场")
    ['车站']
    >>> lacking_members("检查学校、医院、车站等单位", "检查学校")
    []
    """
    given = MARKS.sub("", compact(promise))
    for members in _closed_lists(compact(demand)):
        lacking = [shown for core, shown in members if not _is_named(core, given)]
        if lacking and len(members) - len(lacking) >= max(2, len(lacking)):
            return lacking
    return []


def _closed_lists(text: str) -> Iterator[list[tuple[str, str]]]:
    """The lists of a text: each member as it is looked for and as it stands."""
    for piece in STOP.split(MARKS.sub("", text)):
        if "、" not in piece or "等" in piece or "或" in piece:
            continue
        members = [member for member in JOINTS.split(piece) if member]
        if len(members) < FEWEST:
            continue
        # what stands before the first and behind the last belongs to the sentence
        usual = sorted(len(member) for member in members[1:-1])[(len(members) - 2) // 2]
        if usual > 1:  # 省、市级政府: no members but parts of one word
            cores = [members[0][-usual:], *members[1:-1], members[-1][:usual]]
            yield list(zip(cores, members, strict=True))


def _is_named(member: str, text: str) -> bool:
    """Whether a text has a member, or half of its pairs of characters."""
    pairs = ["".join(pair) for pair in pairwise(member)] or [member]
    return member in text or 2 * sum(pair in text for pair in pairs) >= len(pairs)


def refers_to_requirement(text: str) -> str | None:
    """The words by which a promise takes over whatever is required, or None."""
    return next((word for word in terms("promises")["requirement"]["words"] if word in compact(text)), None)


def promises_some(text: str) -> bool:
    """Whether a text promises one or more without saying how many.

    >>> promises_some("建设一批标准化试点"), promises_some("推进标准化试点")
    (True, False)
    """
    return any(word in compact(text) for word in terms("promises")["some"]["words"])


def is_ratio(indicator: str) -> bool:
    """Whether an indicator measures something against something else.

    >>> is_ratio("品牌总值占生产总值比例"), is_ratio("品牌总值")
    (True, False)
    """
    plain = compact(indicator)
    return any(re.search(pattern, plain) for pattern in terms("promises")["ratio"]["patterns"])


@cache
def _entries(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = terms("promises")[name]
    return entries
