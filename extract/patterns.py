"""A user's own patterns in the JSONL of spaCy's SpanRuler → names that the recognisers know beside their own words.

`{"label": "DEPARTMENT", "pattern": "市数据局"}`; a pattern of tokens goes over characters, one token each:
`{"label": "DEPARTMENT", "pattern": [{"TEXT": "市"}, {"TEXT": {"REGEX": "[一-龥]"}, "OP": "{2,6}"}, {"TEXT": "院"}]}`.
An `id` beside a DEPARTMENT is the name that the body is counted under.  spaCy is not needed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from extract.errors import ZhibiaoError

Label = Literal["DEPARTMENT", "INDICATOR"]
LABELS: tuple[str, ...] = get_args(Label)  # all else is read by rules: a figure cannot be looked up
_OPERATORS = re.compile(r"[?*+]|\{\d+\}|\{\d+,\d*\}|\{,\d+\}")
# a class, or characters to choose from: [一-龥], \\d, 省|市
_ONE_CHARACTER = re.compile(r"\^?(?P<one>\[\^?[^\[\]]+\]|\\[dw]|[^\\\[\](){}.*+?^$|](?:\|[^\\\[\](){}.*+?^$|])*)\$?")
_SPACE = re.compile(r"\s+")
# the recognisers compare without regard to width and to the shape of brackets, character by character
_FOLD = {0xFF01 + n: 0x21 + n for n in range(94)} | {
    ord(char): ord("()"[n]) for n, row in enumerate(("〔［【[", "〕］】]")) for char in row
}


class UnreadablePatterns(ZhibiaoError):
    """A line of a file of patterns says nothing that can be looked for."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is looked for: `words` as they stand, or `regex` over characters; `name` is the `id` of the line."""

    label: str
    words: str | None
    regex: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Patterns:
    """All patterns of one file, in its order."""

    rows: tuple[Pattern, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Eight digits that tell other patterns from these; '' for none."""
        said = repr(sorted(map(repr, self.rows)))
        return sha256(said.encode()).hexdigest()[:8] if self.rows else ""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern stands in the text that was searched; `name` as in the pattern."""

    start: int
    end: int
    name: str | None


NONE = Patterns()  # frozen: nobody can add to it
_active: ContextVar[Patterns] = ContextVar("patterns", default=NONE)


def active() -> Patterns:
    """The patterns that take part in extraction now."""
    return _active.get()


@contextmanager
def using(patterns: Patterns) -> Iterator[None]:
    """Inside, these patterns take part in extraction, in this thread and process."""
    token = _active.set(patterns)
    try:
        yield
    finally:
        _active.reset(token)


def named(label: Label, text: str) -> Iterator[Match]:
    """Every place where an active pattern of a label stands in a text without white space; places may overlap.

    >>> with using(read_patterns(['{"label": "DEPARTMENT", "pattern": "星海实验室"}'])):
    ...     [(match.start, match.end) for match in named("DEPARTMENT", "由星海实验室牵头")]
    [(1, 6)]
    """
    if not (patterns := active()).rows:
        return
    words, regexes = _compiled(patterns, label)
    plain = text.translate(_FOLD)
    for start, char in enumerate(plain):
        for word, name in words.get(char, ()):
            if plain.startswith(word, start):
                yield Match(start, start + len(word), name)
    for regex, name in regexes:
        yield from (Match(*match.span(), name) for match in regex.finditer(plain) if match[0])


def named_at_end(label: Label, text: str, start: int, end: int) -> int | None:
    """Where the longest place begins that a pattern names and that closes `start`..`end`; None where none does."""
    if not active().rows:
        return None
    return min((start + m.start for m in named(label, text[start:end]) if m.end == end - start), default=None)


@cache
def _compiled(
    patterns: Patterns, label: str
) -> tuple[Mapping[str, list[tuple[str, str | None]]], list[tuple[re.Pattern[str], str | None]]]:
    """The words of a label by their first characters, and its patterns of tokens."""
    words: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    regexes = []
    for row in patterns.rows:
        if row.label == label and row.words is not None:
            words[row.words[0]].append((row.words, row.name))
        elif row.label == label and row.regex is not None:
            regexes.append((re.compile(row.regex), row.name))
    return words, regexes


# ---------------------------------------------------------------- reading the file


def patterns_in(path: Path) -> Patterns:
    """The patterns of a JSONL file; UnreadablePatterns names the file, the line and what is wrong there."""
    try:
        return read_patterns(path.read_text(encoding="utf-8-sig").splitlines())
    except UnicodeDecodeError as error:
        raise UnreadablePatterns(f"{path}: not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise UnreadablePatterns(f"{path}: cannot be opened: {error.strerror}; check the path") from error
    except UnreadablePatterns as error:
        raise UnreadablePatterns(f"{path}, {error}") from error


def read_patterns(lines: Iterable[str]) -> Patterns:
    """The patterns of JSONL lines; blank lines are passed over.

    >>> read_patterns(['{"label": "INDICATOR", "pattern": "上云企业"}']).rows
    (Pattern(label='INDICATOR', words='上云企业', regex=None, name=None),)
    >>> read_patterns(["", "市数据局"])
    Traceback (most recent call last):
    extract.patterns.UnreadablePatterns: line 2: no JSON; write {"label": "DEPARTMENT", "pattern": "市数据局"}
    """
    rows = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                rows.append(_row(line))
            except UnreadablePatterns as error:
                raise UnreadablePatterns(f"line {number}: {error}") from error
    return Patterns(tuple(dict.fromkeys(rows)))


def _row(line: str) -> Pattern:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadablePatterns('no JSON; write {"label": "DEPARTMENT", "pattern": "市数据局"}') from error
    if not isinstance(row, dict) or not {"label", "pattern"} <= row.keys() <= {"label", "pattern", "id"}:
        raise UnreadablePatterns('takes "label", "pattern" and, if wanted, "id"')
    label, pattern, name = row["label"], row["pattern"], row.get("id") or None
    if label not in LABELS:
        raise UnreadablePatterns(f"label {label}: patterns name {' or '.join(LABELS)}, all else is read by rules")
    if name is not None and (not isinstance(name, str) or label != "DEPARTMENT"):
        raise UnreadablePatterns('"id" is the name that a DEPARTMENT is counted under')
    if isinstance(pattern, str) and len(words := _SPACE.sub("", pattern).translate(_FOLD)) > 1:
        return Pattern(label, words, None, name)
    if isinstance(pattern, list) and pattern:
        return Pattern(label, None, _regex(pattern), name)
    raise UnreadablePatterns('"pattern" is a name of two or more characters, or a list of tokens')


def _regex(tokens: list[Any]) -> str:
    """A pattern of tokens as a regular expression over characters."""
    regex = "".join(map(_token, tokens))
    try:
        compiled = re.compile(regex)
    except (re.error, OverflowError) as error:
        raise UnreadablePatterns(f"its tokens make no pattern: {error}") from error
    if compiled.fullmatch(""):
        raise UnreadablePatterns("its tokens may all be missing; one at least must stand")
    return regex


def _token(token: Any) -> str:
    """One token: the characters it may be, and how often."""
    if not isinstance(token, dict) or len(token.keys() - {"OP"}) > 1 or not token.keys() <= {"TEXT", "ORTH", "OP"}:
        raise UnreadablePatterns(f"token {json.dumps(token, ensure_ascii=False)}: takes TEXT or ORTH, and OP")
    operator = token.get("OP", "")
    if not isinstance(operator, str) or (operator not in ("", "1") and not _OPERATORS.fullmatch(operator)):
        raise UnreadablePatterns(f"OP {operator}: takes ?, *, +, {{n}} or {{n,m}}")
    return _characters(token.get("TEXT", token.get("ORTH"))) + operator.removeprefix("1")


def _characters(said: Any) -> str:
    """A class of characters: one, those of IN, all but those of NOT_IN, those that a REGEX finds; any for nothing."""
    match said:
        case None:
            return "."
        case str() if len(said) == 1:
            return re.escape(said.translate(_FOLD))
        case {"IN": [*those]} if len(said) == 1 and those and all(isinstance(c, str) and len(c) == 1 for c in those):
            return "[" + "".join(re.escape(c.translate(_FOLD)) for c in those) + "]"
        case {"NOT_IN": [*those]} if (
            len(said) == 1 and those and all(isinstance(c, str) and len(c) == 1 for c in those)
        ):
            return "[^" + "".join(re.escape(c.translate(_FOLD)) for c in those) + "]"
        case {"REGEX": str(regex)} if len(said) == 1 and (one := _ONE_CHARACTER.fullmatch(regex)):
            return f"(?:{one['one']})"
    raise UnreadablePatterns(
        f"{json.dumps(said, ensure_ascii=False)}: a token is one character; give it, IN, NOT_IN or a REGEX of one"
    )
