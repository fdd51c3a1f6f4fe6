"""Pictures of answers, as the questions declare them, in the words of Vega-Lite, and the figures that they show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kb.evaluation.rows import Row
from kb.listing import clipped, width
from kb.questions import Chart
from kb.site.columns import column_en, column_zh
from kb.site.figures import FONT
from kb.site.wording import chinese, english

MOST_ROWS = 20  # that are drawn one by one
STEP = 24  # pixels of a bar
LABEL = 56  # columns of a label
LEGEND = {"orient": "top", "labelLimit": 300, "columns": 1}  # two side by side do not fit beside labels on a phone
COUNT, YEAR = "count()", ":year"
COLOURS = ("#1447b8", "#0e9f6e", "#d97706", "#7c3aed", "#c81e1e", "#52606d", "#0891b2", "#be185d", "#65a30d", "#a16207")
MEANT = {  # colours that the rest of the site gives these words
    **dict.fromkeys(("covered", "points_covered", "stricter"), "#1a7f4b"),
    **dict.fromkeys(("doubtful", "points_doubtful", "warning"), "#e0a100"),
    **dict.fromkeys(("uncovered", "points_uncovered", "weaker", "error"), "#e2796f"),
    **dict.fromkeys(("incomparable", "undemanded", "info"), "#9aa7b5"),
    **{"equal": "#7aa2f7", "missing": "#d8b4fe", "leads": "#1447b8", "supports": "#93b4f5"},
}


@dataclass(frozen=True, slots=True)
class Point:
    """What one mark of a picture shows."""

    label: str
    part: str  # the word by which it is coloured, '' where all are alike
    value: Any


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an answer: its specification, and the same figures for a table."""

    spec: Mapping[str, Any]
    points: Sequence[Point]
    measure: str


def picture(chart: Chart | None, rows: Sequence[Row], given: Mapping[str, str], is_whole: bool) -> Picture | None:
    """The picture of an answer; None where the question has none, or asks for a parameter first, or nothing is left.

    Counts are drawn of whole answers alone, all else of the first rows.
    """
    if chart is None or not rows or (chart.when and not given.get(chart.when)):
        return None
    counts = COUNT in (*chart.x, *chart.y)
    if counts and not is_whole:
        return None
    points = _counted(_points(chart, rows)) if counts else list(islice(_points(chart, rows), MOST_ROWS * len(chart.x)))
    if not points:
        return None
    return Picture(_specification(chart, points), points, "count" if counts else chart.x[0])


def _points(chart: Chart, rows: Sequence[Row]) -> Iterator[Point]:
    """A point for each row, or for each of its columns that are drawn side by side."""
    for row in rows:
        label = _label([_word(row, name) for name in chart.y if name != COUNT])
        for measure in chart.x:
            part = measure if len(chart.x) > 1 else str(row.get(chart.color) or "")
            if measure == COUNT:
                yield Point(label, part, 1)
            elif row[measure.removesuffix(YEAR)] is not None:
                value = _read(row, measure)
                if COUNT in chart.y:
                    yield Point(str(value), part, 1)
                elif value != 0 or len(chart.x) > 1:  # a bar of no length says nothing
                    yield Point(label, part, value)


def _counted(points: Iterator[Point]) -> list[Point]:
    """How many points share label and colour, the commonest labels first."""
    counts = Counter((point.label, point.part) for point in points)
    totals: Counter[str] = Counter()
    for (label, _), count in counts.items():
        totals[label] += count
    kept = dict(totals.most_common(MOST_ROWS))
    rows = sorted((pair for pair in counts if pair[0] in kept), key=lambda pair: (-totals[pair[0]], *pair))
    return [Point(label, part, counts[label, part]) for label, part in rows]


def _read(row: Row, name: str) -> Any:
    value = row[name.removesuffix(YEAR)]
    return str(value)[:4] if name.endswith(YEAR) else value


def _word(row: Row, name: str) -> str:
    value = row[name]
    return chinese(value) if value not in (None, "") else "–"


def _label(parts: Sequence[str]) -> str:
    """The parts on one line, the longer ones cut.

    >>> _label(["28", "甲" * 40])[:8], len(_label(["甲" * 40, "乙" * 40]))
    ('28 甲甲甲甲甲', 29)
    """
    left, room = len(parts), LABEL
    kept: dict[int, str] = {}
    for number, part in sorted(enumerate(parts), key=lambda pair: width(pair[1])):
        kept[number] = clipped(part, room // left)
        left, room = left - 1, room - width(kept[number]) - 1
    return " ".join(kept[number] for number in range(len(parts)))


def in_two_words(part: str) -> str:
    """The word of a colour in both languages: that of the contract, or of a column.

    >>> in_two_words("lead"), in_two_words("takes_part"), in_two_words("%")
    ('牵头 lead', '参加 takes part', '%')
    """
    zh, en = (chinese(part), english(part)) if chinese(part) != part else (column_zh(part), column_en(part))
    return zh if zh == en else f"{zh} {en}"


def _specification(chart: Chart, points: Sequence[Point]) -> dict[str, Any]:
    values = [
        {"label": point.label, "part": in_two_words(point.part), "value": point.value, "order": number}
        for number, point in enumerate(points)
    ]
    upright = COUNT in chart.y
    measure = "数量 count" if COUNT in (*chart.x, *chart.y) else in_two_words(chart.x[0])
    label: Row = {"field": "label", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 300}}
    amount: Row = {"field": "value", "type": "quantitative", "title": None if len(chart.x) > 1 else measure}
    whole = all(isinstance(point.value, int) for point in points)
    amount["axis"] = {"tickCount": 6} | ({"tickMinStep": 1} if whole else {})
    if upright:
        label |= {"sort": "ascending", "axis": {"labelAngle": 0}}
    encoding: dict[str, Row] = {"x": label, "y": amount} if upright else {"y": label, "x": amount}
    if chart.mark == "rect":
        encoding["x"] = {"field": "value", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 120}}
    parts = list(dict.fromkeys(point.part for point in points))
    if parts != [""]:
        encoding["color"] = _colour(chart, parts)
    shown = {name: {"field": channel["field"], "type": channel["type"]} for name, channel in encoding.items()}
    mark: Row = {"type": chart.mark} | ({"filled": True, "size": 110} if chart.mark == "point" else {})
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": values},
        "mark": mark,
        "encoding": encoding
        | {"order": {"field": "order"}, "tooltip": [shown[name] for name in ("y", "x", "color") if name in shown]},
        "width": "container",
        "height": 240 if upright else STEP * len({point.label for point in points}),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": {"font": FONT, "view": {"stroke": None}, "legend": LEGEND},
    }


def _colour(chart: Chart, parts: Sequence[str]) -> Row:
    """The channel of colours: words keep the colours that they have elsewhere."""
    if chart.mark == "rect":
        return {"field": "part", "type": "quantitative", "title": in_two_words(chart.color)}
    free = iter(colour for colour in COLOURS * len(parts) if colour not in MEANT.values())
    colours = [MEANT.get(part) or next(free) for part in parts]
    scale = {"domain": [in_two_words(part) for part in parts], "range": colours}
    return {"field": "part", "type": "nominal", "title": None, "scale": scale}
