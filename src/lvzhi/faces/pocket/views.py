"""The pages of a deputy's phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lvzhi.core.procedure import Option
from lvzhi.faces.design.deadlines import basis_of
from lvzhi.faces.design.shapes import AgendaItem, NextAction
from lvzhi.faces.design.shapes import Entry as Way
from lvzhi.faces.design.wording import short_date
from lvzhi.faces.pocket import opinions as public
from lvzhi.faces.pocket import reading, writing
from lvzhi.faces.pocket.forms import ActForm, can_be_asked
from lvzhi.faces.pocket.shell import DEPUTY_ROLES, deputy_required, page
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters import queries, standing
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.paging import Mark, mark
from lvzhi.records.matters.perform import perform
from lvzhi.records.matters.procedures import procedure_of, words
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.records.notices.models import Notice
from lvzhi.records.people.actor import Actor
from lvzhi.records.search.index import find
from lvzhi.work.opinions import queries as opinions
from lvzhi.work.opinions.actions import raising

ON_HOME = 5
MOST_ASKED = 100


@deputy_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits, the ways to act, the deputy's latest matters, and what the public reads. Seven statements."""
    actor, day = actor_of(request), clock.today()
    waiting = queries.worklist(actor, limit=2 * ON_HOME)
    once = {item.matter_id: item for item in reversed(waiting.rows)}  # a deputy may hold a matter in two roles
    tasks = [item for item in waiting.rows if once[item.matter_id] is item]
    context = {
        "today": day,
        "tasks": [reading.task_of(item, day) for item in tasks[:ON_HOME]],
        "more": len(tasks) > ON_HOME or waiting.after is not None,
        "ways": _ways(),
        "mine": [reading.line_of(matter, day) for matter in reading.own(actor, limit=3).rows],
        "public": [_public(matter) for matter in opinions.board(actor.congress, limit=ON_HOME).rows],
    }
    return page(request, "home", context, current="pocket-home")


def _ways() -> list[Way]:
    return [
        Way(reverse("pocket-new"), _("写建议"), _("写好就能提出"), "pen"),
        Way(reverse("pocket-receptions"), _("接待选民"), _("签到，一位一位记"), "chat"),
        Way(reverse("pocket-mine"), _("我的建议"), _("看办到哪一步"), "list"),
        Way(reverse("pocket-opinions"), _("推荐给我的"), _("群众意见，可以据此写建议"), "chat"),
        Way(reverse("pocket-search"), _("找"), _("群众意见、代表建议"), "search"),
        Way(reverse("portal-board"), _("看公开"), _("群众看到的样子"), "thread"),
    ]


def _public(matter: Matter) -> AgendaItem:
    where = matter.area.short if matter.area else ""
    day = short_date(matter.published_at, clock.today())
    return AgendaItem(day, matter.title, reading.url_of(matter), where, matter.number, reading.state_of(matter))


