"""Numbering at the beginning of a line."""

from __future__ import annotations

import pytest

from extract.outline import read_numbering, unnumbered


@pytest.mark.parametrize(
    ("printed", "series", "code", "rest"),
    [
        ("一、总体要求", "han", "1", "总体要求"),
        ("四十八、在宣传方面", "han", "48", "在宣传方面"),
        ("（三）现场验收", "han_paren", "3", "现场验收"),
        ("(二) 措施", "han_paren", "2", "措施"),
        ("12. 强化基础", "arabic", "12", "强化基础"),
        ("3、夯实基础", "arabic", "3", "夯实基础"),
        ("1.1建立制度", "decimal", "1.1", "建立制度"),
        ("3.6.14在用器具", "decimal", "3.6.14", "在用器具"),
        ("4.6.服务质量", "decimal", "4.6", "服务质量"),
        ("14.2 1个以上口岸", "decimal", "14.2", "1个以上口岸"),
        ("13.2年度抽查", "decimal", "13.2", "年度抽查"),
        ("3.3公共服务", "decimal", "3.3", "公共服务"),
        ("2.1百姓满意", "decimal", "2.1", "百姓满意"),
        ("（5）检查", "arabic_paren", "5", "检查"),
        ("③检查", "circled", "3", "检查"),
        ("第十二条 本办法", "article", "12", "本办法"),
        ("第三部分 名称", "part", "3", "名称"),
        ("—农业生产", "dash", "", "农业生产"),
    ],
)
def test_every_series_is_read(printed: str, series: str, code: str, rest: str) -> None:
    """A printed number gives its series, its code in Arabic figures and the words behind it."""
    numbering = read_numbering(printed)
    assert numbering is not None
    assert (numbering.series, numbering.code, unnumbered(printed)) == (series, code, rest)


@pytest.mark.parametrize(
    "printed",
    [
        "2016年完成",
        "3.5%以上",
        "1.2亿元资金",
        "14.8个百分点",
        "3.2公里",
        "2.5万亿元",
        "10个部门联合",
        "2016-2017",
        "一是强化标准",
        "十大品牌",
        "-5度",
        "质量",
    ],
)
def test_a_quantity_is_no_number_of_a_line(printed: str) -> None:
    """Years, percentages, amounts and counts at the beginning of a text number nothing."""
    assert read_numbering(printed) is None
