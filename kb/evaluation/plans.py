"""Judges the plan's side against the gold: items with their dates and printed clauses, and who is assigned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kb.evaluation.gold import GoldRow
from kb.evaluation.matching import Matching, match
from kb.evaluation.rows import Row
from kb.evaluation.scores import Count, Judgement, Miss
from kb.evaluation.similarity import alike, bare


def match_items(gold: list[GoldRow], found: list[Row]) -> Matching:
    """Find each plan item by its text; the code decides between like texts."""

    def likeness(wanted: GoldRow, got: Row) -> float:
        return alike(bare(wanted["text"]), bare(got["text"])) + (0.05 if wanted["code"] == got["code"] else 0.0)

    return match(gold, found, likeness, 0.75)


def judge_items(items: Matching) -> Iterator[Judgement]:
    """Which plan items were found, and for each its dates."""
    yield Count("plan_items", len(items.pairs), len(items.gold), len(items.found))
    for row in items.missed():
        yield Miss("plan_items", "-", f"{row['code']} {row['text'][:40]}")
    for extra in items.extra():
        yield Miss("plan_items", "+", f"{extra['code']} {extra['text'][:40]}")
    for gold, found in items.both():
        for field in ("starts_on", "ends_on"):
            yield from _judge_date(f"{gold['code']}.{field}", gold[field], str(found[field] or ""))


def _judge_date(place: str, wanted: str, got: str) -> Iterator[Judgement]:
    if not wanted and not got:
        return
    # a date may be read more exactly than the gold gives it
    is_right = wanted[:10] == got[: len(wanted) or 10]
    yield Count("plan_dates", is_right, bool(wanted), bool(got))
    if not is_right:
        yield Miss("plan_dates", "-", f"{place}: {wanted} read as {got}")


def judge_printed_links(
    gold: list[GoldRow], printed: set[tuple[int, int]], item_ids: Mapping[str, int], clause_ids: Mapping[str, int]
) -> Iterator[Judgement]:
    """Which ties between item and clause that the document itself prints were found."""
    tied = [row for row in gold if row["clause"]]
    wanted = {(item_ids.get(row["code"]), clause_ids.get(row["clause"])): row for row in tied}
    if not wanted and not printed:
        return
    yield Count("printed_links", len(printed & wanted.keys()), len(tied), len(printed))
    for pair in wanted.keys() - printed:
        yield Miss("printed_links", "-", f"{wanted[pair]['code']} under {wanted[pair]['clause']}")


class Place(NamedTuple):
    """What an assignment hangs on: ("item" or "clause", id in the base), or ("?", the gold's code) without a record."""

    kind: str
    key: int | str


class Duty(NamedTuple):
    """One assignment as it is compared: where, in which role, the bare name."""

    place: Place
    role: str
    name: str


def judge_assignments(
    gold: list[GoldRow], found: list[Row], item_ids: Mapping[str, int], clause_ids: Mapping[str, int]
) -> Iterator[Judgement]:
    """Which departments stand at the right item or clause in the right role, per role and in all."""
    places = {code: Place("clause", key) for code, key in clause_ids.items()}
    places |= {code: Place("item", key) for code, key in item_ids.items()}
    duties = [_gold_duty(row, places) for row in gold]
    wanted = Counter(duties)
    # a name that is printed whole may stay as printed instead of taking the completed form
    whole = {
        duty._replace(name=bare(row["raw"])): duty
        for row, duty in zip(gold, duties, strict=True)
        if len(bare(row["raw"])) >= len(duty.name) and duty.place.kind != "?"
    }
    read = (_found_duty(row) for row in found)
    got = Counter(duty if duty in wanted else whole.get(duty, duty) for duty in read)
    codes = {place: code for code, place in places.items()}
    for role in sorted({duty.role for duty in wanted | got}):
        yield from _judge_role(role, _of_role(wanted, role), _of_role(got, role), codes)


def _judge_role(
    role: str, wanted: Counter[Duty], got: Counter[Duty], codes: Mapping[Place, str]
) -> Iterator[Judgement]:
    right = (wanted & got).total()
    yield Count(f"assignments_{role}", right, wanted.total(), got.total())
    yield Count("assignments", right, wanted.total(), got.total())
    for duty in wanted - got:
        yield Miss("assignments", "-", f"{codes.get(duty.place, duty.place.key)} {role} {duty.name}")
    for duty in got - wanted:
        yield Miss("assignments", "+", f"{codes.get(duty.place, duty.place.key)} {role} {duty.name}")


def _of_role(duties: Counter[Duty], role: str) -> Counter[Duty]:
    return Counter({duty: count for duty, count in duties.items() if duty.role == role})


def _gold_duty(row: GoldRow, places: Mapping[str, Place]) -> Duty:
    return Duty(places.get(row["item"], Place("?", row["item"])), row["role"], bare(row["canonical"]))


def _found_duty(row: Row) -> Duty:
    if row["plan_item_id"] is not None:
        return Duty(Place("item", row["plan_item_id"]), row["role"], bare(row["name"]))
    return Duty(Place("clause", row["clause_id"]), row["role"], bare(row["name"]))
