"""`zhibiao simulate` on the bundled digest of a real rubric: the template, round trips, and cases derived by hand."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kb.base import open_base
from kb.cli import cli
from kb.demo import ingest_bundled
from kb.sheets import read_sheet, write_sheet

DIGEST = "changzhou-digest"
NOTICE = "notice-2013-digest"
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base of the bundled documents."""
    path: Path = tmp_path_factory.mktemp("simulate") / "zhibiao.db"
    with closing(open_base(path, create=True)) as connection:
        assert {outcome.status for outcome in ingest_bundled(connection, path)} == {"added"}
    return path


def zhibiao(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="zhibiao")


def template(database: Path, folder: Path, rubric: str = DIGEST, name: str = "values.csv") -> Rows:
    """The rows of the template that the command writes."""
    result = zhibiao("simulate", rubric, "--template", folder / name, "--db", database)
    assert result.exit_code == 0, result.output
    return read_sheet(folder / name, ("clause", "rule", "answer"))


def simulate(database: Path, file: Path, rubric: str = DIGEST, *options: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a simulated score, by part and code."""
    result = zhibiao("simulate", rubric, file, "--db", database, "--format", "json", *options)
    assert result.exit_code == 0, result.output
    return {(row["part"], row["code"]): row for row in json.loads(result.stdout)}


def filled(rows: Rows, file: Path, answer: Callable[[dict[str, str]], str]) -> Path:
    """The template with answers, written to a file."""
    write_sheet(file, [row | {"answer": answer(row)} for row in rows], list(rows[0]))
    return file


def by_key(answers: Mapping[str, str], otherwise: str) -> Callable[[dict[str, str]], str]:
    """Answers by “clause/rule”; all other rows get the same one."""
    return lambda row: answers.get(f"{row['clause']}/{row['rule']}", otherwise)


def span(row: dict[str, Any]) -> tuple[float, float, float]:
    return row["full"], row["low"], row["high"]


@pytest.mark.parametrize("name", ["values.csv", "values.xlsx"])
def test_the_template_has_a_row_a_rule(database: Path, tmp_path: Path, name: str) -> None:
    """Keys, what is asked and how; blank answers; CSV opens in Excel with its Chinese intact."""
    rows = template(database, tmp_path, name=name)
    with closing(open_base(database)) as connection:
        asked = (
            "select count(*) from score_rules s join clauses c on c.id = s.clause_id where c.document_id like '320400%'"
        )
        assert len(rows) == connection.execute(asked).fetchone()[0]
    keys = {(row["clause"], row["rule"]): row for row in rows}
    share = keys["3", "2"]
    assert (share["condition"], share["expected"], share["unit"]) == ("达到0.6‰", "figure, or yes/no", "‰")
    assert keys["3", "3"]["expected"] == "as rule 2"
    assert keys["14", "2"]["expected"] == "yes/no or n/a"
    assert {row["answer"] for row in rows} == {""}
    if name.endswith(".csv"):
        assert (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("rubric", "full", "bonus", "least"),
    [
        # 80 + 110 + 120 + 150 + 140 + 100 + 100 + 100 + 100; 24 and 25 print three places and 其余得5分 for the last
        (DIGEST, 1000, 60, {"24": 5, "25": 5}),
        (NOTICE, 100, None, {}),
    ],
)
def test_round_trips(
    database: Path, tmp_path: Path, rubric: str, full: int, bonus: int | None, least: dict[str, int]
) -> None:
    """All yes gives full marks in every clause, all no gives nothing, an empty template everything between.

    Where one place of several is held in any case, everything begins at the points of the last of them.
    """
    rows = template(database, tmp_path, rubric)
    for answer, low, high in (("yes", 1, 1), ("no", 0, 0), ("", 0, 1)):
        sure = {} if answer else least
        found = simulate(database, filled(rows, tmp_path / "filled.csv", lambda _, said=answer: said), rubric)
        assert span(found["total", ""]) == (full, low * full + sum(sure.values()), high * full)
        if bonus is not None:
            assert span(found["bonus total", ""]) == (bonus, low * bonus, high * bonus)
        for (part, code), row in found.items():
            if part in ("clause", "bonus"):
                assert (row["low"], row["high"]) == (low * row["full"] + sure.get(code, 0), high * row["full"]), code


def test_the_whole_rubric(shared: Path, tmp_path: Path) -> None:
    """The rubric that the digest is of: 1000 points and 60 bonus, all or nothing."""
    database = tmp_path / "whole.db"
    result = zhibiao("ingest", shared / "corpus" / "text" / "changzhou.txt", "--db", database)
    assert result.exit_code == 0, result.output
    rows = template(database, tmp_path, "changzhou")
    for answer, total, bonus in (("yes", 1000, 60), ("no", 0, 0)):
        found = simulate(database, filled(rows, tmp_path / "filled.csv", lambda _, said=answer: said), "changzhou")
        assert span(found["total", ""]) == (1000, total, total)
        assert span(found["bonus total", ""]) == (60, bonus, bonus)


# ---------------------------------------------------------------- three cases derived by hand


def test_figures_of_indicators_alone(database: Path, tmp_path: Path) -> None:
    """Figures that a city reports, by name of the indicator and in units of its own.

    - clause 3 (30 / 20 / 10 at 1‰ / 0.6‰ / 0.3‰): 0.07 % is 0.7‰, so 20.
    - clause 32 (20 at 100 %, 1 less for each 0.5 %): 98.8 % misses 1.2, two whole steps, so 18.
    - clause 33 (20 at 98 %, 1 less for each 0.5 %): 97 % misses 1.0, two whole steps, so 18.
    - clause 38 (20 for one pilot or more): 2, so 20.
    - clause 40 (20 for the first ten, 1 less for each place to 20): place 15 is five behind 10, so 15.
    - clause 11: 29 % is below 30 %, so its second part (5 of 25) is lost and 0 to 20 are left.
    - clauses 24 and 25 give 30 / 15 / 5 for leading, middling and 其余: whatever the city is, 5 each are sure.
    - lowest total 20 + 18 + 18 + 20 + 15 + 5 + 5 = 101; highest 1000 − 10 − 2 − 2 − 5 − 5 = 976.
    """
    given = {
        "经费数额占年度公共财政预算收入比例": "0.07%",
        "大中型工程一次验收合格率": "98.8%",
        "其他工程一次验收合格率": "97",
        "国家级综合服务业标准化试点": "2个",
        "服务业满意度得分": "第15名",
        "农业标准化生产普及率": "29%",
    }
    file = tmp_path / "indicators.csv"
    write_sheet(file, [{"indicator": name, "value": value} for name, value in given.items()], ["indicator", "value"])
    found = simulate(database, file)
    ranges = {code: (row["low"], row["high"]) for (part, code), row in found.items() if part == "clause"}
    assert ranges["3"] == (20, 20)
    assert (ranges["32"], ranges["33"], ranges["38"], ranges["40"]) == ((18, 18), (18, 18), (20, 20), (15, 15))
    assert ranges["11"] == (0, 20)
    assert ranges["12"] == (0, 25)
    assert span(found["section", "S1"]) == (80, 20, 70)
    assert (ranges["24"], ranges["25"]) == ((5, 30), (5, 30))
    assert span(found["section", "S5"]) == (140, 10, 140)
    assert span(found["total", ""]) == (1000, 101, 976)
    assert "98.8% against 100%: 2 whole steps of 0.5% × 1 = 2 taken" in found["clause", "32"]["why"]


CASE = {
    **{"1/2": "yes", "2/1": "yes", "2/3": "yes", "3/3": "0.35‰"},
    **{"14/1": "yes", "14/2": "n/a", "14/3": "是", "32/1": "90%", "32/2": "", "33/1": "89.9%", "33/2": ""},
    **{"36/2": "yes", "40/2": "20", "40/1": "", "40/3": "", "42/1": "3", "48/1": "yes"},
    **{"4/2": "yes", "7/3": "yes", "15/2": "yes", "24/3": "yes", "26/3": "1.5张", "26/4": "", "26/5": ""},
    **{"27/2": "yes", "28/1": "94%", "29/2": "3.9", "46/2": "yes"},
}


@pytest.mark.parametrize(("choice", "full", "total"), [("out", 995, 133), ("full", 1000, 138)])
def test_every_rule_answered(database: Path, tmp_path: Path, choice: str, full: int, total: int) -> None:
    """All rules answered no but these.

    - clause 1, second rule: 10; clause 2, rules 1 and 3: 10 + 10 = 20; clause 3 at 0.35‰: 10.
    - clause 14: rules 1 and 3 give 5 + 5; rule 2 does not apply, so 10 of 20, or 15 of 25.
    - clause 32 at 90 %: 20 steps of 0.5 % from 100 %, 20 − 20 = 0.
    - clause 33 at 89.9 %: 8.1 below 98 %, 16 whole steps, 20 − 16 = 4.
    - clause 36, second rule: 5; clause 40 at place 20: 20 − 10 = 10; clause 42 with three names: 5.
    - these sections, one, three, seven and eight: 10 + 20 + 10 + 10 + 0 + 4 + 5 + 10 + 5 = 74, or 79 with clause 14
      of 25; they count 80 + 120 + 100 + 100 = 400, or 395.
    - clause 4, second rule: 5; clause 7, third rule: 3; clause 15 under a deputy mayor: 16; clause 24 among 其余: 5.
    - clause 26 at 1.5 certificates: under 2, so the first 5 are lost, and over 1, so the second 5 are given.
    - clause 27, second of three grades: 10; clause 28 at just 94 %: 10; clause 29 at 3.9 of 4 batches: 0;
      clause 46, second rule: 5.
    - sections two, four, five, six and nine: 5 + 3 + 16 + 5 + 5 + 10 + 10 + 0 + 5 = 59; they count
      110 + 150 + 140 + 100 + 100 = 600.
    - total 74 + 59 = 133 of 395 + 600 = 995, or 79 + 59 = 138 of 1000; bonus 10 apart.
    """
    rows = template(database, tmp_path)
    found = simulate(database, filled(rows, tmp_path / "filled.csv", by_key(CASE, "no")), DIGEST, "--missing", choice)
    assert span(found["total", ""]) == (full, total, total)
    assert span(found["clause", "14"]) == ((20, 10, 10) if choice == "out" else (25, 15, 15))
    expected = {"1": 10, "2": 20, "3": 10, "32": 0, "33": 4, "36": 5, "40": 10, "42": 5, "10": 0}
    expected |= {"4": 5, "7": 3, "15": 16, "24": 5, "25": 0, "26": 5, "27": 10, "28": 10, "29": 0, "46": 5}
    assert {code: found["clause", code]["low"] for code in expected} == expected
    assert span(found["bonus total", ""]) == (60, 10, 10)
    assert "合理缺项" in found["total", ""]["why"]


def test_sections_known_and_unknown(database: Path, tmp_path: Path) -> None:
    """Two sections all yes but for one figure, the rest partly answered.

    - S1: 80. S3: 120, but the rate of clause 13 is 94 % where 95 % is asked: 115.
    - S7: clause 32 missed by an unknown share: 0 to 20; clause 33 met: 20; clause 37 has neither asked nor spread
      anything: 0; clauses 34, 35, 36 open: 0 to 10, 20, 10. Together 20 to 80.
    - S8: clause 40 behind place 20: 0; clause 41 second rule and not the first: 10; clauses 38, 39, 42, 43 open:
      0 to 20, 20, 15, 10. Together 10 to 75.
    - S2, S4, S5, S6, S9 open: 0 to 110, 150, 140, 100, 100; but S5 from 10, as clauses 24 and 25 give the last
      place (其余) 5 each. Together 10 to 600.
    - total 80 + 115 + 20 + 10 + 10 = 235 to 80 + 115 + 80 + 75 + 600 = 950.
    """
    known = {"1", "2", "3", "10", "11", "12", "13", "14"}
    answers = {"13/2": "94", "32/1": "no", "33/1": "yes", "37/3": "yes", "40/3": "21", "41/1": "no", "41/2": "yes"}

    def answer(row: dict[str, str]) -> str:
        return answers.get(f"{row['clause']}/{row['rule']}", "yes" if row["clause"] in known else "")

    found = simulate(database, filled(template(database, tmp_path), tmp_path / "filled.csv", answer))
    sections = {code: span(row)[1:] for (part, code), row in found.items() if part == "section"}
    answered = {"S1": (80, 80), "S3": (115, 115), "S7": (20, 80), "S8": (10, 75)}
    unanswered = {"S2": (0, 110), "S4": (0, 150), "S5": (10, 140), "S6": (0, 100), "S9": (0, 100), "S10": (0, 60)}
    assert sections == answered | unanswered
    assert span(found["total", ""]) == (1000, 235, 950)


# ---------------------------------------------------------------- conditions, what fits nowhere, what is wrong


def test_veto_and_basic_conditions_are_stated_apart(database: Path, tmp_path: Path) -> None:
    """A veto that applies and a basic condition that is missed are told; the points are computed all the same."""
    rows = template(database, tmp_path, NOTICE)
    answers = {"V2/": "yes", "V1/": "no", "B1.1.1/": "25%", "B1.1.2/": "97%", "B2.1/": "no"}
    found = simulate(database, filled(rows, tmp_path / "filled.csv", by_key(answers, "")), NOTICE)
    said = {code: row["why"].partition(";")[0] for (part, code), row in found.items() if part in ("veto", "basic")}
    assert (said["V1"], said["V2"], said["V3"]) == ("does not apply", "applies", "not known")
    assert (said["B1.1.1"], said["B1.1.2"], said["B2.1"], said["B2.2"]) == (
        "failed",
        "fulfilled",
        "failed",
        "not known",
    )
    assert span(found["total", ""]) == (100, 0, 100)


def test_what_fits_nowhere_is_told(database: Path, tmp_path: Path) -> None:
    """Names that nobody asks, units that do not fit: rows “unused” and a line beside the listing."""
    file = tmp_path / "odd.csv"
    lines = ["人均公园面积,12", "大中型工程一次验收合格率,95个", "城市居民满意度,yes", "服务业顾客满意度,88"]
    file.write_text("\n".join(["indicator,value", *lines]), encoding="utf-8")
    result = zhibiao("simulate", DIGEST, file, "--db", database, "--format", "csv")
    assert result.exit_code == 0
    why = [row["why"] for row in csv.DictReader(result.stdout.splitlines()) if row["part"] == "unused"]
    assert [one.partition(": ")[2] for one in why] == [
        "12: no such indicator in the base",
        "95个: asked in %, not in 个",
        "an indicator takes a figure, not yes",
        "88: clause 43 rule 2 asks it without a figure; answer that rule",
    ]
    assert result.stderr == "4 answers fit no rule: see the rows “unused”\n"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["1,1,yes", "1,1,no"], "line 3: clause 1 rule 1: no here, yes before; keep one"),
        (["33,1,98", "33,2,97"], "line 3: 其他工程一次验收合格率 (clause 33) is 97% here, 98% before; keep one"),
        (
            ["33,1,yes", "33,2,97"],
            "clause 33 rule 1 (其他工程一次验收合格率达到98%以上): answered yes, but the figure is 97%",
        ),
        (["99,1,yes"], "line 2: the rubric has no judged clause 99; keep the keys of the template"),
        (["1,7,yes"], "line 2: clause 1 has no rule 7; it has 1、2、3"),
        (["1,1,maybe"], "line 2: “maybe” is no answer; write yes, no, n/a or a figure"),
        (["1,1,35%"], "line 2: 35% for a question that takes yes or no; answer it so"),
        (["33,1,97个"], "line 2: 其他工程一次验收合格率 is asked in %, not in 个"),
        (["1,1,n/a"], "clause 1: is not optional (合理缺项); answer it with yes, no or a figure"),
        ([",,yes"], "line 2: names neither clause nor indicator; keep the keys of the template"),
    ],
)
def test_a_wrong_row_is_one_line(database: Path, tmp_path: Path, lines: list[str], message: str) -> None:
    """What is wrong, where, and what to do; nothing is computed."""
    file = tmp_path / "wrong.csv"
    file.write_text("\n".join(["clause,rule,answer", *lines]), encoding="utf-8")
    result = zhibiao("simulate", DIGEST, file, "--db", database)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_code_that_a_spreadsheet_changed_is_noticed(database: Path, tmp_path: Path) -> None:
    """A row that prints another condition than its keys ask is refused."""
    rows = template(database, tmp_path)
    moved = [row | {"clause": "10", "answer": "yes"} for row in rows if row["clause"] == "1"]
    write_sheet(tmp_path / "moved.csv", moved, list(rows[0]))
    result = zhibiao("simulate", DIGEST, tmp_path / "moved.csv", "--db", database)
    assert result.exit_code == 2
    assert "not what the row prints" in result.stderr


def test_the_command_takes_one_of_both(database: Path, tmp_path: Path) -> None:
    """Values or a template; a document without points is refused."""
    for arguments in ((DIGEST,), (DIGEST, tmp_path / "a.csv", "--template", tmp_path / "b.csv")):
        assert (
            "give VALUES to compute points, or --template FILE"
            in zhibiao("simulate", *arguments, "--db", database).stderr
        )
    result = zhibiao("simulate", "zhengzhou-digest", "--template", tmp_path / "b.csv", "--db", database)
    assert "gives no points; name a rubric" in result.stderr
