"""Likeness of texts and figures, and the pairing built on it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.evaluation.matching import match
from kb.evaluation.similarity import alike, bare, containment, dice, same_number, same_unit

CHINESE_TEXT = st.text("质量合格率达到，。（）95%① a", max_size=12)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("（一）质量 · 水平。", "一质量水平"),
        ("ＡＢ—１２％", "ab12%"),
        ("①≥95\u3000%", "1≥95%"),
        ("", ""),
        (None, ""),
        (2014, "2014"),
    ],
)
def test_bare(printed: object, expected: str) -> None:
    """Width, case, white space and punctuation do not count; signs that carry meaning do."""
    assert bare(printed) == expected


@given(CHINESE_TEXT, CHINESE_TEXT)
def test_likeness_is_a_share(one: str, other: str) -> None:
    """Every likeness lies between 0 and 1, is the same both ways, and 1 for the text itself."""
    left, right = bare(one), bare(other)
    for likeness in (dice, containment):
        assert 0 <= likeness(left, right) <= 1
        assert likeness(left, right) == likeness(right, left) or len(left) == len(right)
    assert dice(left, right) <= alike(left, right) <= 1
    assert alike(left, left) == 1


def test_containment_needs_comparable_lengths() -> None:
    """A word is not alike the sentence that holds it."""
    assert alike("合格率", "合格率达到") == pytest.approx(0.95)
    assert alike("合格率", "主要产品抽检合格率") == dice("合格率", "主要产品抽检合格率")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1,000", 1000, True),
        ("", None, True),
        ("0", "", False),
        ("若干", None, True),
        ("0.3", 0.1 + 0.2, True),
        ("1", "2", False),
    ],
)
def test_same_number(one: object, other: object, expected: bool) -> None:
    """Figures are compared as numbers; what is no figure is missing."""
    assert same_number(one, other) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("％", "%", True), ("µg/m³", "微克/立方米", True), (None, "", True), (" 个 ", "个", True), ("%", "‰", False)],
)
def test_same_unit(one: object, other: object, expected: bool) -> None:
    """Spellings of one unit are one unit."""
    assert same_unit(one, other) is expected


def pairs(gold: str, found: str, floor: float = 0.5) -> dict[int, int]:
    def likeness(wanted: dict[str, str], got: dict[str, str]) -> float:
        return 1.0 if wanted == got else 0.6 if wanted["code"].lower() == got["code"].lower() else 0.0

    return match([{"code": sign} for sign in gold], [{"code": sign} for sign in found], likeness, floor).pairs


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ("ab", "ba", {0: 1, 1: 0}),
        ("aA", "Aa", {0: 1, 1: 0}),
        ("aa", "xaa", {1: 1, 0: 2}),
        ("xa", "aya", {1: 2}),
        ("aaa", "a", {0: 0}),
        ("a", "A", {0: 0}),
        ("a", "b", {}),
    ],
)
def test_pairs(gold: str, found: str, expected: dict[int, int]) -> None:
    """The most alike pair first; of equals the nearest; of equally near the later one."""
    assert pairs(gold, found) == expected


@given(st.text("abAB", max_size=6), st.text("abAB", max_size=6))
def test_pairing_is_one_to_one(gold: str, found: str) -> None:
    """No row is used twice, and no two rows that would pair are left over."""
    made = pairs(gold, found)
    assert len(set(made.values())) == len(made)
    left = [sign.lower() for here, sign in enumerate(gold) if here not in made]
    assert not set(left) & {sign.lower() for there, sign in enumerate(found) if there not in made.values()}
