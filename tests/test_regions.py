"""Regions: the divisions by code, and the jurisdiction that a title, an issuer or a signature names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.regions import NATIONAL, Region, find_region, lineage, region, regions

BY_CODE = [
    ("100000", "中华人民共和国", "全国", "national", None),
    ("320400", "江苏省常州市", "常州", "municipal", "320000"),
    ("360735", "江西省赣州市石城县", "石城", "county", "360700"),
    ("110105", "北京市朝阳区", "朝阳", "county", "110000"),
    ("419001", "河南省济源市", "济源", "county", "410000"),
    ("429021", "湖北省神农架林区", "神农架", "county", "420000"),
    ("659001", "新疆维吾尔自治区石河子市", "石河子", "county", "650000"),
    ("422800", "湖北省恩施土家族苗族自治州", "恩施", "municipal", "420000"),
    ("152500", "内蒙古自治区锡林郭勒盟", "锡林郭勒", "municipal", "150000"),
    ("150000", "内蒙古自治区", "内蒙古", "provincial", "100000"),
    ("371502", "山东省聊城市东昌府区", "东昌府", "county", "371500"),
]


@pytest.mark.parametrize(("code", "name", "short", "level", "parent"), BY_CODE)
def test_a_code_gives_the_official_name_from_the_province_down(
    code: str, name: str, short: str, level: str, parent: str | None
) -> None:
    """Counties under a province or a municipality have it as their parent; short names drop level and nationality."""
    found = region(code)
    assert found is not None
    assert (found.name, found.short_name, found.level, found.parent_code) == (name, short, level, parent)


def test_unknown_codes_are_none() -> None:
    """A code that no list has is no region."""
    assert region("999999") is None
    assert region("") is None


@pytest.mark.parametrize(
    ("code", "own_name", "until"),
    [("341400", "巢湖市", "2010"), ("520321", "遵义县", "2014"), ("340181", "巢湖市", None)],
)
def test_ended_divisions_stay_with_the_last_year_of_their_code(code: str, own_name: str, until: str | None) -> None:
    """A division whose code changed has a row for each code."""
    found = region(code)
    assert found is not None
    assert (found.own_name, found.until) == (own_name, until)


TITLES = [
    ("常州市创建质量强市工作任务分解表", "320400"),
    ("石城县河长制工作考核细则", "360735"),
    ("江西省赣州市石城县人民政府", "360735"),
    ("浙江省人民政府印发若干措施的通知", "330000"),
    ("国务院关于促进综合保税区发展的意见", NATIONAL),
    ("国家质检总局办公厅", NATIONAL),
    ("财政部 海关总署公告", NATIONAL),
    ("工业和信息化部办公厅", NATIONAL),
    ("国家税务总局常州市税务局", "320400"),
    ("中国人民银行盐城市中心支行", "320900"),
    ("申报城市 盐城市 所在地 江苏 省 盐城 市", "320900"),
    ("郑州市贯彻《河南省质量纲要》的方案", "410100"),
    ("关于印发《郑州市质量强市方案》的通知", "410100"),
    ("盐城市落实国务院意见的方案", "320900"),
    ("北京市人民政府关于郑州市的函", "110000"),
    ("深圳市坪山区人民政府", "440310"),
    ("上海浦东新区", "310115"),
    ("南京市鼓楼区", "320106"),
    ("江苏徐州鼓楼区", "320302"),
    ("吉林质量提升方案", "220000"),
    ("吉林市人民政府", "220200"),
    ("海南州人民政府", "632500"),
    ("恩施州利川市", "422802"),
    ("朝阳市人民政府", "211300"),
    ("长春市朝阳区", "220104"),
    ("襄樊市质量兴市", "420600"),
    ("遵义县", "520321"),
    ("义乌国际贸易综合改革", "330782"),
    ("济南市市中区人民政府", "370103"),
]


@pytest.mark.parametrize(("text", "code"), TITLES)
def test_a_title_names_its_jurisdiction(text: str, code: str) -> None:
    """The first region counts, or one inside it named later; titles of other documents count only in its absence."""
    found = find_region(text)
    assert found is not None
    assert found.code == code


NOTHING = [
    "提升我市质量水平",
    "省财政部门的安排",
    "农业部门的安排",
    "转发国务院文件的通知",
    "鼓楼区人民政府",
    "朝阳区政府",
    "关于城区和老城区改造的通知",
    "平安建设考核办法",
    "建成县城",
    "关于参加郑州会议的通知",
    "",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_names_no_region_or_one_of_several_is_none(text: str) -> None:
    """我市, departments, common words and names that several regions share are no jurisdiction."""
    assert find_region(text) is None


@given(st.sampled_from([place for place in regions().values() if place.level != "national"]))
def test_the_full_name_finds_its_region(place: Region) -> None:
    """An official name from the province down finds its region, or the one that has the name today."""
    found = find_region(place.name + "人民政府")
    assert found is not None
    assert found.own_name == place.own_name


@given(st.sampled_from(list(regions().values())))
def test_every_lineage_ends_in_the_country(place: Region) -> None:
    """Each region lies in another, up to the country, and its name begins with that of the region above."""
    above = list(lineage(place))
    assert above[-1].code == NATIONAL
    assert all(inner.name.startswith(outer.name) for inner, outer in pairwise(above) if outer.code != NATIONAL)
