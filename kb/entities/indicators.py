"""Indicators: one row for each measured thing, whatever the documents print, and under it every printing.

Two printings are one indicator where rules leave the same words of both and their units agree.  What rules do not see
is proposed to people (`proposals`) and never done by itself.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.text import compact
from kb.entities.decisions import verdicts
from kb.entities.identity_sets import NameSet, Same, Verdicts, name_sets


@dataclass(frozen=True, slots=True)
class Printing:
    """One printing of an indicator: what it is compared by, its units and how often each stands in the documents."""

    printed: str
    comparable: str
    units: Counter[str | None]

    @property
    def families(self) -> set[str]:
        """What its units measure, those without a unit left out."""
        from extract.indicator_names import unit_family

        return {family for unit in self.units if (family := unit_family(unit)) is not None}


def indicator_ids(connection: sqlite3.Connection, printings: Iterable[str]) -> dict[str, int]:
    """The id of the indicator of every printing, without the layout's white space; new ones are written."""
    from extract.indicator_names import comparable

    ids: dict[str, int] = {}
    for printed in dict.fromkeys(map(compact, printings)):
        row = connection.execute("select indicator_id from indicator_aliases where printed = ?", (printed,)).fetchone()
        row = row or connection.execute("select id from indicators where name = ?", (printed,)).fetchone()
        if row is None:
            row = (connection.execute("insert into indicators (name) values (?)", (printed,)).lastrowid,)
        ids[printed] = int(row[0])
        connection.execute(
            "insert into indicator_aliases (printed, indicator_id, comparable, method, score, reason)"
            " values (?, ?, ?, 'name', 1, 'its own name') on conflict do nothing",
            (printed, ids[printed], comparable(printed)),
        )
    return ids


def used_printings(connection: sqlite3.Connection, document_id: str) -> set[str]:
    """The indicators that a document has thresholds for, as it prints them."""
    rows = connection.execute("select distinct indicator from thresholds where document_id = ?", (document_id,))
    return {compact(row[0]) for row in rows}


# ---------------------------------------------------------------- which printings are one indicator


def settle_indicators(connection: sqlite3.Connection, touched: Iterable[str]) -> None:
    """Gather these printings and all that share words or decisions with them anew; drop what is not used any more."""
    decided = verdicts(connection, "indicator")
    names = _neighbourhood(connection, set(touched), decided)
    printings, thresholds = _printings(connection, names)
    sets = name_sets(list(printings), _by_rules(printings.values()), decided)
    current: dict[str, int] = {}
    for name in names:
        current.update(
            connection.execute("select printed, indicator_id from indicator_aliases where printed = ?", (name,))
        )
    _rewrite(connection, sets, printings, thresholds, current)


def _neighbourhood(connection: sqlite3.Connection, touched: set[str], decided: Verdicts) -> set[str]:
    """The printings that may be one with these, over what they are compared by and over decisions."""
    partners: dict[str, set[str]] = defaultdict(set)
    for one, other in (*decided.same, *decided.different):
        partners[one].add(other)
        partners[other].add(one)
    found: set[str] = set()
    waiting = set(touched)
    while waiting:
        found |= waiting
        near = {other for name in waiting for other in partners[name]}
        for name in waiting:
            near.update(
                row[0]
                for row in connection.execute(
                    "select n.printed from indicator_aliases n join indicator_aliases o"
                    " on o.comparable = n.comparable or o.indicator_id = n.indicator_id where o.printed = ?",
                    (name,),
                )
            )
        waiting = near - found
    return found


def _printings(
    connection: sqlite3.Connection, names: Collection[str]
) -> tuple[dict[str, Printing], dict[str, list[int]]]:
    """The printings among these that stand in documents, in code order, and the thresholds of each."""
    from extract.indicator_names import comparable

    units: dict[str, Counter[str | None]] = defaultdict(Counter)
    thresholds: dict[str, list[int]] = defaultdict(list)
    for name in names:
        rows = connection.execute(
            "select t.id, t.indicator, t.unit from indicator_aliases n join thresholds t"
            " on t.indicator_id = n.indicator_id where n.printed = ?",
            (name,),
        )
        for row in rows:
            if compact(row["indicator"]) == name:
                units[name][row["unit"]] += 1
                thresholds[name].append(row["id"])
    return {name: Printing(name, comparable(name), units[name]) for name in sorted(units)}, thresholds


