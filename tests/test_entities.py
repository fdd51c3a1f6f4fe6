"""`kb.entities`: one row for a body of a region and for a measured thing; people's decisions over rules."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_extractions import made

from extract.departments.identities import identity, present_function, present_name, successions
from extract.indicator_names import comparable
from extract.records import Assignment, Extraction, PlanItem, Threshold
from extract.regions import region
from extract.terms import terms
from kb.base import memory_base, transaction
from kb.entities.decisions import decide
from kb.entities.exchange import COLUMNS, export_identities, import_identities
from kb.entities.identity_sets import Same, Verdicts, name_sets
from kb.entities.proposals import department_proposals, indicator_proposals
from kb.entities.settling import Touched, settle
from kb.load import load_document
from kb.sheets import read_sheet, write_sheet

WHEN = "2024-01-01T00:00:00Z"


@pytest.fixture
def base() -> sqlite3.Connection:
    return memory_base()


def rows(connection: sqlite3.Connection, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(sql, parameters)]


def plan(
    title: str, bodies: Iterable[str] = (), indicators: Iterable[tuple[str, str | None]] = (), **head: Any
) -> Extraction:
    """A plan with one task, these bodies and thresholds of 95 for these indicators."""
    facts = [
        PlanItem("9", "提高抽查合格率", 5),
        *(Assignment("lead", "市质监局", name, 4, plan_item="9") for name in bodies),
        *(Threshold(name, ">=", "合格率至96%", 5, 95.0, unit=unit, plan_item="9") for name, unit in indicators),
    ]
    kinds = (PlanItem, Assignment, Threshold)
    return made(title, None, cites=(), without=kinds, extra=tuple(facts), **head)


def edited(extraction: Extraction) -> Extraction:
    """The same facts on other words: a new edition, not a copy that overlooks facts."""
    passages = tuple(replace(passage, text=f"{passage.text}（{passage.ordinal}改）") for passage in extraction.passages)
    return replace(extraction, passages=passages)


def load(base: sqlite3.Connection, extraction: Extraction) -> str:
    with transaction(base):
        number = base.execute("select count(*) from revisions").fetchone()[0]
        return load_document(base, extraction, source="in/a.txt", sha256=f"sha-{number}").document_id


def names(base: sqlite3.Connection) -> dict[str, set[str]]:
    """The bodies by name with every name that documents use for them."""
    found: dict[str, set[str]] = {}
    sql = "select d.name, a.name from department_aliases a join departments d on d.id = a.department_id"
    for body, alias in rows(base, sql):
        found.setdefault(body, set()).add(alias)
    return found


def indicators(base: sqlite3.Connection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, alias in rows(
        base, "select n.name, a.printed from indicator_aliases a join indicators n on n.id = a.indicator_id"
    ):
        found.setdefault(name, set()).add(alias)
    return found


# ---------------------------------------------------------------- what a name means


@pytest.mark.parametrize(
    ("name", "code", "home"),
    [
        ("市质监局", "320400", "320400"),
        ("省质监局", "320400", "320000"),
        ("国家质检总局", "320400", "100000"),
        ("盐城海关", "320400", "320900"),
        ("盐城市卫生局", "320000", "320900"),
        ("赣州市水利局", "360735", "360700"),
        ("市水利局", "360735", "360700"),
        ("县水利局", "360735", "360735"),
        ("市教委", "110105", "110000"),
        ("区教育局", "320400", "320400"),
        ("省星海厅", "330100", "330000"),
        ("人民银行盐城市中心支行", "320000", "320900"),
        ("南京市鼓楼区教育局", "320000", "320106"),
        ("财政部", None, "100000"),
        ("矿区管理办公室", "320400", "320400"),
        ("上海市星海公司", "320400", "310000"),
    ],
)
def test_a_body_belongs_to_the_region_that_its_name_prints(name: str, code: str | None, home: str) -> None:
    """The level or the place before a name decides; which of the levels below is meant, a document does not say."""
    found = identity(name, region(code) if code else None).region
    assert found is not None
    assert found.code == home


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市公安局", "市公安分局"),
        ("市国土局", "市国土分局"),
        ("市人大", "市人大办公室"),
        ("市政协", "市政协办公室"),
        ("市纪委", "市纪委监委"),
        ("市政府", "市政府办公室"),
        ("市委政法委", "市综治办"),
        ("市民委", "市民宗委"),
        ("常州国检局", "常州检验检疫办事处"),
        ("人行中心支行", "人行支行"),
        ("市消防支队", "市公安消防支队"),
        ("市领导小组", "市工作领导小组"),
        ("市卫生局", "市卫健委"),
        ("市质监局", "市市场监管局"),
    ],
)
def test_bodies_that_are_two_stay_two(base: sqlite3.Connection, one: str, other: str) -> None:
    """An office is not what it serves, a branch not its head, a predecessor not its successor."""
    load(base, plan("甲市方案", [one, other], region="320400"))
    assert len(names(base)) == 2


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        (("市质量技术监督局", "市质监局", "常州市质监局"), "市质监局"),
        (("市发展改革委", "市发改委"), "市发改委"),
        (("市卫生计生委", "市卫计委"), "市卫计委"),
        (("常州出入境检验检疫局", "常州国检局"), "常州国检局"),
        (("人民银行常州市中心支行", "人行中心支行"), "人行中心支行"),
        (("市公安消防支队", "市公安消防支队"), "市公安消防支队"),
    ],
)
def test_spellings_of_one_body_are_one_row(base: sqlite3.Connection, spellings: tuple[str, ...], name: str) -> None:
    """In one document or in two, in either order, a body has one row, called by its shortest name."""
    load(base, plan("甲市方案", spellings, region="320400"))
    assert names(base) == {name: set(spellings)}
    other = memory_base()
    for number, spelling in enumerate(reversed(spellings)):
        load(other, plan(f"甲市第{number}方案", [spelling], region="320400"))
    assert names(other) == {name: set(spellings)}


def test_a_national_body_is_one_from_whatever_document(base: sqlite3.Connection) -> None:
    """发展改革委 of the State Council's own documents is 国家发展改革委 of a city's plan."""
    load(base, plan("国家方案", ["发展改革委", "人民银行"], region="100000"))
    load(base, plan("甲市方案", ["国家发展改革委", "市发改委"], region="320400"))
    found = rows(base, "select region_code, name, full_name from departments order by region_code, name")
    assert found == [
        ("100000", "人民银行", "中国人民银行"),
        ("100000", "发展改革委", "国家发展和改革委员会"),
        ("320400", "市发改委", "常州市发展和改革委员会"),
    ]


def test_bodies_go_with_the_last_document_that_names_them(base: sqlite3.Connection) -> None:
    """A revision that names a body otherwise leaves no row behind, and a body keeps its id under another name."""
    load(base, plan("甲市方案", ["市质量技术监督局", "市体育局"], region="320400"))
    before = rows(base, "select id from departments where name = '市质量技术监督局'")
    load(base, plan("甲市方案", ["市质量技术监督局", "市质监局"], region="320400"))
    assert rows(base, "select id from departments where name = '市质监局'") == before
    assert names(base) == {"市质监局": {"市质监局", "市质量技术监督局"}}
    load(base, edited(plan("甲市方案", ["市质量技术监督局"], region="320400")))
    assert rows(base, "select id, name from departments") == [(*before[0], "市质量技术监督局")]


# ---------------------------------------------------------------- successions


def test_every_succession_is_between_functions_that_bodies_have() -> None:
    """Both ends are functions of departments.toml; following them ends; each has a day and a source."""
    functions = {entry["function"] for entry in terms("departments")["body"]}
    for row in successions():
        assert {row.function, row.successor} <= functions
        assert present_function(row.function) in functions
        assert row.on[:4].isdigit()
        assert row.source
    whole = [row.function for row in successions() if not row.part]
    assert len(whole) == len(set(whole))


@pytest.mark.parametrize(
    ("printed", "successors"),
    [
        ("市质监局", ["市场监督管理"]),
        ("市卫生局", ["卫生和计划生育", "卫生健康"]),
        ("市扶贫办", ["乡村振兴", "农业农村"]),
        ("市国税局", ["税务"]),
        ("市财政局", []),
    ],
)
def test_a_function_brings_its_successors(base: sqlite3.Connection, printed: str, successors: list[str]) -> None:
    """With a body its function is written and all that took it over, each with its day and its source."""
    load(base, plan("甲市方案", [printed], region="320400"))
    found = rows(
        base,
        "select f.name from department_aliases a join departments d on d.id = a.department_id"
        " join function_heirs h on h.function_id = d.function_id join functions f on f.id = h.heir_id"
        " where f.id <> d.function_id order by f.id",
    )
    assert [name for (name,) in found] == successors
    assert rows(base, "select 1 from function_successions where succeeded_on is null or source is null") == []


def test_a_part_that_went_elsewhere_is_no_heir(base: sqlite3.Connection) -> None:
    """What took over a part of the duties is told, and today's name of the body stays its own."""
    load(base, plan("甲市方案", ["市民政局"], region="320400"))
    assert rows(base, "select count(*) > 0, min(part) from function_successions") == [(1, 1)]
    assert rows(base, "select today_name from departments") == [("常州市民政局",)]
    assert present_name(identity("市地税局", region("320400"))) == "国家税务总局常州市税务局"


