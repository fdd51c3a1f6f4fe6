"""Drawing words: every thing once in a document, names of bodies as their level prints them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from documents import words

T = TypeVar("T")

DIGITS = "〇一二三四五六七八九十"


def chinese(number: int) -> str:
    """A number below 100 in characters.

    >>> chinese(7), chinese(10), chinese(13), chinese(20), chinese(34)
    ('七', '十', '十三', '二十', '三十四')
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def plain(number: float) -> str:
    """A number as it is printed.

    >>> plain(2.0), plain(0.5)
    ('2', '0.5')
    """
    return f"{number:g}"


@dataclass(frozen=True)
class Level:
    """A level of government: its place, the sign its bodies carry, what its offices end with."""

    place: str
    sign: str
    offices: tuple[str, ...]


LEVELS = (
    Level(words.PROVINCE, "省", ("厅", "局", "委", "办")),
    Level(words.CITY, "市", ("局", "委", "办", "中心")),
    Level(words.COUNTY, "县", ("局", "委", "办", "中心")),
)


class Dice:
    """The chances of one seed."""

    def __init__(self, seed: int, turns: int = 0) -> None:
        self.random = random.Random(f"document {seed}")
        self.turns = turns  # how many documents of the kind come before
        self.stems = self._shuffled(words.STEMS)
        self.level = self.pick(LEVELS)
        self.theme = self.pick(words.THEMES)
        self.cited = self._shuffled(words.CITED)
        self.bodies: list[str] = []
        self.breaks_lines = True  # a text may go on in another line, as in a cell

    def _shuffled(self, items: Sequence[T]) -> list[T]:
        return self.random.sample(items, len(items))

    def pick(self, items: Sequence[T]) -> T:
        """One of these."""
        return self.random.choice(items)

    def turn(self, items: Sequence[T], step: int = 0) -> T:
        """One of these, each in its turn over the documents of a kind, so that few seeds show all of them."""
        return items[(self.turns + step) % len(items)]

    def some(self, items: Sequence[T], low: int, high: int) -> list[T]:
        """Between low and high of these, in any order."""
        return self.random.sample(items, self.random.randint(low, min(high, len(items))))

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high."""
        return self.random.randint(low, high)

    def chance(self, share: float = 0.5) -> bool:
        """Whether something happens that happens in this share of cases."""
        return self.random.random() < share

    def stem(self) -> str:
        """A thing that this document has not named; when all are named, two of them in one word."""
        if not self.stems:
            self.stems = [one + other[0] for one, other in zip(words.STEMS, self._shuffled(words.STEMS), strict=True)]
        return self.stems.pop()

    def deed(self) -> str:
        """Something to do: 缮写苔径簿册."""
        return self.pick(words.DEEDS) + self.stem() + self.pick(words.OBJECTS)

    def sentence(self) -> str:
        """A sentence that asks for a deed or two."""
        return "，".join(self.deed() for _ in range(self.number(1, 2))) + f"，{self.pick(words.AIMS)}。"
