"""The head: title, number, issuers, addressees, dates, region, campaign, kind and points."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.head import complete_head, read_head
from extract.head.addressees import read_addressees
from extract.head.campaign import campaign
from extract.head.kinds import kind_of, title_kind
from extract.head.metadata import read_metadata
from extract.head.totals import printed_total, summed_totals
from extract.layout import lay_out
from extract.pages import Place
from extract.readers.text import read_text
from extract.records import Assignment, Citation, Clause, Fact, Head, Passage, PlanItem, ScoreRule


def passages(*texts: str) -> list[Passage]:
    """Paragraphs; a text with | is a row of cells."""
    made: list[Passage] = []
    for row, text in enumerate(texts, 1):
        cells = text.split("|") if "|" in text else []
        for column, cell in enumerate(cells, 1):
            made.append(Passage(len(made) + 1, "cell", cell, Place(), None, 1, row, column))
        if not cells:
            made.append(Passage(len(made) + 1, "paragraph", text, Place()))
    return made


TITLES = [
    (
        ("郑州市人民政府文件", "郑政〔2014〕17号", "郑州市人民政府 关于印发", "质量强市工作方案的通知", "各单位："),
        "郑州市人民政府关于印发质量强市工作方案的通知",
    ),
    (("常州市创建示范城市", "工作任务分解表", "一、质量规划（80分）"), "常州市创建示范城市工作任务分解表"),
    (("“全国示范城市”", "创建计划报告表", "（2017-2018年度）", "填表说明"), "“全国示范城市”创建计划报告表"),
    (("甲市工作方案", "（试行）", "为贯彻落实精神，制定本方案。"), "甲市工作方案（试行）"),
    (
        (
            "质量评价指南",
            "1领导重视|40",
            "关于印发质量评价指南的通知",
            "甲质〔2009〕3号",
            "关于印发质量评价指南的通知",
            "各局：",
        ),
        "关于印发质量评价指南的通知",
    ),
    (
        ("甲省人民政府", "关于支持创新若干措施", "的通知", "甲政发〔2025〕10号", "各市人民政府："),
        "甲省人民政府关于支持创新若干措施的通知",
    ),
    (
        ("首页", "政务公开", "常州市人民政府关于加强质量工作的意见", "发布时间：2021-03-01", "各市人民政府："),
        "常州市人民政府关于加强质量工作的意见",
    ),
    (
        ("杭州市人民政府令", "第 312 号", "《甲办法》已经通过，现予公布。", "2019年8月15日", "杭州市甲办法"),
        "杭州市甲办法",
    ),
    (("2020年青岛市攻坚任务分工表|", "序号|任务|单位"), "2020年青岛市攻坚任务分工表"),
    (("标　　题：|甲省关于质量工作的意见", "发文字号：|甲政〔2019〕3号", "索引号：|0001"), "甲省关于质量工作的意见"),
    (("没有公文样子的一行文字", "另一行。"), "没有公文样子的一行文字"),
]


@pytest.mark.parametrize(("printed", "expected"), TITLES)
def test_title(printed: tuple[str, ...], expected: str) -> None:
    """The title is that of the paper that carries the 文号, over its lines and without layout spaces."""
    assert read_head(passages(*printed)).title == expected


@given(st.lists(st.integers(1, 24), max_size=3, unique=True))
def test_a_title_may_break_anywhere(breaks: list[int]) -> None:
    """Wherever a title is broken into lines, it is read whole."""
    title = "郑州市人民政府关于印发创建全国示范城市工作方案的通知"
    ends = [0, *sorted(breaks), len(title)]
    broken = [title[start:end] for start, end in pairwise(ends)]
    head = read_head(passages("郑州市人民政府文件", "郑政〔2014〕17号", *broken, "各有关单位：", "现印发给你们。"))
    assert head.title == title
    assert head.addressees == ("各有关单位",)


ISSUERS = [
    (("甲省乙市人民政府文件", "乙政〔2014〕1号", "关于质量工作的意见"), ("甲省乙市人民政府",)),
    (("教育部　财政部文件", "教发〔2014〕1号", "关于质量工作的意见"), ("教育部", "财政部")),
    (
        ("教育部文件", "教发〔2014〕1号", "关于质量工作的意见", "正文。", "教育部", "财政部", "2014年1月2日"),
        ("教育部", "财政部"),
    ),
    (("质检局", "关于质量工作的意见", "正文。", "附件：甲方案", "2014年1月2日"), ("质检局",)),
    (("关于质量工作的意见", "正文。", "国家甲总局", "附件：甲方案", "2014年1月2日"), ("国家甲总局",)),
    (("关于质量工作的意见", "正文。", "国务院 2019年1月12日"), ("国务院",)),
    (("甲市人民政府关于质量工作的意见", "正文。"), ("甲市人民政府",)),
    (("关于质量工作的意见", "正文。", "国家甲总局办公厅　2009年4月30日印发"), ("国家甲总局",)),
    (
        ("浙江省发展（创新）", "领导小组办公室关于质量工作的意见", "正文。", "领导小组办公室（代章）", "2026年7月13日"),
        ("浙江省发展（创新）领导小组办公室",),
    ),
    (("甲市创建工作任务分解表", "序号|任务|牵头单位", "1|建立制度|市质监局"), ()),
]


@pytest.mark.parametrize(("printed", "expected"), ISSUERS)
def test_issuers(printed: tuple[str, ...], expected: tuple[str, ...]) -> None:
    """Issuers come from letterhead or signature, else title, else the printing body without its office."""
    assert read_head(passages(*printed)).issuers == expected


ADDRESSEES = [
    (
        "各省、自治区、直辖市及计划单列市、副省级城市质量技术监督局，各直属局：",
        ("各省、自治区、直辖市及计划单列市、副省级城市质量技术监督局", "各直属局"),
    ),
    ("各县（市、区）人民政府，市政府各部门、各直属机构:", ("各县（市、区）人民政府", "市政府各部门", "各直属机构")),
    ("各市人民政府；各有关单位：", ("各市人民政府", "各有关单位")),
]


@pytest.mark.parametrize(("printed", "expected"), ADDRESSEES)
def test_addressees(printed: str, expected: tuple[str, ...]) -> None:
    """A list is parted at ； and ，, and at 、 only where one body's name ends and another begins."""
    assert read_addressees(printed) == expected
    assert read_head(passages("关于质量工作的通知", printed, "正文。")).addressees == expected