def test_successions_are_written_anew(base: sqlite3.Connection) -> None:
    """After what is known has changed, the rows follow it with the next document that names the body."""
    load(base, plan("甲市方案", ["市质监局"], region="320400"))
    before = rows(base, "select * from function_successions order by 1, 2")
    base.execute("update function_successions set source = 'hearsay'")
    base.execute("insert into function_successions (function_id, successor_id) select id, id from functions limit 1")
    load(base, plan("乙市方案", ["市质监局"], region="320400"))
    assert rows(base, "select * from function_successions order by 1, 2") == before


# ---------------------------------------------------------------- indicators


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("节能建筑的比重", "节能建筑比例"),
        ("获奖企业数", "获奖企业数量"),
        ("全市“名优”产品占比", "名优产品比重"),
        ("单位地区生产总值能耗", "单位GDP能耗"),
        ("2020年旅客满意程度", "旅客满意度"),
    ],
)
def test_printings_of_one_indicator_are_one_row(base: sqlite3.Connection, one: str, other: str) -> None:
    """What a rule takes off parts no indicators; the printing stays, and the reason names the rule."""
    load(base, plan("甲市方案", indicators=[(one, "%")]))
    load(base, plan("乙市方案", indicators=[(other, "%"), (other, "%")], region="320400"))
    assert indicators(base) == {other: {one, other}}
    assert rows(base, "select indicator from thresholds order by id") == [(one,), (other,), (other,)]
    assert rows(base, "select method, reason like 'both are %' from indicator_aliases where method <> 'name'") == [
        ("rule", 1)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("生产性服务业满意度", None), ("生活性服务业满意度", None)),
        (("市区污水处理率", "%"), ("县城污水处理率", "%")),
        (("省级名牌数", "个"), ("名牌数", "个")),
        (("顾客满意度", None), ("顾客满意指数", None)),
        (("投资的比重", "%"), ("投资比例", "个")),
        (("消费价格指数", None), ("消费价格指数量", None)),
        (("抽查合格率", "%"), ("抽检合格率", "%")),
    ],
)
def test_two_indicators_stay_two(
    base: sqlite3.Connection, one: tuple[str, str | None], other: tuple[str, str | None]
) -> None:
    """What narrows a thing makes another one of it, and so does a unit of another kind."""
    load(base, plan("甲市方案", indicators=[one, other]))
    assert len(indicators(base)) == 2


