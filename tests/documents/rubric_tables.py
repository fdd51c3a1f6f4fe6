"""A rubric as a table: levels in merged cells, points, scoring, checks and departments in columns of any order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from documents import readings, words
from documents.bodies import Body, assigned, bodies, printed
from documents.dice import Dice, chinese
from documents.heads import begin, cited, foot
from documents.paper import Cell, Grid, Paper
from documents.scoring import Scored
from documents.sections import Section, code_of, full_marks, sections
from documents.truth import OPEN, Clause

HEADERS = {
    "number": ("序号", "编号"),
    "section": ("一级指标", "考核项目", "指标类别"),
    "group": ("二级指标",),
    "title": ("二级指标", "考核内容", "指标名称"),
    "points": ("分值", "标准分", "分值（分）"),
    "rules": ("评分标准", "计分办法", "评分细则"),
    "checks": ("考核方式", "评价方法", "验收方式"),
    "lead": ("责任单位", "责任部门", "牵头单位"),
    "support": ("配合单位", "配合部门"),
    "note": ("备注",),
}
SHARES = {"number": 1, "title": 3, "points": 1.2, "rules": 6, "lead": 2.6, "support": 2.6, "note": 1.2}
SEPARATORS = ("、", "\n", " ")


@dataclass(frozen=True)
class Layout:
    """Which columns a table has, and how its levels, numbers and points are printed."""

    columns: tuple[str, ...]
    numbering: str
    section_in: str
    points_in_title: bool
    section_points: bool
    two_headers: bool


def layout(dice: Dice) -> Layout:
    """Columns in any order: who comes first is free, lead and support stand together."""
    numbering, section_in = dice.turn(("restarts", "none", "through")), dice.turn(("merged", "row"))
    in_title = dice.turn((False, False, True))
    rest = ["points"] * (not in_title) + ["rules"] + ["checks"] * dice.chance() + ["lead"] * dice.turn((0, 1, 1, 1))
    dice.random.shuffle(rest)
    joined = not in_title and dice.turn((True, False))
    if joined:  # points and scoring text stand under one header
        rest.remove("points")
        rest.insert(rest.index("rules") + dice.number(0, 1), "points")
    if "lead" in rest and dice.turn((False, True, True, False)):
        rest.insert(rest.index("lead") + 1, "support")
    first = ["number"] * (numbering != "none") + ["section"] * (section_in == "merged")
    if numbering == "restarts" or dice.chance():
        first.reverse()
    if section_in == "merged" and dice.turn((True, True, True, True, False)):
        first.insert(first.index("section") + 1, "group")
    columns = (*first, "title", *rest, *["note"] * dice.turn((0, 1)))
    return Layout(columns, numbering, section_in, in_title, dice.chance(), joined)


class RubricTable:
    """One table under construction; what it says goes into the paper's truth."""

    def __init__(self, dice: Dice, paper: Paper, made: list[Section]) -> None:
        self.dice, self.paper, self.sections, self.layout = dice, paper, made, layout(dice)
        self.columns = self.layout.columns
        self.row = self.count = 0
        self.cells: list[Cell] = []
        self.optional = dice.chance()

    def build(self) -> Grid:
        """The table."""
        self.paper.shapes |= {f"section in {self.layout.section_in} cell", f"numbering {self.layout.numbering}"}
        self.paper.shapes |= {shape for shape, column in (("note column", "note"),) if column in self.columns}
        self._headers()
        header_height = self.row
        for number, section in enumerate(self.sections, 1):
            self._section(section, number)
        self._total()
        return Grid(tuple(self.cells), tuple(SHARES.get(column, 2.0) for column in self.columns), header_height)

    def _put(self, column: str, text: str, row: int | None = None, height: int = 1, *, repeats: bool = False) -> None:
        if column in self.columns:
            at = self.columns.index(column)
            self.cells.append(Cell(text, self.row if row is None else row, at, height, repeats=repeats))

    def _headers(self) -> None:
        texts = {column: self.dice.pick(HEADERS[column]) for column in self.columns}
        if "group" in self.columns:
            texts |= {"section": "一级指标", "title": self.dice.pick(("三级指标", "考核内容"))}
        joined = ("points", "rules") if self.layout.two_headers else ()
        for column, text in texts.items():
            low = column in joined
            self._put(column, text, int(low), 1 if low or not joined else 2)
        if joined:
            self.paper.shapes.add("header of two rows")
            self.cells.append(Cell("考核标准", 0, min(map(self.columns.index, joined)), 1, 2))
        self.row = 2 if joined else 1

    def _section(self, section: Section, number: int) -> None:
        pointed = self.layout.section_points or section.kind == "bonus"
        printed_title = section.title + (f"（{section.points}分）" if pointed else "")
        self._record_section(section.title, f"S{number}", section.points, None, pointed=pointed)
        if self.layout.section_in == "row":
            self.cells.append(Cell(f"{chinese(number)}、{printed_title}", self.row, 0, 1, len(self.columns)))
            self.row += 1
        self._put("section", printed_title, height=len(section.clauses))
        parents = list(self._groups(section, number))
        made = [
            self._clause(section, clause, parent, (number, at))
            for at, (clause, parent) in enumerate(zip(section.clauses, parents, strict=True), 1)
        ]
        self._shared_columns(made, self.row - len(made))

    def _record_section(self, title: str, code: str, points: int, parent: str | None, *, pointed: bool) -> None:
        shown, status = (points, "printed") if pointed else (readings.unprinted(points), readings.UNPRINTED)
        made = Clause(title, "section", shown, status, parent, code)
        self.paper.truth.clauses.append(made)

    def _groups(self, section: Section, number: int) -> Iterator[str]:
        """The parent of every clause: the section, or one of two groups below it."""
        many = len(section.clauses)
        if "group" not in self.columns:
            yield from [section.title] * many
            return
        self.paper.shapes.add("two levels of sections")
        half, row = (many + 1) // 2, self.row
        for at, clauses in enumerate((section.clauses[:half], section.clauses[half:]), 1):
            if clauses:
                title = f"{self.dice.stem()}{self.dice.pick(words.WORKS)}"
                points = sum(clause.points for clause in clauses)
                self._record_section(title, f"S{number}.{at}", points, section.title, pointed=False)
                self._put("group", title, row, len(clauses))
                row += len(clauses)
                yield from [title] * len(clauses)

    def _clause(self, section: Section, clause: Scored, parent: str, place: tuple[int, int]) -> Clause:
        in_title = self.layout.points_in_title
        optional = self.optional and self.dice.chance(0.3)
        self.count += 1
        self.paper.shapes |= {clause.shape, "points in title" if in_title else "points in cell"}
        self.paper.shapes |= {"optional"} if optional else set()
        self._put("number", str(self.count if self.layout.numbering == "through" else place[1]))
        self._put("title", clause.title + (f"（{clause.points}分）" if in_title else ""))
        self._put("points", str(clause.points))
        self._put("rules", clause.text + ("无此类事务的，按合理缺项计。" if optional else ""))
        self.row += 1
        self.paper.truth.rules += clause.rules
        self.paper.truth.thresholds += clause.thresholds
        # numbers that restart below two levels make no path that all would write alike
        open_code = "group" in self.columns and self.layout.numbering == "restarts"
        code = OPEN if open_code else code_of(self.layout.numbering, *place, self.count)
        return Clause(clause.title, section.kind, clause.points, "printed", parent, code, optional=optional)

    def _shared_columns(self, made: list[Clause], first: int) -> None:
        """Cells that may cover all rows of a section: how it is checked, who answers for it."""
        engaged: list[Body] = []
        for column in ("checks", "lead", "support"):
            if column not in self.columns:
                continue
            whole = self.dice.chance() and len(made) > 1
            self.paper.shapes |= {f"merged {column}"} if whole else set()
            step = len(made) if whole else 1
            for at in range(0, len(made), step):
                covered = range(at, at + step)
                text = (
                    self._checks(made, covered) if column == "checks" else self._bodies(column, made, covered, engaged)
                )
                self._put(column, text, first + at, step, repeats=True)
        self.paper.truth.clauses += made

    def _checks(self, made: list[Clause], covered: range) -> str:
        checks = self.dice.some(words.CHECKS, 1, 2)
        self.paper.shapes.add("verification")
        for at in covered:
            made[at] = replace(made[at], verification="；".join(checks))
        return self.dice.pick(("、", "；")).join(checks)

    def _bodies(self, column: str, made: list[Clause], covered: range, engaged: list[Body]) -> str:
        separator = self.dice.pick(SEPARATORS)
        self.paper.shapes |= {"clause departments", f"separator {separator!r}"}
        shared_sign = separator == "、"
        listed = bodies(self.dice, self.dice.number(1, 2), self.paper.shapes, engaged, shared_sign=shared_sign)
        engaged += listed
        for at in covered:
            self.paper.truth.assignments += assigned(made[at].title, column, listed)
        return printed(listed, separator)

    def _total(self) -> None:
        """A last row with the sum, where the table has a column of points and no bonus."""
        bonus = any(section.kind == "bonus" for section in self.sections)
        if "points" not in self.columns or bonus:
            return
        self.paper.shapes.add("total row")
        total = full_marks(self.sections)
        for column in self.columns:
            self._put(column, "合计" if column == self.columns[0] else str(total) if column == "points" else "")
        self.paper.truth.head = replace(self.paper.truth.head, total_points=total)


def rubric_in_a_table(dice: Dice, paper: Paper) -> None:
    """A rubric whose clauses stand in one table."""
    begin(dice, paper, dice.pick(("考核细则", "考核评分办法", "评分细则")), "rubric")
    made = sections(dice)
    total = full_marks(made)
    if not paper.tables_only:
        paper.say("heading", "一、考核办法")
        paper.say("paragraph", f"考核每年举行一次，满分{total}分，依照{cited(dice, paper)}施行。")
        paper.say("heading", "二、结果运用")
        paper.say("paragraph", dice.pick(words.BACKGROUND))
        foot(dice, paper)
        paper.say("annex", "附件")
        paper.say("caption", f"{dice.theme}评分表")
    paper.truth.head = replace(paper.truth.head, total_points=readings.unprinted(total) if paper.tables_only else total)
    paper.blocks.append(RubricTable(dice, paper, made).build())
