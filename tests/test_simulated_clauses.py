"""`kb.simulate`: what one clause gives, rule by rule, on a rubric made up for it; and what holds for any answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_rubric import RUBRIC, made_rubric

from kb.base import memory_base
from kb.demo import ingest_bundled
from kb.simulate.answers import Answer, Figure, WrongAnswer
from kb.simulate.asking import measured, question
from kb.simulate.clauses import Missing, Scored, condition_state, scored
from kb.simulate.measures import Measure
from kb.simulate.reading import Read
from kb.simulate.reported import Reported
from kb.simulate.rubric import Clause, Rubric, Rule, read_rubric
from kb.simulate.totals import simulated, treatment_printed


@pytest.fixture(scope="module")
def rubric(tmp_path_factory: pytest.TempPathFactory) -> Rubric:
    """The made-up rubric, read and ingested."""
    return made_rubric(tmp_path_factory.mktemp("made"))[1]


@pytest.fixture(scope="module")
def judged_clauses(tmp_path_factory: pytest.TempPathFactory) -> list[Clause]:
    """The clauses that give points in the bundled documents."""
    base = memory_base()
    for outcome in ingest_bundled(base, tmp_path_factory.mktemp("bundled") / "base.db"):
        assert outcome.status == "added"
    ids = [row[0] for row in base.execute("select distinct document_id from clauses where points is not null")]
    return [clause for one in ids for clause in read_rubric(base, one).clauses if clause.kind in ("scored", "bonus")]


def clause_of(rubric: Rubric, code: str) -> Clause:
    return next(clause for clause in rubric.clauses if clause.code == code)


def reported(clause: Clause, answers: Mapping[int, Answer]) -> Reported:
    """Answers by number of the rule; a figure goes to what the rule measures, as the table's reader has it."""
    words: dict[int, Answer] = {}
    figures: dict[Measure, Figure] = {}
    for rule in clause.asked:
        answer = answers.get(rule.ordinal)
        if isinstance(answer, Figure) and question(clause, rule).kind in ("figure", "yes/no"):
            (thing,) = measured(clause, rule)
            figure = thing.read(answer)
            assert figure is not None
            if figures.setdefault(thing, figure) != figure:
                raise WrongAnswer(f"{figure} and {figures[thing]} for {thing.name}")
        elif answer is not None:
            words[rule.ordinal] = answer
    return Reported(words, figures)


def n(value: float, unit: str | None = None) -> Figure:
    return Figure(value, unit)


