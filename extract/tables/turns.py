"""A page turn inside a table: was a row cut in two, and which merged cells go on?

Every answer is a sum of weighted signs (log odds), each of them an observation about one column: a blank where the
column is never blank, text that goes on with unfinished text, a number that begins something new, room left above.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.tables.profiles import Profile, stem
from extract.tables.rests import SURE, goes_on, is_full
from extract.tables.spans import SpanRow

LEAF = 0.1  # a column merged down in fewer rows than this says what a row is, not what a group of rows is
SAME_GROUP = 0.8  # of the rows in which either is merged, two columns of a group are merged in
GROUP_ROLES = {"label", "clause", "points", "scoring", "verification"}  # their cells are merged, not left blank
BLANK_ROLES = {"lead", "support", "deadline", "result", "remark"}  # theirs are left blank
FEWEST_PAIRS, MOST_AGREE = 3, 0.9  # rows that show that groups go by the numbers of their rows
# how likely a merged cell that goes on prints more text, against how likely a cell that ends is as full as that
LIKELY_REST, BESIDE_NEW, RARE_REST = 1.2, 0.4, 0.1
SURE_REST, VERY_SURE_REST = 1.0, 2.5
GROUPED = 1.0  # the most that a column of a group says for a row that was cut
NEW = -3.0  # a group this surely begins anew

Group = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What happened at a page turn: the row above was cut, or these columns of the new row go on with cells above."""

    is_cut: bool
    going_on: frozenset[int]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a table when its page turns are judged."""

    columns: Sequence[Profile]
    roles: Sequence[str | None]
    line_height: float | None = None


def page_turn(above: SpanRow, below: SpanRow, table: Known) -> Turn:
    """How the first row below a page turn goes on with the last one above it."""
    width = len(below)
    if len({id(span) for span in below}) == 1 or len({id(span) for span in above}) == 1:
        # a row of one cell over all columns divides the table: nothing goes on past it
        return Turn(False, frozenset(c for c in range(width) if below[c].is_open))
    groups = _group_scores(above, below, table)
    if sum(_row_signs(above, below, table)) + sum(min(0.0, score) for score in groups.values()) > 0:
        return Turn(True, frozenset(range(width)))
    going_on = {column for group, score in groups.items() if score > 0 for column in group}
    going_on |= {c for c in range(width) if table.roles[c] in ("label", None) and _is_overflow(c, above, below, table)}
    return Turn(False, frozenset(going_on | _blanks_going_on(above, below, table)))


def _groups(table: Known) -> list[Group]:
    """The columns that are merged down, those together whose cells are merged in the same rows; finest first."""
    found: list[list[int]] = []
    for column, profile in enumerate(table.columns):
        if profile.merged_share <= LEAF:
            continue
        group = next((g for g in found if _together(table.columns[g[0]], profile)), None)
        if group is None:
            found.append([column])
        else:
            group.append(column)
    return sorted((tuple(group) for group in found), key=lambda group: len(table.columns[group[0]].merged))


def _together(one: Profile, other: Profile) -> bool:
    """Whether two columns are merged in the same rows.

    Where one is merged in all rows of the other and in more, it groups the other's groups and goes on without it.
    """
    common = one.merged & other.merged
    if one.merged != other.merged and common in (one.merged, other.merged):
        return False
    return len(common) >= SAME_GROUP * len(one.merged | other.merged)


def _group_scores(above: SpanRow, below: SpanRow, table: Known) -> dict[Group, float]:
    """How surely each group of merged columns goes on; what begins anew in a coarse group does so in finer ones."""
    scores: dict[Group, float] = {}
    for group in _groups(table):
        merged = table.columns[group[0]].merged
        finer = [fine for fine in scores if table.columns[fine[0]].merged < merged]
        begun = [table.columns[fine[0]] for fine in finer if scores[fine] < NEW]
        likely = BESIDE_NEW if begun else LIKELY_REST
        scores[group] = _prior(merged, begun, table) + _group_score(group, above, below, table, likely)
        for fine in finer:
            if scores[group] < 0 < scores[fine]:  # a contradiction: the surer of the two answers stands
                scores[group] = scores[fine] = max(scores[group], scores[fine], key=abs)
    return scores


def _prior(merged: frozenset[int], begun: Sequence[Profile], table: Known) -> float:
    """The odds that a group goes on in any row, or in the rows where finer groups begin as they do here."""
    rows = frozenset(range(table.columns[0].rows)) - frozenset[int]().union(*(fine.merged for fine in begun))
    share = (len(merged & rows) + 0.1) / (len(rows) + 0.2)
    return max(-2.0, min(2.0, math.log(share / (1 - share))))


def _group_score(group: Group, above: SpanRow, below: SpanRow, table: Known, likely_rest: float) -> float:
    """How surely the merged cells of a group of columns go on below the page turn."""
    score = _series_sign(group, above, below, table)
    for column in group:
        profile, old, new = table.columns[column], above[column], below[column]
        if new.is_open:
            score += SURE
        elif not new.text:
            score += math.log(0.8 / profile.blank_share) if old.text else 0.0
        else:
            rest = likely_rest if is_full(old, table.line_height) else RARE_REST
            score += math.log(rest / (1 - profile.blank_share)) + goes_on(old, new, profile, table.line_height)
    return score


def _series_sign(group: Group, above: SpanRow, below: SpanRow, table: Known) -> float:
    """Whether the numbers of the rows (2.1, 2.2, 3.1) say that the same group goes on, where groups go by them."""
    merged = table.columns[group[0]].merged
    for column, profile in enumerate(table.columns):
        if profile.series != "decimal" or column in group or profile.merged_share > LEAF:
            continue
        old, new = stem(above[column].text), stem(below[column].text)
        agreeing = sum(same == (row in merged) for row, same in profile.stems)
        if old and new and agreeing >= MOST_AGREE * len(profile.stems):
            sure = 4.0 if len(profile.stems) >= FEWEST_PAIRS else 2.0
            return sure if old == new else -sure
    return 0.0


def _row_signs(above: SpanRow, below: SpanRow, table: Known) -> Iterator[float]:
    """The signs that the row above was cut in two; a group that goes on explains most of its columns as well."""
    yield -0.5
    for column, profile in enumerate(table.columns):
        old, new = above[column], below[column]
        if new.is_open or (not new.text and not old.text):
            continue
        explained = GROUPED if table.roles[column] in GROUP_ROLES else math.inf
        if not new.text:
            kept = 0.95 if profile.is_single else 0.7
            missing = profile.merged_share + (1 - profile.merged_share) * profile.blank_share
            yield min(explained, math.log(kept / missing))
        elif profile.merged_share <= LEAF:
            sign = goes_on(old, new, profile, table.line_height)
            yield 2 * sign if profile.is_single and sign <= -SURE else min(explained, sign)


def _blanks_going_on(above: SpanRow, below: SpanRow, table: Known) -> set[int]:
    """The blanks that cannot be true ones although their column is merged nowhere in sight, or begins anew beside them.

    Labels are merged over several groups; clauses and what belongs to them are merged and not left blank.
    """
    found = {column for column, span in enumerate(below) if span.is_open}
    unexplained: set[int] = set()
    for column, profile in enumerate(table.columns):
        if below[column].text or not above[column].text or len(profile.texts) < max(1, len(profile.begun)):
            continue
        role = table.roles[column]
        if profile.merged_share > LEAF:
            found |= {column} if role == "label" or (role is None and profile.kind == "text") else set()
        elif role in GROUP_ROLES:
            found.add(column)
        elif role not in BLANK_ROLES and profile.kind not in {"names", "date"}:
            unexplained.add(column)
    # columns that are never blank elsewhere are not blank together by chance, nor beside unfinished text
    if len(unexplained | _rests(above, below, table, VERY_SURE_REST)) > 1:
        found |= unexplained
    unseen = any(table.columns[column].merged_share <= LEAF for column in found)
    return found | (_rests(above, below, table, SURE_REST) if unseen else set())


def _is_overflow(column: int, above: SpanRow, below: SpanRow, table: Known) -> bool:
    """The last words of a label that was too long for its rows above, beside groups that begin anew."""
    profile, old, new = table.columns[column], above[column], below[column]
    if profile.merged_share <= LEAF or not new.text or not is_full(old, table.line_height):
        return False
    return goes_on(old, new, profile, table.line_height) >= VERY_SURE_REST


def _rests(above: SpanRow, below: SpanRow, table: Known, sure: float) -> set[int]:
    """The columns merged nowhere in sight whose text goes on with unfinished text, that surely at least."""
    return {
        column
        for column, profile in enumerate(table.columns)
        if below[column].text
        and profile.merged_share <= LEAF
        and profile.kind in {"text", "names"}
        and goes_on(above[column], below[column], profile, table.line_height) >= sure
    }
