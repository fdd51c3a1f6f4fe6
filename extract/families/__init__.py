"""Families: generators of facts, each chosen by what the blocks look like."""