@pytest.mark.parametrize(
    ("code", "answers", "points"),
    [
        # 20 at 100 %, 1 less for each whole 0.5 % below, not below 0
        ("1", {1: n(100)}, "20"),
        ("1", {1: n(99.5)}, "19"),
        ("1", {1: n(99.6)}, "20"),
        ("1", {1: n(80)}, "0"),
        ("1", {}, "0…20"),
        ("1", {1: "yes"}, "20"),
        ("1", {1: "no"}, "0…20"),
        ("1", {1: "no", 2: "no"}, "0"),
        # full marks less 2 for each of the 12 rounds that is missing
        ("2", {1: n(12)}, "10"),
        ("2", {1: n(9)}, "4"),
        ("2", {1: n(1)}, "0"),
        ("2", {}, "0…10"),
        ("2", {1: "no"}, "10"),
        ("2", {1: "yes"}, "0…8"),
        # 2 a place, at most 10
        ("3", {1: n(0)}, "0"),
        ("3", {1: n(3)}, "6"),
        ("3", {1: n(9)}, "10"),
        ("3", {1: "yes"}, "2…10"),
        # alternatives by ranges: the upper end belongs to the next better one
        ("4", {1: n(98)}, "10"),
        ("4", {1: n(97.9)}, "6"),
        ("4", {2: n(95)}, "6"),
        ("4", {1: n(94)}, "2"),
        ("4", {1: n(80)}, "0"),
        ("4", {1: n(980, "‰")}, "10"),
        ("4", {1: "no"}, "0…6"),
        ("4", {2: "yes"}, "6…10"),
        # 15 where there is no fire, else 5 less a fire
        ("5", {1: "yes"}, "15"),
        ("5", {2: n(0)}, "15"),
        ("5", {2: n(1)}, "10"),
        ("5", {2: n(9)}, "0"),
        ("5", {1: "no"}, "0…15"),
        # parts that add up
        ("6", {1: "yes"}, "4…10"),
        ("6", {1: "yes", 2: n(2)}, "4"),
        ("6", {2: n(3)}, "6…10"),
        # a deduction made once, and one by the case with a limit
        ("7", {1: "yes"}, "0…5"),
        ("7", {1: "no", 2: n(2)}, "6"),
        ("7", {1: "no", 2: n(5)}, "4"),
        ("7", {1: "yes", 2: n(5)}, "0"),
        # a place in an order, between the best ten and the fifteenth
        ("9", {1: n(10)}, "10"),
        ("9", {2: n(13, "位")}, "7"),
        ("9", {1: n(15)}, "5"),
        ("9", {1: n(16)}, "0"),
        # what is left where none of the others holds
        ("10", {1: "no", 2: "no"}, "2"),
        ("10", {1: "no"}, "2…6"),
        ("10", {1: "no", 2: "no", 3: "no"}, "0"),
        ("10", {}, "2…10"),
        # no rule: somebody gives the points
        ("11", {}, "0…5"),
        ("11", {0: n(3.5)}, "3.5"),
        ("11", {0: "yes"}, "5"),
        # the share alone does not say that money was set aside; too low a share says that the best rule is missed
        ("12", {2: n(1.2)}, "3…5"),
        ("12", {2: n(0.08, "%")}, "3"),
        ("12", {1: "yes"}, "5"),
        ("12", {3: "yes"}, "0"),
        # a rule that takes everything
        ("13", {1: n(25), 2: "no"}, "10"),
        ("13", {1: n(19), 2: "no"}, "7"),
        ("13", {1: n(25)}, "0…10"),
        ("13", {2: "yes"}, "0"),
        # what lacks counts down from what is complete
        ("14", {1: "yes"}, "10"),
        ("14", {1: "no", 2: n(3, "项")}, "7"),
        ("14", {2: n(3)}, "7"),
        ("14", {1: "no"}, "0…10"),
        # a share of the points for a share of the demand
        ("15", {1: n(100)}, "10"),
        ("15", {1: n(80)}, "8"),
        ("15", {1: "no"}, "0…10"),
        # 2 less for each whole point below 85
        ("16", {1: n(86)}, "10"),
        ("16", {1: n(82.5)}, "6"),
        ("16", {1: n(60, "分")}, "0"),
        # bonus: by the item, at most 5
        ("17", {1: n(3)}, "5"),
        ("17", {1: n(1)}, "2"),
        ("17", {}, "0…5"),
    ],
)
def test_what_a_clause_gives(rubric: Rubric, code: str, answers: dict[int, Answer], points: str) -> None:
    """Each way of giving and taking points, from answers that settle it and from such that do not."""
    clause = clause_of(rubric, code)
    assert str(scored(clause, reported(clause, answers)).points) == points


def test_a_clause_that_does_not_apply(rubric: Rubric) -> None:
    """Its points are left out of the full marks, or given; a clause that is not optional cannot be left out."""
    clause = clause_of(rubric, "8")
    out = scored(clause, Reported({1: "n/a"}), "left_out")
    given_full = scored(clause, Reported({0: "n/a"}), "full_marks")
    assert [(one.full, str(one.points)) for one in (out, given_full)] == [(0, "0"), (5, "5")]
    with pytest.raises(WrongAnswer, match="clause 6: is not optional"):
        scored(clause_of(rubric, "6"), Reported({1: "n/a"}))


