"""The PDF reader against pdfplumber: pages per second in one run, equal tables on every page, peak memory.

    python bench/pdf_speed.py [FOLDER] [--rounds 3] [--skip-stress]

FOLDER holds `native/`, `others/` and `stress/` with PDFs; it defaults to `corpus` in the folder of real documents
(`ZHIBIAO_SHARED`, else `shared` beside the checkout).  pdfplumber does `extract_tables` and `extract_text` and closes
each page; the reader does all of `read_pdf`.  Both take turns, the median of the rounds counts.  Prints Markdown.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pdfplumber

from extract.errors import UnreadableFile
from extract.pages import Cell, Reading, Table
from extract.readers.pdf import read_pdf
from extract.readers.radicals import unradical

ROOT = Path(__file__).resolve().parent.parent
# ru_maxrss of a child is at least what its parent had; the high-water mark of its own memory is not
MEMORY = (
    "import sys; from pathlib import Path; from extract.readers.pdf import read_pdf;"
    "read_pdf(Path(sys.argv[1])); status = Path('/proc/self/status').read_text();"
    "print(int(status.split('VmHWM:')[1].split()[0]) / 1024)"
)
Grid = list[list[str | None]]


def plumb(path: Path) -> int:
    """What pdfplumber does for tables and text; returns the number of pages."""
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
            page.extract_text()
            page.close()
        return len(document.pages)


def read(path: Path) -> Reading | None:
    """What the reader does; `None` for a document of pictures."""
    try:
        return read_pdf(path)
    except UnreadableFile:
        return None


def seconds(work: Callable[[Path], object], path: Path) -> float:
    begun = time.perf_counter()
    work(path)
    return time.perf_counter() - begun


def measured(path: Path, rounds: int) -> tuple[int, float, float]:
    """Pages, and median seconds of pdfplumber and of the reader, which take turns."""
    pages = plumb(path)
    read(path)
    times = [(seconds(plumb, path), seconds(read, path)) for _ in range(rounds)]
    return pages, median(a for a, _ in times), median(b for _, b in times)


def squeezed(text: str | None) -> str | None:
    return None if text is None else unradical("".join(text.split()))


def source(cell: Cell) -> str | None:
    return squeezed(cell.text if cell.raw is None else cell.raw)


def differences(path: Path) -> Iterator[str]:
    """The pages whose tables differ in number, grid, blanks, merges or text without white space and radicals."""
    reading = read(path)
    if reading is None:
        return
    with pdfplumber.open(path) as document:
        for page, plumbed in zip(reading.pages, document.pages, strict=True):
            mine = [[list(map(source, row)) for row in item.rows] for item in page.content if isinstance(item, Table)]
            theirs: list[Grid] = [[list(map(squeezed, row)) for row in table] for table in plumbed.extract_tables()]
            plumbed.close()
            if mine != theirs:
                yield f"{path.name} page {page.number}: {difference(mine, theirs)}"


def difference(mine: list[Grid], theirs: list[Grid]) -> str:
    if [[len(row) for row in table] for table in mine] != [[len(row) for row in table] for table in theirs]:
        return f"{len(mine)} tables here, {len(theirs)} there, or another grid"
    for table, other in zip(mine, theirs, strict=True):
        for row, others in zip(table, other, strict=True):
            for cell, text in zip(row, others, strict=True):
                if cell != text:
                    return f"{cell!r} here, {text!r} there"
    return "equal"


def memory(path: Path) -> float:
    """Peak MB of a fresh process that reads one file (Linux)."""
    run = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(run.stdout)


def report(folder: Path, rounds: int, stress: bool) -> None:
    files = {name: sorted(path for path in (folder / name).glob("*.pdf")) for name in ("native", "others", "stress")}
    if not stress:
        files["stress"] = []
    print("| file | pages | pdfplumber pages/s | reader pages/s | ratio |\n| --- | --- | --- | --- | --- |")
    mixed = [0, 0.0, 0.0]
    for group, paths in files.items():
        for path in paths:
            pages, theirs, mine = measured(path, rounds if group != "stress" else 1)
            print(
                f"| {path.name} | {pages} | {pages / theirs:.1f} | {pages / mine:.1f} | {theirs / mine:.1f} |",
                flush=True,
            )
            if group != "stress":
                mixed = [mixed[0] + pages, mixed[1] + theirs, mixed[2] + mine]
    total, theirs, mine = mixed
    print(
        f"| native and others together | {total} | {total / theirs:.1f} | {total / mine:.1f} | {theirs / mine:.1f} |\n"
    )
    found = [text for paths in files.values() for path in paths for text in differences(path)]
    print(f"Pages whose tables differ from pdfplumber's: {len(found)}", *found, sep="\n- ")
    for path in files["stress"]:
        print(f"\nPeak memory of the reader on {path.name}: {memory(path):.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(os.environ.get("ZHIBIAO_SHARED") or ROOT.parent / "shared")
    parser.add_argument("folder", type=Path, nargs="?", default=shared / "corpus")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--skip-stress", action="store_true")
    options = parser.parse_args()
    report(options.folder, options.rounds, not options.skip_stress)


if __name__ == "__main__":
    main()
