"""Families read structure, not words of one document: scored tables, tasks, conditions, catalogues."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.checks import check
from extract.document import extract, read_document
from extract.layout import Layout
from extract.pages import Block, Cell, Page, Place, Reading, Table
from extract.records import Assignment, Clause, Extraction, Finding, Passage, PlanItem, ScoreRule


def extraction(tmp_path: Path, text: str) -> Extraction:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def clauses(found: Extraction) -> list[tuple[object, ...]]:
    return [
        (c.code, c.kind, c.parent, c.title, c.points, c.points_status) for c in found.facts if isinstance(c, Clause)
    ]


RUBRIC = """某县垃圾分类考核细则

一、收运体系（30分）。

序号\t考核内容\t分值\t检查方式\t评分标准
1\t站点布局\t10\t实地查看\t已建站的得10分；在建的得5分；没有的不得分。
2\t车辆配置\t20\t\t车辆齐全（12分）；标识清楚（8分）。

二、奖励（此部分为加分项，5分）。

序号\t考核内容\t分值\t检查方式\t评分标准
1\t经验推广\t5\t听取汇报、查阅资料\t全省推广（5分）；无站点的街道此项为合理缺项。
"""


def test_headings_and_rows_make_a_tree_with_points(tmp_path: Path) -> None:
    """A numbered heading is a section; numbers that restart get the section's in front; 加分项 makes bonus clauses."""
    assert clauses(extraction(tmp_path, RUBRIC)) == [
        ("S1", "section", None, "收运体系", 30, "printed"),
        ("1", "scored", "S1", "站点布局", 10, "printed"),
        ("2", "scored", "S1", "车辆配置", 20, "printed"),
        ("S2", "section", None, "奖励", 5, "printed"),
        ("2.1", "bonus", "S2", "经验推广", 5, "printed"),
    ]


def test_verification_is_carried_through_a_merged_cell_and_optional_is_told(tmp_path: Path) -> None:
    """A blank verification cell of flattened text is the merged one above; 合理缺项 marks its clause alone."""
    found = [c for c in extraction(tmp_path, RUBRIC).facts if isinstance(c, Clause) and c.kind != "section"]
    assert [c.verification for c in found] == ["实地查看", "实地查看", "听取汇报；查阅资料"]
    assert [c.optional for c in found] == [False, False, True]


def test_levels_come_from_label_cells_with_their_own_numbers(tmp_path: Path) -> None:
    """Label cells left of what is judged are sections; their numbers are codes, repeated labels make no new section."""
    text = (
        "评分表\n\n评价项目\t评价内容\t评价准则\t分值\n1基础（30分）\t1.1制度\t1.1.1制度上墙。\t10\n"
        "\t\t1.1.2制度更新。\t20\n\t1.2人员\t1.2.1人员到位。\t5\n"
    )
    assert clauses(extraction(tmp_path, text)) == [
        ("1", "section", None, "基础", 30, "printed"),
        ("1.1", "section", "1", "制度", None, "none"),
        ("1.1.1", "scored", "1.1", "制度上墙。", 10, "printed"),
        ("1.1.2", "scored", "1.1", "制度更新。", 20, "printed"),
        ("1.2", "section", "1", "人员", None, "none"),
        ("1.2.1", "scored", "1.2", "人员到位。", 5, "printed"),
    ]


def test_a_sign_in_a_number_that_the_font_does_not_name_is_a_finding() -> None:
    """What stands between digits at a private place of the font is told, with the passage that has it."""
    passages = [
        Passage(1, "paragraph", "产值超1.2万元", Place(1), "产值超1\ue010 2万元"),
        Passage(2, "paragraph", "产值超3万元", Place(1), "\ue010产值超3万元"),
    ]
    found = [f for f in check(Layout((), tuple(passages), ()), [], {1, 2}) if f.kind == "unnamed_sign"]
    assert [f.passage for f in found] == [1]
    assert "“1?2”" in found[0].message


