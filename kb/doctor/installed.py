"""What this machine has: Python, packages, outside programs, fonts; what each enables, and how to get what lacks."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files

from extract.readers.scan_engines import tesseract
from extract.terms import UnreadableTerms, terms
from kb.doctor.line import Line

PATIENCE = 20  # seconds for a program to say its version
EXTRAS: Mapping[str, str] = {
    "notebook": "answers as data frames",
    "ocr": "reads scans and pages that are pictures",
    "parquet": "exports to Parquet",
    "spans": "facts as spaCy's spans",
}
FOR_DEVELOPERS = ("dev",)
_REQUIREMENT = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+)(?P<extras>\[[^]]*\])?[^;]*(?:;.*\bextra\s*==\s*['\"](?P<extra>[^'\"]+))?"
)


def installed() -> Iterator[Line]:
    """Everything outside the base that a reading depends on."""
    yield Line("installed", "Python", "ok", f"{sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}")
    yield from _packages()
    yield _words()
    yield from _programs()
    yield _fonts()


def _words() -> Line:
    """Whether the files of words can be read."""
    names = [
        file.name.removesuffix(".toml") for file in files("extract.terms").iterdir() if file.name.endswith(".toml")
    ]
    try:
        for name in sorted(names):
            terms(name)
    except UnreadableTerms as error:
        return Line("installed", "words", "broken", str(error), "nothing is read before it is corrected")
    return Line("installed", "words", "ok", f"{len(names)} files of terms")


def _packages() -> Iterator[Line]:
    """One line for what is always needed, one for each extra."""
    wanted = required()
    if not wanted:
        yield Line("installed", "zhibiao", "ok", "run from a checkout that is not installed")
        return
    yield _needed(wanted.pop("", []))
    for extra, names in wanted.items():
        found, lacking = _versions(names)
        means, advice = EXTRAS.get(extra, "an extra"), f"pip install 'zhibiao[{extra}]'"
        if lacking:
            yield Line("installed", f"extra {extra}", "missing", ", ".join(lacking), f"{means}: {advice}")
        else:
            yield Line("installed", f"extra {extra}", "ok", ", ".join(found), means)


def _needed(names: list[str]) -> Line:
    found, lacking = _versions(names)
    if lacking:
        return Line("installed", "packages", "broken", ", ".join(lacking), "are needed: install zhibiao again")
    return Line("installed", f"zhibiao {version('zhibiao')}", "ok", ", ".join(found))


def required() -> dict[str, list[str]]:
    """The packages that zhibiao names, by its extras ('' for those always needed); empty where it is not installed."""
    try:
        texts = requires("zhibiao") or []
    except PackageNotFoundError:
        return {}
    found: dict[str, list[str]] = {"": []}
    for text in texts:
        name, extra = requirement(text)
        if extra not in FOR_DEVELOPERS and name != "zhibiao":
            found.setdefault(extra, []).append(name)
    return found


def requirement(text: str) -> tuple[str, str]:
    """The package of a requirement as a wheel states it, and the extra that asks for it.

    >>> requirement("httpx<0.29,>=0.28"), requirement('spacy<4,>=3.8; extra == "spans"')
    (('httpx', ''), ('spacy', 'spans'))
    """
    read = _REQUIREMENT.match(text)
    return ("", "") if read is None else (read["name"], read["extra"] or "")


def _versions(names: list[str]) -> tuple[list[str], list[str]]:
    """The packages that are there with their versions, and those that are not."""
    found, lacking = [], []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lacking.append(name)
    return found, lacking


def _programs() -> Iterator[Line]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    means = "reads DOC"
    if office is None:
        yield Line("installed", "LibreOffice", "missing", "", f"{means}: install the Debian package libreoffice-writer")
    else:
        yield Line("installed", "LibreOffice", "ok", printed(office, "--version").removeprefix("LibreOffice "), means)
    means = "cross-checks what LibreOffice reads of a DOC"
    antiword = shutil.which("antiword")
    if antiword is None:
        yield Line("installed", "antiword", "missing", "", f"{means}: install the Debian package antiword")
    else:
        yield Line("installed", "antiword", "ok", antiword, means)
    yield _tesseract()


def _tesseract() -> Line:
    means = "reads scans where the extra ocr is not installed"
    program = shutil.which("tesseract")
    if program is None:
        advice = "install the Debian packages tesseract-ocr and tesseract-ocr-chi-sim, or the extra ocr"
        return Line("installed", "tesseract", "missing", "", f"{means}: {advice}")
    found = printed(program, "--version").removeprefix("tesseract ")
    if tesseract() is None:
        advice = "install the Debian package tesseract-ocr-chi-sim"
        return Line("installed", "tesseract", "missing", f"{found} without its Chinese data", f"{means}: {advice}")
    return Line("installed", "tesseract", "ok", f"{found} with chi_sim", means)


def _fonts() -> Line:
    """Chinese fonts as fontconfig knows them."""
    means = "Chinese in pictures of the graph, on pages that a browser here prints and in what LibreOffice lays out"
    program = shutil.which("fc-list")
    listed = "" if program is None else printed(program, ":lang=zh", "family", lines=True)
    families = sorted({line.partition(",")[0].strip() for line in listed.splitlines() if line.strip()})
    if not families:
        found = "fontconfig's fc-list is not installed" if program is None else ""
        return Line("installed", "Chinese fonts", "missing", found, f"{means}: install fonts-noto-cjk")
    more = f" and {len(families) - 3} more" if len(families) > 3 else ""
    return Line("installed", "Chinese fonts", "ok", ", ".join(families[:3]) + more, means)


def printed(program: str, *arguments: str, lines: bool = False) -> str:
    """What a program prints, its first line unless `lines`; nothing where it fails or takes too long."""
    try:
        run = subprocess.run([program, *arguments], capture_output=True, text=True, check=False, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    text = (run.stdout or run.stderr).strip()
    return text if lines else text.partition("\n")[0].strip()
