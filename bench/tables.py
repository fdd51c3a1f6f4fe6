"""Task tables over page turns: how many rows come out right in every column, here and in other readers.

    python bench/tables.py [FOLDER]

FOLDER holds `stress/` and `native/`; it defaults to `corpus` in the folder of real documents (`ZHIBIAO_SHARED`, else
`shared` beside the checkout).  camelot and DocVortex take part where they are installed.  A row is right where some row
of the output has its texts in every column, white space and private-use characters aside.  Writes its section of
bench/README.md.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pdfplumber
from lxml import html

from extract.layout import Grid, lay_out
from extract.readers.docx import read_docx
from extract.readers.pdf import read_pdf

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- tables: written by bench/tables.py -->", "<!-- end of tables -->"
ABOUT = """`python bench/tables.py` (camelot and DocVortex take part where they are installed).  The truth of the stress
files is beside them, that of `changzhou` the cells of its DOCX read with python-docx.  A row is right where the output
has a row with its texts in every column, white space and private-use characters aside; cells are compared with the
row of the same task.  Seconds are those of one run, reader and stitcher together."""
TRUTH_KEYS = ("sec", "title", "score", "how", "task", "time", "lead", "coop")
Rows = list[tuple[str, ...]]
Reader = Callable[[Path], tuple[int, Rows]]


def plain(text: str | None) -> str:
    """A cell without white space and private-use characters, which no reader is asked to keep."""
    return "".join(c for c in text or "" if not c.isspace() and unicodedata.category(c) != "Co")


def folder() -> Path:
    """Where the documents are."""
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    return Path(os.environ.get("ZHIBIAO_SHARED") or ROOT.parent / "shared") / "corpus"


# ---------------------------------------------------------------- the truth


def printed_truth(path: Path) -> Rows:
    """The rows of a truth file."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    cells = [[row[key] for key in TRUTH_KEYS] if isinstance(row, dict) else row for row in rows]
    return [tuple(plain(str(cell)) for cell in row) for row in cells]


def word_truth(path: Path) -> Rows:
    """The rows of all tables of a Word file as python-docx gives them, merged cells in full, without the headers."""
    from docx import Document

    rows = [row for table in Document(str(path)).tables for row in table.rows[1:]]
    return [tuple(plain(cell.text) for cell in row.cells) for row in rows]


# ---------------------------------------------------------------- the readers: path → number of tables, rows


def zhibiao(path: Path) -> tuple[int, Rows]:
    """The grids of this project."""
    reading = read_docx(path) if path.suffix == ".docx" else read_pdf(path)
    grids = [item for item in lay_out(reading).content if isinstance(item, Grid)]
    return len(grids), [tuple(plain(cell.whole) for cell in row) for grid in grids for row in grid.rows]


def plumbed(path: Path) -> list[list[list[str | None]]]:
    """The tables of pdfplumber with its own settings."""
    with pdfplumber.open(path) as document:
        return [table for page in document.pages for table in page.extract_tables()]


def raw(path: Path) -> tuple[int, Rows]:
    """pdfplumber as it comes."""
    tables = plumbed(path)
    return len(tables), [tuple(map(plain, row)) for table in tables for row in table]


def copied_down(path: Path) -> tuple[int, Rows]:
    """pdfplumber with every merged or blank cell filled from the cell above, over page turns too."""
    tables = plumbed(path)
    rows: Rows = []
    for row in (row for table in tables for row in table):
        above = rows[-1] if rows and len(rows[-1]) == len(row) else ("",) * len(row)
        header = rows and tuple(map(plain, row)) == rows[0]
        if not header:
            rows.append(tuple(plain(cell) or old for cell, old in zip(row, above, strict=True)))
    return len(tables), rows


def camelot_lattice(path: Path) -> tuple[int, Rows]:
    """camelot's lattice with vertically merged cells copied."""
    import camelot

    tables = list(camelot.read_pdf(str(path), pages="all", flavor="lattice", copy_text=["v"]))
    return len(tables), [tuple(map(plain, row)) for table in tables for row in table.df.values.tolist()]


