"""What a document contradicts, in itself or in another one: findings made anew when either of the two changes."""

from kb.check.across import check_across, check_all

__all__ = ["check_across", "check_all"]
