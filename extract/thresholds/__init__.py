"""The quantified requirements of a text: sentences to statements, statements to indicators, values and bounds."""

from extract.thresholds.sentences import is_too_long, thresholds

__all__ = ["is_too_long", "thresholds"]
