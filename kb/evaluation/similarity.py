"""How alike two printed texts, numbers or units are: texts and values to figures between 0 and 1 or a yes.

Texts are compared by their character bigrams: Chinese needs no word boundaries for that, and a word more or less at
either end costs little.  What only the layout decides (white space, width, punctuation) is taken off before.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import Any

PUNCTUATION = frozenset(",.;:()，。；：、（）《》〈〉“”‘’\"'·-—–－_*#|")
UNIT_SPELLINGS = {"分贝": "db(a)", "ug/m3": "微克/立方米", "μg/m3": "微克/立方米"}


@lru_cache(maxsize=65536)
def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in folded if sign not in PUNCTUATION and not sign.isspace()).lower()


def bare(value: Any) -> str:
    """The text without width, case, white space and punctuation; nothing and 0 are ''.

    >>> bare("《质量发展纲要（２０１１—2020年）》")
    '质量发展纲要20112020年'
    >>> bare(None)
    ''
    """
    return _bare(str(value)) if value else ""


@lru_cache(maxsize=65536)
def bigrams(text: str) -> Counter[str]:
    """Every pair of neighbouring characters with its count; a single character stands for itself.

    >>> sorted(bigrams("牵头牵头").items())
    [('头牵', 1), ('牵头', 2)]
    """
    if len(text) < 2:
        return Counter([text] if text else [])
    return Counter(map("".join, pairwise(text)))


def dice(one: str, other: str) -> float:
    """Share of bigrams that two bare texts have in common, 0 to 1; two empty texts are the same.

    >>> dice("抽查合格率", "抽检合格率")
    0.5
    """
    if one == other:
        return 1.0
    left, right = bigrams(one), bigrams(other)
    total = left.total() + right.total()
    return 2 * _shared(left, right) / total if total else 0.0


def _shared(one: Counter[str], other: Counter[str]) -> int:
    """How many bigrams two texts have in common; quicker than `(one & other).total()`."""
    return sum(min(count, other[pair]) for pair, count in one.items() if pair in other)


def containment(one: str, other: str) -> float:
    """How much of the shorter bare text the longer one holds, 0 to 1; nothing is in nothing.

    >>> containment("质监局", "市质监局"), containment("", "市质监局")
    (1.0, 0.0)
    """
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if not short:
        return 0.0
    if short in long:
        return 1.0
    parts = bigrams(short)
    return _shared(parts, bigrams(long)) / parts.total()


def alike(one: str, other: str, low: float = 0.6, high: float = 1.7) -> float:
    """Likeness of two bare texts: dice, or nearly the containment where their lengths compare (low to high).

    >>> alike("生产企业产品质量合格率", "产品质量合格率")
    0.95
    >>> alike("合格率", "生产企业产品质量合格率") < 0.4
    True
    """
    likeness = dice(one, other)
    if one and other and low <= len(one) / len(other) <= high:
        likeness = max(likeness, 0.95 * containment(one, other))
    return likeness


def as_number(value: Any) -> float | None:
    """A stored or printed plain figure as a number, or None.

    >>> as_number("2,000"), as_number("若干"), as_number(None)
    (2000.0, None, None)
    """
    try:
        return float(str(value).replace(",", ""))
    except ValueError:
        return None


def same_number(one: Any, other: Any) -> bool:
    """Whether two figures are the same; two missing ones are.

    >>> same_number("30", 30.0), same_number("", None), same_number("0", None)
    (True, True, False)
    """
    left, right = as_number(one), as_number(other)
    if left is None or right is None:
        return left is right
    return left == right or math.isclose(left, right, rel_tol=1e-9)


def same_unit(one: Any, other: Any) -> bool:
    """Whether two printed units are one unit, spellings aside.

    >>> same_unit("％", "%"), same_unit("dB(A)", "分贝"), same_unit("%", "‰")
    (True, True, False)
    """
    return _unit(one) == _unit(other)


def _unit(value: Any) -> str:
    text = unicodedata.normalize("NFKC", str(value or "")).strip().lower()
    return UNIT_SPELLINGS.get(text, text)
