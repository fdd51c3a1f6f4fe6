"""The few exceptions of `extract`: every message is one line that says what is wrong and what to do."""

from __future__ import annotations


class ZhibiaoError(Exception):
    """Base of all errors that a user may meet; its text is fit to be printed as it is."""


class UnreadableFile(ZhibiaoError):
    """The file cannot be read: wrong format, wrong encoding, damaged, empty."""
