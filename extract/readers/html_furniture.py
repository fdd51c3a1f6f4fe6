"""What of a web page is its frame and no document: landmarks, lists of links, short lines of a site's words."""

from __future__ import annotations

import re
from functools import cache

from extract.readers.html_measure import Measures
from extract.readers.html_shown import shown_text
from extract.readers.html_tree import Node
from extract.terms import terms
from extract.text import squeezed

LANDMARKS = {"nav", "aside", "footer", "form", "menu"}
ROLES = {"navigation", "contentinfo", "search", "complementary", "banner", "menu", "menubar", "toolbar"}
LONGEST_LINE, LONGEST_FOOT = 120, 800  # characters of a line, of a foot, that words may show to be furniture
MOST_BESIDE = 25  # characters beside two or more such words: the name of a source
FEWEST_LINKS, LINKED_SHARE = 3, 0.6
STOPS = re.compile(r"[,;、。]")  # squeezed text has the full-width comma as a plain one
# dates, clock times, figures and marks say nothing of what a line is
NEUTRAL = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|[\W\d_]+")


@cache
def _words(entry: str) -> tuple[str, ...]:
    return tuple(sorted((squeezed(word) for word in terms("page_furniture")[entry][0]["words"]), key=len, reverse=True))


@cache
def _frame() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _words("frame"))))


def is_furniture_text(text: str) -> bool:
    """Whether the words of a line show that it belongs to the frame of a page.

    >>> is_furniture_text("字体：[大 中 小] 打印 关闭"), is_furniture_text("打印设备由市财政局采购")
    (True, False)
    """
    bare = squeezed(text)
    if len(bare) <= LONGEST_FOOT and any(word in bare for word in _words("site")):
        return True
    if not bare or len(bare) > LONGEST_LINE:
        return False
    if re.match(rf"\W*(?:{'|'.join(_words('beginning'))})[是为]?[：:>\s]", bare):
        return True
    found = len(_frame().findall(bare))
    beside = len(NEUTRAL.sub("", _frame().sub("", bare)))
    return not STOPS.search(bare) and found >= 1 and beside <= (MOST_BESIDE if found >= 2 else 0)


def is_landmark(node: Node, measures: Measures) -> bool:
    """A part that the page itself marks as its frame; one that holds most of the page (a form around all) is none."""
    marked = node.tag in LANDMARKS or node.role in ROLES
    return marked and measures.of(node).weight * 2 <= measures.total


def is_link_list(node: Node, measures: Measures) -> bool:
    """Several links with little text between them, and no list of attachments."""
    measure = measures.of(node)
    if measure.links < FEWEST_LINKS or measure.linked < LINKED_SHARE * measure.chars:
        return False
    return measure.attached * 2 < measure.links


def is_furniture(node: Node, measures: Measures) -> bool:
    """Whether a block is part of the frame; a table of data is judged by its links alone."""
    if is_landmark(node, measures) or is_link_list(node, measures):
        return True
    short = measures.of(node).chars <= LONGEST_FOOT and not measures.is_data(node)
    return short and is_furniture_text(shown_text(node))
