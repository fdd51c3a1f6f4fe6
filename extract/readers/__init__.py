"""Readers: one module a format, all giving a `Reading` of pages, blocks, tables and cells."""
