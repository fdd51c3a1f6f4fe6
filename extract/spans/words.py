"""Where printed words stand in a text that may be broken over lines or printed in full width."""

from __future__ import annotations

from dataclasses import dataclass

from extract.text import squeezed


@dataclass(frozen=True, slots=True)
class Words:
    """A text squeezed, and where each character of it came from."""

    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        """The text ready to be searched."""
        folded = [(at, part) for at, char in enumerate(text) for part in squeezed(char)]
        return cls("".join(part for _, part in folded), tuple(at for at, _ in folded))

    def place(self, words: str, after: int = 0) -> tuple[int, int] | None:
        """The first place of the words that begins at `after` or later, else the first; None where there is none.

        >>> Words.of("领导小组相\\n关成员单位").place("相关成员")
        (4, 9)
        """
        looked_for = squeezed(words)
        if not looked_for:
            return None
        begin = next((n for n, at in enumerate(self.origin) if at >= after), 0) if after else 0
        found = self.text.find(looked_for, begin)
        if found < 0 and (found := self.text.find(looked_for)) < 0:
            return None
        return self.origin[found], self.origin[found + len(looked_for) - 1] + 1
