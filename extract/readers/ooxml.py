"""An Office Open XML file (DOCX, XLSX) → its parts as XML trees, within bounds.

Only the parts that are asked for are unpacked.  lxml judges them first: entities stay unresolved, nothing is fetched
from the network, and libxml2 keeps its limits (depth 256, text of 10 MB): a zip bomb and a deep XML end in one line.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast
from xml.etree.ElementTree import Element, ParseError, fromstring

from extract.errors import UnreadableFile
from extract.readers.signatures import reject

MOST_MEMBERS = 20_000
LARGEST_PART = 64 * 2**20  # bytes unpacked; the text of a book of 3,000 pages stays under it
LARGEST_TOTAL = 160 * 2**20
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# "strict" files name the same elements by other addresses
STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip
DAMAGED = "is damaged (its ZIP structure is broken); get it again, or open it in Office or WPS and save it anew"


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another part refers to: the last word of its type (styles, footer …) and its name in the package."""

    type: str
    target: str


class Package:
    """The ZIP package of an Office file; every failure is UnreadableFile with one line."""

    def __init__(self, source: Path | IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise UnreadableFile(DAMAGED) from error
        self._names = {info.filename.replace("\\", "/").lower(): info for info in self._zip.infolist()}
        self._unpacked = 0
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise UnreadableFile(f"holds more than {MOST_MEMBERS:,} packed files; save it anew from Office or WPS")

    def close(self) -> None:
        """Closes the file."""
        self._zip.close()

    def main(self) -> str:
        """The name of the main part."""
        for relation in self.relations("").values():
            if relation.type == "officeDocument":
                return relation.target
        others = (("ofd.xml", "ofd"), ("mimetype", "odf"))
        reject(next((kind for name, kind in others if name in self._names), "archive"))

    def part(self, name: str) -> Element | None:
        """The root of a part's XML; `None` where the package has no such part."""
        raw = self._bytes(name)
        if raw is None:
            return None
        from lxml import etree

        try:
            root = etree.fromstring(raw, _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _broken(name, error) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableFile(f"declares XML entities in {name}; save it anew from Office or WPS")
        # now that it is known to be harmless: the standard library's elements are walked twice as fast as lxml's
        try:
            return fromstring(raw)
        except ParseError as error:
            raise _broken(name, error) from error

    def elements(self, name: str, *tags: str) -> Iterator[Element]:
        """The elements of a long part that have one of the tags, each forgotten when the next is asked for."""
        raw = self._bytes(name)
        if raw is None:
            return
        from io import BytesIO

        from lxml import etree

        try:
            for _, element in etree.iterparse(BytesIO(raw), tag=tags, **_SAFE, huge_tree=False):
                yield cast(Element, element)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _broken(name, error) from error

    def relations(self, name: str) -> dict[str, Relation]:
        """Id → what a part refers to inside the package; addresses outside are left alone."""
        folder, _, base = name.rpartition("/")
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for element in root.iter(f"{RELATIONSHIPS}Relationship") if root is not None else ():
            if element.get("TargetMode") != "External":
                target = element.get("Target", "")
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = element.get("Type", "").rpartition("/")[2]
                found[element.get("Id", "")] = Relation(kind, posixpath.normpath(whole))
        return found

    def related(self, name: str, kind: str) -> Element | None:
        """The root of the first part of a type that a part refers to."""
        found = (relation for relation in self.relations(name).values() if relation.type == kind)
        first = next(found, None)
        return None if first is None else self.part(first.target)

    def _bytes(self, name: str) -> bytes | None:
        info = self._names.get(name.lower())
        if info is None:
            return None
        if info.flag_bits & 1:
            reject("encrypted")
        self._unpacked += info.file_size
        # zipfile unpacks no more bytes of a member than its entry declares
        if info.file_size > LARGEST_PART or self._unpacked > LARGEST_TOTAL:
            size = max(info.file_size, self._unpacked) // 2**20
            raise UnreadableFile(
                f"unpacks to {size:,} MB of text, more than {LARGEST_PART // 2**20} MB; split it into smaller files"
            )
        try:
            raw = self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise UnreadableFile(DAMAGED) from error
        for strict, transitional in STRICT:
            raw = raw.replace(strict, transitional)
        return raw


_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True}


def _parser() -> object:
    from lxml import etree

    return etree.XMLParser(**_SAFE, huge_tree=False)


def _broken(name: str, error: Exception) -> UnreadableFile:
    reason = str(error).partition("\n")[0]
    if "depth" in reason.lower():
        return UnreadableFile(f"nests the XML of {name} deeper than Office does; save it as PDF and give that")
    return UnreadableFile(f"is damaged ({name} is no valid XML: {reason[:80]}); open it in Office and save it anew")
