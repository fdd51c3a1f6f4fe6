"""Changes from one value to another (占比由2020年的2.1%提高到2025年的3%) → a bound with the first value as baseline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.dates import read_date
from extract.thresholds.fragments import Span
from extract.thresholds.quantities import quantities

_UP, _DOWN = "提高|提升|增加|增长|上升|扩大|增至|升", "降低|下降|减少|缩小|压减|降至|减至|降"
_DATE = r"(?:19|20)\d\d年(?:底|末)?"
_CHANGE = re.compile(
    rf"(?:由|从)(?P<first>(?:(?:{_DATE})|目前|现在|上年)?的?[^，。；到至由从]{{1,12}}?)"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:到|至|为)?(?P<date>{_DATE})?的?(?=\d)"
)


@dataclass(frozen=True, slots=True)
class Change:
    """Where the words of a change stand, which way it goes, its first value as printed, and when it is reached."""

    span: Span
    comparator: str
    value: float
    unit: str
    first: Span
    date: str | None


def read_change(text: str, clause: Span) -> Change | None:
    """The change that a clause of a reading copy states; `None` where it states none.

    >>> text = "研发投入占比由2020年的2.1%提高到2025年的3%"
    >>> change = read_change(text, (0, len(text)))
    >>> change.comparator, change.value, change.unit, text[slice(*change.first)], change.date
    ('>=', 3.0, '%', '2020年的2.1%', '2025')
    """
    match = _CHANGE.search(text, *clause)
    if match is None:
        return None
    reached = next(quantities(text, (match.end(), clause[1])), None)
    before = next(quantities(text, match.span("first")), None)
    if reached is None or before is None or reached.core[0] != match.end() or reached.value is None:
        return None
    comparator = ">=" if match["up"] else "<="
    date = read_date(match["date"]) if match["date"] else None
    return Change((match.start(), reached.span[1]), comparator, reached.value, reached.unit, match.span("first"), date)
