"""Issuing bodies: whether a line is the name of one or several of them, and which."""

from __future__ import annotations

import re
from functools import cache

from extract.terms import terms
from extract.text import compact

_SEAL = re.compile(r"[（(][^（）()]*(?:章|印)[）)]")
_LONGEST = 45
_SHORTEST = 3


@cache
def _words(entry: str) -> tuple[str, ...]:
    return tuple(sorted(terms("agencies")[entry][0]["words"], key=len, reverse=True))


def is_agency(name: str) -> bool:
    """Whether a name has the form of a body's name, whole.

    >>> is_agency("国家质量监督检验检疫总局"), is_agency("办公厅"), is_agency("各市人民政府")
    (True, False, False)
    """
    return (
        _SHORTEST <= len(name) <= _LONGEST
        and re.fullmatch(r"[一-龥（）()·“”]+", name) is not None
        and name.endswith(_words("body"))
        and name not in _words("generic")
        and not any(word in name for word in _words("foreign"))
    )


def agencies(line: str) -> tuple[str, ...]:
    """The bodies that a line consists of, as printed; () where it is anything else.

    Several are parted by spaces or 、; spaces inside one name are layout.

    >>> agencies("国家发展改革委　财政部"), agencies("郑 州 市 人 民 政 府")
    (('国家发展改革委', '财政部'), ('郑州市人民政府',))
    """
    line = _SEAL.sub("", line).strip()
    pieces = [piece for piece in re.split(r"[\s、；;，]+", line) if piece]
    if len(pieces) > 1 and all(is_agency(piece) for piece in pieces):
        return tuple(pieces)
    whole = compact(line)
    return (whole,) if is_agency(whole) else ()


def without_office(name: str) -> str:
    """A body without the office that sees to its printing, where a body is left.

    >>> without_office("国家质检总局办公厅"), without_office("甲小组办公室")
    ('国家质检总局', '甲小组办公室')
    """
    for office in terms("offices")["office"][0]["words"]:
        rest = name.removesuffix(office)
        if rest != name and is_agency(rest) and not rest.endswith("小组"):
            return rest
    return name
