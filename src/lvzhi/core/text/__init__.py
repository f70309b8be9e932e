"""Chinese text: what can be searched for, and what a message or an answer shows about itself.

Nothing here decides: every function gives spans, codes and scores with the words that gave them, for a person.
"""

from lvzhi.core.text.danger import signals
from lvzhi.core.text.events import Match, cluster, compare, rank
from lvzhi.core.text.events_index import gathered, sketch
from lvzhi.core.text.events_report import Frequency, Report
from lvzhi.core.text.fingerprint import bands, fingerprint, near_duplicate
from lvzhi.core.text.grams import Terms, grams, highlight, normalise, snippet, terms
from lvzhi.core.text.hollow import Flag, flags, hollow
from lvzhi.core.text.hollow_answered import untouched
from lvzhi.core.text.points import Point, points
from lvzhi.core.text.private import LABELS, SURE, mask
from lvzhi.core.text.private import find as private_spans
from lvzhi.core.text.routing import Example, Model, Prediction, train
from lvzhi.core.text.routing_file import ModelRefused
from lvzhi.core.text.routing_file import load as load_model
from lvzhi.core.text.routing_file import save as save_model
from lvzhi.core.text.spam import Reason, Suspicion, suspicion
from lvzhi.core.text.span import Span
from lvzhi.core.text.topics import Topic, topic
from lvzhi.core.text.tree import Leaf, Likeness
from lvzhi.core.text.tree import suggest as suggest_leaves
from lvzhi.core.text.wording import reason

__all__ = [
    "LABELS",
    "SURE",
    "Example",
    "Flag",
    "Frequency",
    "Leaf",
    "Likeness",
    "Match",
    "Model",
    "ModelRefused",
    "Point",
    "Prediction",
    "Reason",
    "Report",
    "Span",
    "Suspicion",
    "Terms",
    "Topic",
    "bands",
    "cluster",
    "compare",
    "fingerprint",
    "flags",
    "gathered",
    "grams",
    "highlight",
    "hollow",
    "load_model",
    "mask",
    "near_duplicate",
    "normalise",
    "points",
    "private_spans",
    "rank",
    "reason",
    "save_model",
    "signals",
    "sketch",
    "snippet",
    "suggest_leaves",
    "suspicion",
    "terms",
    "topic",
    "train",
    "untouched",
]