def test_units_of_one_kind_do_not_part(base: sqlite3.Connection) -> None:
    """% and ‰ measure shares: the contradiction is told, not hidden in two indicators."""
    load(base, plan("甲市方案", indicators=[("投诉比重", "%"), ("投诉占比", "‰")]))
    assert len(indicators(base)) == 1


def test_an_indicator_goes_with_its_last_threshold(base: sqlite3.Connection) -> None:
    """A revision that prints it otherwise leaves no row and no alias behind."""
    load(base, plan("甲市方案", indicators=[("获奖企业数", "个"), ("投诉率", "‰")]))
    load(base, edited(plan("甲市方案", indicators=[("获奖企业数量", "个")])))
    assert indicators(base) == {"获奖企业数量": {"获奖企业数量"}}
    assert rows(base, "select name, unit from indicators") == [("获奖企业数量", "个")]


def test_the_order_of_documents_does_not_matter() -> None:
    """Whichever came first, the same printings are one indicator under the same name."""
    found = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        base = memory_base()
        printings = ("获奖企业数", "获奖企业数量", "获奖企业的数量")
        for number in order:
            load(base, plan(f"甲市第{number}方案", indicators=[(printings[number], "个")]))
        found.append(indicators(base))
    assert found[0] == found[1] == found[2] == {"获奖企业数": set(printings)}


