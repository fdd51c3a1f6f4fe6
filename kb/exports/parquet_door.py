"""What pyarrow does for exports: a table of typed columns as a Parquet file, written batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from extract.errors import ZhibiaoError
from kb.exports.tables import Column

BATCH = 50_000  # rows of a row group


class LacksParquet(ZhibiaoError):
    """The package that writes Parquet is not installed."""


def write_parquet(
    file: Path, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], about: Mapping[str, str]
) -> None:
    """Write rows to a file whose metadata hold `about`; raises LacksParquet where pyarrow is missing."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise LacksParquet("Parquet is written by pyarrow: pip install 'zhibiao[parquet]'") from error
    types = {"integer": pyarrow.int64(), "number": pyarrow.float64(), "string": pyarrow.string()}
    fields = [pyarrow.field(column.name, types[column.kind], nullable=not column.is_required) for column in columns]
    schema = pyarrow.schema(fields, metadata=dict(about))
    with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        left = iter(rows)
        while some := list(islice(left, BATCH)):
            writer.write_table(pyarrow.Table.from_pylist(some, schema=schema))
