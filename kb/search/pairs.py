"""Text as pairs of neighbouring characters: what the index holds, what a search asks of it, where a word stands.

A word of two or more characters is in a text when its pairs follow each other there; the last character of every run
is indexed alone, so that a single character is found as the beginning of a pair.  Letters are compared without case,
and full-width letters, figures and marks are the same as half-width ones; nothing else is taken for something else.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence

FULL_WIDTH = 0xFEE0  # from ! to its full-width form, and so on to ~
CONTROL_PICTURES = 0x2400


class _Fold(dict[int, str]):
    """Each character's one form; always one character for one, so that places in the text stay what they are."""

    def __missing__(self, code: int) -> str:
        if 0xFF01 <= code <= 0xFF5E:
            code -= FULL_WIDTH
        folded = chr(code).lower()
        if len(folded) != 1:
            folded = chr(code)
        # the index parts words at ASCII marks: they take the form that it keeps
        if folded.isascii() and not folded.isalnum() and not folded.isspace():
            folded = chr(code + (FULL_WIDTH if folded.isprintable() else CONTROL_PICTURES))
        self[code] = folded
        return folded


_FOLD = _Fold()


def folded(text: str) -> str:
    """The text in the form in which texts are compared, as long as it was.

    >>> folded("ＧＤＰ增长８％ (Gdp)")
    'gdp增长8％ （gdp）'
    """
    return text.translate(_FOLD)


def pairs(text: str | None) -> str:
    """What is indexed of a text: the pairs of each run of characters without white space, and its last character.

    >>> pairs("质量强市 8%")
    '质量 量强 强市 市 8％ ％'
    """
    runs = folded(text or "").split()
    return " ".join(" ".join(map(operator.add, run, run[1:] + " ")).rstrip() for run in runs)


def words(query: str) -> list[str]:
    """The words that are asked for, each once: what white space parts.

    >>> words("牵头　首席质量官 牵头")
    ['牵头', '首席质量官']
    """
    return list(dict.fromkeys(folded(query.encode("utf-8", "replace").decode("utf-8")).split()))


def match_expression(query: str) -> str:
    """The query of the index that finds every text with all the words, and no other; nothing asked finds nothing.

    >>> match_expression("首席质量官 率")
    '"首席 席质 质量 量官" AND "率"*'
    >>> match_expression("  ")
    '""'
    """
    return " AND ".join(map(_phrase, words(query))) or '""'


def _phrase(word: str) -> str:
    if len(word) == 1:
        return f'"{word}"*'
    return '"' + " ".join(map(operator.add, word, word[1:])) + '"'


def contains(text: str | None, asked: Sequence[str]) -> bool:
    """Whether each of the words (as `words` gives them) stands in the text.

    >>> contains("建档率大于 80%", ["大于", "80％"]), contains("建档率大于 80%", ["于80"])
    (True, False)
    """
    compared = folded(text or "")
    return all(word in compared for word in asked)


def spans(text: str, asked: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand in the text, from left to right, those that touch or overlap as one.

    >>> list(spans("标准化与标准", ["标准", "准化"]))
    [(0, 3), (4, 6)]
    """
    compared = folded(text)
    marked = bytearray(len(compared) + 1)
    for word in asked:
        start = compared.find(word)
        while start >= 0:
            marked[start : start + len(word)] = b"\1" * len(word)
            start = compared.find(word, start + 1)
    start = marked.find(1)
    while start >= 0:
        end = marked.find(0, start)
        yield start, end
        start = marked.find(1, end)
