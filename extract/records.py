# long: every record of the house stands in this one place
"""The frozen records that travel through `extract`: pages of a reader, passages of the layout, facts of the families.

Nothing here knows a file format or a database.  A fact names its passage by the passage's ordinal; clauses and plan
items are named by their codes, which are unique inside one document.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["tier", "additive", "deduction"]
Ocr = Literal["auto", "always", "never"]
Role = Literal["lead", "support", "member", "supervise"]
Severity = Literal["info", "warning", "error"]


# ---------------------------------------------------------------- what a reader gives


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points from the top left: x0, top, x1, bottom."""

    page: int
    bbox: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the file: 1-based page and line where the format has them, and its boxes.

    `confidence` is how sure character recognition is of its least certain line, 0 to 1; `None` where text was not
    recognised from a picture.
    """

    page: int | None = None
    line: int | None = None
    boxes: tuple[Box, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text outside tables.  `raw` is set only where cleaning changed characters."""

    text: str
    place: Place
    raw: str | None = None
    level: int | None = None  # heading level the format itself gives (Markdown #, Word style), 1 is the highest
    lead: str = ""  # bold words at the beginning of the text


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table as it stands: `None` is merged away or lost, `''` is a true blank.

    `text` keeps the line breaks of the cell as `\\n`: whether two lines are one name or two is read later.
    """

    text: str | None
    place: Place
    raw: str | None = None
    lost: bool = False  # the source dropped this cell; what stood in it is unknown


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, every row as long as the widest.

    `spans_known` is False where the format prints a merged-away cell like a blank one (flattened text).
    """

    rows: tuple[tuple[Cell, ...], ...]
    place: Place
    spans_known: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One page (or the whole of a format without pages) in reading order."""

    number: int | None
    content: tuple[Block | Table, ...]


@dataclass(frozen=True, slots=True)
class Leftover:
    """Characters of the source that are no passage, by name: page_number, markup, rule …"""

    kind: str
    text: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader gives of one file.  `doubts` are (kind, message) of what it could not read or has to report."""

    format: str
    pages: tuple[Page, ...]
    leftovers: tuple[Leftover, ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()


# ---------------------------------------------------------------- what the layout gives


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that facts point back to; `ordinal` counts from 1 in reading order."""

    ordinal: int
    kind: Literal["heading", "paragraph", "cell", "note"]
    text: str
    place: Place
    raw: str | None = None
    table_no: int | None = None
    row_no: int | None = None
    column_no: int | None = None


# ---------------------------------------------------------------- facts


@dataclass(frozen=True, slots=True)
class Clause:
    """What somebody is judged by; codes and kinds as in the contract.  `parent` is the parent's code."""

    code: str
    kind: Literal["section", "scored", "veto", "basic", "bonus", "catalogue"]
    title: str
    passage: int
    parent: str | None = None
    text: str | None = None
    points: float | None = None
    points_status: Literal["printed", "inferred", "none"] = "none"
    verification: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """How points are awarded inside one clause; `step`, `cap` and `floor` as in the contract, points are points."""

    clause: str
    ordinal: int
    mode: Mode
    points: float | None
    condition: str
    passage: int
    step: float | None = None
    step_unit: str | None = None
    cap: float | None = None
    floor: float | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """A quantified or mechanically comparable requirement of a clause, a plan item or the document itself."""

    indicator: str
    comparator: str
    text: str
    passage: int
    value: float | None = None
    value_high: float | None = None
    unit: str | None = None
    baseline: str | None = None
    period: str | None = None
    clause: str | None = None
    rule: int | None = None  # ordinal of the score rule inside that clause
    plan_item: str | None = None


@dataclass(frozen=True, slots=True)
class PlanItem:
    """What somebody says will be done; `clause` is the rubric clause that the document itself ties it to."""

    code: str
    text: str
    passage: int
    section: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who does a plan item or answers for a clause; `raw` as printed, `name` completed from the list it stands in."""

    role: Role
    raw: str
    name: str
    passage: int
    plan_item: str | None = None
    clause: str | None = None
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document that the text names, by title without 《》, by 文号 or standard number, or both."""

    cited_title: str | None
    cited_number: str | None
    passage: int


@dataclass(frozen=True, slots=True)
class FormField:
    """What a form says: a label and what was filled in, or the options that were checked, joined with ；."""

    label: str
    value: str
    passage: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong or doubtful in a document."""

    kind: str
    severity: Severity
    message: str
    passage: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The document itself.  `fields` says at which passage each field was read."""

    title: str
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    issued_on: str | None = None
    printed_on: str | None = None
    region_code: str | None = None
    level: str | None = None
    kind: str = "other"
    origin: Literal["original", "digest"] = "original"
    campaign: str | None = None
    total_points: float | None = None
    bonus_points: float | None = None
    fields: dict[str, int] = field(default_factory=dict)


Fact = Clause | ScoreRule | Threshold | PlanItem | Assignment | Citation | FormField | Finding


@dataclass(frozen=True, slots=True)
class Extraction:
    """One document read: its head, every passage and leftover, and every fact in reading order."""

    head: Head
    format: str
    passages: tuple[Passage, ...]
    leftovers: tuple[Leftover, ...]
    facts: tuple[Fact, ...]
