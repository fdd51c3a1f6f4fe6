"""The text of items and clauses as it is compared: fragments, their grams, and sentences that a plan repeats.

An item is its sentences, a clause its units: the title and every condition.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extract.text import compact

SENTENCE_END = re.compile(r"[。；;！!？?\n]+|(?=[一二三四五六七八九十]是)")
PIECE = re.compile(r"[一-鿿㐀-䶿a-z0-9.%‰]+")
LEAST_SENTENCE = 4  # characters; shorter ones are numbering or layout
LEAST_CONDITION = 5  # 达到0.6‰ says nothing about the subject by itself
SAME_SENTENCE = 0.6  # Jaccard of bigrams
REPEATED = 3  # a sentence that so many other items have as well is boilerplate


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause as it is compared: its units, the title first where it has one."""

    title: str
    conditions: tuple[str, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """Title and conditions; never empty, so that every clause has a place in the arrays."""
        return ((self.title,) if self.title else ()) + self.conditions or ("",)

    @property
    def whole(self) -> str:
        """All units, parted by a stop that no gram crosses."""
        return "。".join(self.units)


@lru_cache(maxsize=1 << 16)
def normal(text: str) -> str:
    """Plain width, lower case, without the white space of the layout.

    >>> normal("ＣＣＣ目录内\\n产品 １００％")
    'ccc目录内产品100%'
    """
    return compact(unicodedata.normalize("NFKC", text)).lower()


def pieces(text: str) -> list[str]:
    """The runs of a normal text that no punctuation cuts.

    >>> pieces("质量月、3c认证(95%)")
    ['质量月', '3c认证', '95%']
    """
    return PIECE.findall(text)


def grams(text: str) -> list[str]:
    """Characters and pairs of neighbours of a normal text, inside its pieces.

    >>> grams("质量，月")
    ['质', '量', '月', '质量']
    """
    found = pieces(text)
    return [*"".join(found), *(one + other for piece in found for one, other in pairwise(piece))]


@lru_cache(maxsize=1 << 14)
def bigrams(text: str) -> tuple[str, ...]:
    """The pairs in their order, '' between two pieces.

    >>> bigrams("质量月，认证")
    ('质量', '量月', '', '认证')
    """
    found: list[str] = []
    for piece in pieces(text):
        found += ["", *map("".join, pairwise(piece))]
    return tuple(found[1:])


def sentences(text: str) -> list[str]:
    """The sentences of a text as printed; the whole text where nothing is long enough.

    >>> sentences("夯实基础。一是建立标准体系，完善机制；二是推行首席质量官制度。")
    ['夯实基础', '一是建立标准体系，完善机制', '二是推行首席质量官制度']
    >>> sentences("抽检。")
    ['抽检。']
    """
    parts = (part.strip(" ，、,") for part in SENTENCE_END.split(text))
    return [part for part in parts if len(part) >= LEAST_SENTENCE] or [text]


def without_boilerplate(items: Sequence[Sequence[str]]) -> list[list[str]]:
    """The items without sentences that several other items have nearly word for word; each item keeps its last one.

    >>> plan = [[f"加强组织领导，确保任务落实到位{n}", "抽检甲乙丙丁"[n:] * 3] for n in range(5)]
    >>> without_boilerplate(plan)[0]
    ['抽检甲乙丙丁抽检甲乙丙丁抽检甲乙丙丁']
    """
    keys = [[frozenset(filter(None, bigrams(normal(sentence)))) for sentence in item] for item in items]
    prefixes = _prefixes(keys)
    holders: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, prefix in prefixes.items():
        for gram in prefix:
            holders[gram].append(place)
    kept: list[list[str]] = []
    for n, printed in enumerate(items):
        repeated = {m for m in range(len(printed)) if len(_alike((n, m), keys, prefixes, holders)) >= REPEATED}
        left = [sentence for m, sentence in enumerate(printed) if m not in repeated]
        kept.append(left or [printed[-1]])
    return kept


def _prefixes(keys: Sequence[Sequence[frozenset[str]]]) -> dict[tuple[int, int], list[int]]:
    """The rarest pairs of each sentence, numbered: so many that two that are alike have one of them in common.

    Such sentences share three fifths of their pairs; with all pairs in one order, the first of those they share stands
    among the first two fifths of both.
    """
    found = Counter(gram for item in keys for key in item for gram in key)
    ordered = sorted(found, key=lambda gram: (found[gram], gram))
    rank = {gram: number for number, gram in enumerate(ordered)}
    return {
        (n, m): sorted(rank[gram] for gram in key)[: len(key) - math.ceil(SAME_SENTENCE * len(key)) + 1]
        for n, item in enumerate(keys)
        for m, key in enumerate(item)
    }


def _alike(
    place: tuple[int, int],
    keys: Sequence[Sequence[frozenset[str]]],
    prefixes: Mapping[tuple[int, int], Sequence[int]],
    holders: Mapping[int, Sequence[tuple[int, int]]],
) -> set[int]:
    """The other items that have a sentence nearly like the one at this place."""
    own, key = place[0], keys[place[0]][place[1]]
    near = {other for gram in prefixes[place] for other in holders[gram] if other[0] != own}
    return {n for n, m in near if len(key & keys[n][m]) >= SAME_SENTENCE * len(key | keys[n][m])}


def texts_of(items: Iterable[Sequence[str]], clauses: Iterable[ClauseText]) -> list[str]:
    """All fragments of a plan and a rubric, once each, in their order."""
    return list(dict.fromkeys([s for item in items for s in item] + [u for clause in clauses for u in clause.units]))
