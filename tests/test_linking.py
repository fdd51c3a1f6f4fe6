"""`kb.link`: items are tied to the clauses they serve, nothing is done twice, and what people decided stands."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from gold_base import insert
from linked_base import CLAUSES, ITEMS, linked, linked_base, read_anew

from kb.base import transaction
from kb.errors import UnreadableModel
from kb.link.arrays import np
from kb.link.claims import OFFERED
from kb.link.decision import claimed
from kb.link.decisions import Decision, Verdict, item_hash, save_decisions
from kb.link.evidence import Demand, same_demands
from kb.link.features import FEATURES, Comparison
from kb.link.fitting import Examples, fit
from kb.link.fragments import ClauseText, sentences, without_boilerplate
from kb.link.index import NEAREST
from kb.link.linking import link_due
from kb.link.model import read_model, save_model, shipped_model
from kb.link.synthesis import from_parts, from_tasks
from kb.link.texts import pairs, read_plan, read_rubric
from kb.link.training import train
from kb.link.why import MEANINGS

SERVED = {
    ("1.1", "1"),
    ("1.2", "2"),
    ("2.1", "3"),
    ("2.2", "5"),
    ("2.3", "6"),
    ("3.1", "8"),
    ("3.1", "9"),
    ("3.3", "4"),
}


@pytest.fixture
def base() -> sqlite3.Connection:
    return linked_base()


def run(base: sqlite3.Connection) -> list[tuple[str, str]]:
    """Link what is due, and tell what was."""
    return [(one.plan_id, one.rubric_id) for one in link_due(base, shipped_model())]


def decide(base: sqlite3.Connection, verdict: Verdict, code: str, clause: str, text: str | None = None) -> None:
    """One decision about the city's plan and the rubric."""
    key = ("plan", code, item_hash(ITEMS[code] if text is None else text), "rubric", clause)
    with transaction(base):
        save_decisions(base, [Decision(*key, verdict, None, "看过", "审核员", "2024-05-01T00:00:00Z")])


def test_items_are_tied_to_what_they_serve(base: sqlite3.Connection) -> None:
    """Every item finds its clauses; one about another matter finds none."""
    run(base)
    assert linked(base) >= SERVED - {("3.1", "9")}
    assert not {code for code, _ in linked(base)} & {"3.2"}


def test_links_go_to_leaves_that_are_judged(base: sqlite3.Connection) -> None:
    """No link and no candidate goes to a section or to the catalogue."""
    run(base)
    for table in ("links", "link_candidates"):
        kinds = {row[0] for row in base.execute(f"select c.kind from {table} l join clauses c on c.id = l.clause_id")}
        assert kinds <= {"scored", "veto", "basic", "bonus"}, table
        assert "scored" in kinds, table


def test_a_reviewer_gets_five_clauses_an_item(base: sqlite3.Connection) -> None:
    """Claims and candidates of an item have the ranks from 1 on, at least five where so many share a word."""
    run(base)
    rows = base.execute(
        "select plan_item_id, group_concat(rank) as ranks from (select plan_item_id, clause_id, rank from links"
        " union all select plan_item_id, clause_id, rank from link_candidates) k join clauses c on c.id = clause_id"
        " where c.document_id = 'rubric' and plan_item_id in (select id from plan_items where document_id = 'plan')"
        " group by plan_item_id"
    ).fetchall()
    assert len(rows) >= len(ITEMS) - 1
    for row in rows:
        found = sorted(map(int, row["ranks"].split(",")))
        assert found == list(range(1, len(found) + 1))
    assert sum(row["ranks"].count(",") + 1 >= OFFERED for row in rows) >= len(ITEMS) - 2


def test_a_link_says_why(base: sqlite3.Connection) -> None:
    """The evidence holds both fragments, what they share, the same indicator and threshold, and weighty features."""
    run(base)
    row = base.execute(
        "select l.evidence from links l join plan_items i on i.id = l.plan_item_id join clauses c on c.id = l.clause_id"
        " where i.code = '2.2' and c.code = '5' and c.document_id = 'rubric'"
    ).fetchone()
    said = json.loads(row["evidence"])
    assert (said["item"], said["clause"]) == (sentences(ITEMS["2.2"])[0], CLAUSES["5"][1][0])
    assert "地产农产品抽检合格率" in said["shared"]
    assert (said["same_indicator"], said["same_threshold"]) == ("农产品抽检合格率", ">= 95%")
    assert set(said["features"]) <= set(FEATURES)
    assert said["model"] == shipped_model().name


