"""A query that forgets whose rows it may see fails loudly instead of leaking.

Every table of `records` and `work` belongs to a congress. A queryset of such a table refuses to touch the
database until somebody has said whose rows are meant: ``.of(congress)``, a model's own ``.visible_to(actor)``
(which calls `scoped`), or ``.everywhere("why")`` for the few programs that serve all congresses at once.
Following a foreign key or a reverse relation from a row one already holds counts as scoped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from django.db import models

from lvzhi.records.base.identifiers import new_id

if TYPE_CHECKING:
    from lvzhi.records.people.models import Congress

Row = TypeVar("Row", bound=models.Model, covariant=True)


class UnscopedQuery(RuntimeError):
    """A query was about to run without saying whose rows are meant."""


class ScopedQuerySet(models.QuerySet[Row]):
    """A queryset that must be told its scope before it reads, changes or deletes."""

    _scoped = False

    def scoped(self) -> Self:
        """Mark this queryset as limited on purpose; only `visible_to` methods and `of` call it."""
        clone = self.all()
        clone._scoped = True
        return clone

    def of(self, congress: Congress | UUID) -> Self:
        """Rows of one congress."""
        key = congress if isinstance(congress, UUID) else congress.pk
        return self.scoped().filter(congress_id=key)

    def everywhere(self, why: str) -> Self:
        """Rows of every congress, for a reason written down at the call."""
        if not why:
            raise UnscopedQuery("everywhere() needs the reason in words.")
        return self.scoped()

    def _clone(self) -> Self:
        clone = cast(Any, super())._clone()
        clone._scoped = self._scoped
        return cast(Self, clone)

    def _require_scope(self) -> None:
        hints = cast(dict[str, Any], getattr(self, "_hints", {}))
        if not self._scoped and not hints.get("instance"):
            raise UnscopedQuery(
                f"A query on {self.model.__name__} has no scope. Call .of(congress), .visible_to(actor) "
                "or .everywhere('why') first."
            )

    def _fetch_all(self) -> None:
        if cast(Any, self)._result_cache is None:
            self._require_scope()
        cast(Any, super())._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[Row]:
        self._require_scope()
        return super().iterator(chunk_size)

    def count(self) -> int:
        self._require_scope()
        return super().count()

    def exists(self) -> bool:
        self._require_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._require_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._require_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._require_scope()
        return super().delete()


class Record(models.Model):
    """A row of one congress, with an identifier that may travel."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    congress = models.ForeignKey("people.Congress", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
