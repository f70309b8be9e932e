"""Texts of law taken apart into units, without losing a letter."""

from lvzhi.core.law.structure.build import parse
from lvzhi.core.law.structure.model import (
    CHINESE,
    Act,
    Basis,
    Document,
    Event,
    Kind,
    Level,
    Metadata,
    Oddity,
    Unit,
)

__all__ = ["CHINESE", "Act", "Basis", "Document", "Event", "Kind", "Level", "Metadata", "Oddity", "Unit", "parse"]
