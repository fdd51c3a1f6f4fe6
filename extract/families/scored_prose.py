"""Rubrics in prose: 一、保洁（20分） / 1.站点（5分）。建成得5分… → sections, clauses and score rules.

The deepest numbered paragraph that prints points is a clause; what stands below it says how they are given.  Where the
numbered paragraphs below it give points that add up to its own, or one of them prints its points, they are the clauses.
A standard without points (本标准适用于…; most of its paragraphs say what is to be reached, none who does it) has a
clause for each of its deepest numbered paragraphs.  An article that adds or takes points for several things is one too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.awards import awards
from extract.conditions import condition_kind, holds, is_standard
from extract.duties import read_duties
from extract.families.codes import Codes
from extract.families.section_clauses import Section, Sections
from extract.families.table_clauses import kind_below
from extract.families.units import Unit, units
from extract.layout import Layout, Paragraph
from extract.records import Assignment, Clause, Fact, PointsStatus, ScoreRule
from extract.regions import Region
from extract.scoring import only_highest, score_rules, total_points
from extract.sections import Heading, read_heading
from extract.text import compact, contains
from extract.thresholds import thresholds

# a document that says of itself what it is, and words by which a paragraph bounds a figure
STANDARD = re.compile(
    r"(?:制定|制订|适用|依照|按照|对照|执行)本(?:指标|标准|(?:[\u4e00-\u9fff]{2}){1,2}(?:标准|体系))"
    r"|本(?:标准|(?:[\u4e00-\u9fff]{2}){1,2}(?:标准|体系))(?:适用|所称|共|由|包括|分为|设)"
)
BOUND = re.compile(
    r"[≥≤]|不(?:低于|少于|小于|超过|高于|大于)|达到?[^，。；]{0,12}(?:以上|%)|\d[^，。；]{0,4}以[上下]"
    r"|(?:超过|大于|高于|低于|少于|不足)\d|\d[%‰]"
)
HEAD = 6  # passages among which the title stands
FEWEST_BOUND = 6
FEWEST_AWARDS = 2  # for which an article adds or takes points
WHOLES = frozenset({100, 200, 1000})  # what the points of a rubric add up to, whatever is said of them
FEWEST = 3  # numbered paragraphs with points that make a rubric


def scored_prose(layout: Layout, region: Region | None, codes: Codes) -> Iterator[Fact]:
    """The clauses of numbered prose that prints points; paragraphs over a table are that table's sections."""
    found = [unit for unit in units(layout) if not unit.has_table]
    pointed = [unit for unit in found if read_heading(unit.head.body).points is not None or _is_bonus(unit)]
    outer = {id(above) for unit in pointed for above in unit.above}
    judged = [unit for unit in pointed if id(unit) not in outer]
    demanded: list[Unit] = []
    ruled = [unit for unit in judged if any(score_rules(_scoring(unit, found)[1], None, "", 0))]
    whole = len(judged) > 1 and sum(read_heading(unit.head.body).points or 0 for unit in judged) in WHOLES
    scores = len(judged) < len(pointed) or 2 * len(ruled) >= len(judged)
    if not (whole or (len(pointed) >= FEWEST and scores)):
        judged = []
        demanded = _demands(layout, found) if not any(unit.has_table for unit in units(layout)) else []
    family = _ScoredProse(codes, Sections(codes), found, region)
    judged = [part for unit in _with_siblings(judged, found) for part in _parts(unit, found)]
    for unit in judged:
        yield from family.clause(unit)
    for unit in demanded:
        yield from family.demand(unit)
    told = {id(unit) for unit in (*pointed, *judged, *demanded)}
    told |= {id(above) for unit in judged for above in unit.above}
    for unit in found:
        if unit.series == "article" and not unit.has_parts and id(unit) not in told and _awards(unit) >= FEWEST_AWARDS:
            yield from family.article(unit)


def _awards(unit: Unit) -> int:
    """For how many things the text of an article itself adds or takes points."""
    return sum(award.form in ("give", "take") and bool(award.points) for award in awards(unit.head.body))


def _demands(layout: Layout, found: Sequence[Unit]) -> list[Unit]:
    """The deepest numbered paragraphs of a standard without points; none where a document is something else."""
    deepest = [unit for unit in found if not (unit.has_parts or unit.is_background or unit.in_article)]
    # conditions have a family of their own; beside them a few demands are enough
    apart = {id(unit) for unit in found if any(condition_kind(above.head.text) for above in (*unit.above, unit))}
    deepest = [unit for unit in deepest if unit.series != "closing" and id(unit) not in apart]
    texts = [unit.head.text + "".join(paragraph.text for paragraph in unit.body) for unit in deepest]
    named = any(STANDARD.search(passage.text) for passage in layout.passages)
    titled = any(is_standard(passage.text) for passage in layout.passages[:HEAD])
    bound = sum(BOUND.search(text) is not None for text in texts)
    is_demanding = (titled or apart) and 2 * bound > len(deepest)
    enough = FEWEST if apart else FEWEST_BOUND
    if len(deepest) < FEWEST or not (named or (is_demanding and len(deepest) >= enough)):
        return []
    charged = any(any(read_duties([unit.head.text, *(p.text for p in unit.body)])) for unit in deepest)
    return [] if charged else deepest


def _is_bonus(unit: Unit) -> bool:
    """Whether a paragraph is headed 加分 and says for what: it prints no points of its own."""
    heading = read_heading(unit.head.body)
    return holds("bonus", heading.title) and bool(heading.text or unit.body)


