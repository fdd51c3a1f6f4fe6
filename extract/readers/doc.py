"""Old Word files (DOC), RTF and Word XML → Reading: LibreOffice turns them into DOCX, antiword cross-checks a DOC.

LibreOffice runs without a window, with a profile of its own that is thrown away: macros off, links not updated, every
connection sent to a closed port.  What it loses is a doubt; the text it gives is still read.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.errors import UnreadableFile
from extract.pages import Reading
from extract.readers.antiword import lost_tables, lost_text, printed
from extract.readers.docx import read_docx, read_package
from extract.readers.signatures import reject, signature

# kind → ending of the copy and the import filter: left to itself, LibreOffice reads a damaged DOC as plain text
KINDS = {"doc": (".doc", "MS Word 97"), "rtf": (".rtf", "Rich Text Format"), "wordml": (".xml", "MS Word 2003 XML")}
START_SECONDS, FILE_SECONDS = 60, 30
MISSING = (
    "needs LibreOffice to be read, and there is none; install it (Debian package libreoffice-writer), "
    "or open the file in Word or WPS and save it as DOCX"
)
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def read_doc(path: Path) -> Reading:
    """The one page of an old Word file; a file that is a DOCX in truth is read as that.

    UnreadableFile where it is another kind of file, LibreOffice is missing, or cannot read it.
    """
    kind = signature(path)
    if kind == "zip":
        return read_docx(path)
    if kind not in KINDS:
        reject(kind)
    return _reading(path, convert_docs([path])[path])


def read_docs(paths: Sequence[Path]) -> Iterator[tuple[Path, Reading | UnreadableFile]]:
    """The same of several files, those that need it converted in one run of LibreOffice."""
    kinds = {path: signature(path) for path in paths}
    converted = convert_docs([path for path in paths if kinds[path] in KINDS])
    for path in paths:
        try:
            yield path, _reading(path, converted[path]) if path in converted else read_doc(path)
        except UnreadableFile as error:
            yield path, error


def convert_docs(paths: Sequence[Path]) -> dict[Path, bytes | UnreadableFile]:
    """Each file as the bytes of a DOCX, or why not.

    All files of a kind are converted in one run; those that a run of several did not give are tried once more alone.
    """
    if not paths:
        return {}
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return {path: UnreadableFile(MISSING) for path in paths}
    found: dict[Path, bytes | UnreadableFile] = {}
    with TemporaryDirectory(prefix="zhibiao-doc-") as folder:
        for kind, run in _by_kind(paths).items():
            found |= _run(program, kind, run, Path(folder, kind))
            for number, path in enumerate(run if len(run) > 1 else ()):
                if isinstance(found[path], UnreadableFile):
                    found |= _run(program, kind, [path], Path(folder, f"{kind}-{number}"))
    return found


def _by_kind(paths: Sequence[Path]) -> dict[str, list[Path]]:
    kinds: dict[str, list[Path]] = {}
    for path in paths:
        kinds.setdefault(signature(path), []).append(path)
    return kinds


def _run(program: str, kind: str, paths: Sequence[Path], folder: Path) -> Iterator[tuple[Path, bytes | UnreadableFile]]:
    ending, import_filter = KINDS[kind]
    profile, given, made = folder / "profile", folder / "in", folder / "out"
    for one in (profile / "user", given, made):
        one.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    copies = []
    for number, path in enumerate(paths):  # names of our own: two may be the same, and one may look like an option
        copies.append(given / f"{number}{ending}")
        shutil.copyfile(path, copies[-1])
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command += [
        f"--infilter={import_filter}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(made),
        *map(str, copies),
    ]
    in_time = _wait(command, START_SECONDS + FILE_SECONDS * len(paths), folder)
    for path, copy in zip(paths, copies, strict=True):
        result = made / f"{copy.stem}.docx"
        if result.is_file() and result.stat().st_size:
            yield path, result.read_bytes()
        elif in_time:
            yield (
                path,
                UnreadableFile(
                    "cannot be read by LibreOffice (damaged or protected); open it in Word or WPS and save it as DOCX"
                ),
            )
        else:
            yield path, UnreadableFile("keeps LibreOffice busy too long; open it in Word or WPS and save it as DOCX")


def _wait(command: Sequence[str], seconds: float, folder: Path) -> bool:
    """Whether the program ended in time; what it started ends with it."""
    environment = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=environment,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return True


def _reading(path: Path, converted: bytes | UnreadableFile) -> Reading:
    if isinstance(converted, UnreadableFile):
        raise converted
    reading = read_package(BytesIO(converted), "doc")
    text = printed(path) if signature(path) == "doc" else None
    if text is None:
        return reading
    return replace(reading, doubts=(*reading.doubts, *lost_tables(text, reading), *lost_text(text, reading)))
