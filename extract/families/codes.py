"""Codes of clauses and plan items: as printed, the path where numbering restarts, unique in their document."""

from __future__ import annotations

from string import ascii_lowercase


class Codes:
    """Hands out each code once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._restarted: set[str] = set()
        self._given: dict[tuple[str, str], str] = {}  # the part in which a section first printed a number

    def take(self, *wanted: str) -> str:
        """The first of the wanted codes that is free, else the last one with a letter behind it.

        >>> codes = Codes()
        >>> codes.take("1"), codes.take("1", "2.1"), codes.take("1", "2.1"), codes.take("1", "2.1")
        ('1', '2.1', '2.1b', '2.1c')
        """
        for code in wanted:
            if code not in self._taken:
                self._taken.add(code)
                return code
        return self.take(
            *(f"{wanted[-1]}{letter}" for letter in ascii_lowercase[1:]), f"{wanted[-1]}.{len(self._taken)}"
        )

    def below(self, prefix: str, number: str, own: str = "") -> str:
        """The number as printed; where numbering restarts, with the section's in front, for all that follow there.

        `own` is the code of the part of the section, for numbers that restart inside the section itself.

        >>> codes = Codes()
        >>> codes.below("1", "1"), codes.below("1", "2"), codes.below("2", "1"), codes.below("2", "3")
        ('1', '2', '2.1', '2.3')
        >>> codes.below("3", "7", "3.1"), codes.below("3", "7", "3.2"), codes.below("3", "8", "3.2")
        ('7', '3.2.7', '8')
        >>> codes.below("3", "8", "3.2")
        '3.8'
        """
        if own and self._given.setdefault((prefix, number), own) != own:
            return self.take(f"{own}.{number}")
        whole = f"{prefix}.{number}"
        if prefix in self._restarted:
            return self.take(whole)
        code = self.take(number, whole)
        if code == whole != number:
            self._restarted.add(prefix)
        return code

    def free_prefix(self, prefix: str) -> str:
        """The prefix, repeated where a code with it is taken: a second list of conditions gets VV1, VV2 …

        >>> codes = Codes()
        >>> codes.free_prefix("V"), codes.take("V1"), codes.free_prefix("V")
        ('V', 'V1', 'VV')
        """
        return self.free_prefix(prefix + prefix[-1]) if f"{prefix}1" in self._taken else prefix
