"""Where the conventions of annotation accept several readings: the one place that says which."""

from __future__ import annotations

import re

from documents.truth import OneOf

MEMBERS = "领导小组成员单位"

ONLY_RULE = OneOf("additive", "tier")
"""The only rule of a clause may be called either."""

BARE = OneOf("=", ">=")
"""A bare number is met exactly or at least."""

POINTS_OF_A_PERCENTAGE = OneOf("个百分点", "百分点", "%")
"""A step of a percentage."""

RANK_UNIT = OneOf("位", "名", None)
"""A rank has a unit or none."""

YEARLY = OneOf(None, "年均")
"""年均 is what a growth refers to, or part of its name."""


YEAR_OF_GROWTH = OneOf(None, "年均", "每年")
"""Or 年均 is the period of the growth."""

UNPRINTED = OneOf("none", "inferred")
"""A section that prints no points has none, or the sum of its clauses."""


def unprinted(points: float) -> OneOf:
    """The points of such a section; the full marks of a rubric that prints none."""
    return OneOf(None, points)


def restarted(section: int, at: int) -> str | OneOf:
    """The code where numbers begin again in every section: the path; the printed number alone in the first section.

    >>> restarted(2, 1), restarted(1, 3)
    ('2.1', ('3', '1.3'))
    """
    return f"{section}.{at}" if section > 1 else OneOf(str(at), f"1.{at}")


def member_group(name: str) -> str | OneOf:
    """The members of a leading group are named with the group or without; any other body is named as it is."""
    return OneOf(name, MEMBERS) if name.endswith(MEMBERS) else name


def measure(texts: list[str], sentence: str) -> OneOf:
    """The text of a measure: a heading on a line of its own and a last sentence of who does it count or not."""
    return OneOf(*texts, *(text + sentence for text in texts))


def ranked(indicator: str) -> OneOf:
    """…指数排名进入全省前五位: the index or its rank."""
    return OneOf(indicator, f"{indicator}排名")


def with_year(period: object, year: int) -> OneOf:
    """The period under 到2027年，…; a growth a year may keep its own."""
    return OneOf(*deadline(year), *(one for one in period if one)) if isinstance(period, OneOf) else deadline(year)


def deadline(year: int) -> OneOf:
    """到2027年: the year, or as it is printed."""
    return OneOf(str(year), f"{year}年", f"到{year}年", f"到{year}年底", f"{year}年底")


def reference_year(year: int) -> OneOf:
    """较2020年: the reference phrase with its direction or without."""
    return OneOf(f"{year}年", str(year), f"较{year}年", f"比{year}年", f"{year}年基础上")


def growth(indicator: str) -> OneOf:
    """年均增长6%: the growth of the indicator, or the indicator that grows."""
    return OneOf(indicator, f"{indicator}年均增长", f"{indicator}年均增长率", f"{indicator}年均增速")


def end_of_year(year: int) -> OneOf:
    """2026年底前: the year, its last month or its last day."""
    return OneOf(str(year), f"{year}-12", f"{year}-12-31")


def end_of_target(target: str) -> OneOf:
    """Whether the year of a target (到2027年，…) is the end of the measure that names it is left open."""
    year = re.search(r"到(\d{4})年", target)
    return OneOf(None, *(end_of_year(int(year[1])) if year else ()))


def end_of_month(year: int, month: int) -> OneOf:
    """2026年6月底前: the month or its last day."""
    last = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)
    return OneOf(f"{year}-{month:02}", f"{year}-{month:02}-{last}")
