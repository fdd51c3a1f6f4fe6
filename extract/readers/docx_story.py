"""Paragraphs of a Word story (body, header, note) → lines of text with their number, their bold beginning, and asides.

A story is read in order: lists count on, a field may run over paragraphs, and a paragraph whose end mark is deleted
goes on with the next one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from extract.pages import Leftover, Place
from extract.readers.docx_numbering import Numbering
from extract.readers.docx_runs import Boxed, NoteMark, Runs, Span, Unread
from extract.readers.docx_styles import Styles, W, switched
from extract.readers.symbols import raw

LONGEST_HEADING = 80  # characters; a longer paragraph in a heading style is prose that somebody formatted so


@dataclass(frozen=True, slots=True)
class Line:
    """A line that ends with its paragraph or with a line break: text, the source's characters where they differ."""

    text: str
    raw: str | None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph: its lines, its heading level, and what hangs on it."""

    lines: tuple[Line, ...]
    level: int | None = None
    is_contents: bool = False
    boxes: tuple[Boxed, ...] = ()
    notes: tuple[NoteMark, ...] = ()


@dataclass
class Story:
    """Reads the paragraphs of one story one after the other; `unread` counts what is reported."""

    styles: Styles
    numbering: Numbering
    leftovers: list[Leftover]
    unread: Counter[str]
    runs: Runs = field(init=False)
    line: int = 0  # running number of the paragraph or table row
    carried: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.runs = Runs(self.styles)

    @property
    def place(self) -> Place:
        """Where the story has got to."""
        return Place(line=self.line)

    def words(self, paragraph: Element) -> Words:
        """The next paragraph."""
        properties = paragraph.find(f"{W}pPr")
        mark = properties.find(f"{W}rPr") if properties is not None else None
        style = self.styles.of_paragraph(properties)
        self.runs.fields.has_page_number = False
        spans, boxes, notes = self._pieces(paragraph, style)
        if mark is not None and mark.find(f"{W}del") is not None:
            self.carried += spans
            return Words((), boxes=boxes, notes=notes)
        spans, self.carried = self.carried + spans, []
        if spans or not switched(mark, "vanish"):
            spans = [*self._number(properties, style, spans), *spans]
        level = self.styles.heading_level(properties)
        lines = tuple(_lines(_unbroken(spans) if level is not None else spans))
        if any(len(line.text) > LONGEST_HEADING for line in lines):
            level = None
        return Words(lines, level, self.styles.is_contents(properties), boxes, notes)

    def _pieces(
        self, paragraph: Element, style: str | None
    ) -> tuple[list[Span], tuple[Boxed, ...], tuple[NoteMark, ...]]:
        spans: list[Span] = []
        boxes: list[Boxed] = []
        notes: list[NoteMark] = []
        for piece in self.runs.inline(paragraph, style):
            match piece:
                case Span():
                    spans.append(piece)
                case Boxed():
                    boxes.append(piece)
                case NoteMark():
                    notes.append(piece)
                case Unread(kind):
                    self.unread[kind] += 1
                case Leftover(kind, text) if text.strip():
                    self.leftovers.append(Leftover(kind, text, self.place))
        return spans, tuple(boxes), tuple(notes)

    def _number(self, properties: Element | None, style: str | None, spans: list[Span]) -> Iterator[Span]:
        """The number Word prints before the paragraph, bold where the paragraph begins so."""
        place = self.styles.list_place(properties)
        printed = self.numbering.number(place, self.styles, style) if place is not None else None
        if printed is None:
            return
        if printed.unknown:
            self.unread[f"number format {printed.unknown}"] += 1
        first = next((span for span in spans if span.text.strip()), None)
        yield Span(printed.text, printed.source, first is not None and first.bold)


def _unbroken(spans: list[Span]) -> list[Span]:
    """A heading is one line, however many it is printed on."""
    return [Span(span.text.replace("\n", ""), span.source.replace("\n", " "), span.bold) for span in spans]


def _lines(spans: list[Span]) -> Iterator[Line]:
    if not any("\n" in span.text for span in spans):
        yield _line(spans)
        return
    line: list[Span] = []
    for span in spans:
        # only a break is read as a break, so text and source have as many of them
        first, *more = zip(span.text.split("\n"), span.source.split("\n"), strict=True)
        line.append(Span(*first, span.bold))
        for text, source in more:
            yield _line(line)
            line = [Span(text, source, span.bold)]
    yield _line(line)


def _line(spans: list[Span]) -> Line:
    text = "".join(span.text for span in spans).strip()
    return Line(text, raw(text, "".join(span.source for span in spans)), _lead(spans))


def _lead(spans: list[Span]) -> str:
    """The bold words at the beginning."""
    lead = ""
    for span in spans:
        if span.text.strip() and not span.bold:
            break
        lead += span.text
    return lead.strip()
