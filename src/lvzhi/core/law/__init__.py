"""Texts of law: their structure, their citations, their editions, and what changed between two.

>>> from lvzhi.core import law
>>> document = law.parse("# 示例办法\\n\\n第一条 依照本办法第二条办理。\\n\\n第二条 本办法自2030年1月1日起施行。\\n")
>>> [citation.eid for citation in law.find(document)]
['art_2']
"""

from lvzhi.core.law.address import Address, address_of, slug
from lvzhi.core.law.citations import (
    Catalogue,
    Citation,
    CitedBy,
    Citing,
    Outcome,
    Resolution,
    cites,
    find,
    index,
    placed,
    resolve,
)
from lvzhi.core.law.compare import Change, Mark, Piece, Row, Side, compare
from lvzhi.core.law.library import Clash, Expression, Held, Library, Repeal, Status, Work
from lvzhi.core.law.names import is_lawful, normal
from lvzhi.core.law.numerals import to_chinese, to_int
from lvzhi.core.law.readers import Source, read, read_text_of, understood
from lvzhi.core.law.refusal import LawRefused
from lvzhi.core.law.structure import Act, Basis, Document, Event, Kind, Level, Metadata, Oddity, Unit, parse

__all__ = [
    "Act",
    "Address",
    "Basis",
    "Catalogue",
    "Change",
    "Citation",
    "CitedBy",
    "Citing",
    "Clash",
    "Document",
    "Event",
    "Expression",
    "Held",
    "Kind",
    "LawRefused",
    "Level",
    "Library",
    "Mark",
    "Metadata",
    "Oddity",
    "Outcome",
    "Piece",
    "Repeal",
    "Resolution",
    "Row",
    "Side",
    "Source",
    "Status",
    "Unit",
    "Work",
    "address_of",
    "cites",
    "compare",
    "find",
    "index",
    "is_lawful",
    "normal",
    "parse",
    "placed",
    "read",
    "read_text_of",
    "resolve",
    "slug",
    "to_chinese",
    "to_int",
    "understood",
]
