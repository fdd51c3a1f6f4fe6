"""The fields of a Word file (page numbers, form check boxes, circled figures …) → what of them is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from extract.readers.docx_numerals import numeral
from extract.readers.docx_styles import OFF, W, number, value
from extract.readers.symbols import CHECKED, UNCHECKED

# two signs printed over each other: how Word draws a figure in a circle that has no character
OVER = re.compile(r"^\s*eq\s*\\o(?:\\a[clrd])?\s*[(（]\s*([^,，]{1,2})[,，]\s*([^()（）]{1,3})[)）]", re.IGNORECASE)
CIRCLES = "○◯Ｏ〇О⭕"
PAGE = re.compile(r"^\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)


@dataclass
class Field:
    """One field: its instruction, whether its result has begun, and the choice a form field shows."""

    code: str = ""
    in_result: bool = False
    has_result: bool = False
    form: str = ""


@dataclass
class Fields:
    """The fields that are open at a place of the text, and whether the paragraph shows the number of its page."""

    open: list[Field] = field(default_factory=list)
    has_page_number: bool = False

    @property
    def showing(self) -> bool:
        """Whether text here is shown: it stands in no instruction."""
        return all(one.in_result for one in self.open)

    def instruct(self, text: str) -> None:
        """Takes a piece of an instruction."""
        if self.open:
            self.open[-1].code += text

    def show(self) -> None:
        """Notes that the innermost field has a result."""
        if self.open:
            self.open[-1].has_result = True

    def turn(self, mark: Element) -> str:
        """Takes a begin, separate or end mark; gives what a field without a stored result shows."""
        match mark.get(f"{W}fldCharType"):
            case "begin":
                self.open.append(Field(form=_form(mark.find(f"{W}ffData"))))
            case "separate" if self.open:
                self.open[-1].in_result = True
                self.note(self.open[-1].code)
            case "end" if self.open:
                closed = self.open.pop()
                self.note(closed.code)
                if not closed.has_result and self.showing:
                    return closed.form or _drawn(closed.code)
        return ""

    def note(self, code: str) -> None:
        """Notes what kind of field was met."""
        self.has_page_number |= bool(PAGE.match(code))


def _form(settings: Element | None) -> str:
    """What a form field shows: its check box, or the choice of its list."""
    if settings is None:
        return ""
    box = settings.find(f"{W}checkBox")
    if box is not None:
        said = value(box, "checked")
        said = value(box, "default") if said is None else said or "1"
        return CHECKED if said is not None and (said or "1") not in OFF else UNCHECKED
    choices = settings.findall(f"{W}ddList/{W}listEntry")
    chosen = number(settings.find(f"{W}ddList"), "result") or 0
    return choices[chosen].get(f"{W}val", "") if 0 <= chosen < len(choices) else ""


def _drawn(code: str) -> str:
    """The character that an overprinting instruction draws.

    >>> _drawn(r"eq \\o\\ac(○,11)"), _drawn(r"eq \\o(○,优)"), _drawn("HYPERLINK x")
    ('⑪', '○优', '')
    """
    match = OVER.match(code)
    if match is None:
        return ""
    inner = match[2].strip()
    circled = numeral(int(inner), "decimalEnclosedCircle") if inner.isdecimal() and match[1] in CIRCLES else None
    return circled or match[1] + inner