def test_a_machine_sets_no_status(base: sqlite3.Connection) -> None:
    """However sure the model is, its links are proposed, and their scores lie between 0 and 1."""
    run(base)
    rows = base.execute("select status, score from links where method = 'inferred'").fetchall()
    assert {row["status"] for row in rows} == {"proposed"}
    assert all(0 < row["score"] < 1 for row in rows)


def test_plans_are_held_against_rubrics_of_their_campaign_and_those_they_cite(base: sqlite3.Connection) -> None:
    """A task table that prints the rubric counts as one, and is not held against itself."""
    assert pairs(base) == [("plan", "rubric"), ("plan", "table"), ("table", "rubric")]
    base.execute("update documents set campaign = '别的' where id = 'rubric'")
    assert pairs(base) == [("plan", "table")]
    insert(base, "citations", document_id="plan", cited_title="示范城市考核细则", cited_document_id="rubric")
    assert pairs(base) == [("plan", "rubric"), ("plan", "table")]


def test_only_what_changed_is_linked_again(base: sqlite3.Connection) -> None:
    """A second run does nothing; a new text and another model do what they touch."""
    assert run(base) == [("plan", "rubric"), ("plan", "table"), ("table", "rubric")]
    assert run(base) == []
    base.execute("update plan_items set text = text || '另行通报。' where document_id = 'plan' and code = '1.2'")
    assert run(base) == [("plan", "rubric"), ("plan", "table")]
    model = shipped_model()
    other = type(model)(model.means, model.spreads, model.weights, model.intercept - 1, {})
    assert len(list(link_due(base, other))) == 3


def test_documents_that_part_lose_what_was_inferred(base: sqlite3.Connection) -> None:
    """Links between documents that no longer belong together go; printed ones stay."""
    run(base)
    base.execute("update documents set campaign = '别的' where id = 'plan'")
    run(base)
    assert linked(base) == linked(base, rubric_id="table") == set()
    assert base.execute("select count(*) from links where method = 'printed'").fetchone()[0] == 2


def test_decisions_stand_over_suggestions(base: sqlite3.Connection) -> None:
    """Accepted, rejected and added links have the status that a person gave them, and rank before the others."""
    run(base)
    decide(base, "accept", "1.1", "1")
    decide(base, "reject", "2.3", "6")
    decide(base, "accept", "3.2", "V1")
    assert run(base) == [("plan", "rubric")]
    assert linked(base, "accepted") == {("1.1", "1"), ("3.2", "V1")}
    assert linked(base, "rejected") == {("2.3", "6")}
    rows = base.execute("select method, score, rank, evidence from links where status = 'accepted'").fetchall()
    assert {(row["method"], row["score"], row["rank"]) for row in rows} == {("reviewed", 1.0, 1)}
    assert all(json.loads(row["evidence"])["decided_by"] == "审核员" for row in rows)


def test_serving_no_clause_is_a_decision(base: sqlite3.Connection) -> None:
    """An item that serves nothing is suggested nothing, until somebody accepts a clause for it."""
    decide(base, "none", "2.3", "")
    run(base)
    assert "2.3" not in {code for code, _ in linked(base)}
    decide(base, "accept", "2.3", "6")
    run(base)
    assert linked(base, "accepted") == {("2.3", "6")}


def test_decisions_survive_another_reading_and_another_model(base: sqlite3.Connection) -> None:
    """Items that come back under other ids, and weights that change, leave decisions as they are."""
    decide(base, "accept", "1.2", "2")
    decide(base, "reject", "2.1", "3")
    run(base)
    read_anew(base)
    assert linked(base, "accepted") == set()
    list(link_due(base, train(base)))
    assert linked(base, "accepted") == {("1.2", "2")}
    assert linked(base, "rejected") == {("2.1", "3")}


