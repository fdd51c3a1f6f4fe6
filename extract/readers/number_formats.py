"""A stored number and its Excel number format → the number as it is printed.

The common formats are read: digits, thousands, percent, units in quotes, dates and times as mainland Excel shows them.
What is not read (fractions, numerals of other scripts, elapsed time) is `None`, and the caller says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

WIDE = Context(prec=700)  # digits: a float has up to 309 before its point, a format may ask for many behind it

# numbers of the formats that a file does not spell out (ECMA-376 18.8.30, the mainland column)
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0",
    49: "@", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
# the long date and the time of day as the system is set to show them
SYSTEM = {"[$-F800]": 'yyyy"年"m"月"d"日"', "[$-F400]": "h:mm:ss"}
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<weekday>aaaa?)|(?P<date>y+|m+|d+|h+|s+)"
    r"|(?P<digits>[0#?.,]+)|(?P<power>E[+-])|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
CURRENCY = re.compile(r"\$([^-]*)")
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
WEEKDAYS = "一二三四五六日"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FIRST_DAY, FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
LAST_DAY = 2_958_465  # 9999-12-31
LEAP_BUG = 60  # Excel counts a 29 February 1900 that never was
DATE_WORDS = {"date", "weekday", "half"}


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a format: its kind and what it holds."""

    kind: str
    text: str


def printed(value: float, code: str, from_1904: bool = False) -> str | None:
    """The number as printed; `None` where the format is not read.

    >>> printed(0.956, "0.0%"), printed(1234.5, "#,##0.00"), printed(30, '0"分"'), printed(89.60000000000001, "General")
    ('95.6%', '1,234.50', '30分', '89.6')
    >>> printed(42491, 'yyyy"年"m"月"d"日"'), printed(0.5, "# ?/?")
    ('2016年5月1日', None)
    """
    section, shown = _section(SYSTEM.get(code[:8].upper(), code), value)
    if section is None:
        return None
    parts = [Part(str(match.lastgroup), match[match.lastgroup or 0]) for match in TOKEN.finditer(section)]
    kinds = {part.kind for part in parts}
    if kinds & DATE_WORDS:
        return _date(value, parts, from_1904)
    if "general" in kinds or "text" in kinds or not section:
        texts = [general(shown) if part.kind in ("general", "text") else _literal(part) for part in parts]
        return None if None in texts else "".join(text or "" for text in texts)
    return _number(shown, parts)


def general(value: float) -> str:
    """A number without a format: as many figures as Excel shows.

    >>> general(20.0), general(1 / 3), general(320400198001010000)
    ('20', '0.3333333333', '320400198001010000')
    """
    if value == int(value) and abs(value) < 10**18:
        return str(int(value))
    return f"{value:.10g}".replace("e", "E")


