"""The three ways in which text is compared or stored: squeezed, compact, without its final stop."""

from __future__ import annotations

import re
import unicodedata

SPACE = re.compile(r"\s+")
# white space inside Chinese text comes from the layout; between two Latin words it parts them
LAYOUT_SPACE = re.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")


def squeezed(text: str) -> str:
    """Without any white space, full-width Latin characters made plain: what two printings are compared by.

    >>> squeezed("ＧＤＰ 增长\\n率")
    'GDP增长率'
    """
    return SPACE.sub("", unicodedata.normalize("NFKC", text))


def compact(text: str) -> str:
    """Without the white space of the layout; a space between two Latin words or figures stays.

    >>> compact("大中型工程\\n合格率 100 %，见 GB/T 50362")
    '大中型工程合格率100%，见GB/T 50362'
    """
    return SPACE.sub(" ", LAYOUT_SPACE.sub("", text.strip()))


def contains(passage: str, fragment: str) -> bool:
    """Whether a fragment stands in a passage, white space aside.

    >>> contains("领导小组相\\n关成员单位", "相关成员")
    True
    """
    return squeezed(fragment) in squeezed(passage)
