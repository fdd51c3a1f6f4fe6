"""The picture of how far a probability can be believed: said against found, a curve for each rubric, as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SIZE, MARGIN = 360, 48
COLOURS = ("#1f5fa8", "#c2571a", "#3a7d44", "#7a4fa3")


@dataclass(frozen=True)
class Bin:
    """Pairs of like probability: its mean, the share of them that are links, their number."""

    said: float
    found: float
    pairs: int


def picture(curves: Mapping[str, Sequence[Bin]]) -> str:
    """The SVG; the greater a point, the more pairs it stands for."""
    edge = SIZE - MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}"'
        ' font-family="sans-serif" font-size="11">',
        f'<rect width="{SIZE}" height="{SIZE}" fill="white"/>',
        f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" fill="none" stroke="#333"/>',
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#aaa" stroke-dasharray="4 4"/>',
        f'<text x="{SIZE / 2}" y="{SIZE - 10}" text-anchor="middle">probability said</text>',
        f'<text x="14" y="{SIZE / 2}" text-anchor="middle" transform="rotate(-90 14 {SIZE / 2})">'
        "share of links found</text>",
    ]
    for tick in (0, 0.5, 1):
        parts.append(f'<text x="{_x(tick)}" y="{edge + 14}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{MARGIN - 6}" y="{_y(tick) + 4}" text-anchor="end">{tick:g}</text>')
    for number, (name, bins) in enumerate(curves.items()):
        parts += _curve(name, bins, COLOURS[number % len(COLOURS)], number)
    return "\n".join([*parts, "</svg>", ""])


def _curve(name: str, bins: Sequence[Bin], colour: str, number: int) -> list[str]:
    points = " ".join(f"{_x(one.said):.1f},{_y(one.found):.1f}" for one in bins)
    dots = [
        f'<circle cx="{_x(one.said):.1f}" cy="{_y(one.found):.1f}" r="{2 + min(one.pairs, 60) ** 0.5 / 2:.1f}"'
        f' fill="{colour}"><title>{one.pairs} pairs</title></circle>'
        for one in bins
    ]
    label = f'<text x="{MARGIN + 10}" y="{MARGIN + 14 * number}" fill="{colour}">{name}</text>'
    return [f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>', *dots, label]


def _x(value: float) -> float:
    return MARGIN + value * (SIZE - 2 * MARGIN)


def _y(value: float) -> float:
    return SIZE - MARGIN - value * (SIZE - 2 * MARGIN)
