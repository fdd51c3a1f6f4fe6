"""A grey page → its ink, how far it is turned, and its ruled lines, by operations on whole pictures.

Everything here is Pillow's: a rule is what is left of the ink when every stroke shorter than a rule is worn away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

MOST_DEGREES = 5.0
SMALL = 600  # pixels of width at which the angle is measured: 0.1 degree is one pixel
GROUND, CONTRAST = 25, 28  # radius of the paper around a point, and how much darker than it ink is
SHORTEST_RULE = 0.028  # of the larger side of a page: 8 mm, longer than the strokes of a title
THICKEST_RULE = 14  # pixels at 200 dpi; what is thicker is a picture or a black edge
RUN = re.compile(rb"\xff+")


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: where it stands across (`at`), from where to where it runs, how thick it is, in pixels."""

    at: float
    start: float
    end: float
    thick: int = 3


def ink(picture: Any) -> Any:
    """White where a page is clearly darker than the paper around, black elsewhere: shadows and grey grounds vanish."""
    from PIL import ImageChops, ImageFilter

    paper = picture.filter(ImageFilter.BoxBlur(GROUND))
    return ImageChops.subtract(paper, picture).point(lambda darker: 255 if darker > CONTRAST else 0)


def turned(picture: Any) -> float:
    """The angle in degrees by which turning a page makes its lines level, 0 where no angle is clearly best.

    Lines of print and rules are level where the ink of the rows differs most from row to row.
    """
    height = max(1, round(picture.height * SMALL / picture.width))
    small = ink(picture.resize((SMALL, height)))
    coarse = max(_steps(-MOST_DEGREES, MOST_DEGREES, 0.5), key=lambda angle: (_level(small, angle), -abs(angle)))
    fine = max(_steps(coarse - 0.4, coarse + 0.4, 0.1), key=lambda angle: (_level(small, angle), -abs(angle)))
    return round(fine, 1) if _level(small, fine) > 1.02 * _level(small, 0.0) else 0.0


def _steps(first: float, last: float, step: float) -> list[float]:
    return [first + step * i for i in range(round((last - first) / step) + 1)]


def _level(small: Any, angle: float) -> int:
    from PIL import Image

    rows = small.rotate(angle, resample=Image.Resampling.BILINEAR).resize((1, small.height), Image.Resampling.BOX)
    sums = rows.tobytes()
    return sum((above - below) ** 2 for above, below in pairwise(sums))


def level(picture: Any, angle: float) -> Any:
    """The page turned by an angle about its middle, its size kept."""
    from PIL import Image

    if not angle:
        return picture
    return picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)


def rules(marks: Any) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and the vertical rules of the ink of a page."""
    from PIL import Image

    shortest = round(SHORTEST_RULE * max(marks.size))
    upright = marks.transpose(Image.Transpose.TRANSPOSE)
    return list(_rules(marks, shortest)), list(_rules(upright, round(shortest * 0.7)))


def _rules(marks: Any, shortest: int) -> Iterator[Rule]:
    """Horizontal rules: runs of ink in neighbouring rows put together; blocks are none."""
    from PIL import ImageFilter

    # a rule that is off level by a pixel stays in one piece
    worn = _worn(marks.filter(ImageFilter.MaxFilter(3)), shortest)
    width, data = worn.width, worn.tobytes()
    open_rules: list[list[int]] = []  # first row, last row, start, end
    for y in range(worn.height):
        row = data[y * width : (y + 1) * width]
        if not any(row):
            continue
        for run in RUN.finditer(row):
            start, end = run.start(), run.end() + shortest - 1
            same = next((r for r in open_rules if y - r[1] <= 2 and start <= r[3] + 3 and r[2] <= end + 3), None)
            if same is None:
                open_rules.append([y, y, start, end])
            else:
                same[1:] = [y, min(same[2], start), max(same[3], end)]
    for first, last, start, end in open_rules:
        if last - first < THICKEST_RULE:
            yield Rule((first + last) / 2, start, end, last - first + 1)


def _worn(marks: Any, length: int) -> Any:
    """Points from which ink runs on to the right for a length: the shortest picture of what is a rule."""
    from PIL import ImageChops

    reach = 1
    while reach < length:
        step = min(reach, length - reach)
        shifted = ImageChops.offset(marks, -step, 0)
        shifted.paste(0, (marks.width - step, 0, marks.width, marks.height))
        marks = ImageChops.darker(marks, shifted)
        reach += step
    return marks


def without_rules(picture: Any, across: list[Rule], down: list[Rule]) -> Any:
    """The page with its rules painted over, so that no rule is read as a letter."""
    from PIL import ImageDraw

    clean = picture.copy()
    draw = ImageDraw.Draw(clean)
    for rule in across:
        draw.line((rule.start - 2, rule.at, rule.end + 2, rule.at), fill=255, width=rule.thick + 1)
    for rule in down:
        draw.line((rule.at, rule.start - 2, rule.at, rule.end + 2), fill=255, width=rule.thick + 1)
    return clean
