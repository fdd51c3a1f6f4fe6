"""The bracket that closes a paragraph and says who answers for it: （责任单位：…；完成时限：…）, （…负责）.

A document may say once that the first name of each such list leads (列第一位的为牵头单位，下同).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.dates import read_period
from extract.departments import Department, department_list
from extract.departments.roles import label_roles, marked_leads
from extract.records import Role
from extract.regions import Region

BRACKET = re.compile(
    r"(?:[（(](?P<round>(?:[^（()）]|[（(][^（()）]*[)）])+)[）)]|[〔\[［【](?P<square>[^〔〕\[\]【】［］]+)[〕\]］】])\s*[。；;]?\s*$"
)
FIRST_LEADS = re.compile(r"(?:列|排|排名|居)(?:在|于)?第一位?的?[^，。；）)]{0,8}?(?:为|是)?牵头")
# also where a comma parts them: （牵头单位：甲局，配合单位：乙局）
SEGMENTS = re.compile(r"[；;。\n]+|[，,]\s*(?=[\u4e00-\u9fff（）]{2,12}[：:])")
LABELLED = re.compile(r"^\s*(?P<label>[\u4e00-\u9fff、（）()]{2,12})[：:]\s*(?P<names>.+)$", re.DOTALL)
SAID = re.compile(
    r"^(?:由)?(?P<names>.+?)(?:共同|分别|具体)?(?:按(?:照)?(?:各自)?(?:职责|职能)(?:分工)?)?"
    r"(?P<verb>牵头|负责|配合|协同|协助|参与|主办|协办|承办|督办|组织实施|落实)(?:负责|落实|实施|推进|组织实施|督导|指导|协调|推动)*$"
)
JOINED = re.compile(r"会同|会商|联合(?![会国])")
BY_DUTIES = re.compile(r"按(?:照)?(?:各自)?(?:职责|职能)(?:分工)?")
VERB_ROLES: dict[str, Role] = {
    "配合": "support", "协同": "support", "协助": "support", "参与": "support", "协办": "support", "督办": "supervise",
}  # fmt: skip
DEADLINE = re.compile(r"^\s*(?:完成|办理|整改)?(?:时限|时间|期限|日期)(?:要求)?[：:]\s*(?P<date>.+)$")
PART = re.compile(r"(?<=牵头|负责|配合|参与|协同|协助|主办|协办|承办|督办|督导|指导|落实|实施|推进)[，,]")


@dataclass(frozen=True, slots=True)
class DutyBracket:
    """Where the bracket begins in its text, who is named in which role, and the dates it prints."""

    start: int
    named: tuple[tuple[Role, Department], ...]
    dates: tuple[str | None, str | None] = (None, None)


def first_leads(text: str) -> bool:
    """Whether a text says that the first body of each list leads.

    >>> first_leads("（责任单位：省经信厅、省科技厅。列第一位的为牵头单位，下同）"), first_leads("省经信厅牵头")
    (True, False)
    """
    return FIRST_LEADS.search(text) is not None


def deadline(text: str) -> tuple[str | None, str | None] | None:
    """The dates of a paragraph that says until when something is done; `None` for any other.

    >>> deadline("完成时限：2028年底前"), deadline("推广试点。")
    ((None, '2028'), None)
    """
    match = DEADLINE.match(text.strip().rstrip("。；"))
    return read_period(match["date"]) if match else None


def labelled_deadlines(text: str) -> Iterator[tuple[int, int, tuple[str | None, str | None]]]:
    """Where a paragraph, or a part of the bracket that closes it, says until when, and the dates.

    >>> list(labelled_deadlines("推广试点。（责任单位：财政部；时限：2028年底）"))
    [(18, 24, (None, '2028'))]
    """
    bracket = BRACKET.search(text)
    group = "round" if bracket and bracket["round"] else "square"
    inside = [(bracket.start(group), bracket[group])] if bracket else []
    for start, part in ((0, text), *inside):
        at = start
        for segment in SEGMENTS.split(part) if start else (part.rstrip("。； \n"),):
            begin = text.index(segment, at)
            at = begin + len(segment)
            match = DEADLINE.match(segment)
            if match and (dates := read_period(match["date"])) != (None, None):
                yield begin + match.start("date"), begin + match.end("date"), dates


def duty_bracket(text: str, region: Region | None = None, leads_first: bool = False) -> DutyBracket | None:
    """The bracket that closes a paragraph and names who answers for it; `None` where it closes with none.

    >>> bracket = duty_bracket("推广试点。（财政部、税务总局负责）", leads_first=True)
    >>> bracket.start, [(role, body.name) for role, body in bracket.named]
    (5, [('lead', '财政部'), ('support', '税务总局')])
    >>> [(role, body.name) for role, body in duty_bracket("推广试点。（牵头单位：财政部，配合单位：税务总局）").named]
    [('lead', '财政部'), ('support', '税务总局')]
    >>> duty_bracket("推广试点（含县市）。") is None
    True
    """
    match = BRACKET.search(text)
    if match is None:
        return None
    named: list[tuple[Role, Department]] = []
    dates: tuple[str | None, str | None] = (None, None)
    segments = SEGMENTS.split(match["round"] or match["square"])
    labels = [labelled["label"] if (labelled := LABELLED.match(segment)) else "" for segment in segments]
    for segment, role in zip(segments, label_roles(labels), strict=True):
        if (read := deadline(segment)) is not None:
            dates = read
        else:
            named += _named(FIRST_LEADS.split(segment)[0].rstrip("，, "), role, region, leads_first)
    return DutyBracket(match.start(), tuple(named), dates) if named else None


def _named(
    segment: str, label_role: Role | None, region: Region | None, leads_first: bool
) -> Iterator[tuple[Role, Department]]:
    led = False
    for part in PART.split(segment):
        labelled, said = LABELLED.match(part), SAID.match(part.strip())
        role = label_role if labelled else VERB_ROLES.get(said["verb"], "lead") if said else None
        # beside a body that leads, those that answer by their duties support it
        if led and said and not labelled and BY_DUTIES.search(part):
            role = "support"
        led = led or bool(said and said["verb"] in ("牵头", "主办"))
        if role is None:
            continue
        names = labelled["names"] if labelled else said["names"] if said else ""
        yield from shared_out(names, role, region, leads_first)


def shared_out(names: str, role: Role, region: Region | None, leads_first: bool) -> Iterator[tuple[Role, Department]]:
    """The bodies of one list: those marked （牵头） or, where the document says so, the first one lead the others.

    Behind 会同 stand those that support.
    """
    found = list(department_list(names, region))
    marked = marked_leads(names, [body.end for body in found])
    joined = JOINED.search(names)
    for index, (body, leads) in enumerate(zip(found, marked, strict=True)):
        others = any(marked) and not leads
        first = leads_first and index > 0
        behind = joined is not None and body.start >= joined.end()
        yield ("support" if role == "lead" and (others or first or behind) else role), body
