"""Figures of one indicator as charts: documents below each other, each threshold a mark that points its way.

A chart for every kind of measure; shares are brought to per cent, as the view threshold_bounds does.  Trends and
comparisons (提高, 高于全国平均) have no place on an axis and stand in the table alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.check.demands import SCALE
from kb.evaluation.rows import Row
from kb.listing import clipped, width
from kb.site.texts import shown
from kb.site.wording import chinese, demand

TITLE = 52  # columns of a document's title
WAYS = {
    "floor": "≥ 不低于 at least",
    "ceiling": "≤ 不高于 at most",
    "exact": "＝ 等于 exactly",
    "between": "区间 between",
}
SHAPES = ("triangle-right", "triangle-left", "diamond", "square")
DEMAND, LOWER = "考核要求 full demand", "低档或扣分线 lower tier, deduction"
PROMISE, OTHER = "任务承诺 promise", "其他 other"
ORDER = (DEMAND, LOWER, OTHER, PROMISE)
MOST_LANES = 12  # of a row; more figures than that overlap
PLOT = 420  # pixels of the axis, about: by which it is told whether two words beside marks would overlap
COLOURS = {DEMAND: "#b42318", LOWER: "#9a6700", PROMISE: "#1447b8", OTHER: "#52606d"}
INK = "#1f2933"
NAME, LANE = 22, 18  # pixels of a row: its name, and each lane of marks below it
WORDS = {"fontSize": 12, "color": INK}
FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
LEGEND = {"orient": "bottom", "columns": 2, "labelLimit": 300, "layout": {"bottom": {"direction": "vertical"}}}


@dataclass(frozen=True, slots=True)
class Figure:
    """One chart: what it measures, and the thresholds it shows with their places on it."""

    measure: str
    marks: Sequence[Mapping[str, Any]]

    def spec(self, address: Callable[[str, int], str]) -> dict[str, Any]:
        """The chart in Vega-Lite's words; `address` tells where a document shows a passage."""
        values = [dict(mark, href=address(*mark["at"])) for mark in self.marks]
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "data": {"values": values},
            "width": "container",
            "height": _height(self.marks) * len(_rows(self.marks)),
            "config": {"font": FONT, "view": {"stroke": None}, "legend": LEGEND},
            "layer": list(_layers(self.measure, self.marks)),
        }


def figures(thresholds: Sequence[Row]) -> list[Figure]:
    """The charts of thresholds as the page of an indicator reads them, the fullest first."""
    names = _names(thresholds)
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in thresholds:
        place = _place(row)
        if place is not None:
            measure, way, size, high = place
            groups[measure].append(_mark(row, names[row["document_id"]], way, size, high))
    order = list(names.values())
    found = [
        Figure(_measure(measure), sorted(_in_lanes(marks), key=lambda mark: order.index(mark["name"])))
        for measure, marks in groups.items()
    ]
    return sorted(found, key=lambda figure: -len(figure.marks))


def _place(row: Row) -> tuple[str, str, float, float | None] | None:
    """What a threshold measures, which way it points, and where it stands on the axis; None where it has no place."""
    if row["direction"] is not None:
        return row["measure"], row["direction"], round(row["size"], 9), None
    if row["comparator"] != "between" or row["value"] is None or row["value_high"] is None:
        return None
    scale = SCALE.get(row["unit"] or "", 1.0)
    measure = "ratio" if row["unit"] in SCALE else row["unit"] or ""
    return measure, "between", round(row["value"] * scale, 9), round(row["value_high"] * scale, 9)


