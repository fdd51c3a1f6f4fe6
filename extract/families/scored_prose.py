"""Rubrics in prose: 一、保洁（20分） / 1.站点（5分）。建成得5分… → sections, clauses and score rules.

The deepest numbered paragraph that prints points is a clause; what stands below it says how they are given.  Where the
numbered paragraphs below it give points that add up to its own, or one of them prints its points, they are the clauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.conditions import holds
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

WHOLES = frozenset({100, 200, 1000})  # what the points of a rubric add up to, whatever is said of them
FEWEST = 3  # numbered paragraphs with points that make a rubric


def scored_prose(layout: Layout, region: Region | None, codes: Codes) -> Iterator[Fact]:
    """The clauses of numbered prose that prints points; paragraphs over a table are that table's sections."""
    found = [unit for unit in units(layout) if not unit.has_table]
    pointed = [unit for unit in found if read_heading(unit.head.body).points is not None or _is_bonus(unit)]
    outer = {id(above) for unit in pointed for above in unit.above}
    judged = [unit for unit in pointed if id(unit) not in outer]
    ruled = [unit for unit in judged if any(score_rules(_scoring(unit, found)[1], None, "", 0))]
    whole = sum(read_heading(unit.head.body).points or 0 for unit in judged) in WHOLES
    if len(pointed) >= FEWEST and (whole or len(judged) < len(pointed) or 2 * len(ruled) >= len(judged)):
        family = _ScoredProse(codes, Sections(codes), found, region)
        for unit in _with_siblings(judged, found):
            for part in _parts(unit, found):
                yield from family.clause(part)


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
        return self.codes.below(parent.prefix, number)
