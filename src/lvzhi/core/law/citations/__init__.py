"""Citations in Chinese legal and official texts: found, resolved, and turned around."""

from lvzhi.core.law.citations.abbreviations import Abbreviations
from lvzhi.core.law.citations.find import find
from lvzhi.core.law.citations.index import CitedBy, Citing, cites, index
from lvzhi.core.law.citations.model import Citation, Form, Path, spell
from lvzhi.core.law.citations.resolve import SENTENCES, Catalogue, Outcome, Resolution, place, placed, resolve

__all__ = [
    "SENTENCES",
    "Abbreviations",
    "Catalogue",
    "Citation",
    "CitedBy",
    "Citing",
    "Form",
    "Outcome",
    "Path",
    "Resolution",
    "cites",
    "find",
    "index",
    "place",
    "placed",
    "resolve",
    "spell",
]
