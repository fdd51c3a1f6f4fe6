"""What a document contradicts, in itself or in another one: findings that are made anew when either of the two changes."""

from kb.check.across import check_across

__all__ = ["check_across"]
