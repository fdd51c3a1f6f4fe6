"""The ready questions, one .sql file each: read by `kb.questions`."""
