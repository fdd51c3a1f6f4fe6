"""Judges thresholds against the gold: strictly (indicator, comparator, value, unit, owner), and by value and unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.evaluation.gold import GoldRow
from kb.evaluation.matching import match
from kb.evaluation.rows import Row
from kb.evaluation.scores import Count, Judgement, Miss
from kb.evaluation.similarity import alike, bare, same_number, same_unit

# with one of these in the print a figure is a bound; without, `=` and `>=` are both fair readings of 建成1个
BOUND_WORDS = ("以上", "不低于", "不少于", "不小于", "至少", "达", "超", "大于", "高于", "≥", ">", "突破")
CLAUSE_OWNERS = ("clause", "section", "rule")


class Owners:
    """Where the gold's owners stand in the base."""

    def __init__(self, clause_ids: Mapping[str, int], item_ids: Mapping[str, int]) -> None:
        self._clause_ids, self._item_ids = clause_ids, item_ids

    def hold(self, gold: GoldRow, found: Row) -> bool:
        """Whether the found threshold hangs on the owner that the gold names.

        The gold also names places of a document that have no record; those can be missed by nobody.
        """
        if gold["owner_kind"] in CLAUSE_OWNERS:
            wanted, got = self._clause_ids.get(gold["owner"]), found["clause_id"]
        else:
            wanted, got = self._item_ids.get(gold["owner"]), found["plan_item_id"]
        return wanted is None or wanted == got


def judge_thresholds(gold: list[GoldRow], found: list[Row], owners: Owners) -> Iterator[Judgement]:
    """Which thresholds were found and how well they were read, with baseline and period."""

    def likeness(wanted: GoldRow, got: Row) -> float:
        if not same_number(wanted["value"], got["value"]) or not same_unit(wanted["unit"], got["unit"]):
            return 0.0
        shown = alike(bare(wanted["text"]), bare(got["text"]), 0.3, 3.3)
        return 0.45 * _name_likeness(wanted, got) + 0.35 * shown + 0.2 * owners.hold(wanted, got)

    thresholds = match(gold, found, likeness, 0.5)
    wrong = [pair for pair in thresholds.both() if not _is_right(*pair, owners)]
    yield Count("thresholds", len(thresholds.pairs) - len(wrong), len(gold), len(found))
    yield Count("thresholds_value_unit", len(thresholds.pairs), len(gold), len(found))
    for wanted, got in thresholds.both():
        yield from _judge_frame(wanted, got)
    for wanted, got in wrong:
        place = "" if owners.hold(wanted, got) else " at another owner"
        yield Miss("thresholds", "-", f"{wanted['owner']}: {_shown(wanted)} read as {_shown(got)}{place}")
    for row in thresholds.missed():
        yield Miss("thresholds", "-", f"{row['owner']}: {_shown(row)} in {row['text'][:40]}")
        yield Count("threshold_baseline", 0, bool(bare(row["baseline"])), 0)
        yield Count("threshold_period", 0, bool(bare(row["period"])), 0)
    for extra in thresholds.extra():
        yield Miss("thresholds", "+", f"{_shown(extra)} in {extra['text'][:40]}")


def _judge_frame(gold: GoldRow, found: Row) -> Iterator[Judgement]:
    for field in ("baseline", "period"):
        wanted, got = bare(gold[field]), bare(found[field])
        if wanted or got:
            is_right = alike(wanted, got, 0.4, 2.5) >= 0.7
            yield Count(f"threshold_{field}", is_right, bool(wanted), bool(got))
            if not is_right:
                what = f"{gold['owner']} {gold['indicator']}: {gold[field]} read as {found[field]}"
                yield Miss(f"threshold_{field}", "-" if wanted else "+", what)


def _is_right(gold: GoldRow, found: Row, owners: Owners) -> bool:
    return (
        _same_comparator(gold, found)
        and _name_likeness(gold, found) >= 0.7
        and same_number(gold["value_high"], found["value_high"])
        and owners.hold(gold, found)
    )


def _same_comparator(gold: GoldRow, found: Row) -> bool:
    comparators = {gold["comparator"], found["comparator"]}
    is_bound = any(word in gold["text"] for word in BOUND_WORDS)
    return len(comparators) == 1 or (comparators == {"=", ">="} and not is_bound)


def _name_likeness(gold: GoldRow, found: Row) -> float:
    return alike(bare(gold["indicator"]), bare(found["indicator"]), 0.5, 2.0)


def _shown(row: Mapping[str, object]) -> str:
    return f"{row['indicator']} {row['comparator']} {row['value']}{row['unit'] or ''}"