@pytest.mark.parametrize(
    ("sentence", "treatment", "full", "remark"),
    [
        ("", None, 155, "5 points left out of the full marks (the rubric does not say how: --missing chooses)"),
        ("合理缺项的得满分。", "full_marks", 160, "counted with full marks (as printed or chosen)"),
        ("合理缺项不计入总分。", "left_out", 155, "5 points left out of the full marks (as printed or chosen)"),
    ],
)
def test_the_rubric_says_what_becomes_of_missing_points(
    tmp_path: Path, sentence: str, treatment: Missing | None, full: float, remark: str
) -> None:
    """What is printed decides, else they are left out; the total states which."""
    base, rubric = made_rubric(tmp_path, f"{RUBRIC}\n{sentence}\n")
    printed = treatment_printed(base, rubric.id)
    assert printed == treatment
    read = Read(answers={"8": {1: "n/a"}})
    total = next(
        row for row in simulated(rubric, read, printed or "left_out", printed is None) if row["part"] == "total"
    )
    assert total["full"] == full
    assert remark in total["why"]


def test_a_figure_that_fits_no_rule_is_told(rubric: Rubric) -> None:
    """Below the last alternative there is no rule: 0 points, and the figure is named."""
    clause = clause_of(rubric, "4")
    assert scored(clause, reported(clause, {1: n(80)})).unfit == ("80% fits no rule: 0 points",)
    assert scored(clause, reported(clause, {1: n(96)})).unfit == ()


def test_reasons_name_rule_condition_and_value(rubric: Rubric) -> None:
    """Each figure says how it came, in words."""
    clause = clause_of(rubric, "1")
    met, taken = scored(clause, reported(clause, {1: n(98.7)})).points.why
    assert met == "rule 1 “重点工程合格率达到100%”: not met (98.7%)"
    assert taken == "rule 2 “未达到100%的每下降0.5%”: 98.7% against 100%: 2 whole steps of 0.5% × 1 = 2 taken"


@pytest.mark.parametrize(
    ("code", "answers", "state"),
    [
        ("V1", {0: "yes"}, "applies"),
        ("V1", {}, "not known"),
        ("V2", {0: n(10)}, "applies"),
        ("V2", {0: n(2)}, "does not apply"),
        ("B1", {0: n(29)}, "failed"),
        ("B1", {0: n(31)}, "fulfilled"),
        ("B2", {0: "no"}, "failed"),
    ],
)
def test_conditions_are_stated(rubric: Rubric, code: str, answers: dict[int, Answer], state: str) -> None:
    """A veto applies or not, a basic condition is fulfilled or failed, or it is not known."""
    clause = clause_of(rubric, code)
    assert condition_state(clause, reported(clause, answers))[0] == state


def test_a_word_against_a_figure_is_refused(rubric: Rubric) -> None:
    """One line with clause, rule, answer and figure."""
    clause = clause_of(rubric, "4")
    with pytest.raises(WrongAnswer, match=r"clause 4 rule 1 .*answered yes, but the figure is 96%"):
        scored(clause, Reported({1: "yes"}, reported(clause, {2: n(96)}).figures))


def test_no_case_and_a_case_are_refused(rubric: Rubric) -> None:
    """That there was no fire does not go with one that was counted."""
    clause = clause_of(rubric, "5")
    with pytest.raises(WrongAnswer, match=r"rule 1 .* is met, but rule 2 .* counts 1起"):
        scored(clause, Reported({1: "yes", 2: n(1, "起")}))


# ---------------------------------------------------------------- what holds for any answers


def answers_to(clause: Clause, rule: Rule) -> st.SearchStrategy[Answer | None]:
    """No answer, a word, or a figure around those that the rule prints."""
    words: st.SearchStrategy[Answer | None] = st.sampled_from([None, "yes", "no"])
    asked = question(clause, rule)
    if asked.kind == "yes/no":
        return words
    near = [bound.value or 0 for thing in measured(clause, rule) for bound in thing.bounds]
    most = clause.points or 20 if asked.kind == "points" else max([20.0, *near]) + 5
    return words | st.floats(0, min(most, 100)).map(lambda value: Figure(round(value, 1)))