def docvortex_html(path: Path) -> tuple[int, Rows]:
    """DocVortex's own HTML, its rowspans and colspans filled."""
    import docvortex

    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / "page.html"
        docvortex.convert(str(path), str(page), output_format="html", overwrite=True)
        tables = [filled(table) for table in html.parse(str(page)).iter("table")]
    return len(tables), [row for table in tables for row in table]


def filled(table: html.HtmlElement) -> Rows:
    """The rows of an HTML table, every cell in all places that it spans."""
    grid: dict[tuple[int, int], str] = {}
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iter("td", "th"):
            while (row, column) in grid:
                column += 1
            for down in range(int(cell.get("rowspan", 1))):
                for across in range(int(cell.get("colspan", 1))):
                    grid[row + down, column + across] = plain(cell.text_content())
    height, width = (max((place[axis] for place in grid), default=-1) + 1 for axis in (0, 1))
    return [tuple(grid.get((row, column), "") for column in range(width)) for row in range(height)]


READERS: dict[str, tuple[str, Reader]] = {
    "zhibiao": ("zhibiao", zhibiao),
    "pdfplumber": ("pdfplumber", raw),
    "pdfplumber + copy down": ("pdfplumber", copied_down),
    "camelot lattice, copy_text": ("camelot-py", camelot_lattice),
    "DocVortex": ("docvortex", docvortex_html),
}


# ---------------------------------------------------------------- the table


def lines(corpus: Path) -> Iterator[str]:
    """The lines of the Markdown table."""
    cases = {
        "stress/hard-case.pdf": printed_truth(corpus / "stress/hard-case.truth.json"),
        "stress/big-246-pages.pdf": printed_truth(corpus / "stress/big-246-pages.truth.json"),
        "native/changzhou.pdf": word_truth(corpus / "native/changzhou.docx"),
        "native/changzhou.docx": word_truth(corpus / "native/changzhou.docx"),
    }
    yield "| file | reader | tables | rows right in every column | cells right | seconds |"
    yield "|---|---|---|---|---|---|"
    for name, truth in cases.items():
        for label, (package, read) in READERS.items():
            if name.endswith(".docx") and label != "zhibiao":
                continue
            yield row_line(name, label, package, read, corpus / name, truth)


def row_line(name: str, label: str, package: str, read: Reader, path: Path, truth: Rows) -> str:
    """What one reader makes of one file."""
    try:
        title = f"{label} ({version(package)})" if package != "zhibiao" else "**zhibiao**"
    except PackageNotFoundError:
        return f"| {name} | {label} | – | not installed | – | – |"
    begun = time.perf_counter()
    tables, rows = read(path)
    seconds = time.perf_counter() - begun
    right = sum((Counter(rows) & Counter(truth)).values())
    print(name, title, right, len(truth), f"{seconds:.1f} s", file=sys.stderr)
    return f"| {name} | {title} | {tables} | {right} of {len(truth)} | {cells_right(rows, truth)} | {seconds:.1f} |"


def cells_right(rows: Rows, truth: Rows) -> str:
    """The share of the truth's cells found in the row of the same task, the n-th of each text in the n-th."""
    width = len(truth[0])
    task = max(range(width), key=lambda column: len({row[column] for row in truth}))
    seen: Counter[str] = Counter()
    found = {}
    for row in rows:
        if len(row) == width:
            found[row[task], seen[row[task]]] = row
            seen[row[task]] += 1
    seen.clear()
    right = 0
    for row in truth:
        other = found.get((row[task], seen[row[task]]), ("",) * width)
        seen[row[task]] += 1
        right += sum(a == b for a, b in zip(row, other, strict=True) if a or any(other))
    return f"{right / (len(truth) * width):.1%}"


def main() -> None:
    """Measure and write the section of bench/README.md."""
    text = "\n".join([BEGIN, "", *lines(folder()), "", END])
    readme = ROOT / "bench" / "README.md"
    old = readme.read_text(encoding="utf-8") if readme.exists() else "# Measurements\n"
    if BEGIN in old:
        new = re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: text, old, flags=re.DOTALL)
    else:
        new = f"{old.rstrip()}\n\n## Task tables over page turns\n\n{ABOUT}\n\n{text}\n"
    readme.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
