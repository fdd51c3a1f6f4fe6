"""Promises whose words say less than those of the clause: rarer, a lesser post or level, a part, a shorter list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from extract.promises import lacking_members, lesser_post, lower_level, narrower_scope, rarer
from kb.coverage.asks import Ask, Weak, spoken_to
from kb.coverage.fragments import fragments, statements
from kb.evaluation.rows import Row
from kb.evaluation.similarity import alike, bare

ALIGNED = 0.6  # two fragments say the same, words of degree aside
WAYS: tuple[tuple[str, Callable[[str, str], str | None]], ...] = (
    ("lesser_post", lesser_post),
    ("lower_level", lower_level),
    ("narrower", narrower_scope),
)


def weak_wording(ask: Ask, items: Sequence[Row], clause: Row) -> Iterator[Weak]:
    """What the items say less of than one part of a clause, fragment by fragment; then members that no item names."""
    whole = "；".join((clause["title"], clause["text"], ask.text))
    for asked in fragments(ask.text):
        nearest = _nearest(asked, items)
        if nearest is None:
            continue
        item, statement, fragment = nearest
        slower = rarer(asked, fragment)
        # the statement may give the rhythm before its other half: 每年制定方案，开展整治
        if slower and rarer(asked, statement):
            yield Weak("rarer", item, fragment, asked, slower)
        for kind, way in WAYS:
            why = way(whole if kind == "lower_level" else asked, fragment)
            if why:
                yield Weak(kind, item, fragment, asked, why)
    yield from _lacking(ask, items)


def _nearest(asked: str, items: Sequence[Row]) -> tuple[Row, str, str] | None:
    """The fragment of any item that is most like what is asked, with its statement; None where none is like it."""
    best: tuple[float, Row, str, str] | None = None
    for item in items:
        for statement in statements(item["text"]):
            for fragment in fragments(statement):
                likeness = alike(bare(asked), bare(fragment))
                if likeness >= ALIGNED and (best is None or likeness > best[0]):
                    best = (likeness, item, statement, fragment)
    return None if best is None else best[1:]


def _lacking(ask: Ask, items: Sequence[Row]) -> Iterator[Weak]:
    """The members of lists that all items together leave out, where an item speaks of what the list is about."""
    item = spoken_to(ask, items)
    for asked in statements(ask.text) if item is not None else ():
        lacking = lacking_members(asked, "；".join(item["text"] for item in items))
        if lacking and item is not None:
            yield Weak("shorter_list", item, item["text"], asked, f"without {'、'.join(lacking)}")