@pytest.mark.parametrize(
    ("code", "new_code", "new_text", "kept"),
    [
        ("1.2", "7.4", ITEMS["1.2"], True),  # the item moved
        ("1.2", "1.2", "市财政安排质量专项经费五百万元。", True),  # its words were edited behind a printed code
        ("1.2", "一（二）", "市财政安排质量专项经费五百万元。", False),  # and behind none
    ],
)
def test_an_item_is_known_again(base: sqlite3.Connection, code: str, new_code: str, new_text: str, kept: bool) -> None:
    """Words find their decision wherever they stand; a printed code finds it too; else it waits and is told."""
    decide(base, "accept", code, "2")
    base.execute(
        "update plan_items set code = ?, text = ? where document_id = 'plan' and code = ?", (new_code, new_text, code)
    )
    outcome = next(link_due(base, shipped_model()))
    assert (linked(base, "accepted") == {(new_code, "2")}) is kept
    assert [one.item_code for one in outcome.lost] == ([] if kept else [code])
    assert base.execute("select count(*) from link_decisions").fetchone()[0] == 1


def test_people_judge_printed_links_too(base: sqlite3.Connection) -> None:
    """A printed link keeps all but its status, which goes back when the decision goes."""
    key = ("table", "2.1", item_hash("把专项经费写进财政预算"), "table", "2")
    with transaction(base):
        save_decisions(base, [Decision(*key, "reject", None, None, "审核员", "2024-05-01T00:00:00Z")])
    printed = "select method, score, rank, status from links where method = 'printed' order by id"
    run(base)
    assert [tuple(row) for row in base.execute(printed)] == [
        ("printed", 1.0, 1, "proposed"),
        ("printed", 1.0, 1, "rejected"),
    ]
    base.execute("delete from link_decisions")
    run(base)
    assert {row["status"] for row in base.execute(printed)} == {"proposed"}


def test_a_base_teaches_its_own_weights(base: sqlite3.Connection, tmp_path: Path) -> None:
    """Training tells what it learnt from, leaves out what it is told to, and the model comes back from its file."""
    decide(base, "accept", "1.2", "2")
    model = train(base)
    assert [source.split()[0] for source in model.trained_on["printed_links"]] == ["table"]
    assert [source.split()[0] for source in model.trained_on["own_parts"]] == ["rubric", "table"]
    assert model.trained_on["reviewed_links"] == ["plan 甲市创建方案 to rubric 示范城市考核细则"]
    assert train(base, without=["plan"]).trained_on["reviewed_links"] == []
    save_model(model, tmp_path / "model.json")
    again = read_model((tmp_path / "model.json").read_text(encoding="utf-8"), "model.json")
    assert again.weights == pytest.approx(model.weights, abs=1e-4)


def test_training_is_repeatable(base: sqlite3.Connection) -> None:
    """The same base gives the same weights."""
    assert train(base).name == train(base).name


def test_nothing_to_learn_from_is_said() -> None:
    """A base without rubrics teaches nothing."""
    empty = linked_base()
    empty.execute("delete from links")
    empty.execute("delete from score_rules")
    empty.execute("update clauses set title = ''")
    with pytest.raises(UnreadableModel, match="nothing to learn from"):
        train(empty)


@pytest.mark.parametrize("text", ["", "[]", '{"format": 1}', '{"format": 99, "means": {}}'])
def test_a_file_that_is_no_model_is_refused(text: str) -> None:
    """One line names the file and the way to a good one."""
    with pytest.raises(UnreadableModel, match=r"own\.json: not a model of this version"):
        read_model(text, "own.json")


def test_weights_find_what_tells() -> None:
    """The feature that goes with the truth gets the greatest weight, one that says nothing none."""
    random = np.random.default_rng(1)
    values = random.normal(size=(4000, len(FEATURES)))
    truth = (values[:, 3] + 0.3 * random.normal(size=4000) > 1).astype(float)
    values[:, 5] = 7.0
    model = fit([Examples(values, truth, np.ones(4000))], {})
    assert max(model.weights, key=lambda name: model.weights[name]) == FEATURES[3]
    assert model.weights[FEATURES[5]] == pytest.approx(0)
    assert model.probabilities(values).mean() == pytest.approx(truth.mean(), abs=0.01)


def test_no_item_must_have_a_clause() -> None:
    """Unlikely pairs are not claimed, were they the best of their item."""
    assert claimed(np.array([0, 1]), np.array([0.97, 0.1])).tolist() == [True, False]
    assert claimed(np.array([], dtype=np.int64), np.array([])).tolist() == []


