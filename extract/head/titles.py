"""The title of a document: which lines it runs over and where it stands, wherever the file keeps it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extract.document_numbers import number_alone
from extract.head.agencies import agencies
from extract.head.digests import is_digest_note
from extract.outline import read_numbering
from extract.records import Passage
from extract.terms import terms
from extract.text import compact

_MOST_LINES = 6
_LONGEST_LINE = 120
_NEAR_NUMBER = 6  # lines between the 文号 and the title
_FOREWORD = 40  # lines in which a document without a 文号 has its title
_SHORTEST_CELL = 8  # a shorter one is the head of a column: 评分标准
_BRACKETS = {"《": "》", "“": "”", "（": "）", "〈": "〉"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document: `text` without marks of markup, `index` its place among the lines."""

    index: int
    text: str
    passage: Passage

    @property
    def bare(self) -> str:
        """The text without layout spaces."""
        return compact(self.text)


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the lines `first` to `last` it stands on."""

    text: str
    first: int
    last: int


def lines(passages: Sequence[Passage]) -> list[Line]:
    """The lines of all passages outside tables."""
    texts = [
        (text, passage)
        for passage in passages
        if passage.kind != "cell"
        for line in passage.text.splitlines()
        if (text := re.sub(r"^#+\s*|\*\*", "", line.strip()))
    ]
    return [Line(index, text, passage) for index, (text, passage) in enumerate(texts)]


@cache
def _words(entry: str) -> str:
    return "|".join(sorted(terms("titles")[entry][0]["words"], key=len, reverse=True))


def title_state(text: str) -> Literal["closed", "waiting", "open"]:
    """How far a title has come: closed, waiting for 的通知 after 印发, or open.

    >>> title_state("甲市创建全国质量强市示范城市"), title_state("关于印发工作方案"), title_state("工作方案（试行）")
    ('open', 'waiting', 'closed')
    """
    plain = text.replace("(", "（").replace(")", "）").replace("〔", "（").replace("〕", "）")
    balanced = all(plain.count(opening) == plain.count(closing) for opening, closing in _BRACKETS.items())
    if not balanced or not re.search(rf"(?:{_words('form')})》?(?:（[^（）]*）|“[^”]*”)*$", plain):
        return "open"
    waits = re.search(_words("waiting"), plain) and not re.search(rf"(?:{_words('carrier')})(?:（[^（）]*）)*$", plain)
    return "waiting" if waits else "closed"


def mark_beside_title(text: str) -> str | None:
    """The mark that a line near a title begins with: 附件, 加急, 签发人, 主题词; None for other lines.

    >>> mark_beside_title("加 急"), mark_beside_title("附件2"), mark_beside_title("附件管理办法实施细则")
    ('加急', '附件', None)
    """
    words = "|".join(terms("title_marks")["mark"][0]["words"])
    match = re.match(rf"({words})(?![一-龥]{{6}})", compact(text))
    return match[1] if match else None


def _is_letterhead(text: str) -> bool:
    match = re.match(r"(.+?)(?:文\s*件|令|公\s*告)$", text)
    return match is not None and bool(agencies(match[1]))


def _may_be_title(line: Line) -> bool:
    bare = line.bare
    return (
        len(bare) <= _LONGEST_LINE
        and not re.search(r"[。；;：:，,！!？?…_]$|[：:]|^\d+$|^[-—\d\s]+$|^https?|^(.)\1{4,}$", bare)
        and mark_beside_title(bare) is None
        and not is_digest_note(bare)
        and not re.fullmatch(r"[（(]?[\d〇○零一二三四五六七八九十]{4}年[^年]{2,6}日?[）)]?(?:印发)?", bare)
        and not _is_letterhead(line.text)
        and number_alone(bare) is None
        and read_numbering(bare) is None
        and re.search(r"[一-龥]", bare) is not None
    )


def _goes_on(line: Line, state: str) -> bool:
    """Whether a line belongs to a title that could end before it."""
    bare = line.bare
    if re.fullmatch(r"[（(][^（）()]{1,40}[）)]", bare):  # （试行）, but neither 题注 nor the year of a form
        return not re.search(r"通过|发布|公布|年度|此件|联系|号[）)]$", bare)
    if bare.startswith(("的", "及", "和", "与", "》")) or re.match(r"[（(].*[）)].*通知$", bare):
        return True
    return state == "waiting" and title_state(bare) != "open" and bare.endswith(("通知", "函"))


def block(all_lines: Sequence[Line], first: int) -> Title | None:
    """The title that begins on a line, put together from the lines it runs over, or None.

    A line that is only a body's name begins a title where the next one goes on with 关于 or 印发.
    """
    text, last, state = "", first - 1, "open"
    for line in all_lines[first : first + _MOST_LINES]:
        if not _may_be_title(line) or (state != "open" and not _goes_on(line, state)):
            break
        is_body = bool(agencies(line.text))
        if is_body and not _leads_title(all_lines, line.index):
            break
        text, last = text + line.bare, line.index
        state = title_state(text)
    return Title(compact(text), first, last) if state != "open" else None


def _leads_title(all_lines: Sequence[Line], index: int) -> bool:
    """Whether the lines after a body's name go on, over other bodies' names, with 关于 or 印发."""
    following = "".join(line.bare for line in all_lines[index + 1 : index + 4] if not agencies(line.text))
    # the rest of a name that a line break cut off may come first, another whole name begins another title
    rest = terms("agencies")["generic"][0]["words"]
    return re.match(rf"(?:{'|'.join(rest)})?(?:关于|印发|转发|批转)", following) is not None


def _begins_title(line: Line) -> bool:
    begins = r"[“《]|关于|印发|转发|全国|国家|中共|中华|\d{4}年|.{2,12}[省市县区州盟旗]|.{2,30}关于"
    return re.match(begins, line.bare) is not None or bool(agencies(line.text))


def _blocks(all_lines: Sequence[Line], first: int, last: int) -> list[Title]:
    """The titles that begin between two lines and do not overlap, the best beginning of each."""
    found: list[Title] = []
    for index in range(max(first, 0), min(last, len(all_lines))):
        title = block(all_lines, index)
        if title is None:
            continue
        if not found or title.first > found[-1].last:
            found.append(title)
        elif title.last == found[-1].last and not _begins_title(all_lines[found[-1].first]):
            found[-1] = title if _begins_title(all_lines[index]) else found[-1]
    return found


def _is_salutation(line: Line) -> bool:
    return line.bare.endswith(("：", ":")) and len(line.bare) <= 250


def title_beside(all_lines: Sequence[Line], number: int) -> Title | None:
    """The title nearest to the 文号: after it and before the body, else directly before it."""
    for line in all_lines[number + 1 : number + 1 + _NEAR_NUMBER]:
        # between number and title there is nothing that could be taken for its beginning
        if title := block(all_lines, line.index):
            return title
        if _is_salutation(line) or line.bare.endswith("。"):
            break
    before = [title for title in _blocks(all_lines, number - 2 * _NEAR_NUMBER, number) if title.last < number]
    return before[-1] if before and number - before[-1].last <= 3 else None


def read_title(all_lines: Sequence[Line], number: int | None) -> Title | None:
    """The main title: beside the 文号 (`number` is its line), else of a notice with addressees, else the first."""
    if number is not None and (title := title_beside(all_lines, number)):
        return title
    found = _blocks(all_lines, 0, len(all_lines))
    for title in found:
        following = all_lines[title.last + 1 : title.last + 3]
        if re.search(rf"(?:{_words('carrier')})$", title.text) and any(map(_is_salutation, following)):
            return title
    return next((title for title in found if title.first < _FOREWORD), None)


def title_in_cells(passages: Sequence[Passage]) -> Passage | None:
    """The first cell of the first rows that reads like a title: spreadsheets keep it in a merged cell."""
    cells = [passage for passage in passages[:_FOREWORD] if passage.kind == "cell"]
    long = (cell for cell in cells if len(cell.text) >= _SHORTEST_CELL)
    return next((cell for cell in long if title_state(compact(cell.text)) != "open"), None)
