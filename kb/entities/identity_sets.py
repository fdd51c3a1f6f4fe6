"""Names gathered into sets of one meaning: what people decided first, then what rules suggest and nothing forbids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Same:
    """A reason to take two names for one: by which method, how sure (0..1), and why in words."""

    left: str
    right: str
    method: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What people decided on one kind of names: pairs in code order, each with who decided and why."""

    same: dict[Pair, str] = field(default_factory=dict)
    different: dict[Pair, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NameSet:
    """Names of one thing, and what brought them together."""

    names: tuple[str, ...]
    merges: tuple[Same, ...]

    def why(self, name: str) -> Same | None:
        """What brought a name into the set; None for a name that stands alone."""
        return next((merge for merge in self.merges if name in (merge.left, merge.right)), None)


def pair(one: str, other: str) -> Pair:
    """Two names in code order: a pair has one key, whoever names it.

    >>> pair("b", "a")
    ('a', 'b')
    """
    return (one, other) if one <= other else (other, one)


def name_sets(names: Sequence[str], suggestions: Iterable[Same], verdicts: Verdicts) -> list[NameSet]:
    """The names in sets; a suggestion never brings together what somebody decided to be different.

    A decision for `same` goes before one for `different` that contradicts it only through other names.

    >>> likely = [Same("a", "b", "rule", 1.0, "alike"), Same("b", "c", "rule", 1.0, "alike")]
    >>> [found.names for found in name_sets(["a", "b", "c"], likely, Verdicts())]
    [('a', 'b', 'c')]
    >>> [found.names for found in name_sets(["a", "b", "c"], likely, Verdicts(different={("a", "c"): "two"}))]
    [('a', 'b'), ('c',)]
    """
    holder: dict[str, tuple[list[str], list[Same]]] = {name: ([name], []) for name in names}
    decided = [Same(left, right, "decided", 1.0, why) for (left, right), why in sorted(verdicts.same.items())]
    for suggestion in (*decided, *suggestions):
        left, right = holder.get(suggestion.left), holder.get(suggestion.right)
        if left is None or right is None or left is right or _parted(left[0], right[0], verdicts):
            continue
        left[0].extend(right[0])
        left[1].extend((*right[1], suggestion))
        for name in right[0]:
            holder[name] = left
    sets = {id(found): found for found in holder.values()}
    return [NameSet(tuple(members), tuple(merges)) for members, merges in sets.values()]


def _parted(left: list[str], right: list[str], verdicts: Verdicts) -> bool:
    """Whether somebody decided that a name of one set is none of the other."""
    return bool(verdicts.different) and any(pair(one, other) in verdicts.different for one in left for other in right)
