"""Takes apart names that share a tail, and puts together those that a text prints in pieces.

许可证、认证证书覆盖率 are two rates; 污水处理率市区 is the rate of a part of the territory.
"""

from __future__ import annotations

import re

from extract.terms import terms
from extract.thresholds.fragments import fragment
from extract.thresholds.indicators import depths, is_incomplete, is_measured, listed, measured_thing, phrase


def parts(name: str) -> list[str]:
    """The things that a name joins, brackets and quotation marks left whole.

    >>> parts("检出率和合格率"), parts("“甲和乙”称号")
    (['检出率', '合格率'], ['“甲和乙”称号'])
    """
    plain = "".join("□" if depth else char for char, depth in depths(name))
    marks = list(re.finditer("以及|[和及与、](?!谐|格|时|以[上下])", plain))
    edges = [0, *(edge for mark in marks for edge in mark.span()), len(name)]
    return [name[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def joined(name: str, rates: bool = True) -> list[str]:
    """The indicators that share a predicate, each with the tail that only the last one prints.

    >>> joined("检出率和合格率"), joined("许可证、认证证书覆盖率"), joined("国家标准和行业标准")
    (['检出率', '合格率'], ['许可证覆盖率', '认证证书覆盖率'], ['国家标准和行业标准'])
    """
    names = parts(name)
    if (
        len(names) < 2
        or not rates
        or not is_measured(names[-1])
        or any(not p or re.search("等|或|占", p) for p in names)
    ):
        return [name]
    if all(map(is_measured, names)):
        return names
    # of three and more things nobody knows which share the tail
    if len(names) > 2 or any(len(p) < 3 or "的" in p for p in names[1:]) or len(names[0]) < 3:
        return [name]
    whole = listed("qualities")[0]
    return [p if is_measured(p) or p.endswith(whole) else p + shared_tail(p, names[-1]) for p in names]


def paired(name: str) -> list[str]:
    """The two indicators of a name that begins with a word for both of a pair, else the name alone.

    >>> paired("城乡居民收入"), paired("居民收入")
    (['城镇居民收入', '农村居民收入'], ['居民收入'])
    """
    for entry in terms("indicators")["pairs"]["words"]:
        both, _, two = entry.partition(" = ")
        if name.startswith(both):
            return [one + name.removeprefix(both) for one in two.split("、")]
    return [name]


def shared_tail(part: str, last: str) -> str:
    """What the last of joined indicators says for the others too.

    >>> shared_tail("大型工程", "保障房工程一次验收合格率"), shared_tail("生产许可证", "认证证书覆盖率")
    ('一次验收合格率', '覆盖率')
    """
    for size in range(len(part), 1, -1):
        place = last.rfind(part[-size:])
        if place >= 0 and last[place + size :]:
            return last[place + size :]
    word = next(w for w in listed("measured")[0] if last.endswith(w))
    rate = re.search(r"[^\W\d_]{2}率$", last)
    return rate[0] if rate and word == "率" else word


def scoped(name: str) -> tuple[str, str]:
    """The part of a territory that an indicator is narrowed to, and the indicator without it.

    >>> scoped("污水处理率市区"), scoped("县（市）"), scoped("污水处理率")
    (('市区', '污水处理率'), ('县（市）', ''), ('', '污水处理率'))
    """
    for word in listed("scopes")[0]:
        base = name.removesuffix(word)
        if base != name and (not base or is_measured(base)):
            return word, base
    return "", name


def scoped_out(name: str) -> str:
    """The indicator without the part of a territory that it begins with.

    >>> scoped_out("市区污水处理率"), scoped_out("合格率")
    ('污水处理率', '合格率')
    """
    for word in listed("scopes")[0]:
        if name.startswith(word) and len(name) > len(word) + 1:
            return name.removeprefix(word)
    return name


def read_indicator(text: str) -> str:
    """The indicator of a phrase that leads up to a predicate, parts joined with +.

    >>> read_indicator("确保县城污水处理率"), read_indicator("检出率和合格率")
    ('县城污水处理率', '检出率 + 合格率')
    """
    things = [fragment(part) for part in text.split("|")]
    spans = [phrase(copy, (0, len(copy.text))).span for copy in things]
    names = [copy.shown(*span) for copy, span in zip(things, spans, strict=True)]
    if len(names) == 2 and is_incomplete(names[1]):
        return things[0].shown(*measured_thing(things[0].text, spans[0])) + names[1]
    if len(names) == 2:
        return names[1] + names[0]
    scope, base = scoped(names[0])
    return " + ".join(joined(scope + base))
