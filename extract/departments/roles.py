"""What a label or a word in a sentence makes of the bodies beside it: lead, support, member or supervise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.departments.name_grammar import squeeze
from extract.records import Role
from extract.terms import terms

_LONGEST = 20  # characters of a label
LEADING = re.compile("牵头|主办|主责")
LEADS = re.compile(r"\s*[（(]\s*(?:牵头|主办|主责|总牵头)(?:单位|部门|负责)?\s*[)）]")


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A role word of a text; `is_label`: the names stand behind it (牵头单位：…), else before it (由…牵头)."""

    role: Role
    start: int
    end: int
    is_label: bool


@cache
def _labels() -> tuple[tuple[re.Pattern[str], Role], ...]:
    """Label patterns in order of precedence: a label that says both 配合 and 责任 supports."""
    data = terms("roles")
    head, tail, bare = data["label"]["head"], data["label"]["tail"], "|".join(data["label"]["bare"])
    words = {entry["role"]: _any(entry["labels"]) for entry in data["role"]}
    every = _any([word for entry in data["role"] for word in entry["labels"]])
    found = []
    for entry in data["role"]:
        word = words[entry["role"]]
        pattern = rf"(?:{head})*(?:{every}|[（）、和及/])*{word}(?:{every}|[（）、和及/])*(?:{tail})|(?:{bare})"
        found.append((re.compile(pattern), entry["role"]))
    return tuple(found)


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def role_of(label: str) -> Role | None:
    """The role that a column heading or a label gives; `None` where it names no role of a body.

    >>> [role_of(label) for label in ("牵头单位", "配合 部门：", "成员单位", "督办单位", "责任人", "考核内容")]
    ['lead', 'support', 'member', 'supervise', None, None]
    """
    text = squeeze(label).text.strip("：:（）")
    if len(text) > _LONGEST:
        return None
    found = [role for pattern, role in _labels() if pattern.fullmatch(text) and _holds(role, text)]
    if "lead" in found and "support" not in found and LEADING.search(text):
        return "lead"  # 牵头考核部门
    return found[0] if found else None


def names_person(label: str) -> bool:
    """Whether a label stands before a person: 责任领导, 联系人.

    >>> names_person("责任领导"), names_person("责任单位")
    (True, False)
    """
    return squeeze(label).text.endswith(tuple(terms("roles")["label"]["persons"]))


def label_roles(labels: Sequence[str]) -> list[Role | None]:
    """The roles of the labels of one item: beside a 牵头单位 a 责任单位 supports.

    >>> label_roles(["责任单位"]), label_roles(["牵头单位", "责任单位", "完成时限"])
    (['lead'], ['lead', 'support', None])
    """
    roles = [role_of(label) for label in labels]
    led = [role == "lead" and LEADING.search(label) is not None for label, role in zip(labels, roles, strict=True)]
    return [
        "support" if any(led) and role == "lead" and not leads else role for role, leads in zip(roles, led, strict=True)
    ]


def marked_leads(text: str, ends: Sequence[int]) -> list[bool]:
    """Of the names of a list that end at some places, which are marked as leading: 市甲局（牵头）、乙局.

    >>> marked_leads("市甲局（牵头）、乙局", [3, 10])
    [True, False]
    """
    return [LEADS.match(text, end) is not None for end in ends]


@cache
def _stems(role: str) -> re.Pattern[str]:
    return re.compile(
        _any([word for entry in terms("roles")["role"] if entry["role"] == role for word in entry["labels"]])
    )


def _holds(role: str, text: str) -> bool:
    return _stems(role).search(text) is not None


@cache
def _prose() -> re.Pattern[str]:
    """Role words followed by a label's tail and a colon, or by no other word; 牵头单位 in a sentence is neither."""
    tail = terms("roles")["label"]["tail"]
    ways = []
    for entry in terms("roles")["role"]:
        barred = f"(?![{entry['not_before']}])" if entry["not_before"] else ""
        ways.append(rf"(?P<{entry['role']}>{_any(entry['prose'])}){barred}")
    return re.compile(rf"(?:{'|'.join(ways)})(?:(?P<label>(?:{tail})?[：:])|(?!{tail}))")


def role_spans(text: str) -> Iterator[RoleSpan]:
    """The role words of running text with their places.

    >>> [(span.role, span.start, span.is_label) for span in role_spans("由市质监局牵头，市财政局配合")]
    [('lead', 5, False), ('support', 12, False)]
    >>> [(span.role, span.end, span.is_label) for span in role_spans("牵头单位：市质监局。负责人到会")]
    [('lead', 5, True)]
    """
    roles: dict[str, Role] = {entry["role"]: entry["role"] for entry in terms("roles")["role"]}
    for match in _prose().finditer(text):
        role = next(roles[name] for name in roles if match[name])
        yield RoleSpan(role, match.start(), match.end(), match["label"] is not None)