@pytest.mark.parametrize("printed", ["现将有关事项通知如下：", "联系人：", "一、总体要求", "主要目标是："])
def test_no_addressees(printed: str) -> None:
    """A sentence that ends with a colon is no salutation."""
    assert read_head(passages("关于质量工作的通知", printed, "正文。")).addressees == ()


DATES = [
    (("正文。", "甲市人民政府", "2013年7月15日", "甲市人民政府办公室 2013年7月20日印发"), "2013-07-15", "2013-07-20"),
    (("正文。", "二〇〇九年四月二十八日"), "2009-04-28", None),
    (("（2015年9月25日甲会议通过）", "第一条 内容。"), "2015-09-25", None),
    (("填表日期 2017年2月", "年 月 日"), None, None),
    (("2014年3月", "正文。"), None, None),
    (("正文。", "2014年5月8日印发"), None, "2014-05-08"),
    (("自2025年5月31日起实施。", "截至2016年12月31日"), None, None),
]


@pytest.mark.parametrize(("printed", "issued_on", "printed_on"), DATES)
def test_dates(printed: tuple[str, ...], issued_on: str | None, printed_on: str | None) -> None:
    """The date of a document stands alone at the signature or under the title; 印发 marks the printing."""
    head = read_head(passages("关于质量工作的意见", *printed))
    assert (head.issued_on, head.printed_on) == (issued_on, printed_on)


PLACES = [
    (("国务院关于同意设立雄安新区的批复",), "100000", "national"),
    (("石城县2018年度考核细则",), "360735", "county"),
    (("浙江省人民政府文件", "浙政发〔2025〕10号", "关于质量工作的意见"), "330000", "provincial"),
    (("创建计划报告表", "申报城市　盐城市", "填表说明"), "320900", "municipal"),
    (("创建工作方案", "我市将加强质量工作。"), None, None),
]


