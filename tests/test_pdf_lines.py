"""Lines by baseline and the spaces in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers.pdf_chars import Char
from extract.readers.pdf_lines import lines_of, rotated, turned_lines, visible


def row(text: str, x: float = 0, base: float = 10, size: float = 10, width: float | None = None) -> list[Char]:
    """Characters side by side; a blank takes half a character, U+3000 a whole one."""
    chars = []
    for char in text:
        step = size / 2 if char == " " or char.isascii() else size
        step = width or step
        chars.append(Char(char, x, base - 0.86 * size, x + step, base + 0.14 * size, base))
        x += step
    return chars


@pytest.mark.parametrize(
    ("chars", "texts"),
    [
        (row("甲乙", base=10) + row("丙丁", base=30), ["甲乙", "丙丁"]),
        # a mixed line whose fonts stand 2 points apart is one line
        (row("甲", base=10) + row("A1", x=10, base=11.9, size=9), ["甲A1"]),
        # superscripts and subscripts stay in their line
        (row("100m", base=10) + row("2", x=20, base=6, size=5), ["100m2"]),
        (row("PM", base=10) + row("2.5", x=10, base=13, size=5) + row("浓度", x=20, base=10), ["PM2.5浓度"]),
        # small print under a line is no subscript
        (row("大字题名", base=20, size=20) + row("小字", base=32, size=8), ["大字题名", "小字"]),
        (row("姓名") + row("单位", x=60), ["姓名 单位"]),
        (row("张三 李四"), ["张三 李四"]),
        (row("完成") + row("95", x=22) + row("项", x=34), ["完成95项"]),
        (row("AB CD"), ["AB CD"]),
        (row("AB", x=0) + row("CD", x=13), ["AB CD"]),
        (row("甲\u3000乙"), ["甲 乙"]),
        (row("   "), []),
        ([], []),
    ],
)
def test_lines_and_their_spaces(chars: list[Char], texts: list[str]) -> None:
    """A line is what shares a baseline; a space is a wide gap, a blank of the file, or a gap between Latin words."""
    assert [line.text for line in lines_of(chars)] == texts


def test_pieces_of_a_line_know_their_ends() -> None:
    """Pieces between wide gaps carry their ends and text, a line of one piece has none."""
    (line,) = lines_of(row("序号", x=5) + row("内容", x=80))
    assert line.parts == ((5, 25, "序号"), (80, 100, "内容"))
    assert lines_of(row("序号"))[0].parts == ()


def test_the_source_of_a_changed_line_is_kept() -> None:
    """`raw` holds the source's characters where radicals were folded or private ones dropped, else nothing."""
    (changed,) = lines_of(row("⼈\ue123口"))
    assert (changed.text, changed.raw) == ("人口", "⼈\ue123口")
    assert lines_of(row("人口"))[0].raw is None


@pytest.mark.parametrize(
    ("source", "text"), [("☑\uf0fe是", "☑是"), ("\uf020", ""), ("⻔户 \ue000", "门户"), ("普通", "普通")]
)
def test_private_characters_are_not_shown(source: str, text: str) -> None:
    """Private characters vanish from the text; the sign that their font shows stays."""
    assert visible(source) == text


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_turned_lines_read_in_their_direction(turn: int) -> None:
    """Characters turned by quarters make the same lines, and their boxes lie where they stand on the page."""
    upright = row("转向的字", x=100, base=50) + row("第二行", x=100, base=70)
    turned = [Char(c.text, *rotated((c.x0, c.top, c.x1, c.bottom), turn), 0, turn) for c in upright]
    found = list(turned_lines(turned))
    assert [line.text for line in found] == ["转向的字", "第二行"]
    assert found[0].bbox == pytest.approx(rotated(lines_of(upright)[0].bbox, turn))


numbers = st.floats(-500, 500)


@given(numbers, numbers, st.floats(0, 100), st.floats(0, 100), st.integers(0, 3))
def test_turning_there_and_back_changes_nothing(x: float, y: float, wide: float, high: float, turn: int) -> None:
    """A box turned by quarters and turned back is the same box."""
    box = (x, y, x + wide, y + high)
    assert rotated(rotated(box, turn), 4 - turn) == box


@given(st.text(alphabet="甲乙丙 AB12，。⼈\ue000", max_size=40))
def test_no_character_is_lost_in_a_line(text: str) -> None:
    """The source of the lines is every character that is no blank."""
    kept = "".join(line.raw if line.raw is not None else line.text for line in lines_of(row(text)))
    assert sorted("".join(kept.split())) == sorted("".join(text.split()))
