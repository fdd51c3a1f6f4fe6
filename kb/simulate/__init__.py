"""What a city would score by a rubric, from what it reports: points by clause, as ranges where facts are missing."""
