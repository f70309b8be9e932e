"""Where the text of an article is read: the one place where a citation on screen becomes an address."""

from __future__ import annotations

from functools import lru_cache

from lvzhi.core.law import address_of


@lru_cache(maxsize=4096)
def article_url(law: str, article: str = "") -> str:
    """The page of an article in the edition that is cited; of the newest where no edition is named.

    Where the text is not held the same page tells law, article and edition. Nothing is looked up.
    """
    return str(address_of(law, article)) if law else ""