def _section(code: str, value: float) -> tuple[str | None, float]:
    """The section of a format that is for this number, and the number to print in it."""
    sections = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", code)
    conditions = [CONDITION.search("".join(re.findall(r"\[([<>=][^\]]*)\]", section))) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(value, condition[1], float(condition[2])):
                return section, value
        return None, value
    if value < 0 and len(sections) > 1 and sections[1]:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _holds(value: float, sign: str, limit: float) -> bool:
    return {
        "<": value < limit,
        ">": value > limit,
        "=": value == limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "<>": value != limit,
    }[sign]


def _literal(part: Part) -> str | None:
    """What a piece prints whatever the number is; `None` for a piece that changes the number in an unread way."""
    match part.kind:
        case "quoted" | "escaped" | "other":
            return part.text
        case "space":
            return ""
        case "fill":
            return ""
        case "percent":
            return "%"
        case "bracket":
            currency = CURRENCY.match(part.text)
            if currency:
                return currency[1]
            return None if re.match(r"DBNum|[hms]+$", part.text, re.IGNORECASE) else ""
    return None


def _number(value: float, parts: list[Part]) -> str | None:
    at = [i for i, part in enumerate(parts) if part.kind == "digits"]
    before, after = "", ""
    if not at:
        literals = [_literal(part) for part in parts]
        return None if None in literals else "".join(text or "" for text in literals)
    percents = sum(part.kind == "percent" for part in parts)
    power = parts[at[0] + 1].kind == "power" if len(parts) > at[0] + 1 else False
    if len(at) != (2 if power else 1) or any(part.text == "/" for part in parts if part.kind == "other"):
        return None
    for i, part in enumerate(parts):
        if i in at or part.kind == "power":
            continue
        literal = _literal(part)
        if literal is None:
            return None
        before, after = (before + literal, after) if i < at[0] else (before, after + literal)
    exact = Decimal(repr(float(value))) * 100**percents
    figures = _scientific(exact, parts[at[0]].text) if power else _figures(exact, parts[at[0]].text)
    sign, figures = ("-", figures[1:]) if figures.startswith("-") else ("", figures)
    return f"{sign}{before}{figures}{after}".strip()


def _figures(value: Decimal, pattern: str) -> str:
    scaled = pattern.rstrip(",")  # every comma at the end divides by a thousand
    value /= 1000 ** (len(pattern) - len(scaled))
    whole, _, decimals = scaled.partition(".")
    decimals = decimals.replace(",", "")
    places = len(decimals)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, WIDE)
    integer, _, fraction = f"{abs(rounded):f}".partition(".")
    kept = len(decimals.rstrip("#"))
    fraction = fraction[:kept] + fraction[kept:].rstrip("0")
    least = whole.count("0")
    integer = integer.lstrip("0").rjust(least, "0")
    if "," in whole:
        integer = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", integer)
    point = "." if fraction or (not decimals and "." in scaled) else ""
    return ("-" if rounded < 0 else "") + integer + point + fraction


def _scientific(value: Decimal, pattern: str) -> str:
    places = len(pattern.partition(".")[2])
    mantissa, power = f"{value:.{places}E}".split("E")
    return f"{mantissa}E{int(power):+03d}"


def _date(value: float, parts: list[Part], from_1904: bool) -> str | None:
    if not 0 <= value <= LAST_DAY:
        return None
    late = not from_1904 and value < LEAP_BUG
    # through whole seconds: a time of day is stored as a rounded fraction
    moment = (FIRST_DAY_1904 if from_1904 else FIRST_DAY) + timedelta(days=late, seconds=round(value * 86_400))
    half = any(part.kind == "half" for part in parts)
    text: list[str] = []
    for i, part in enumerate(parts):
        if part.kind == "date":
            text.append(_date_word(moment, part.text.lower(), _is_minute(parts, i), half))
        elif part.kind == "weekday":
            text.append(("星期" if len(part.text) == 4 else "") + WEEKDAYS[moment.weekday()])
        elif part.kind == "half":
            text.append(part.text.split("/")[moment.hour >= 12])
        else:
            literal = "" if part.kind == "text" else part.text if part.kind == "digits" else _literal(part)
            if literal is None:
                return None
            text.append(literal)
    return "".join(text).strip()


def _is_minute(parts: list[Part], at: int) -> bool:
    """An m beside hours or seconds is a minute, else a month."""
    words = [(i, part.text.lower()) for i, part in enumerate(parts) if part.kind == "date"]
    place = next(n for n, (i, _) in enumerate(words) if i == at)
    above = words[place - 1][1] if place else ""
    below = words[place + 1][1] if place + 1 < len(words) else ""
    return above.startswith("h") or below.startswith("s")


def _date_word(moment: datetime, word: str, is_minute: bool, half: bool) -> str:
    match word[0]:
        case "y":
            return f"{moment.year}" if len(word) > 2 else f"{moment.year % 100:02d}"
        case "m" if is_minute:
            return f"{moment.minute:0{min(len(word), 2)}d}"
        case "m":
            return MONTHS[moment.month - 1] if len(word) > 2 else f"{moment.month:0{len(word)}d}"
        case "d" if len(word) > 2:
            return "星期" + WEEKDAYS[moment.weekday()]
        case "d":
            return f"{moment.day:0{len(word)}d}"
        case "h":
            hour = (moment.hour % 12 or 12) if half else moment.hour
            return f"{hour:0{min(len(word), 2)}d}"
    return f"{moment.second:0{min(len(word), 2)}d}"