def _in_lanes(marks: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The marks in lanes of their rows, so that neither they nor the words beside them overlap; equal ones as one."""
    low, high = _domain(marks)
    ends: dict[str, list[float]] = defaultdict(list)  # by row and lane, how far it is taken
    alike = Counter((mark["name"], mark["kind"], mark["size"], mark["printed"]) for mark in marks)
    for mark in sorted(marks, key=lambda mark: (ORDER.index(mark["kind"]), mark["size"])):
        times = alike.pop((mark["name"], mark["kind"], mark["size"], mark["printed"]), 0)
        if not times:
            continue
        printed = mark["printed"] if times == 1 else f"{mark['printed']} ×{times}"
        start = (mark["size"] - low) / (high - low) * PLOT
        right = mark.get("high", mark["size"])
        end = (right - low) / (high - low) * PLOT + 7 * width(printed) + 26
        lanes = ends[mark["name"]]
        lane = next((number for number, taken in enumerate(lanes) if taken <= start), len(lanes))
        if lane == MOST_LANES:
            lane = min(range(MOST_LANES), key=lanes.__getitem__)
        lanes[lane : lane + 1] = [end]
        yield mark | {"printed": printed, "lane": lane, "right": right}


def _measure(measure: str) -> str:
    """What stands below the axis."""
    return {"ratio": "%", "rank": "名次 rank", "": "无单位 no unit"}.get(measure, measure)


def _names(thresholds: Sequence[Row]) -> dict[str, str]:
    """Each document's name on the axis: its region and title; a number where two would be alike."""
    found: dict[str, str] = {}
    times: Counter[str] = Counter()
    for row in thresholds:
        if row["document_id"] not in found:
            name = shown(f"{row['region'] or ''} {clipped(row['document'], TITLE)}".strip())
            times[name] += 1
            found[row["document_id"]] = name if times[name] == 1 else f"{name} ({times[name]})"
    return found


def _mark(row: Row, name: str, way: str, size: float, high: float | None) -> dict[str, Any]:
    printed = shown(clipped(demand(row["comparator"], row["value"], row["value_high"], row["unit"]), TITLE))
    kind = PROMISE if row["is_promise"] else DEMAND if row["is_demand"] else LOWER if row["mode"] else OTHER
    words = (name, printed, clipped(row["period"] or "", TITLE), chinese(row["kind"]), clipped(row["text"], 80))
    told = shown(" · ".join(filter(None, words)))
    mark = {"name": name, "size": size, "printed": printed, "way": WAYS[way], "kind": kind, "told": told}
    return mark | ({} if high is None else {"high": high}) | {"at": (row["document_id"], row["ordinal"])}


def _layers(measure: str, marks: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Full demands as lines through all rows, the documents' names, then each threshold with what is printed."""
    row = {"field": "name", "type": "nominal", "scale": {"domain": _rows(marks), "paddingInner": 0}, "axis": None}
    axis = {"tickCount": 6, "gridColor": "#eef2f6", "domainColor": "#8d99a6", "tickColor": "#8d99a6"}
    at = {"field": "size", "type": "quantitative", "title": measure, "scale": {"domain": _domain(marks)}, "axis": axis}
    if any(mark["kind"] == DEMAND for mark in marks):  # a layer without marks is a picture without words
        yield {
            "transform": [{"filter": f"datum.kind === '{DEMAND}'"}, {"aggregate": [], "groupby": ["size"]}],
            "mark": {"type": "rule", "strokeDash": [6, 4], "color": COLOURS[DEMAND], "opacity": 0.6},
            "encoding": {"x": at},
        }
    yield {
        "transform": [{"aggregate": [], "groupby": ["name"]}],
        "mark": {"type": "text", "align": "left", "yOffset": 10 - _height(marks) / 2} | WORDS,
        "encoding": {"x": {"value": 0}, "y": row, "text": {"field": "name"}},
    }
    for lane in range(_lanes(marks)):
        yield from _lane(lane, NAME + LANE * (lane + 0.5) - _height(marks) / 2, row, at, marks)


def _lane(
    lane: int, dy: float, row: Mapping[str, Any], at: Mapping[str, Any], marks: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """The marks of a lane, so many pixels below the middle of their rows, with what is printed beside them."""
    kind, way = _scale("kind", marks, COLOURS), _scale("way", marks, dict(zip(WAYS.values(), SHAPES, strict=True)))
    told = {"field": "told", "type": "nominal"}
    only = {"filter": f"datum.lane === {lane}"}
    if any("high" in mark for mark in marks if mark["lane"] == lane):
        yield {
            "transform": [only, {"filter": "isValid(datum.high)"}],
            "mark": {"type": "rule", "strokeWidth": 4, "yOffset": dy},
            "encoding": {"x": at, "x2": {"field": "high"}, "y": row, "color": kind, "tooltip": told},
        }
    yield {
        "transform": [only],
        "mark": {"type": "point", "filled": True, "size": 130, "opacity": 1, "yOffset": dy, "cursor": "pointer"},
        "encoding": {"x": at, "y": row, "color": kind, "shape": way, "tooltip": told, "href": {"field": "href"}},
    }
    yield {
        "transform": [only, {"aggregate": [], "groupby": ["name", "right", "printed"]}],
        "mark": {"type": "text", "align": "left", "dx": 10, "yOffset": dy} | WORDS,
        "encoding": {"x": dict(at, field="right"), "y": row, "text": {"field": "printed"}},
    }


def _height(marks: Sequence[Mapping[str, Any]]) -> int:
    """Pixels of a row."""
    return NAME + LANE * _lanes(marks) + 4


def _lanes(marks: Sequence[Mapping[str, Any]]) -> int:
    return 1 + max(int(mark["lane"]) for mark in marks)


def _rows(marks: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(mark["name"] for mark in marks))


def _domain(marks: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Both ends of the axis: from nought, unless all figures are far from it; room for words on the right.

    >>> _domain([{"size": 30.0}]), _domain([{"size": 95.0}, {"size": 100.0}])
    ((0.0, 36.0), (92.5, 101.5))
    """
    sizes = [size for mark in marks for size in (mark["size"], mark.get("high")) if size is not None]
    low, high = min(sizes), max(sizes)
    wide = high - low
    if low < 0 or wide > abs(high) / 3 or wide == 0:
        low = min(low, 0.0)
        return low, high + ((high - low) or 1.0) * 0.2
    return low - wide / 2, high + wide * 0.3


def _scale(field: str, marks: Sequence[Mapping[str, Any]], known: Mapping[str, str]) -> dict[str, Any]:
    """A field with its colours or shapes, of those values that are there."""
    there = {mark[field] for mark in marks}
    values = [value for value in known if value in there]
    scale = {"domain": values, "range": [known[value] for value in values]}
    return {"field": field, "type": "nominal", "title": None, "scale": scale}
