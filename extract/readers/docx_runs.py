"""The runs of a Word paragraph → what is shown, piece by piece, and what is not: deleted, hidden, boxed, unread.

Insertions are in, deletions and hidden text are leftovers; of two versions of a drawing one is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from xml.etree.ElementTree import Element

from extract.pages import Leftover
from extract.readers.docx_fields import Fields
from extract.readers.docx_math import M, formula
from extract.readers.docx_styles import OFF, Styles, W, font
from extract.readers.symbols import CHECKED, UNCHECKED, shown, sign

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
WRAPPERS = {f"{W}{tag}" for tag in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent")}
DELETED = {f"{W}del", f"{W}moveFrom"}
DRAWINGS = {f"{W}drawing", f"{W}pict", f"{W}object"}
NOTES: dict[str, Literal["footnote", "endnote"]] = {
    f"{W}footnoteReference": "footnote",
    f"{W}endnoteReference": "endnote",
}
SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# the parts of a drawing whose text Word keeps elsewhere, by the last word of their address
UNREAD_DRAWINGS = {"picture": "picture", "chart": "chart", "diagram": "diagram"}


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one format: as it is read, and the source's own characters."""

    text: str
    source: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Boxed:
    """A text box that hangs on the paragraph."""

    content: Element


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of a footnote or endnote."""

    kind: Literal["footnote", "endnote"]
    id: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that may hold text and is not read: picture, object, chart, diagram."""

    kind: str


Inline = Span | Leftover | Boxed | NoteMark | Unread


@dataclass
class Runs:
    """Reads paragraphs of one story (body, header, note) in order: a field may begin in one and end in another."""

    styles: Styles
    fields: Fields = field(default_factory=Fields)

    def inline(self, element: Element, style: str | None) -> Iterator[Inline]:
        """What stands in a paragraph or in a part of it, in reading order."""
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                yield from self._run(child, child, style)
            elif tag in WRAPPERS:
                yield from self.inline(child, style)
            elif tag == f"{W}fldSimple":
                self.fields.note(child.get(f"{W}instr", ""))
                yield from self.inline(child, style)
            elif tag == f"{W}sdt":
                yield from self._control(child, style)
            elif tag in DELETED:
                yield Leftover("deleted", source_text(child))
            elif tag in (f"{M}oMath", f"{M}oMathPara"):
                text = formula(child)
                yield Span(shown(text), text)
            elif tag == f"{MC}AlternateContent":
                yield from self.inline(chosen(child), style)

    def _control(self, control: Element, style: str | None) -> Iterator[Inline]:
        """A content control: a check box, a prompt that was never filled in, or text like any other."""
        content = control.find(f"{W}sdtContent")
        if content is None:
            return
        box = control.find(f"{W}sdtPr/{W14}checkbox")
        if box is not None:
            checked = box.find(f"{W14}checked")
            on = checked is not None and checked.get(f"{W14}val", "1") not in OFF
            yield Span(CHECKED if on else UNCHECKED, source_text(content))
        elif control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            yield Leftover("prompt", source_text(content))
        else:
            yield from self.inline(content, style)

    def _run(self, run: Element, parent: Element, style: str | None) -> Iterator[Inline]:
        properties = run.find(f"{W}rPr")
        hidden = self.styles.run_switch(properties, style, "vanish")
        bold = self.styles.run_switch(properties, style, "b")
        for child in parent:
            for piece in self._piece(child, run, style):
                if isinstance(piece, Span) and hidden:
                    yield Leftover("hidden", piece.source)
                elif isinstance(piece, Span):
                    self.fields.show()
                    yield Span(piece.text, piece.source, bold)
                else:
                    yield piece

    def _piece(self, child: Element, run: Element, style: str | None) -> Iterator[Inline]:
        tag = child.tag
        if tag == f"{W}fldChar":
            result = self.fields.turn(child)
            if result:
                yield Span(result, result)
        elif tag == f"{W}instrText":
            self.fields.instruct(child.text or "")
        elif tag in DRAWINGS:
            yield from drawn(child)
        elif tag == f"{MC}AlternateContent":
            yield from self._run(run, chosen(child), style)
        elif tag in NOTES:
            yield NoteMark(NOTES[tag], child.get(f"{W}id", ""))
        elif tag == f"{W}ruby":
            yield from self._annotated(child, style)
        elif self.fields.showing:
            yield from _written(child, font(run.find(f"{W}rPr")))

    def _annotated(self, ruby: Element, style: str | None) -> Iterator[Inline]:
        base, above = ruby.find(f"{W}rubyBase"), ruby.find(f"{W}rt")
        if base is not None:
            yield from self.inline(base, style)
        if above is not None:
            yield Leftover("ruby", source_text(above))


def _written(child: Element, run_font: str | None) -> Iterator[Span]:
    if child.tag == f"{W}t":
        text = (child.text or "").replace("\n", " ")
        yield Span(shown(text, run_font), text)
    elif child.tag == f"{W}sym":
        place = _symbol_place(child)
        # a place outside the private ones and the font's own is a character of its own
        plain = "" if 0xE000 <= place <= 0xF8FF or place < 0x100 else chr(place)
        yield Span(sign(child.get(f"{W}font"), place) or plain, chr(place) if place else "")
    elif child.tag in SIGNS:
        mark = SIGNS[child.tag]
        yield Span(" " if mark == "\t" else mark, mark)


def chosen(choice: Element) -> Element:
    """The version to read of content that stands twice: the newer, unless only the older holds text."""
    versions = [*choice.findall(f"{MC}Choice"), *choice.findall(f"{MC}Fallback")]
    with_text = (
        version for version in versions if any(part.tag in (f"{W}t", f"{V}textpath") for part in version.iter())
    )
    return next(with_text, versions[0] if versions else choice)


def drawn(drawing: Element) -> Iterator[Inline]:
    """The text boxes of a drawing, the words of its word art, and what of it is not read."""
    for child in drawing:
        if child.tag == f"{W}txbxContent":
            yield Boxed(child)
        elif child.tag == f"{MC}AlternateContent":
            yield from drawn(chosen(child))
        elif child.tag == f"{V}textpath":
            yield Leftover("word_art", child.get("string", ""))
        elif child.tag == f"{V}imagedata":
            yield Unread("picture")
        elif child.tag == f"{A}graphicData" and (kind := child.get("uri", "").rpartition("/")[2]) in UNREAD_DRAWINGS:
            yield Unread(UNREAD_DRAWINGS[kind])
        elif child.tag.endswith("}OLEObject"):
            yield Unread("object")
        else:
            yield from drawn(child)


def source_text(element: Element) -> str:
    """All characters that stand in an element, shown or not.

    >>> from xml.etree.ElementTree import fromstring
    >>> source_text(fromstring(f"<p xmlns='{W[1:-1]}'><delText>旧</delText><t>新</t></p>"))
    '旧新'
    """
    parts = []
    for child in element.iter():
        if child.tag in (f"{W}t", f"{W}delText", f"{M}t"):
            parts.append(child.text or "")
        elif child.tag == f"{W}sym":
            parts.append(chr(_symbol_place(child)) if _symbol_place(child) else "")
        elif child.tag == f"{W}p" and parts:
            parts.append("\n")
    return "".join(parts)


def _symbol_place(symbol: Element) -> int:
    """The place of a symbol in its font; 0 where it names none."""
    code = symbol.get(f"{W}char", "")
    place = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else 0
    return 0 if 0xD800 <= place < 0xE000 else place
