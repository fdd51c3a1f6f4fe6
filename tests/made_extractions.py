"""Hand-made extractions for the tests of `kb`, and a reader that makes one of a small text file.

The documents are invented; only region codes are real.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from extract.errors import UnreadableFile
from extract.pages import Box, Leftover, Place
from extract.records import (
    Assignment,
    Citation,
    Clause,
    Extraction,
    Fact,
    Finding,
    FormField,
    Head,
    Passage,
    PlanItem,
    ScoreRule,
    Threshold,
)

NONE: Mapping[int, str] = MappingProxyType({})
TEXTS = (
    ("heading", "甲市质量工作考核方案"),
    ("heading", "一、质量管理（30分）"),
    ("cell", "抽查合格率达到95%以上，得20分；每低1%扣2分"),
    ("cell", "市质监局、有关单位"),
    ("cell", "提高抽查合格率至96%"),
    ("paragraph", "按《乙部质量纲要》（乙质发〔2012〕7号）执行"),
    ("cell", "发生重大事故的，一票否决"),
)


def passages(edits: Mapping[int, str] = NONE) -> tuple[Passage, ...]:
    """One passage a text, or the text that `edits` gives its ordinal; cells have table places, the third two boxes."""
    boxes = (Box(1, (10.0, 700.0, 90.5, 720.0)), Box(2, (10.0, 40.0, 90.5, 60.0)))
    return tuple(
        Passage(
            ordinal,
            kind,  # type: ignore[arg-type]
            text,
            Place(page=1, line=ordinal, boxes=boxes if ordinal == 3 else ()),
            raw=f"${text}$" if ordinal == 3 else None,
            table_no=1 if kind == "cell" else None,
            row_no=ordinal if kind == "cell" else None,
            column_no=2 if kind == "cell" else None,
        )
        for ordinal, kind, text in ((n, kind, edits.get(n, text)) for n, (kind, text) in enumerate(TEXTS, 1))
    )


def facts(cites: tuple[tuple[str | None, str | None], ...]) -> tuple[Fact, ...]:
    """Every kind of fact at least once, a child before its parent among them."""
    return (
        Clause(
            "1", "scored", "抽查合格率", 3, parent="S1", points=20.0, points_status="printed", verification="查阅文件"
        ),
        Clause("S1", "section", "质量管理", 2, points=30.0, points_status="printed"),
        Clause("V1", "veto", "发生重大事故的，一票否决", 7, optional=True),
        ScoreRule("1", 1, "tier", 20.0, "抽查合格率达到95%以上", 3),
        ScoreRule("1", 2, "deduction", 2.0, "每低1%", 3, step=1.0, step_unit="%", floor=0.0),
        Threshold("抽查合格率", ">=", "达到95%以上", 3, 95.0, unit="%", clause="1", rule=1),
        Threshold("抽查合格率", "=", "合格率至96%", 5, 96.0, unit="%", period="2015", plan_item="1.1"),
        PlanItem("1.1", "提高抽查合格率至96%", 5, section="质量管理", starts_on="2014", ends_on="2015", clause="1"),
        PlanItem("1.2", "提高抽查合格率", 5, section="质量管理", clause="S1"),
        Assignment("lead", "市质监局", "市质监局", 4, plan_item="1.1"),
        Assignment("support", "有关单位", "有关单位", 4, plan_item="1.1", is_group=True),
        Assignment("lead", "市质监局", "市质监局", 4, clause="1"),
        *(Citation(title, number, 6) for title, number in cites),
        FormField("城市", "甲市", 6),
        Finding("lost_cell", "warning", "a cell of row 5 was lost", 5),
        Finding("no_date", "info", "no date is printed"),
    )


def made(
    title: str = "甲市质量工作考核方案",
    number: str | None = "甲政发〔2014〕3号",
    *,
    cites: tuple[tuple[str | None, str | None], ...] = (("乙部质量纲要", "乙质发〔2012〕7号"),),
    region: str | None = "330100",
    issued_on: str | None = "2014-05-06",
    origin: str = "original",
    extra: tuple[Fact, ...] = (),
    without: type[Fact] | tuple[type[Fact], ...] = (),
    edits: Mapping[int, str] = NONE,
) -> Extraction:
    """A whole document; `extra` facts are added, facts of the kinds `without` left out, texts edited by ordinal."""
    head = Head(
        title=title,
        doc_number=number,
        issuers=("甲市人民政府", "甲市质监局"),
        issued_on=issued_on,
        region_code=region,
        level="municipal",
        kind="plan",
        origin=origin,  # type: ignore[arg-type]
        total_points=30.0,
        fields={"title": 1},
    )
    kept = tuple(fact for fact in facts(cites) if not isinstance(fact, without))
    leftovers = (Leftover("page_number", "— 1 —", Place(page=1, line=9)),)
    return Extraction(head, "txt", passages(edits), leftovers, kept + extra)


def write_file(path: Path, title: str = "甲市质量工作考核方案", number: str = "甲政发〔2014〕3号", **more: str) -> Path:
    """A file for `read_made`: one `key=value` a line."""
    values = {"title": title, "number": number, **more}
    path.write_text("\n".join(f"{key}={value}" for key, value in values.items()), encoding="utf-8")
    return path


def read_made(path: Path, ocr: str = "auto") -> Extraction:
    """Read a file of `write_file`; `fail` in it names the way in which reading goes wrong."""
    values = dict(line.split("=", 1) for line in path.read_text(encoding="utf-8").splitlines() if "=" in line)
    match values.get("fail"):
        case "unreadable":
            raise UnreadableFile(f"{path.name}: damaged; get it again")
        case "bug":
            raise KeyError("S1")
        case "killed":
            os._exit(9)
    number = values.get("number") or None
    if not values:
        raise UnreadableFile(f"{path.name}: empty")
    extra = (Finding("extra", "info", values["note"]),) if "note" in values else ()
    return made(values["title"], number, extra=extra)
