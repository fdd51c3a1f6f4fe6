"""Does what was read equal what was written?  Differences as short lines, none when all is equal.

White space and the width of characters do not count; the points in brackets behind a clause's title, which some
print there, are no part of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from documents.truth import OPEN, Assignment, Citation, Clause, Item, OneOf, Rule, Threshold, Truth
from extract import records

LONGEST = 24  # characters of a text that a difference shows
NAMED_BY = {  # what tells one record from another, the surest first
    "clauses": [{"title"}],
    "rules": [{"clause", "condition"}, {"clause", "mode", "points"}],
    "thresholds": [{"owner", "indicator"}, {"indicator", "value"}],
    "items": [{"text"}],
    "assignments": [{"owner", "raw"}, {"owner", "name"}],
    "citations": [{"title"}, {"number"}],
}
POINTS = re.compile(r"\([\d.]+分\)$")


def plain(value: Any) -> Any:
    """A text without white space and full width, anything else as it is."""
    if not isinstance(value, str):
        return value
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", value))


def title(text: str | None) -> str | None:
    """A clause's title without the points behind it."""
    return None if text is None else POINTS.sub("", plain(text))


def found(extraction: records.Extraction) -> Truth:
    """What was read, in the same records as what was written."""
    facts = extraction.facts
    clauses = {one.code: title(one.title) or "" for one in facts if isinstance(one, records.Clause)}
    items = {one.code: one.text for one in facts if isinstance(one, records.PlanItem)}

    def owner(one: records.Assignment | records.Threshold) -> str | None:
        return items.get(one.plan_item, "?") if one.plan_item else clauses.get(one.clause or "")

    truth = Truth()
    for one in facts:
        match one:
            case records.Clause():
                parent = clauses.get(one.parent or "")
                truth.clauses.append(
                    Clause(clauses[one.code], one.kind, one.points, one.points_status, parent, one.code,
                           one.verification, one.optional)
                )  # fmt: skip
            case records.ScoreRule():
                truth.rules.append(
                    Rule(clauses.get(one.clause, "?"), one.condition, one.mode, one.points, one.step, one.step_unit,
                         one.cap, one.floor)
                )  # fmt: skip
            case records.Threshold():
                truth.thresholds.append(
                    Threshold(owner(one), one.indicator, one.comparator, one.value, one.value_high, one.unit,
                              one.baseline, one.period)
                )  # fmt: skip
            case records.PlanItem():
                truth.items.append(Item(one.text, one.starts_on, one.ends_on, one.code))
            case records.Assignment():
                truth.assignments.append(Assignment(owner(one), one.role, one.raw, one.name))
            case records.Citation():
                truth.citations.append(Citation(one.cited_title, one.cited_number))
            case _:
                pass
    return truth


def accepts(wanted: Any, got: Any) -> bool:
    """Whether a reading is one of those wanted."""
    if wanted is OPEN:
        return True
    if isinstance(wanted, OneOf):
        return any(accepts(one, got) for one in wanted)
    return bool(plain(wanted) == plain(got))


def differing(wanted: Any, got: Any) -> list[str]:
    """The fields of two records of a kind that differ."""
    return [one.name for one in fields(wanted) if not accepts(getattr(wanted, one.name), getattr(got, one.name))]


def differences(paper_truth: Truth, extraction: records.Extraction) -> list[str]:
    """Every difference between what was written and what was read."""
    read = found(extraction)
    lines = list(_head(paper_truth, extraction.head))
    for kind in ("clauses", "rules", "thresholds", "items", "assignments", "citations"):
        lines += _unmatched(kind, list(getattr(paper_truth, kind)), list(getattr(read, kind)))
    return lines


def _head(truth: Truth, head: records.Head) -> Iterator[str]:
    got = {
        "title": head.title, "kind": head.kind, "number": head.doc_number, "issued_on": head.issued_on,
        "addressees": tuple(map(plain, head.addressees)), "total_points": head.total_points,
    }  # fmt: skip
    for name, value in got.items():
        wanted = getattr(truth.head, name)
        if not accepts(wanted, value):
            yield f"head {name}: wanted {shown(wanted)}, got {shown(value)}"


def _unmatched(kind: str, wanted: list[Any], got: list[Any]) -> Iterator[str]:
    """Records without an equal partner; where what names them agrees, only the fields that differ are told."""
    for one in list(wanted):
        partner = next((other for other in got if not differing(one, other)), None)
        if partner is not None:
            wanted.remove(one)
            got.remove(partner)
    for names in NAMED_BY[kind]:
        for one in list(wanted):
            partner = next((other for other in got if not names & set(differing(one, other))), None)
            if partner is not None:
                wanted.remove(one)
                got.remove(partner)
                yield from (
                    f"{kind} {_told(kind, one)}: {_apart(name, one, partner)}" for name in differing(one, partner)
                )
    yield from (f"{kind} missing: {_record(one)}" for one in wanted)
    yield from (f"{kind} extra: {_record(one)}" for one in got)


def _told(kind: str, one: Any) -> str:
    names = sorted(NAMED_BY[kind][0])
    return " / ".join(shown(getattr(one, name)) for name in names)


def _apart(name: str, one: Any, partner: Any) -> str:
    return f"{name} wanted {shown(getattr(one, name))}, got {shown(getattr(partner, name))}"


def _record(one: Any) -> str:
    return ", ".join(
        f"{item.name} {shown(value)}" for item in fields(one) if (value := getattr(one, item.name)) not in (None, OPEN)
    )


def shown(value: Any) -> str:
    """A value, or readings of which any will do, on one line."""
    if isinstance(value, OneOf):
        return " or ".join(map(shown, value[:3]))
    if isinstance(value, str):
        return value if len(value) <= LONGEST else value[: LONGEST // 2] + "…" + value[-LONGEST // 2 :]
    return "open" if value is OPEN else repr(value)