def test_sums_that_do_not_come_out_are_findings(tmp_path: Path) -> None:
    """Points of a heading against its clauses, and of a clause against its parts, are checked, and gaps are named."""
    text = (
        "考核表\n\n一、保洁（40分）。\n\n序号\t考核内容\t分值\t评分标准\n1\t路面\t10\t干净（5分）；整洁（3分）。\n"
        "3\t河道\t20\t清澈（20分）。\n"
    )
    findings = {(f.kind, f.message) for f in extraction(tmp_path, text).facts if isinstance(f, Finding)}
    assert findings == {
        ("points_do_not_sum", "clause 1: its scoring adds up to 8, printed are 10 points"),
        ("points_do_not_sum", "S1: what stands below adds up to 30, printed are 40 points"),
        ("numbering_gap", "clause 3 follows clause 1"),
    }


FLATTENED_HEADER = "\t考核内容\n\t分值\n\t评分标准\n\t工作任务\n\t完成时间\n\t牵头单位\n\t配合单位\n\n"


def test_tasks_are_tied_to_the_clause_they_stand_beside(tmp_path: Path) -> None:
    """Rows below a merged clause cell are its tasks; the list shares the level its first name carries."""
    text = (
        "滨河市垃圾分类任务分解表\n\n一、收运（10分）。\n"
        + FLATTENED_HEADER
        + "\t1. 建站\n\t10\n\t建成得10分，没建不得分。\n\t1.1建好站点。\n\t2024\n\t市城管局\n\t市财政局、发改委\n\n"
        + "\t\n\t\n\t\n\t1.2管好站点。\n\t2024-2025\n\t市城管局\n\t各街道办事处\n\n"
    )
    found = extraction(tmp_path, text)
    items = [(i.code, i.text, i.clause, i.starts_on, i.ends_on) for i in found.facts if isinstance(i, PlanItem)]
    assert items == [
        ("1.1", "建好站点。", "1", None, "2024"),
        ("1.2", "管好站点。", "1", "2024", "2025"),
    ]
    names = [(a.plan_item, a.role, a.raw, a.name) for a in found.facts if isinstance(a, Assignment)]
    assert names == [
        ("1.1", "lead", "市城管局", "市城管局"),
        ("1.1", "support", "市财政局", "市财政局"),
        ("1.1", "support", "发改委", "市发改委"),
        ("1.2", "lead", "市城管局", "市城管局"),
        ("1.2", "support", "各街道办事处", "各街道办事处"),
    ]


def test_numbered_prose_whose_points_add_up_are_the_clauses(tmp_path: Path) -> None:
    """15 = 10 + 5 makes sections of the headings; so do points that one of the paragraphs below them prints apart."""
    text = (
        "某县护河考核细则\n\n一、评分标准（40分）\n\n（一）制度（15分）\n\n1.建立巡查制度的得10分，没有的不得分。\n\n"
        "2.按月公布结果的得5分，每少1次扣1分。\n\n（二）巡查（25分）\n\n1.河段长到岗率达到95%以上的得20分。\n\n"
        "2.发现乱堆垃圾的，每处扣2分。\n\n3.建立台账（5分）。\n\n（三）说明\n\n本细则由县水利局解释。\n"
    )
    assert [(code, kind, parent, points, status) for code, kind, parent, _, points, status in
            clauses(extraction(tmp_path, text))] == [
        ("S1", "section", None, 40, "printed"),
        ("S1.1", "section", "S1", 15, "printed"),
        ("1", "scored", "S1.1", 10, "inferred"),
        ("2", "scored", "S1.1", 5, "inferred"),
        ("S1.2", "section", "S1", 25, "printed"),
        ("1.2.1", "scored", "S1.2", 20, "inferred"),
        ("1.2.2", "scored", "S1.2", None, "none"),
        ("1.2.3", "scored", "S1.2", 5, "printed"),
    ]  # fmt: skip


def test_vetoes_in_plain_sentences_are_clauses(tmp_path: Path) -> None:
    """A paragraph that only introduces others is none."""
    text = "某县考核细则\n\n一、否决项\n\n有下列情形的，一票否决：\n\n发生重大火灾的。\n\n二、其他\n\n由县政府解释。\n"
    assert clauses(extraction(tmp_path, text)) == [
        ("S1", "section", None, "否决项", None, "none"),
        ("V1", "veto", "S1", "发生重大火灾的。", None, "none"),
    ]


def test_points_of_a_hundred_are_a_rubric(tmp_path: Path) -> None:
    """Numbered parts whose points add up to 100 are clauses, though nothing says how they are given."""
    parts = "（一）制度建设（30分）。考核机构和经费。\n\n（二）日常巡查（40分）。考核到岗和台账。\n\n"
    for last, found in ((30, 3), (20, 0)):
        text = f"某县考核办法\n\n一、考核内容\n\n{parts}（三）成效（{last}分）。考核水质和群众评价。\n"
        assert sum(kind == "scored" for _, kind, *_ in clauses(extraction(tmp_path, text))) == found


