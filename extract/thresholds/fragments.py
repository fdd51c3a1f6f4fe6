"""The reading copy of a short text: no white space, half-width, free of LaTeX scraps, and still tied to the print.

Recognisers search the copy by position and take what they found as it was printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]

_SCRAPS = {
    r"\leqslant": "≤", r"\leq": "≤", r"\le": "≤", r"\geqslant": "≥", r"\geq": "≥", r"\ge": "≥", r"\%": "%",
    r"\sim": "-", r"\pm": "±", r"\text{": "", r"\mathrm{": "", r"\mathbf{": "", "{": "", "}": "", "$": "",
}  # fmt: skip
_TOKEN = re.compile("|".join(map(re.escape, _SCRAPS)) + "|.", re.DOTALL)
_PUNCTUATION = {
    "(": "（",
    ")": "）",
    ";": "；",
    "?": "？",
    "!": "！",
    "≧": "≥",
    "≦": "≤",
    "⩾": "≥",
    "⩽": "≤",
    "﹪": "%",
}
# a comma between the two bounds of one range parts nothing: ≥80分，＜90分
RANGE = re.compile(r"(?<=[\d%‰分])，(?=(?:但)?(?:[<≤]|不足|低于|小于|未满|不满)\d)")
_DASHES = "—–―~～"
_OPEN, _CLOSE = "（《“〔【「", "）》”〕】」"
# a title, a date, a document number and a quoted name carry numbers that measure nothing
_SILENT = re.compile(
    r"《[^》]*》|“[^”]*”|〔[^〕]*〕\d*号?|第[\d一二三四五六七八九十百]+"
    r"|(?:(?:19|20)\d\d年?-)?(?:19|20)\d\d年度?|(?:19|20)\d\d-(?:19|20)\d\d|\d{1,2}月(?:\d{1,2}日)?"
)


@dataclass(frozen=True, slots=True)
class Fragment:
    """`text` is searched; `at[i]` says where its character i begins and ends in `printed`."""

    printed: str
    text: str
    at: tuple[Span, ...]

    def shown(self, start: int, end: int) -> str:
        """What is printed from `start` to `end` of the reading copy."""
        return self.printed[self.at[start][0] : self.at[end - 1][1]] if start < end else ""


def fragment(text: str) -> Fragment:
    r"""The reading copy of a text.

    >>> copy = fragment("噪声 $\\leqslant 56\\text{dB(A)}$，合格率９２. 5％")
    >>> copy.text
    '噪声≤56dB（A），合格率92.5%'
    >>> copy.shown(14, 19)
    '９２.5％'
    """
    printed = re.sub(r"\s+", "", text)
    chars: list[str] = []
    at: list[Span] = []
    for match in _TOKEN.finditer(printed):
        char = _SCRAPS[match[0]] if match[0] in _SCRAPS else _folded(printed, match.start())
        chars.extend(char)
        at.extend([match.span()] * len(char))
    return Fragment(printed, RANGE.sub("、", "".join(chars)), tuple(at))


def _folded(text: str, i: int) -> str:
    char = text[i]
    if char in _DASHES:
        return "-"
    between_digits = 0 < i < len(text) - 1 and text[i - 1].isdigit() and text[i + 1].isdigit()
    plain = unicodedata.normalize("NFKC", char) if "！" <= char <= "～" else char
    if plain in ",:":
        return plain if between_digits else "，："[",:".index(plain)]
    return _PUNCTUATION.get(plain, plain)


def pieces(text: str, marks: str, span: Span | None = None) -> Iterator[Span]:
    """The spans between marks that stand outside brackets and quotation marks.

    >>> [("甲（乙，丙），丁"[a:b]) for a, b in pieces("甲（乙，丙），丁", "，")]
    ['甲（乙，丙）', '丁']
    """
    start, end = span or (0, len(text))
    depth, begin = 0, start
    for i in range(start, end):
        if text[i] in _OPEN:
            depth += 1
        elif text[i] in _CLOSE:
            depth = max(0, depth - 1)
        elif text[i] in marks and not depth:
            if begin < i:
                yield begin, i
            begin = i + 1
    if begin < end:
        yield begin, end


def brackets(text: str, span: Span) -> Iterator[Span]:
    """The insides of the outer round brackets.

    >>> [("甲（乙（丙））丁（戊）"[a:b]) for a, b in brackets("甲（乙（丙））丁（戊）", (0, 11))]
    ['乙（丙）', '戊']
    """
    depth, begin = 0, 0
    for i in range(*span):
        if text[i] == "（":
            depth, begin = depth + 1, begin if depth else i + 1
        elif text[i] == "）" and depth:
            depth -= 1
            if not depth and begin < i:
                yield begin, i


def silenced(text: str) -> str:
    """The text with titles, quoted names, dates and ordinals overwritten by □, character by character.

    >>> silenced("按《纲要（2011-2020年）》到2027年达到3个")
    '按□□□□□□□□□□□□□□□□到□□□□□达到3个'
    """
    return _SILENT.sub(lambda match: "□" * len(match[0]), text)


def without_brackets(text: str) -> str:
    """The text with the insides of round brackets overwritten by □; the brackets stay.

    >>> without_brackets("3个（件）以上")
    '3个（□）以上'
    """
    shown = list(text)
    for start, end in brackets(text, (0, len(text))):
        shown[start:end] = "□" * (end - start)
    return "".join(shown)
