"""Floors: the scores on the annotated documents in reach stay above those on record, and no floor sinks in silence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, shared_path
from hypothesis import given
from hypothesis import strategies as st

import kb.evaluation.gate
from kb.cli import cli
from kb.errors import BrokenFloors
from kb.evaluation.floors import Floor, read_floors, sha256_of
from kb.evaluation.gate import judge

FLOORS = read_floors(ROOT / "tests" / "floors.json")
FIGURES = st.dictionaries(st.sampled_from(["clauses", "links", "plan_items"]), st.floats(0, 1))


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: f"{floor.slug}-{Path(floor.file).suffix[1:]}")
def test_no_score_is_below_its_floor(floor: Floor) -> None:
    """Read from the very bytes on record, F1 of every kind of record is at least its floor."""
    assert list(judge(floor, shared_path() / "gold" / floor.slug, shared_path()).problems()) == []


def test_every_lowered_floor_has_its_reason() -> None:
    """Beside a floor that came down stands from where and why."""
    assert len(FLOORS) >= 8
    for floor in FLOORS:
        for kind, note in floor.lowered.items():
            assert floor.f1[kind] < float(note["from"])
            assert str(note["because"]).strip()


@given(FIGURES, FIGURES)
def test_an_update_never_lowers(before: Mapping[str, float], scored: Mapping[str, float]) -> None:
    """Whatever is measured, every floor stays or rises, and what is measured reaches what it raised."""
    floor = Floor("plan", "plan.txt", "", before)
    after = floor.raised(scored)
    assert all(after.f1[kind] >= figure for kind, figure in before.items())
    assert set(after.below(scored)) <= set(floor.below(scored))
    assert after.lowered == {}


def test_lowering_without_a_reason_is_refused() -> None:
    """Blank words are no reason."""
    with pytest.raises(BrokenFloors, match="only with a reason"):
        Floor("plan", "plan.txt", "", {"links": 0.9}).lowered_to({"links": 0.5}, "links", "  ")


# ---------------------------------------------------------------- the command


@pytest.fixture
def scored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """A corpus of one file with annotations, and floors for it; what is returned is what is measured."""
    monkeypatch.chdir(tmp_path)
    figures = {"clauses": 0.9, "links": 0.5}
    monkeypatch.setattr(kb.evaluation.gate, "measured", lambda file, folder: figures)
    (tmp_path / "gold" / "plan").mkdir(parents=True)
    (tmp_path / "gold" / "plan" / "document.json").write_text("{}")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "plan.txt").write_text("一、目标")
    assert floors("--update-floors", "--match", "plan=texts/plan.txt").exit_code == 0
    return figures


def floors(*options: str) -> Result:
    return CliRunner().invoke(cli, ["evaluate", "gold", "--floors", "floors.json", *options], prog_name="zhibiao")


def kept() -> dict[str, object]:
    [entry] = json.loads(Path("floors.json").read_text(encoding="utf-8"))["plan"]
    return dict(entry)


def test_figures_are_shown_beside_their_floors(scored: dict[str, float]) -> None:
    """A row a kind with the difference; the exit code is 1 when any is below, and the line says which."""
    scored["clauses"] = 0.95
    result = floors("--format", "csv")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "plan,texts/plan.txt,clauses,0.95,0.9,0.05" in result.stdout
    scored["links"] = 0.25
    result = floors()
    assert result.exit_code == 1
    assert result.stderr == "plan texts/plan.txt: links 0.2500 is below its floor 0.5\n"


def test_an_update_raises_and_leaves_what_is_below(scored: dict[str, float]) -> None:
    """One command raises what is better; what is worse stays where it was and fails."""
    scored.update(clauses=0.9999, links=0.4)
    assert floors("--update-floors").exit_code == 1
    assert kept()["f1"] == {"clauses": 0.999, "links": 0.5}
    assert "lowered" not in kept()


def test_a_floor_is_lowered_only_by_name_and_with_a_reason(scored: dict[str, float]) -> None:
    """The reason stands in the file beside the figure, until the floor is back where it was."""
    scored["links"] = 0.4
    result = floors("--update-floors", "--lower", "plan", "links")
    assert (result.exit_code, kept()["f1"]) == (2, {"clauses": 0.9, "links": 0.5})
    assert "give --because" in result.stderr
    assert floors("--lower", "plan", "links", "--because", "the annotations were wrong").exit_code == 0
    assert kept()["f1"] == {"clauses": 0.9, "links": 0.4}
    assert kept()["lowered"] == {"links": {"from": 0.5, "because": "the annotations were wrong"}}
    assert floors("--lower", "plan", "clauses", "--because", "whim").exit_code == 2
    scored["links"] = 0.6
    assert floors("--update-floors").exit_code == 0
    assert "lowered" not in kept()


def test_other_bytes_are_told_and_change_no_floor(scored: dict[str, float]) -> None:
    """Floors are worth nothing for a file that changed; named again, it must still reach them."""
    before = kept()
    Path("texts/plan.txt").write_text("一、别的目标")
    scored["links"] = 0.1
    result = floors("--update-floors")
    assert result.exit_code == 1
    assert "its sha256 differs" in result.stderr
    assert kept() == before
    assert floors("--update-floors", "--match", "plan=texts/plan.txt").exit_code == 1
    assert kept() == before | {"sha256": sha256_of(Path("texts/plan.txt"))}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--match", "other=texts/plan.txt"), "other: no annotations of this name"),
        (("--match", "plan=texts/none.txt"), "name the folder of the corpus with --corpus"),
        (("--match", "plan=texts/plan.txt", "--match", "plan=texts/b.txt"), "one file at a time"),
        (("--corpus", "gold"), "name the folder of the corpus with --corpus"),
    ],
)
def test_what_is_not_there_is_one_line(scored: dict[str, float], options: tuple[str, ...], said: str) -> None:
    """Missing annotations and missing files are told with what to do."""
    result = floors("--update-floors", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_floors_without_annotations_are_named(scored: dict[str, float]) -> None:
    """A slug whose annotations are not given is not judged, and that is said; options of floors need the file."""
    content = json.loads(Path("floors.json").read_text(encoding="utf-8"))
    Path("floors.json").write_text(json.dumps(content | {"rest": [{"file": "texts/rest.txt", "sha256": "0"}]}))
    result = floors()
    assert (result.exit_code, result.stderr) == (
        0,
        "rest texts/rest.txt: not judged, its annotations are not given\n",
    )
    result = floors("nowhere")
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: nowhere: no folder of annotations there; name a folder that `zhibiao export --to gold` wrote\n",
    )
    Path("floors.json").write_text("[1]")
    assert floors().exit_code == 2
    result = CliRunner().invoke(cli, ["evaluate", "gold", "--update-floors"])
    assert (result.exit_code, "go with --floors" in result.stderr) == (2, True)
