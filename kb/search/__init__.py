"""Search in Chinese: an index of pairs of characters, kept true by the base itself, and what it finds."""
