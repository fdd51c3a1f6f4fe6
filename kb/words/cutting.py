"""Text → its words: jieba with its own dictionary, the names of the domain's terms and those of a base kept whole.

Only this module knows jieba, and loads it when the first text comes: that takes about a second.  Facts are never read
through it; extraction works over characters.
"""

from __future__ import annotations

import copy
import sqlite3
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from extract.departments.gazetteer import bodies
from extract.terms import terms

NAMES = """
select name from departments
union
select full_name from departments where full_name is not null
union
select name from indicators
order by name
"""
# the marks of jieba's dictionary for what is no subject of a text: figures, measures, pronouns, times, adverbs,
# prepositions, conjunctions, particles, places in relation to others
EMPTY_MARKS = ("m", "q", "r", "t", "d", "p", "c", "u", "f", "y", "e", "o", "k", "h")
LEAST_LETTERS = 2
LONGEST_NAME = 20  # longer ones are sentences that a table calls an indicator


class Cutter:
    """Cuts texts into words, with the names that were given whole."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Loads the dictionary, once a process."""
        whole, self._empty = _dictionary()
        self._tokens = copy.copy(whole)
        self._tokens.FREQ = dict(whole.FREQ)
        for name in names:
            if LEAST_LETTERS <= len(name) <= LONGEST_NAME:
                self._tokens.add_word(name)

    def words(self, text: str) -> Iterator[str]:
        """The words of a text that say what it is about: no figures, no single characters, no empty words.

        >>> list(Cutter().words("由质监局牵头，在2015年以前建立3个监督抽查制度"))
        ['质监局', '牵头', '建立', '监督', '抽查', '制度']
        >>> list(Cutter(["产品质量监督抽查合格率"]).words("产品质量监督抽查合格率达到95%以上"))
        ['产品质量监督抽查合格率', '达到']
        """
        for word in self._tokens.cut(text):
            if len(word) >= LEAST_LETTERS and word not in self._empty and is_lettered(word):
                yield word

    def count(self, texts: Iterable[str]) -> Counter[str]:
        """How often each word stands in the texts."""
        return Counter(word for text in texts for word in self.words(text))


def is_lettered(word: str) -> bool:
    """Whether a word has letters and nothing else: no figures, marks or underlines.

    >>> [is_lettered(word) for word in ("质量", "ISO", "95%", "2015年", "____")]
    [True, True, False, False, False]
    """
    return all(char.isalpha() and not char.isnumeric() for char in word)


def cutter(connection: sqlite3.Connection) -> Cutter:
    """A cutter that keeps the names of the base's departments and indicators whole."""
    return Cutter(str(row[0]) for row in connection.execute(NAMES))


def load() -> None:
    """Load the dictionary now, so that the first text is cut at once: about a second, once a process."""
    _dictionary()


@cache
def _dictionary() -> tuple[Any, frozenset[str]]:
    """The tokenizer of jieba's dictionary and the terms, and the words of the dictionary that say nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for resources in a way that setuptools calls out of date
        import jieba

        tokenizer = jieba.Tokenizer()
        # not `initialize`: that trusts a file which anybody may have put into the temporary folder
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
        with tokenizer.get_dict_file() as lines:
            marked = (line.decode("utf-8").split() for line in lines)
            empty = frozenset(word for word, _, mark in marked if mark.startswith(EMPTY_MARKS))
    for name in _names_of_terms():
        tokenizer.add_word(name)
    return tokenizer, empty


def _names_of_terms() -> Iterator[str]:
    """Bodies, indicators and units that the terms name and that are words."""
    names = [*bodies(), *terms("indicators")["incomplete"]["words"]]
    names += [word for entry in terms("units").values() for word in entry.get("words", ())]
    return (name for name in names if LEAST_LETTERS <= len(name) <= LONGEST_NAME and is_lettered(name))
