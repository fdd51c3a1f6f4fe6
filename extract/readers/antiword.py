"""What antiword prints of a DOC against what LibreOffice gave of it: lost tables and lost text are doubts."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from extract.pages import Block, Reading, Table

SECONDS = 30
MOST_LOST = 0.02  # share of the letters and figures that may be missing before it is reported
FEWEST_LOST = 20
WORDS = re.compile(r"[^\W_]")
FEWEST_CELLS = 2


def printed(path: Path) -> str | None:
    """The text antiword prints, table rows as `|cell|cell|`; `None` where it is missing or cannot read the file."""
    program = shutil.which("antiword")
    if program is None:
        return None
    command = [program, "-m", "UTF-8.txt", "-w", "0", str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 and done.stdout.strip() else None


def tables(text: str) -> int:
    """How many tables of two columns at least antiword printed.

    >>> tables("一、目标\\n|序号|要求|\\n|1   |合格率|\\n说明\\n|一格|\\n")
    1
    """
    runs = groupby(text.splitlines(), key=lambda line: line.startswith("|"))
    return sum(max(line.count("|") for line in lines) > FEWEST_CELLS for is_row, lines in runs if is_row)


def lost_tables(text: str, reading: Reading) -> Iterator[tuple[str, str]]:
    """A doubt where antiword printed tables and the reading has fewer."""
    there = tables(text)
    found = sum(isinstance(item, Table) for page in reading.pages for item in page.content)
    if found < there:
        message = f"LibreOffice gave {found} of {there} tables; the cells of the others are read as paragraphs"
        yield "lost_table", message + ": save the file as DOCX in Word or WPS"


def lost_text(text: str, reading: Reading) -> Iterator[tuple[str, str]]:
    """A doubt where letters and figures that antiword printed are missing from the reading."""
    there = Counter(WORDS.findall(text))
    missing = there - Counter(WORDS.findall("".join(_texts(reading))))
    if missing.total() >= FEWEST_LOST and missing.total() > MOST_LOST * there.total():
        message = f"LibreOffice lost {missing.total():,} of {there.total():,} characters"
        yield "lost_text", message + ": save the file as DOCX in Word or WPS"


def _texts(reading: Reading) -> Iterator[str]:
    for item in (item for page in reading.pages for item in page.content):
        if isinstance(item, Block):
            yield item.raw or item.text
        else:
            yield from (cell.raw or cell.text or "" for row in item.rows for cell in row)
    yield from (leftover.text for leftover in reading.leftovers)