def test_tasks_beside_one_merged_ordinal_are_its_parts(tmp_path: Path) -> None:
    """A running number that covers two tasks numbers neither: they are 1.1 and 1.2, and the next is 2 as printed."""
    path = tmp_path / "a.html"
    rows = (
        "<tr><td rowspan=2>1</td><td>建设污水管网10公里。</td><td>市住建局</td></tr>"
        "<tr><td>改造老旧泵站。</td><td>市水务局</td></tr><tr><td>2</td><td>新建公园3个。</td><td>市园林局</td></tr>"
    )
    head = "<tr><th>序号</th><th>工作任务</th><th>责任单位</th></tr>"
    path.write_text(f"<meta charset=utf-8><h1>整治任务表</h1><table>{head}{rows}</table>", encoding="utf-8")
    items = [(fact.code, fact.text) for fact in read_document(path).facts if isinstance(fact, PlanItem)]
    assert items == [("1.1", "建设污水管网10公里。"), ("1.2", "改造老旧泵站。"), ("2", "新建公园3个。")]


def test_aims_that_somebody_answers_for_are_to_be_done(tmp_path: Path) -> None:
    """Under 发展目标 only what names its bodies is an item; a line that names a person is no text of it."""
    text = (
        "滨河市重点工作责任分解方案\n\n一、经济发展目标\n\n1.生产总值增长7%左右。\n\n责任领导：甲某某\n\n"
        "牵头单位：市发改委\n\n责任单位：市统计局\n\n2.到2030年全面建成现代化城市。\n"
    )
    found = extraction(tmp_path, text)
    assert [(item.code, item.text) for item in found.facts if isinstance(item, PlanItem)] == [
        ("一1", "生产总值增长7%左右。")
    ]
    assert [(a.role, a.name) for a in found.facts if isinstance(a, Assignment)] == [
        ("lead", "市发改委"),
        ("support", "市统计局"),
    ]


def test_a_number_in_a_line_of_its_own_belongs_to_the_next(tmp_path: Path) -> None:
    """As pages give their text node by node: 第二条 and its words are one paragraph; the next number begins anew."""
    text = (
        "滨河县河道管理办法\n\n第一条\n\n为管好河道，制定本办法。\n\n第二条\n\n县水务局负责河道的日常管护，每月巡查一次。\n\n"
        "第三条\n\n其他部门的职责：\n\n（一）县财政局负责筹措管护资金。\n\n（二）\n\n县公安局负责查处违法行为。\n"
    )
    found = extraction(tmp_path, text)
    items = [(item.code, item.text[:5]) for item in found.facts if isinstance(item, PlanItem)]
    assert [text for _, text in items] == ["县水务局负", "县财政局负", "县公安局负"]
    assert len({code for code, _ in items}) == 3
    assert [a.name for a in found.facts if isinstance(a, Assignment)] == ["县水务局", "县财政局", "县公安局"]


def test_a_lost_title_is_empty_and_its_points_are_inferred(tmp_path: Path) -> None:
    """A row without its clause cell has its number from its task, its points from its scoring, and a finding."""
    text = (
        "任务表\n\n一、收运（40分）。\n"
        + FLATTENED_HEADER
        + "\t1. 建站\n\t10\n\t建成得10分，没建不得分。\n\t1.1建好站点。\n\t2024\n\t市城管局\n\t市财政局\n\n"
        + "\t2. 配车\n\t10\n\t配好得10分，没配不得分。\n\t2.1配好车辆。\n\t2024\n\t市城管局\n\t市财政局\n\n"
        + "\n管好得20分；没管好的不得分。\n\n\t\n\t3.1管好车辆。\n\t2024\n\t市城管局\n\t市财政局\n\n"
    )
    found = extraction(tmp_path, text)
    assert clauses(found)[-1] == ("3", "scored", "S1", "", 20, "inferred")
    assert [(r.mode, r.points) for r in found.facts if isinstance(r, ScoreRule) and r.clause == "3"] == [
        ("tier", 20),
        ("tier", 0),
    ]
    assert [f.kind for f in found.facts if isinstance(f, Finding)] == ["lost_cell"]