@st.composite
def judged(draw: st.DrawFn, rubric: Rubric) -> tuple[Clause, dict[int, Answer]]:
    """A clause of the rubric with answers to some of its rules."""
    clause = draw(st.sampled_from([one for one in rubric.clauses if one.kind in ("scored", "bonus")]))
    drawn = {rule.ordinal: draw(answers_to(clause, rule)) for rule in clause.asked}
    return clause, {number: answer for number, answer in drawn.items() if answer is not None}


def attempt(clause: Clause, answers: Mapping[int, Answer]) -> Scored:
    """The score; answers that contradict each other are not looked at."""
    try:
        return scored(clause, reported(clause, answers))
    except WrongAnswer:
        assume(False)
        raise


@given(data=st.data())
def test_points_stay_between_floor_and_printed_points(rubric: Rubric, data: st.DataObject) -> None:
    """Whatever is answered, 0 ≤ low ≤ high ≤ the printed points."""
    clause, answers = data.draw(judged(rubric))
    points = attempt(clause, answers).points
    assert clause.points is not None
    assert 0 <= points.low <= points.high <= clause.points


@given(data=st.data())
def test_more_conditions_met_never_give_less(rubric: Rubric, data: st.DataObject) -> None:
    """A rule that gives points, answered yes and not no, lowers neither end."""
    clause, answers = data.draw(judged(rubric))
    giving = [rule.ordinal for rule in clause.rules if rule.mode != "deduction" and rule.points]
    assume(giving)
    number = data.draw(st.sampled_from(giving))
    missed = attempt(clause, answers | {number: "no"}).points
    met = attempt(clause, answers | {number: "yes"}).points
    assert missed.low <= met.low
    assert missed.high <= met.high


@given(data=st.data())
def test_knowing_more_narrows_the_range(rubric: Rubric, data: st.DataObject) -> None:
    """An answer to what was open stays inside the range that was told before, where the answers agree.

    An award that is met does not agree with 未开展的得0分, with a deduction for missing it, or with what is left over.
    """
    clause, answers = data.draw(judged(rubric))
    assume(not any(answers.get(rule.ordinal) == "yes" for rule in clause.rules if rule.mode == "deduction"))
    assume(not any(answers.get(rule.ordinal) == "yes" for rule in clause.rules if rule.points == 0))
    assume(not any(rule.condition == "其余" and rule.ordinal in answers for rule in clause.rules))
    # that no fire was counted, or nothing was found to lack, says that there was none
    assume(clause.code not in ("5", "14") or answers.get(2) not in ("no", Figure(0.0)))
    assume(answers)
    number = data.draw(st.sampled_from(sorted(answers)))
    wide = attempt(clause, {key: answer for key, answer in answers.items() if key != number}).points
    narrow = attempt(clause, answers).points
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


def test_rubrics_of_the_corpus_keep_within_their_points(judged_clauses: list[Clause]) -> None:
    """Every clause of the bundled rubrics, all yes, all no and unanswered, stays between 0 and its printed points."""
    assert len(judged_clauses) > 30
    for clause in judged_clauses:
        for answer in ("yes", "no", None):
            given_answers = {rule.ordinal: answer for rule in clause.asked} if answer else {}
            points = scored(clause, Reported(given_answers)).points
            assert 0 <= points.low <= points.high <= (clause.points or 0), clause.code


def test_the_rubric_is_read_as_it_is_made(rubric: Rubric, tmp_path: Path) -> None:
    """All its clauses are there: the tests above judge something."""
    kinds = [clause.kind for clause in rubric.clauses]
    assert (kinds.count("veto"), kinds.count("basic"), kinds.count("scored"), kinds.count("bonus")) == (2, 2, 16, 1)
    assert sum(clause.points or 0 for clause in rubric.clauses if clause.kind == "scored") == rubric.total_points
