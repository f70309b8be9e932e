"""What is stored about citizens' opinions."""

from lvzhi.work.opinions.models.answers import Answer, Redaction
from lvzhi.work.opinions.models.figures import YearFigure, YearTable
from lvzhi.work.opinions.models.kept import MessageFile
from lvzhi.work.opinions.models.opinion import PROCEDURE, Opinion
from lvzhi.work.opinions.models.posting import Posting
from lvzhi.work.opinions.models.raised import CLUE, SUGGESTION, Clue, SuggestionSource
from lvzhi.work.opinions.models.revisits import REVISITABLE, RevisitCase, RevisitRound
from lvzhi.work.opinions.models.subscriptions import Subscription, SubscriptionLetter
from lvzhi.work.opinions.models.triage import Apart, HotTopic, Merger, Sketch, Topic, Triage

__all__ = [
    "CLUE",
    "PROCEDURE",
    "REVISITABLE",
    "SUGGESTION",
    "Answer",
    "Apart",
    "Clue",
    "HotTopic",
    "Merger",
    "MessageFile",
    "Opinion",
    "Posting",
    "Redaction",
    "RevisitCase",
    "RevisitRound",
    "Sketch",
    "Subscription",
    "SubscriptionLetter",
    "SuggestionSource",
    "Topic",
    "Triage",
    "YearFigure",
    "YearTable",
]
