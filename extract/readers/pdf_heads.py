"""What stands at the top and foot of the pages and is no text of the document: page numbers and running heads.

A page number is told by its form, a bare figure by its counting with the pages; a running head by its coming again at
the same height.  A first copy that is printed like a title, or that alone names the 文号, stays text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from extract.readers.pdf_lines import Line
from extract.readers.pdf_strips import Strip
from extract.text import squeezed

MARGIN = 0.16  # share of the page's height at its top and foot
FEWEST_PAGES, SHARE = 3, 0.3
OUTER = 3  # lines from the top or foot of a page that may be heads
TITLE_SIZE = 1.15  # of the body's size
DASH = "[-—–－―─·•~]"
MARKED = re.compile(
    rf"{DASH}{{1,3}}\d{{1,4}}{DASH}{{1,3}}|第\d{{1,4}}页(?:[,，/]?共\d{{1,4}}页)?|[Pp]age\d{{1,4}}(?:of\d{{1,4}})?"
    r"|共\d{1,4}页[,，/]?第\d{1,4}页|\d{1,4}/\d{1,4}"
)
INSIDE = re.compile(r"第\d{1,4}页|\d{1,4}/\d{1,4}$|(?<=[-—])\d{1,4}(?=[-—])")
BARE = re.compile(r"\d{1,4}")
NUMBERED = re.compile(r"[〔\[【（(]\d{4}[〕\]】）)]")


def heads(strips: Sequence[Strip]) -> list[dict[int, str]]:
    """For every strip the lines that are page numbers or running heads: index → `page_number` or `running_head`."""
    found: list[dict[int, str]] = [{} for _ in strips]
    for index, kind in _numbers(strips):
        found[index[0]][index[1]] = kind
    for index in _repeated(strips, found):
        found[index[0]][index[1]] = "running_head"
    return found


def marked_number(text: str) -> int | None:
    """The figure of a page number printed as one; `None` for any other text.

    >>> marked_number("— 12 —"), marked_number("第 3 页 共 9 页"), marked_number("12"), marked_number("第3页起")
    (12, 3, None, None)
    """
    bare = squeezed(text)
    if not MARKED.fullmatch(bare):
        return None
    figures = re.findall(r"\d+", bare)
    return int(figures[-1] if bare.startswith("共") else figures[0])


def _outer(strip: Strip) -> list[int]:
    """The lines in the margins, those nearest to the edge only."""
    last = len(strip.lines)
    near = {*range(min(OUTER, last)), *range(max(0, last - OUTER), last)}
    top, foot = MARGIN * strip.height, (1 - MARGIN) * strip.height
    return sorted(i for i in near if strip.lines[i].bottom < top or strip.lines[i].top > foot)


def _numbers(strips: Sequence[Strip]) -> list[tuple[tuple[int, int], str]]:
    marked, bare = [], []
    for at, strip in enumerate(strips):
        for i in _outer(strip):
            text = squeezed(strip.lines[i].text)
            if marked_number(text) is not None:
                marked.append(((at, i), "page_number"))
            elif BARE.fullmatch(text):
                bare.append(((at, i), int(text) - at))
    # bare figures are page numbers where they count with the pages
    counts = Counter(offset for _, offset in bare)
    return marked + [(index, "page_number") for index, offset in bare if counts[offset] >= min(2, len(strips))]


def _repeated(strips: Sequence[Strip], found: Sequence[dict[int, str]]) -> Iterable[tuple[int, int]]:
    places: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for at, strip in enumerate(strips):
        for i in _outer(strip):
            if i not in found[at]:
                line = strip.lines[i]
                # a page number inside a head changes from page to page, 附件1 and 附件2 are no head
                key = INSIDE.sub("#", squeezed(line.text))
                places[key, round(line.base / 4)].append((at, i))
    least = max(FEWEST_PAGES, SHARE * len(strips)) if len(strips) > FEWEST_PAGES else max(2, len(strips))
    body = _body_size(strips)
    for copies in places.values():
        if len({at for at, _ in copies}) >= least:
            first = strips[copies[0][0]].lines[copies[0][1]]
            # on so few pages a title printed on each is as likely as a head
            stays = len(strips) <= FEWEST_PAGES or _stays(first, body, strips)
            yield from copies[1:] if stays else copies


def _body_size(strips: Sequence[Strip]) -> float:
    sizes: Counter[float] = Counter()
    for strip in strips:
        for line in strip.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _stays(first: Line, body: float, strips: Sequence[Strip]) -> bool:
    """Whether the first copy is text: a title, or the only place with the 文号."""
    if first.size > TITLE_SIZE * body:
        return True
    text = squeezed(first.text)
    if not NUMBERED.search(text):
        return False
    return not any(text in squeezed(line.text) != text for strip in strips for line in strip.lines)
