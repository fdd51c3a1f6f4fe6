"""Is the text of a cell below a page turn the rest of the cell above it?  Signs, each a log odd, and their sum."""

from __future__ import annotations

from collections.abc import Iterator

from extract.tables.looks import STOPS, numbering_series, value_kind
from extract.tables.profiles import Profile, own_box
from extract.tables.spans import Span
from extract.text import squeezed

SURE = 5.0
OPENERS, CLOSERS = "（(《“〔[【，、,：:—-", "，。；、：！？）)》”〕]】,.;:!?%％"
PAIRS = (("（", "）"), ("《", "》"), ("“", "”"), ("(", ")"))
FEWEST_LENGTHS, TOO_LONG = 3, 1.3  # a text longer than the longest of its column is two, a shorter one is part of one
ROOM = 1.4  # lines; margins and the rounding of a row's height take up less


def goes_on(old: Span, new: Span, profile: Profile, line_height: float | None) -> float:
    """How surely the text of one cell is the rest of the cell above the page turn, -5 … 5."""
    return max(-SURE, min(SURE, sum(_signs(old, new, profile, line_height))))


def _signs(old: Span, new: Span, profile: Profile, line_height: float | None) -> Iterator[float]:
    first, rest = old.text.strip(), new.text.strip()
    if not first:
        # a cell above may be blank because all of its lines moved to the next page
        yield -1.0
        return
    spare = spare_lines(old, line_height)
    if squeezed(first) == squeezed(rest) or (spare is not None and spare >= ROOM):
        yield -SURE
    yield from _values(first, rest, profile)
    yield from _edges(first, rest, profile)
    if profile.line_width:
        # the last line before a cut is full
        yield 0.5 if len(first.rpartition("\n")[2]) >= profile.line_width - 1 else -1.0


def _values(first: str, rest: str, profile: Profile) -> Iterator[float]:
    """What the two texts are, apart and together, against what the column holds."""
    wanted = "number" if profile.kind == "ordinal" else profile.kind
    together = value_kind(first + rest) == wanted
    if profile.is_single:
        # whole only together is one value, whole on both pages are two
        apart = value_kind(first) == wanted and value_kind(rest) == wanted and first[-1] not in OPENERS
        yield -SURE if apart else 4.0 if together else 0.0
    if profile.kind == "names" and together and value_kind(first) != "names":
        # half a name ends as no body does
        yield 3.0
    if profile.kind == "text" and len(profile.texts) >= FEWEST_LENGTHS:
        shortest, longest = profile.lengths
        yield -1.5 if len(squeezed(first + rest)) > TOO_LONG * longest else 0.0
        yield 2.0 if len(squeezed(rest)) < shortest else 0.0
    if profile.series is not None:
        yield -4.0 if numbering_series(rest) == profile.series else 3.0


def _edges(first: str, rest: str, profile: Profile) -> Iterator[float]:
    """How the first text ends and how the second one begins."""
    if rest[0] in CLOSERS:
        yield 4.0
    if first[-1] in OPENERS or any(first.count(a) > first.count(b) for a, b in PAIRS):
        yield 2.5
    if profile.stop:
        yield -1.0 if first[-1] == profile.stop else 2.5
    elif len(profile.texts) < FEWEST_LENGTHS and rest[-1] in STOPS and first[-1] not in STOPS:
        yield 1.5


def spare_lines(span: Span, line_height: float | None) -> float | None:
    """For how many more lines a cell has room; `None` without positions.

    The height of a line holds its share of the cell's margins, so that a full cell has room for less than one.
    """
    box, last = own_box(span), span.parts[-1].text if span.parts else None
    if line_height is None or box is None or last is None:
        return None
    lines = last.count("\n") + 1 if last else 0
    return (box.bbox[3] - box.bbox[1]) / line_height - lines


def is_full(span: Span, line_height: float | None) -> bool:
    """Whether the lines of a cell fill it."""
    spare = spare_lines(span, line_height)
    return spare is not None and spare < ROOM
