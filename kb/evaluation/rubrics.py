"""Judges the rubric's side against the gold: clauses with all that hangs on them, and score rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from kb.evaluation.gold import GoldRow
from kb.evaluation.matching import Matching, match
from kb.evaluation.rows import Row
from kb.evaluation.scores import Count, Judgement, Miss
from kb.evaluation.similarity import alike, as_number, bare, same_number


def match_clauses(gold: list[GoldRow], found: list[Row]) -> Matching:
    """Find each clause by its title; code and kind decide between clauses of like titles."""
    return match(gold, found, _clause_likeness, 0.8)


def _clause_likeness(gold: GoldRow, found: Row) -> float:
    title, found_title = bare(gold["title"]), bare(found["title"])
    same_code, same_kind = gold["code"] == found["code"], gold["kind"] == found["kind"]
    if not title:  # the document lost the title: only the code can tell
        return float(same_code and same_kind)
    likeness = alike(title, found_title)
    if likeness < 0.8 and not found_title:
        likeness = max(likeness, 0.9 * alike(title, bare(found["text"])))
    # two steps, in this order: one sum of both would round otherwise and settle equal pairs another way
    if not same_kind:
        likeness -= 0.06
    return likeness + 0.05 if same_code else likeness


def judge_clauses(clauses: Matching) -> Iterator[Judgement]:
    """Which clauses were found, and for each its points, kind, parent, verification and 合理缺项."""
    yield Count("clauses", len(clauses.pairs), len(clauses.gold), len(clauses.found))
    for gold in clauses.missed():
        yield Miss("clauses", "-", f"{gold['code']} {gold['kind']} {gold['title'][:40]}")
        # what was not found cannot be right in anything
        yield Count("clause_points", 0, bool(gold["points"]), 0)
        yield Count("clause_kind", 0, 1, 0)
        yield Count("clause_parent", 0, bool(gold["parent"]), 0)
        yield Count("clause_verification", 0, len(_methods(gold["verification"], "[；;]")), 0)
    for extra in clauses.extra():
        yield Miss("clauses", "+", f"{extra['code']} {extra['kind']} {extra['title'][:40]}")
    ids = clauses.ids()
    codes = {row["id"]: row["code"] for row in clauses.found}
    for gold, found in clauses.both():
        yield from _judge_points(gold, found)
        yield from _judge_kind(gold, found)
        yield from _judge_parent(gold, found, ids, codes)
        yield from _judge_verification(gold, found)
        yield from _judge_optional(gold, found)


def _judge_points(gold: GoldRow, found: Row) -> Iterator[Judgement]:
    wanted, got = as_number(gold["points"]), as_number(found["points"])
    if wanted is None and got is None:
        return
    is_right = same_number(wanted, got)
    yield Count("clause_points", is_right, wanted is not None, got is not None)
    if not is_right:
        yield Miss("clause_points", "-", f"{gold['code']}: {wanted} read as {got}")


def _judge_kind(gold: GoldRow, found: Row) -> Iterator[Judgement]:
    yield Count("clause_kind", gold["kind"] == found["kind"], 1, 1)
    if gold["kind"] != found["kind"]:
        yield Miss("clause_kind", "-", f"{gold['code']}: {gold['kind']} read as {found['kind']}")


def _judge_parent(gold: GoldRow, found: Row, ids: Mapping[str, int], codes: Mapping[int, str]) -> Iterator[Judgement]:
    if not gold["parent"]:
        return
    wanted, got = ids.get(gold["parent"]), found["parent_id"]
    is_right = wanted is not None and wanted == got
    yield Count("clause_parent", is_right, 1, got is not None)
    if not is_right:
        yield Miss("clause_parent", "-", f"{gold['code']}: under {gold['parent']}, found under {codes.get(got)}")


def _judge_verification(gold: GoldRow, found: Row) -> Iterator[Judgement]:
    if not gold["verification"] and not found["verification"]:
        return
    wanted = set(_methods(gold["verification"], "[；;]"))
    got = set(_methods(found["verification"] or "", "[；;\n]"))
    yield Count("clause_verification", len(wanted & got), len(wanted), len(got))
    if wanted != got:
        what = f"{gold['code']}: {'；'.join(sorted(wanted))} read as {'；'.join(sorted(got))}"
        yield Miss("clause_verification", "-", what)


def _judge_optional(gold: GoldRow, found: Row) -> Iterator[Judgement]:
    wanted, got = gold["optional"] == "1", bool(found["optional"])
    if wanted or got:
        yield Count("clause_optional", wanted and got, wanted, got)
    if wanted != got:
        yield Miss("clause_optional", "-" if wanted else "+", gold["code"])


def _methods(printed: str, separators: str) -> list[str]:
    return [method for part in re.split(separators, printed) if (method := bare(part))]


def judge_score_rules(gold: list[GoldRow], found: list[Row], clause_ids: Mapping[str, int]) -> Iterator[Judgement]:
    """Which score rules stand in the right clause with the right condition, points and mode."""

    def likeness(wanted: GoldRow, got: Row) -> float:
        if clause_ids.get(wanted["clause"]) != got["clause_id"]:
            return 0.0
        return alike(bare(wanted["condition"]), bare(got["condition"]))

    rules_in = Counter(row["clause"] for row in gold)
    rules = match(gold, found, likeness, 0.7)
    wrong = [(wanted, got) for wanted, got in rules.both() if not _same_award(wanted, got, rules_in)]
    yield Count("score_rules", len(rules.pairs) - len(wrong), len(gold), len(found))
    for wanted, got in wrong:
        what = f"{wanted['mode']} {wanted['points']} read as {got['mode']} {got['points']}"
        yield Miss("score_rules", "-", f"{wanted['clause']}.{wanted['ordinal']}: {what}")
    for row in rules.missed():
        yield Miss("score_rules", "-", f"{row['clause']}.{row['ordinal']} {row['mode']} {row['condition'][:40]}")
    for extra in rules.extra():
        yield Miss("score_rules", "+", f"{extra['mode']} {extra['points']} {extra['condition'][:40]}")


def _same_award(gold: GoldRow, found: Row, rules_in: Mapping[str, int]) -> bool:
    modes = {gold["mode"], found["mode"]}
    # the only rule of a clause is no alternative and no part: either word fits it
    is_free = rules_in[gold["clause"]] == 1 and modes <= {"tier", "additive"}
    return same_number(gold["points"], found["points"]) and (len(modes) == 1 or is_free)