def test_made_plans_tell_the_truth() -> None:
    """A made plan serves the clauses its tasks come from, once each, and keeps figures; parts leave their clause."""
    clauses = [ClauseText(title, conditions) for title, conditions in CLAUSES.values()]
    made = from_parts(clauses, ["疏浚航道改造码头"], seed=3)
    assert sorted(clause for served in made.serves for clause in served) == list(range(len(clauses)))
    assert all(len(left.units) < len(whole.units) for left, whole in zip(made.clauses, clauses, strict=True))
    tasks = [("抽检合格率达到95%以上", 4), ("执行率达到100%", 5)]
    told = from_tasks(tasks, clauses, [], seed=1)
    assert {clause for served in told.serves for clause in served} == {4, 5}
    assert "95%" in "".join(sentence for item in told.items for sentence in item)
    assert all(clause.units for clause in told.clauses)


def test_looking_closely_is_bounded() -> None:
    """Of a long rubric an item has a bounded number of neighbours, its true clause among them."""
    clauses = [
        ClauseText(f"第{number}类产品{chr(0x4E00 + 7 * number)}{chr(0x5E00 + 5 * number)}合格率", ())
        for number in range(400)
    ]
    found = Comparison([[clauses[n].title + "逐年提高"] for n in (3, 250)], clauses).pairs()
    assert np.bincount(found.items).max() <= NEAREST
    assert {3, 250} <= set(found.clauses[found.values[:, FEATURES.index("item_rank")] == 0].tolist())


def test_words_without_any_clause_have_no_neighbours() -> None:
    """An item that shares no gram with the rubric is in no pair, and an empty clause harms nobody."""
    found = Comparison([["疏浚航道"], ["抽检农产品"]], [ClauseText("农产品抽检", ()), ClauseText("", ())]).pairs()
    assert list(zip(found.items.tolist(), found.clauses.tolist(), strict=True)) == [(1, 0)]


def test_a_sentence_that_stands_everywhere_counts_nowhere() -> None:
    """Boilerplate is dropped, but an item keeps its only sentence."""
    own = ["召开联席会议制定规划", "推行首席质量官", "检定计量器具", "改造既有建筑"]
    plan = [[text, "明确责任分工确保任务落实到位"] for text in own] + [["明确责任分工确保任务落实到位"]]
    assert without_boilerplate(plan) == [[text] for text in own] + [["明确责任分工确保任务落实到位"]]


def test_short_indicators_are_not_the_same() -> None:
    """A word that is part of too many names makes no two indicators one."""
    assert same_demands([Demand("产值", ">= 1")], [Demand("工业产值", ">= 1")]) == {}


def test_every_feature_is_explained() -> None:
    """What a feature says stands in words, and the shipped model weighs each."""
    assert tuple(MEANINGS) == FEATURES or set(MEANINGS) == set(FEATURES)
    assert set(shipped_model().weights) == set(FEATURES)


def test_the_shipped_model_says_what_it_was_trained_on() -> None:
    """Sources and numbers stand beside the weights."""
    sources = shipped_model().trained_on
    assert all(sources[kind] for kind in ("own_parts", "printed_links", "reviewed_links"))
    assert 0 < sources["links"] < sources["pairs"]


def test_a_lost_title_is_compared_as_another_list_prints_it(base: sqlite3.Connection) -> None:
    """Where two lists of a campaign agree, the title that one lost is taken from the other; nothing is stored."""
    base.execute("update clauses set title = '' where document_id = 'table' and code = '7'")
    titles = {clause.code: clause.text.title for clause in read_rubric(base, "table").clauses}
    assert titles["7"] == CLAUSES["7"][0]
    assert base.execute("select title from clauses where document_id = 'table' and code = '7'").fetchone()[0] == ""
    base.execute("update clauses set title = title || '别的事项若干' || code where document_id = 'rubric'")
    assert {clause.code: clause.text.title for clause in read_rubric(base, "table").clauses}["7"] == ""


def test_plans_are_read_in_their_order(base: sqlite3.Connection) -> None:
    """Items come in reading order, with their printed codes."""
    assert [item.code for item in read_plan(base, "plan").items] == list(ITEMS)
