"""The words of headings, labels and cells that tell a kind of clause, and the methods by which it is verified."""

from __future__ import annotations

import re
from functools import cache

from extract.outline import unnumbered
from extract.terms import terms
from extract.text import compact, squeezed

STOP = re.compile(r"[；;/。]+")
JOINT = re.compile(r"[、和与及]")


def condition_kind(heading: str) -> str | None:
    """veto or basic where a heading names such conditions, else `None`.

    >>> condition_kind("二、基本条件"), condition_kind("三、验收程序")
    ('basic', None)
    """
    text = squeezed(unnumbered(heading))
    for kind in ("veto", "basic"):
        # a heading that says more than the kind (基本条件 + four characters) is a sentence about it
        if any(text.endswith(word) and len(text) <= len(word) + 6 for word in terms("conditions")[kind]["ends"]):
            return kind
    return None


def is_standard(title: str) -> bool:
    """Whether a title ends as that of a standard does; what stands in brackets behind it says nothing.

    >>> is_standard("绿色港口建设标准（试行）"), is_standard("绿色港口建设方案")
    (True, False)
    """
    text = re.sub(r"[（(][^（()）]*[)）]$", "", squeezed(title))
    return text.endswith(tuple(terms("conditions")["standard"]["ends"]))


def holds(kind: str, text: str) -> bool:
    """Whether a text says bonus (加分项), optional (合理缺项) or total (合计).

    >>> holds("bonus", "此部分为加分项，"), holds("total", "合 计：")
    (True, True)
    """
    entry = terms("conditions")[kind]
    plain = squeezed(text)
    return any(word in plain for word in entry.get("holds", ())) or plain.strip("：:") in entry.get("is", ())


@cache
def _words(*lists: str) -> re.Pattern[str]:
    return re.compile("|".join(word for name in lists for word in terms("verification")["methods"][name]))


def verification_methods(cell: str) -> list[str]:
    """The methods that a verification cell lists, also where it runs them together or breaks one over lines.

    A printed stop parts methods; a comma or white space only where the words behind it begin one, and a 、 there or
    in a list of papers, which begins with no method.

    >>> verification_methods("听取企业\\n工作汇报\\n随机抽查"), verification_methods("听取汇报查阅文件")
    (['听取企业工作汇报', '随机抽查'], ['听取汇报', '查阅文件'])
    >>> verification_methods("翻看台账；比对图纸")
    ['翻看台账', '比对图纸']
    """
    entry = terms("verification")["methods"]
    methods: list[str] = []
    is_list = not _words("starts", "cuts").match(cell.strip())
    for stopped in (part for part in STOP.split(cell) if part.strip()):
        begins, mark = True, ""
        for piece in re.split(r"([，,、])|\s+", stopped):
            if piece in (None, "", "，", ",", "、"):
                mark = piece or mark
                continue
            known = begins or _words("starts", "cuts").match(piece) or (mark == "、" and is_list)
            if methods and (_is_open(methods[-1], entry) or not known):
                methods[-1] += mark + piece
            else:
                methods.append(piece)
            begins, mark = False, ""
    return [compact(part.rstrip("。.")) for method in methods for part in _run_together(method)]


def _is_open(method: str, entry: dict[str, list[str]]) -> bool:
    """Whether a method lacks its object: 听取企业 without 汇报, or 现场 at the end of a wrapped line."""
    unclosed = method.startswith(tuple(entry["opens"])) and not any(word in method for word in entry["closes"])
    return unclosed or method.endswith(tuple(entry["dangling"]))


def _run_together(piece: str) -> list[str]:
    """A piece cut before every word that surely begins a method and follows a finished one."""
    entry = terms("verification")["methods"]
    cuts = [0]
    for match in _words("cuts").finditer(piece):
        before = piece[cuts[-1] : match.start()]
        if len(before) >= 4 and len(piece) - match.start() >= 4 and not _is_open(before, entry):
            cuts.append(match.start())
    return [piece[start:end] for start, end in zip(cuts, [*cuts[1:], len(piece)], strict=True)]


def combined_methods(note: str) -> list[str]:
    """The methods that a note joins (采取…与…相结合的方式).

    >>> combined_methods("注：采取听取汇报与现场检查相结合的方式。")
    ['听取汇报', '现场检查']
    """
    match = re.search(terms("verification")["combined"]["pattern"], squeezed(note))
    return [part for part in JOINT.split(match["methods"]) if part] if match else []
