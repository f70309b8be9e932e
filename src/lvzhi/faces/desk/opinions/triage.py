"""甄别分派: the queue of fresh opinions on one screen, accepted one by one or many at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lvzhi.faces.design.shapes import Link
from lvzhi.faces.desk.addresses import pages
from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.desk.opinions.cases import cases, dangers
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions import actions, queries
from lvzhi.work.opinions.models import Triage

USUAL_LEAST = 80
LEVELS = (0, 60, 80, 90, 95)
MOST_AT_ONCE = queries.QUEUE_PAGE
View = Callable[..., HttpResponseBase]


def office_only(view: View) -> View:
    """Let in the petition office; others are told whose work it is."""

    @desk_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "petition_office" not in actor_of(request).roles:
            raise PermissionDenied(_("来信来访由信访工作机构甄别分派。"))
        return view(request, *args, **kwargs)

    return guarded


@dataclass
class Done:
    """What became of a batch."""

    passed: list[Matter] = field(default_factory=list)
    unsure: int = 0
    refused: list[str] = field(default_factory=list)


@office_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def triage(request: HttpRequest) -> HttpResponse:
    """GET shows the queue, danger first; POST passes on what was decided. Some twelve statements to show."""
    actor, congress = actor_of(request), congress_of(request)
    if request.method == "POST":
        _tell(request, decide(request.POST, congress, actor))
        return redirect(_back(request))
    found = queries.fresh(congress.pk, after=request.GET.get("after", ""))
    today = clock.today()
    context = {
        "dangers": dangers(congress.pk, today),
        "cases": cases(found.rows, congress, today),
        "levels": [(level, level == USUAL_LEAST) for level in LEVELS],
        "tabs": tabs("desk-triage"),
        "shown": len(found.rows),
        **pages(request, found.after),
    }
    return page(request, "desk/opinions/triage.html", context, here="desk-triage")


def _back(request: HttpRequest) -> str:
    """The page the decision was sent from: a matter's own, or the queue where it stood."""
    key = _key(request.POST.get("back", ""))
    return reverse("desk-matter", args=[key]) if key else request.get_full_path()


def tabs(here: str) -> list[Link]:
    """The queues of the petition office."""
    known = [("desk-triage", _("等分派")), ("desk-suspected", _("疑似垃圾信息"))]
    return [Link(label, reverse(name), current=name == here) for name, label in known]


def decide(sent: QueryDict, congress: Congress, actor: Actor) -> Done:
    """Pass on one opinion, or all that are ticked and whose suggestion is good enough."""
    done = Done()
    one = sent.get("one", "")
    wanted = [key for text in ([one] if one else sent.getlist("pick")[:MOST_AT_ONCE]) if (key := _key(text))]
    least = 0.0 if one else _least(sent)
    rows = Matter.objects.visible_to(actor).filter(pk__in=wanted, procedure="petition")
    for matter in rows.select_related("opinion__triage").order_by("opened_at", "pk"):
        given = _given(sent, matter, congress)
        if given.body is None:
            done.refused.append(_("%(number)s 没有选办理单位。") % {"number": matter.number})
        elif _certainty(matter, given) < least:
            done.unsure += 1
        else:
            _pass_on(matter, given, actor, done)
    return done


@dataclass(frozen=True)
class Given:
    """What the form says of one opinion."""

    body: Body | None
    category: str
    topic: str
    points: list[str] | None
    version: int | None


def _given(sent: QueryDict, matter: Matter, congress: Congress) -> Given:
    def value(name: str) -> str:
        return sent.get(f"{name}-{matter.pk}", "").strip()

    key, version = _key(value("body")), value("version")
    body = Body.objects.of(congress).answering().filter(pk=key).first() if key else None
    lines = sent.get(f"points-{matter.pk}")
    return Given(
        body=body,
        category=value("category")[:40],
        topic=value("topic")[:120],
        points=None if lines is None else [line.strip() for line in lines.splitlines() if line.strip()],
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None,
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _least(sent: QueryDict) -> float:
    text = sent.get("least", "")
    return int(text) / 100 if text.isascii() and text.isdigit() and len(text) < 4 else USUAL_LEAST / 100


def _certainty(matter: Matter, given: Given) -> float:
    """The score of the body chosen; a body somebody chose against the suggestion is certain."""
    triage = getattr(getattr(matter, "opinion", None), "triage", None)
    suggested = triage.bodies if isinstance(triage, Triage) else []
    scores = {str(item["body"]): float(item["score"]) for item in suggested}
    return scores.get(str(given.body.pk), 1.0) if given.body else 0.0


def _pass_on(matter: Matter, given: Given, actor: Actor, done: Done) -> None:
    if given.body is None:
        return
    decision = actions.Decision(given.body, category=given.category, topic=given.topic, points=given.points)
    try:
        entry = actions.dispatch(
            matter.pk, decision, actor=actor, on=clock.today(), at=clock.now(), version=given.version
        )
    except ActRefused as refusal:
        done.refused.append(f"{matter.number}：{refusal}")
    else:
        done.passed.append(entry.matter)


def _tell(request: HttpRequest, done: Done) -> None:
    """What happened, in sentences."""
    if len(done.passed) == 1:
        matter = done.passed[0]
        body = matter.responsible.short if matter.responsible else ""
        messages.success(request, _("%(number)s 已交%(body)s") % {"number": matter.number, "body": body})
    elif done.passed:
        messages.success(request, _("已分派 %(n)s 件") % {"n": len(done.passed)})
    if done.unsure:
        said = ngettext(
            "有 %(n)s 件建议的把握不够，留着没有分派，请逐件看。",
            "有 %(n)s 件建议的把握不够，留着没有分派，请逐件看。",
            done.unsure,
        )
        messages.info(request, said % {"n": done.unsure})
    for sentence in done.refused:
        messages.error(request, sentence)
    if not (done.passed or done.unsure or done.refused):
        messages.info(request, _("没有选中任何一件。"))
