"""Citations: titles in 《》, document and standard numbers, and one row per distinct document."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.citations import citations, doc_number, document_citations
from extract.document_numbers import number_alone
from extract.head import read_head
from extract.head.own_titles import is_own_title, issued_title, key
from extract.layout import lay_out
from extract.pages import Place
from extract.readers.text import read_text
from extract.records import Head, Passage
from extract.text import contains

CITED = [
    ("《质量发展纲要（2011-2020年）》（国发〔2012〕9号）", [("质量发展纲要（2011-2020年）", "国发〔2012〕9号")]),
    ("《甲办法》（乙发[2016]31号）和《丙意见》", [("甲办法", "乙发〔2016〕31号"), ("丙意见", None)]),
    ("《甲办法》、《乙意见》（国发〔2012〕9号）", [("甲办法", None), ("乙意见", "国发〔2012〕9号")]),
    ("《甲条例》（2015年3月1日国务院令第591号）", [("甲条例", "国务院令第591号")]),
    ("国质检质〔2012〕179号文件《甲意见》", [("甲意见", "国质检质〔2012〕179号")]),
    ("国发〔2012〕9号精神，《甲意见》", [(None, "国发〔2012〕9号"), ("甲意见", None)]),
    ("GB/T 50362-2005《住宅性能评定技术标准》", [("住宅性能评定技术标准", "GB/T50362-2005")]),
    ("《住宅性能评定技术标准》（GB/T 50362—2005）", [("住宅性能评定技术标准", "GB/T50362-2005")]),
    ("《关于印发〈甲办法〉的通知》", [("关于印发〈甲办法〉的通知", None)]),
    ("《关于印发《甲办法》的通知》", [("关于印发《甲办法》的通知", None)]),
    ("《争创“示范城市”指导意见》", [("争创“示范城市”指导意见", None)]),
    ("《质量发展纲要（2011-2020年》要求", [("质量发展纲要（2011-2020年", None)]),
    ("《计量发展规划 2013—2020 年》", [("计量发展规划2013—2020年", None)]),
    ("按照《甲办法执行，落实《乙意见》", [("甲办法执行", None), ("乙意见", None)]),
    ("持《广东省居住证》的人员", []),
    ("填写《验收申请书》（附件3）", []),
    ("质量管理体系、GMP、ISO认证", []),
]


@pytest.mark.parametrize(("printed", "expected"), CITED)
def test_citations(printed: str, expected: list[tuple[str | None, str | None]]) -> None:
    """A title goes with the number printed after it, else before it; what is no document is left out."""
    assert [(c.title, c.number) for c in citations(printed)] == expected


NUMBERS = [
    ("国质检质函〔2013〕433号", "国质检质函〔2013〕433号"),
    ("盐政发【2012】208号", "盐政发〔2012〕208号"),
    ("浙政发〔２０２５〕１０ 号", "浙政发〔2025〕10号"),
    ("根据国办发（2013）18号", "国办发〔2013〕18号"),
    ("国家质检总局质检质函［2016］31号", "质检质函〔2016〕31号"),
    ("国办发明电〔2008〕27号", "国办发明电〔2008〕27号"),
    ("中华人民共和国主席令第七十二号", "中华人民共和国主席令第七十二号"),
    ("国家质检总局第79号令", "国家质检总局第79号令"),
    ("国家质量监督检验检疫总局公告2012年第7号", "国家质量监督检验检疫总局公告2012年第7号"),
    ("2015年3月1日国务院令第591号", "国务院令第591号"),
    ("电话：010-82260622 82262042", None),
    ("— 3 —", None),
    ("ZJSP00-2025-0010", None),
    ("责令第三方改正", None),
    ("甲路（2012）3号楼", None),
    ("2013年7月15日", None),
]


@pytest.mark.parametrize(("printed", "expected"), NUMBERS)
def test_doc_number(printed: str, expected: str | None) -> None:
    """A 文号 is written with 〔〕 and half-width figures; telephone and page numbers are none."""
    assert doc_number(printed) == expected


@given(
    code=st.sampled_from(["国发", "国办发", "苏政发", "国质检质函", "将政", "穗府办规", "工信部联规", "中发"]),
    brackets=st.sampled_from(["〔〕", "[]", "【】", "（）", "()", "［］"]),
    year=st.integers(1990, 2035),
    serial=st.integers(1, 9999),
    space=st.sampled_from(["", " "]),
)
def test_a_number_is_read_in_any_bracket(code: str, brackets: str, year: int, serial: int, space: str) -> None:
    """The brackets and spaces of a 文号 do not matter, in running text or alone on a line."""
    printed = f"{code}{brackets[0]}{year}{brackets[1]}{space}{serial}{space}号"
    assert doc_number(f"《甲意见》（{printed}）") == number_alone(printed) == f"{code}〔{year}〕{serial}号"


@given(st.text(alphabet="《》〈〉（）〔〕甲乙国发令号第0129、。 “”\nGB/T-", max_size=60))
def test_a_citation_stands_in_the_text(text: str) -> None:
    """Whatever the text, every citation lies inside it and its title is printed there."""
    for cited in citations(text):
        assert 0 <= cited.start < cited.end <= len(text)
        assert cited.title is None or contains(text[cited.start : cited.end], cited.title)


def _passages(*texts: str) -> list[Passage]:
    return [Passage(n, "paragraph", text, Place()) for n, text in enumerate(texts, 1)]


def _rows(own: Head, *texts: str) -> list[tuple[str | None, str | None, int]]:
    return [(c.cited_title, c.cited_number, c.passage) for c in document_citations(_passages(*texts), own)]


ROWS = [
    (("《甲纲要》（国发〔2012〕9号）", "落实《甲纲要》"), [("甲纲要", "国发〔2012〕9号", 1)]),
    (("落实《甲纲要》", "《甲纲要》（国发〔2012〕9号）"), [("甲纲要", "国发〔2012〕9号", 2)]),
    (("国发〔2012〕9号", "《甲纲要》（国发〔2012〕9号）"), [("甲纲要", "国发〔2012〕9号", 2)]),
    (("《甲纲要（2011—2020年）》", "《甲纲要(2011-2020年》"), [("甲纲要（2011—2020年）", None, 1)]),
    (("《甲纲要（2011-2020年）》", "《甲纲要》"), [("甲纲要（2011-2020年）", None, 1), ("甲纲要", None, 2)]),
    (("《乙市质量工作方案》已经同意", "按乙政〔2014〕17号执行"), []),
    (("提交《创建验收申请书》", "附件：1. 创建验收条件", "2. 创建验收申请书"), []),
    (("提交《验收申请书》", "附件2", "创建“示范城市”验收申请书"), []),
    (("《甲管理办法》（以下简称《办法》）", "按照《办法》执行"), [("甲管理办法", None, 1)]),
    (("依据《甲纲", "要》执行"), []),
    (("贯彻《质量发展纲要》",), [("质量发展纲要", None, 1)]),
]


@pytest.mark.parametrize(("printed", "expected"), ROWS)
def test_document_citations(printed: tuple[str, ...], expected: list[tuple[str | None, str | None, int]]) -> None:
    """One row a document, at the first passage that holds it whole; the document's own names are left out."""
    own = Head("乙市人民政府关于印发《乙市质量工作方案》的通知", "乙政〔2014〕17号")
    assert _rows(own, *printed) == expected


