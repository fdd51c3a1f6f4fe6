"""Paragraphs that a page turn, a line end in an open bracket or one behind their number cut in two → whole ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.head.agencies import agencies
from extract.outline import read_numbering
from extract.pages import Block

CLOSED = re.compile(r"[。！？；：!?;:…][”’』」》）)〕］\]】]*$")
NAMING = re.compile(
    r"[（(〔\[][^（(〔\[]*(?:[：:]|负责|牵头|落实)[^（(〔\[]*[)）〕\]]$"
)  # who answers: it closes its paragraph
LABEL = re.compile(r"^[\u4e00-\u9fff（）()\s]{1,8}[：:]")
PROSE = re.compile(r"[，、。；,;]")
LONGEST_OPEN = 200  # characters from a bracket to the end of a line or page that cuts it
SHORTEST_PROSE = 25  # an unfinished paragraph shorter than this is a title, not prose cut by a page turn
# a number of prose that stands alone in its line; a bare figure may be a cell
ALONE = re.compile(
    r"\s*(?:第[〇零一二三四五六七八九十百\d]+条|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])\s*"
)
LONGEST_REST = 12  # characters of a heading that stand on the next page


def rejoined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Paragraphs that a page turn cut in two are put together."""
    open_block: Block | None = None
    for block in blocks:
        if open_block is not None and _cut_by_page(open_block, block):
            raw = None
            if open_block.raw or block.raw:
                raw = f"{open_block.raw or open_block.text}\n{block.raw or block.text}"
            place = replace(open_block.place, boxes=open_block.place.boxes + block.place.boxes)
            open_block = replace(open_block, text=open_block.text + block.text, raw=raw, place=place)
            continue
        if open_block is not None:
            yield open_block
        open_block = block
    if open_block is not None:
        yield open_block


def _is_open(text: str) -> bool:
    """Whether a bracket that the text opens near its end is not closed."""
    tail = text[-LONGEST_OPEN:]
    return len(text) >= SHORTEST_PROSE and max(tail.rfind("（"), tail.rfind("(")) > max(
        tail.rfind("）"), tail.rfind(")")
    )


def _cut_by_page(above: Block, below: Block) -> bool:
    if above.level is not None or below.level is not None:
        return False
    if _is_open(above.text):
        return True  # a bracket goes on: （责 + 任单位：…）
    if ALONE.fullmatch(above.text):
        return read_numbering(below.text) is None
    if below.lead:
        return False
    if above.place.boxes and above.place.page == below.place.page and above.place.boxes[-1].page == below.place.page:
        return False  # on one page the place of the lines has told already
    if (
        CLOSED.search(above.text)
        or NAMING.search(above.text)
        or read_numbering(below.text)
        or LABEL.match(below.text)
        or below.text[0] in "（("
    ):
        return False
    if LABEL.match(above.text) and agencies(below.text):
        return False  # the signature under the last list of bodies
    if above.text[-1] in "，、,":
        return True
    if len(above.text) >= SHORTEST_PROSE and PROSE.search(above.text):
        return True
    # the rest of a heading on the next page: a few words that are no sentence of their own
    turned = above.place.page is not None and below.place.page != above.place.page
    rest = len(below.text) <= LONGEST_REST and not CLOSED.search(below.text) and not PROSE.search(below.text)
    return turned and rest and read_numbering(above.text) is not None
