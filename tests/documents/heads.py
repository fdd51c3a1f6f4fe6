"""The head and foot of a document: a notice with its plan or rubric, or the paper alone; addressees, date, annexes."""

from __future__ import annotations

from dataclasses import replace

from documents import words
from documents.dice import DIGITS, Dice, chinese
from documents.paper import Paper
from documents.truth import Citation, Head


def dated(dice: Dice) -> tuple[str, str]:
    """A date as printed and in ISO form."""
    year, month, day = dice.number(2019, 2026), dice.number(1, 12), dice.number(1, 28)
    iso = f"{year}-{month:02}-{day:02}"
    if dice.chance(0.2):
        figures = "".join(DIGITS[int(figure)] for figure in str(year))
        return f"{figures}年{chinese(month)}月{chinese(day)}日", iso
    return f"{year}年{month}月{day}日", iso


def _number(dice: Dice, office: str, year: object) -> tuple[str, str]:
    """The number of a document as printed, its year in brackets of several kinds, and as it is kept."""
    left, right = dice.pick(("〔〕", "〔〕", "[]", "［］"))
    serial = dice.number(1, 99)
    return f"{office}{left}{year}{right}{serial}号", f"{office}〔{year}〕{serial}号"


def cited(dice: Dice, paper: Paper) -> str:
    """A phrase that names one or two other documents, one of them with its number."""
    titles = [dice.cited.pop() for _ in range(dice.number(1, 2))]
    printed, number = _number(dice, "澄文", dice.number(2015, 2024))
    paper.truth.citations += [Citation(titles[0], number), *(Citation(title, None) for title in titles[1:])]
    paper.shapes.add("citation")
    return f"《{titles[0]}》（{printed}）" + "".join(f"和《{title}》" for title in titles[1:])


def begin(dice: Dice, paper: Paper, name: str, kind: str) -> None:
    """Title, number, addressees and letter of a notice, then the title of what it forwards; or the title alone."""
    own = f"{dice.level.place}{dice.theme}{name}"
    if paper.tables_only or dice.chance(0.4):
        paper.say("title", own)
        paper.truth.head = Head(own, kind)
        if not paper.tables_only:
            paper.shapes.add("paper alone")
            paper.say("paragraph", f"为做好各项事务，依照{cited(dice, paper)}，结合本地实情，写成此文。")
        return
    paper.shapes.add("notice")
    _notice(dice, paper, own, kind)


def _notice(dice: Dice, paper: Paper, own: str, kind: str) -> None:
    issuer = f"{dice.level.place}人民政府"
    date, iso = dated(dice)
    title = f"{issuer}关于印发{own}的通知"
    printed, number = _number(dice, f"{dice.level.place[:2]}政", iso[:4])
    lines = title
    if dice.chance():
        paper.shapes.add("title of two lines")
        lines = f"{issuer}\n{title.removeprefix(issuer)}"
    addressees = [f"各{dice.stem()}署", *dice.some([f"{dice.level.sign}直属各单位", f"各{dice.stem()}公所"], 1, 2)]
    for kind_of_line, text in dice.pick(
        ([("number", printed), ("title", lines)], [("title", lines), ("number", printed)])
    ):
        paper.say(kind_of_line, text)  # type: ignore[arg-type]
    paper.say("addressees", dice.pick(("，", "、")).join(addressees) + "：")
    paper.say("paragraph", f"依照{cited(dice, paper)}，现将《{own}》印发给你们，请认真贯彻执行。")
    paper.say("signature", issuer)
    paper.say("date", date)
    paper.say("title", own)
    paper.truth.head = Head(title, kind, number, iso, tuple(addressees))


def foot(dice: Dice, paper: Paper) -> None:
    """Signature and date below a paper that stands alone; before the annexes."""
    if paper.truth.head.issued_on is not None or paper.tables_only:
        return
    date, iso = dated(dice)
    paper.say("signature", f"{dice.level.place}人民政府")
    paper.say("date", date)
    paper.shapes.add("signature at the end")
    paper.truth.head = replace(paper.truth.head, issued_on=iso)


def background(dice: Dice, paper: Paper) -> int:
    """Sections that ask nothing of anybody: background, and perhaps numbered principles; how many they are."""
    paper.shapes.add("filler")
    paper.say("heading", "一、总体要求")
    for sentence in dice.some(words.BACKGROUND, 1, 2):
        paper.say("paragraph", sentence)
    if not dice.chance(0.75):
        return 1
    paper.shapes.add("principles")
    paper.say("heading", "二、基本原则")
    for at, (name, sentence) in enumerate(dice.some(words.PRINCIPLES, 2, 3), 1):
        paper.say("paragraph", f"（{chinese(at)}）坚持{name}。{sentence}")
    return 2
