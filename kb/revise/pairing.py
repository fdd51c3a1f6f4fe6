"""Old and new rows of one table in pairs: first by keys from strict to loose, then by how alike their words are.

What is paired keeps its row and all that hangs on it, so a pair needs a reason: rows that share neither a key nor most
of their words stay apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from kb.evaluation.similarity import bare, bigrams, dice

Row = dict[str, Any]
Keys = Callable[[Sequence[Row]], list[Hashable | None]]  # one key a row; None: this row has none


@dataclass(frozen=True, slots=True)
class Tier:
    """One way to pair: rows of the same key in their order, where `fits` agrees.

    `evenly` pairs only where there are as many old rows of a key as new ones.
    """

    keys: Keys
    fits: Callable[[Row, Row], bool] | None = None
    evenly: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """The last way to pair: the words of two rows with the same `block` have at least this share in common."""

    words: Callable[[Row], str]
    least: float
    block: Callable[[Row], Hashable] = lambda row: None


def pairs(
    old: Sequence[Row], new: Sequence[Row], tiers: Sequence[Tier], likeness: Likeness | None = None
) -> dict[int, int]:
    """Which old row each new one is: from place in `new` to place in `old`; a row is in one pair at most.

    >>> by_code = Tier(lambda rows: [row["code"] for row in rows])
    >>> pairs([{"code": "1"}, {"code": "2"}], [{"code": "2"}, {"code": "3"}], [by_code])
    {0: 1}
    """
    found: dict[int, int] = {}
    taken: set[int] = set()
    for tier in tiers:
        if len(found) in (len(old), len(new)):
            return found
        for new_place, old_place in _by_keys(old, new, tier, found, taken):
            found[new_place] = old_place
            taken.add(old_place)
    if likeness is not None:
        free_old = [place for place in range(len(old)) if place not in taken]
        free_new = [place for place in range(len(new)) if place not in found]
        found.update(_by_likeness(old, new, free_old, free_new, likeness))
    return found


def _by_keys(
    old: Sequence[Row], new: Sequence[Row], tier: Tier, found: dict[int, int], taken: set[int]
) -> list[tuple[int, int]]:
    """The pairs that one tier adds to those found before."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for place, key in enumerate(tier.keys(old)):
        if key is not None and place not in taken:
            waiting[key].append(place)
    arrived: dict[Hashable, list[int]] = defaultdict(list)
    for place, key in enumerate(tier.keys(new)):
        if key in waiting and place not in found:
            arrived[key].append(place)
    return [
        (new_place, old_place)
        for key, places in arrived.items()
        if not tier.evenly or len(places) == len(waiting[key])
        for new_place, old_place in zip(places, waiting[key], strict=False)
        if tier.fits is None or tier.fits(old[old_place], new[new_place])
    ]


def _by_likeness(
    old: Sequence[Row], new: Sequence[Row], free_old: Sequence[int], free_new: Sequence[int], likeness: Likeness
) -> dict[int, int]:
    """Pairs of free rows, the most alike first; of equals those that stand at the nearest places."""
    words = {place: bare(likeness.words(old[place])) for place in free_old}
    postings: dict[tuple[Hashable, str], list[int]] = defaultdict(list)
    for place in free_old:
        block = likeness.block(old[place])
        for gram in bigrams(words[place]):
            postings[block, gram].append(place)
    scored: list[tuple[float, int, int, int]] = []
    for new_place in free_new:
        text, block = bare(likeness.words(new[new_place])), likeness.block(new[new_place])
        shared = Counter(place for gram in bigrams(text) for place in postings.get((block, gram), ()))
        for old_place, grams in shared.items():
            # the exact figure is dear: first what it can be at most
            if 2 * grams >= likeness.least * (len(bigrams(text)) + len(bigrams(words[old_place]))) * 0.8:
                score = dice(words[old_place], text)
                if score >= likeness.least:
                    scored.append((-score, abs(new_place - old_place), new_place, old_place))
    found: dict[int, int] = {}
    for _, _, new_place, old_place in sorted(scored):
        if new_place not in found and old_place not in found.values():
            found[new_place] = old_place
    return found
