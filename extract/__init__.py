"""One document to records: readers, layout, families.  Knows no database."""