def test_likely_pairs_are_proposed_and_not_merged(base: sqlite3.Connection) -> None:
    """Names alike with units alike are for a person to decide; a contrast or another unit is no proposal."""
    load(
        base,
        plan(
            "甲市方案",
            indicators=[
                *(("大中型桥梁验收合格率", "%"), ("大中型桥梁项目验收合格率", "%"), ("小型桥梁验收合格率", "%")),
                ("大中型桥梁验收合格数", "座"),
            ],
        ),
    )
    found = indicator_proposals(base)
    assert [{same.left, same.right} for same in found] == [{"大中型桥梁验收合格率", "大中型桥梁项目验收合格率"}]
    assert "both in %" in found[0].reason
    assert len(indicators(base)) == 4


def test_bodies_are_proposed_and_not_merged(base: sqlite3.Connection) -> None:
    """Two of one region that do the same, and unknown ones called alike, are for a person to decide."""
    load(base, plan("甲市方案", ["市教育局", "市教委", "市星海办", "市星海办公室", "市财政局"], region="320400"))
    load(base, plan("乙市方案", ["市教育局"], region="320900"))
    found = department_proposals(base)
    assert [(same.left, same.right, same.reason) for same in found] == [
        ("320400 市星海办", "320400 市星海办公室", "75% of their characters in common"),
        ("320400 市教育局", "320400 市教委", "both do 教育"),
    ]
    assert rows(base, "select count(*) from departments") == [(6,)]
    judge(base, "department", "320400 市教委", "320400 市教育局", "different")
    assert len(department_proposals(base)) == 1


def test_comparable_is_its_own_comparable() -> None:
    """Reading twice changes nothing."""
    for rule in terms("indicator_names")["rule"]:
        for example in rule["examples"]:
            once = comparable(example.partition(" = ")[0])
            assert comparable(once) == once


# ---------------------------------------------------------------- decisions


def test_a_decision_goes_before_a_suggestion() -> None:
    """Different keeps apart what a rule would join, over third names too; same joins what no rule does."""
    likely = [Same("a", "b", "rule", 1.0, ""), Same("b", "c", "rule", 1.0, "")]
    apart = Verdicts(different={("a", "b"): "two bodies"})
    assert [set(found.names) for found in name_sets("abc", likely, apart)] == [{"a"}, {"b", "c"}]
    joined = Verdicts(same={("a", "d"): "one body"})
    assert [set(found.names) for found in name_sets("abcd", (), joined)] == [{"a", "d"}, {"b"}, {"c"}]


def judge(base: sqlite3.Connection, kind: Any, one: str, other: str, verdict: Any) -> None:
    decide(base, kind, one, other, verdict, made_by="王", made_at=WHEN, reason="see the order")
    codes = frozenset({one.split()[0]}) if kind == "department" else frozenset()
    settle(base, Touched(codes, frozenset((one, other)) if kind == "indicator" else frozenset()))


def test_a_split_lasts_over_re_ingestion(base: sqlite3.Connection) -> None:
    """Bodies that a person parts are two, each with its own duties, until the person takes it back."""
    document = plan("甲市方案", ["市质监局", "市技监局"], region="320400")
    load(base, document)
    assert names(base) == {"市技监局": {"市技监局", "市质监局"}}
    judge(base, "department", "320400 市质监局", "320400 市技监局", "different")
    apart = {"市技监局": {"市技监局"}, "市质监局": {"市质监局"}}
    assert names(base) == apart
    assert rows(base, "select count(distinct department_id) from assignments") == [(2,)]
    load(base, plan("甲市方案", ["市质监局", "市技监局", "市体育局"], region="320400"))
    assert names(base) == apart | {"市体育局": {"市体育局"}}
    judge(base, "department", "320400 市质监局", "320400 市技监局", None)
    assert len(names(base)) == 2
    assert rows(base, "pragma foreign_key_check") == []