def _by_rules(printings: Iterable[Printing]) -> Iterator[Same]:
    """Printings of which the rules leave the same words, where their units measure the same kind of thing."""
    from extract.indicator_names import differences

    alike: dict[str, list[Printing]] = defaultdict(list)
    for one in printings:
        alike[one.comparable].append(one)
    for found in alike.values():
        for number, one in enumerate(found[1:], 1):
            match = next((other for other in found[:number] if _units_agree(one, other)), None)
            if match is not None:
                rules = sorted({*differences(match.printed), *differences(one.printed)})
                reason = f"both are {one.comparable} ({', '.join(rules)} aside)"
                yield Same(match.printed, one.printed, "rule", 1.0, reason)


def _units_agree(one: Printing, other: Printing) -> bool:
    """Whether two printings can be one thing by their units: a kind in common, or a side without any."""
    return not one.families or not other.families or bool(one.families & other.families)


def _rewrite(
    connection: sqlite3.Connection,
    sets: Sequence[NameSet],
    printings: dict[str, Printing],
    thresholds: dict[str, list[int]],
    current: dict[str, int],
) -> None:
    """Give each set one row, of those it had the oldest, named by its commonest printing."""
    taken: set[int] = set()
    chosen: list[tuple[int, str, NameSet]] = []
    for found in sorted(sets, key=lambda one: min((current.get(name, 0) for name in one.names), default=0)):
        free = {current[name] for name in found.names if name in current} - taken
        number = min(free) if free else _placeholder(connection)
        taken.add(number)
        name = min(found.names, key=lambda text: (-printings[text].units.total(), len(text), text))
        chosen.append((number, name, found))
        connection.executemany(
            "update thresholds set indicator_id = ? where id = ?",
            [(number, threshold) for text in found.names for threshold in thresholds[text]],
        )
    connection.executemany("delete from indicator_aliases where printed = ?", [(name,) for name in current])
    _drop_unused(connection, set(current.values()) - taken)
    for number, _, _ in chosen:  # in two steps, for a name may pass from row to row
        connection.execute("update indicators set name = '+' || id where id = ?", (number,))
    for number, name, found in chosen:
        _name(connection, number, name, found, printings)


def _placeholder(connection: sqlite3.Connection) -> int:
    """A new row for what was held to be another indicator; it gets its name when all others have theirs."""
    number = int(connection.execute("select coalesce(max(id), 0) + 1 from indicators").fetchone()[0])
    connection.execute("insert into indicators (id, name) values (?, '+' || ?)", (number, number))
    return number


def _name(
    connection: sqlite3.Connection, number: int, name: str, found: NameSet, printings: dict[str, Printing]
) -> None:
    """The row of an indicator: its name, its commonest unit (of equals the first in code order), its aliases."""
    units: Counter[str] = Counter()
    for text in found.names:
        units.update({unit: count for unit, count in printings[text].units.items() if unit is not None})
    unit = min(units, key=lambda one: (-units[one], one), default=None)
    connection.execute("update indicators set name = ?, unit = ? where id = ?", (name, unit, number))
    for text in found.names:
        merge = None if text == name else found.why(text)
        method, score, reason = ("name", 1.0, "its own name") if merge is None else _told(merge)
        connection.execute(
            "insert into indicator_aliases (printed, indicator_id, comparable, method, score, reason)"
            " values (?, ?, ?, ?, ?, ?)",
            (text, number, printings[text].comparable, method, score, reason),
        )


def _told(merge: Same) -> tuple[str, float, str]:
    return merge.method, merge.score, merge.reason


def _drop_unused(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Forget indicators that no threshold measures any more."""
    connection.executemany(
        "delete from indicators where id = ? and not exists"
        " (select 1 from thresholds where indicator_id = indicators.id)",
        [(number,) for number in numbers],
    )
