"""Words: texts cut into words, what is typical of a document, a clause, a city, and what a search box may offer."""
