"""A document read again: which facts are the old ones, what changed, what people put right, what it was before."""
