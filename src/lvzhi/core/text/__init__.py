"""Chinese text: what can be searched for, and what a message or an answer shows about itself.

Nothing here decides: every function gives spans, codes and scores with the words that gave them, for a person.
"""

from lvzhi.core.text.danger import signals
from lvzhi.core.text.fingerprint import bands, fingerprint, near_duplicate
from lvzhi.core.text.grams import Terms, grams, highlight, normalise, snippet, terms
from lvzhi.core.text.hollow import Flag, flags, hollow
from lvzhi.core.text.hollow_answered import untouched
from lvzhi.core.text.points import Point, points
from lvzhi.core.text.private import LABELS, SURE, mask
from lvzhi.core.text.private import find as private_spans
from lvzhi.core.text.spam import Reason, Suspicion, suspicion
from lvzhi.core.text.span import Span
from lvzhi.core.text.wording import reason

__all__ = [
    "LABELS",
    "SURE",
    "Flag",
    "Point",
    "Reason",
    "Span",
    "Suspicion",
    "Terms",
    "bands",
    "fingerprint",
    "flags",
    "grams",
    "highlight",
    "hollow",
    "mask",
    "near_duplicate",
    "normalise",
    "points",
    "private_spans",
    "reason",
    "signals",
    "snippet",
    "suspicion",
    "terms",
    "untouched",
]
