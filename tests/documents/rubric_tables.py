"""A rubric as a table: levels in merged cells, points, scoring, checks and departments in columns of any order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from documents import words
from documents.bodies import Body, assigned, bodies, printed
from documents.dice import Dice, chinese
from documents.heads import begin, cited, foot
from documents.paper import Cell, Grid, Paper
from documents.scoring import SHAPES, Scored, honours_on_top
from documents.truth import OPEN, Clause, OneOf

HEADERS = {
    "number": ("序号", "编号"),
    "section": ("一级指标", "考核项目", "指标类别"),
    "title": ("二级指标", "考核内容", "指标名称"),
    "points": ("分值", "标准分", "分值（分）"),
    "rules": ("评分标准", "计分办法", "评分细则"),
    "checks": ("考核方式", "评价方法", "验收方式"),
    "lead": ("责任单位", "责任部门", "牵头单位"),
    "support": ("配合单位", "配合部门"),
}
SHARES = {"number": 1, "section": 2, "title": 3, "points": 1.2, "rules": 6, "checks": 2, "lead": 2.6, "support": 2.6}
SEPARATORS = ("、", "\n", " ")


@dataclass
class Section:
    """A group of clauses."""

    title: str
    clauses: list[Scored]
    kind: str = "scored"
    cells: dict[str, Any] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """The sum of its clauses."""
        return sum(clause.points for clause in self.clauses)


def sections(dice: Dice) -> list[Section]:
    """Groups of clauses with scoring texts of every shape, perhaps a bonus at the end."""
    made = []
    for _ in range(dice.number(2, 3)):
        clauses = [dice.pick(SHAPES)(dice, dice.number(3, 7) * 2) for _ in range(dice.number(2, 4))]
        made.append(Section(f"{dice.stem()}{dice.pick(words.WORKS)}", clauses))
    if dice.chance(0.4):
        made.append(Section("加分项", [honours_on_top(dice, dice.number(3, 6))], "bonus"))
    return made


def code_of(numbering: str, section: int, at: int, count: int) -> Any:
    """The code of a clause: its number, the path where numbers restart, open where none is printed.

    Both are seen for the clauses of the first section when numbers restart.

    >>> code_of("through", 2, 1, 4), code_of("restarts", 2, 1, 4), code_of("restarts", 1, 3, 3)
    ('4', '2.1', ('3', '1.3'))
    """
    if numbering == "none":
        return OPEN
    if numbering == "through":
        return str(count)
    return f"{section}.{at}" if section > 1 else OneOf(str(at), f"1.{at}")


class RubricTable:
    """One table under construction: which columns it has and how codes and points are printed."""

    def __init__(self, dice: Dice, paper: Paper) -> None:
        self.dice, self.paper = dice, paper
        self.sections = sections(dice)
        self.numbering = dice.turn(("restarts", "none", "through"))
        self.levels = dice.turn(("merged", "row"))
        self.section_points = dice.chance()
        self.points_in = dice.pick(("cell", "cell", "title"))
        self.optional = dice.chance()
        rest = ["points"] * (self.points_in == "cell") + ["rules"]
        rest += ["checks"] * dice.chance() + dice.turn(([], ["lead", "support"], ["lead", "support"], ["lead"]))
        order = dice.random.sample(rest, len(rest))
        if "support" in order:
            order.remove("support")
            order.insert(order.index("lead") + 1, "support")
        first = ["number"] * (self.numbering != "none") + ["section"] * (self.levels == "merged")
        if self.numbering == "restarts" or dice.chance():
            first.reverse()
        self.columns = [*first, "title", *order]
        self.cells: list[Cell] = []
        self.count = 0
        self.engaged: dict[int, list[Body]] = {}  # who is named in a row

    def build(self) -> Grid:
        """The table; what it says goes into the paper's truth."""
        for at, column in enumerate(self.columns):
            self.cells.append(Cell(self.dice.pick(HEADERS[column]), 0, at))
        row = 1
        for number, section in enumerate(self.sections, 1):
            self.paper.shapes |= {f"section in {self.levels} cell", f"numbering {self.numbering}"}
            row = self._section_head(section, number, row)
            first = row
            for at, clause in enumerate(section.clauses, 1):
                self.count += 1
                self._clause(section, clause, number, at, row)
                row += 1
            self._merged_columns(section, first, row)
        self._total(row)
        return Grid(tuple(self.cells), tuple(SHARES[column] for column in self.columns))

    def _section_head(self, section: Section, number: int, row: int) -> int:
        numbered, pointed = self.levels == "row", self.section_points or section.kind == "bonus"
        points = f"（{section.points}分）" if pointed else ""
        section.cells["printed"] = (f"{chinese(number)}、" if numbered else "") + section.title + points
        self.paper.truth.clauses.append(
            Clause(
                section.title,
                "section",
                section.points if pointed else OneOf(None, section.points),
                "printed" if pointed else OneOf("none", "inferred"),
                code=f"S{number}",
            )
        )
        if self.levels == "row":
            self.cells.append(Cell(section.cells["printed"], row, 0, 1, len(self.columns)))
            return row + 1
        return row

    def _clause(self, section: Section, clause: Scored, section_number: int, at: int, row: int) -> None:
        paper, dice = self.paper, self.dice
        paper.shapes.add(clause.shape)
        optional = self.optional and dice.chance(0.3)
        text = clause.text + ("无此类事务的，按合理缺项计。" if optional else "")
        in_title = self.points_in == "title"
        title = f"{clause.title}（{clause.points}分）"
        paper.shapes |= {"points in title" if in_title else "points in cell"} | ({"optional"} if optional else set())
        number = str(self.count if self.numbering == "through" else at)
        cells = {"number": number, "title": title if in_title else clause.title, "rules": text}
        cells["points"] = str(clause.points)
        for place, column in enumerate(self.columns):
            if column in cells:
                self.cells.append(Cell(cells[column], row, place))
        code = code_of(self.numbering, section_number, at, self.count)
        made = Clause(clause.title, section.kind, clause.points, "printed", section.title, code, optional=optional)
        section.cells.setdefault("made", []).append(made)
        paper.truth.rules += clause.rules
        paper.truth.thresholds += clause.thresholds

    def _merged_columns(self, section: Section, first: int, end: int) -> None:
        """Cells that may cover several rows: the section, the checks, the departments."""
        made: list[Clause] = section.cells["made"]
        for at, column in enumerate(self.columns):
            if column == "section":
                self.cells.append(Cell(section.cells["printed"], first, at, end - first))
            elif column in ("checks", "lead", "support"):
                whole = self.dice.chance() and end - first > 1
                step = end - first if whole else 1
                self.paper.shapes |= {f"merged {column}"} if whole else set()
                for row in range(first, end, step):
                    self._shared_cell(column, row, at, step, [i - first for i in range(row, row + step)], made)
        self.paper.truth.clauses += made

    def _shared_cell(self, column: str, row: int, at: int, height: int, covered: list[int], made: list[Clause]) -> None:
        dice, paper = self.dice, self.paper
        if column == "checks":
            checks = dice.some(words.CHECKS, 1, 2)
            paper.shapes.add("verification")
            text = dice.pick(("、", "；")).join(checks)
            for index in covered:
                made[index] = replace(made[index], verification="；".join(checks))
        else:
            separator = dice.pick(SEPARATORS)
            paper.shapes |= {"clause departments", f"separator {separator!r}"}
            engaged = self.engaged.get(row, [])
            listed = bodies(dice, dice.number(1, 2), paper.shapes, engaged, shared_sign=separator == "、")
            text = printed(listed, separator)
            for covered_row in range(row, row + height):
                self.engaged.setdefault(covered_row, []).extend(listed)
            for index in covered:
                paper.truth.assignments += assigned(made[index].title, column, listed)
        self.cells.append(Cell(text, row, at, height, repeats=True))

    def _total(self, row: int) -> None:
        """A last row with the sum, where the table has a column of points."""
        if "points" not in self.columns or self.columns[0] == "points" or not self.dice.chance(0.6):
            return
        self.paper.shapes.add("total row")
        total = sum(section.points for section in self.sections if section.kind != "bonus")
        column = self.columns.index("points")
        for at in range(len(self.columns)):
            text = "合计" if at == 0 else str(total) if at == column else ""
            self.cells.append(Cell(text, row, at))


def rubric_in_a_table(dice: Dice, paper: Paper) -> None:
    """A rubric whose clauses stand in one table."""
    begin(dice, paper, dice.pick(("考核细则", "考核评分办法", "评分细则")), "rubric")
    table = RubricTable(dice, paper)
    total = sum(section.points for section in table.sections if section.kind != "bonus")
    if not paper.tables_only:
        paper.say("heading", "一、考核办法")
        paper.say("paragraph", f"考核每年举行一次，满分{total}分，依照{cited(dice, paper)}施行。")
        paper.say("heading", "二、结果运用")
        paper.say("paragraph", dice.pick(words.BACKGROUND))
        foot(dice, paper)
        paper.say("annex", "附件")
        paper.say("caption", f"{dice.theme}评分表")
    paper.truth.head = replace(paper.truth.head, total_points=OneOf(total, None) if paper.tables_only else total)
    paper.blocks.append(table.build())
