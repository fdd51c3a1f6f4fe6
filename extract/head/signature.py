"""Who issued a document and when: letterhead, signature with its date, 题注, title, imprint at the end.

Every reading comes with the ordinal of the passage it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.dates import read_date
from extract.head.agencies import agencies, without_office
from extract.head.titles import Line, Title

_FIGURE = r"[\d〇○零Oo一二三四五六七八九十]"
_DATE = rf"(?:19|20|[一二]|１９|２０){_FIGURE}{{2,3}}\s*年\s*{_FIGURE}{{1,3}}\s*月(?:\s*{_FIGURE}{{1,3}}\s*日)?"
_DATED = re.compile(rf"^[（(]?(?P<before>[^\d，。；：]{{0,60}}?)\s*(?P<date>{_DATE})\s*[）)]?$")
_PRINTED = re.compile(rf"^(?P<before>[^，。；：]{{0,60}}?)\s*(?P<date>{_DATE})\s*印\s*[发制]$")
_ADOPTED = re.compile(rf"^[（(]\s*(?P<date>{_DATE})[^《》]*(?:通过|发布|公布|印发|批准)")
_LETTERHEAD = re.compile(r"^(.+?)(?:文\s*件|令|公\s*告)$")
_FORWARDING = re.compile(r"(.+?)\s*(?:关于|印发|转发|批转|公布)", re.S)
_SIGNATURE_LINES = 6  # lines above the date in which the signature stands
_LETTERHEAD_LINES = 8  # lines above the title in which the letterhead stands
_WHOLE_DAY = len("2013-07-15")

Issuers = tuple[tuple[str, ...], int]
Date = tuple[str, int]


class Signed(NamedTuple):
    """Bodies and a date as they stand together, each with its passage."""

    issuers: Issuers | None = None
    date: Date | None = None


def letterhead(lines: Sequence[Line], title: Title | None) -> Issuers | None:
    """The bodies above the title: X文件, X令, or names alone; names above the one with 文件 issue jointly."""
    last = title.first if title else min(len(lines), _LETTERHEAD_LINES)
    above = list(lines[max(0, last - _LETTERHEAD_LINES) : last])
    for place, line in enumerate(above):
        match = _LETTERHEAD.match(line.text)
        if match and (bodies := agencies(match[1])):
            joint = [name for other in above[:place] for name in agencies(other.text)]
            return (*joint, *bodies), line.passage.ordinal
    return next(((bodies, line.passage.ordinal) for line in above if (bodies := agencies(line.text))), None)


def _signers(above: Sequence[Line], date: Line, before: str) -> Issuers | None:
    """The bodies beside the date, or on the lines directly above it (附件 and notes may come between)."""
    if bodies := agencies(before):
        return bodies, date.passage.ordinal
    found: Issuers | None = None
    for line in reversed(above[-_SIGNATURE_LINES:]):
        if bodies := agencies(line.text):
            found = (*bodies, *(found[0] if found else ())), line.passage.ordinal
        elif found or line.bare.endswith("。"):
            break
    return found


def _signatures(lines: Sequence[Line], start: int) -> Iterator[Signed]:
    """Every date that stands alone or after its bodies; a month without a day counts only with bodies."""
    for line in lines[start:]:
        match = _DATED.match(line.text)
        date = read_date(match["date"]) if match else None
        if match is None or date is None or (match["before"].strip() and not agencies(match["before"])):
            continue
        issuers = _signers(lines[start : line.index], line, match["before"])
        if issuers or len(date) == _WHOLE_DAY:
            yield Signed(issuers, (date, line.passage.ordinal))


def signature(lines: Sequence[Line], title: Title | None, start: int) -> Signed:
    """The first signed date from line `start`, else the first date alone, else the date of the 题注 under the title."""
    found = list(_signatures(lines, start))
    if found:
        return next((signed for signed in found if signed.issuers), found[0])
    under = title.last + 1 if title else 0
    for line in lines[under : under + 3]:
        match = _ADOPTED.match(line.text)
        if match and (date := read_date(match["date"])):
            return Signed(date=(date, line.passage.ordinal))
    return Signed()


def title_issuers(lines: Sequence[Line], title: Title | None) -> Issuers | None:
    """The bodies in front of 关于 or 印发 in the title as printed, with the spaces between joint issuers."""
    if title is None:
        return None
    match = _FORWARDING.match("\n".join(line.text for line in lines[title.first : title.last + 1]))
    bodies = agencies(match[1]) if match else ()
    return (bodies, lines[title.first].passage.ordinal) if bodies else None


def imprint(lines: Sequence[Line]) -> Signed:
    """The last line that ends with 印发: the body that printed the document (without its office) and the day."""
    for line, above in zip(reversed(lines), (*reversed(lines[:-1]), None), strict=False):
        match = _PRINTED.match(line.text)
        date = read_date(match["date"]) if match else None
        if match is None or date is None:
            continue
        source = line if match["before"].strip() else above
        bodies = agencies(match["before"].strip() or (above.text if above else ""))
        issuers = (tuple(map(without_office, bodies)), source.passage.ordinal) if bodies and source else None
        return Signed(issuers, (date, line.passage.ordinal))
    return Signed()


def issuers(
    above: Issuers | None, signed: Issuers | None, others: Sequence[Issuers | None], titled: Issuers | None
) -> Issuers | None:
    """Of letterhead and signature the one that names more (a letterhead may carry the first of several only).

    Without both, the first of the others that names anybody.  A name that a line break cut off is completed from the
    title.
    """
    found = signed if signed and (above is None or len(signed[0]) > len(above[0])) else above
    found = found or next((other for other in others if other), None)
    alone = found[0][0] if found and len(found[0]) == 1 else None
    if alone and titled and any(name != alone and name.endswith(alone) for name in titled[0]):
        return titled
    return found
