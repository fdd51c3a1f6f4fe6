"""The styles of a Word file → what they say of a paragraph or run: heading level, list, bold, hidden, symbol font."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
TITLE_NAME = re.compile(r"title|标题", re.IGNORECASE)
CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*[1-9]", re.IGNORECASE)
DEEPEST = 9
OFF = {"0", "false", "off", "none"}


def value(parent: Element | None, tag: str) -> str | None:
    """The `w:val` of a child element; '' where the child has none, `None` where there is no such child."""
    if parent is None:
        return None
    child = parent.find(W + tag)
    return None if child is None else child.get(VAL, "")


def number(parent: Element | None, tag: str) -> int | None:
    """The `w:val` of a child element as a whole number; `None` where there is none that can be read."""
    return whole(value(parent, tag))


def whole(text: str | None) -> int | None:
    """A whole number of at most nine digits.

    >>> whole("12"), whole("1e9"), whole(None)
    (12, None, None)
    """
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else None


def switched(properties: Element | None, tag: str) -> bool | None:
    """Whether a property such as `b` or `vanish` is on; `None` where it is not mentioned."""
    said = value(properties, tag)
    return None if said is None else said.lower() not in OFF


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The list a paragraph belongs to and its level there (0 is the highest); list 0 is none."""

    list_id: int
    level: int | None


@dataclass
class Styles:
    """The styles by their id; what a style does not say, the style it is based on may."""

    elements: dict[str, Element] = field(default_factory=dict)
    default_paragraph: str | None = None
    switches: dict[tuple[str | None, str], bool | None] = field(default_factory=dict)  # what was asked before

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """The styles of `word/styles.xml`."""
        found = cls()
        for element in root.iter(f"{W}style") if root is not None else ():
            name = element.get(f"{W}styleId", "")
            found.elements[name] = element
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default", "0") not in OFF:
                found.default_paragraph = name
        return found

    def chain(self, name: str | None) -> Iterator[Element]:
        """The style and those it is based on, nearest first."""
        seen: set[str] = set()
        while name is not None and name in self.elements and name not in seen:
            seen.add(name)
            element = self.elements[name]
            yield element
            name = value(element, "basedOn")

    def of_paragraph(self, properties: Element | None) -> str | None:
        """The id of a paragraph's style."""
        return value(properties, "pStyle") or self.default_paragraph

    def heading_level(self, properties: Element | None) -> int | None:
        """1 … 9 by the paragraph's own outline level, else by its style's, else by the style's name; a title is 1."""
        own = number(properties, "outlineLvl")
        if own is not None:
            return own + 1 if own < DEEPEST else None
        for style in self.chain(self.of_paragraph(properties)):
            outline = number(style.find(f"{W}pPr"), "outlineLvl")
            if outline is not None:
                return outline + 1 if outline < DEEPEST else None
            name = value(style, "name") or ""
            if match := HEADING_NAME.fullmatch(name):
                return int(match[1])
            if TITLE_NAME.fullmatch(name):
                return 1
        return None

    def is_contents(self, properties: Element | None) -> bool:
        """Whether the paragraph is a line of a table of contents that Word has made."""
        styles = self.chain(self.of_paragraph(properties))
        return any(CONTENTS_NAME.fullmatch(value(style, "name") or "") for style in styles)

    def list_place(self, properties: Element | None) -> ListPlace | None:
        """The list a paragraph stands in, by itself or by its style; the level is `None` where the style's is meant."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        list_id, level = number(own, "numId"), number(own, "ilvl")
        if list_id is not None:
            return ListPlace(list_id, level or 0)
        for style in self.chain(self.of_paragraph(properties)):
            said = style.find(f"{W}pPr/{W}numPr")
            list_id = number(said, "numId")
            if list_id is not None:
                return ListPlace(list_id, number(said, "ilvl") if level is None else level)
        return None

    def run_switch(self, properties: Element | None, paragraph_style: str | None, tag: str) -> bool:
        """Whether a run is bold (`b`) or hidden (`vanish`): by itself, its character style, its paragraph's style."""
        if properties is not None:
            said = switched(properties, tag)
            if said is None:
                said = self._style_switch(value(properties, "rStyle"), tag)
            if said is not None:
                return said
        return bool(self._style_switch(paragraph_style, tag))

    def _style_switch(self, name: str | None, tag: str) -> bool | None:
        """What a style says of its runs; `None` where neither it nor those it is based on mention it."""
        if name is not None and (name, tag) not in self.switches:
            chain = (switched(style.find(f"{W}rPr"), tag) for style in self.chain(name))
            self.switches[name, tag] = next((said for said in chain if said is not None), None)
        return self.switches.get((name, tag))


def font(properties: Element | None) -> str | None:
    """The font that a run names for itself; symbol fonts are always named so."""
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    if fonts is None:
        return None
    return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or fonts.get(f"{W}eastAsia")