@deputy_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything the deputy is party to, newest first. Four statements."""
    found = reading.own(actor_of(request), after=request.GET.get("after", ""))
    older = f"{reverse('pocket-mine')}?after={found.after}".replace("+", "%2B") if found.after else ""
    context = {
        "items": [reading.line_of(matter, clock.today()) for matter in found.rows],
        "older": older,
        "newer": reverse("pocket-mine") if request.GET.get("after") else "",
    }
    return page(request, "mine", context, current="pocket-mine")


@deputy_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Matters the deputy may see, by words. Four statements."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MOST_ASKED]
    after = request.GET.get("after", "")
    before = int(after) if after.isascii() and after.isdigit() and len(after) < 18 else None
    hits = find(asked, actor=actor_of(request), before=before) if asked else None
    rows = [row.matter for row in hits.rows] if hits else []
    items = [
        AgendaItem(
            short_date(matter.opened_on, clock.today()), matter.title, reading.url_of(matter), matter.number,
            words(procedure_of(matter).text), reading.state_of(matter),
        )
        for matter in rows
    ]  # fmt: skip
    older = {"q": asked, "after": hits.before} if hits and hits.before is not None else {}
    return page(request, "search", {"asked": asked, "items": items, "older": older}, current="pocket-search")


def _options(matter: Matter, actor: Actor) -> list[Option]:
    """What the deputy may do on a matter they are party to, and what not yet. At most one statement."""
    if not reading.is_party(actor, matter):
        return []
    found = queries.next_actions(matter, actor=actor, parties=standing.parties_of(matter), facts={})
    return [option for option in found if DEPUTY_ROLES & set(option.action.by) and can_be_asked(option.action)]


@deputy_required
@require_safe
def matter(request: HttpRequest, key: UUID) -> HttpResponse:
    """One matter: where it stands, what the deputy can do, the answer and the whole course. Eight statements."""
    actor, day = actor_of(request), clock.today()
    found = public.shown(actor, key)
    ledger = queries.entries(found, actor=reading.insider(actor, found))
    opinion = getattr(found, "opinion", None)
    context: dict[str, Any] = {
        "matter": found,
        "state": reading.state_of(found),
        "procedure": words(procedure_of(found).text),
        "nexts": [_next(found, option) for option in _options(found, actor)],
        "dues": reading.dues(found, day),
        "timeline": reading.timeline(found, ledger, day),
        "title": found.title,
    }
    if opinion:
        context |= public.words_of(found, opinion, actor)
    else:
        written = (("reply", "reply"), ("draft", "facts"), ("draft", "proposal"))
        context |= {name: reading.said_in(ledger, act, name) for act, name in written}
        context |= public.voices_of(found, actor)
    return page(request, "matter", context, current="pocket-mine" if reading.is_party(actor, found) else "")


def _next(found: Matter, option: Option) -> NextAction:
    action = option.action
    return NextAction(
        reading.name_of(action),
        reading.name_of(action),
        reverse("pocket-act", args=[found.pk, action.name]),
        note=words(action.hint) if action.hint else "",
        basis=next((basis_of(rule) for rule in action.rules), None),
        why_not=words(option.why_not),
        primary=action.primary and option.allowed,
    )


@deputy_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, key: UUID, action: str) -> HttpResponse:
    """The form of one step, and the step itself; a refusal is told above what was written."""
    actor = actor_of(request)
    found = public.shown(actor, key)
    option = next((each for each in _options(found, actor) if each.action.name == action), None)
    if option is None or not option.allowed:
        messages.warning(request, words(option.why_not) if option else _("这一步现在不用您办，请看看事项的最新情况。"))
        return redirect("pocket-matter", key=key)
    form = ActForm(request.POST or None, action=option.action, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            _do(key, action, form, actor)
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已办好「%(action)s」。") % {"action": reading.name_of(option.action)})
            return redirect("pocket-matter", key=key)
    context = {"matter": found, "action": option.action, "name": reading.name_of(option.action), "form": form}
    context["hint"] = words(option.action.hint) if option.action.hint else ""
    return page(request, "act", context, current="pocket-mine", status=400 if form.errors else 200)


@transaction.atomic
def _do(key: UUID, action: str, form: ActForm, actor: Actor) -> None:
    """Take the step; a draft is confirmed and put forward at once. Raises ActRefused."""
    on, at, seen = clock.today(), clock.now(), form.cleaned_data["version"]
    if action == "confirm":
        writing.put_forward(key, actor=actor, on=on, at=at, version=seen)
    else:
        entry = perform(key, action, actor=actor, on=on, at=at, data=form.values(), version=seen)
        if action == "submit":
            raising.put_forward(entry, actor=actor)


@deputy_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a suggestion: keep it as a draft, or put it forward."""
    actor, congress, day = actor_of(request), congress_of(request), clock.today()
    draft = writing.procedure(congress, day).action("draft")
    source = public.source_of(actor, request.POST.get("from") or request.GET.get("from", ""))
    form = ActForm(request.POST or None, action=draft, initial=public.draft_from(source) if source else {})
    if request.method == "POST" and form.is_valid():
        send = request.POST.get("then") != "keep"
        try:
            entry = writing.write(congress, form.values(), source, actor=actor, on=day, at=clock.now(), send=send)
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("建议已经提出，等代表工作机构登记。") if send else _("草稿存好了，看一遍再提出。")
            messages.success(request, said)
            return redirect("pocket-matter", key=entry.matter_id)
    context = {"form": form, "basis": [basis_of(rule) for rule in draft.rules], "source": source}
    return page(request, "new", context, current="pocket-new", status=400 if form.errors else 200)


@deputy_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What the deputy was told, newest first. Four statements."""
    actor = actor_of(request)
    rows = Notice.objects.of(actor.congress).filter(account=actor.account)
    place = Mark.read(request.GET.get("after", ""))
    if place and (instant := place.instant()):
        rows = rows.filter(at__lte=instant).exclude(at=instant, id__gte=place.key)
    found = list(rows.order_by("-at", "-id")[: reading.PAGE + 1])
    shown = found[: reading.PAGE]
    after = mark(shown[-1].at, shown[-1].pk) if len(found) > reading.PAGE else ""
    older = f"{reverse('pocket-notices')}?after={after}".replace("+", "%2B") if after else ""
    context = {
        "notices": [(each, _url_of(each)) for each in shown],
        "any_unread": any(each.read_at is None for each in shown),
        "older": older,
    }
    return page(request, "notices", context)


def _url_of(notice: Notice) -> str:
    return reverse("pocket-matter", args=[notice.matter_id]) if notice.matter_id else reverse("pocket-receptions")


@deputy_required
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    actor = actor_of(request)
    Notice.objects.of(actor.congress).filter(account=actor.account, read_at=None).update(read_at=clock.now())
    return redirect("pocket-notices")
