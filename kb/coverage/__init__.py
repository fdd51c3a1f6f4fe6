"""How far plans cover rubrics, where they promise less, and how cities compare."""