def test_a_lost_title_beside_its_own_number_begins_a_clause(tmp_path: Path) -> None:
    """A blank cell of its own, where the ordinal's is filled, is no merged one: the clause above ends."""
    rows = (("1", "建站", "10", "建成得10分。"), ("2", "", "", "配好得20分。"), ("3", "清运", "10", "日清得10分。"))
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    path = tmp_path / "a.html"
    head = "<tr><th>序号</th><th>考核内容</th><th>分值</th><th>评分标准</th></tr>"
    path.write_text(f"<meta charset=utf-8><h1>收运考核细则</h1><table>{head}{cells}</table>", encoding="utf-8")
    found = read_document(path)
    assert [(code, title, points) for code, _, _, title, points, _ in clauses(found)] == [
        ("1", "建站", 10),
        ("2", "", 20),
        ("3", "清运", 10),
    ]
    assert [f.kind for f in found.facts if isinstance(f, Finding)] == ["lost_cell"]


CONDITIONS = """一、否决条件

有下列情形的不予受理。

（一）近两年发生重大火灾。

（二）提供虚假材料。

二、基本条件

（一）指标达到要求。

1. 环境指标

—空气优良率超过80%。

—污水处理率达到90%以上。

2. 安全指标

（二）机构健全。

三、办理程序

（一）受理。
"""


def test_conditions_are_read_below_a_heading_that_names_them(tmp_path: Path) -> None:
    """Numbered and dashed paragraphs below 否决条件 and 基本条件 are clauses; the next heading ends them."""
    assert [
        (code, kind, parent, title) for code, kind, parent, title, *_ in clauses(extraction(tmp_path, CONDITIONS))
    ] == [
        ("S1", "section", None, "否决条件"),
        ("V1", "veto", "S1", "近两年发生重大火灾。"),
        ("V2", "veto", "S1", "提供虚假材料。"),
        ("S2", "section", None, "基本条件"),
        ("B1", "basic", "S2", "指标达到要求。"),
        ("B1.1", "basic", "B1", "环境指标"),
        ("B1.1.1", "basic", "B1.1", "空气优良率超过80%。"),
        ("B1.1.2", "basic", "B1.1", "污水处理率达到90%以上。"),
        ("B1.2", "basic", "B1", "安全指标"),
        ("B2", "basic", "S2", "机构健全。"),
    ]


ENTRIES = "第一部分 组织\n\n一、机构\n\n二、人员\n\n第二部分 实施\n\n三、计划\n\n四、检查\n"


@pytest.mark.parametrize(("own_headings", "codes"), [(False, ["CP1", "C1", "C2", "CP2", "C3", "C4"]), (True, [])])
def test_a_catalogue_is_no_table_of_contents(tmp_path: Path, own_headings: bool, codes: list[str]) -> None:
    """Numbered titles under 目录 are catalogue clauses, unless they come back as headings of the same document."""
    body = ENTRIES.replace("\n\n", "\n\n正文在此说明情况。\n\n") if own_headings else "正文。\n"
    found = extraction(tmp_path, f"说明\n\n目 录\n\n{ENTRIES}\n——正文——\n\n{body}")
    assert [code for code, *_ in clauses(found) if str(code).startswith("C")] == codes


def test_a_table_that_no_family_reads_is_a_finding(tmp_path: Path) -> None:
    """Tables are never passed over: one with an unknown purpose is named with its header, and so is its document."""
    found = extraction(tmp_path, "说明。\n\n姓名\t单位\t电话\n张三\t甲所\t无\n")
    assert [f.kind for f in found.facts if isinstance(f, Finding)] == ["no_family", "unread_table"]


DIVIDED = """某县河道考核细则

序号\t考核内容\t分值\t评分标准
一、\t通用项目\t10\t
1\t机构\t4\t设立机构得4分。
2\t人员\t6\t配齐人员得6分。
二、\t部门项目\t8\t
1\t巡查\t5\t每月巡查得5分。
2\t清淤\t3\t完成清淤得3分。
"""


