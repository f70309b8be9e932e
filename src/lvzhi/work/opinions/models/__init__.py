"""What is stored about citizens' opinions."""

from lvzhi.work.opinions.models.answers import Answer, Redaction
from lvzhi.work.opinions.models.figures import YearFigure
from lvzhi.work.opinions.models.opinion import PROCEDURE, Opinion
from lvzhi.work.opinions.models.triage import Apart, HotTopic, Merger, Sketch, Topic, Triage

__all__ = [
    "PROCEDURE",
    "Answer",
    "Apart",
    "HotTopic",
    "Merger",
    "Opinion",
    "Redaction",
    "Sketch",
    "Topic",
    "Triage",
    "YearFigure",
]
