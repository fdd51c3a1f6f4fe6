"""The first bytes of a file → what it really is, whatever its name says, and a line of advice for what is not read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NoReturn

from extract.errors import UnreadableFile
from extract.pages import Reading

HEAD = 4096
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD_MAGIC = b"\xec\xa5"  # begins the main stream of a binary Word file
WORD_ENCRYPTED = 0x0100  # bit of the flags at byte 10 of that stream
FIRST_SECTOR = 512
# entries of the directory inside an OLE file: which program wrote it
OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("PowerPoint Document", "ppt"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", "pdf"),
    (rb"{\rt", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"GIF8", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
WORDML = re.compile(rb"<\?mso-application\s+progid=\"Word\.Document\"|<(?:w:wordDocument|pkg:package)\b")
MHTML = re.compile(rb"^(?:MIME-Version|From|Subject|Content-Type):", re.IGNORECASE)
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p)\b", re.IGNORECASE)

ADVICE = {
    "archive": "is an archive; unpack it and give the files inside",
    "doc": "is a Word document (DOC); give it the ending .doc",
    "docx": "is a Word document (DOCX); give it the ending .docx",
    "empty": "is empty; get the file again",
    "encrypted": "is protected with a password; open it, remove the password and save it again",
    "et": "is a WPS table (ET); open it in WPS or Excel and save it as XLSX",
    "html": "is a web page (HTML); give it the ending .html",
    "image": "is a picture; put the pages into a PDF, which is then read by OCR",
    "mhtml": "is a web archive (MHTML); open it in a browser or Word and save it as HTML or DOCX",
    "odf": "is an OpenDocument file; open it in LibreOffice and save it as DOCX or XLSX",
    "ofd": "is an OFD document; open it in an OFD reader and save it as PDF",
    "ole": "is an Office file of an unknown or damaged kind; open it in Office or WPS and save it as DOCX or XLSX",
    "pdf": "is a PDF; give it the ending .pdf",
    "ppt": "is a presentation; save it as PDF",
    "pptx": "is a presentation; save it as PDF",
    "rtf": "is an RTF document; open it in Word, WPS or LibreOffice and save it as DOCX",
    "text": "is plain text; give it the ending .txt",
    "wordml": "is a Word document in XML; open it in Word or LibreOffice and save it as DOCX",
    "wps": "is a WPS document; open it in WPS and save it as DOCX",
    "xls": "is an old Excel table (XLS); open it in Excel, WPS or LibreOffice and save it as XLSX",
    "xlsb": "is a binary Excel table (XLSB); open it in Excel or LibreOffice and save it as XLSX",
    "xlsx": "is an Excel table (XLSX); give it the ending .xlsx",
    "zip": "is a damaged Office file or another archive; get it again, or unpack it and give the files inside",
}
# endings that no reader takes, by what is said of them; the content goes before the ending
ENDINGS = {
    ".xls": "xls", ".xlt": "xls", ".xlsb": "xlsb",
    ".et": "et", ".ett": "et", ".wps": "wps", ".wpt": "wps", ".ofd": "ofd", ".rtf": "rtf",
    ".ppt": "ppt", ".pptx": "pptx", ".dps": "ppt", ".odt": "odf", ".ods": "odf", ".mht": "mhtml", ".mhtml": "mhtml",
    ".zip": "archive", ".rar": "archive", ".7z": "archive", ".gz": "archive", ".tar": "archive",
    ".png": "image", ".jpg": "image", ".jpeg": "image", ".tif": "image", ".tiff": "image", ".gif": "image",
    ".bmp": "image", ".webp": "image",
}  # fmt: skip


def signature(path: Path) -> str:
    """What a file is by its content: a key of ADVICE; `zip` and `ole` where the kind of package is not told.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "notice.doc")
    ...     _ = path.write_bytes(b"{" + rb"\\rtf1 text}")
    ...     signature(path)
    'rtf'
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
        if not head.strip(b"\x00 \t\r\n"):
            return "empty"
        if head.startswith(OLE):
            return _ole(head + file.read())
    return next((kind for magic, kind in MAGIC if head.startswith(magic)), None) or _marked_up(head)


def _ole(content: bytes) -> str:
    # the directory holds each name with a zero behind it
    kinds = (kind for name, kind in OLE_STREAMS if f"{name}\0".encode("utf-16-le") in content)
    fib = content[FIRST_SECTOR : FIRST_SECTOR + 12]
    is_word = fib.startswith(WORD_MAGIC)
    kind = next(kinds, "doc" if is_word else "ole")
    if kind == "doc" and is_word and int.from_bytes(fib[10:12], "little") & WORD_ENCRYPTED:
        return "encrypted"
    return kind


def _marked_up(head: bytes) -> str:
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if WORDML.search(plain):
        return "wordml"
    if MHTML.match(plain) and b"multipart/" in plain:
        return "mhtml"
    return "html" if HTML.search(plain) else "text"


def refuse(path: Path) -> Reading:
    """The reader of the formats that are not read: UnreadableFile with what to do about this file."""
    kind = signature(path)
    if kind in {"empty", "encrypted"}:
        reject(kind)
    reject(ENDINGS.get(path.suffix.lower(), kind))


def reject(kind: str) -> NoReturn:
    """UnreadableFile with the advice for a kind of file.

    >>> reject("ofd")
    Traceback (most recent call last):
    extract.errors.UnreadableFile: is an OFD document; open it in an OFD reader and save it as PDF
    """
    raise UnreadableFile(ADVICE[kind])
