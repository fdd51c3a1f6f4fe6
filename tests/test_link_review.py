"""Links out to people and back, and the reasons for a pair, on the command line."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from linked_base import ITEMS, linked, linked_base
from openpyxl import load_workbook

from kb.base import open_base
from kb.cli import cli
from kb.link.review import LABELS, review_rows

COLUMN = LABELS


def zhibiao(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="zhibiao")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a linked base."""
    monkeypatch.chdir(tmp_path)
    linked_base(tmp_path / "zhibiao.db").close()
    result = zhibiao("link")
    assert result.exit_code == 0, result.output
    assert "linked plan to rubric: " in result.output
    return tmp_path


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def write_csv(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, list(LABELS.values()))
        writer.writeheader()
        writer.writerows(rows)


def of_item(rows: list[dict[str, str]], code: str, rubric: str = "rubric") -> list[dict[str, str]]:
    return [row for row in rows if row[COLUMN["item_code"]] == code and row[COLUMN["rubric_id"]] == rubric]


def test_a_filled_table_comes_back(folder: Path) -> None:
    """Accept, reject, add and none are taken from a CSV that opens in Excel, and the links follow at once."""
    assert zhibiao("review", "export", "out.csv", "--plan", "plan").exit_code == 0
    assert (folder / "out.csv").read_bytes().startswith("\ufeff".encode())
    rows = read_csv(folder / "out.csv")
    assert {row[COLUMN["plan_id"]] for row in rows} == {"plan"}
    of_item(rows, "1.1")[0][COLUMN["decision"]] = "采纳"
    of_item(rows, "2.3")[0] |= {COLUMN["decision"]: "reject", COLUMN["note"]: "说的是另一件事"}
    of_item(rows, "3.3")[0] |= {COLUMN["decision"]: "add", COLUMN["clause_code"]: "V1", COLUMN["relation"]: "次要"}
    of_item(rows, "2.1")[0][COLUMN["decision"]] = "none"
    write_csv(folder / "back.csv", rows)
    result = zhibiao("review", "import", "back.csv", "--by", "王工")
    assert result.exit_code == 0, result.output
    assert "4 decisions taken, 0 rows refused" in result.output
    with closing(open_base(folder / "zhibiao.db")) as base:
        assert linked(base, "accepted") == {("1.1", "1"), ("3.3", "V1")}
        assert linked(base, "rejected") == {("2.3", of_item(rows, "2.3")[0][COLUMN["clause_code"]])}
        assert "2.1" not in {code for code, _ in linked(base)}
        assert {row[0] for row in base.execute("select decided_by from link_decisions")} == {"王工"}
        assert base.execute("select relation from links where status = 'accepted' order by id").fetchall()[-1][0]


def test_a_workbook_comes_back(folder: Path) -> None:
    """XLSX does as well, with codes as text."""
    assert zhibiao("review", "export", "out.xlsx").exit_code == 0
    book = load_workbook(folder / "out.xlsx")
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    assert header == list(LABELS.values())
    sheet.cell(2, header.index(COLUMN["decision"]) + 1, "accept")
    book.save(folder / "back.xlsx")
    assert zhibiao("review", "import", "back.xlsx", "--by", "王工").exit_code == 0
    with closing(open_base(folder / "zhibiao.db")) as base:
        assert base.execute("select count(*) from link_decisions").fetchone()[0] == 1


def test_what_is_dear_and_doubtful_comes_first(folder: Path) -> None:
    """Items are ordered by points at stake times doubt, and an item's clauses stay together."""
    with closing(open_base(folder / "zhibiao.db", write=True)) as base:
        rows = review_rows(base, plan="plan", rubric="rubric")
        codes = [row[COLUMN["item_code"]] for row in rows]
        assert [code for n, code in enumerate(codes) if n == 0 or codes[n - 1] != code] == list(dict.fromkeys(codes))
        last = codes[-1]
        base.execute("update links set score = 0.99")
        base.execute("update link_candidates set score = 0.01")
        base.execute(
            "update links set score = 0.5 where plan_item_id ="
            " (select id from plan_items where document_id = 'plan' and code = ?)",
            (last,),
        )
        assert review_rows(base, plan="plan", rubric="rubric")[0][COLUMN["item_code"]] == last


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"decision": "vielleicht"}, "is no decision"),
        ({"decision": "accept", "clause_code": "77"}, "rubric has no clause 77"),
        ({"decision": "accept", "relation": "third"}, "is no relation"),
    ],
)
def test_a_wrong_row_is_refused_and_the_others_taken(folder: Path, change: dict[str, str], message: str) -> None:
    """Each bad row is one line with its number, and the command ends with 1."""
    zhibiao("review", "export", "out.csv", "--rubric", "rubric", "--plan", "plan")
    rows = read_csv(folder / "out.csv")
    rows[0] |= {COLUMN[name]: value for name, value in change.items()}
    rows[5][COLUMN["decision"]] = "accept"
    write_csv(folder / "back.csv", rows)
    result = zhibiao("review", "import", "back.csv")
    assert result.exit_code == 1
    assert f"back.csv row 2: {'“' if 'is no' in message else ''}" in result.output
    assert message in result.output
    assert "1 decisions taken, 1 rows refused" in result.output


