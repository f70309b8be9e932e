"""What is said before an opinion is sent: who said the same, and what of it is personal. Nothing is held up by it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lvzhi.faces.design.shapes import State
from lvzhi.faces.portal.telling import result_of, short, standing, story_url, title_of
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions import covering, queries

MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Alike:
    """A published opinion that may be about the same thing."""

    number: str
    title: str
    url: str
    note: str
    state: State


@dataclass(frozen=True, slots=True)
class Hints:
    """Opinions that may be about the same thing, and a sentence for each stretch that tells who somebody is."""

    alike: list[Alike] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.alike or self.personal)


def hints(actor: Actor, subject: str, text: str) -> Hints:
    """What to say about a draft. A handful of statements, none for a draft without words."""
    found = queries.alike(actor, subject[:200], text[:2000]) if subject.strip() or text.strip() else []
    spans = [span for part in (subject[:200], text[:5000]) for span in covering.personal(part) if span.is_sure]
    said = (
        _("「%(words)s」像%(kind)s") % {"words": span.words, "kind": covering.kind_name(span.kind)} for span in spans
    )
    return Hints([_alike(matter) for matter in found], list(dict.fromkeys(said))[:MOST_SHOWN])


def _alike(matter: Matter) -> Alike:
    said = matter.opinion.public_reply or matter.opinion.public_text
    return Alike(
        matter.number, title_of(matter), story_url(matter), short(said, 70), result_of(matter) or standing(matter)
    )
