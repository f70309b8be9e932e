"""公开: what the public will read, with stretches covered; what is covered is chosen here and kept on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lvzhi.core.text import LABELS
from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.design.shapes import Link
from lvzhi.faces.desk.act import act
from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.desk.opinions.marking import marked, marked_at
from lvzhi.faces.desk.reach import matter_or_404, opinion_of
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.work.opinions import actions, covering
from lvzhi.work.opinions.actions import Cover
from lvzhi.work.opinions.models import PROCEDURE, Opinion, Redaction
from lvzhi.work.opinions.rules import why_not_public

MOST_WORDS = 30


@dataclass(frozen=True)
class Stretch:
    """One stretch that may be covered."""

    value: str
    words: str
    kind: str
    sentence: str
    is_sure: bool
    is_ticked: bool


@dataclass(frozen=True)
class Part:
    """One part of what the public may read."""

    key: str
    name: str
    original: SafeString
    stretches: list[Stretch]
    preview: SafeString


@desk_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def publish(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """GET suggests what to cover; POST shows the effect, or publishes exactly what was shown."""
    actor = actor_of(request)
    found = matter_or_404(actor, key)
    opinion = opinion_of(found)
    if found.procedure != PROCEDURE or opinion is None or "petition_office" not in actor.roles:
        return act(request, key, "publish")
    if found.state not in procedure_of(found).action("publish").to:
        return act(request, key, "publish")
    if request.method != "POST":
        return _draw(request, found, opinion, _suggested(opinion), [])
    words = _typed(request.POST)
    covers = [*_ticked(request.POST, opinion), *_by_words(opinion, words)]
    missing = [each for each in words if not any(each in text for text in actions.texts_of(opinion).values())]
    if request.POST.get("do") != "publish" or missing:
        return _draw(request, found, opinion, covers, words, missing=missing, status=422 if missing else 200)
    version = request.POST.get("version", "")
    try:
        actions.take(
            found.pk, "publish", actor=actor, on=clock.today(), at=clock.now(), data={"covers": covers},
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None,
        )  # fmt: skip
    except ActRefused as refusal:
        return _draw(request, found, opinion, covers, words, refusal=str(refusal), status=422)
    messages.success(request, _("已公开，遮住 %(n)s 处") % {"n": len(covers)})
    return redirect("desk-matter", key=found.pk)


def _suggested(opinion: Opinion) -> list[Cover]:
    """What is covered unless somebody says otherwise; what a public opinion has covered already stays so."""
    if opinion.matter.is_public:
        rows = opinion.redactions.order_by("start")
        return [Cover(row.part, row.start, row.length, row.kind, row.was_suggested) for row in rows]
    return [cover for part, text in actions.texts_of(opinion).items() for cover in actions.suggested(part, text)]


def _typed(sent: QueryDict) -> list[str]:
    """The words a clerk wants covered wherever they stand, one a line."""
    lines = [line.strip() for line in sent.get("words", "").splitlines()]
    return list(dict.fromkeys(line for line in lines if line))[:MOST_WORDS]


def _ticked(sent: QueryDict, opinion: Opinion) -> list[Cover]:
    """The stretches ticked, of those that were offered: nothing else is taken from the form."""
    wanted = set(sent.getlist("cover"))
    return [
        Cover(part, span.start, span.end - span.start, span.kind, was_suggested=True)
        for part, text in actions.texts_of(opinion).items()
        for span in covering.personal(text)
        if _value(part, span) in wanted
    ]


def _value(part: str, span: covering.Found) -> str:
    return f"{part}:{span.start}:{span.end}"


def _by_words(opinion: Opinion, words: Sequence[str]) -> list[Cover]:
    return [
        Cover(part, span.start, span.end - span.start, span.kind)
        for part, text in actions.texts_of(opinion).items()
        for each in words
        for span in covering.places_of(text, each)
    ]


def _part(key: str, text: str, covers: Sequence[Cover]) -> Part:
    mine = [(each.start, each.start + each.length) for each in covers if each.part == key]
    spans = covering.personal(text)
    shown = covering.covered(text, [(c.start, c.start + c.length, c.kind) for c in covers if c.part == key])
    labels = [f"〔{label}〕" for label in LABELS.values()]
    return Part(
        key=key,
        name=str(Redaction.Part(key).label),
        original=marked_at(text, [(span.start, span.end) for span in spans]),
        stretches=[
            Stretch(
                value=_value(key, span),
                words=span.words,
                kind=covering.kind_name(span.kind),
                sentence=span.sentence(lang()),
                is_sure=span.is_sure,
                is_ticked=(span.start, span.end) in mine,
            )
            for span in spans
        ],
        preview=marked(shown, [*labels, "〔个人信息〕"]),
    )


def _draw(
    request: HttpRequest,
    found: Matter,
    opinion: Opinion,
    covers: Sequence[Cover],
    words: Sequence[str],
    *,
    missing: Sequence[str] = (),
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    texts = actions.texts_of(opinion)
    kept = [(cover, texts[cover.part][cover.start : cover.start + cover.length]) for cover in covers]
    typed = words or list(dict.fromkeys(text for cover, text in kept if not cover.was_suggested))
    context = {
        "matter": found,
        "parts": [_part(key, text, covers) for key, text in texts.items() if text],
        "words": "\n".join(typed),
        "missing": missing,
        "refusal": refusal,
        "why_not": why_not_public(opinion),
        "count": len(covers),
        "back": reverse("desk-matter", args=[found.pk]),
        "crumbs": [
            Link(_("全部事项"), reverse("desk-matters")),
            Link(found.number, reverse("desk-matter", args=[found.pk])),
            Link(_("公开")),
        ],
    }
    return page(request, "desk/opinions/publish.html", context, status=status, here="desk-matters")
