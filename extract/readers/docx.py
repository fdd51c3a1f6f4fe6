"""Word files (DOCX) → Reading: paragraphs, tables with their merges, and everything that is no text by name.

The XML is walked as it stands.  Text boxes and notes follow the paragraph they hang on; a table inside a cell follows
the table it stands in; a table of one column is a frame around paragraphs.  `Place.line` counts paragraphs and rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element

from extract.errors import UnreadableFile
from extract.pages import Block, Cell, Leftover, Page, Place, Reading, Table
from extract.readers import docx_tables
from extract.readers.docx_numbering import Numbering
from extract.readers.docx_runs import DELETED, MC, NoteMark, chosen, source_text
from extract.readers.docx_story import Line, Story, Words
from extract.readers.docx_styles import Styles, W, value
from extract.readers.ooxml import Package
from extract.readers.signatures import reject, signature
from extract.readers.text import PAGE_NUMBER

CONVERTED = {"doc", "rtf", "wordml"}  # what a file named .docx may be that LibreOffice can read
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
WRAPPERS = {f"{W}{tag}" for tag in ("sdtContent", "ins", "moveTo", "customXml", "smartTag")}
UNREAD = {
    "picture": ("unread_picture", "{} pictures are not read; words in them are missing"),
    "object": ("unread_object", "{} embedded objects (formulas, tables of other programs) are not read"),
    "chart": ("unread_chart", "{} charts are not read"),
    "diagram": ("unread_diagram", "{} diagrams are not read"),
    "part": ("unread_part", "{} embedded documents are not read; save the file anew in Word to take them in"),
    "nested": ("nested_table", "{} tables stand inside cells of other tables and are read after them"),
}


def read_docx(path: Path) -> Reading:
    """The one page of a Word file; UnreadableFile where it is damaged, protected, or another kind of file.

    A file that is a DOC or RTF in truth is read as that.
    """
    kind = signature(path)
    if kind in CONVERTED:
        from extract.readers.doc import read_doc

        return read_doc(path)
    if kind != "zip":
        reject(kind)
    return read_package(path, "docx")


def read_package(source: Path | IO[bytes], format_name: str) -> Reading:
    """The same of an open file, under the name of the format it was before."""
    package = Package(source)
    try:
        return _Document(package).reading(format_name)
    except RecursionError as error:
        raise UnreadableFile(
            "nests tables or text boxes deeper than any office program does; save it as PDF and give that"
        ) from error
    finally:
        package.close()


class _Document:
    """One Word file on its way to a Reading."""

    def __init__(self, package: Package) -> None:
        self.package, self.main = package, package.main()
        root = package.part(self.main)
        if root is None or root.tag != f"{W}document":
            name = "" if root is None else root.tag.rpartition("}")[2]
            reject({"workbook": "xlsx", "presentation": "pptx"}.get(name, "zip"))
        self.root: Element = root
        self.leftovers: list[Leftover] = []
        self.unread: Counter[str] = Counter()
        self.styles = Styles.of(package.related(self.main, "styles"))
        self.numbering = Numbering.of(package.related(self.main, "numbering"))
        self.story = self._story()
        self.notes = dict(self._notes())
        self.waiting: list[NoteMark] = []  # marks met inside a table
        self.depth = 0  # of cells inside cells

    def _story(self) -> Story:
        return Story(self.styles, self.numbering, self.leftovers, self.unread)

    def _notes(self) -> Iterator[tuple[tuple[str, str], Element]]:
        for kind in ("footnote", "endnote"):
            root = self.package.related(self.main, f"{kind}s")
            for note in root.iter(f"{W}{kind}") if root is not None else ():
                if note.get(f"{W}type", "normal") == "normal":
                    yield (kind, note.get(f"{W}id", "")), note

    def reading(self, format_name: str) -> Reading:
        """The whole file."""
        body = self.root.find(f"{W}body")
        content = tuple(self.content(body)) if body is not None else ()
        self._heads_and_feet()
        self._comments()
        return Reading(format_name, (Page(None, content),), tuple(self.leftovers), tuple(self._doubts()))

    def content(self, container: Element) -> Iterator[Block | Table]:
        """What a body, cell, text box or note holds, in reading order."""
        for child in container:
            tag = child.tag
            if tag == f"{W}p":
                yield from self._paragraph(child)
            elif tag == f"{W}tbl":
                yield from self._table(child)
            elif tag in WRAPPERS:
                yield from self.content(child)
            elif tag == f"{W}sdt":
                yield from self._control(child)
            elif tag == f"{MC}AlternateContent":
                yield from self.content(chosen(child))
            elif tag in DELETED:
                self._leave("deleted", source_text(child))
            elif tag == f"{W}altChunk":
                self.unread["part"] += 1

    def _control(self, control: Element) -> Iterator[Block | Table]:
        content = control.find(f"{W}sdtContent")
        if content is None:
            return
        gallery = value(control.find(f"{W}sdtPr/{W}docPartObj"), "docPartGallery")
        if gallery == "Table of Contents":
            self._leave("contents", source_text(content))
        else:
            yield from self.content(content)

    def _paragraph(self, paragraph: Element) -> Iterator[Block | Table]:
        self.story.line += not self.depth
        words, place = self.story.words(paragraph), self.story.place
        for line in words.lines:
            if kind := self._aside(line, words):
                self._leave(kind, line.raw or line.text)
            else:
                yield Block(line.text, place, line.raw, words.level, line.lead)
        for box in words.boxes:
            yield from self.content(box.content)
        self.waiting += words.notes
        if not self.depth:
            yield from self._waiting_notes()

    def _aside(self, line: Line, words: Words) -> str:
        """The name of a line that is no passage; '' for one that is."""
        if not line.text:
            return "symbols"
        if words.is_contents:
            return "contents"
        return "page_number" if not self.depth and PAGE_NUMBER.match(line.text) else ""

    def _waiting_notes(self) -> Iterator[Block | Table]:
        marks, self.waiting = self.waiting, []
        for mark in marks:
            note = self.notes.pop((mark.kind, mark.id), None)
            if note is not None:
                yield from self.content(note)

    def _leave(self, kind: str, text: str) -> None:
        if text.strip():
            self.leftovers.append(Leftover(kind, text.strip(), self.story.place))

    def _table(self, table: Element) -> Iterator[Block | Table]:
        rows = docx_tables.rows(table)
        for row in rows:
            if row.unseen:
                self._leave(row.unseen, source_text(row.element))
        rows = [row for row in rows if not row.unseen and row.slots]
        width = max((slot.end for row in rows for slot in row.slots), default=0)
        if width <= 1:
            for row in rows:
                yield from self.content(row.slots[0].element)
            return
        self.unread["nested"] += self.depth > 0
        after: list[Block | Table] = []
        grid = tuple(self._row(row, width, after) for row in rows)
        yield Table(grid, grid[0][0].place)
        yield from after
        if not self.depth:
            yield from self._waiting_notes()

    def _row(self, row: docx_tables.Row, width: int, after: list[Block | Table]) -> tuple[Cell, ...]:
        self.story.line += not self.depth
        place = self.story.place
        # a place that no cell of the row reaches (gridBefore, a row cut short) is blank, not merged
        cells = [Cell("", place)] * width
        for slot in row.slots:
            cells[slot.start : slot.end] = [Cell(None, place)] * slot.span
            if slot.merged_away or docx_tables.is_deleted(slot.element):
                self._leave("merged_away" if slot.merged_away else "deleted", source_text(slot.element))
            else:
                cells[slot.start] = replace(self._cell(slot.element, place, after), across=slot.span)
        return tuple(cells)

    def _cell(self, cell: Element, place: Place, after: list[Block | Table]) -> Cell:
        self.depth += 1
        content = list(self.content(cell))
        self.depth -= 1
        after += [item for item in content if isinstance(item, Table)]
        blocks = [item for item in content if isinstance(item, Block)]
        text = "\n".join(block.text for block in blocks)
        changed = any(block.raw for block in blocks)
        return Cell(text, place, "\n".join(block.raw or block.text for block in blocks) if changed else None)

    def _heads_and_feet(self) -> None:
        """Headers and footers are leftovers, each once however many pages it stands on."""
        relations = self.package.relations(self.main)
        wanted = [
            element.get(R_ID, "")
            for tag in ("headerReference", "footerReference")
            for element in self.root.iter(f"{W}{tag}")
        ]
        for name in dict.fromkeys(relations[one].target for one in wanted if one in relations):
            root = self.package.part(name)
            self.story = self._story()
            for item in self.content(root) if root is not None else ():
                # a paragraph with a field for the page; the texts of a table stand apart from their fields
                numbered = isinstance(item, Block) and self.story.runs.fields.has_page_number
                for text in _texts(item):
                    self._leave("page_number" if numbered or PAGE_NUMBER.match(text) else "running_head", text)

    def _comments(self) -> None:
        root = self.package.related(self.main, "comments")
        for comment in root.iter(f"{W}comment") if root is not None else ():
            self._leave("comment", source_text(comment))

    def _doubts(self) -> Iterator[tuple[str, str]]:
        for kind, count in self.unread.items():
            if not count:
                continue
            if kind in UNREAD:
                name, message = UNREAD[kind]
                yield name, message.format(count)
            else:
                yield "unknown_number", f"{kind} is unknown: {count} numbers of a list are given in Arabic figures"


def _texts(item: Block | Table) -> Iterator[str]:
    if isinstance(item, Block):
        yield item.raw or item.text
    else:
        yield from (cell.raw or cell.text or "" for row in item.rows for cell in row)
