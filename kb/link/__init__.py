"""Which plan item serves which clause, and why: text → features → model → decision → rows; and what people decided."""
