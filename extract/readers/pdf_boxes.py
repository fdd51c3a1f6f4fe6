"""Where the characters of an open page stand: boxes, baselines and turns, column by column for speed.

A font's characters of one size stand equally high over their baseline: it is asked of a few of each height, and of all
only where those disagree.  Fonts whose own heights are of no use get theirs from baseline and size.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from itertools import repeat
from operator import add, mul, sub
from typing import Any

from extract.errors import UnreadableFile
from extract.readers.pdf_pdfium import OpenPage, function

ASCENT = 0.86  # of the size, for fonts whose own heights are of no use
LOWEST, HIGHEST = 0.6, 1.05  # share of its height at which a character's baseline lies under its top
STEPS = 64  # heights are told apart by this part of a point
SAMPLE = 16  # every so many characters the baseline is asked for
SAME_BASE = 0.3  # points

Floats = list[float]


def place_chars(handle: int, count: int, page: OpenPage, turned: bool, odd_fonts: bool) -> list[Any]:
    """x0, top, x1, bottom, baseline and quarter turns of all characters: six columns."""
    left, top, right, bottom = _loose_boxes(handle, count)
    known, wrong = (None, None) if turned or page.turns else _baselines(handle, top, bottom)
    if known is None:
        known = [y for _, y in _origins(handle, range(count))]
    turns = _turns(handle, count, page) if turned else [0] * count
    e, f = page.matrix[4:]
    if page.turns:
        columns = _shown(page, handle, [left, top, right, bottom])
    else:
        across = [[x + e for x in left], [x + e for x in right]] if e else [left, right]
        columns = [across[0], [f - y for y in top], across[1], [f - y for y in bottom], [f - y for y in known]]
    if odd_fonts:
        wrong = range(count)
    elif wrong is None:
        wrong = [
            i for i, (_, top, _, bottom, base) in enumerate(zip(*columns, strict=True)) if _is_odd(top, bottom, base)
        ]
    _resize(handle, columns, [index for index in wrong if not turns[index]])
    return [*columns, turns]


def _is_odd(top: float, bottom: float, base: float) -> bool:
    return not LOWEST * (bottom - top) <= base - top <= HIGHEST * (bottom - top)


def _loose_boxes(handle: int, count: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Left, top, right and bottom in user space."""
    loose = (ctypes.c_float * (4 * count))()
    at = ctypes.addressof(loose)
    # one C-level loop: a call costs a third of what it costs in a Python loop
    read = sum(map(function("FPDFText_GetLooseCharBox"), repeat(handle), range(count), range(at, at + 16 * count, 16)))
    if read != count:
        raise UnreadableFile("is damaged (characters without a place); get the file again or print it anew")
    return loose[0::4], loose[1::4], loose[2::4], loose[3::4]


def _origins(handle: int, indices: Sequence[int]) -> list[tuple[float, float]]:
    count = len(indices)
    spots = (ctypes.c_double * (2 * count))()
    at = ctypes.addressof(spots)
    places: Any = (range(at, at + 16 * count, 16), range(at + 8, at + 8 + 16 * count, 16))
    if sum(map(function("FPDFText_GetCharOrigin"), repeat(handle), indices, *places)) != count:
        raise UnreadableFile("is damaged (characters without a place); get the file again or print it anew")
    return list(zip(spots[0::2], spots[1::2], strict=True))


def _baselines(handle: int, top: Floats, bottom: Floats) -> tuple[Floats | None, Sequence[int] | None]:
    """The baseline of every character in user space by its height, and the characters whose heights are wrong.

    `None` for both where fonts of one height disagree.
    """
    count = len(top)
    keys = list(map(int, map(mul, map(sub, top, bottom), repeat(STEPS))))
    firsts = dict(zip(reversed(keys), range(count - 1, -1, -1), strict=True))
    asked = _origins(handle, list(firsts.values()))
    over = {key: y - bottom[index] for (key, index), (_, y) in zip(firsts.items(), asked, strict=True)}
    found = list(map(add, bottom, map(over.__getitem__, keys)))
    sample = range(0, count, SAMPLE)
    agree = (
        abs(y - found[i]) <= SAME_BASE or not keys[i]
        for i, (_, y) in zip(sample, _origins(handle, sample), strict=True)
    )
    if not all(agree):
        return None, None
    odd = {key for key, offset in over.items() if key and _is_odd(0, key, key - STEPS * offset)}
    return found, [index for index, key in enumerate(keys) if key in odd] if odd else []


def _shown(page: OpenPage, handle: int, user: list[Floats]) -> list[Floats]:
    """Boxes of user space and their baselines on the page as it is shown: x0, top, x1, bottom, baseline."""
    a, b, c, d, e, f = page.matrix
    boxes = list(zip(*user, strict=True))
    xs = [sorted((a * x + c * y + e, a * u + c * v + e)) for x, y, u, v in boxes]
    ys = [sorted((b * x + d * y + f, b * u + d * v + f)) for x, y, u, v in boxes]
    base = [b * x + d * y + f for x, y in _origins(handle, range(len(boxes)))]
    return [[x[0] for x in xs], [y[0] for y in ys], [x[1] for x in xs], [y[1] for y in ys], base]


def _resize(handle: int, columns: list[Floats], wrong: Sequence[int]) -> None:
    """Gives tops and bottoms from baseline and size to characters whose font's own heights are of no use."""
    _, tops, _, bottoms, bases = columns
    values = (ctypes.c_float * 6)()
    at = ctypes.addressof(values)
    size_of, matrix_of = function("FPDFText_GetFontSize"), function("FPDFText_GetMatrix")
    for index in wrong:
        scale = math.hypot(values[2], values[3]) if matrix_of(handle, index, at) else 1.0
        size, base = size_of(handle, index) * scale, bases[index]
        tops[index], bottoms[index] = base - ASCENT * size, base + (1 - ASCENT) * size


def _turns(handle: int, count: int, page: OpenPage) -> list[int]:
    """Quarter turns clockwise of every character as the page is shown; -1 for a slanted one."""
    turns = []
    for angle in map(function("FPDFText_GetCharAngle"), repeat(handle), range(count)):
        quarters = angle / (math.pi / 2)  # pdfium counts clockwise
        near = round(quarters)
        turns.append((near + page.turns) % 4 if abs(quarters - near) < 0.04 else -1)
    return turns
