"""Chinese text: what can be searched for."""

from lvzhi.core.text.grams import Terms, grams, highlight, normalise, snippet, terms

__all__ = ["Terms", "grams", "highlight", "normalise", "snippet", "terms"]
