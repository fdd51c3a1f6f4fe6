"""Whether a copy reads worse than what the base holds: the one measure by which a file is kept beside and not taken.

A file is a copy where at least `COPY` of its text and of the current text are the same; anything else is new content
and is taken.  A copy reads worse, in this order,

1. where more of it was recognised from pictures (by at least `RECOGNISED` of its characters);
2. where more was lost: cells, tables and pages that a finding says were not read;
3. where facts are overlooked: on the passages that stand in both as often, the current reading has more facts than the
   copy, by more than `TOLERATED` of them;
4. where it says the same word for word, fact for fact, and fewer of its passages know their boxes on a page.

A copy that is better in an earlier point is taken whatever the later ones say.
"""

from __future__ import annotations

from collections import Counter

from kb.revise.readings import Print, Reading

COPY = 0.8
RECOGNISED = 0.1
TOLERATED = 0.02


def why_worse(current: Reading, copy: Reading) -> str | None:
    """Why the copy does not replace the current reading, in words; None where it does."""
    if current.overlap(copy) < COPY:
        return None
    more_recognised = copy.recognised - current.recognised
    if abs(more_recognised) >= RECOGNISED:
        return "recognised from pictures, where the current one has text" if more_recognised > 0 else None
    if copy.lost != current.lost:
        return f"{copy.lost} places lost, the current one has {current.lost}" if copy.lost > current.lost else None
    overlooked, all_facts = overlooked_facts(current, copy)
    if abs(overlooked) > TOLERATED * all_facts:
        return f"overlooks {overlooked} facts that the current one has on the same text" if overlooked > 0 else None
    if copy.placed < current.placed and says_the_same(current, copy):
        return "says the same, and fewer of its passages know their place on a page"
    return None


def overlooked_facts(current: Reading, copy: Reading) -> tuple[int, int]:
    """How many facts more the current reading has on the passages that both have as often; and how many it has there.

    Only such passages count: a fact whose passage was edited or taken out was not overlooked.
    """
    shared = {text for text, times in current.texts.items() if copy.texts.get(text) == times}
    ours, theirs = _words(current, shared), _words(copy, shared)
    return (ours - theirs).total() - (theirs - ours).total(), ours.total()


def _words(reading: Reading, passages: set[str]) -> Counter[tuple[str, str]]:
    """Records with their words on these passages; figures are left out, for they may stand in another cell."""
    return Counter(fact[:2] for fact, passage in reading.facts if passage in passages)


def says_the_same(current: Reading, copy: Reading) -> bool:
    """Whether two readings have the same passages and the same facts."""
    return current.texts == copy.texts and _prints(current) == _prints(copy)


def _prints(reading: Reading) -> Counter[Print]:
    return Counter(fact for fact, _ in reading.facts)
