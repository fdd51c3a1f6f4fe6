"""What pandas does for a base: rows as a data frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from extract.errors import ZhibiaoError

if TYPE_CHECKING:
    from pandas import DataFrame as DataFrame  # others name the type by this door


class LacksFrames(ZhibiaoError):
    """The package that makes data frames is not installed."""


def frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> DataFrame:
    """Rows as a data frame of these columns, which it has without rows too; raises LacksFrames without pandas."""
    try:
        import pandas
    except ImportError as error:
        raise LacksFrames("data frames are made by pandas: pip install 'zhibiao[notebook]'") from error
    return pandas.DataFrame([dict(row) for row in rows], columns=list(columns))
