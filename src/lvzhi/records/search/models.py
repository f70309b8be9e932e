"""The text that can be searched for, one row a matter."""

from __future__ import annotations

from django.db import models

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.matters.models import Matter


class SearchText(Record):
    """What of a matter can be found. The terms lie beside it: an FTS5 table, or a tsvector column with GIN.

    `place` grows with every indexing. On SQLite it is the row number in the FTS5 table: a changed text is indexed
    anew at a higher place and its old place points nowhere, so the contentless index is only ever added to.
    """

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="search_text")
    place = models.BigIntegerField(unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField()

    objects = ScopedQuerySet["SearchText"].as_manager()

    def __str__(self) -> str:
        return self.title
