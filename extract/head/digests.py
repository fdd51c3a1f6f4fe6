"""How a digest says that it is none of the originals: a note near its top, a mark at the end of its title."""

from __future__ import annotations

import re

_NOTE = "摘编说明"
_MARK = re.compile(r"[（(]摘编[）)]$")


def is_digest_note(text: str) -> bool:
    """Whether a line says of which document its own is a digest; that document is not cited by it.

    >>> is_digest_note("摘编说明：本文为方案的摘编，依据《方案》另行撰写，非原文。"), is_digest_note("《方案》摘编")
    (True, False)
    """
    return text.lstrip("#*> ").startswith(_NOTE)


def without_mark(title: str) -> str:
    """The title that a digest shares with its original.

    >>> without_mark("关于印发工作方案的通知（摘编）")
    '关于印发工作方案的通知'
    """
    return _MARK.sub("", title)
