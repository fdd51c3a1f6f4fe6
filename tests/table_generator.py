"""Made-up task tables with a known truth: what is printed in each cell, and what each row says in each column.

`made_table(seed)` draws a table: columns in any order, header words known or not, two-row headers, titles, section
rows, merged labels and clauses, merged or blank departments, names stacked or broken over lines.  `table_typesetting`
prints it on pages, `table_writers` as a file.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Literal

# characters that occur in no word of extract/terms: rules that need no words must do without them
NATURE = "桐槐榆枫樟楠橡榕蕨藤芦苇苔藓鸢鹭鹰隼鹊鸥雀鸦鸽鹂蝶蜂蝉蛙蟾鲤鲫鲈鳜鳟鲑貂獾狐狸獐麂羚犀猿猴獭蜻蜓蚂蚁蟋蟀蜘蛛"
Words = Literal["known", "unknown", "looks"]
Role = Literal["ordinal", "label", "clause", "points", "scoring", "task", "deadline", "lead", "support"]

HEADERS: dict[str, tuple[str, ...]] = {
    "ordinal": ("序号", "编号", "项次"),
    "label": ("指标项", "考核项目", "一级指标", "类别"),
    "clause": ("考核内容", "评价内容", "考核指标", "指标名称"),
    "points": ("分值", "标准分", "分值（分）", "权重"),
    "scoring": ("评分标准", "考核评分办法", "评分细则"),
    "task": ("工作任务", "具体任务", "主要措施", "工作内容"),
    "deadline": ("完成时间", "完成时限", "时间节点"),
    "lead": ("牵头单位", "责任部门", "牵头责任单位"),
    "support": ("配合单位", "协办单位", "参与部门"),
}
DEADLINES = ("2024年", "2024年底前", "2025年6月", "2024—2025年", "2025年12月底")
GROUPED = {"label": 8, "clause": 14, "points": 5, "scoring": 18}
SHARES = {"ordinal": 4, **GROUPED, "task": 22, "deadline": 10, "lead": 9, "support": 10}


@dataclass(frozen=True)
class Printed:
    """A cell as it stands in the table: its first row and column, how many it covers, its text."""

    row: int
    column: int
    text: str
    height: int = 1
    width: int = 1


@dataclass(frozen=True)
class MadeTable:
    """A table and its truth.

    Rows are counted from the titles on; `truth` has the entries only, every merged cell in full, '' for a blank one;
    `sections` are pairs of the index of the entry that follows and the section's text.
    """

    seed: int
    words: Words
    roles: tuple[str, ...]
    titles: int
    header_height: int
    height: int
    cells: tuple[Printed, ...]
    truth: tuple[tuple[str, ...], ...]
    sections: tuple[tuple[int, str], ...]
    shares: tuple[int, ...]
    header: tuple[str, ...]


@dataclass
class _Draft:
    random: random.Random
    words: Words
    roles: list[str]
    merged_lead: bool
    numbered: bool
    cells: list[Printed] = field(default_factory=list)
    truth: list[dict[str, str]] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    row: int = 0
    clause: int = 0

    def add(self, role: str, text: str, row: int, height: int = 1) -> None:
        if role in self.roles:
            self.cells.append(Printed(row, self.roles.index(role), text, height))

    def word(self, fewest: int, most: int) -> str:
        return "".join(self.random.choice(NATURE) for _ in range(self.random.randint(fewest, most)))

    def sentence(self, fewest: int, most: int) -> str:
        parts = [self.word(3, 9) for _ in range(self.random.randint(fewest, most))]
        if self.random.random() < 0.3:
            parts[-1] = f"{parts[-1]}{self.random.randint(2, 90)}{self.word(1, 3)}"
        return "，".join(parts) + "。"

    def body(self) -> str:
        ending = "" if self.words == "unknown" else self.random.choice("局委办")
        front = "" if self.words == "unknown" else "市"
        return f"{front}{self.word(2, 7)}{ending}"

    def bodies(self) -> str:
        names = [self.body() for _ in range(self.random.choice((1, 1, 2, 3)))]
        return self.random.choice(("、", "\n")).join(names)


def made_table(
    seed: int,
    *,
    words: Words | None = None,
    merged_lead: bool | None = None,
    rubric: bool | None = None,
    stacked: bool | None = None,
) -> MadeTable:
    """The table of a seed; the other arguments fix what is drawn otherwise."""
    dice = random.Random(seed)
    drawn: Words = dice.choice(("known", "unknown", "looks"))
    judges = dice.random() < 0.6 if rubric is None else rubric
    roles = ["task", "deadline", "lead"]
    roles += [role for role in GROUPED if judges and (role == "clause" or dice.random() < 0.75)]
    roles += ["support"] * (dice.random() < 0.8)
    roles += ["ordinal"] * (dice.random() < 0.4)
    order = ("ordinal", *GROUPED, "task", "deadline", "lead", "support")
    roles.sort(key=order.index)
    if dice.random() < 0.5:
        dice.shuffle(roles)
    # without numbers or points nothing would tell where one group ends and the next begins
    numbered = "points" not in roles or dice.random() < 0.7
    merge = numbered and dice.random() < 0.3
    draft = _Draft(dice, words or drawn, roles, merge if merged_lead is None else merged_lead, numbered)
    titles = _titles(draft)
    header_height, header = _header(draft, stacked)
    _entries(draft)
    return MadeTable(
        seed, draft.words, tuple(roles), titles, header_height, draft.row, tuple(draft.cells),
        tuple(tuple(entry[role] for role in roles) for entry in draft.truth), tuple(draft.sections),
        tuple(SHARES[role] for role in roles), header,
    )  # fmt: skip


def _titles(draft: _Draft) -> int:
    if draft.random.random() < 0.75:
        return 0
    draft.cells.append(Printed(0, 0, draft.word(6, 12), 1, len(draft.roles)))
    draft.row = 1
    return 1


def _header(draft: _Draft, stacked: bool | None) -> tuple[int, tuple[str, ...]]:
    """One header row, or two where the departments stand side by side under one word."""
    known = draft.words == "known"
    words = draft.random.sample(NATURE, len(draft.roles))
    names = {}
    for first, role in zip(words, draft.roles, strict=True):
        names[role] = draft.random.choice(HEADERS[role]) if known else first + draft.word(1, 3)
    at = {role: column for column, role in enumerate(draft.roles)}
    beside = "support" in at and at["support"] == at["lead"] + 1
    top = draft.row
    drawn = draft.random.random() >= 0.6 if beside else False
    if not (drawn if stacked is None else stacked and beside):
        draft.cells += [Printed(top, at[role], name) for role, name in names.items()]
        draft.row += 1
        return 1, tuple(names[role] for role in draft.roles)
    parent = "责任单位" if known else draft.word(3, 4)
    names |= {"lead": "牵头", "support": "配合"} if known else {}
    for role, name in names.items():
        under = role in {"lead", "support"}
        draft.cells.append(Printed(top + under, at[role], name, 1 if under else 2))
    draft.cells.append(Printed(top, at["lead"], parent, 1, 2))
    draft.row += 2
    stacked = {"lead": f"{parent}\n{names['lead']}", "support": f"{parent}\n{names['support']}"}
    return 2, tuple(stacked.get(role, names[role]) for role in draft.roles)


def _entries(draft: _Draft) -> None:
    divided = draft.random.random() < 0.3
    for number in range(draft.random.randint(2, 4)):
        if divided:
            text = f"{'一二三四'[number]}、{draft.word(4, 9)}"
            draft.sections.append((len(draft.truth), text))
            draft.cells.append(Printed(draft.row, 0, text, 1, len(draft.roles)))
            draft.row += 1
        _label(draft)


def _label(draft: _Draft) -> None:
    start, label = draft.row, draft.word(4, 10)
    # fewer rows would show nothing of what their columns are like
    for _ in range(draft.random.randint(2, 4)):
        _clause(draft, label)
    draft.add("label", label, start, draft.row - start)


def _clause(draft: _Draft, label: str) -> None:
    draft.clause += 1
    start, dice = draft.row, draft.random
    shared = {
        "label": label,
        "clause": f"{draft.clause}. {draft.sentence(1, 3)}" if draft.numbered else draft.sentence(1, 3),
        "points": str(dice.choice((5, 10, 15, 20, 30))),
        "scoring": _scoring(draft),
    }
    lead = draft.bodies() if draft.merged_lead else None
    tasks = dice.choice((1, 1, 2, 3, 5))
    for number in range(1, tasks + 1):
        entry = shared | {
            "ordinal": str(len(draft.truth) + 1),
            "task": f"{draft.clause}.{number}{draft.sentence(1, 5)}" if draft.numbered else draft.sentence(1, 5),
            "deadline": dice.choice(DEADLINES),
            "lead": lead or draft.bodies(),
            "support": "" if dice.random() < 0.25 else draft.bodies(),
        }
        for role in ("ordinal", "task", "deadline", "support") + (() if lead else ("lead",)):
            draft.add(role, entry[role], draft.row)
        draft.truth.append(entry)
        draft.row += 1
    for role in ("clause", "points", "scoring") + (("lead",) if lead else ()):
        draft.add(role, entry[role], start, tasks)


def _scoring(draft: _Draft) -> str:
    if draft.words == "unknown":
        return "；".join(draft.word(6, 20) for _ in range(draft.random.randint(1, 4))) + "。"
    return "；".join(f"{draft.word(4, 16)}得{10 - n}分" for n in range(draft.random.randint(1, 4))) + "。"
