"""Words of the contract as pages print them: Chinese, with the English beside it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words() -> dict[str, list[str]]:
    """Every word of the contract with its Chinese and its English, out of `words.toml`."""
    return tomllib.loads((files("kb.site") / "words.toml").read_text(encoding="utf-8"))


COMPARATORS = {
    ">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "=": "＝", "between": "介于 between", "rank<=": "前…名 rank ≤",
    "increase": "提高 ↑", "decrease": "下降 ↓", "relative": "相对 relative",
}  # fmt: skip


def chinese(word: object) -> str:
    """The Chinese for a word of the contract; the word itself where there is none."""
    return words().get(str(word), (str(word), ""))[0]


def english(word: object) -> str:
    """The English for a word of the contract; the word itself where there is none."""
    return words().get(str(word), ("", str(word)))[1]


def demand(comparator: str, value: object, high: object, unit: object) -> str:
    """What a threshold asks for, on one line.

    >>> demand(">=", 30.0, None, "%"), demand("between", 2.0, 3.0, "张"), demand("increase", None, None, None)
    ('≥ 30%', '2–3张', '提高 ↑')
    """
    from kb.site.texts import figure

    if value is None:
        return COMPARATORS.get(comparator, comparator)
    amount = f"{figure(value)}–{figure(high)}" if comparator == "between" else figure(value)
    sign = "" if comparator == "between" else f"{'前 ' if comparator == 'rank<=' else COMPARATORS[comparator] + ' '}"
    return f"{sign}{amount}{unit or ''}" + ("名" if comparator == "rank<=" and not unit else "")
