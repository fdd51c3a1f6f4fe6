"""What extraction recognises in a text, as spans with labels; `pipeline` gives them to spaCy."""

from extract.spans.recognisers import LABELS, Context, Label, Mark, marks
from extract.spans.words import Words

__all__ = ["LABELS", "Context", "Label", "Mark", "Words", "marks"]
