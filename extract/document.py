"""One file → one Extraction: reader, layout, head, families, thresholds, citations, checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extract.checks import check, grounded
from extract.citations import document_citations
from extract.errors import UnreadableFile
from extract.families.catalogue import catalogues
from extract.families.codes import Codes
from extract.families.conditions import conditions, introduced_conditions
from extract.families.forms import forms
from extract.families.measures import measures
from extract.families.scored_prose import scored_prose
from extract.families.scored_table import scored_tables
from extract.families.target_table import target_tables
from extract.families.task_table import task_tables
from extract.formats import read_pages
from extract.head import complete_head, read_head
from extract.layout import Layout, lay_out
from extract.measured import owned_thresholds
from extract.pages import Ocr, Reading
from extract.records import Assignment, Clause, Extraction, Fact, Finding, Head, PlanItem, ScoreRule
from extract.regions import region
from extract.relations import relations


def read_document(path: Path, ocr: Ocr = "auto") -> Extraction:
    """The facts of one file; UnreadableFile with one line where its format or content cannot be read."""
    return extract(read_pages(path, ocr))


def extract(reading: Reading) -> Extraction:
    """The facts of what a reader gave."""
    layout = lay_out(reading)
    if not layout.passages:
        raise UnreadableFile("holds no text; if it is a scan, read it with --ocr always")
    head = read_head(layout.passages)
    facts = tuple(grounded(layout, _facts(layout, head)))
    facts += tuple(grounded(layout, owned_thresholds(layout, facts)))
    facts += tuple(document_citations(layout.passages, head))
    facts += tuple(relations(layout.passages, head))
    head = complete_head(head, facts)
    facts += tuple(Finding(kind, "warning", message) for kind, message in reading.doubts)
    facts += tuple(check(layout, facts, head.fields.values()))
    return Extraction(head, reading.format, layout.passages, layout.leftovers, facts)


def _facts(layout: Layout, head: Head) -> Iterator[Fact]:
    """What the families read: first what judges somebody, then what is to be done."""
    codes = Codes()
    place = region(head.region_code) if head.region_code else None
    issued = (head.issued_on or head.printed_on or "")[:4] or None
    named = list(conditions(layout, codes))
    scored = [*scored_tables(layout, place, codes), *scored_prose(layout, place, codes)]
    judging = [*named, *(introduced_conditions(layout, codes) if scored else ()), *scored, *catalogues(layout, codes)]
    doing = [*task_tables(layout, place, codes), *target_tables(layout, place, codes, issued)]
    yield from (*judging, *doing)
    yield from forms(layout)
    taken = {fact.passage for fact in doing if isinstance(fact, PlanItem | Assignment)}
    taken |= {fact.passage for fact in scored if isinstance(fact, Clause)}
    yield from measures(layout, place, codes, any(gives_points(fact) for fact in judging), taken)


def gives_points(fact: Fact) -> bool:
    """Whether a fact makes its document one that judges: veto and basic conditions, points, rules."""
    match fact:
        case ScoreRule():
            return True
        case Clause():
            return fact.points is not None or fact.kind in {"veto", "basic", "catalogue"}
    return False
