"""The facts of the law library."""

from lvzhi.work.statutes.models.citation import BROKEN, Citation, Outcome
from lvzhi.work.statutes.models.edition import Edition, State
from lvzhi.work.statutes.models.kept import Change, Incoming, Original, SourceFile
from lvzhi.work.statutes.models.work import RANKS, Kind, Level, Work

__all__ = [
    "BROKEN",
    "RANKS",
    "Change",
    "Citation",
    "Edition",
    "Incoming",
    "Kind",
    "Level",
    "Original",
    "Outcome",
    "SourceFile",
    "State",
    "Work",
]
