"""The head and foot of a document: title, 文号, issuers, addressees, dates, place, kind, campaign, totals."""

from extract.head.reading import complete_head, read_head

__all__ = ["complete_head", "read_head"]
