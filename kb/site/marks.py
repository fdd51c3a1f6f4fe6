"""A passage with its facts marked where their words stand: runs of text between beginnings and ends that nest."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from kb.evaluation.rows import Row


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a fact's words stand in a text; `is_first` unless it goes on from before a border that it crosses."""

    start: int
    stop: int
    fact: Row
    is_first: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, or the beginning or end of a mark; a leaf holds no other mark."""

    text: str = ""
    mark: Mark | None = None
    is_end: bool = False
    is_leaf: bool = False


def marked(text: str, facts: Sequence[Row]) -> tuple[list[Piece], list[Row]]:
    """The pieces of a text, and the facts whose words do not stand in it.

    >>> pieces, beside = marked("由市质监局 牵头", [{"kind": "assignment", "words": "市质监局"}])
    >>> [piece.text or ("end" if piece.is_end else "begin") for piece in pieces], beside
    (['由', 'begin', '市质监局', 'end', ' 牵头'], [])
    """
    if not facts:
        return [*_run(text)], []
    marks, beside = _places(text, facts)
    return _leaves([*_nested(text, marks)]), beside


def _places(text: str, facts: Sequence[Row]) -> tuple[list[Mark], list[Row]]:
    """Where each fact stands, white space aside: long words first, and none inside another of its kind."""
    at = [place for place, char in enumerate(text) if not char.isspace()]
    plain = "".join(text[place] for place in at)
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    marks, beside = [], []
    for fact in sorted(facts, key=lambda fact: -len(fact["words"] or "")):
        words = "".join((fact["words"] or "").split())
        start = _free(plain, words, taken[fact["kind"]]) if words else -1
        if start < 0:
            beside.append(fact)
            continue
        taken[fact["kind"]].append((start, start + len(words)))
        marks.append(Mark(at[start], at[start + len(words) - 1] + 1, fact))
    return marks, beside


def _free(plain: str, words: str, taken: Sequence[tuple[int, int]]) -> int:
    """The first place of the words that no other fact of the kind has, else their first place, or -1."""
    first = start = plain.find(words)
    while start >= 0 and any(begin < start + len(words) and start < end for begin, end in taken):
        start = plain.find(words, start + 1)
    return first if start < 0 else start


def _nested(text: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Text and marks in order; a mark that crosses the end of another is cut there and begins anew."""
    order = count()
    waiting = [(mark.start, -mark.stop, next(order), mark) for mark in marks]
    heapq.heapify(waiting)
    opened: list[Mark] = []
    at = 0
    while waiting or opened:
        border = waiting[0][0] if waiting else len(text)
        if opened and opened[-1].stop <= border:
            mark = opened.pop()
            yield from _run(text[at : mark.stop])
            yield Piece(mark=mark, is_end=True)
            at = mark.stop
            continue
        mark = heapq.heappop(waiting)[3]
        if opened and mark.stop > (end := opened[-1].stop):
            heapq.heappush(waiting, (end, -mark.stop, next(order), replace(mark, start=end, is_first=False)))
            mark = replace(mark, stop=end)
        yield from _run(text[at : mark.start])
        yield Piece(mark=mark)
        at = mark.start
        opened.append(mark)
    yield from _run(text[at:])


def _run(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(text)


def _leaves(pieces: list[Piece]) -> list[Piece]:
    """The pieces, beginnings and ends of marks that hold text alone told from others."""
    for place in range(len(pieces) - 2):
        begin, end = pieces[place], pieces[place + 2]
        if begin.mark is not None and not begin.is_end and end.is_end and end.mark is begin.mark:
            pieces[place], pieces[place + 2] = Piece("", begin.mark, False, True), Piece("", begin.mark, True, True)
    return pieces
