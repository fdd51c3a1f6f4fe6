"""Whole rubrics and plans made up from a seed, with what a careful human reads in them: the truth of the tests."""
