"""The frozen records that leave `extract`: passages of the layout, facts of the families.

Nothing here knows a file format or a database.  A fact names its passage by the passage's ordinal; clauses and plan
items are named by their codes, which are unique inside one document.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from extract.pages import Leftover, Place

Mode = Literal["tier", "additive", "deduction"]
Role = Literal["lead", "support", "member", "supervise"]
PointsStatus = Literal["printed", "inferred", "none"]
Severity = Literal["info", "warning", "error"]


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
    points_status: PointsStatus = "none"
    verification: str | None = None
    optional: bool = False
    nature: str | None = None  # 定量, 定性, 约束性, 预期性, as printed


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
    lead: str = ""  # words right before the condition that it shares with the rules behind it: 累计纳税：（1）


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
    nature: str | None = None  # 约束性, 预期性, as printed


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
class Relation:
    """What the document says it does to another one, named like a citation."""

    relation: Literal["repeals", "replaces", "forwards"]
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


Fact = Clause | ScoreRule | Threshold | PlanItem | Assignment | Citation | Relation | FormField | Finding


@dataclass(frozen=True, slots=True)
class Extraction:
    """One document read: its head, every passage and leftover, and every fact in reading order."""

    head: Head
    format: str
    passages: tuple[Passage, ...]
    leftovers: tuple[Leftover, ...]
    facts: tuple[Fact, ...]
