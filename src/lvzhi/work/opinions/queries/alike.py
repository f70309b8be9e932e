"""Published opinions that look like what somebody is writing: others may have said it already."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from lvzhi.core.text.words import content_words
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.actor import Actor
from lvzhi.records.search.index import find
from lvzhi.work.opinions.models import PROCEDURE

MOST_ALIKE = 3
TRIES = 4


def alike(actor: Actor, subject: str, text: str) -> list[Matter]:
    """Up to three published opinions about what seems the same thing, most alike first; `opinion` is loaded.

    Asked with ever fewer of the words that carry meaning, until something is found: at most `TRIES` searches and one
    statement for the rows. The public's own view: what is not published is never among them.
    """
    for words in _ever_fewer(subject, text):
        hits = find(" ".join(words), actor=actor, procedure=PROCEDURE, limit=3 * MOST_ALIKE)
        keys: list[UUID] = [row.matter_id for row in hits.rows]
        rows = Matter.objects.visible_to(actor).published().filter(pk__in=keys)
        known = {matter.pk: matter for matter in rows.select_related("opinion", "responsible")}
        found = [known[key] for key in keys if key in known]
        if found:
            return found[:MOST_ALIKE]
    return []


def _ever_fewer(subject: str, text: str) -> Iterator[list[str]]:
    said = list(dict.fromkeys(content_words(subject) or content_words(text)))
    longest = sorted(said, key=len, reverse=True)
    asked = [said[:5], longest[:3], longest[:2], said[:2]]
    seen: set[frozenset[str]] = set()
    for words in asked[:TRIES]:
        if len(words) > 1 and frozenset(words) not in seen:
            seen.add(frozenset(words))
            yield words
