"""The facts of the law library."""

from lvzhi.work.statutes.models.citation import BROKEN, Citation, Outcome
from lvzhi.work.statutes.models.edition import Edition, State
from lvzhi.work.statutes.models.kept import Change, SourceFile
from lvzhi.work.statutes.models.work import RANKS, Kind, Level, Work

__all__ = [
    "BROKEN",
    "RANKS",
    "Change",
    "Citation",
    "Edition",
    "Kind",
    "Level",
    "Outcome",
    "SourceFile",
    "State",
    "Work",
]
