"""What is said before an opinion is sent: who said the same, and what of it is personal. Nothing is held up by it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lvzhi.core.text import LABELS, SURE, private_spans
from lvzhi.faces.design.shapes import State
from lvzhi.faces.portal.telling import result_of, short, standing, story_url, title_of
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions import queries

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
    spans = [*private_spans(subject[:200], least=SURE), *private_spans(text[:5000], least=SURE)]
    said = (_("「%(words)s」像%(kind)s") % {"words": span.words, "kind": kind_of(span.kind)} for span in spans)
    return Hints([_alike(matter) for matter in found], list(dict.fromkeys(said))[:MOST_SHOWN])


def kind_of(kind: str) -> str:
    """What a kind of personal data is called."""
    names = {
        "phone": _("电话"), "identity": _("身份证号"), "bank_card": _("银行卡号"), "plate": _("车牌号"),
        "email": _("邮箱"), "passport": _("护照号"), "wechat": _("微信号"), "qq": _("QQ 号"), "door": _("门牌号"),
        "person": _("姓名"),
    }  # fmt: skip
    return names.get(kind, LABELS.get(kind, kind))


def _alike(matter: Matter) -> Alike:
    said = matter.opinion.public_reply or matter.opinion.public_text
    return Alike(
        matter.number, title_of(matter), story_url(matter), short(said, 70), result_of(matter) or standing(matter)
    )
