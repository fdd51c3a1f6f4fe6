"""Blocks that look like a duty, points, a target or a task and yielded no record → findings with their text.

Background, head, forms and what only points elsewhere hold nothing that has to be read.  Cells of one column that look
alike are one finding, and so is a table that no family reads.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from extract.families.forms import is_form
from extract.families.units import FOOT, heading_sense, units
from extract.head.metadata import metadata_label
from extract.layout import Grid, GridCell, Layout, Paragraph
from extract.records import Assignment, Citation, Clause, Fact, Finding, PlanItem, ScoreRule, Severity, Threshold
from extract.sections import under_headings
from extract.signs import Kind, Sign, signs
from extract.tables.looks import column_kind
from extract.terms import terms
from extract.text import compact

LONGEST_TEXT = 120  # characters of the text in a message; the passage has all of it
DEMANDING = frozenset({"clause", "points", "scoring", "task", "requirement", "lead", "support"})  # roles of columns
ALIKE = 3  # so many cells of one column are told as one
# the records that show that a sign was understood
ANSWERS: dict[Kind, tuple[type, ...]] = {
    "duty": (Assignment, PlanItem, Clause, ScoreRule),
    "points": (ScoreRule, Clause),
    "target": (Threshold, ScoreRule),
    "task": (PlanItem, Clause, ScoreRule),
}


def unread(layout: Layout, facts: Sequence[Fact], head: Collection[int]) -> Iterator[Finding]:
    """The findings of all paragraphs and tables; `head` are the passages that title, addressees and dates stand at."""
    kinds: dict[int | None, set[type]] = defaultdict(set)
    for fact in facts:
        kinds[fact.passage].add(type(fact))
    read = _Read(kinds)
    yield from _paragraphs(layout, read, frozenset(head))
    for item in layout.content:
        if isinstance(item, Grid) and item.rows and not _is_metadata(item):
            yield from _table(item, read)


@dataclass(frozen=True, slots=True)
class _Read:
    """The kinds of records that stand at each passage."""

    kinds: dict[int | None, set[type]]

    def unanswered(self, text: str, passage: int) -> Sign | None:
        """The strongest sign of a text that no record at its passage answers."""
        found = self.kinds.get(passage, set())
        return next((sign for sign in signs(text) if not found.intersection(ANSWERS[sign.kind])), None)

    def judges(self) -> bool:
        """Whether the document judges somebody: its prose then tells how, and is no plan."""
        return any(Clause in found for found in self.kinds.values())


def _paragraphs(layout: Layout, read: _Read, head: Collection[int]) -> Iterator[Finding]:
    """Prose outside the head; a task is only what is numbered or stands below a number."""
    doing = set(_doing(layout))
    judges = read.judges()
    for item, headings in under_headings(layout):
        if not isinstance(item, Paragraph) or item.passage.ordinal in head or _says_nothing(item, doing):
            continue
        senses = {heading_sense(above.text) for above in headings}
        sign = read.unanswered(item.text, item.passage.ordinal)
        if sign is None or senses & {"background", "reported"}:
            continue
        if sign.kind == "task" and (item.passage.ordinal not in doing or (judges and not sign.sure)):
            continue
        doubtful = "procedure" in senses or (judges and sign.kind != "points")
        yield _finding(sign, compact(item.text), item.passage.ordinal, not doubtful)


def _says_nothing(paragraph: Paragraph, doing: Collection[int]) -> bool:
    """A heading of something else, a line of the foot, or words that only point elsewhere."""
    text = paragraph.text
    refers = len(text) < 60 and any(word in text for word in terms("sections")["reference"]["holds"])
    names = (paragraph.is_heading or paragraph.level is not None) and paragraph.passage.ordinal not in doing
    return names or refers or FOOT.match(text) is not None


def _doing(layout: Layout) -> Iterator[int]:
    """The passages at which something to be done may stand: numbered ones without parts, and what is below them."""
    for unit in units(layout):
        if not unit.has_parts and not unit.is_title:
            yield unit.head.passage.ordinal
        yield from (paragraph.passage.ordinal for paragraph in unit.body)


def _table(grid: Grid, read: _Read) -> Iterator[Finding]:
    """One finding for a table that nobody read, else one for each column of unread cells, or for each such cell."""
    cells = [cell for row in grid.rows for cell in row if cell.text and cell.passage is not None]
    if not cells or is_form(grid):
        return
    if not any(read.kinds[cell.ordinal] - {Finding, Citation} for cell in cells):
        yield _unread_table(grid, cells)
        return
    for column in range(len(grid.rows[0])):
        yield from _bodies(grid, column, read)
        found = [
            (sign, cell)
            for row in grid.rows
            if (cell := row[column]).text
            and (sign := read.unanswered(cell.text, cell.ordinal)) is not None
            and (sign.sure or sign.kind != "task")
        ]
        yield from _column(grid, column, found)


def _bodies(grid: Grid, column: int, read: _Read) -> Iterator[Finding]:
    """A column of bodies of whom no role was read: its header is unknown."""
    cells = [row[column] for row in grid.rows if row[column].text and row[column].passage is not None]
    if grid.roles[column] is not None or column_kind([cell.text for cell in cells]) != "names":
        return
    if not any(Assignment in read.kinds[cell.ordinal] for cell in cells):
        told = f"bodies without a role in {len(cells)} cells of column {_title(grid, column)}, the first"
        yield Finding("unread_column", "warning", f"{told}: {compact(cells[0].text)[:LONGEST_TEXT]}", cells[0].ordinal)


def _title(grid: Grid, column: int) -> str:
    """The header of a column, its number where it has none."""
    return (compact(grid.header[column]) if column < len(grid.header) else "") or str(column + 1)


def _column(grid: Grid, column: int, found: Sequence[tuple[Sign, GridCell]]) -> Iterator[Finding]:
    """The unread cells of one column; where they are many, one finding of the kind that most of them look like."""
    label = ""
    if len(found) >= ALIKE:
        most = Counter(sign.kind for sign, _ in found).most_common(1)[0][0]
        label = f"{len(found)} cells of column {_title(grid, column)}, the first "
        found = [next((sign, cell) for sign, cell in found if sign.kind == most)]
    for sign, cell in found:
        yield _finding(sign, compact(cell.text), cell.ordinal, True, label)


def _unread_table(grid: Grid, cells: Sequence[GridCell]) -> Finding:
    """A warning where its columns or its cells look like what is to be read."""
    columns = "、".join(compact(text) for text in grid.header if text) or compact(cells[0].text)[:30]
    looks = Counter(sign.kind for cell in cells for sign in list(signs(cell.text))[:1])
    told = "".join(f"; looks like {kind} in {number} of {len(cells)} cells" for kind, number in looks.most_common(1))
    severity: Severity = "warning" if looks or DEMANDING.intersection(grid.roles) else "info"
    return Finding(
        "unread_table", severity, f"table {grid.number} ({columns}): no family reads it{told}", cells[0].ordinal
    )


def _finding(sign: Sign, text: str, passage: int, sure: bool, label: str = "") -> Finding:
    shown = text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
    severity: Severity = "warning" if sure and sign.sure else "info"
    return Finding(f"unread_{sign.kind}", severity, f"{label}“{sign.words.replace('”', '')}”: {shown}", passage)


def _is_metadata(grid: Grid) -> bool:
    """The table of a web page with 索引号, 发文机关 …: the head is read from it."""
    return sum(1 for row in grid.rows for cell in row if cell.text and metadata_label(cell.text)) >= 2
