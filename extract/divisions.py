"""The administrative divisions of GB/T 2260: what `terms/regions.csv` holds, by code and by name.

The file has the divisions of 2023 and those that ended since 2002.  One that ended has `until`, the last year whose
list has it (lists of 2002-2014, then 2023); `former` are older names under the same code.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Level = Literal["national", "provincial", "municipal", "county"]
NATIONAL = "100000"
ORDER: tuple[Level, ...] = ("national", "provincial", "municipal", "county")
_LEVELS: dict[str, Level] = {level: level for level in ORDER}


@dataclass(frozen=True, slots=True)
class Region:
    """One division; `name` is the official name from the province down, `own_name` its last part."""

    code: str
    name: str
    short_name: str
    level: Level
    parent_code: str | None
    until: str | None = None
    former: tuple[str, ...] = ()

    @property
    def own_name(self) -> str:
        """The name without those of the regions above: 石城县.

        >>> region("360735").own_name
        '石城县'
        """
        parent = region(self.parent_code) if self.parent_code else None
        return self.name if parent is None else self.name.removeprefix(parent.name)


@cache
def regions() -> dict[str, Region]:
    """All divisions by code, in the order of their codes."""
    with (files("extract.terms") / "regions.csv").open(encoding="utf-8") as lines:
        return {
            row["code"]: Region(
                code=row["code"],
                name=row["name"],
                short_name=row["short_name"],
                level=_LEVELS[row["level"]],
                parent_code=row["parent_code"] or None,
                until=row["until"] or None,
                former=tuple(row["former"].split("；")) if row["former"] else (),
            )
            for row in csv.DictReader(lines)
        }


def region(code: str) -> Region | None:
    """The division with this code of six digits.

    >>> region("410100").name, region("410100").short_name, region("999999")
    ('河南省郑州市', '郑州', None)
    """
    return regions().get(code)


def lineage(place: Region) -> Iterator[Region]:
    """The region itself and those above it, up to the country.

    >>> [r.short_name for r in lineage(region("360735"))]
    ['石城', '赣州', '江西', '全国']
    """
    yield place
    if place.parent_code and (above := region(place.parent_code)):
        yield from lineage(above)


@cache
def names() -> tuple[dict[str, tuple[Region, ...]], dict[str, tuple[Region, ...]], int]:
    """Regions by official or former name, by short name, and the length of the longest name."""
    full: dict[str, tuple[Region, ...]] = {}
    short: dict[str, tuple[Region, ...]] = {}
    for place in regions().values():
        if place.level == "national":
            continue
        own = place.own_name
        spoken = place.short_name + own[-1] if "自治" in own else own  # 恩施州
        for name in {own, spoken, *place.former}:
            full[name] = (*full.get(name, ()), place)
        if place.short_name != own:
            short[place.short_name] = (*short.get(place.short_name, ()), place)
    return full, short, max(map(len, full))
