"""Records to a SQLite knowledge base and its questions.  Knows no file format."""
