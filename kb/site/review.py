"""Who may decide in the browser: whoever came with the token that `zhibiao serve --review` printed."""

from __future__ import annotations

import hmac
import os

TOKEN = "ZHIBIAO_REVIEW_TOKEN"  # environment variable: review is on, and this opens it
COOKIE = "zhibiao_review"


def is_on() -> bool:
    """Whether this server lets anybody decide."""
    return bool(os.environ.get(TOKEN))


def is_open(token: str) -> bool:
    """Whether a token is the one that opens the review."""
    right = os.environ.get(TOKEN, "")
    return bool(right) and hmac.compare_digest(right.encode(), token.encode())
