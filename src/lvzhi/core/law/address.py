"""Where a law, one of its editions, or one of its units is read: addresses that hold for ever, made from names alone.

`/law/<slug>/` is the newest text in force, `/law/<slug>/@2024-11-08/` one edition, and behind that `art_30__para_2` is
one unit of it. Nothing is looked up: a citation has its address also where the text is not held.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from lvzhi.core.law.citations.locate import locate
from lvzhi.core.law.citations.model import Path, spell
from lvzhi.core.law.names import KNOWN_SHORT, normal

PREFIX = "/law/"
_EDITION = re.compile(r"[（(](\d{4}-\d{2}-\d{2})[)）]\s*$")
_NOT_IN_ADDRESSES = re.compile(r"[\s/?#@%&\\.:;<>\"'`|^~\[\]{}]+")
_SAFE = "（）、，：-_.~"


@dataclass(frozen=True, slots=True)
class Address:
    """A place in the library: a work's key, an edition (None: the newest in force), a unit ('': the whole)."""

    slug: str
    edition: date | None = None
    eid: str = ""

    def __str__(self) -> str:
        """The path on the site, percent-encoded."""
        edition = f"@{self.edition.isoformat()}/" if self.edition else ""
        return f"{PREFIX}{quote(self.slug, safe='')}/{edition}{quote(self.eid, safe='')}"

    def readable(self) -> str:
        """The same as people read it: letters left as they are, only what breaks an address encoded."""
        edition = f"@{self.edition.isoformat()}/" if self.edition else ""
        return f"{PREFIX}{unbroken(self.slug)}/{edition}{unbroken(self.eid)}"


def slug(title: str) -> str:
    """The work's part of an address: its title as names are compared, what an address cannot hold replaced by -."""
    return _NOT_IN_ADDRESSES.sub("-", normal(title)).strip("-")


def unbroken(text: str) -> str:
    """Text as a part of an IRI: letters of any script stay, white space and reserved signs are encoded."""
    return "".join(
        char if char.isalnum() or char in _SAFE or (ord(char) > 0x2FFF and not char.isspace()) else quote(char, safe="")
        for char in text
    )


def address_of(name: str, article: str = "") -> Address:
    """The address of a citation as procedure files write it: 监督法(2024-11-08) and 第三十条第二款第一项.

    监督法 and other settled short names lead to the law they stand for. Without a date in brackets the newest text in
    force is meant. What is no article ('全文', '') leads to the whole, a list or a range to its first unit.
    """
    found = _EDITION.search(name)
    full = KNOWN_SHORT.get(normal(name), name)
    edition = _day(found[1]) if found else None
    paths = units_named(article)
    return Address(slug(full), edition, spell(paths[0]) if paths else "")


def units_named(article: str) -> tuple[Path, ...]:
    """The units that words such as 第十条、第十二条第一款 name, in their order; both ends of a range."""
    at, found = article.find("第"), []
    while at >= 0:
        located = locate(article, at)
        for each in located:
            found += [each.path, *([each.to] if each.to else [])]
        at = article.find("第", max([at + 1, *(each.end for each in located)]))
    return tuple(found)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