def _with_siblings(judged: Sequence[Unit], found: Sequence[Unit]) -> list[Unit]:
    """The clauses in reading order, with the paragraphs beside them that give points without printing them apart."""
    above = {id(unit.above[-1]) for unit in judged if unit.above}
    known = {id(unit) for unit in judged} | above
    beside = (unit for unit in found if unit.above and id(unit.above[-1]) in above and id(unit) not in known)
    chosen = {id(unit) for unit in beside if _gives(unit, found) is not None} | {id(unit) for unit in judged}
    return [unit for unit in found if id(unit) in chosen]


def _parts(unit: Unit, found: Sequence[Unit]) -> list[Unit]:
    """The numbered paragraphs below a clause whose points add up to its own; else the clause itself."""
    below = [other for other in found if other.above and other.above[-1] is unit]
    given = [_gives(other, found) for other in below]
    points = read_heading(unit.head.body).points
    return below if below and all(given) and sum(filter(None, given)) == points else [unit]


def _gives(unit: Unit, found: Sequence[Unit]) -> float | None:
    """The most that the text of a paragraph gives, 0 where it only takes; `None` where it is no rule."""
    rules = list(score_rules(_scoring(unit, found)[1], None, "", 0))
    return (total_points(rules) or 0) if rules else None


def _scoring(unit: Unit, found: Sequence[Unit]) -> tuple[list[Paragraph], str]:
    """The paragraphs that say how the points of a unit are given, and their text with what runs on in its own line."""
    below = [other for other in found if unit in other.above]
    paragraphs = [*unit.body, *(paragraph for other in below for paragraph in (other.head, *other.body))]
    heading = read_heading(unit.head.body)
    own = heading.text if heading.points is not None or _is_bonus(unit) else unit.head.body
    texts = [own, *(paragraph.text for paragraph in paragraphs)]
    return [unit.head, *paragraphs], "\n".join(text for text in texts if text)


@dataclass(frozen=True)
class _ScoredProse:
    codes: Codes
    sections: Sections
    found: Sequence[Unit]
    region: Region | None

    def clause(self, unit: Unit) -> Iterator[Fact]:
        heading = read_heading(unit.head.body)
        parent = yield from self.sections.of_headings([outer.head for outer in unit.above], None)
        paragraphs, text = _scoring(unit, self.found)
        code = self._code(unit, parent)
        bonus = holds("bonus", heading.title + heading.about_points)
        points, status = self._points(unit, heading)
        yield Clause(
            code=code, kind="bonus" if bonus else kind_below(parent), title=heading.title, text=compact(text) or None,
            parent=parent.clause.code if parent else None, points=points, points_status=status,
            passage=unit.head.passage.ordinal, optional=holds("optional", unit.head.text + text),
        )  # fmt: skip
        yield from self._rules(paragraphs, text, points, code)
        for duty in read_duties([paragraph.text for paragraph in paragraphs], self.region):
            passage, body = paragraphs[duty.paragraph].passage.ordinal, duty.department
            yield Assignment(duty.role, body.raw, body.name, passage, clause=code, is_group=body.is_group)

    def _points(self, unit: Unit, heading: Heading) -> tuple[float | None, PointsStatus]:
        """The printed points; where none are printed apart, what the text gives at most."""
        if heading.points is not None:
            return heading.points, "printed"
        given = None if _is_bonus(unit) else _gives(unit, self.found)
        return (given, "inferred") if given else (None, "none")

    def article(self, unit: Unit) -> Iterator[Fact]:
        """The clause of an article that adds and takes points: a bonus where it takes none."""
        text, number = compact(unit.head.body), unit.head.numbering
        code = self.codes.take(number.code if number else "", f"S{number.code}" if number else "")
        rules = list(self._rules([unit.head], unit.head.body, None, code))
        gives = all(rule.mode != "deduction" for rule in rules)
        yield Clause(code, "bonus" if gives else "scored", text, unit.head.passage.ordinal)
        yield from rules

    def demand(self, unit: Unit) -> Iterator[Fact]:
        """The clause of a paragraph without points: all that it says is its title, unless text stands below it."""
        parent = yield from self.sections.of_headings([outer.head for outer in unit.above], None)
        code = self._code(unit, parent)
        yield Clause(
            code=code, kind=kind_below(parent), title=compact(unit.head.body), passage=unit.head.passage.ordinal,
            text=compact("\n".join(paragraph.text for paragraph in unit.body)) or None,
            parent=parent.clause.code if parent else None, optional=holds("optional", unit.head.text),
        )  # fmt: skip
        for paragraph in unit.body:
            for found in thresholds(paragraph.text):
                yield replace(found, clause=code, passage=paragraph.passage.ordinal)

    def _rules(
        self, paragraphs: Sequence[Paragraph], text: str, points: float | None, code: str
    ) -> Iterator[ScoreRule]:
        """The rules of the whole text, each at the paragraph that prints it."""
        for rule in score_rules(text, points, code, paragraphs[0].passage.ordinal, only_highest(text)):
            own = next((p for p in paragraphs if contains(p.text, rule.condition)), paragraphs[0])
            yield replace(rule, passage=own.passage.ordinal)

    def _code(self, unit: Unit, parent: Section | None) -> str:
        number = unit.head.numbering.code if unit.head.numbering else ""
        if parent is None:
            return self.codes.take(f"S{number}" if unit.level <= 1 else number)
        return self.codes.below(parent.prefix, number, parent.clause.code.removeprefix("S"))