@pytest.mark.parametrize(
    ("cited", "own", "expected"),
    [
        ("甲市工作方案", "甲市工作方案（试行）", True),
        ("关于支持创新的若干措施", "关于支持创新若干措施", True),
        ("预验收报告", "创建“示范城市”预验收报告书", True),
        ("质量发展纲要", "贯彻质量发展纲要", False),
        ("甲市工作方案", "甲市工作方案任务分解表", False),
    ],
)
def test_is_own_title(cited: str, own: str, expected: bool) -> None:
    """A form may be called by the end of its name; other titles must be whole."""
    assert is_own_title(cited, frozenset({key(own)})) is expected


def test_issued_title() -> None:
    """A notice issues what stands between 印发 and 的通知; other titles issue nothing."""
    assert issued_title("关于印发甲市工作方案（试行）的通知") == "甲市工作方案（试行）"
    assert issued_title("关于加强质量工作的意见") is None


REAL = [
    ("notice-2013.txt", 5, ("贯彻实施质量发展纲要2013年行动计划", "国办发〔2013〕18号")),
    ("changzhou.txt", 3, ("住宅性能评定技术标准", "GB/T50362-2005")),
    ("zhengzhou.txt", 7, ("争创“全国质量强市示范城市”活动指导意见", "国质检质〔2012〕179号")),
]


@pytest.mark.parametrize(("name", "count", "one"), REAL)
def test_real_documents(shared: Path, name: str, count: int, one: tuple[str, str]) -> None:
    """Real documents name as many others as a reader counts in them."""
    passages = lay_out(read_text(shared / "corpus" / "text" / name)).passages
    found = [(c.cited_title, c.cited_number) for c in document_citations(passages, read_head(passages))]
    assert len(found) == count
    assert one in found
