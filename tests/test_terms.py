"""Every example of every file of `extract/terms` reads as it says."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import extract.terms
from extract.announced_counts import announced
from extract.citations import citations
from extract.conditions import combined_methods, condition_kind, holds, is_standard, verification_methods
from extract.departments import department_list, find_departments
from extract.departments.gazetteer import LEVELS
from extract.departments.identities import identity, present_name
from extract.departments.roles import role_of
from extract.document_numbers import doc_numbers, standard_numbers
from extract.duties import partners, read_duties
from extract.editions import edition
from extract.errors import ZhibiaoError
from extract.families.units import heading_sense
from extract.head.addressees import is_salutation, read_addressees
from extract.head.agencies import agencies, without_office
from extract.head.campaign import campaign
from extract.head.kinds import form_mark, title_kind
from extract.head.metadata import metadata_label
from extract.head.titles import mark_beside_title, title_state
from extract.indicator_names import comparable
from extract.promises import (
    is_ratio,
    lesser_post,
    lower_level,
    narrower_scope,
    promises_some,
    refers_to_requirement,
    rhythm,
)
from extract.readers.html_furniture import is_furniture_text
from extract.regions import find_region
from extract.relations import stated
from extract.signs import signs
from extract.tables import column_role
from extract.terms import terms
from extract.thresholds import thresholds
from extract.thresholds.indicators import is_measured
from extract.thresholds.joined_names import read_indicator
from extract.thresholds.predicates import read_predicate
from extract.thresholds.quantities import read_quantity
from kb.simulate.answers import sense_of

TERMS = Path(__file__).parent.parent / "extract" / "terms"

Reader = Callable[[str], object]


def bare_target(printed: str) -> str:
    """The comparator, value and unit that a text without any word of comparison demands, or "-"."""
    found = next(thresholds(printed), None)
    return "-" if found is None or found.value is None else f"{found.comparator} {found.value:g} {found.unit}"


def demand(printed: str) -> str:
    """The indicator and the comparator of the first requirement of a text, or "-"."""
    found = next(thresholds(printed), None)
    return "-" if found is None else f"{found.indicator} {found.comparator}"


def quantity(printed: str) -> str:
    """The first quantity of a text, or "-"."""
    return read_quantity(printed) or "-"


def condition(printed: str) -> str | None:
    """The kind of clause that a heading or a label cell names."""
    kinds = ("bonus", "optional", "total", "contents")
    return condition_kind(printed) or next((kind for kind in kinds if holds(kind, printed)), None)


def section_sense(printed: str) -> str | None:
    """What stands below a heading, or that a paragraph only refers to something else."""
    refers = any(word in printed for word in terms("sections")["reference"]["holds"])
    return heading_sense(printed) or ("reference" if refers else None)


def duty_roles(printed: str) -> str:
    """The roles and bodies of a sentence."""
    return ", ".join(f"{duty.role} {duty.department.name}" for duty in read_duties([printed])) or "-"


def first_sign(printed: str) -> str:
    """What a text looks like first, and by which words, or "-"."""
    found = next(signs(printed), None)
    return "-" if found is None else f"{found.kind}: {found.words}"


def region_code(printed: str) -> str:
    """The code of the region that a title or an issuer names."""
    found = find_region(printed)
    return "-" if found is None else found.code


def times_a_year(printed: str) -> str:
    """The rhythm that a text states, or "-"."""
    found = rhythm(printed)
    return "-" if found is None else f"{found.per_year} {found.word}"


def compared(read: Callable[[str, str], str | None]) -> Reader:
    """A reader of "demand | promise"."""
    return lambda printed: read(*printed.split(" | ")) or "-"


def bodies(printed: str) -> str:
    """The completed names of a list of bodies."""
    return " ".join(body.name for body in department_list(printed))


# one line a file: what reads the left side of its examples; "file.table" for a table that is read in its own way
READERS: dict[str, Reader] = {
    "addressees": lambda printed: " ".join(read_addressees(printed)),
    "answers": lambda printed: next((sense for sense in terms("answers") if sense_of(printed, sense)), "-"),
    "addressees.sentence": lambda printed: printed if is_salutation(printed) else "",
    "agencies": lambda printed: " ".join(agencies(printed)),
    "campaigns": lambda printed: campaign(printed) or "",
    "citations": lambda printed: " ".join(str(cited.title) for cited in citations(printed)),
    "columns": column_role,
    "comparators": quantity,
    "conditions": condition,
    "conditions.standard": lambda printed: "standard" if is_standard(printed) else "-",
    "departments": bodies,
    "document_numbers": lambda printed: " ".join(found.number for found in doc_numbers(printed)),
    "document_numbers.standard_prefix": lambda printed: " ".join(found.number for found in standard_numbers(printed)),
    "duties": duty_roles,
    "duties.partner": lambda printed: ", ".join(f"support {body.name}" for body in partners(printed)) or "-",
    "editions": lambda printed: " ".join(edition(printed)[:2]),
    "counts": lambda printed: f"{found.count} {found.sort}" if (found := announced(printed)) else "-",
    "forms": lambda printed: form_mark(printed) or "",
    "groups": bodies,
    "indicator_names": comparable,
    "indicators": read_indicator,
    "indicators.building": bare_target,
    "indicators.grants": demand,
    "indicators.measured": lambda printed: "measured" if is_measured(printed) else "-",
    "indicators.pairs": demand,
    "indicators.prices": demand,
    "indicators.rates": demand,
    "jurisdictions": region_code,
    "kinds": title_kind,
    "mentions": lambda printed: " ".join(body.name for body in find_departments(printed)) or "-",
    "metadata": lambda printed: metadata_label(printed) or "",
    "offices": without_office,
    "page_furniture": lambda printed: "furniture" if is_furniture_text(printed) else "text",
    "promises": times_a_year,
    "promises.level": compared(lower_level),
    "promises.post": compared(lesser_post),
    "promises.ratio": lambda printed: "ratio" if is_ratio(printed) else "-",
    "promises.requirement": lambda printed: refers_to_requirement(printed) or "-",
    "promises.some": lambda printed: "some" if promises_some(printed) else "-",
    "promises.scope": compared(narrower_scope),
    "references": read_predicate,
    "relations": lambda printed: ", ".join(
        f"{said.relation} {said.title or '-'} {said.number or '-'}" for said in stated(printed)
    ),
    "roles": lambda printed: role_of(printed) or "-",
    "sections": section_sense,
    "signs": first_sign,
    "successions": lambda printed: present_name(identity(printed, None)),
    "suffixes": bodies,
    "title_marks": lambda printed: mark_beside_title(printed) or "",
    "titles": title_state,
    "trends": read_predicate,
    "units": quantity,
    "units.stands_for": demand,
    "verification": lambda printed: "；".join(verification_methods(printed)),
    "verification.combined": lambda printed: "；".join(combined_methods(printed)),
}


def examples(node: Any, table: str = "") -> Iterator[tuple[str, str, str]]:
    """The examples under a node of a file, as (top table, printed, reading)."""
    if isinstance(node, dict):
        for key, below in node.items():
            if key == "examples":
                for example in below:
                    printed, _, reading = example.partition(" = ")
                    yield table, printed, reading
            else:
                yield from examples(below, table or key)
    elif isinstance(node, list):
        for below in node:
            yield from examples(below, table)


FILES = {path.stem: list(examples(tomllib.loads(path.read_text("utf-8")))) for path in sorted(TERMS.glob("*.toml"))}
READ = [(name, *example) for name, found in FILES.items() if name in READERS for example in found]


@pytest.mark.parametrize("name", [name for name, found in FILES.items() if found])
def test_every_file_with_examples_has_a_reader(name: str) -> None:
    """A file whose examples nobody runs is a defect: register its reader in READERS."""
    assert name in READERS


def test_a_broken_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which file of words is no TOML, and where, in one line: not the document that was about to be read."""
    (tmp_path / "units.toml").write_text("[a\n", encoding="utf-8")
    monkeypatch.setattr(extract.terms, "files", lambda _: tmp_path)
    with pytest.raises(ZhibiaoError, match=r"^extract/terms/units\.toml is no TOML: .*line 1"):
        terms.__wrapped__("units")


def test_a_name_of_a_body_means_one_body() -> None:
    """No name stands under two official ones, and none is another body's behind the word of a level (市+监委)."""
    official: dict[str, set[str]] = defaultdict(set)
    for entry in terms("departments")["body"]:
        for full, shorts in entry["names"].items():
            for name in (full, *shorts):
                official[name].add(full)
    assert {name: found for name, found in official.items() if len(found) > 1} == {}
    behind = [(name, name.removeprefix(level)) for name in official for level in LEVELS if name.startswith(level)]
    assert [pair for pair in behind if official[pair[0]] != official.get(pair[1], official[pair[0]])] == []


@pytest.mark.parametrize(("name", "table", "printed", "reading"), READ)
def test_example(name: str, table: str, printed: str, reading: str) -> None:
    """The left side of an example reads as its right side."""
    read = READERS.get(f"{name}.{table}", READERS[name])
    assert str(read(printed)) == reading
