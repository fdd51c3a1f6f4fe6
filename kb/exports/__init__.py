"""A base as files for other programs: workbooks, CSV, Parquet, JSON-LD, data packages.  Reads the base, writes none."""
