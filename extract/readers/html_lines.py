"""The inline text of a block → its lines: white space as browsers show it, indents, bold beginnings, own characters.

Ideographic and no-break spaces at the beginning of a line are its indent; inside it every run of spaces is one.
White space that only wraps the source between two Chinese characters is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from extract.pages import Block, Place
from extract.readers.text import INVISIBLE

WRAPS = re.compile(r"[ \t\r\n\f]*[\r\n][ \t\r\n\f]*")
SOFT = re.compile(r"[ \t\r\n\f]+")
INDENT = re.compile(r"[ \t\r\n\f]*([\xa0\u2000-\u200a\u3000][\s]*)?")
BOXES = {"☐", "☑"}  # check boxes
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one text node; `made` ones are shown but stand in no text of the source (numbers of a list)."""

    text: str
    line: int | None
    bold: bool = False
    made: bool = False


@dataclass
class Line:
    """The pieces between two line breaks; what it shows is asked for when it has all of them."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def says(self) -> bool:
        """Whether the line has words; the number of an empty list item alone has none."""
        numbered = all(piece.made and piece.text not in BOXES for piece in self.pieces)
        return not numbered and bool(self.text.strip())

    @cached_property
    def text(self) -> str:
        """What is shown, with its indent."""
        return shown("".join(piece.text for piece in self.pieces))

    @property
    def lead(self) -> str:
        """The bold words at its beginning."""
        words = ""
        for piece in self.pieces:
            if piece.text.strip() and not piece.bold:
                break
            words += piece.text
        return shown(words).strip()

    @property
    def raw(self) -> str | None:
        """The characters of the source where they are not those shown."""
        given = "".join(piece.text for piece in self.pieces if not piece.made)
        return given.strip() if "".join(given.split()) != "".join(self.text.split()) else None

    @property
    def place(self) -> Place:
        return Place(line=next((piece.line for piece in self.pieces if piece.text.strip()), None))

    def block(self) -> Block:
        """The line as a block that still has its indent."""
        return Block(self.text, self.place, self.raw, lead=self.lead)


def shown(text: str) -> str:
    """A line as a browser shows it, invisible and private characters left out.

    >>> shown("\\n  　　质量\\n  强市&nbsp;A\\n B".replace("&nbsp;", "\\xa0"))
    '\\u3000\\u3000质量强市 A B'
    """
    text = "".join(
        c for c in text if c in "\t\r\n\f" or (c not in INVISIBLE and unicodedata.category(c) not in {"Co", "Cc"})
    )
    found = INDENT.match(text)
    indent = SOFT.sub("", found[1] or "") if found else ""
    rest = WRAPS.sub(_wrapped, text[found.end() if found else 0 :])
    return (indent + SPACES.sub(" ", rest)).rstrip()


def _wrapped(wrap: re.Match[str]) -> str:
    """White space with a line end in it parts words, but no Chinese characters."""
    beside = wrap.string[max(0, wrap.start() - 1) : wrap.start()] + wrap.string[wrap.end() : wrap.end() + 1]
    return "" if not any(map(str.isascii, beside)) else " "


def title_block(lines: Iterable[Line], level: int | None) -> Block:
    """The lines of a heading as one block, its line breaks kept."""
    blocks = [line.block() for line in lines]
    raws = [block.text.strip() if block.raw is None else block.raw for block in blocks]
    return replace(
        blocks[0],
        text="\n".join(block.text.strip() for block in blocks),
        raw="\n".join(raws) if any(block.raw is not None for block in blocks) else None,
        lead="\n".join(block.lead for block in blocks if block.lead),
        level=level,
    )