@pytest.mark.parametrize(("printed", "code", "level"), PLACES)
def test_jurisdiction(printed: tuple[str, ...], code: str | None, level: str | None) -> None:
    """The region is that of the issuer, else of the title, else of the form; it is never guessed."""
    head = read_head(passages(*printed))
    assert (head.region_code, head.level) == (code, level)


def test_digest_has_its_own_identity() -> None:
    """A digest takes neither title nor 文号 from the original that its note names."""
    head = read_head(
        passages(
            "甲市质量方案（摘编）", "摘编说明：据《乙方案》（乙政〔2016〕1号）摘编。", "乙政〔2016〕1号", "一、目标"
        )
    )
    assert (head.origin, head.title, head.doc_number) == ("digest", "甲市质量方案（摘编）", None)


def test_metadata_of_a_web_page() -> None:
    """Two labels that only such a table has prove it; a form with 名称 and 日期 is none."""
    page = passages(
        "索 引 号：|0001", "发文机关：|甲部", "成文日期：|2019年1月12日", "主 题 词：|", "甲部关于质量的意见"
    )
    assert read_metadata(page).values["issuers"][0] == "甲部"
    assert read_head(page).issued_on == "2019-01-12"
    assert read_metadata(passages("名称|某某", "日期|2019年1月12日")).values == {}


def test_fields_say_where() -> None:
    """Every field that was read names its passage."""
    head = read_head(
        passages("郑州市人民政府文件", "郑政〔2014〕17号", "关于质量工作的意见", "各单位：", "2014年5月1日")
    )
    assert head.fields == {
        "title": 3,
        "doc_number": 2,
        "issuers": 1,
        "addressees": 4,
        "issued_on": 5,
        "region_code": 1,
        "level": 1,
    } | ({"campaign": 3} if head.campaign else {})


CAMPAIGNS = [
    ("质检总局关于印发“全国质量强市示范城市”验收工作方案（试行）的通知", "全国质量强市示范城市"),
    ("常州市创建全国质量强市示范城市工作任务分解表", "全国质量强市示范城市"),
    ("质量兴市绩效评价指南（试行）", "质量兴市"),
    ("石城县2018年度河长制湖长制工作责任单位目标管理（绩效）考核细则", "河长制湖长制"),
    ("浙江省人民政府印发关于支持人工智能创新发展若干措施的通知", "人工智能创新发展"),
    ("杭州市“十四五”老龄事业发展规划", "老龄事业发展"),
    ("国家节水型城市申报与评选管理办法", "国家节水型城市"),
    ("关于做好有关工作的通知", None),
    ("关于推动高质量发展的意见", None),
]


@pytest.mark.parametrize(("title", "expected"), CAMPAIGNS)
def test_campaign(title: str, expected: str | None) -> None:
    """The campaign is the subject of the title without place, year, verbs and kinds of paper."""
    assert campaign(title) == expected


def test_campaign_from_a_cited_rubric() -> None:
    """Where the title names no campaign, the first rubric that the document cites does."""
    facts: list[Fact] = [Citation("计量发展规划", None, 4), Citation("全国文明城市测评体系", None, 7)]
    head = complete_head(Head("工作方案"), facts)
    assert (head.campaign, head.fields["campaign"]) == ("全国文明城市", 7)


def _clauses(count: int, points: float | None = None) -> list[Fact]:
    return [Clause(str(n), "scored", "甲", n, points=points) for n in range(1, count + 1)]


def _tasks(count: int, clause: str | None = None) -> list[Fact]:
    return [PlanItem(f"M{n}", "甲", n, clause=clause) for n in range(1, count + 1)]


