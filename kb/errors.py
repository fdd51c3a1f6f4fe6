"""Errors of questions, evaluation and export: one line each, what is wrong and what would be right."""

from __future__ import annotations

from extract.errors import ZhibiaoError


class UnreadableGold(ZhibiaoError):
    """The folder is missing or its files are not what annotations look like."""


class UnknownDocument(ZhibiaoError):
    """No document of the base has this id."""


class UnknownQuestion(ZhibiaoError):
    """No ready question has this name."""


class UnknownParameter(ZhibiaoError):
    """The question has no parameter of this name."""


class FailedQuestion(ZhibiaoError):
    """The question cannot be put to this base, or is not a question but an order to write."""


class BrokenFloors(ZhibiaoError):
    """The file of floors, or what is to be done to it, is not as it should be."""


class UnreadableModel(ZhibiaoError):
    """The file holds no weights of links, or those of another version."""


class UnknownRecord(ZhibiaoError):
    """No plan item or clause is called that, or several are."""


class UnreadableReview(ZhibiaoError):
    """The file is no table of decisions."""


class UnknownIndicator(ZhibiaoError):
    """No indicator with figures has this name."""


class NothingToCompare(ZhibiaoError):
    """The base holds too few of what would be held side by side."""
