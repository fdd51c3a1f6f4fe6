"""A scoring text → score rules: which awards are alternatives (tier), parts that sum (additive) or deductions.

The points of the clause decide where the wording leaves it open: the first reading whose total is the printed one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from extract.awards import Award, awards
from extract.records import Mode, ScoreRule

HIGHEST = re.compile(
    r"取(?:其|一个|一项)?最高(?:分|项|值|奖项|等级|级别)|就高不|不重复(?:计|加|得)分|不累计(?:计|加)分"
)
# a condition that ends in a range of values: 1万—3万元（含1万元）, 6万元以上
RANGE = re.compile(
    r"(?:^|[：:，,])\s*\d[\d.]*\s*[万亿]?[^\W\d]{0,2}\s*(?:[—–\-~～至到]+\s*\d[\d.]*\s*[万亿]?[^\W\d]{0,2}|及?以[上下])"
    r"\s*(?:[（(][^（()）]*[)）])?$"
)
Reading = Callable[[Sequence[Award]], list[Mode]]
Key = Callable[[Award], int]


def score_rules(
    text: str, points: float | None, clause: str, passage: int, highest_counts: bool = False
) -> Iterator[ScoreRule]:
    """The score rules of one clause, numbered in printed order; `points` are the clause's where they are printed.

    `highest_counts`: a note beside the text says that only the highest award counts.

    >>> [(r.mode, r.points) for r in score_rules("建立制度（4分）；每年开会（2分）。", 6, "1", 1)]
    [('additive', 4.0), ('additive', 2.0)]
    >>> [(r.mode, r.points) for r in score_rules("3个及以上（5分），2个（3分），没有不得分", 5, "1", 1)]
    [('tier', 5.0), ('tier', 3.0), ('tier', 0.0)]
    """
    found = trusted_awards(text)
    for ordinal, (award, mode) in enumerate(zip(found, _modes(found, points, highest_counts), strict=True), 1):
        yield ScoreRule(
            clause=clause, ordinal=ordinal, mode=mode, points=award.points, condition=award.condition, passage=passage,
            step=award.step, step_unit=award.step_unit, cap=award.cap, floor=award.floor, lead=award.lead,
        )  # fmt: skip


def total_points(rules: Sequence[ScoreRule]) -> float | None:
    """The most that the rules of one clause can give; `None` where nothing gives points.

    Parts sum, alternatives count once, a part counted by units gives up to its cap.
    """
    given = [rule for rule in rules if rule.mode != "deduction" and rule.points]
    if not given or any(rule.step is not None and rule.cap is None for rule in given):
        return None
    parts = sum(rule.cap or rule.points or 0 for rule in given if rule.mode == "additive")
    return parts + max((rule.points or 0 for rule in given if rule.mode == "tier"), default=0)


def trusted_awards(text: str) -> list[Award]:
    """The awards of a scoring text that count, conditions repeated where they are shared.

    An amount without a giving word (良好8分, （20）) counts only beside one that has it.

    >>> [(award.points, award.start, award.end) for award in trusted_awards("建立制度（4分）；每年开会（2分）。")]
    [(4.0, 4, 8), (2.0, 13, 17)]
    """
    found = list(awards(text))
    sure = any(award.form not in {"bare", "bare_bracket", "zero"} and award.points for award in found)
    brackets = any(award.form == "bracket" for award in found)
    kept = [replace(award, form="bracket") if award.form == "bare_bracket" else award
            for award in found
            if (award.form != "bare" or sure) and (award.form != "bare_bracket" or brackets)]  # fmt: skip
    for i, award in enumerate(kept):
        if not award.condition and i and award.form in {"give", "bare", "bracket"}:
            kept[i] = replace(award, condition=kept[i - 1].condition)
    return [award for award in kept if award.condition]


def only_highest(text: str) -> bool:
    """Whether a text says that of several awards only the highest counts.

    >>> only_highest("同一奖项只取最高分"), only_highest("累计不超过10分")
    (True, False)
    """
    return HIGHEST.search(text) is not None


def _modes(found: Sequence[Award], points: float | None, highest_counts: bool) -> list[Mode]:
    if highest_counts:
        return ["deduction" if a.form == "take" else "additive" if a.step or a.adds else "tier" for a in found]
    # each reading with what parts its groups of alternatives
    readings: tuple[tuple[Reading, Key], ...] = (
        (_by_form, _whole), (_by_part, _part), (_by_run, _run), (_by_sentence, _part), (_all_parts, _whole),
        (_alternatives, _whole),
    )  # fmt: skip
    if points is not None:
        for reading, key in readings:
            modes = reading(found)
            if _total(found, modes, key) == points:
                return modes
    # what does not add up is still told by its numbers: numbered parts are parts
    numbered = sum(award.numbered for award in found if award.form != "take") > 1
    return _by_range(found, _by_part(found) if numbered else _by_form(found))


def _whole(_: Award) -> int:
    return 0


def _part(award: Award) -> int:
    return award.part


def _run(award: Award) -> int:
    return award.run


def _total(found: Sequence[Award], modes: Sequence[Mode], key: Key) -> float:
    """Points of a reading: parts sum, each group of alternatives gives its best."""
    total = sum(award.cap or award.points or 0 for award, mode in zip(found, modes, strict=True) if mode == "additive")
    tiers = [award for award, mode in zip(found, modes, strict=True) if mode == "tier"]
    return total + sum(max(award.points or 0 for award in group) for _, group in groupby(tiers, key=key))


def _by_form(found: Sequence[Award]) -> list[Mode]:
    """得…分 in a row are alternatives, （…分） are parts."""
    return [_form_mode(award) for award in found]


def _by_range(found: Sequence[Award], modes: list[Mode]) -> list[Mode]:
    """The modes, but ranges of one measure that follow each other (1万—3万元, 3万—6万元) are alternatives."""
    ranges = [award.form == "bracket" and RANGE.search(award.condition) is not None for award in found]
    for i, is_range in enumerate(ranges):
        beside = ranges[max(0, i - 1) : i] + ranges[i + 1 : i + 2]
        if is_range and any(beside):
            modes[i] = "tier"
    return modes


def _form_mode(award: Award) -> Mode:
    if award.form == "take":
        return "deduction"
    if not award.points:
        return "tier"
    return "additive" if award.form == "bracket" or award.step is not None else "tier"


def _grouped(found: Sequence[Award], key: Key) -> list[Mode]:
    modes: list[Mode] = []
    for _, group in groupby(found, key=key):
        members = list(group)
        alternatives = sum(1 for award in members if award.form != "take" and award.points) > 1
        for award in members:
            if award.form == "take":
                modes.append("deduction")
            elif award.form == "zero" or (award.points == 0) or alternatives:
                modes.append("tier")
            else:
                modes.append("additive")
    return modes


def _by_part(found: Sequence[Award]) -> list[Mode]:
    """Brackets are parts; 得…分 are alternatives inside one numbered part or sentence, a lone one is a part."""
    givers = [award for award in found if award.form != "bracket"]
    modes = iter(_grouped(givers, _part))
    return [_form_mode(award) if award.form == "bracket" else next(modes) for award in found]


def _by_run(found: Sequence[Award]) -> list[Mode]:
    """Amounts parted by commas are alternatives, those parted by ； or 。 are parts."""
    return _grouped(found, _run)


def _by_sentence(found: Sequence[Award]) -> list[Mode]:
    """Amounts inside one sentence or numbered part are alternatives, sentences are parts."""
    return _grouped(found, _part)


def _all_parts(found: Sequence[Award]) -> list[Mode]:
    return ["deduction" if a.form == "take" else "additive" if a.points else "tier" for a in found]


def _alternatives(found: Sequence[Award]) -> list[Mode]:
    return ["deduction" if award.form == "take" else "tier" for award in found]
