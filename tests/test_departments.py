"""Departments: the names of a list, those of running text, what they stand for, and the roles beside them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.departments import department_list, find_departments, full_name, function_of
from extract.departments.roles import role_of, role_spans
from extract.regions import region

LISTS = [
    # the first name carries the level word
    ("市经信委、建设局、发改委", "市经信委 市建设局 市发改委"),
    ("省质监局、经信厅、国税局", "省质监局 省经信厅 省国税局"),
    ("县委农工部、宣传部、水利局", "县委农工部 县委宣传部 县水利局"),
    ("市公安局、法院、检察院", "市公安局 市法院 市检察院"),
    ("自治区质监局、发展改革委", "自治区质监局 自治区发展改革委"),
    # names with a level, a place or a ministry of their own keep their form
    ("市质监局、常州国检局、人行中心支行", "市质监局 常州国检局 人行中心支行"),
    ("市发改委、盐城海关、国网常州供电公司", "市发改委 盐城海关 国网常州供电公司"),
    ("市商务局、人民银行盐城市中心支行", "市商务局 人民银行盐城市中心支行"),
    ("市教育局、团市委、市妇联", "市教育局 团市委 市妇联"),
    ("税务总局、财政部、海关总署", "税务总局 财政部 海关总署"),
    ("省经信厅，杭州市政府", "省经信厅 杭州市政府"),
    ("市市场监管局、市监局", "市市场监管局 市监局"),
    # groups
    ("领导小组成员单位", "领导小组成员单位"),
    ("各成员单位", "领导小组成员单位"),
    ("市经信委及相关成员单位", "市经信委 领导小组相关成员单位"),
    ("市民政局、体育局及相关成员单位，各辖市、区政府", "市民政局 市体育局 领导小组相关成员单位 各辖市、区政府"),
    ("省能源局，各市、县〔市、区〕政府", "省能源局 各市、县（市、区）政府"),
    ("各县(市、区)人民政府", "各县（市、区）人民政府"),
    ("市水利局、各乡镇（街道）", "市水利局 各乡镇（街道）"),
    ("海关总署、商务部等有关部门", "海关总署 商务部 有关部门"),
    ("市环保局、市水利局等相关单位", "市环保局 市水利局 相关单位"),
    ("各县区政府、市质监局", "各县区政府 市质监局"),
    ("市委、市政府督查室", "市委、市政府督查室"),
    # line breaks: one name, two names, a list
    ("领导小组相\n关成员单位", "领导小组相关成员单位"),
    ("各辖市、\n区政府", "各辖市、区政府"),
    ("人行中心\n支行", "人行中心支行"),
    ("市国土\n资源局", "市国土资源局"),
    ("市食药监局\n市质监局", "市食药监局 市质监局"),
    ("市经信委、\n发改委", "市经信委 市发改委"),
    ("市轻工局\n市纺织局", "市轻工局 市纺织局"),
    # connectors inside and between names
    ("市工业和信息化局和市财政局", "市工业和信息化局 市财政局"),
    ("市住房和城乡建设局及市文化和旅游局", "市住房和城乡建设局 市文化和旅游局"),
    ("县市场和质量监管局", "县市场和质量监管局"),
    ("市质监局市工商局 市财政局", "市质监局 市工商局 市财政局"),
    # brackets and notes
    ("市发改委(牵头)、市财政局(配合)", "市发改委 市财政局"),
    ("市烟草专卖局（公司）", "市烟草专卖局（公司）"),
    ("领导小组办公室（市质监局）", "领导小组办公室（市质监局）"),
    ("市直有关部门（市发改委、财政局）", "市直有关部门 市发改委 市财政局"),
    ("市财政局、市人社局按职责分工负责", "市财政局 市人社局"),
    ("牵头单位：市质监局；配合单位：市发改委", "市质监局 市发改委"),
    ("无", ""),
    ("", ""),
]


@pytest.mark.parametrize(("cell", "names"), LISTS)
def test_a_list_gives_its_names(cell: str, names: str) -> None:
    """Names come in printed order, completed with the level of the list, groups whole."""
    assert " ".join(found.name for found in department_list(cell)) == names


def test_the_printed_name_stays_beside_its_reading() -> None:
    """`raw` is the name as printed, without what it shares; 相关成员单位 is a group of its own."""
    found = list(department_list("市质监局、工商局等相关成员单位"))
    assert [(one.raw, one.name, one.is_group) for one in found] == [
        ("市质监局", "市质监局", False),
        ("工商局", "市工商局", False),
        ("相关成员单位", "领导小组相关成员单位", True),
    ]


@pytest.mark.parametrize("name", ["市星海办", "省金融控股公司", "市发展改革部门", "中国移动常州分公司", "某某"])
def test_names_that_are_not_known_stay_as_printed(name: str) -> None:
    """An unknown name is never guessed into another body; 部门 stays 部门."""
    assert [(one.raw, one.name, one.known) for one in department_list(name)] == [(name, name, False)]


def test_a_list_without_a_level_takes_that_of_its_region() -> None:
    """水利局 in a county's document is the county's; in a national one nothing is added."""
    assert [one.name for one in department_list("水利局、环保局", region("360735"))] == ["县水利局", "县环保局"]
    assert [one.name for one in department_list("发展改革委、药监局", region("100000"))] == ["发展改革委", "药监局"]


PROSE = [
    ("由市质监局牵头，市发改委、财政局配合。", "市质监局 市发改委 市财政局"),
    ("领导小组办公室设在市质监局。", "领导小组办公室 市质监局"),
    ("牵头单位：市质监局。成员单位：市农委、盐城检验检疫局等相关单位。", "市质监局 市农委 盐城检验检疫局 相关单位"),
    ("请市政府督查室、领导小组办公室通报各成员单位", "市政府督查室 领导小组办公室 领导小组成员单位"),
    ("向河南省质量立省战略工作领导小组申请", "河南省质量立省战略工作领导小组"),
    ("国家发展改革委和科技部要督促检查", "国家发展改革委 科技部"),
    ("各县（市、区）要参照执行", "各县（市、区）"),
    ("主办：市质监局\n\n督办：市政府办公厅", "市质监局 市政府办公厅"),
    ("（责任单位：省发展改\n革委、省科技厅）", "省发展改革委 省科技厅"),
    ("市发展改革部门负责，会同市人力资源社会保障部门实施", "市发展改革部门 市人力资源社会保障部门"),
    ("各镇（街）入户受理窗口负责预审", "各镇（街）入户受理窗口"),
    # no bodies
    ("全市干部要加强内部办理和处理，委托中心思想", ""),
    ("规范市场秩序，方便市民，建设县城", ""),
    ("财政部门与公安部门", ""),
    ("根据《国务院关于质量的意见》", ""),
    ("由市质监局局长任副组长", ""),
    ("邀请市人大代表、政协委员评议", ""),
    ("获得市政府质量奖", ""),
    ("建成创新型城市管理体系", ""),
    ("建设质量强市", ""),
]


@pytest.mark.parametrize(("text", "names"), PROSE)
def test_running_text_gives_the_bodies_it_names(text: str, names: str) -> None:
    """Longest names, no partial words, no persons, nothing inside 《》."""
    assert " ".join(found.name for found in find_departments(text)) == names


_PIECES = st.lists(
    st.sampled_from(
        [
            "市质监局",
            "发改委",
            "各辖市、区政府",
            "相关成员单位",
            "、",
            "，",
            "\n",
            " ",
            "及",
            "（",
            "）",
            "甲乙",
            "市",
            "局",
            "等",
        ]
    ),
    max_size=14,
).map("".join)


@given(_PIECES)
def test_names_stand_where_they_say_and_do_not_overlap(text: str) -> None:
    """Offsets are those of the text read, in order; the text between them without white space is `raw`."""
    for read in (department_list, find_departments):
        at = 0
        for found in read(text):
            assert at <= found.start < found.end <= len(text)
            assert re.sub(r"\s", "", text[found.start : found.end]) == found.raw
            at = found.end


@given(
    st.lists(
        st.sampled_from(["市质监局", "市发改委", "财政部", "常州国检局", "各成员单位", "市委宣传部"]),
        min_size=1,
        max_size=6,
    )
)
def test_the_separator_does_not_matter(names: list[str]) -> None:
    """Whole names are the same list with any separator, a line break, or none at all."""
    readings = {tuple(found.raw for found in department_list(separator.join(names))) for separator in "、，；\n"}
    assert readings == {tuple(names)}


FUNCTIONS = [
    ("市质监局", "质量技术监督"),
    ("郑州市质量技术监督局", "质量技术监督"),
    ("国家质检总局", "质量技术监督"),
    ("省市场监管局", "市场监督管理"),
    ("常州国检局", "检验检疫"),
    ("市烟草专卖局（公司）", "烟草专卖"),
    ("市委宣传部", "宣传"),
    ("县市场和质量监管局", "市场和质量监督管理"),
    ("领导小组成员单位", None),
    ("市星海办", None),
    ("市财政部门", None),
]


@pytest.mark.parametrize(("name", "function"), FUNCTIONS)
def test_a_name_has_the_function_of_its_body(name: str, function: str | None) -> None:
    """The function is read from the whole name; a group and an unknown name have none."""
    assert function_of(name) == function


FULL_NAMES = [
    ("市质监局", "410100", "郑州市质量技术监督局"),
    ("市发改委", "320400", "常州市发展和改革委员会"),
    ("省经信厅", "330100", "浙江省经济和信息化厅"),
    ("县水利局", "360735", "石城县水利局"),
    ("市委宣传部", "410100", "中共郑州市委宣传部"),
    ("市政协", "410100", "中国人民政治协商会议郑州市委员会"),
    ("常州国检局", "320400", "常州出入境检验检疫局"),
    ("国家质检总局", "410100", "国家质量监督检验检疫总局"),
    ("发展改革委", "100000", "国家发展和改革委员会"),
    ("市星海办", "410100", None),
    ("领导小组成员单位", "410100", None),
    ("县水利局", "410100", None),
]


@pytest.mark.parametrize(("name", "code", "full"), FULL_NAMES)
def test_the_official_name_of_a_body_in_a_region(name: str, code: str, full: str | None) -> None:
    """省 in a city's document is its province; what is not known or lies below the region is None."""
    assert full_name(name, region(code)) == full


LABELS = [
    ("牵头单位", "lead"),
    ("责 任\n单位：", "lead"),
    ("主要责任单位", "lead"),
    ("牵头（责任）单位", "lead"),
    ("主办部门", "lead"),
    ("配合单位", "support"),
    ("配合责任单位", "support"),
    ("协办单位", "support"),
    ("参与单位", "support"),
    ("成员单位", "member"),
    ("督办单位", "supervise"),
    ("考核部门", "supervise"),
    ("责任人", None),
    ("牵头领导", None),
    ("考核内容", None),
    ("完成时间", None),
    ("工作任务", None),
    ("", None),
]


@pytest.mark.parametrize(("label", "role"), LABELS)
def test_a_label_gives_the_role_of_its_bodies(label: str, role: str | None) -> None:
    """A label names a role only with a word for bodies behind the word for the role; persons have none."""
    assert role_of(label) == role


def test_role_words_of_a_sentence() -> None:
    """A role word is a label before its names or a verb behind them; 负责人 is neither."""
    assert [(span.role, span.is_label) for span in role_spans("牵头单位：市质监局，由市财政局配合，负责人到会")] == [
        ("lead", True),
        ("support", False),
    ]