def test_a_merger_lasts_over_re_ingestion(base: sqlite3.Connection) -> None:
    """Bodies that a person joins are one, with the reason beside the name; in other regions nothing changes."""
    load(base, plan("甲市方案", ["市星海办", "市海办"], region="320400"))
    load(base, plan("乙市方案", ["市星海办", "市海办"], region="320900"))
    judge(base, "department", "320400 市星海办", "320400 市海办", "same")
    sql = "select name from departments where region_code = ? order by name"
    assert rows(base, sql, "320400") == [("市海办",)]
    assert rows(base, sql, "320900") == [("市星海办",), ("市海办",)]
    load(base, plan("甲市新方案", ["市星海办"], region="320400"))
    assert rows(base, sql, "320400") == [("市海办",)]
    assert rows(base, "select reason from department_aliases where method = 'decided'") == [
        ("decided by 王: see the order",)
    ]


def test_indicators_are_parted_and_joined(base: sqlite3.Connection) -> None:
    """The same holds for indicators; every threshold follows its printing."""
    load(base, plan("甲市方案", indicators=[("获奖企业数", "个"), ("获奖企业数量", "个"), ("得奖企业数", "个")]))
    judge(base, "indicator", "获奖企业数", "获奖企业数量", "different")
    judge(base, "indicator", "得奖企业数", "获奖企业数量", "same")
    expected = {"获奖企业数": {"获奖企业数"}, "得奖企业数": {"得奖企业数", "获奖企业数量"}}
    assert indicators(base) == expected
    load(base, plan("乙市方案", indicators=[("获奖企业数量", "个")], region="320400"))
    assert {frozenset(found) for found in indicators(base).values()} == {frozenset(one) for one in expected.values()}
    assert rows(
        base,
        "select count(*) from thresholds t join indicator_aliases a on a.printed = t.indicator"
        " where a.indicator_id <> t.indicator_id",
    ) == [(0,)]
    judge(base, "indicator", "获奖企业数", "获奖企业数量", None)
    judge(base, "indicator", "得奖企业数", "获奖企业数量", None)
    assert {frozenset(found) for found in indicators(base).values()} == {
        frozenset({"获奖企业数", "获奖企业数量"}),
        frozenset({"得奖企业数"}),
    }


# ---------------------------------------------------------------- out and back


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_table_goes_out_and_comes_back(base: sqlite3.Connection, tmp_path: Path, ending: str) -> None:
    """What a person fills in is kept, shown in the next table and unchanged when that is read again."""
    load(base, plan("甲市方案", ["市质监局", "市技监局"], region="320400"))
    load(
        base,
        plan(
            "乙市方案",
            indicators=[("大型桥梁验收合格率", "%"), ("大型桥梁项目验收合格率", "%"), ("=桥数", "座")],
            region="320400",
        ),
    )
    file = tmp_path / f"who.{ending}"
    assert export_identities(base, file) == 2
    table = read_sheet(file, COLUMNS)
    assert [(row["suggestion"], row["verdict"]) for row in table] == [("proposed", ""), ("merged", "")]
    table[0] |= {"verdict": "相同", "because": "同一工程"}
    table[1] |= {"verdict": "Different", "made_by": "李"}
    write_sheet(file, table, COLUMNS)
    with transaction(base):
        done = import_identities(base, file, made_by="王", made_at=WHEN)
    assert (done.written, done.withdrawn, done.unchanged) == (2, 0, 0)
    assert len(names(base)) == 2
    assert {"大型桥梁验收合格率", "大型桥梁项目验收合格率"} in list(indicators(base).values())
    decided = rows(base, "select kind, verdict, made_by, reason from decisions order by kind")
    assert decided == [("department", "different", "李", None), ("indicator", "same", "王", "同一工程")]
    assert export_identities(base, file) == 2
    again = read_sheet(file, COLUMNS)
    assert sorted(row["verdict"] for row in again) == ["different", "same"]
    with transaction(base):
        assert import_identities(base, file, made_by=None, made_at=WHEN).unchanged == 2
        write_sheet(file, [row | {"verdict": ""} for row in again], COLUMNS)
        assert import_identities(base, file, made_by=None, made_at=WHEN).withdrawn == 2
    assert len(names(base)) == 1


def test_one_kind_alone_is_exported(base: sqlite3.Connection, tmp_path: Path) -> None:
    """--kind leaves the other kind out."""
    load(base, plan("甲市方案", ["市质监局", "市技监局"], [("甲的比重", "%"), ("甲比例", "%")], region="320400"))
    assert export_identities(base, tmp_path / "a.csv", "department") == 1
    assert export_identities(base, tmp_path / "b.csv", "indicator") == 1
    assert export_identities(base, tmp_path / "c.csv") == 2
