"""The doctor: what is installed, what a base holds, and whether it is in order."""
