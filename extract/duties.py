"""Who is to do what, said in prose → roles and bodies: labels, 由…牵头, 办公室设在…, subjects of sentences.

Reads one or more paragraphs of one plan item.  A body that is only spoken of (听取各成员单位的意见) has no role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.departments import Department, find_departments
from extract.departments.roles import label_roles, names_person, role_of
from extract.duty_brackets import deadline, duty_bracket, shared_out
from extract.records import Role
from extract.regions import Region
from extract.terms import terms

LABEL = re.compile(
    r"(?P<label>[\u4e00-\u9fff（）()]{2,12})[：:](?P<names>(?:[^。；;\n：:（()）]|[（(][^（()）]*[)）])+)"
    r"(?=[。；;\n）)]|[，,]\s*[\u4e00-\u9fff]{2,12}[：:]|$)"
)
SIGNBOARD = re.compile(r"^[（(][^（()）]{2,20}[)）]")  # 市发展改革委（市粮食局）负责…: its other name
AND_OTHERS = re.compile(r"^等(?:[\d一二三四五六七八九十多]*个?(?:部门|单位|机构|机关))?")
PAUSE = re.compile(r"^[，,](?=(?:具体|牵头|主要)?负责|应当?|要|必须)")  # 各主管部门，负责…
BEFORE_SUBJECT = re.compile(r"(?:^|[。；;，,：:\n])\s*(?:同时|并且|其中|确保|由)?$")


@dataclass(frozen=True, slots=True)
class Duty:
    """One body and its role, as printed in one of the paragraphs (counted from 0); `run` numbers the lists in prose."""

    role: Role
    department: Department
    paragraph: int
    run: int = 0


def read_duties(paragraphs: Sequence[str], region: Region | None = None, leads_first: bool = False) -> Iterator[Duty]:
    """The bodies that the paragraphs of one item make answerable, each role and name once.

    `leads_first`: the document says that the first body of a closing bracket leads.

    >>> [(d.role, d.department.name) for d in read_duties(["由市质监局牵头，市财政局、发改委配合，完善制度。"])]
    [('lead', '市质监局'), ('support', '市财政局'), ('support', '市发改委')]
    >>> [(d.role, d.department.name) for d in read_duties(["由市质监局牵头，市财政局、发改委等部门配合。"])]
    [('lead', '市质监局'), ('support', '市财政局'), ('support', '市发改委')]
    >>> [(d.role, d.department.name) for d in read_duties(["牵头单位：市质监局，配合单位：市财政局、发改委"])]
    [('lead', '市质监局'), ('support', '市财政局'), ('support', '市发改委')]
    >>> [(d.role, d.department.name) for d in read_duties(["领导小组办公室设在市质监局，听取市财政局的意见。"])]
    [('lead', '市质监局')]
    """
    seen: set[tuple[Role, str]] = set()
    # where brackets or labels name the bodies, what is said beside them names nobody else
    found = [
        Duty(role, department, number)
        for number, text in enumerate(paragraphs)
        if (bracket := duty_bracket(text, region, leads_first)) is not None
        for role, department in bracket.named
    ]
    if found:
        yield from found
        return
    found = list(_labelled(paragraphs, region, leads_first))
    said = [duty for number, text in enumerate(paragraphs) for duty in _said(text, number, region)]
    for duty in found or _settled(said):
        if (duty.role, duty.department.name) not in seen:
            seen.add((duty.role, duty.department.name))
            yield duty


def partners(text: str, region: Region | None = None) -> Iterator[Department]:
    """The bodies that a text tells somebody else to work with.

    >>> [body.name for body in partners("与县环保局、县水文站共同推进备用水源建设")]
    ['县环保局', '县水文站']
    """
    for run in _runs(text, list(find_departments(text, region))):
        before, after = text[: run[0].start], text[run[-1].end :]
        for entry in terms("duties")["partner"]:
            if re.search(f"(?:{entry['before']})$", before) and re.match(entry["after"], after):
                yield from run
                break


def is_label_line(text: str) -> bool:
    """Whether a paragraph only says who does what stands above it, or until when.

    >>> is_label_line("牵头单位：市质监局"), is_label_line("完成时限：2028年"), is_label_line("责任领导：甲某某")
    (True, True, True)
    >>> is_label_line("主要职责：制定规划")
    False
    """
    match = LABEL.match(text.strip())
    label = match["label"] if match else ""
    return role_of(label) is not None or names_person(label) or deadline(text) is not None


def _labelled(paragraphs: Sequence[str], region: Region | None, leads_first: bool) -> Iterator[Duty]:
    """The bodies behind labels; where a 牵头单位 is named, a 责任单位 beside it supports."""
    matches = [(number, match) for number, text in enumerate(paragraphs) for match in LABEL.finditer(text)]
    roles = label_roles([match["label"] for _, match in matches])
    for (number, match), role in zip(matches, roles, strict=True):
        if role is not None:
            for shared, department in shared_out(match["names"], role, region, leads_first):
                yield Duty(shared, department, number)


def _said(text: str, number: int, region: Region | None) -> Iterator[Duty]:
    """Bodies whose role a verb tells: the words behind a run of names, or before it (设在)."""
    for place, run in enumerate(_runs(text, list(find_departments(text, region)))):
        role = _role_of_run(text, run)
        if role is not None:
            for department in run:
                yield Duty(role, department, number, place)


def _runs(text: str, departments: Sequence[Department]) -> Iterator[list[Department]]:
    """Names that stand in one list, parted by 、 和 及 等 only."""
    run: list[Department] = []
    for department in departments:
        if run and not re.fullmatch(r"[、\s]*|[和与及或等]|以及", text[run[-1].end : department.start]):
            yield run
            run = []
        run.append(department)
    if run:
        yield run


def _role_of_run(text: str, run: Sequence[Department]) -> Role | None:
    before, after = text[: run[0].start], text[run[-1].end :]
    for entry in terms("duties")["before"]:
        if re.search(f"(?:{entry['pattern']})$", before):
            return _role(entry["role"])
    if not BEFORE_SUBJECT.search(before):
        return None
    after = PAUSE.sub("", AND_OTHERS.sub("", SIGNBOARD.sub("", after)))
    for entry in terms("duties")["after"]:
        if re.match(entry["pattern"], after):
            return _role(entry["role"])
    return None


def _role(name: str) -> Role:
    assert name in ("lead", "support", "member", "supervise")
    return name  # type: ignore[return-value]


def _settled(found: Sequence[Duty]) -> Iterator[Duty]:
    """A group that carries out its part beside a named body of another list supports it; else it leads."""
    named = {(duty.paragraph, duty.run) for duty in found if duty.role == "lead" and not duty.department.is_group}
    for duty in found:
        apart = named and (duty.paragraph, duty.run) not in named
        if duty.role == "lead" and duty.department.is_group and apart:
            yield replace(duty, role="support")
        else:
            yield duty
