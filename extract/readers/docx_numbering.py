"""The lists of a Word file → the number that Word prints before each paragraph, counted in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from extract.readers.docx_numerals import numeral
from extract.readers.docx_styles import ListPlace, Styles, W, number, value, whole
from extract.readers.symbols import CHECKED, UNCHECKED, shown

DEEPEST = 9
PART = re.compile(r"%([1-9])")
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CLOSING = "、。，：；）)】》"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list as it is defined: first value, format, pattern (`%1.%2`), when it begins anew."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    restart: int | None = None  # begins anew after this level (1 the highest) or a higher one; 0 never
    arabic: bool = False  # the numbers of all levels are printed in Arabic figures
    gap: str = " "
    style: str | None = None
    font: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """What Word prints before a paragraph: what is read of it, and its own characters."""

    text: str
    source: str
    unknown: str | None = None  # a number format that is not known; the number is then given in Arabic figures


@dataclass
class Numbering:
    """The lists of `word/numbering.xml` and where each of them has got to."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[int, str] = field(default_factory=dict)
    overrides: dict[int, dict[int, Level]] = field(default_factory=dict)
    starts: dict[int, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        """The lists of a numbering part; no lists where the file has none."""
        found = cls()
        if root is None:
            return found
        linked = {}
        for element in root.iter(f"{W}abstractNum"):
            key = element.get(f"{W}abstractNumId", "")
            found.abstract[key] = _levels(element)
            if style := value(element, "styleLink"):
                linked[style] = key
        for element in root.iter(f"{W}abstractNum"):
            if (style := value(element, "numStyleLink")) in linked:
                found.abstract[element.get(f"{W}abstractNumId", "")] = found.abstract[linked[style]]
        for element in root.iter(f"{W}num"):
            list_id = whole(element.get(f"{W}numId"))
            if list_id is not None:
                found._add(list_id, element)
        return found

    def _add(self, list_id: int, element: Element) -> None:
        self.lists[list_id] = value(element, "abstractNumId") or ""
        self.overrides[list_id], self.starts[list_id] = {}, {}
        for override in element.iter(f"{W}lvlOverride"):
            at = whole(override.get(f"{W}ilvl")) or 0
            start = number(override, "startOverride")
            if start is not None:
                self.starts[list_id][at] = start
            self.overrides[list_id] |= _levels(override)

    def number(self, place: ListPlace, styles: Styles, style: str | None) -> Number | None:
        """The number of the next paragraph of a list, counting it; `None` where the paragraph stands in no list."""
        key = self.lists.get(place.list_id)
        if not place.list_id or key is None or key not in self.abstract:
            return None
        levels = self.abstract[key] | self.overrides[place.list_id]
        at = self._level(place, levels, styles, style)
        if at not in levels:
            return None
        counts = self._counted(place.list_id, key, at, levels)
        return _printed(levels, at, counts)

    def _level(self, place: ListPlace, levels: dict[int, Level], styles: Styles, style: str | None) -> int:
        """A list that a style names: the level is the one that names the style, or the style's own."""
        if place.level is not None:
            return place.level
        names = [element.get(f"{W}styleId") for element in styles.chain(style)]
        tied = (at for name in names for at, level in levels.items() if level.style == name)
        return next(tied, 0)

    def _counted(self, list_id: int, key: str, at: int, levels: dict[int, Level]) -> dict[int, int]:
        counts = self.counts.setdefault(key, {})
        # a list that sets a start of its own takes it the first time that it is met, and goes on from there
        if (start := self.starts[list_id].pop(at, None)) is not None:
            counts[at] = start
        else:
            counts[at] = counts[at] + 1 if at in counts else levels[at].start
        for above in range(at):
            if above not in counts and above in levels:
                counts[above] = self.starts[list_id].pop(above, levels[above].start)
        for below in [level for level in counts if level > at]:
            restart = levels[below].restart if below in levels else None
            if restart is None or at < restart:
                del counts[below]
        return counts


def _levels(parent: Element) -> dict[int, Level]:
    return {
        at: _level(element)
        for element in parent.iter(f"{W}lvl")
        if (at := whole(element.get(f"{W}ilvl"))) is not None and 0 <= at < DEEPEST
    }


def _level(element: Element) -> Level:
    start, fonts = number(element, "start"), element.find(f"{W}rPr/{W}rFonts")
    # formats newer than the standard stand in a choice, with an old one to fall back on
    old = element.find(f"{MC}AlternateContent/{MC}Fallback")
    legal = element.find(f"{W}isLgl")
    return Level(
        start=1 if start is None else start,
        format=value(element, "numFmt") or value(old, "numFmt") or "decimal",
        pattern=value(element, "lvlText") or "",
        restart=number(element, "lvlRestart"),
        arabic=legal is not None and legal.get(f"{W}val", "1") not in {"0", "false"},
        gap="" if value(element, "suff") == "nothing" else " ",
        style=value(element, "pStyle"),
        font=fonts.get(f"{W}ascii") if fonts is not None else None,
    )


def _printed(levels: dict[int, Level], at: int, counts: dict[int, int]) -> Number | None:
    level = levels[at]
    if level.format == "bullet":
        mark = shown(level.pattern, level.font).strip()
        # a bullet says nothing but that a point begins; a box asks to be ticked
        return Number(mark if mark in (UNCHECKED, CHECKED) else "", level.pattern)
    unknown: list[str] = []

    def part(match: re.Match[str]) -> str:
        other = int(match[1]) - 1
        kind = levels[other].format if other in levels else "decimal"
        kind = "decimal" if level.arabic and kind != "none" else kind
        printed = numeral(counts.get(other, 1), kind)
        if printed is None:
            unknown.append(kind)
        return str(counts.get(other, 1)) if printed is None else printed

    text = PART.sub(part, shown(level.pattern, level.font)).strip()
    gap = level.gap if text and text[-1] not in CLOSING else ""
    return Number(text + gap, PART.sub(part, level.pattern) + gap, next(iter(unknown), None)) if text else None
