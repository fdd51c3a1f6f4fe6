"""Knowledge bases against annotations made by hand: scores, misses, and the base written out as annotations."""
