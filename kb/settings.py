"""Defaults of options: `zhibiao.toml` in the current folder (or what ZHIBIAO_CONFIG names), and the environment.

A key is an option without its dashes: at the top for every command that has it, in a table for one command.

    db = "quality.db"           # also ZHIBIAO_DB in the environment, which goes before the file
    [ingest]
    jobs = 4
    [review.export]
    rubric = "notice-2013"

What is given on the command line goes before both.  Paths are taken from the folder of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from extract.errors import ZhibiaoError

NAME, VARIABLE, PREFIX = "zhibiao.toml", "ZHIBIAO_CONFIG", "ZHIBIAO_"
SHARED = ("db", "jobs", "ocr", "port", "format", "rubric")  # keys that say the same to every command
OWN = {("demo", "db")}  # makes its base anew: it is never the one that others work on
_TABLE = re.compile(r"\s*\[([^\[\]]+)\]")


class BrokenSettings(ZhibiaoError):
    """The file or a variable of the environment sets what there is not, or to what it cannot be."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One default that was set: for which command ('' for all), and where."""

    command: str
    key: str
    value: Any
    origin: str


@dataclass
class Settings:
    """All that was set, as click takes it; `error` is why the file or a variable could not be used."""

    file: Path | None = None
    taken: list[Setting] = field(default_factory=list)
    default_map: dict[str, Any] = field(default_factory=dict)
    error: BrokenSettings | None = None


def settings(group: click.Group, environment: Mapping[str, str]) -> Settings:
    """What file and environment set for the commands of a group; nothing is raised."""
    found = Settings()
    try:
        _read(found, group, environment)
    except BrokenSettings as error:
        found.error = error
    return found


def _read(found: Settings, group: click.Group, environment: Mapping[str, str]) -> None:
    named = environment.get(VARIABLE, "")
    file = Path(named or NAME)
    if named and not file.is_file():
        raise BrokenSettings(f"{VARIABLE}: there is no file {named}; correct the variable or unset it")
    if file.is_file():
        found.file = file
        text = _text(file)
        for command, key, value in _leaves(_parsed(file, text), group):
            line = _line(text, command, key)
            _take(found, group, Setting(command, key, value, f"{file} line {line}" if line else str(file)), file.parent)
    for key in SHARED:
        if value := environment.get(f"{PREFIX}{key.upper()}"):
            _take(found, group, Setting("", key, value, f"{PREFIX}{key.upper()}"), Path(), is_text=True)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BrokenSettings(f"{file}: cannot be opened ({error.strerror}); check its permissions") from error
    except UnicodeDecodeError as error:
        raise BrokenSettings(f"{file}: is not UTF-8; save it as UTF-8 text") from error


def _parsed(file: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenSettings(f'{file}: is no TOML: {error}; write keys as: db = "quality.db"') from error


def _leaves(table: Mapping[str, Any], group: click.Command, command: str = "") -> Iterator[tuple[str, str, Any]]:
    """The keys of a file with the commands that they are for, those for all first."""
    tables = group.commands if isinstance(group, click.Group) else {}
    for key, value in table.items():
        if not (isinstance(value, dict) and key in tables):
            yield command, key, value
    for key, value in table.items():
        if isinstance(value, dict) and key in tables:
            yield from _leaves(value, tables[key], f"{command} {key}".strip())


def _take(found: Settings, group: click.Group, one: Setting, folder: Path, *, is_text: bool = False) -> None:
    """Put a setting where click looks for defaults; raises BrokenSettings where it fits no option."""
    options = {path: option for path, option in _options(group, one.key) if _is_for(one, path)}
    table_name = f"[{one.command.replace(' ', '.')}] " if one.command else ""
    place = one.origin if is_text else f"{one.origin}: {table_name}{one.key}"
    if not options:
        raise BrokenSettings(f"{place}: no such option; {_known(group, one.command)}")
    reasons: list[str] = []
    for path, option in options.items():
        try:
            value = fitted(option, one.value, is_text=is_text)
        except ValueError as error:
            reasons.append(str(error))
            continue
        if isinstance(option.type, click.Path):
            value = str(folder / value)
        table: MutableMapping[str, Any] = found.default_map
        for name in path.split():
            table = table.setdefault(name, {})
        table[str(option.name)] = value
    if len(reasons) == len(options):
        raise BrokenSettings(f"{place}: {reasons[0]}")
    found.taken.append(one)


def _is_for(one: Setting, path: str) -> bool:
    if one.command:
        return path == one.command
    return one.key in SHARED and (path, one.key) not in OWN


def _options(command: click.Command, key: str, path: str = "") -> Iterator[tuple[str, click.Option]]:
    """The option of this key of every command below, with the command's name."""
    for name, one in sorted(command.commands.items()) if isinstance(command, click.Group) else ():
        below = f"{path} {name}".strip()
        yield from ((below, param) for param in one.params if isinstance(param, click.Option) and key in keys(param))
        yield from _options(one, key, below)


def keys(option: click.Option) -> list[str]:
    """The long names of an option, without dashes.

    >>> keys(click.Option(["--no-link", "-n"]))
    ['no-link']
    """
    return [name.removeprefix("--") for name in option.opts if name.startswith("--")]


def _known(group: click.Group, command: str) -> str:
    """What may be set there instead."""
    if not command:
        return f"at the top stand {', '.join(SHARED)} and tables of commands such as [ingest]"
    found: Any = group
    for name in command.split():
        found = found.commands[name]
    names = [key for param in found.params if isinstance(param, click.Option) for key in keys(param)]
    return f"{command} takes {', '.join(sorted(names)) or 'none'}"


def fitted(option: click.Option, value: Any, *, is_text: bool = False) -> Any:
    """A value as click takes it for an option; ValueError says what it should be.

    >>> fitted(click.Option(["--jobs"], type=int), 4), fitted(click.Option(["--port"], type=int), "80", is_text=True)
    (4, 80)
    >>> fitted(click.Option(["--jobs"], type=int), "four")
    Traceback (most recent call last):
    ValueError: takes a whole number, such as 4
    """
    if option.is_flag:
        if not isinstance(value, bool):
            raise ValueError("takes true or false")
        return not value if option.flag_value is False else value  # --no-link takes away
    if option.multiple and isinstance(value, list):
        return [_converted(option, one) for one in value]
    if not is_text and isinstance(option.type, click.types.IntParamType) and type(value) is not int:
        raise ValueError("takes a whole number, such as 4")
    if not is_text and isinstance(option.type, click.types.FloatParamType) and type(value) not in (int, float):
        raise ValueError("takes a number, such as 2.5")
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise ValueError('takes one value, such as "text"')
    return _converted(option, value)


def _converted(option: click.Option, value: str | float) -> Any:
    is_number = isinstance(option.type, click.types.IntParamType | click.types.FloatParamType)
    if not is_number and not isinstance(value, str):
        raise ValueError('takes a text in quotes, such as "text"')
    try:
        return option.type.convert(value, option, None)
    except click.BadParameter as error:
        raise ValueError(error.message.rstrip(".")) from error


def _line(text: str, command: str, key: str) -> int | None:
    """The line that sets a key, counted from 1."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _TABLE.match(line):
            table = header[1].replace('"', "").replace(".", " ").strip()
            if f"{command} {key}".strip() == table:
                return number
        elif table == command and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
            return number
    return None