def test_rows_that_divide_a_table_are_sections(tmp_path: Path) -> None:
    """一、 with a title and points is a section; where numbers restart below it, all take the section's in front."""
    assert clauses(extraction(tmp_path, DIVIDED)) == [
        ("S1", "section", None, "通用项目", 10, "printed"),
        ("1", "scored", "S1", "机构", 4, "printed"),
        ("2", "scored", "S1", "人员", 6, "printed"),
        ("S2", "section", None, "部门项目", 8, "printed"),
        ("2.1", "scored", "S2", "巡查", 5, "printed"),
        ("2.2", "scored", "S2", "清淤", 3, "printed"),
    ]


def test_labels_that_name_each_clause_are_no_sections(tmp_path: Path) -> None:
    """A label of its own beside every clause is a name; one over several clauses is a section."""
    head = "考核表\n\n序号\t考核项目\t考核内容\t分值\t评分标准\n"
    rows = "1\t机构\t设立机构\t5\t有得5分。\n2\t人员\t配齐人员\t5\t有得5分。\n3\t巡查\t每月巡查\t5\t有得5分。\n"
    assert [code for code, *_ in clauses(extraction(tmp_path, head + rows))] == ["1", "2", "3"]
    merged = rows.replace("人员", "", 1)
    assert [code for code, *_ in clauses(extraction(tmp_path, head + merged))] == ["S1", "1", "2", "S2", "3"]


def printed_table(*rows: str) -> Extraction:
    """The extraction of a document of one table; ~ is a cell merged away."""
    cells = [tuple(Cell(None if text == "~" else text, Place()) for text in row.split("|")) for row in rows]
    title = Block("滨河市任务分解表", Place())
    return extract(Reading("docx", (Page(None, (title, Table(tuple(cells), Place()))),)))


def assigned(found: Extraction) -> list[tuple[str | None, str, str]]:
    return [(a.plan_item or a.clause, a.role, a.raw) for a in found.facts if isinstance(a, Assignment)]


def test_a_department_merged_over_tasks_does_each_of_them() -> None:
    """A merged cell holds for all its rows, and is cited as the one cell it is; a blank one names nobody."""
    found = printed_table(
        "工作任务|完成时间|牵头单位|配合单位",
        "1.1建站。|2024年|市城管局|",
        "1.2管站。|~|~|市财政局",
        "2.1配车。|2025年||市财政局",
    )
    assert assigned(found) == [
        ("1.1", "lead", "市城管局"),
        ("1.2", "lead", "市城管局"),
        ("1.2", "support", "市财政局"),
        ("2.1", "support", "市财政局"),
    ]
    passages = {a.passage for a in found.facts if isinstance(a, Assignment) and a.role == "lead"}
    assert len(passages) == 1
    assert [item.ends_on for item in found.facts if isinstance(item, PlanItem)] == ["2024", "2024", "2025"]


def test_a_task_merged_over_rows_has_the_departments_of_all() -> None:
    """Rows below a merged task add to it and make no task."""
    found = printed_table(
        "工作任务|完成时间|牵头单位", "1.1建站。|2024年|市城管局", "~|~|市财政局", "1.2管站。|2024年|市住建局"
    )
    assert assigned(found) == [("1.1", "lead", "市城管局"), ("1.1", "lead", "市财政局"), ("1.2", "lead", "市住建局")]


def test_departments_beside_clauses_answer_for_them() -> None:
    """In a rubric without tasks the departments of a row are the clause's; one ordinal over rows makes
    a clause of several parts, and who stands beside all of them answers for it."""
    found = printed_table(
        "序号|考核内容|分值|评分标准|责任单位",
        "1|站点|5|建成得5分。|市城管局",
        "2|车辆|5|配齐得5分。|市财政局",
        "~|人员|5|到位得5分。|~",
    )
    assert assigned(found) == [("1", "lead", "市城管局"), ("2", "lead", "市财政局")]
    assert clauses(found)[1:] == [
        ("2", "scored", None, "", 10, "inferred"),
        ("2.1", "scored", "2", "车辆", 5, "printed"),
        ("2.2", "scored", "2", "人员", 5, "printed"),
    ]


def test_section_rows_of_a_task_table_are_its_sections() -> None:
    """Tasks stand under the rows that divide their table; a task without a number counts through."""
    found = printed_table(
        "工作任务|完成时间|牵头单位", "一、收运|~|~", "建站。|2024年|市城管局", "二、宣传|~|~", "开会。|2024年|市城管局"
    )
    items = [(item.code, item.section) for item in found.facts if isinstance(item, PlanItem)]
    assert items == [("1", "收运"), ("2", "宣传")]
