"""What a document says it does to others: it repeals 《X》, takes its place, or forwards it.

`stated` reads one sentence, `relations` a document: its title and its passages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from extract.citations import citations
from extract.records import Head, Passage, Relation
from extract.terms import terms

Kind = Literal["repeals", "replaces", "forwards"]
_KINDS: tuple[Kind, ...] = ("repeals", "replaces", "forwards")
_SENTENCE = re.compile(r"[^。；;\n]+")
# a comma inside a title or a bracket parts nothing
_PART = re.compile(r"(?:《[^》]*》|（[^）]*）|\([^)]*\)|[^，,])+")
_FORWARDED = re.compile(r"(?:转发|批转)(?:了)?(.{6,}?)的通知$")


class Stated(NamedTuple):
    """One thing that a sentence says a document does to another."""

    relation: Kind
    title: str | None
    number: str | None


@cache
def _words(kind: Kind, which: str) -> tuple[str, ...]:
    return tuple(terms("relations")[kind][0].get(which, ()))


def stated(sentence: str) -> Iterator[Stated]:
    """The relations of one sentence; the documents meant stand in the same part of it as the word, else before it.

    >>> list(stated("本办法自2015年起施行，《甲市考核办法》同时废止"))
    [Stated(relation='repeals', title='甲市考核办法', number=None)]
    """
    parts = _PART.findall(sentence)
    for kind in _KINDS:
        for place, part in enumerate(parts):
            if _says(kind, part):
                named = list(citations(part)) or (list(citations(parts[place - 1])) if place else [])
                yield from (Stated(kind, cited.title, cited.number) for cited in named)


def _says(kind: Kind, part: str) -> bool:
    """Whether a part of a sentence does that to a document; words inside a title do nothing."""
    plain = re.sub(r"《[^》]*》", "《》", part)
    said = any(word in plain for word in _words(kind, "words"))
    handed = _words(kind, "handed")
    return (
        said
        and not any(word in plain for word in _words(kind, "except"))
        and (not handed or any(word in plain for word in handed))
    )


def relations(passages: Sequence[Passage], head: Head) -> Iterator[Relation]:
    """What a whole document says, each relation to each document once."""
    met: set[Stated] = set()
    for said, ordinal in (*_in_title(head), *_in_text(passages)):
        is_own = said.number == head.doc_number if said.number else said.title == head.title
        if said not in met and not is_own:
            met.add(said)
            yield Relation(said.relation, said.title, said.number, ordinal)


def _in_title(head: Head) -> Iterator[tuple[Stated, int]]:
    """What the title forwards, where the title is printed."""
    forwarded = _FORWARDED.search(head.title)
    if forwarded and "title" in head.fields:
        yield Stated("forwards", forwarded[1].strip("《》"), None), head.fields["title"]


def _in_text(passages: Iterable[Passage]) -> Iterator[tuple[Stated, int]]:
    """What the passages say, cells left out: a table lists what others do."""
    for passage in passages:
        if passage.kind != "cell":
            for sentence in _SENTENCE.findall(passage.text):
                yield from ((said, passage.ordinal) for said in stated(sentence))
