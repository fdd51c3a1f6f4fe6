"""The rows of a long list → one page of them, and where it stands in the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of a list: its rows, its number from 1, how many pages and rows there are."""

    rows: Sequence[T]
    number: int
    pages: int
    total: int


def page_of(rows: Sequence[T], number: int, size: int) -> Paged[T]:
    """The page of so many rows that was asked for, the last one where there are not so many.

    >>> page_of("abcdefg", 9, 3)
    Paged(rows='g', number=3, pages=3, total=7)
    """
    start, number, pages = span(len(rows), number, size)
    return Paged(rows[start : start + size], number, pages, len(rows))


def span(total: int, number: int, size: int) -> tuple[int, int, int]:
    """Where a page begins, its number and how many there are.

    >>> span(7, 0, 3), span(0, 2, 3)
    ((0, 1, 3), (0, 1, 1))
    """
    pages = max(1, -(-total // size))
    number = min(max(number, 1), pages)
    return (number - 1) * size, number, pages