def test_a_table_without_its_header_is_refused(folder: Path) -> None:
    """One line says which column is missing."""
    (folder / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    result = zhibiao("review", "import", "bad.csv")
    assert result.exit_code == 2
    assert "lacks the column" in result.output


def test_annotated_links_are_taken_whole(folder: Path) -> None:
    """links.csv of a folder of annotations: what it links is accepted, every other item serves nothing there."""
    gold, rubric = folder / "gold" / "plan", folder / "gold" / "rubric"
    for path in (gold, rubric):
        path.mkdir(parents=True)
    items = "\n".join(f"{code},,,{text},,,1" for code, text in ITEMS.items())
    (gold / "plan_items.csv").write_text(f"code,parent_section,clause,text,starts_on,ends_on,line\n{items}\n", "utf-8")
    (gold / "links.csv").write_text("item,rubric,clause,relation,why\n1.2,rubric,2,primary,same\n", "utf-8")
    header = "code,parent,kind,title,points,points_status,verification,optional,line"
    (rubric / "clauses.csv").write_text(f"{header}\n2,,scored,安排质量工作专项经费,10,printed,,,1\n", "utf-8")
    result = zhibiao("review", "import", gold / "links.csv", "--by", "annotator")
    assert result.exit_code == 0, result.output
    assert f"{len(ITEMS)} decisions taken" in result.output
    with closing(open_base(folder / "zhibiao.db")) as base:
        assert linked(base, "accepted") == {("1.2", "2")}
        assert linked(base) == set()


def test_why_tells_fragments_words_and_figures(folder: Path) -> None:
    """The reasons of a pair stand in words, then every feature with its weight."""
    result = zhibiao("why", "plan:2.2", "rubric:5")
    assert result.exit_code == 0, result.output
    for shown in (
        "inferred link, primary, proposed",
        "地产农产品抽检合格率",
        "same indicator: 农产品抽检合格率",
        ">= 95%",
    ):
        assert shown in result.output
    rows = zhibiao("why", "plan:2.2", "rubric:5", "--format", "csv").output.splitlines()
    assert rows[0] == "adds,weight,value,feature,meaning"
    assert len(rows) == 24


@pytest.mark.parametrize(
    ("item", "clause", "shown"),
    [
        ("plan：2.2", "rubric:5", "rubric:5"),  # a full-width colon
        ("甲市创建方案:2.2", "示范城市考核细则:5", "rubric:5"),
        ("疏浚内河", "rubric:3", "neither claimed nor offered; they share no telling word"),
    ],
)
def test_names_are_read_leniently(folder: Path, item: str, clause: str, shown: str) -> None:
    """A document may be called by its title, an item by its words."""
    result = zhibiao("why", item, clause)
    assert result.exit_code == 0, result.output
    assert shown in result.output


def test_names_that_fit_many_pairs_list_them(folder: Path) -> None:
    """An ambiguous name ends as candidates to choose from, an unknown one as a line."""
    result = zhibiao("why", "2.1", "1")
    assert result.exit_code == 2
    assert "fits" in result.output
    assert "plan:2.1 rubric:1" in result.output
    assert "no plan item is called that" in zhibiao("why", "plan:8.8", "rubric:1").output


def test_training_writes_the_weights_of_this_base(folder: Path) -> None:
    """`link --train` writes them beside the base, where later commands find them."""
    result = zhibiao("link", "--train")
    assert result.exit_code == 0, result.output
    assert (folder / "zhibiao.db.model.json").is_file()
    assert "learnt from" in result.output
    assert zhibiao("link").output == "0 pairs of plan and rubric linked; the others are as they were\n"
    (folder / "zhibiao.db.model.json").write_text("{}", encoding="utf-8")
    assert "zhibiao.db.model.json: not a model of this version" in zhibiao("link").output
