"""How a list of names is cut: the cheapest way to read all of its characters as names, separators and notes.

A cell breaks names over lines, breaks lists after a comma, or stacks names without a separator; only the names
themselves tell which.  Every reading of a piece has a cost, and the whole cell takes the reading with the smallest sum.
"""

from __future__ import annotations

import re
from collections import defaultdict

from extract.departments.name_grammar import (
    CONNECTOR,
    SEPARATORS,
    TWO_NAMES,
    Line,
    Unit,
    ending,
    groups_at,
    known_units,
    notes,
    unknown_at,
)

# What a piece costs.  A known name is 1; everything else is measured against it.
_NAMED, _KNOWN, _UNPREFIXED, _GROUP = 0.9, 1.0, 1.25, 1.0
_UNKNOWN, _PER_CHARACTER = 3.0, 0.05
_PLAIN, _PLAIN_CHARACTER = 10.0, 0.5  # words without the ending of a body: dearer than the names in them
_LONGEST_PLAIN = 300
_BROKEN = 1.1  # a name over a line break; behind a comma inside a group it costs less
_CONNECTED, _NESTED = 0.8, 4.0  # an unknown name that holds 和, or two names
_LINK, _NOTE, _OPENED, _SKIPPED = 0.3, 0.3, 0.6, 5.0
_OF_PARTY = re.compile("[省市县区州]委.*(?:部|办|办公室|室|校|局)$")  # 县委 + 宣传部 over a line break
_SIGNS = "省市县区州各"
_BODIES = ("局", "委", "办", "厅", "中心", "公司", "政府")
_ATTACHED = re.compile(r"（(?:局|办|委|处|公司|分公司|中心|集团|党组|筹|本级)）")

Reading = tuple[Unit, ...]


def read_list(line: Line) -> Reading:
    """The names of a squeezed list in order; words that are no name at all come as units of sort `unknown`.

    >>> from extract.departments.name_grammar import squeeze
    >>> line = squeeze("市食药监局\\n市质监局、人行中心\\n支行")
    >>> [line.text[unit.start : unit.end] for unit in read_list(line)]
    ['市食药监局', '市质监局', '人行中心支行']
    """
    text = line.text
    known: dict[int, list[Unit]] = defaultdict(list)
    for name in known_units(text, line.breaks):
        known[name.start].append(name)
    best: list[tuple[float, int, Unit | None]] = [(0.0, 0, None)]
    best += [(float("inf"), 0, None)] * len(text)
    for at in range(len(text)):
        if best[at][0] == float("inf"):
            continue
        for end, cost, unit in _pieces(line, at, known):
            total = best[at][0] + cost
            if total < best[end][0] - 1e-9:
                best[end] = (total, at, unit)
    return _trace(best)


def _trace(best: list[tuple[float, int, Unit | None]]) -> Reading:
    units: list[Unit] = []
    at = len(best) - 1
    while at > 0:
        _, before, unit = best[at]
        if unit is not None:
            units.append(unit)
        at = before
    return tuple(reversed(units))


def _pieces(line: Line, at: int, known: dict[int, list[Unit]]) -> list[tuple[int, float, Unit | None]]:
    """Every piece that may begin at `at`: where it ends, what it costs, the name it is (or `None`)."""
    text = line.text
    if text[at] in SEPARATORS or text[at] == "）":
        return [(at + 1, 0.0, None)]
    pieces: list[tuple[int, float, Unit | None]] = []
    if text[at] == "（":
        pieces += _bracket(text, at)
    for link in (CONNECTOR.match(text, at), re.compile("等").match(text, at)):
        if link:
            pieces.append((link.end(), _LINK, None))
    if note := notes().match(text, at):
        pieces.append((note.end(), _NOTE, None))
    for unit in (*known.get(at, ()), *groups_at(text, at), *unknown_at(text, at)):
        cost = _cost(line, unit)
        pieces.append((unit.end, cost, unit))
        pieces += _with_bracket(text, unit, cost)
    end = _plain_end(line, at)
    pieces.append((end, _PLAIN + _PLAIN_CHARACTER * (end - at), Unit(at, end, "unknown")))
    return pieces


def _cost(line: Line, unit: Unit) -> float:
    broken = [at for at in range(unit.start + 1, unit.end) if at in line.breaks]
    cost = sum(0.2 if line.text[at - 1] in "、，" else _BROKEN for at in broken)
    if unit.known is not None:
        bare = unit.known.prefix == "none" and unit.known.body.kind not in ("national", "vertical")
        # of two ways to cut the same span the one with the longer stem is meant
        return cost + (_UNPREFIXED if bare else _KNOWN) - len(unit.known.body.stem) / 1000
    if unit.sort == "named":
        return cost + _NAMED - (unit.end - unit.start) / 1000
    if unit.sort != "unknown":
        # a body that ends at the break stands beside the group: 市甲局\n领导小组成员单位
        closed = [at for at in broken if (word := ending(line.text, at)) and word.endswith(_BODIES)]
        return cost + _GROUP + _NESTED * len(closed)
    words = line.text[unit.start : unit.end]
    whole = _OF_PARTY.match(words) is not None
    cost += _NESTED * sum(_ends_at(line.text, unit, at) for at in broken if not (whole and at == unit.start + 2))
    cost -= _BROKEN * whole
    cost += _NESTED * len(TWO_NAMES.findall(words)) + _CONNECTED * len(CONNECTOR.findall(words))
    return cost + _UNKNOWN + _PER_CHARACTER * len(words)


def _ends_at(text: str, unit: Unit, at: int) -> bool:
    """Whether a name ends at a line break inside a longer one.

    An ending that is too common (社, 台, 乡) shows that only beside a level word: 市图书馆 + 市博物馆.
    """
    signed = text[unit.start] in _SIGNS or text[at] in _SIGNS
    return ending(text, at, prose=not signed) is not None


def _bracket(text: str, at: int) -> list[tuple[int, float, Unit | None]]:
    """A bracket between names: a note is passed over, names in it are read, anything else is skipped at a price."""
    close = text.find("）", at)
    if close < 0:
        return [(at + 1, _OPENED, None)]
    inner = text[at + 1 : close]
    noted = notes().sub("", inner).strip(SEPARATORS) == ""
    return [(at + 1, _OPENED, None), (close + 1, _NOTE if noted else _SKIPPED, None)]


def _with_bracket(text: str, unit: Unit, cost: float) -> list[tuple[int, float, Unit | None]]:
    """A bracket that belongs to the name: 市烟草局（公司）, 领导小组办公室（市质监局）."""
    if unit.end >= len(text) or text[unit.end] != "（" or unit.sort in ("group", "joint"):
        return []
    close = text.find("）", unit.end)
    inner = text[unit.end + 1 : close]
    single = any(name.start == 0 and name.end == len(inner) for name in known_units(inner)) and close > 0
    if not single and not _ATTACHED.match(text, unit.end):
        return []
    whole = Unit(unit.start, close + 1, unit.sort, unit.name, unit.known)
    return [(close + 1, cost + 0.1, whole)]


def _plain_end(line: Line, at: int) -> int:
    """Where words without the ending of a body stop: at a separator, a bracket or a break."""
    end = at + 1
    limit = min(len(line.text), at + _LONGEST_PLAIN)
    while end < limit and line.text[end] not in SEPARATORS + "（）" and end not in line.breaks:
        end += 1
    return end
