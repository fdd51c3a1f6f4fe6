"""One text → spans of departments, indicators, thresholds, points, deadlines, citations and words of roles.

Each recogniser calls the functions that extraction calls; nothing is recognised here.  What a table says of a cell (it
lists bodies, holds a date or a figure) stands outside its text: `Context` says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from extract.awards import unwrapped
from extract.citations import citations
from extract.dates import deadline_spans, read_period
from extract.departments import department_list, find_departments
from extract.departments.roles import role_of, role_spans
from extract.duties import LABEL, read_duties
from extract.duty_brackets import labelled_deadlines
from extract.families.units import dated_heading, validity
from extract.families.value_columns import is_value
from extract.measured import prose_thresholds, rule_thresholds
from extract.outline import read_numbering
from extract.records import Threshold
from extract.regions import Region
from extract.scoring import score_rules, trusted_awards
from extract.spans.words import Words
from extract.thresholds import thresholds

Label = Literal["DEPARTMENT", "INDICATOR", "THRESHOLD", "POINTS", "DEADLINE", "CITATION", "ROLE"]
LABELS: tuple[Label, ...] = get_args(Label)
_LONGEST_CELL = 30  # characters of a cell that is a date and nothing else


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a text from outside: whose document it is, what its cell holds, what its clause measures.

    `parts` are stretches that extraction reads by themselves: the text of a task, the title of a clause.
    """

    region: Region | None = None
    holds: Literal["names", "date", "value", "prose"] | None = None  # None: nothing is known
    indicator: str | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A span of a text; `name` is the reading beside the print: 市财政局 of 财政局, a role, a date."""

    start: int
    end: int
    label: Label
    name: str = ""


def marks(text: str, context: Context | None = None) -> list[Mark]:
    """Everything that is recognised in a text, from left to right.

    >>> text = "由市质监局牵头，抽检合格率达到95%以上，2028年底前完成。"
    >>> [(mark.label, text[mark.start : mark.end]) for mark in marks(text)]
    [('DEPARTMENT', '市质监局'), ('ROLE', '牵头'), ('INDICATOR', '抽检合格率'), ('THRESHOLD', '抽检合格率达到95%以上'), ('DEADLINE', '2028年底前')]
    """  # noqa: E501
    return sorted(mark for label in LABELS for mark in recognised(label, text, context))


def recognised(label: Label, text: str, context: Context | None = None) -> list[Mark]:
    """What one recogniser finds in a text, each place once, from left to right."""
    return sorted(set(RECOGNISERS[label](text, context or Context())))


def departments(text: str, context: Context) -> Iterator[Mark]:
    """Bodies of a list, or those in running text with those that labels and brackets name."""
    if context.holds == "names":
        for body in department_list(text, context.region):
            yield Mark(body.start, body.end, "DEPARTMENT", body.name)
        return
    words, taken = Words.of(text), list[Mark]()
    for duty in read_duties([text], context.region):
        body = duty.department
        place = words.place(body.raw, max((mark.end for mark in taken), default=0))
        if place is not None:
            taken.append(Mark(*place, "DEPARTMENT", body.name))
    yield from taken
    for body in find_departments(text, context.region):
        if not any(body.start < mark.end and mark.start < body.end for mark in taken):
            yield Mark(body.start, body.end, "DEPARTMENT", body.name)


def demanded(text: str, context: Context) -> Iterator[Threshold]:
    """The thresholds of a text: of its score rules, of the parts that are read alone, of its prose."""
    rules = list(score_rules(text, None, "1", 0))
    yield from rule_thresholds(rules, {"1": context.indicator} if context.indicator else {})
    for part in context.parts:
        yield from thresholds(part)
    yield from prose_thresholds(text)


def threshold_marks(text: str, context: Context) -> Iterator[Mark]:
    """The printed fragments of thresholds; a cell of values is one whole."""
    if context.holds == "value" and is_value(text):
        yield from _whole(text, "THRESHOLD", context.indicator or "")
    words, last = Words.of(text), ("", 0)
    for found in demanded(text, context):
        # the next fragment of the same words is the next one printed
        place = words.place(found.text, last[1] if found.text == last[0] else 0)
        if place is not None:
            last = (found.text, place[1])
            yield Mark(*place, "THRESHOLD", found.indicator)


def indicators(text: str, context: Context) -> Iterator[Mark]:
    """What the thresholds of a text measure, where the name is in one piece: beside its figure, else where it is."""
    words = Words.of(text)
    for found in demanded(text, context):
        fragment = words.place(found.text)
        inside = Words.of(text[slice(*fragment)]).place(found.indicator) if fragment else None
        if fragment and inside:
            yield Mark(fragment[0] + inside[0], fragment[0] + inside[1], "INDICATOR", found.indicator)
        elif (place := words.place(found.indicator)) is not None:
            yield Mark(*place, "INDICATOR", found.indicator)


def points(text: str, context: Context) -> Iterator[Mark]:
    """The words that give or take points: 得20分, （5分）, 每下降0.5%减1分."""
    plain, origin = unwrapped(text), list[int]()
    at = 0
    for char in plain:  # only line breaks were taken away
        at = text.index(char, at)
        origin.append(at)
        at += 1
    for award in trusted_awards(text):
        if award.end > award.start:
            amount = "" if award.points is None else f"{award.points:g}"
            yield Mark(origin[award.start], origin[award.end - 1] + 1, "POINTS", amount)


def deadlines(text: str, context: Context) -> Iterator[Mark]:
    """Until when something is done: a sentence that says so, a label, a cell of dates."""
    said = [(start, end, read_period(date)) for start, end, date in deadline_spans(text)]
    said += labelled_deadlines(text)
    if (valid := validity(text)) is not None:
        said.append(valid)
    if (place := dated_heading(text)) is not None and read_numbering(text) is not None:
        said.append((*place, read_period(text[slice(*place)])))
    if context.holds in ("date", None) and not said and len(text) <= _LONGEST_CELL:
        said += [(mark.start, mark.end, read_period(text)) for mark in _whole(text, "DEADLINE")]
    for start, end, (begins, ends) in said:
        if begins or ends:
            yield Mark(start, end, "DEADLINE", "/".join(filter(None, (begins, ends))))


def cited(text: str, context: Context) -> Iterator[Mark]:
    """Documents that a text names, with their numbers."""
    for one in citations(text):
        yield Mark(one.start, one.end, "CITATION", one.number or one.title or "")


def roles(text: str, context: Context) -> Iterator[Mark]:
    """Words that say what a body does: a column's or a line's label, a verb in a sentence."""
    found = [(span.start, span.end, span.role) for span in role_spans(text)]
    labels = [(match.span("label"), role_of(match["label"])) for match in LABEL.finditer(text)]
    if context.holds != "names" and (whole := role_of(text)) is not None:
        labels += [((mark.start, mark.end), whole) for mark in _whole(text, "ROLE")]
    for (start, end), role in labels:
        if role is not None:
            found = [one for one in found if one[1] <= start or end < one[0]]
            found.append((start, end, role))
    bodies = department_list(text, context.region) if context.holds == "names" else ()
    named = [(body.start, body.end) for body in bodies]  # 成员单位 of a list is a body
    for start, end, role in found:
        if any(first <= start and end <= last for first, last in named):
            continue
        yield Mark(start, end - text[start:end].endswith((":", "：")), "ROLE", role)


def _whole(text: str, label: Label, name: str = "") -> Iterator[Mark]:
    """The whole text without the white space around it."""
    if plain := text.strip():
        start = text.index(plain)
        yield Mark(start, start + len(plain), label, name)


RECOGNISERS: dict[Label, Callable[[str, Context], Iterator[Mark]]] = {
    "DEPARTMENT": departments, "INDICATOR": indicators, "THRESHOLD": threshold_marks, "POINTS": points,
    "DEADLINE": deadlines, "CITATION": cited, "ROLE": roles,
}  # fmt: skip