KINDS: list[tuple[list[Fact], str | None, str]] = [
    (_clauses(5, 10), "plan", "rubric"),
    (_clauses(5, 10), "guide", "guide"),
    ([*_clauses(5, 10), *_tasks(9, "1")], "plan", "task_table"),
    ([*_clauses(5, 10), *_tasks(9)], "plan", "rubric"),
    ([*_clauses(4), *_tasks(9)], "plan", "plan"),
    ([*_clauses(4), ScoreRule("1", 1, "tier", 5, "甲", 1), *_tasks(9)], "rubric", "rubric"),
    (_tasks(9), "task_table", "task_table"),
    (_tasks(9), "application", "application"),
    (_tasks(9), "notice", "plan"),
    ([Assignment("lead", "甲局", "甲局", 1)], "notice", "notice"),
    ([], None, "other"),
]


@pytest.mark.parametrize(("facts", "hint", "expected"), KINDS)
def test_kind(facts: list[Fact], hint: str | None, expected: str) -> None:
    """What the document holds decides about its kind; the title helps where that leaves room."""
    assert kind_of(facts, hint) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于印发《甲市工作任务分解表》的通知", "task_table"),
        ("甲县目标管理考核细则", "rubric"),
        ("甲评价指南（试行）", "guide"),
        ("关于召开会议的通知", "notice"),
        ("甲市情况", None),
    ],
)
def test_title_kind(title: str, expected: str | None) -> None:
    """A notice is the kind of what it issues."""
    assert title_kind(title) == expected


TOTALS = [
    (("评分标准（总分100分）",), 100.0),
    (("共计：100 分", "序号|指标|分数"), 100.0),
    (("总分|１０００", "甲|400"), 1000.0),
    (("本办法实行百分制。",), 100.0),
    (("1. 组织领导（满分10分）", "2. 制度建设（满分20分）"), None),
    (("合计|60", "合计|40"), 60.0),
    (("合计|60", "合计|40", "合计|30"), None),
    (("总分80分以上的为合格", "自评总分95分"), None),
    (("计算总积分满150分",), None),
]


@pytest.mark.parametrize(("printed", "expected"), TOTALS)
def test_printed_total(printed: tuple[str, ...], expected: float | None) -> None:
    """A printed total is the document's only where it is not that of one clause, one part or one result."""
    found = printed_total(passages("题目", *printed))
    assert (found[0] if found else None) == expected


def test_summed_totals() -> None:
    """Sections are summed by their own points, else by those below; a section of bonus clauses is bonus."""
    facts = [
        Clause("S1", "section", "甲", 1, points=80),
        Clause("1", "scored", "甲", 1, parent="S1", points=20),
        Clause("S2", "section", "乙", 1),
        Clause("2", "scored", "乙", 1, parent="S2", points=15),
        Clause("S3", "section", "加分项", 1, points=60),
        Clause("3", "bonus", "丙", 1, parent="S3", points=20),
        Clause("V1", "veto", "丁", 1),
    ]
    assert summed_totals(facts) == (95, 60)
    assert summed_totals([Clause("1", "scored", "甲", 1)]) == (None, None)


def test_a_printed_total_wins() -> None:
    """Full marks that are printed stay, whatever the clauses sum to."""
    head = complete_head(Head("甲", total_points=100), _clauses(3, 30))
    assert head.total_points == 100
    assert complete_head(Head("甲"), _clauses(3, 30)).total_points == 90


REAL = [
    ("notice-2013.txt", "国质检质函〔2013〕433号", "2013-07-15", None, "100000"),
    ("guide-2009.txt", "国质检质函〔2009〕203号", "2009-04-28", "2009-04-30", "100000"),
    ("zhengzhou.txt", "郑政〔2014〕17号", None, "2014-05-08", "410100"),
    ("changzhou.txt", None, None, None, "320400"),
    ("yancheng.md", None, "2017-03-10", None, "320900"),
]


@pytest.mark.parametrize(("name", "number", "issued_on", "printed_on", "region"), REAL)
def test_real_documents(
    shared: Path, name: str, number: str | None, issued_on: str | None, printed_on: str | None, region: str
) -> None:
    """Real documents keep number, dates and region, also where the annex stands first."""
    head = read_head(lay_out(read_text(shared / "corpus" / "text" / name)).passages)
    assert (head.doc_number, head.issued_on, head.printed_on, head.region_code) == (
        number,
        issued_on,
        printed_on,
        region,
    )
