"""Word files made from scraps of their XML, for what no library writes: lists, revisions, text boxes, notes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": W,
        "r": R,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"/>
%s</Types>"""
OVERRIDE = (
    '<Override PartName="/word/%s.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"/>'
)
MADE_OF = {
    "document": "document.main", "styles": "styles", "numbering": "numbering", "footnotes": "footnotes",
    "endnotes": "endnotes", "comments": "comments", "header": "header", "footer": "footer",
}  # fmt: skip
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOTS = {"styles": "styles", "numbering": "numbering", "header": "hdr", "footer": "ftr"}


def word_file(path: Path, body: str, **parts: str) -> Path:
    """A DOCX whose body, and other parts by the name of their type, hold this XML; `rId_<type>` is a part's id."""
    members = {"word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"}
    for name, content in parts.items():
        root = ROOTS.get(name, name)
        members[f"word/{name}.xml"] = f"<w:{root} {SPACES}>{content}</w:{root}>"
    return packed(path, members, tuple(parts))


def packed(path: Path, members: Mapping[str, str], parts: tuple[str, ...] = ()) -> Path:
    """A package of these members, with the relations of a Word file."""
    relations = "".join(f'<Relationship Id="rId_{one}" Type="{R}/{one}" Target="{one}.xml"/>' for one in parts)
    overrides = "".join(OVERRIDE % (one, MADE_OF[one]) for one in ("document", *parts))
    whole = {
        "[Content_Types].xml": TYPES % ("document.main", overrides),
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
        **members,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in whole.items():
            package.writestr(name, content)
    return path


def paragraph(text: str = "", properties: str = "", runs: str = "") -> str:
    """A paragraph of one plain run, or of these runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}{runs}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, list_id: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(at: int, kind: str, pattern: str, more: str = "") -> str:
    """One level of a list."""
    said = f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{pattern}"/>'
    return f'<w:lvl w:ilvl="{at}">{said}</w:lvl>'


def lists(levels: str, *others: str, more: str = "") -> str:
    """List 1 of these levels, and lists 2, 3 … of the same levels with overrides of their own."""
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{other}</w:num>'
        for number, other in enumerate(("", *others), 1)
    )
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{more}{numbers}'


def cell(content: str = "", properties: str = "") -> str:
    """A cell that holds a text or paragraphs."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells; a plain text is a cell of its own."""
    inner = "".join(one if one.startswith("<") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table of rows over columns of these widths."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
